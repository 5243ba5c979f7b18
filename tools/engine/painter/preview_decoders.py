"""From latents to colours: through a tiny decoder, or on the straight line that is closest to any other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from bot import log
from tools.engine.families import folder_of
from tools.engine.painter.hub import first_line

if TYPE_CHECKING:
    import torch

_log = log.get("painter")
# A tiny decoder is asked for 128 px, which costs it a quarter of what 256 would.
_DECODED_LATENTS = 16


def decoder(vae: Any, tiny_vae: str = "") -> "Callable[[torch.Tensor], torch.Tensor]":
    """What turns latents of (1, channels, height, width) into (height, width, 3) in -1 to 1.

    Args:
        vae: The pipeline's own autoencoder.
        tiny_vae: A tiny one for the same latents, a folder or a repository; where it can't be used, or none is named,
            colours are guessed from the latents.

    Raises:
        ValueError: The own one's numbers overflow.
    """
    tiny = vae if type(vae).__name__ == "AutoencoderTiny" else _tiny(tiny_vae, vae)
    return partial(_decode, tiny) if tiny else partial(project, fit(vae))


def spread(vae: Any) -> "tuple[torch.Tensor, torch.Tensor] | None":
    """Mean and deviation that FLUX.2's autoencoder keeps for each channel of a 2 x 2 patch; other ones keep none."""
    norm = getattr(vae, "bn", None)
    if norm is None:
        return None
    return norm.running_mean, (norm.running_var + vae.config["batch_norm_eps"]).sqrt()


def fit(vae: Any) -> "torch.Tensor":
    """The straight line from latents to colours that is closest to a decoder: (channels + 1, 3) by least squares.

    It is taken over random fields from even to rough, 8 latents wide, as pictures have even and rough places.

    Raises:
        ValueError: The decoder's numbers overflow.
    """
    import torch
    from torch.nn import functional

    generator = torch.Generator().manual_seed(0)
    fields = [torch.randn(4, _channels(vae), side, side, generator=generator) for side in (1, 2, 4, 8)]
    latents = torch.cat([functional.interpolate(field, size=(8, 8), mode="bilinear") for field in fields])
    if known_spread := spread(vae):
        mean, deviation = (values.cpu().float().view(1, -1, 1, 4).mean(-1, keepdim=True) for values in known_spread)
        latents = latents * deviation + mean
    with torch.no_grad(), _upcast(vae):
        colours = functional.adaptive_avg_pool2d(_decoded(vae, latents).float().cpu(), 8)
    if not colours.isfinite().all():
        raise ValueError("the decoder's numbers overflow")
    known = functional.pad(latents.movedim(1, -1).flatten(0, -2), (0, 1), value=1.0)
    found: torch.Tensor = torch.linalg.lstsq(known, colours.movedim(1, -1).flatten(0, -2)).solution
    return found


def _tiny(name: str, vae: Any) -> Any | None:
    """A tiny autoencoder beside a pipeline's own; None where none is named, or it is not one for these latents."""
    from diffusers import AutoencoderTiny

    if not name:
        return None
    try:
        tiny = AutoencoderTiny.from_pretrained(str(folder_of(name) or name), use_safetensors=True)
    except Exception as error:  # noqa: BLE001 - no preview is worth a model
        _log.warning("the tiny autoencoder '%s' can't be used: %s", name, first_line(error))
        return None
    if _channels(tiny) != _channels(vae):
        _log.warning("the tiny autoencoder '%s' is made for latents of another kind", name)
        return None
    return tiny.to(vae.device, vae.dtype)


def _channels(vae: Any) -> int:
    return int(vae.config.get("latent_channels") or vae.config["z_dim"])


@contextmanager
def _upcast(vae: Any) -> Iterator[None]:
    """SDXL's decoder overflows in half precision; its pipeline makes it exact for that time, as is done here."""
    import torch

    overflows = vae.dtype == torch.float16 and bool(vae.config.get("force_upcast"))
    if overflows:
        vae.to(torch.float32)
    try:
        yield
    finally:
        if overflows:
            vae.to(torch.float16)


def project(projection: "torch.Tensor", latents: "torch.Tensor") -> "torch.Tensor":
    """Colours on the line that `fit` found."""
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
