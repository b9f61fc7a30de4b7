"""Logs: one line an event, for people or as JSON, and never the values of variables."""

import faulthandler
import logging
import sys

import structlog


def configure(*, as_json: bool, verbose: bool = False) -> None:
    """Write logs to stderr; tracebacks show code alone, since variables may hold secrets and texts.

    Where the interpreter itself crashes, each thread's lines of code go there too.
    """
    if sys.__stderr__:
        faulthandler.enable(sys.__stderr__)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if verbose else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
