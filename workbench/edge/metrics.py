"""Figures of the process for Prometheus: what was asked, how it ended, how long it took, what waits.

With PROMETHEUS_MULTIPROC_DIR in the environment the figures of all processes are added up.
"""

import os
from collections.abc import Mapping
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

KIND: Final = CONTENT_TYPE_LATEST
REQUESTS: Final = Counter("workbench_requests", "Requests by what answered them.", ["endpoint", "method", "status"])
SECONDS: Final = Histogram(
    "workbench_request_seconds", "How long requests took.", ["endpoint"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)  # fmt: skip


def count(endpoint: str, method: str, status: int, seconds: float) -> None:
    """Count a request."""
    REQUESTS.labels(endpoint, method if method.isascii() and len(method) < 9 else "other", str(status)).inc()
    SECONDS.labels(endpoint).observe(seconds)


class _Jobs:
    """Jobs by state, as the database holds them when it is asked."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts

    def collect(self) -> list[Metric]:
        """Return the gauge."""
        gauge = GaugeMetricFamily("workbench_jobs", "Jobs by state.", labels=["state"])
        for state, number in self.counts.items():
            gauge.add_metric([state], number)
        return [gauge]


def text(jobs: Mapping[str, int]) -> bytes:
    """Return all figures in Prometheus's format."""
    waiting = CollectorRegistry()
    waiting.register(_Jobs(jobs))
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        shared = CollectorRegistry()
        MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
        return generate_latest(shared) + generate_latest(waiting)
    return generate_latest(REGISTRY) + generate_latest(waiting)
