"""Small pictures of what is being painted, made from the latents after a step for next to nothing."""

import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from bot import log
from tools.engine.painter import device as devices
from tools.engine.painter.hub import first_line

if TYPE_CHECKING:
    import torch

_log = log.get("painter")
LONGEST_SIDE_PX = 256
LIMIT_BYTES = 20_000
# A tiny decoder is asked for 160 px, which costs it a third of what 256 would.
_DECODED_LATENTS = 20
_EULER = ("EulerDiscreteScheduler", "FlowMatchEulerDiscreteScheduler")


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a preview is made: not before `every_s`, nor before what one costs is `share` of the time since.

    So previews take about `share` of the painting time at most, whatever the model.
    """

    every_s: float = 0.3
    share: float = 0.05


class Viewer:
    """Turns the latents of one pipeline into small pictures; gives up for good at the first failure.

    Args:
        to_rgb: Turns latents of (1, channels, height, width) into (height, width, 3) in -1 to 1.
        scale: Pixels of a picture's side for each latent.
    """

    def __init__(self, to_rgb: "Callable[[torch.Tensor], torch.Tensor]", scale: int) -> None:
        self.works = True
        self.cost_s = 0.0
        self._is_measured = True
        self._to_rgb = to_rgb
        self._scale = scale

    def begin(self) -> None:
        """A picture begins. What a busy moment made look too dear for the whole last one is tried again by and by."""
        if not self._is_measured:
            self.cost_s /= 2
        self._is_measured = False

    def show(self, pipe: Any, before: "torch.Tensor | None", latents: "torch.Tensor", size: tuple[int, int]) -> bytes:
        """A JPEG of how the picture is likely to end, or nothing where it can't be made.

        Args:
            pipe: Its scheduler has just made the step.
            before: The latents before the step, if they are known.
            latents: The latents after it.
            size: Width and height of the picture in pixels.
        """
        import torch

        devices.wait(latents.device)
        begun_s = time.perf_counter()
        try:
            with torch.no_grad():
                rgb = self._to_rgb(self._unpacked(estimate(pipe.scheduler, before, latents), size)[:1].float())
            jpeg = _jpeg(rgb)
        except Exception as error:  # noqa: BLE001 - no preview is worth a picture
            self.works = False
            _log.warning("no previews of %s: %s", type(pipe).__name__, first_line(error))
            return b""
        self.cost_s = time.perf_counter() - begun_s
        self._is_measured = True
        return jpeg

    def _unpacked(self, latents: "torch.Tensor", size: tuple[int, int]) -> "torch.Tensor":
        """Latents as (batch, channels, height, width): FLUX and Qwen-Image paint on rows of 2 x 2 patches."""
        if latents.ndim == 5:
            return latents[:, :, 0]
        if latents.ndim == 4:
            return latents
        columns, rows = (side_px // (2 * self._scale) for side_px in size)
        patches = latents.reshape(len(latents), rows, columns, -1, 2, 2).permute(0, 3, 1, 4, 2, 5)
        return patches.reshape(len(latents), -1, 2 * rows, 2 * columns)


class Glimpses:
    """The previews of one picture."""

    def __init__(self, viewer: Viewer, pace: Pace, width_px: int, height_px: int) -> None:
        self._viewer = viewer
        self._pace = pace
        self._size = (width_px, height_px)
        self._before: torch.Tensor | None = None
        self._last_s = time.perf_counter()
        viewer.begin()

    def look(self, pipe: Any, latents: "torch.Tensor") -> bytes:
        """After each step: a JPEG where one is due, else nothing."""
        before, self._before = self._before, latents
        wait_s = max(self._pace.every_s, self._viewer.cost_s / self._pace.share)
        if not self._viewer.works or time.perf_counter() - self._last_s < wait_s:
            return b""
        jpeg = self._viewer.show(pipe, before, latents, self._size)
        self._last_s = time.perf_counter()
        return jpeg


def viewer_for(pipe: Any) -> Viewer | None:
    """The viewer of a pipeline that was just loaded; None where there is no way to see its latents."""
    vae, scale = getattr(pipe, "vae", None), getattr(pipe, "vae_scale_factor", None)
    if vae is None or not isinstance(scale, int):
        return None
    try:
        is_tiny = type(vae).__name__ == "AutoencoderTiny"
        return Viewer(partial(_decode, vae) if is_tiny else partial(_project, fit(vae)), scale)
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


def fit(vae: Any) -> "torch.Tensor":
    """The straight line from latents to colours that is closest to a decoder: (channels + 1, 3) by least squares.

    It is taken over random fields from even to rough, 8 latents wide, as pictures have even and rough places.

    Raises:
        ValueError: The decoder's numbers overflow.
    """
    import torch
    from torch.nn import functional

    channels = vae.config.get("latent_channels") or vae.config["z_dim"]
    generator = torch.Generator().manual_seed(0)
    fields = [torch.randn(4, channels, side, side, generator=generator) for side in (1, 2, 4, 8)]
    latents = torch.cat([functional.interpolate(field, size=(8, 8), mode="bilinear") for field in fields])
    with torch.no_grad():
        colours = functional.adaptive_avg_pool2d(_decoded(vae, latents).float().cpu(), 8)
    if not colours.isfinite().all():
        raise ValueError("the decoder's numbers overflow")
    known = functional.pad(latents.movedim(1, -1).flatten(0, -2), (0, 1), value=1.0)
    found: torch.Tensor = torch.linalg.lstsq(known, colours.movedim(1, -1).flatten(0, -2)).solution
    return found


def _predicts_pictures(config: Any) -> bool:
    return bool(config.get("predict_x0") or str(config.get("algorithm_type")).endswith("dpmsolver++"))


def _project(projection: "torch.Tensor", latents: "torch.Tensor") -> "torch.Tensor":
    projection = projection.to(latents.device)
    return latents[0].movedim(0, -1) @ projection[:-1] + projection[-1]


def _decode(vae: Any, latents: "torch.Tensor") -> "torch.Tensor":
    from torch.nn import functional

    sides = latents.shape[-2:]
    shrunk = min(_DECODED_LATENTS / max(sides), 1.0)
    small = functional.interpolate(latents, size=[max(round(side * shrunk), 1) for side in sides], mode="area")
    return _decoded(vae, small)[0].movedim(0, -1)


def _decoded(vae: Any, latents: "torch.Tensor") -> "torch.Tensor":
    """What a decoder makes of latents as the model paints them: (batch, 3, height, width)."""
    import torch

    latents = _as_encoded(vae.config, latents).to(vae.device, vae.dtype)
    if any(isinstance(layer, torch.nn.Conv3d) for layer in vae.modules()):
        film: torch.Tensor = vae.decode(latents.unsqueeze(2), return_dict=False)[0]
        return film[:, :, 0]
    pictures: torch.Tensor = vae.decode(latents, return_dict=False)[0]
    return pictures


def _as_encoded(config: Any, latents: "torch.Tensor") -> "torch.Tensor":
    """Latents as the encoder makes them, undoing how they were brought to a spread of 1 for the model."""
    import torch

    latents = latents / (config.get("scaling_factor") or 1.0)
    if config.get("latents_mean") and config.get("latents_std"):
        mean, spread = (torch.tensor(config[name]).view(1, -1, 1, 1) for name in ("latents_mean", "latents_std"))
        latents = latents * spread.to(latents) + mean.to(latents)
    return latents + (config.get("shift_factor") or 0.0)


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
