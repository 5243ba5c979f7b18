"""What Limner knows of each family of models, one table row each, and how a model folder is recognised.

Free of torch and diffusers, since the bot reads it as well as the painter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, Field

from bot.errors import ModelUnavailable
from bot.model_settings import ModelWords
from bot.tasks import ModelCard
from tools.engine.configs import read_config, read_own_words
from tools.engine.painter.habits import DENOISERS
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
        always: Arguments that its pipeline is given whatever is asked.
        otherwise: Arguments that it is given besides where other steps are asked than `steps`.
        batch_cap: Pictures that it paints at once at most.
        tiny_vae: Repository of a tiny autoencoder for its latents, as diffusers loads it; empty where none is known.
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
    always: Mapping[str, Any] = field(default_factory=dict)
    otherwise: Mapping[str, Any] = field(default_factory=dict)
    tiny_vae: str = ""
    batch_cap: int = 1
    cuda_dtype: str = "bfloat16"
    mps_dtype: str = "float32"

    def card(self, model: str, vocabulary: dict[str, Any] | None = None) -> ModelCard:
        """What the bot must know of a model of this family that goes by the name `model`."""
        shared = {each.name for each in fields(ModelCard)} & {each.name for each in fields(self)}
        told = {name: getattr(self, name) for name in shared}
        return ModelCard(model=model, family=self.name, vocabulary=vocabulary or {}, **told)

    def arguments(self, steps: int) -> dict[str, Any]:
        """What its pipeline is given for so many steps besides what was asked."""
        return {**self.always, **(self.otherwise if steps != self.steps else {})}


# How many tokens are read, and of which tokenizer, is what the pipelines of diffusers 0.42 do:
# - CLIP (Stable Diffusion, SDXL) is cut at 77 with its two marks. SDXL asks two of them, which may count differently.
# - FLUX.1 and SD3 give CLIP no more than a summary to read; the words that count are T5's, cut with one mark.
# - FLUX.2 is cut at 512 with the chat template of its LLM: klein's is 3 tokens before the prompt and 9 after it, empty
#   thoughts among them; that of dev is 5 marks and a system message of 28.
# - Z-Image puts a prompt into its LLM's chat template and cuts both together: 3 tokens before it, 5 after it.
# - Qwen-Image drops the 34 tokens before a prompt and cuts the rest, the template's 5 after the prompt included.
# - Sana lowers all letters, writes instructions before the prompt, and keeps the last 298 tokens and the first.
# 'unknown' takes what nearly every pipeline can do: sides that suit a 32-fold autoencoder, CLIP's 75 tokens.
_DIT: dict[str, Any] = {"size_multiple_px": 16, "mps_dtype": "bfloat16"}
_T5: dict[str, Any] = {"frame_tokens": 1} | _DIT
_LLM: dict[str, Any] = {"tokenizers": ("tokenizer",)} | _DIT
_BILINGUAL: dict[str, Any] = {"dialect": "bilingual", "languages": ("en", "zh")} | _LLM
# Qwen-Image has guidance only beside a negative prompt, even a blank one.
_QWEN: dict[str, Any] = {"frame_tokens": 5, "guidance_argument": "true_cfg_scale", "blank_negative": " "} | _BILINGUAL
# Left to itself, Sana paints another size and resizes that.
_SANA: dict[str, Any] = _LLM | {
    "size_multiple_px": 32,
    "frame_tokens": 2,
    "always": {"use_resolution_binning": False},
}
# SANA-Sprint has a time of its own between two steps, and refuses any other number of steps while it has it.
_SPRINT: dict[str, Any] = _SANA | {"otherwise": {"intermediate_timesteps": None}}
# Tiny autoencoders that are published in the form of diffusers, each made for the latents of these families alone.
_TAESD, _TAESDXL, _TAESD3, _TAEF1 = (f"madebyollin/{name}" for name in ("taesd", "taesdxl", "taesd3", "taef1"))
FAMILIES = {
    row.name: row
    for row in (
        Family("sketch", 256, 256, 8, 2.5, True, 38, "sketch", max_side_px=512, cuda_dtype="float32"),
        Family("sd15", 512, 512, 30, 7.5, True, 75, "tags", mps_dtype="float16", tiny_vae=_TAESD),
        Family("sdxl", 1024, 1024, 30, 5.0, True, 75, "tags", mps_dtype="float16", tiny_vae=_TAESDXL),
        Family("sd3", 1024, 1024, 28, 4.5, True, 255, tokenizers=("tokenizer_3",), tiny_vae=_TAESD3, **_T5),
        Family("flux1", 1024, 1024, 28, 3.5, False, 511, tokenizers=("tokenizer_2",), tiny_vae=_TAEF1, **_T5),
        Family("flux2", 1024, 1024, 28, 4.0, False, 479, frame_tokens=33, **_LLM),
        Family("flux2klein", 1024, 1024, 50, 4.0, False, 500, frame_tokens=12, **_LLM),
        Family("zimage", 1024, 1024, 50, 4.0, True, 504, frame_tokens=8, tiny_vae=_TAEF1, **_BILINGUAL),
        Family("qwenimage", 1328, 1328, 50, 4.0, True, 507, **_QWEN),
        Family("sana", 1024, 1024, 20, 4.5, True, 298, **_SANA),
        Family("sanasprint", 1024, 1024, 2, 4.5, False, 298, **_SPRINT),
        Family("unknown", 1024, 1024, 30, 5.0, False, 75, size_multiple_px=32),
    )
}
# What stands before 'Pipeline', or before the words of a pipeline of the same weights for another task.
_STEMS = {
    "StableDiffusion": "sd15",
    "LatentConsistencyModel": "sd15",
    "StableDiffusionXL": "sdxl",
    "StableDiffusion3": "sd3",
    "Flux": "flux1",
    "Flux2": "flux2",
    "Flux2Klein": "flux2klein",
    "ZImage": "zimage",
    "QwenImage": "qwenimage",
    "Sana": "sana",
    "SanaSprint": "sanasprint",
}
_TASKS = re.compile(r"(PAG|Img2Img|Inpaint)*Pipeline")
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
# As many as the painter has places for.
MANY = 256
_REPOSITORY = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*")


class _OwnWords(ModelWords):
    """What a limner.json may say of the model beside it; keys that this version does not know are passed over."""

    model_config = ConfigDict(extra="ignore")

    vocabulary: dict[str, Any] | None = None
    judge: str | None = Field(None, pattern=r"^[\w-]+$")


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


def card_for(folder: Path, model: str, said: ModelWords | None = None) -> ModelCard:
    """Describe the diffusers pipeline in `folder` from its config files alone.

    Args:
        folder: Where its model_index.json is.
        model: The name it goes by.
        said: What wins over all that the files say; a family in it is one of `FAMILIES`.

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
    named = said.family if said else None
    family = FAMILIES[named] if named else _family(folder, index, own, model)
    can_start = bool(_IMG2IMG_PIPELINE.fullmatch(str(index.get("_class_name"))))
    changes = (
        {"img2img": can_start, "batch_cap": MANY if meets(index) else 1}
        | own.changes()
        | (said.changes() if said else {})
    )
    return replace(family, **changes).card(model, own.vocabulary)


def meets(index: dict[str, Any]) -> bool:
    """Whether a pipeline, as its model_index.json has it, and its denoiser are known to take several requests at once.

    Perturbed attention (PAG) changes the denoiser itself for the time of a picture.
    """
    pipeline = str(index.get("_class_name"))
    named = (index.get(name) for name in ("unet", "transformer"))
    if _TASKS.sub("", pipeline) not in _STEMS or "PAG" in pipeline:
        return False
    return any(isinstance(one, list) and len(one) == 2 and one[1] in DENOISERS for one in named)


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
    stem = _TASKS.sub("", str(index.get("_class_name")))
    family = FAMILIES[_STEMS.get(stem, "unknown")]
    return variant(family, folder, index, model)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long for any file system
        return False
