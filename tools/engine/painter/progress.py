"""How far a picture is, as its pipeline tells after each step."""

from typing import Any, Protocol

from tools.engine.painter.order import Guest
from tools.engine.painter.previews import Glimpses
from tools.engine.wire import Cancelled


class Watcher(Protocol):
    """Whom a painting thread tells how far it is; called in that thread."""

    def step(self, step: int, steps: int) -> None:
        """A step is done: its number, counted from 1, and the number of steps that are made at all."""

    def preview(self, step: int, steps: int, jpeg: bytes) -> None:
        """How it looks after a step."""

    def stopped(self) -> bool:
        """Asked after each step: whether to give up."""


class Progress:
    """The callback of a diffusers pipeline: counts steps and stops by raising, which leaves the pipeline usable.

    Args:
        guest: Told what is left, so that its turn comes accordingly.
        glimpses: Makes previews; None for none.
    """

    def __init__(self, steps: int, watcher: Watcher, guest: Guest, glimpses: Glimpses | None) -> None:
        self.steps = steps
        self._watcher = watcher
        self._guest = guest
        self._glimpses = glimpses

    def __call__(self, pipe: Any, index: int, _timestep: Any, given: dict[str, Any]) -> dict[str, Any]:
        """As diffusers calls it at the end of a step. Raises Cancelled."""
        if self._watcher.stopped():
            raise Cancelled("The picture was cancelled")
        self.steps = getattr(pipe, "num_timesteps", None) or self.steps
        self._guest.left = max(self.steps - index - 1, 0) * self._guest.step_work
        self._watcher.step(index + 1, self.steps)
        if index + 1 < self.steps and "latents" in given:
            self._look(pipe, index + 1, given["latents"])
        return given

    def tensors(self, pipe: Any) -> list[str]:
        """What the pipeline is to hand to the callback."""
        return ["latents"] if self._glimpses and "latents" in getattr(pipe, "_callback_tensor_inputs", ()) else []

    def _look(self, pipe: Any, step: int, latents: Any) -> None:
        assert self._glimpses is not None
        jpeg = self._glimpses.look(pipe, latents, step / self.steps)
        if jpeg:
            self._watcher.preview(step, self.steps, jpeg)
