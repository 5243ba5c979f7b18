"""What Limner knows of each family of models, one table row each, and how a model folder is recognised.

Free of torch and diffusers, since the bot reads it as well as the painter.
"""

import re
from dataclasses import dataclass, fields, replace
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from bot.errors import ModelUnavailable
from bot.tasks import ModelCard
from tools.engine.configs import read_config, read_own_words
from tools.engine.variants import variant


@dataclass(frozen=True, slots=True)
class Family:
    """The habits of one family of models.

    Attributes:
        width_px, height_px: Native size; a U-Net's own config wins over it.
        negative_prompt: Whether it heeds a negative prompt.
        token_limit: Prompt tokens it reads, marks of beginning and end and what a template adds not counted.
        dialect: Form of its prompts (bot/dialects).
        languages: Those that it reads.
        img2img: Whether it can start from a picture, as far as its pipeline's class tells.
        tokenizers: Folders of the tokenizers that `token_limit` is meant for; empty for all that there are.
        frame_tokens: What its pipeline's `max_sequence_length` counts besides a prompt's own tokens; 0 where it takes
            no such argument.
        guidance_argument: What its pipeline calls the guidance scale.
        blank_negative: Stands for no negative prompt, where there is no guidance without one.
        cuda_dtype, mps_dtype: Number format on a GPU; on a CPU it is float32 always.
    """

    name: str
    width_px: int
    height_px: int
    steps: int
    guidance_scale: float
    negative_prompt: bool
    token_limit: int
    dialect: str = "plain"
    languages: tuple[str, ...] = ("en",)
    size_multiple_px: int = 8
    max_side_px: int = 2048
    img2img: bool = False
    tokenizers: tuple[str, ...] = ()
    frame_tokens: int = 0
    guidance_argument: str = "guidance_scale"
    blank_negative: str = ""
    cuda_dtype: str = "bfloat16"
    mps_dtype: str = "float32"

    def card(self, model: str, vocabulary: dict[str, Any] | None = None) -> ModelCard:
        """What the bot must know of a model of this family that goes by the name `model`."""
        shared = {field.name for field in fields(ModelCard)} & {field.name for field in fields(self)}
        told = {name: getattr(self, name) for name in shared}
        return ModelCard(model=model, family=self.name, vocabulary=vocabulary or {}, **told)


# How many tokens are read, and of which tokenizer, is what the pipelines of diffusers 0.42 do:
# - CLIP (Stable Diffusion, SDXL) is cut at 77 with its two marks. SDXL asks two of them, which may count differently.
# - FLUX.1 and SD3 give CLIP no more than a summary to read; the words that count are T5's, cut with one mark.
# - Z-Image puts a prompt into its LLM's chat template and cuts both together: 3 tokens before it, 5 after it.
# - Qwen-Image drops the 34 tokens before a prompt and cuts the rest, the template's 5 after the prompt included.
# 'unknown' takes what nearly every pipeline can do: sides that suit a 32-fold autoencoder, CLIP's 75 tokens.
_ENGLISH_AND_CHINESE: dict[str, Any] = {"dialect": "bilingual", "languages": ("en", "zh"), "tokenizers": ("tokenizer",)}
_DIT: dict[str, Any] = {"size_multiple_px": 16, "mps_dtype": "bfloat16"}
FAMILIES = {
    row.name: row
    for row in (
        Family("sketch", 256, 256, 8, 2.5, True, 38, "sketch", max_side_px=512, cuda_dtype="float32"),
        Family("sd15", 512, 512, 30, 7.5, True, 75, "tags", mps_dtype="float16"),
        Family("sdxl", 1024, 1024, 30, 5.0, True, 75, "tags", mps_dtype="float16"),
        Family("sd3", 1024, 1024, 28, 4.5, True, 255, tokenizers=("tokenizer_3",), frame_tokens=1, **_DIT),
        Family("flux1", 1024, 1024, 28, 3.5, False, 511, tokenizers=("tokenizer_2",), frame_tokens=1, **_DIT),
        Family("zimage", 1024, 1024, 50, 4.0, True, 504, frame_tokens=8, **_ENGLISH_AND_CHINESE, **_DIT),
        Family(
            "qwenimage",
            1328,
            1328,
            50,
            4.0,
            True,
            507,
            frame_tokens=5,
            guidance_argument="true_cfg_scale",
            blank_negative=" ",
            **_ENGLISH_AND_CHINESE,
            **_DIT,
        ),
        Family("unknown", 1024, 1024, 30, 5.0, False, 75, size_multiple_px=32),
    )
}
_PIPELINES = {
    "StableDiffusionPipeline": "sd15",
    "LatentConsistencyModelPipeline": "sd15",
    "StableDiffusionXLPipeline": "sdxl",
    "StableDiffusion3Pipeline": "sd3",
    "FluxPipeline": "flux1",
    "ZImagePipeline": "zimage",
    "QwenImagePipeline": "qwenimage",
}
# What stands before 'Pipeline' where diffusers has an 'Img2ImgPipeline' of the same weights that takes a strength.
_IMG2IMG = (
    "StableDiffusion",
    "StableDiffusionPAG",
    "StableDiffusionXL",
    "StableDiffusionXLPAG",
    "StableDiffusion3",
    "StableDiffusion3PAG",
    "LatentConsistencyModel",
    "Kandinsky3",
    "Flux",
    "QwenImage",
    "ZImage",
)
_IMG2IMG_PIPELINE = re.compile(rf"({'|'.join(_IMG2IMG)})(Img2Img|Inpaint)?Pipeline")
_REPOSITORY = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*")


