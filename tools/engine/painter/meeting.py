"""The meeting at the denoiser: requests of any kind, at any step, share one call of the module that costs the most.

Each request runs an unmodified diffusers pipeline in a thread of its own. Where the pipeline would call its denoiser,
text encoder or decoder, it calls a `Seat` instead, which waits at the meeting. One thread, the host, takes the calls
that wait, joins those that can be joined, runs the real module once and hands everybody their rows.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from bot import log
from bot.errors import EngineError, EngineLost
from tools.engine.painter import device as devices
from tools.engine.painter.calls import Call, Seating, Whole
from tools.engine.painter.caps import Caps
from tools.engine.painter.hub import first_line
from tools.engine.painter.joining import Share
from tools.engine.painter.order import Guest, Order
from tools.engine.wire import Cancelled

_log = log.get("painter")


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
        return self._wait_for(Call(Whole(paint), guest, Share({}, 1, None), whole=guest.left))

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
