"""What a model's own config files, or its name where they can't tell, change in its family's row."""

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.limits import MAX_SIDE_PX
from tools.engine.configs import read_config

if TYPE_CHECKING:
    from tools.engine.families import Family

# These schedulers belong to models that were distilled to a few steps (Luo et al. 2023, Zheng et al. 2024).
_FEW_STEP_SCHEDULERS = ("LCMScheduler", "TCDScheduler")
# A U-Net that was distilled with its guidance has that as an input (Luo et al. 2023): 8.5 is what diffusers gives it.
_DISTILLED_GUIDANCE = 8.5
# Stable Diffusion 3.5 Large and its Turbo have the same configs, and checkpoints that few-step weights were merged into
# may be saved with any scheduler: nothing but the name tells them apart.
_FEW_STEP_NAME = re.compile(r"(?<![a-z])(turbo|lightning|hyper(sd(xl)?)?|lcm|dmd2?)(?![a-z])", re.IGNORECASE)
_STEPS_IN_NAME = re.compile(r"(?<!\d)([1-9]|1\d)[ _-]?steps?(?![a-z])", re.IGNORECASE)
_CLIP_TOKENS = 75
_SANA_SCALE = 32


def variant(family: "Family", folder: Path, index: dict[str, Any], model: str) -> "Family":
    """The family's row as it holds for the pipeline in `folder`, whose model_index.json is `index`.

    Raises:
        ModelUnavailable: A config file can't be read.
    """
    scheduler = read_config(folder / "scheduler" / "scheduler_config.json", model) or {}
    match family.name:
        case "sd15" | "sdxl":
            found = _stable_diffusion(family, folder, index, scheduler, model)
        case "sd3":
            found = _stable_diffusion_3(family, index, model)
        case "flux1":
            found = _flux1(family, read_config(folder / "transformer" / "config.json", model) or {}, model)
        case "flux2klein" if index.get("is_distilled"):
            found = replace(family, steps=4, guidance_scale=1.0)
        case "zimage" if scheduler.get("shift") == 3.0:
            # Z-Image's scheduler is shifted by 6, that of its Turbo by 3; otherwise their configs are the same.
            found = _without_guidance(family, steps=8)
        case "qwenimage" if _is_even(scheduler) or _is_fast(model):
            found = replace(family, steps=8, guidance_scale=1.0, negative_prompt=False)
        case "sana" | "sanasprint":
            return _sana(family, read_config(folder / "transformer" / "config.json", model) or {})
        case _:
            return _native_size(family, folder, model)
    named = _STEPS_IN_NAME.search(model)
    return replace(found, steps=int(named[1])) if named and found.steps < family.steps else found


def _without_guidance(family: "Family", steps: int) -> "Family":
    return replace(family, steps=steps, guidance_scale=0.0, negative_prompt=False)


def _is_fast(model: str) -> bool:
    return bool(_FEW_STEP_NAME.search(model))


def _is_even(scheduler: dict[str, Any]) -> bool:
    """Qwen-Image-Lightning was distilled with one shift for all sizes; the model it is made of has a growing one."""
    return scheduler.get("base_shift") is not None and scheduler["base_shift"] == scheduler.get("max_shift")


def _stable_diffusion(
    family: "Family", folder: Path, index: dict[str, Any], scheduler: dict[str, Any], model: str
) -> "Family":
    """A consistency model has a scheduler, an input or a whole pipeline of its own; other few-step models' times trail.

    Of those, SDXL-Lightning in one step predicts the picture itself. What was merged with few-step weights and does not
    say so but in its name wants a little guidance.
    """
    family = _native_size(family, folder, model)
    unet = read_config(folder / "unet" / "config.json", model) or {}
    if str(index.get("_class_name")).startswith("LatentConsistencyModel") or unet.get("time_cond_proj_dim"):
        return replace(family, steps=4, guidance_scale=_DISTILLED_GUIDANCE, negative_prompt=False)
    if scheduler.get("_class_name") in _FEW_STEP_SCHEDULERS:
        return _without_guidance(family, steps=4)
    if scheduler.get("timestep_spacing") == "trailing" and not scheduler.get("rescale_betas_zero_snr"):
        match scheduler.get("prediction_type"):
            case "sample":
                return _without_guidance(family, steps=1)
            case "epsilon":
                return _without_guidance(family, steps=4)
    return replace(family, steps=6, guidance_scale=2.0) if _is_fast(model) else family


def _stable_diffusion_3(family: "Family", index: dict[str, Any], model: str) -> "Family":
    """It may be saved without T5, and then reads what CLIP reads; `max_sequence_length` does not matter there."""
    if index.get("text_encoder_3") == [None, None]:
        family = replace(family, token_limit=_CLIP_TOKENS)
    return _without_guidance(family, steps=4) if _is_fast(model) else family


def _flux1(family: "Family", transformer: dict[str, Any], model: str) -> "Family":
    """FLUX.1 schnell has no guidance input; what was merged with few-step weights keeps dev's."""
    if not transformer.get("guidance_embeds", False):
        return replace(family, steps=4, guidance_scale=0.0, token_limit=255)
    return replace(family, steps=8) if _is_fast(model) else family


def _sana(family: "Family", transformer: dict[str, Any]) -> "Family":
    """Its transformer says how large its latents are, a 32nd of the picture; the larger ones paint larger pictures."""
    latent = transformer.get("sample_size")
    if not isinstance(latent, int):
        return family
    side = latent * _SANA_SCALE
    longest = min(max(family.max_side_px, 2 * side), MAX_SIDE_PX)
    return replace(family, width_px=side, height_px=side, max_side_px=longest)


def _native_size(family: "Family", folder: Path, model: str) -> "Family":
    """A U-Net says how large its latents are; the autoencoder's blocks say how much larger the picture is."""
    latent = (read_config(folder / "unet" / "config.json", model) or {}).get("sample_size")
    blocks = (read_config(folder / "vae" / "config.json", model) or {}).get("block_out_channels")
    if not isinstance(blocks, list):
        return family
    scale = 2 ** (len(blocks) - 1)
    match latent:
        case int() | [int(), int()]:
            height, width = (latent, latent) if isinstance(latent, int) else latent
            return replace(family, height_px=height * scale, width_px=width * scale)
    return family
