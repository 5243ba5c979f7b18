"""Loads any diffusers text-to-image pipeline from a folder or the hub, and keeps the last few that were used."""

import inspect
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot import log
from bot.errors import EngineError, ModelUnavailable
from bot.messages import ModelCard
from tools.engine.families import FAMILIES, folder_of
from tools.engine.painter import device as devices
from tools.engine.painter import hub

if TYPE_CHECKING:
    import torch

_log = log.get("painter")
# What a call takes that works from more than words, or towards more than a picture.
_OTHER_KINDS = {"image", "video", "audio_length_in_s", "num_frames"}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pipeline that is ready to paint; `accepts` are the names of its call's arguments."""

    card: ModelCard
    pipe: Any
    accepts: frozenset[str]


class Shelf:
    """Loaded pipelines, least recently used out first. Used by the painting thread only."""

    def __init__(self, device: "torch.device", keep: int = 1) -> None:
        self._device = device
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
            self._loaded[model] = _load(card, self._device)
        self._loaded.move_to_end(model)
        return self._loaded[model]


def _load(card: ModelCard, device: "torch.device") -> Loaded:
    from diffusers import DiffusionPipeline

    folder = folder_of(card.model)
    dtype = devices.dtype_for(device, FAMILIES[card.family])
    try:
        pipe = DiffusionPipeline.from_pretrained(
            str(folder or card.model), dtype=dtype, use_safetensors=True, trust_remote_code=False
        )
        pipe = _as_text_to_image(pipe, card.model).to(device)
    except EngineError:
        raise
    except Exception as error:
        raise _explain(card.model, error, is_local=folder is not None) from error
    pipe.set_progress_bar_config(disable=True)
    _log.info("model %s (%s) is loaded on %s as %s", card.model, type(pipe).__name__, device, dtype)
    return Loaded(card, pipe, frozenset(inspect.signature(pipe.__call__).parameters))


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
