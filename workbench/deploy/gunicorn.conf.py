"""Several web processes on PostgreSQL: gunicorn -c gunicorn.conf.py 'workbench.wsgi:app'.

It stands behind nginx or Caddy, which take the slow ends of connections.
"""

import os

from prometheus_client import multiprocess

bind = os.environ.get("WORKBENCH_BIND", "127.0.0.1:8321")
workers = int(os.environ.get("WORKBENCH_WEB_PROCESSES", "2"))
worker_class = "gthread"
threads = 8
timeout = 120
graceful_timeout = 30  # what is under way is finished before a process ends
keepalive = 30
max_requests = 20_000
max_requests_jitter = 2_000
forwarded_allow_ips = "127.0.0.1"
control_socket_disable = True


def child_exit(_server, worker):  # type: ignore[no-untyped-def]
    """Take the figures of a process that has ended out of the sum."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
