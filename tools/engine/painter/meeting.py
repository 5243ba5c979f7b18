"""The meeting at the denoiser: requests of any kind, at any step, share one call of the module that costs the most.

Each request runs an unmodified diffusers pipeline in a thread of its own. Where the pipeline would call its denoiser,
text encoder or decoder, it calls a `Seat` instead, which waits at the meeting. One thread, the host, takes the calls
that wait, joins those that can be joined, runs the real module once and hands everybody their rows.
"""

import contextlib
import inspect
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import torch

from bot import log
from bot.errors import EngineError, EngineLost
from tools.engine.painter import device as devices
from tools.engine.painter.caps import Caps
from tools.engine.painter.habits import Habits
from tools.engine.painter.hub import first_line
from tools.engine.painter.joining import Joining, Share
from tools.engine.painter.order import Guest, Order
from tools.engine.wire import Cancelled

_log = log.get("painter")


class Seat(Protocol):
    """What calls go to.

    Attributes:
        name: Of the model and its module.
        steps: Its calls are steps of painting.
    """

    name: str
    steps: bool

    @property
    def caches(self) -> bool:
        """Whether it keeps something from one step to the next, so that calls to it are not joined."""

    def run(self, calls: Sequence["Call"]) -> list[Any]:
        """The answers to several calls."""


@dataclass(eq=False, slots=True)
class Call:
    """One call that waits for its answer."""

    seat: Seat
    guest: Guest
    share: Share
    context: str = ""
    whole: float = 0.0
    done: threading.Event = field(default_factory=threading.Event)
    answer: Any = None
    error: BaseException | None = None

    @property
    def work(self) -> float:
        """What this call counts: a step's work, or a whole picture's; 0 for a call that is no step."""
        if not self.seat.steps:
            return 0.0
        return self.whole or self.guest.step_work

    @property
    def key(self) -> tuple[object, ...]:
        """Calls of equal keys can be joined. Hook caches decide on the mean of a batch, so with one all are alone."""
        alone = self if self.seat.caches else None
        return (id(self.seat), self.share.key, self.guest.adapters, alone)


class Seating:
    """One module at the meeting, and how it is called for several at once.

    Args:
        name: Of the model and its module.
        steps: Its calls are steps of painting.

    Attributes:
        called: The method whose calls go to the meeting.
    """

    def __init__(self, module: Any, habits: Habits, name: str = "", *, steps: bool) -> None:
        self.module = module
        self.name = name
        self.steps = steps
        self.joining = Joining(habits)
        self._device = module.device  # asking goes through all of its parts, which takes longer than all else here
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
        # What is measured is the device's time, not the time to give it orders.
        devices.wait(self._device)
        return [answer] if len(calls) == 1 else self.joining.split(answer, [call.share for call in calls])

    def _context(self, call: Call) -> Any:
        if not self.caches:
            return contextlib.nullcontext()
        return self.module.cache_context(f"{call.guest.id}/{call.context}")


class _Whole:
    """A whole picture as one call, for a pipeline of which nobody knows how to share its steps."""

    steps = True
    caches = True
    name = "whole"

    def __init__(self, paint: Callable[[], Any]) -> None:
        self._paint = paint

    def run(self, _calls: Sequence[Call]) -> list[Any]:
        return [self._paint()]


class Meeting:
    """Where the calls of all requests meet.

    Args:
        order: Who goes next, and how many together.
        caps: Measures how many pay off, and hears of those that were too many; None where `order` knows by itself.
    """

    def __init__(self, order: Order, caps: Caps | None = None) -> None:
        self._order = order
        self._caps = caps
        self._waiting: list[Call] = []
        self._guests: set[Guest] = set()
        self._changed = threading.Condition()
        self._here = threading.local()
        self._closed = False
        self._end: EngineError = _cancelled()
        self._host = threading.Thread(target=self._serve, name="meeting", daemon=True)
        self._host.start()

    @contextlib.contextmanager
    def guest(self, guest: Guest) -> Iterator[None]:
        """Take part, in the calling thread, until the block ends."""
        with self._changed:
            self._guests.add(guest)
        self._here.guest = guest
        try:
            yield
        finally:
            del self._here.guest
            with self._changed:
                self._guests.remove(guest)
                self._changed.notify_all()

    def dismiss(self, guest: Guest) -> None:
        """A request is cancelled: its place is free at once, or when the running call ends."""
        with self._changed:
            guest.stopped = True
            gone = [call for call in self._waiting if call.guest is guest]
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
        return self._wait_for(Call(seating, self._here.guest, seating.joining.share(arguments), context))

    def alone(self, paint: Callable[[], Any]) -> Any:
        """Let the host paint a whole picture, which nobody shares. Raises what it raised, or `Cancelled`."""
        guest: Guest = self._here.guest
        return self._wait_for(Call(_Whole(paint), guest, Share({}, 1, None), whole=guest.left))

    def _wait_for(self, call: Call) -> Any:
        guest = call.guest
        with self._changed:
            if guest.stopped:
                raise _cancelled()
            if self._closed:
                raise self._end
            self._waiting.append(call)
            guest.away = False
            self._changed.notify_all()
        call.done.wait()
        if call.error is not None:
            raise call.error
        return call.answer

    def _serve(self) -> None:
        try:
            while group := self._next():
                self._run(self._fitting(group))
        except Exception as error:  # noqa: BLE001 - nobody may wait for ever
            _log.exception("the meeting broke down")
            self._end = EngineLost(f"The painter broke down: {first_line(error)}", "Send the task again.")
        finally:
            with self._changed:
                self._closed = True
            for call in self._waiting:
                call.error = self._end
                call.done.set()

    def _next(self) -> list[Call]:
        """The calls to run together; waits for some, and a moment for those that are likely to come at once.

        Nobody when the meeting is closed.
        """
        with self._changed:
            return self._chosen()

    def _chosen(self) -> list[Call]:
        since_s = 0.0
        while not self._closed:
            if self._waiting:
                now_s = time.monotonic()
                since_s = since_s or now_s
                group = self._order.choose(self._waiting, now_s)
                away = [guest for guest in self._guests if guest.away and not guest.stopped]
                left_s = since_s + self._order.patience_s(group, away, now_s) - now_s
                if left_s <= 0:
                    self._waiting = [call for call in self._waiting if call not in group]
                    return group
                self._changed.wait(left_s)
            else:
                self._changed.wait()
        return []

    def _fitting(self, group: list[Call]) -> list[Call]:
        """Those of a group that pay off together; the others wait on. Measured here, where nobody holds the lock."""
        if len(group) == 1 or self._caps is None:
            return group
        first = group[0]
        try:
            self._caps.measure(first, lambda batch: first.seat.run([first] * batch))
            cap = max(self._caps(first), 1)
        except Exception:  # noqa: BLE001 - whoever the call belongs to is told when it is tried again
            _log.warning("calls of %s can't be measured", first.seat.name, exc_info=True)
            cap = 1
        with self._changed:
            self._waiting += group[cap:]
        return group[:cap]

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
        if self._caps and devices.is_full(error):
            self._caps.lower(group[0], len(group))
        for call in group:
            self._run([call])

    def _dismissed(self, group: list[Call]) -> None:
        with self._changed:
            for call in group:
                call.guest.away = call.guest in self._guests
        for call in group:
            if call.guest.stopped:
                call.error = _cancelled()
            call.done.set()


def _cancelled() -> Cancelled:
    return Cancelled("The picture was cancelled")
