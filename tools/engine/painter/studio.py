"""Paints one picture from one task: everything that runs in the painting thread."""

import hashlib
import inspect
import math
import time
from dataclasses import dataclass
from typing import Any, Protocol

from bot.errors import EngineError
from bot.tasks import ModelCard, PaintTask
from tools.engine.families import FAMILIES
from tools.engine.painter import device as devices
from tools.engine.painter import hub, libraries, pictures
from tools.engine.painter.device import DeviceName
from tools.engine.painter.pipelines import Loaded, Shelf
from tools.engine.painter.previews import Glimpses, Pace
from tools.engine.wire import Cancelled


@dataclass(frozen=True, slots=True)
class Result:
    """A picture as PNG; `steps` is what the pipeline took, `seconds` is painting and encoding."""

    png: bytes
    sha256: str
    width_px: int
    height_px: int
    steps: int
    seconds: float


def steps_of(task: PaintTask) -> int:
    """Steps that are made: a task that starts from a picture leaves the first ones out, but never all."""
    return max(int(task.steps * task.strength + 1e-9), 1)


class Watcher(Protocol):
    """Whom the painting thread tells how far it is; called in that thread."""

    def step(self, step: int, steps: int) -> None:
        """A step is done: its number, counted from 1, and the number of steps that are made at all."""

    def preview(self, step: int, steps: int, jpeg: bytes) -> None:
        """How it looks after a step."""

    def stopped(self) -> bool:
        """Asked after each step: whether to give up."""


class Studio:
    """Device and models. All methods but `has` block, and belong to one and the same thread.

    Args:
        device: What to paint on; 'auto' takes CUDA, then MPS, then the CPU.
        threads: CPU threads for arithmetic; None leaves it to torch.
        keep: Models that stay loaded.
        pace: How often previews are made; None for no previews.
    """

    def __init__(
        self,
        device: DeviceName = "auto",
        threads: int | None = None,
        keep: int = 1,
        pace: Pace | None = Pace(),  # noqa: B008 - frozen
    ) -> None:
        self._wanted = device
        self._threads = threads
        self._keep = keep
        self._pace = pace
        self._shelf: Shelf | None = None

    def has(self, model: str) -> bool:
        """Whether a model is loaded."""
        return self._shelf is not None and model in self._shelf

    def load(self, model: str) -> ModelCard:
        """Make a model ready to paint.

        Raises:
            EngineError, ModelUnavailable, EngineLost: As `Shelf.take`, or torch can't be imported.
        """
        return self._take(model).card

    def paint(self, task: PaintTask, watcher: Watcher) -> Result:
        """Paint a picture; the same task gives the same bytes on the same device.

        Args:
            task: Checked against the model's card already.
            watcher: Told of each step.

        Raises:
            Cancelled: The watcher wants no more.
            EngineError, ModelUnavailable, EngineLost: One line each.
        """
        loaded = self._take(task.model)
        begun = time.perf_counter()
        pipe = _pipe_for(task, loaded)
        progress = _Progress(task.steps, watcher, self._glimpses(task, loaded))
        try:
            output = pipe(**_arguments(task, pipe, loaded.card, progress))
        except Exception as error:
            raise self._explain(error, task) from error
        image = _only_image(output, task.model)
        png = pictures.encode(image)
        seconds = time.perf_counter() - begun
        height_px, width_px = image.shape[:2]
        return Result(png, hashlib.sha256(png).hexdigest(), width_px, height_px, progress.steps, seconds)

    def _glimpses(self, task: PaintTask, loaded: Loaded) -> Glimpses | None:
        if self._pace is None or loaded.viewer is None:
            return None
        return Glimpses(loaded.viewer, self._pace, task.width_px, task.height_px)

    def _take(self, model: str) -> Loaded:
        if self._shelf is None:
            self._shelf = self._open()
        return self._shelf.take(model)

    def _open(self) -> Shelf:
        libraries.bring_in()
        import torch

        if self._threads is not None:
            torch.set_num_threads(self._threads)  # holds for the calling thread
        return Shelf(devices.choose(self._wanted), self._keep, previews=self._pace is not None)

    def _explain(self, error: Exception, task: PaintTask) -> EngineError:
        if isinstance(error, EngineError):
            return error
        known = devices.explain(error, f"for a picture of {task.width_px}x{task.height_px} px")
        return known or EngineError(f"'{task.model}' could not paint this: {hub.first_line(error)}")


