"""Jobs on PostgreSQL: Procrastinate delivers them to any number of workers on any machines.

Its heartbeat tells which workers have died; what they had is handed to others. The table of jobs stays the record of
progress, tries and outcome, and decides which worker a job belongs to.
"""

import asyncio
import contextlib
import threading
from datetime import UTC, datetime
from typing import Final

import psycopg
import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from sqlalchemy.exc import OperationalError

from workbench.core.errors import Unavailable
from workbench.jobs import worker
from workbench.jobs.tasks import Bench
from workbench.store import delivery, jobs

HEARTBEAT: Final = 5.0
STALLED: Final = 20.0
_LOOK: Final = 5.0
_RECONNECT: Final = 2.0

log = structlog.get_logger("workbench.worker")


def work(bench: Bench, stop: threading.Event, *, wait: bool = True) -> None:
    """Work through what is delivered until told to stop, or without ``wait`` until nothing is left."""
    while True:
        try:
            asyncio.run(_work(bench, stop, wait=wait))
        except (OSError, OperationalError, psycopg.OperationalError, ConnectorException, Unavailable) as problem:
            log.warning("worker.database", problem=str(problem))
        else:
            return
        if stop.wait(_RECONNECT):
            return


def app_for(bench: Bench, stop: threading.Event) -> App:
    """Return the application that Procrastinate runs: one task, which takes the job that it names."""
    address = bench.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    app = App(connector=PsycopgConnector(conninfo=address, min_size=1, max_size=4))

    @app.task(name=delivery.TASK, queue=delivery.QUEUE)
    def take(job: int) -> None:
        me = worker.owner()
        with bench.database.writing() as session:
            found = jobs.take(session, job, me, now=datetime.now(UTC))
        if found:
            worker.perform(bench, found, me, stop)

    return app


async def _work(bench: Bench, stop: threading.Event, *, wait: bool) -> None:
    app = app_for(bench, stop)
    async with app.open_async():
        await _look_after(app, bench)
        running = asyncio.create_task(
            app.run_worker_async(
                queues=[delivery.QUEUE],
                wait=wait,
                install_signal_handlers=False,
                delete_jobs="successful",
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=STALLED,
                fetch_job_polling_interval=_LOOK,
            )
        )
        others = [asyncio.create_task(each) for each in (_keep(app, bench), _ended(stop))]
        await asyncio.wait([running, *others], return_when=asyncio.FIRST_COMPLETED)
        for each in (*others, running):
            each.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        if others[0].done() and not others[0].cancelled():
            others[0].result()


async def _ended(stop: threading.Event) -> None:
    while not stop.is_set():
        await asyncio.sleep(0.2)


async def _keep(app: App, bench: Bench) -> None:
    while True:
        await asyncio.sleep(_LOOK)
        await _look_after(app, bench)


async def _look_after(app: App, bench: Bench) -> None:
    """Hand on what dead workers had, and what nobody was ever given; one worker at a time does."""
    with bench.database.writing() as session:
        if not delivery.alone(session):
            return
        for job in await app.job_manager.get_stalled_jobs(queue=delivery.QUEUE, seconds_since_heartbeat=STALLED):
            log.warning("job.stalled", job=job.task_kwargs.get("job"))
            await app.job_manager.retry_job(job)
        delivery.hand_over_lost(session, datetime.now(UTC) - worker.SILENCE)
