"""Loads any diffusers text-to-image pipeline from a folder or the hub, and keeps the last few that were used."""

import inspect
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot import log
from bot.errors import EngineError, ModelUnavailable
from bot.tasks import Lora, ModelCard
from tools.engine.cards import Cards
from tools.engine.families import FAMILIES, folder_of
from tools.engine.painter import device as devices
from tools.engine.painter import hub, libraries, memory
from tools.engine.painter.adapters import Adapters
from tools.engine.painter.previews import Viewer, viewer_for

if TYPE_CHECKING:
    import torch

    from tools.engine.painter.meeting import Meeting
    from tools.engine.painter.seats import Seats

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
        adapters: Its LoRAs.
        size_bytes: What its weights take, LoRAs and all.
        seats: Where its calls meet those of other requests; None where each picture is painted by itself.
        lightened: What was done when memory ran out.
    """

    card: ModelCard
    pipe: Any
    img2img: Any | None
    viewer: Viewer | None
    adapters: Adapters
    size_bytes: int = 0
    seats: "Seats | None" = None
    lightened: tuple[str, ...] = ()


class Shelf:
    """Loaded pipelines, least recently used out first. `take` may only be called while nobody paints.

    Args:
        meeting: Where their calls meet; None lets each picture be painted by itself.
        memory_gib: What they may take together; None leaves it to the device.
        previews: Whether they are to be watched while they paint.
        cards: Know what settings say of them.
    """

    def __init__(
        self,
        device: "torch.device",
        meeting: "Meeting | None" = None,
        memory_gib: float | None = None,
        *,
        previews: bool = True,
        cards: Cards | None = None,
    ) -> None:
        self.device = device
        self._cards = cards or Cards()
        self._meeting = meeting
        self._previews = previews
        self._budget_bytes = memory.budget_bytes(device, memory_gib)
        self._loaded: OrderedDict[str, Loaded] = OrderedDict()
        self._overflowed: set[str] = set()

    def holds(self, model: str, loras: Sequence[Lora] = ()) -> bool:
        """Whether a model is loaded, and these LoRAs too."""
        return model in self._loaded and self._loaded[model].adapters.has(loras)

    def ready(self, model: str, loras: Sequence[Lora] = ()) -> bool:
        """Whether `take` has nothing to do."""
        return self.holds(model, loras) and model not in self._overflowed

    def get(self, model: str) -> Loaded:
        """A model that is there. Raises KeyError."""
        return self._loaded[model]

    def overflowed(self, model: str) -> None:
        """Memory ran out while that model painted; unless all was done that can be, `take` has something to do."""
        loaded = self._loaded.get(model)
        if loaded is not None and (len(self._loaded) > 1 or memory.can_be_lighter(loaded.pipe, self.device)):
            self._overflowed.add(model)

    def lightened(self) -> dict[str, tuple[str, ...]]:
        """What was done about memory that ran out, by model."""
        return {model: loaded.lightened for model, loaded in self._loaded.items() if loaded.lightened}

    def take(self, model: str, loras: Sequence[Lora] = ()) -> Loaded:
        """The pipeline of that name, with these LoRAs beside others, loaded as far as it is not yet.

        Raises:
            ModelUnavailable: It or a LoRA can't be had, or it is not one that paints pictures from words.
            EngineError: There is not enough memory for it, or a LoRA does not fit it.
            EngineLost: The device is broken.
        """
        if model not in self._loaded:
            card = hub.card(model, self._cards)
            self._make_room(memory.files_bytes(hub.folder(model)))
            with libraries.LOADING:
                loaded = _load(card, self.device, self._cards.preview_vae(card), previews=self._previews)
            self._loaded[model] = replace(loaded, seats=self._seats_for(loaded))
        elif model in self._overflowed:
            self._overflowed.remove(model)
            self._lighten(model)
        self._loaded.move_to_end(model)
        if not self.holds(model, loras):
            loaded = self._loaded[model]
            loaded.adapters.take(loras)
            self._loaded[model] = replace(loaded, size_bytes=memory.weights_bytes(loaded.pipe))
        return self._loaded[model]

    def _make_room(self, wanted_bytes: int | None) -> None:
        """Let go of what was not used for the longest time; of everything where nobody knows how much is wanted."""
        while self._loaded:
            used_bytes = sum(loaded.size_bytes for loaded in self._loaded.values())
            if wanted_bytes is not None and used_bytes + wanted_bytes <= self._budget_bytes:
                break
            gone, _ = self._loaded.popitem(last=False)
            _log.info("model %s makes room", gone)
        devices.free(self.device)

    def _lighten(self, model: str) -> None:
        """The next thing that can be done about memory that ran out."""
        loaded = self._loaded.pop(model)
        if self._loaded:
            _log.warning("memory ran out: %s stays alone", model)
            self._loaded.clear()
        elif memory.tile(loaded.pipe):
            loaded = replace(loaded, lightened=(*loaded.lightened, "tiling"))
        elif memory.offload(loaded.pipe, self.device):
            # Hooks that bring modules here and there belong to one picture at a time.
            loaded = replace(loaded, lightened=(*loaded.lightened, "offloading"), seats=None)
        self._loaded[model] = loaded
        devices.free(self.device)

    def _seats_for(self, loaded: Loaded) -> "Seats | None":
        from tools.engine.painter.seats import Seats, can_meet

        card = loaded.card
        meets = self._meeting is not None and card.batch_cap > 1 and can_meet(loaded.pipe)
        return Seats(self._meeting, card.model, loaded.adapters) if self._meeting and meets else None


def _load(card: ModelCard, device: "torch.device", tiny_vae: str, *, previews: bool) -> Loaded:
    from diffusers import DiffusionPipeline

    folder = folder_of(card.model)
    dtype = devices.dtype_for(device, FAMILIES[card.family])
    try:
        pipe = DiffusionPipeline.from_pretrained(
            str(folder or card.model), dtype=dtype, use_safetensors=True, trust_remote_code=False
        )
        pipe = _as_text_to_image(pipe, card.model).to(device)
        img2img = _as_image_to_image(pipe) if card.img2img else None
        viewer = viewer_for(pipe, tiny_vae) if previews else None
    except EngineError:
        raise
    except Exception as error:
        raise _explain(card.model, error, is_local=folder is not None) from error
    for each in filter(None, (pipe, img2img)):
        each.set_progress_bar_config(disable=True)
    _log.info("model %s (%s) is loaded on %s as %s", card.model, type(pipe).__name__, device, dtype)
    return Loaded(card, pipe, img2img, viewer, Adapters(pipe), memory.weights_bytes(pipe))


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