class _Progress:
    """The callback of a diffusers pipeline: counts steps and stops by raising, which leaves the pipeline usable."""

    def __init__(self, steps: int, watcher: Watcher, glimpses: Glimpses | None) -> None:
        self.steps = steps
        self._watcher = watcher
        self._glimpses = glimpses

    def __call__(self, pipe: Any, index: int, _timestep: Any, given: dict[str, Any]) -> dict[str, Any]:
        if self._watcher.stopped():
            raise Cancelled("The picture was cancelled")
        self.steps = getattr(pipe, "num_timesteps", None) or self.steps
        self._watcher.step(index + 1, self.steps)
        if index + 1 < self.steps and "latents" in given:
            self._look(pipe, index + 1, given["latents"])
        return given

    def tensors(self, pipe: Any) -> list[str]:
        """What the pipeline is to hand to the callback."""
        return ["latents"] if self._glimpses and "latents" in getattr(pipe, "_callback_tensor_inputs", ()) else []

    def _look(self, pipe: Any, step: int, latents: Any) -> None:
        assert self._glimpses is not None
        jpeg = self._glimpses.look(pipe, latents)
        if jpeg:
            self._watcher.preview(step, self.steps, jpeg)


def _pipe_for(task: PaintTask, loaded: Loaded) -> Any:
    if task.task == "paint":
        return loaded.pipe
    if loaded.img2img is None:
        raise EngineError(f"'{task.model}' can't start from a picture", "Ask with words alone, or set another model.")
    return loaded.img2img


def _arguments(task: PaintTask, pipe: Any, card: ModelCard, progress: _Progress) -> dict[str, Any]:
    import torch

    family = FAMILIES[card.family]
    wanted: dict[str, Any] = {
        "prompt": task.prompt,
        "width": task.width_px,
        "height": task.height_px,
        "num_inference_steps": task.steps,
        family.guidance_argument: task.guidance_scale,
        # Drawn on the CPU, so that a seed means the same on every device.
        "generator": torch.Generator("cpu").manual_seed(task.seed),
        "output_type": "np",
        "callback_on_step_end": progress,
        "callback_on_step_end_tensor_inputs": progress.tensors(pipe),
    }
    if negative := (card.negative_prompt and task.negative_prompt) or family.blank_negative:
        wanted["negative_prompt"] = negative
    if family.frame_tokens:
        wanted["max_sequence_length"] = card.token_limit + family.frame_tokens
    if task.task == "img2img":
        wanted["image"] = pictures.decode(task.image, task.width_px, task.height_px)
        wanted["strength"] = _whole_steps(task)
    accepted = inspect.signature(pipe.__call__).parameters
    return {name: value for name, value in wanted.items() if name in accepted}


def _whole_steps(task: PaintTask) -> float:
    """The strength that makes these steps: some pipelines round steps * strength up, others down."""
    strength = steps_of(task) / task.steps
    return strength if task.steps * strength >= steps_of(task) else math.nextafter(strength, 1)


def _only_image(output: Any, model: str) -> Any:
    """The one picture of a pipeline's output, (height, width, 3) in 0 to 1."""
    import numpy

    if any(getattr(output, "nsfw_content_detected", None) or ()):
        raise EngineError(f"The safety checker of '{model}' held the picture back", "Ask for something else.")
    image = output.images[0]
    if not numpy.isfinite(image).all():
        raise EngineError(
            f"'{model}' painted nothing that can be shown: its numbers overflowed",
            "Set another device or model.",
        )
    return image
