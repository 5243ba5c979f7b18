"""Paints one picture from one task: everything that runs in the painting thread."""

import hashlib
import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.errors import EngineError
from bot.messages import ModelCard, PaintTask
from tools.engine.painter import device as devices
from tools.engine.painter import hub
from tools.engine.painter.device import DeviceName
from tools.engine.painter.pipelines import Loaded, Shelf
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


class Studio:
    """Device and models. All methods but `has` block, and belong to one and the same thread.

    Args:
        device: What to paint on; 'auto' takes CUDA, then MPS, then the CPU.
        threads: CPU threads for arithmetic; None leaves it to torch.
        keep: Models that stay loaded.
    """

    def __init__(self, device: DeviceName = "auto", threads: int | None = None, keep: int = 1) -> None:
        self._wanted = device
        self._threads = threads
        self._keep = keep
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

    def paint(self, task: PaintTask, on_step: Callable[[int, int], None], stopped: Callable[[], bool]) -> Result:
        """Paint a picture; the same task gives the same bytes on the same device.

        Args:
            task: Checked against the model's card already.
            on_step: Called after each step with its number, counted from 1, and the number of steps.
            stopped: Asked after each step whether to give up.

        Raises:
            Cancelled: `stopped` said so.
            EngineError, ModelUnavailable, EngineLost: One line each.
        """
        loaded = self._take(task.model)
        begun = time.perf_counter()
        progress = _Progress(task.steps, on_step, stopped)
        try:
            output = loaded.pipe(**_arguments(task, loaded, progress))
        except Exception as error:
            raise self._explain(error, task) from error
        png = _encode(_only_image(output, task.model))
        seconds = time.perf_counter() - begun
        width_px, height_px = png.size
        return Result(png.data, hashlib.sha256(png.data).hexdigest(), width_px, height_px, progress.steps, seconds)

    def _take(self, model: str) -> Loaded:
        if self._shelf is None:
            self._shelf = self._open()
        return self._shelf.take(model)

    def _open(self) -> Shelf:
        try:
            import torch
            from diffusers.utils import logging as diffusers_logging
            from transformers.utils import logging as transformers_logging
        except ImportError as error:
            raise EngineError(
                f"The painter can't start: {hub.first_line(error)}", "Install Limner with its requirements again."
            ) from error
        diffusers_logging.disable_progress_bar()
        transformers_logging.disable_progress_bar()
        if self._threads is not None:
            torch.set_num_threads(self._threads)  # holds for the calling thread
        return Shelf(devices.choose(self._wanted), self._keep)

    def _explain(self, error: Exception, task: PaintTask) -> EngineError:
        if isinstance(error, EngineError):
            return error
        known = devices.explain(error, f"for a picture of {task.width_px}x{task.height_px} px")
        return known or EngineError(f"'{task.model}' could not paint this: {hub.first_line(error)}")


class _Progress:
    """The callback of a diffusers pipeline: counts steps and stops by raising, which leaves the pipeline usable."""

    def __init__(self, steps: int, on_step: Callable[[int, int], None], stopped: Callable[[], bool]) -> None:
        self.steps = steps
        self._on_step = on_step
        self._stopped = stopped

    def __call__(self, pipe: Any, index: int, _timestep: Any, given: dict[str, Any]) -> dict[str, Any]:
        if self._stopped():
            raise Cancelled("The picture was cancelled")
        self.steps = getattr(pipe, "num_timesteps", None) or self.steps
        self._on_step(index + 1, self.steps)
        return given


def _arguments(task: PaintTask, loaded: Loaded, progress: _Progress) -> dict[str, Any]:
    import torch

    wanted = {
        "prompt": task.prompt,
        "width": task.width_px,
        "height": task.height_px,
        "num_inference_steps": task.steps,
        "guidance_scale": task.guidance_scale,
        # Drawn on the CPU, so that a seed means the same on every device.
        "generator": torch.Generator("cpu").manual_seed(task.seed),
        "output_type": "np",
        "callback_on_step_end": progress,
        "callback_on_step_end_tensor_inputs": [],
    }
    if loaded.card.negative_prompt and task.negative_prompt:
        wanted["negative_prompt"] = task.negative_prompt
    if loaded.card.family == "flux1":
        wanted["max_sequence_length"] = loaded.card.token_limit + 1
    return {name: value for name, value in wanted.items() if name in loaded.accepts}


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


@dataclass(frozen=True, slots=True)
class _Png:
    data: bytes
    size: tuple[int, int]


def _encode(image: Any) -> _Png:
    from PIL import Image

    picture = Image.fromarray((image * 255).round().astype("uint8"))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return _Png(buffer.getvalue(), picture.size)
