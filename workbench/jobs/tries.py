"""Trying again what another machine did not take: the same job, with growing pauses."""

import socket
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPException
from smtplib import (
    SMTPAuthenticationError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from typing import Any, Final

from workbench.core.errors import Invalid, clause

PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
"""How long to wait after each try that failed; after the last it is given up."""
_REASONS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (TimeoutError, "it took too long to answer"),
    (ConnectionRefusedError, "nothing listens there"),
    (ConnectionError, "it hung up"),
    (SMTPServerDisconnected, "it hung up"),
    (socket.gaierror, "its name cannot be found"),
    (ssl.SSLCertVerificationError, "its certificate is not one that this machine trusts"),
    (ssl.SSLError, "it does not speak TLS as was asked"),
    (HTTPException, "it does not speak HTTP"),
    (SMTPAuthenticationError, "it does not take the name and password"),
    (SMTPNotSupportedError, "it knows no TLS or no signing in"),
    (SMTPRecipientsRefused, "it does not take letters to that address"),
    (SMTPSenderRefused, "it does not take letters from WORKBENCH_SMTP_FROM"),
)
"""Why another machine did not take something, the most particular first."""


def reason(problem: Exception) -> str:
    """Return why another machine did not take something, in words by which somebody can put it right."""
    for kind, words in _REASONS:
        if isinstance(problem, kind):
            return words
    if isinstance(problem, SMTPResponseException):
        return f"it answered {problem.smtp_code}"
    return clause(problem)


@dataclass(frozen=True, slots=True)
class Later:
    """What a task may come to instead of a note: that it waits until it is due, with another payload and a note."""

    note: str
    payload: dict[str, Any]
    due: datetime


def again(payload: dict[str, Any], why: str, *, now: datetime) -> Later:
    """Return when to try after the try of ``payload``; raises Invalid where there is none left."""
    attempt = payload["attempt"]
    if attempt > len(PAUSES):
        raise Invalid(f"{why}; given up after {attempt} tries.")
    due = now + PAUSES[attempt - 1]
    return Later(f"{why}; the next try is at {due:%H:%M} UTC.", payload | {"attempt": attempt + 1}, due)
