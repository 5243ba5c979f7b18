"""Small pictures of what is being painted, made from the latents after a step for next to nothing."""

import io
import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot import log
from tools.engine.painter.hub import first_line
from tools.engine.painter.preview_budget import Budget, stopwatch
from tools.engine.painter.preview_decoders import decoder, spread

if TYPE_CHECKING:
    import torch

_log = log.get("painter")
LONGEST_SIDE_PX = 256
LIMIT_BYTES = 20_000
_EULER = ("EulerDiscreteScheduler", "FlowMatchEulerDiscreteScheduler")


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a preview is made: each request's not before `every_s`, all together in `share` of the painting time.

    So previews take about `share` of the painter's time at most, whatever the model and however many are painted.
    """

    every_s: float = 0.5
    share: float = 0.02


class Viewer:
    """Turns the latents of one model into small pictures, for any thread; gives up for good at the first failure.

    Args:
        to_rgb: Turns latents of (1, channels, height, width) into (height, width, 3) in -1 to 1.
        scale: Pixels of a picture's side for each latent.
        patches: Mean and deviation of each channel of the 2 x 2 patches that are painted on; None where they are as the
            decoder takes them.
        budget: What the previews of all requests cost.
    """

    def __init__(
        self,
        to_rgb: "Callable[[torch.Tensor], torch.Tensor]",
        scale: int,
        patches: "tuple[torch.Tensor, torch.Tensor] | None" = None,
        budget: Budget | None = None,
    ) -> None:
        self.works = True
        self.budget = budget or Budget()
        self._to_rgb = to_rgb
        self._scale = scale
        self._patches = patches
        self._failing = threading.Lock()

    def show(
        self, pipe: Any, before: "torch.Tensor | None", latents: "torch.Tensor", size: tuple[int, int]
    ) -> tuple[bytes, float]:
        """A JPEG of how the picture is likely to end, or nothing where it can't be made; and what it cost in seconds.

        Args:
            pipe: Its scheduler has just made the step.
            before: The latents before the step, if they are known.
            latents: The latents after it.
            size: Width and height of the picture in pixels.
        """
        import torch

        read_s = stopwatch(latents.device)
        try:
            with torch.no_grad():
                rgb = self._to_rgb(self._unpacked(estimate(pipe.scheduler, before, latents), size)[:1].float())
            cost_s = read_s()
            read_s = stopwatch(torch.device("cpu"))
            return _jpeg(rgb.cpu()), cost_s + read_s()
        except Exception as error:  # noqa: BLE001 - no preview is worth a picture
            self._give_up(pipe, error)
            return b"", 0.0

    def _give_up(self, pipe: Any, error: Exception) -> None:
        with self._failing:
            if self.works:
                self.works = False
                _log.warning("no previews of %s: %s", type(pipe).__name__, first_line(error))

    def _unpacked(self, latents: "torch.Tensor", size: tuple[int, int]) -> "torch.Tensor":
        """Latents as (batch, channels, height, width): FLUX and Qwen-Image paint on rows of 2 x 2 patches.

        FLUX.2's patches have a spread of 1, which is undone.
        """
        if latents.ndim == 5:
            return latents[:, :, 0]
        if latents.ndim == 4:
            return latents
        if self._patches is not None:
            mean, deviation = (values.to(latents) for values in self._patches)
            latents = latents * deviation + mean
        columns, rows = (side_px // (2 * self._scale) for side_px in size)
        patches = latents.reshape(len(latents), rows, columns, -1, 2, 2).permute(0, 3, 1, 4, 2, 5)
        return patches.reshape(len(latents), -1, 2 * rows, 2 * columns)


class Glimpses:
    """The previews of one picture; used by its thread only."""

    def __init__(self, viewer: Viewer, pace: Pace, width_px: int, height_px: int) -> None:
        self._viewer = viewer
        self._pace = pace
        self._size = (width_px, height_px)
        self._before: torch.Tensor | None = None
        self._begun_s = self._last_s = self._seen_s = viewer.budget.now()

    def look(self, pipe: Any, latents: "torch.Tensor", done: float = 0.0) -> bytes:
        """After each step: a JPEG where one is due, else nothing.

        Args:
            pipe: Its scheduler has just made the step.
            latents: The latents after it.
            done: The share of the steps that are made; what is ready before another preview would be due needs none.
        """
        before, self._before = self._before, latents
        budget, now_s = self._viewer.budget, self._viewer.budget.now()
        budget.painted(self._seen_s, now_s)
        self._seen_s = now_s
        left_s = (now_s - self._begun_s) * (1 - done) / done if done else math.inf
        if not self._viewer.works or min(now_s - self._last_s, left_s) < self._pace.every_s:
            return b""
        taken_s = budget.take(self._pace.share)
        if taken_s is None:
            return b""
        jpeg, cost_s = self._viewer.show(pipe, before, latents, self._size)
        budget.spent(taken_s, cost_s, self._pace.share)
        self._last_s = self._seen_s = budget.now()
        return jpeg


def viewer_for(pipe: Any, tiny_vae: str = "") -> Viewer | None:
    """The viewer of a pipeline that was just loaded; None where there is no way to see its latents.

    Args:
        pipe: The pipeline.
        tiny_vae: As in `preview_decoders.decoder`.
    """
    vae, scale = getattr(pipe, "vae", None), getattr(pipe, "vae_scale_factor", None)
    if vae is None or not isinstance(scale, int):
        return None
    try:
        return Viewer(decoder(vae, tiny_vae), scale, spread(vae))
    except Exception as error:  # noqa: BLE001 - no preview is worth a model
        _log.warning("no previews of %s: %s", type(pipe).__name__, first_line(error))
        return None


def estimate(scheduler: Any, before: "torch.Tensor | None", latents: "torch.Tensor") -> "torch.Tensor":
    """The latents that the picture would end with if the model were right after this step.

    DPM-Solver++ (Lu et al., 2022) and UniPC (Zhao et al., 2023) keep that estimate; Euler's straight line is followed
    to its end. For other schedulers the latents themselves, noise and all, no wilder than a picture's.
    """
    known: list[torch.Tensor | None] = getattr(scheduler, "model_outputs", None) or [None]
    if known[-1] is not None and _predicts_pictures(scheduler.config):
        return known[-1]
    if type(scheduler).__name__ in _EULER and before is not None:
        earlier, now = (float(sigma) for sigma in scheduler.sigmas[scheduler.step_index - 1 : scheduler.step_index + 1])
        return latents - now * (latents - before) / (now - earlier)
    return latents / latents.std().clamp(min=1)


def _predicts_pictures(config: Any) -> bool:
    return bool(config.get("predict_x0") or str(config.get("algorithm_type")).endswith("dpmsolver++"))


def _jpeg(rgb: "torch.Tensor") -> bytes:
    """A JPEG below the limit, of (height, width, 3) in -1 to 1."""
    from PIL import Image

    picture = Image.fromarray(((rgb.float().clamp(-1, 1) + 1) * 127.5).round().byte().cpu().numpy())
    picture.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX))
    jpeg = b""
    for quality in (80, 50, 20):
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=quality)
        jpeg = buffer.getvalue()
        if len(jpeg) < LIMIT_BYTES:
            break
    return jpeg
