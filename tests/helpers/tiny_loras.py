"""Makes tiny LoRA files with random weights, as trainers save them, for the models of tiny_models."""

import copy
from pathlib import Path
from typing import Any

import torch
from diffusers.utils import convert_state_dict_to_diffusers
from peft import LoraConfig, get_peft_model_state_dict, inject_adapter_in_model

RANK = 4
# The layers of attention in U-Nets and transformers, and in text encoders.
_LAYERS = {"text_encoder": ["q_proj", "v_proj"]}
_USUAL = ["to_q", "to_v", "to_out.0"]


def save_lora(pipe: Any, file: Path, *parts: str, seed: int = 0) -> Path:
    """A LoRA that changes these parts of a pipeline ('unet', 'transformer', 'text_encoder'); the pipeline stays."""
    layers = {f"{part}_lora_layers": _weights(getattr(pipe, part), part, seed) for part in parts}
    pipe.save_lora_weights(file.parent, weight_name=file.name, **layers)
    return file


def _weights(module: torch.nn.Module, part: str, seed: int) -> dict[str, torch.Tensor]:
    """So large that a picture is changed by far more than rounding."""
    config = LoraConfig(r=RANK, lora_alpha=RANK, target_modules=_LAYERS.get(part, _USUAL), init_lora_weights=False)
    state = get_peft_model_state_dict(inject_adapter_in_model(config, copy.deepcopy(module)))
    noise = torch.Generator().manual_seed(seed)
    state = {name: torch.randn(weight.shape, generator=noise) * 0.3 for name, weight in sorted(state.items())}
    return convert_state_dict_to_diffusers(state)
