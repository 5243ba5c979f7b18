"""The meeting at the denoiser: requests of any kind, at any step, share one call of the module that costs the most.

Each request runs an unmodified diffusers pipeline in a thread of its own. Where the pipeline would call its denoiser,
text encoder or decoder, it calls a `Seat` instead, which waits at the meeting. One thread, the host, takes the calls
that wait, joins those that can be joined, runs the real module once and hands everybody their rows.
"""

import contextlib
import inspect
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from tools.engine.painter.habits import Habits
from tools.engine.painter.joining import Joining, Share
from tools.engine.painter.order import Guest, Order
from tools.engine.wire import Cancelled


@dataclass(eq=False, slots=True)
class Call:
    """One call that waits for its answer."""

    seat: "Seating"
    guest: Guest
    share: Share
    context: str
    since_s: float
    done: threading.Event = field(default_factory=threading.Event)
    answer: Any = None
    error: BaseException | None = None

    @property
    def work(self) -> float:
        """What a step of this request counts; 0 for a call that is no step."""
        return self.guest.step_work if self.seat.steps else 0.0

    @property
    def key(self) -> tuple[object, ...]:
        """Calls of equal keys can be joined. Hook caches decide on the mean of a batch, so with one all are alone."""
        alone = self if self.seat.caches else None
        return (id(self.seat), self.share.key, self.guest.adapters, alone)


class Seating:
    """One module at the meeting, and how it is called for several at once.

    Args:
        steps: Its calls are steps of painting.

    Attributes:
        called: The method whose calls go to the meeting.
    """

    def __init__(self, module: Any, habits: Habits, *, steps: bool) -> None:
        self.module = module
        self.steps = steps
        self.joining = Joining(habits)
        self._method = habits.method
        self.called = "__call__" if habits.method == "forward" else habits.method
        self._parameters = list(inspect.signature(getattr(type(module), habits.method)).parameters)[1:]

    @property
    def caches(self) -> bool:
        """Whether the module keeps something from one step to the next (FirstBlockCache and its like)."""
        return bool(getattr(self.module, "is_cache_enabled", False))

    def named(self, arguments: Sequence[Any], named: dict[str, Any]) -> dict[str, Any]:
        """All arguments by name."""
        return dict(zip(self._parameters, arguments, strict=False)) | named

    def run(self, calls: Sequence[Call]) -> list[Any]:
        """The real module's answers to several calls."""
        target = self.module if self._method == "forward" else getattr(self.module, self._method)
        with torch.no_grad(), self._context(calls[0]):
            answer = target(**self.joining.join([call.share for call in calls]))
        return [answer] if len(calls) == 1 else self.joining.split(answer, [call.share for call in calls])

    def _context(self, call: Call) -> Any:
        if not self.caches:
            return contextlib.nullcontext()
        return self.module.cache_context(f"{call.guest.id}/{call.context}")


class Meeting:
    """Where the calls of all requests meet.

    Args:
        order: Who goes next, and how many together.
    """

    def __init__(self, order: Order) -> None:
        self._order = order
        self._waiting: list[Call] = []
        self._guests: dict[str, Guest] = {}
        self._changed = threading.Condition()
        self._here = threading.local()
        self._closed = False
        self._host = threading.Thread(target=self._serve, name="meeting", daemon=True)
        self._host.start()

    @contextlib.contextmanager
    def guest(self, guest: Guest) -> Iterator[None]:
        """Take part, in the calling thread, until the block ends."""
        with self._changed:
            self._guests[guest.id] = guest
        self._here.guest = guest
        try:
            yield
        finally:
            del self._here.guest
            with self._changed:
                del self._guests[guest.id]
                self._changed.notify_all()

    def dismiss(self, guest_id: str) -> None:
        """A request is cancelled: its place is free at once, or when the running call ends."""
        with self._changed:
            if guest := self._guests.get(guest_id):
                guest.stopped = True
            gone = [call for call in self._waiting if call.guest.id == guest_id]
            self._waiting = [call for call in self._waiting if call not in gone]
            self._changed.notify_all()
        for call in gone:
            call.error = _cancelled()
            call.done.set()

    def close(self) -> None:
        """End the host's thread; whoever waits gets `Cancelled`."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._host.join()

    def call(self, seating: Seating, arguments: dict[str, Any], context: str) -> Any:
        """Wait for the answer of the real module. Raises what it raised, or `Cancelled`."""
        guest: Guest = self._here.guest
        call = Call(seating, guest, seating.joining.share(arguments), context, time.monotonic())
        with self._changed:
            if guest.stopped or self._closed:
                raise _cancelled()
            self._waiting.append(call)
            guest.away = False
            self._changed.notify_all()
        call.done.wait()
        if call.error is not None:
            raise call.error
        return call.answer

    def _serve(self) -> None:
        while True:
            with self._changed:
                group = self._next()
                if group is None:
                    break
            self._run(group)
        for call in self._waiting:
            call.error = _cancelled()
            call.done.set()

    def _next(self) -> list[Call] | None:
        """The calls to run together; waits for some, and a moment for those that are likely to come at once."""
        until_s = 0.0
        while not self._closed:
            if self._waiting:
                now_s = time.monotonic()
                until_s = until_s or now_s + self._order.patience_s
                away = [guest for guest in self._guests.values() if guest.away and not guest.stopped]
                if not away or now_s >= until_s:
                    group = self._order.choose(self._waiting, now_s)
                    self._waiting = [call for call in self._waiting if call not in group]
                    return group
                self._changed.wait(until_s - now_s)
            else:
                self._changed.wait()
        return None

    def _run(self, group: list[Call]) -> None:
        begun_s = time.monotonic()
        try:
            answers = group[0].seat.run(group)
        except Exception as error:  # noqa: BLE001 - it goes to whoever called
            self._run_alone(group, error)
            return
        self._order.served(group, time.monotonic() - begun_s)
        for call, answer in zip(group, answers, strict=True):
            call.answer = answer
        self._dismissed(group)

    def _run_alone(self, group: list[Call], error: Exception) -> None:
        """After a failure each call runs by itself, so that an error stays with its request."""
        if len(group) == 1:
            group[0].error = error
            self._dismissed(group)
            return
        for call in group:
            self._run([call])

    def _dismissed(self, group: list[Call]) -> None:
        with self._changed:
            for call in group:
                call.guest.away = call.guest.id in self._guests
        for call in group:
            if call.guest.stopped:
                call.error = _cancelled()
            call.done.set()


def _cancelled() -> Cancelled:
    return Cancelled("The picture was cancelled")
