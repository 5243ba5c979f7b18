"""What travels between the bot and the painter: a model's card, tasks, and the events of painting."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What the bot must know of a model before it can write a prompt for it.

    Attributes:
        dialect: Name of the form its prompts take (bot/dialects.py).
        negative_prompt: Whether it heeds a negative prompt.
        token_limit: Prompt tokens it reads; what is beyond is not seen.
        size_multiple_px: Sides must be multiples of this.
        vocabulary: For a model that knows only a small world of words: those words; else empty.
        batch_cap: Pictures that it paints at once.
        img2img: Whether it can start from a picture.
        languages: Those that it reads in a prompt, such as ('en', 'zh'); empty where nobody can say.
    """

    model: str
    family: str
    dialect: str
    width_px: int
    height_px: int
    steps: int
    guidance_scale: float
    negative_prompt: bool
    token_limit: int
    size_multiple_px: int = 8
    max_side_px: int = 2048
    vocabulary: dict[str, Any] = field(default_factory=dict)
    batch_cap: int = 1
    img2img: bool = True
    languages: tuple[str, ...] = ("en",)


@dataclass(frozen=True, slots=True)
class Lora:
    """A small change to a model's weights, which teaches it a style or a subject (LoRA).

    Attributes:
        name: What people call it.
        file: A .safetensors file or a folder on the painter's machine, or a repository of the hub.
        weight: -2 to 2; how strongly it counts.
    """

    name: str
    file: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class PaintTask:
    """What the painter is asked for; `id` makes a second request join the first.

    Attributes:
        task: 'paint' from noise, or 'img2img' from `image`.
        image: The PNG that 'img2img' starts from.
        strength: Over 0 to 1; how far 'img2img' goes from it.
        priority: 0 where somebody waits for it; 1 for what can wait, such as a second candidate: it stands behind those
            that come up to a minute later.
        loras: What the model paints with besides; no file twice.
        alone: Nothing else is to be painted meanwhile, as a painter died while this and others were.
    """

    id: str
    model: str
    prompt: str
    negative_prompt: str
    width_px: int
    height_px: int
    steps: int
    guidance_scale: float
    seed: int
    task: str = "paint"
    image: bytes = field(default=b"", repr=False)
    strength: float = 1.0
    priority: int = field(default=0, compare=False)
    loras: tuple[Lora, ...] = ()
    alone: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Queued:
    """The task waits in the painter's line."""

    position: int
    estimate_s: float | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """The painter works on the task; `loading` while the model is still being loaded."""

    loading: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """Denoising step `step` of `steps` is done; the picture is likely to be in `estimate_s` seconds.

    Equal to another by its steps alone, since an estimate is never the same twice.
    """

    step: int
    steps: int
    estimate_s: float | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Preview:
    """A small picture of how it looks after `step`, to be fetched from `url` (a path on the painter) while it works."""

    step: int
    steps: int
    url: str


@dataclass(frozen=True, slots=True)
class Painted:
    """The picture is ready to be fetched from `url` (a path on the painter) for ten minutes."""

    url: str
    sha256: str
    width_px: int
    height_px: int
    steps: int
    seconds: float


PaintEvent = Queued | Started | Step | Preview | Painted


@dataclass(frozen=True, slots=True)
class JudgeTask:
    """A picture, and sentences of which the judge says how well it shows each.

    Attributes:
        model: What painted it; a model may bring its own judge.
        texts: At least one.
        image: The PNG.
    """

    model: str
    texts: tuple[str, ...]
    image: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of a picture.

    Attributes:
        judge: Who it was, such as 'sketch' or 'google/siglip2-base-patch16-224'.
        consistencies: 0 to 1, one for each text.
        quality: 0 to 1.
    """

    judge: str
    consistencies: tuple[float, ...]
    quality: float
