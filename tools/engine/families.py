"""What Limner knows of each family of models, one table row each, and how a model folder is recognised.

Free of torch and diffusers, since the bot reads it as well as the painter.
"""

import json
import re
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from bot.errors import ModelUnavailable
from bot.tasks import ModelCard


@dataclass(frozen=True, slots=True)
class Family:
    """The habits of one family of models.

    Attributes:
        width_px, height_px: Native size; a U-Net's own config wins over it.
        negative_prompt: Whether it heeds a negative prompt.
        token_limit: Prompt tokens it reads, marks of beginning and end not counted.
        img2img: Whether it can start from a picture, as far as its pipeline's class tells.
        dialect: Form of its prompts (bot/dialects).
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
    size_multiple_px: int = 8
    max_side_px: int = 2048
    img2img: bool = False
    cuda_dtype: str = "bfloat16"
    mps_dtype: str = "float32"


# 'unknown' takes what nearly every pipeline can do: sides that suit a 32-fold autoencoder, CLIP's 75 tokens.
FAMILIES = {
    row.name: row
    for row in (
        Family("sketch", 256, 256, 8, 2.5, True, 38, "sketch", max_side_px=512, cuda_dtype="float32"),
        Family("sd15", 512, 512, 30, 7.5, True, 75, mps_dtype="float16"),
        Family("sdxl", 1024, 1024, 30, 5.0, True, 75, mps_dtype="float16"),
        Family("flux1", 1024, 1024, 28, 3.5, False, 511, size_multiple_px=16, mps_dtype="bfloat16"),
        Family("unknown", 1024, 1024, 30, 5.0, False, 75, size_multiple_px=32),
    )
}
_PIPELINES = {"StableDiffusionPipeline": "sd15", "StableDiffusionXLPipeline": "sdxl", "FluxPipeline": "flux1"}
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
    index = _read(folder / "model_index.json", model)
    if index is None:
        raise ModelUnavailable(
            f"{folder} is no diffusers model: it has no model_index.json",
            "A single .safetensors file has to be converted first; a model saved by diffusers has one.",
            model,
        )
    own = _own_words(folder / "limner.json", model)
    family = _family(folder, index, own, model)
    own_values = own.model_dump(exclude_none=True, exclude={"family", "vocabulary"})
    can_start = bool(_IMG2IMG_PIPELINE.fullmatch(str(index.get("_class_name"))))
    family = replace(family, **{"img2img": can_start} | own_values)
    return ModelCard(
        model=model,
        family=family.name,
        dialect=family.dialect,
        width_px=family.width_px,
        height_px=family.height_px,
        steps=family.steps,
        guidance_scale=family.guidance_scale,
        negative_prompt=family.negative_prompt,
        token_limit=family.token_limit,
        size_multiple_px=family.size_multiple_px,
        max_side_px=family.max_side_px,
        vocabulary=own.vocabulary or {},
        img2img=family.img2img,
    )


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
    return _variant(_native_size(family, folder, model), folder, model)


def _native_size(family: Family, folder: Path, model: str) -> Family:
    """A U-Net says how large its latents are; the autoencoder's blocks say how much larger the picture is."""
    latent = (_read(folder / "unet" / "config.json", model) or {}).get("sample_size")
    blocks = (_read(folder / "vae" / "config.json", model) or {}).get("block_out_channels")
    if not isinstance(blocks, list):
        return family
    scale = 2 ** (len(blocks) - 1)
    match latent:
        case int() | [int(), int()]:
            height, width = (latent, latent) if isinstance(latent, int) else latent
            return replace(family, height_px=height * scale, width_px=width * scale)
    return family


def _variant(family: Family, folder: Path, model: str) -> Family:
    """Few-step models by their configs: FLUX.1 schnell has no guidance input, Turbo's timesteps trail."""
    if family.name == "flux1":
        transformer = _read(folder / "transformer" / "config.json", model) or {}
        if not transformer.get("guidance_embeds", False):
            return replace(family, steps=4, guidance_scale=0.0, token_limit=255)
    scheduler = _read(folder / "scheduler" / "scheduler_config.json", model) or {}
    trailing = scheduler.get("timestep_spacing") == "trailing" and scheduler.get("prediction_type") == "epsilon"
    if family.name in ("sd15", "sdxl") and trailing and not scheduler.get("rescale_betas_zero_snr"):
        return replace(family, steps=4, guidance_scale=0.0, negative_prompt=False)
    return family


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long for any file system
        return False


def _own_words(path: Path, model: str) -> _OwnWords:
    try:
        return _OwnWords.model_validate(_read(path, model) or {}, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise ModelUnavailable(f"{path}: '{key}' is not right: {first['msg']}", "Correct that line.", model) from error


def _read(path: Path, model: str) -> dict[str, Any] | None:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"{path} can't be read: {error}", "Download or copy the model again.", model) from error
    if not isinstance(values, dict):
        raise ModelUnavailable(f"{path} is not a JSON object", "Download or copy the model again.", model)
    return values
