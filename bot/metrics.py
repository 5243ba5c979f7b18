"""What Limner counts while it works, in the form that Prometheus reads."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.exposition import generate_latest

from bot.jobs import Job, State
from bot.messages import Outcome

# A turn of the director takes milliseconds, one of a large model a minute; so do pictures.
BOUNDS_S = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)


class Metrics:
    """One process's counters; times are in seconds."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._over = Counter(
            "limner_jobs_over", "Messages that were answered.", ("adapter", "outcome"), registry=self._registry
        )
        self._steps = Histogram(
            "limner_step_seconds", "Time that a step took.", ("step",), buckets=BOUNDS_S, registry=self._registry
        )
        self._line = Gauge("limner_jobs", "Messages in the line, by state.", ("state",), registry=self._registry)

    def over(self, job: Job, outcome: Outcome) -> None:
        """A job has ended in this process."""
        self._over.labels(job.message.adapter, outcome).inc()

    @contextmanager
    def step(self, state: State) -> Iterator[None]:
        """Time one step of a job."""
        with self._steps.labels(state).time():
            yield

    def text(self, line: Mapping[State, int]) -> bytes:
        """Everything in Prometheus' text format 0.0.4.

        Args:
            line: How many jobs of all processes are in each state just now.
        """
        for state, count in line.items():
            self._line.labels(state).set(count)
        return generate_latest(self._registry)
