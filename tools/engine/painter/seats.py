"""Pipelines at the meeting: unmodified, but for modules whose calls go there."""

import contextlib
import copy
import threading
from collections.abc import Callable, Iterator
from typing import Any

import torch

from tools.engine.painter.adapters import Adapters
from tools.engine.painter.calls import Seating
from tools.engine.painter.habits import DECODERS, DENOISERS, ENCODERS
from tools.engine.painter.meeting import Meeting

_TABLES = ((DENOISERS, True), (ENCODERS, False), (DECODERS, False))


def can_meet(pipe: Any) -> bool:
    """Whether it is known how the denoiser of a pipeline takes company.

    A pipeline whose decoder overflows in half precision changes that decoder's numbers for the time of a picture, under
    everybody who decodes at the same time.
    """
    denoiser = getattr(pipe, "unet", None) or getattr(pipe, "transformer", None)
    vae = getattr(pipe, "vae", None)
    changes = vae is not None and vae.dtype == torch.float16 and bool(vae.config.get("force_upcast"))
    return type(denoiser).__name__ in DENOISERS and not changes


class Seats:
    """The seats of one model's modules, shared by all pipelines that are made of them.

    Args:
        model: Its name.
        adapters: Its LoRAs.
    """

    def __init__(self, meeting: Meeting, model: str = "", adapters: Adapters | None = None) -> None:
        self._meeting = meeting
        self._model = model
        self._adapters = adapters
        self._seats: dict[int, Any] = {}

    def pipe(self, pipe: Any) -> Any:
        """A pipeline for one request: shares every weight, and has a scheduler and tokenizers of its own.

        Fast tokenizers are not safe to share between threads, and a scheduler keeps where its request is.
        """
        own = copy.copy(pipe)
        for name, part in pipe.components.items():
            if name == "scheduler" or name.startswith("tokenizer"):
                own.__dict__[name] = copy.deepcopy(part)
            elif seat := self._seat(part, name):
                own.__dict__[name] = seat
        return own

    def _seat(self, module: Any, name: str) -> Any:
        if id(module) not in self._seats:
            tables = ((table, steps) for table, steps in _TABLES if type(module).__name__ in table)
            found = next(tables, None)
            if found is None:
                return None
            table, steps = found
            habits, told = table[type(module).__name__], f"{self._model} {name}"
            seating = Seating(module, habits, told, self._adapters, steps=steps)
            # Threads that come here together must get one and the same, or their calls would never meet.
            self._seats.setdefault(id(module), _seat(seating, self._meeting))
        return self._seats[id(module)]


def _seat(seating: Seating, meeting: Meeting) -> Any:
    """A module that shares all of another's parts, of a class that differs only in where its calls go."""
    here = threading.local()
    kind = type(seating.module)

    def call(_self: Any, *arguments: Any, **named: Any) -> Any:
        return meeting.call(seating, seating.named(arguments, named), getattr(here, "context", ""))

    @contextlib.contextmanager
    def cache_context(_self: Any, name: str) -> Iterator[None]:
        here.context = name
        try:
            yield
        finally:
            here.context = ""

    own: dict[str, Callable[..., Any]] = {seating.called: call}
    if hasattr(kind, "cache_context"):
        own["cache_context"] = cache_context
    seat: Any = object.__new__(type(kind.__name__, (kind,), own | {"__module__": kind.__module__}))
    # What offloading hangs over a module's methods belongs to the calls of the real one.
    hung = ("forward", "_hf_hook")
    seat.__dict__.update({name: value for name, value in vars(seating.module).items() if name not in hung})
    return seat
