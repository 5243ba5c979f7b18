"""Says how well a picture shows what it should and how well it is made, by any CLIP or SigLIP and a head of its own.

Consistency is a cosine brought to 0..1: SigLIP says a probability itself (Zhai et al. 2023); a CLIP that ships with a
scale and a shift was fitted to be one (Platt 1999); any other CLIP is read as CLIPScore has it (Hessel et al. 2021).
Quality comes from a head; without one, from whether the picture is nearer to good than to bad words (Wang et al. 2023).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from bot import log
from bot.errors import EngineError, ModelUnavailable
from bot.tasks import JudgeTask, Verdict
from tools.engine.configs import read_own_words
from tools.engine.families import folder_of, own_judge
from tools.engine.painter import device as devices
from tools.engine.painter import hub, libraries, pictures
from tools.engine.painter.device import DeviceName
from tools.engine.painter.heads import Head, read_head

if TYPE_CHECKING:
    import torch

_log = log.get("painter")
_CLIP_SCORE = 2.5
_GOOD, _BAD = "a good picture", "a bad picture"


class _OwnWords(BaseModel):
    """What the limner.json beside a judge's weights says of it.

    Attributes:
        name: What it is called in verdicts.
        scale, shift: Consistency is sigmoid(scale x cosine + shift).
        head: File of its head for quality.
    """

    name: str = ""
    scale: float | None = None
    shift: float = 0.0
    head: str | None = Field(default=None, pattern=r"^[\w-]+\.safetensors$")


@dataclass(frozen=True, slots=True)
class Named:
    """Which judge settings name, and the head for quality that goes with it; empty for what the model brings along."""

    judge: str = ""
    head: Path | None = None


class Judges:
    """The judges that were asked for, each loaded once. All calls block, and belong to one and the same thread.

    Args:
        device: What to judge on.
        threads: CPU threads that painting has; half of them are taken for judging, which goes on beside it.
        named: The judge of settings.
    """

    def __init__(self, device: DeviceName = "auto", threads: int | None = None, named: Named | None = None) -> None:
        self._wanted = device
        self._threads = threads
        self._named = named or Named()
        self._device: torch.device | None = None
        self._loaded: dict[Path | str, Judge] = {}

    def judge(self, task: JudgeTask) -> Verdict:
        """Judge one picture.

        Raises:
            EngineError, ModelUnavailable, EngineLost: There is no judge, or it can't judge this.
        """
        place = self._place(task.model)
        if self._device is None:
            self._device = self._open()
        try:
            with libraries.LOADING:
                if place not in self._loaded:
                    self._loaded[place] = _load(place, self._named.head, self._device)
                return self._loaded[place].judge(task)
        except Exception as error:
            if isinstance(error, EngineError):
                raise
            known = devices.explain(error, "to judge a picture")
            raise known or EngineError(f"'{place}' could not judge this: {hub.first_line(error)}") from error

    def _place(self, model: str) -> Path | str:
        """Folder or repository of the judge for what a model paints; a painter that is named lends its own."""
        named = self._named.judge or model
        folder = folder_of(named)
        own = own_judge(folder, named) if folder else None
        if own is not None:
            return own
        if self._named.judge:
            return folder or named
        raise EngineError(
            f"There is no judge for pictures of '{model[:200]}'",
            "Set engines.local.judge (or `limner painter --judge`) to a SigLIP or CLIP, a repository or a folder.",
        )

    def _open(self) -> "torch.device":
        libraries.bring_in()
        import torch

        # Holds for the calling thread.
        torch.set_num_threads(max((self._threads or torch.get_num_threads()) // 2, 1))
        return devices.choose(self._wanted)


@dataclass(frozen=True, slots=True)
class Judge:
    """A model that puts pictures and texts into one space, with all that it needs to say a verdict."""

    name: str
    model: Any
    processor: Any
    own: _OwnWords
    head: Head | None

    def judge(self, task: JudgeTask) -> Verdict:
        """Consistency with each text, and quality."""
        import torch

        picture = pictures.opened(task.image, "to be judged")
        asked = list(task.texts) if self.head else [*task.texts, _GOOD, _BAD]
        with torch.inference_mode():
            inputs = self.processor.image_processor(images=[picture], return_tensors="pt").to(self.model.device)
            seen = self.model.get_image_features(**inputs)
            embedding = torch.nn.functional.normalize(seen.pooler_output, dim=-1)
            cosines = (embedding @ self._read(asked).T)[0]
            consistencies = self._consistency(cosines[: len(task.texts)]).tolist()
            if self.head:
                quality = self.head(picture, embedding)
            else:
                quality = (self._scale() * cosines[-2:]).softmax(0)[0].item()
        return Verdict(self.name, tuple(consistencies), quality)

    def _read(self, texts: list[str]) -> "torch.Tensor":
        """Embeddings of length 1; SigLIP has learned from texts that are padded to its window, and without a mask."""
        from torch.nn.functional import normalize

        window = self.model.config.text_config.max_position_embeddings
        is_siglip = self.model.config.model_type.startswith("siglip")
        padding = "max_length" if is_siglip else True
        ids = self.processor.tokenizer(
            texts, padding=padding, truncation=True, max_length=window, return_tensors="pt"
        ).to(self.model.device)
        given = {"input_ids": ids.input_ids} if is_siglip else {**ids}
        read: torch.Tensor = normalize(self.model.get_text_features(**given).pooler_output, dim=-1)
        return read

    def _consistency(self, cosines: "torch.Tensor") -> "torch.Tensor":
        """0 to 1 for each cosine."""
        if self.own.scale is not None:
            return (self.own.scale * cosines + self.own.shift).sigmoid()
        bias: torch.Tensor | None = getattr(self.model, "logit_bias", None)
        if bias is not None:
            return (self._scale() * cosines + bias).sigmoid()
        return (_CLIP_SCORE * cosines).clamp(0, 1)

    def _scale(self) -> "torch.Tensor":
        scale: torch.Tensor = self.model.logit_scale.exp()
        return scale


def _load(place: Path | str, head: Path | None, device: "torch.device") -> Judge:
    from transformers import AutoModel, AutoProcessor

    try:
        model = AutoModel.from_pretrained(str(place), use_safetensors=True, trust_remote_code=False, dtype="float32")
        processor = AutoProcessor.from_pretrained(str(place), trust_remote_code=False)
    except Exception as error:
        raise _explain(place, error) from error
    if not (hasattr(model, "get_image_features") and hasattr(model, "logit_scale")):
        raise ModelUnavailable(
            f"'{place}' ({type(model).__name__}) can't be a judge",
            "Name a SigLIP or a CLIP of transformers.",
            str(place),
        )
    own = read_own_words(place, str(place), _OwnWords) if isinstance(place, Path) else _OwnWords()
    if head is None and own.head is not None:
        head = Path(place) / own.head
    _log.info("judge %s is loaded on %s", place, device)
    return Judge(
        own.name or str(place), model.eval().to(device), processor, own, read_head(head, device) if head else None
    )


def _explain(place: Path | str, error: Exception) -> EngineError:
    known = devices.explain(error, f"to load the judge '{place}'")
    if known is not None:
        return known
    if isinstance(error, ImportError):
        return ModelUnavailable(
            f"The judge '{place}' needs a package that is missing: {hub.first_line(error)}", "Install it.", str(place)
        )
    if isinstance(place, str):
        return hub.explain(place, error)
    return ModelUnavailable(
        f"The judge '{place}' can't be loaded: {hub.first_line(error)}",
        "Name the folder of a SigLIP or CLIP that transformers has saved.",
        str(place),
    )
