"""What a model's own config files, or its name where they can't tell, change in its family's row."""

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.engine.configs import read_config

if TYPE_CHECKING:
    from tools.engine.families import Family

# These schedulers belong to models that were distilled to a few steps (Luo et al. 2023, Zheng et al. 2024).
_FEW_STEP_SCHEDULERS = ("LCMScheduler", "TCDScheduler")
# Stable Diffusion 3.5 Large and its Turbo have the same configs, so that nothing but the name tells them apart.
_TURBO = re.compile(r"(?<![a-z])turbo(?![a-z])", re.IGNORECASE)
_CLIP_TOKENS = 75


def variant(family: "Family", folder: Path, index: dict[str, Any], model: str) -> "Family":
    """The family's row as it holds for the pipeline in `folder`, whose model_index.json is `index`.

    Raises:
        ModelUnavailable: A config file can't be read.
    """
    scheduler = read_config(folder / "scheduler" / "scheduler_config.json", model) or {}
    match family.name:
        case "sd15" | "sdxl":
            return _stable_diffusion(_native_size(family, folder, model), index, scheduler)
        case "sd3":
            return _stable_diffusion_3(family, index, model)
        case "flux1":
            return _flux1(family, read_config(folder / "transformer" / "config.json", model) or {})
        case "zimage" if scheduler.get("shift") == 3.0:
            # Z-Image's scheduler is shifted by 6, that of its Turbo by 3; otherwise their configs are the same.
            return _without_guidance(family, steps=8)
    return _native_size(family, folder, model)


def _without_guidance(family: "Family", steps: int) -> "Family":
    return replace(family, steps=steps, guidance_scale=0.0, negative_prompt=False)


def _stable_diffusion(family: "Family", index: dict[str, Any], scheduler: dict[str, Any]) -> "Family":
    """Turbo's timesteps trail; a consistency model has a scheduler, or a whole pipeline, of its own."""
    if index.get("_class_name") == "LatentConsistencyModelPipeline":
        return replace(family, steps=4, guidance_scale=8.5, negative_prompt=False)
    if scheduler.get("_class_name") in _FEW_STEP_SCHEDULERS:
        return _without_guidance(family, steps=4)
    trailing = scheduler.get("timestep_spacing") == "trailing" and scheduler.get("prediction_type") == "epsilon"
    if trailing and not scheduler.get("rescale_betas_zero_snr"):
        return _without_guidance(family, steps=4)
    return family


def _stable_diffusion_3(family: "Family", index: dict[str, Any], model: str) -> "Family":
    """It may be saved without T5, and then reads what CLIP reads; `max_sequence_length` does not matter there."""
    if index.get("text_encoder_3") == [None, None]:
        family = replace(family, token_limit=_CLIP_TOKENS)
    return _without_guidance(family, steps=4) if _TURBO.search(model) else family


def _flux1(family: "Family", transformer: dict[str, Any]) -> "Family":
    """FLUX.1 schnell has no guidance input."""
    if transformer.get("guidance_embeds", False):
        return family
    return replace(family, steps=4, guidance_scale=0.0, token_limit=255)


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