class _OwnWords(BaseModel):
    """What a limner.json may say of the model beside it; keys that this version does not know are passed over."""

    family: str | None = None
    vocabulary: dict[str, Any] | None = None
    judge: str | None = Field(None, pattern=r"^[\w-]+$")
    width_px: int | None = Field(None, ge=8, le=8192)
    height_px: int | None = Field(None, ge=8, le=8192)
    steps: int | None = Field(None, ge=1, le=200)
    guidance_scale: float | None = Field(None, ge=0, le=30)
    negative_prompt: bool | None = None
    token_limit: int | None = Field(None, ge=1)
    dialect: str | None = None
    size_multiple_px: int | None = Field(None, ge=1, le=256)
    max_side_px: int | None = Field(None, ge=8, le=8192)
    img2img: bool | None = None


def folder_of(model: str) -> Path | None:
    """The folder that a model's name means, whether it exists or not; None for a hub repository ('owner/name').

    Raises:
        ModelUnavailable: The name is none of the three.
    """
    if model == "sketch":
        return Path(str(resources.files("tools"))) / "sketch"
    path = Path.home() / model[2:] if model.startswith("~/") else Path(model)
    if path.is_absolute() or model.startswith(".") or (model and _is_folder(path)):
        return path.absolute()
    if _REPOSITORY.fullmatch(model):
        return None
    raise ModelUnavailable(
        f"There is no model '{model[:200]}'",
        "Name 'sketch', a folder with a model_index.json, or a repository such as 'stabilityai/sdxl-turbo'.",
        model,
    )


def card_for(folder: Path, model: str) -> ModelCard:
    """Describe the diffusers pipeline in `folder` from its config files alone; `model` is the name it goes by.

    Raises:
        ModelUnavailable: There is no such folder, no pipeline in it, or a file in it makes no sense.
    """
    if not _is_folder(folder):
        raise ModelUnavailable(f"There is no model folder {str(folder)[:300]}", "Check its path.", model)
    index = read_config(folder / "model_index.json", model)
    if index is None:
        raise ModelUnavailable(
            f"{folder} is no diffusers model: it has no model_index.json",
            "A single .safetensors file has to be converted first; a model saved by diffusers has one.",
            model,
        )
    own = read_own_words(folder, model, _OwnWords)
    family = _family(folder, index, own, model)
    own_values = own.model_dump(exclude_none=True, exclude={"family", "vocabulary", "judge"})
    can_start = bool(_IMG2IMG_PIPELINE.fullmatch(str(index.get("_class_name"))))
    return replace(family, **{"img2img": can_start} | own_values).card(model, own.vocabulary)


def own_judge(folder: Path, model: str) -> Path | None:
    """Folder of the judge that a model brings along, as its limner.json names it.

    Raises:
        ModelUnavailable: That file makes no sense.
    """
    own = read_own_words(folder, model, _OwnWords)
    return folder / own.judge if own.judge else None


def _family(folder: Path, index: dict[str, Any], own: _OwnWords, model: str) -> Family:
    if own.family is not None:
        if own.family not in FAMILIES:
            known = ", ".join(FAMILIES)
            raise ModelUnavailable(
                f"{folder / 'limner.json'} names a family '{own.family}' that there is not",
                f"Name one of {known}.",
                model,
            )
        return FAMILIES[own.family]
    family = FAMILIES[_PIPELINES.get(str(index.get("_class_name")), "unknown")]
    return variant(family, folder, index, model)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long for any file system
        return False
