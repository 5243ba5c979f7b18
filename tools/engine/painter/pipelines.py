"""Loads any diffusers text-to-image pipeline from a folder or the hub, and keeps the last few that were used."""

import inspect
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot import log
from bot.errors import EngineError, ModelUnavailable
from bot.tasks import ModelCard
from tools.engine.families import FAMILIES, folder_of
from tools.engine.painter import device as devices
from tools.engine.painter import hub, libraries
from tools.engine.painter.previews import Viewer, viewer_for

if TYPE_CHECKING:
    import torch

_log = log.get("painter")
# What a call takes that works from more than words, or towards more than a picture.
_OTHER_KINDS = {"image", "video", "audio_length_in_s", "num_frames"}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A model that is ready to paint.

    Attributes:
        pipe: Paints from words.
        img2img: Paints from a picture and words with the same weights; None where diffusers has no such pipeline.
        viewer: Makes previews; None where they are switched off or can't be made.
    """

    card: ModelCard
    pipe: Any
    img2img: Any | None
    viewer: Viewer | None


class Shelf:
    """Loaded pipelines, least recently used out first. Used by the painting thread only.

    Args:
        keep: Models that stay loaded.
        previews: Whether they are to be watched while they paint.
    """

    def __init__(self, device: "torch.device", keep: int = 1, *, previews: bool = True) -> None:
        self._device = device
        self._previews = previews
        self._keep = keep
        self._loaded: OrderedDict[str, Loaded] = OrderedDict()

    def __contains__(self, model: str) -> bool:
        return model in self._loaded

    def take(self, model: str) -> Loaded:
        """The pipeline of that name, loaded if it is not yet.

        Raises:
            ModelUnavailable: It can't be had, or is not one that paints pictures from words.
            EngineError: There is not enough memory for it.
            EngineLost: The device is broken.
        """
        if model not in self._loaded:
            card = hub.card(model)
            while len(self._loaded) >= self._keep:
                gone, _ = self._loaded.popitem(last=False)
                _log.info("model %s makes room", gone)
            devices.free(self._device)
            with libraries.LOADING:
                self._loaded[model] = _load(card, self._device, previews=self._previews)
        self._loaded.move_to_end(model)
        return self._loaded[model]


def _load(card: ModelCard, device: "torch.device", *, previews: bool) -> Loaded:
    from diffusers import DiffusionPipeline

    folder = folder_of(card.model)
    dtype = devices.dtype_for(device, FAMILIES[card.family])
    try:
        pipe = DiffusionPipeline.from_pretrained(
            str(folder or card.model), dtype=dtype, use_safetensors=True, trust_remote_code=False
        )
        pipe = _as_text_to_image(pipe, card.model).to(device)
        img2img = _as_image_to_image(pipe) if card.img2img else None
        viewer = viewer_for(pipe) if previews else None
    except EngineError:
        raise
    except Exception as error:
        raise _explain(card.model, error, is_local=folder is not None) from error
    for each in filter(None, (pipe, img2img)):
        each.set_progress_bar_config(disable=True)
    _log.info("model %s (%s) is loaded on %s as %s", card.model, type(pipe).__name__, device, dtype)
    return Loaded(card, pipe, img2img, viewer)


def _as_text_to_image(pipe: Any, model: str) -> Any:
    """The same weights as a pipeline that needs nothing but words; a saved inpainting pipeline, say, is turned."""
    parameters = inspect.signature(pipe.__call__).parameters
    if "prompt" not in parameters or _OTHER_KINDS & parameters.keys():
        from diffusers import AutoPipelineForText2Image

        try:
            pipe = AutoPipelineForText2Image.from_pipe(pipe)
        except ValueError as error:
            raise _wrong_kind(pipe, model) from error
    unet, vae = getattr(pipe, "unet", None), getattr(pipe, "vae", None)
    if unet and vae and unet.config.in_channels != vae.config.latent_channels:
        raise _wrong_kind(pipe, model)  # trained to see a picture or a mask beside the latents
    return pipe


def _as_image_to_image(pipe: Any) -> Any | None:
    """The same weights as a pipeline that starts from a picture; None where diffusers has none."""
    from diffusers import AutoPipelineForImage2Image

    try:
        return AutoPipelineForImage2Image.from_pipe(pipe)
    except ValueError as error:
        _log.warning("%s can't start from a picture: %s", type(pipe).__name__, hub.first_line(error))
        return None


def _wrong_kind(pipe: Any, model: str) -> ModelUnavailable:
    return ModelUnavailable(
        f"'{model}' ({type(pipe).__name__}) does not paint pictures from words alone",
        "Name a text-to-image model.",
        model,
    )


def _explain(model: str, error: Exception, *, is_local: bool) -> EngineError:
    known = devices.explain(error, f"to load '{model}'")
    if known is not None:
        return known
    if isinstance(error, ImportError):
        return ModelUnavailable(
            f"'{model}' needs a package that is missing: {hub.first_line(error)}", "Install it.", model
        )
    if is_local or not isinstance(error, OSError):
        return ModelUnavailable(
            f"'{model}' can't be loaded: {hub.first_line(error)}",
            "Its files are damaged or incomplete: download or copy the model again.",
            model,
        )
    return hub.explain(model, error)
