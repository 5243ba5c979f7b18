"""Calls that wait at the meeting, and the seats that they go to: a module for several at once, or a whole picture."""

import contextlib
import inspect
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import torch

from tools.engine.painter import device as devices
from tools.engine.painter.adapters import Adapters, Worn
from tools.engine.painter.habits import Habits
from tools.engine.painter.joining import Joining, Share
from tools.engine.painter.order import Guest


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

    def worn(self, guest: Guest) -> Worn:
        """Those of a guest's LoRAs that make a difference to its answers."""

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
        return (id(self.seat), self.share.key, self.seat.worn(self.guest), alone)


class Seating:
    """One module at the meeting, and how it is called for several at once.

    Args:
        name: Of the model and its module.
        adapters: The LoRAs of its model; None where it takes none.
        steps: Its calls are steps of painting.

    Attributes:
        called: The method whose calls go to the meeting.
    """

    def __init__(
        self, module: Any, habits: Habits, name: str = "", adapters: Adapters | None = None, *, steps: bool
    ) -> None:
        self.module = module
        self._adapters = adapters
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

    def worn(self, guest: Guest) -> Worn:
        """Those of a guest's LoRAs that the module has."""
        return self._adapters.of(self.module, guest.adapters) if self._adapters and guest.adapters else ()

    def run(self, calls: Sequence[Call]) -> list[Any]:
        """The real module's answers to several calls, which all want the same LoRAs."""
        if self._adapters:
            self._adapters.wear(self.module, calls[0].guest.adapters)
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


class Whole:
    """A whole picture as one call, for a pipeline of which nobody knows how to share its steps."""

    steps = True
    caches = True
    name = "whole"

    def __init__(self, paint: Callable[[], Any]) -> None:
        self._paint = paint

    def worn(self, guest: Guest) -> Worn:
        """All of them."""
        return guest.adapters

    def run(self, _calls: Sequence[Call]) -> list[Any]:
        """The picture."""
        return [self._paint()]
