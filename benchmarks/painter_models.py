"""The models that the painter is measured with: Sketch, a small U-Net, and shapes of large models with random weights.

What random weights paint is noise, but it costs what a picture costs. Readers of words may be shortened, which is said.
"""

import gc
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

OVERHEAD = "overhead-bound small U-Net: SD 1.5's shape, channels (32, 64), random weights"
_DEVIATION = 0.02


@dataclass(frozen=True, slots=True)
class Shape:
    """A model and the pictures that are asked of it.

    Attributes:
        label: What stands over its tables.
        name: 'sketch', or its folder.
        side_px: Pictures are square.
        mixed_steps: What people ask for under mixed load, those up to `short_steps` being the short ones.
    """

    label: str
    name: str
    side_px: int
    steps: int
    guidance_scale: float
    mixed_steps: tuple[int, ...] = (4, 8, 20, 50)
    short_steps: int = 8


def sketch(*, quick: bool = False) -> Shape:
    """The built-in model: trained, and bound by arithmetic on a CPU."""
    if quick:
        return Shape("Sketch", "sketch", 128, 4, 2.5, (1, 2, 4, 8), 2)
    return Shape("Sketch", "sketch", 256, 8, 2.5)


def small(folder: Path, side_px: int = 64, *, quick: bool = False) -> Shape:
    """Latents of 8 x 8 to 16 x 16 (32 to 64 px): Python and the launching of kernels cost more than arithmetic."""
    from tests.helpers.tiny_models import save_sd15

    label = f"{OVERHEAD}, latents {side_px // 4} x {side_px // 4}"
    model = str(_made(folder / "small", save_sd15))
    return Shape(label, model, side_px, 20, 5.0, (2, 4, 8, 12) if quick else (4, 8, 20, 50), 4 if quick else 8)


def large(kind: str, folder: Path, side_px: int, steps: int, *, device: str, rehearse: bool) -> Shape:
    """SDXL-, FLUX.1- or Z-Image-shaped; in a rehearsal a tiny model of the same classes, 64 px and few steps."""
    from tests.helpers import tiny_models

    full = {"sdxl": _sdxl, "flux": _flux, "zimage": _zimage}
    tiny: dict[str, Callable[..., Path]] = {
        "sdxl": tiny_models.save_sdxl,
        "flux": tiny_models.save_flux1,
        "zimage": tiny_models.save_zimage,
    }
    label, guidance_scale = _LARGE[kind]
    if rehearse:
        model = _made(folder / f"{kind}-tiny", tiny[kind])
        return Shape(f"REHEARSAL on a tiny {kind}", str(model), 64, 4, guidance_scale, (1, 2, 4, 8), 2)

    model = _made(folder / kind, partial(_save_random, full[kind], device))
    return Shape(label, str(model), side_px, steps, guidance_scale)


_LARGE = {
    "sdxl": ("SDXL-shaped, random weights", 5.0),
    "flux": ("FLUX.1-dev-shaped, random weights, T5 of 2 layers", 3.5),
    "zimage": ("Z-Image-shaped, random weights, reader of 2 layers", 4.0),
}


def _made(folder: Path, save: Callable[[Path], Any]) -> Path:
    """The folder, made whole or not at all, and not again."""
    if not folder.exists():
        beside = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(beside, ignore_errors=True)
        save(beside)
        beside.rename(folder)
    return folder


def _sdxl() -> Any:
    from diffusers import AutoencoderKL, EulerDiscreteScheduler, StableDiffusionXLPipeline
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    from tests.helpers.tiny_models import _clip_tokenizer

    tokenizer = _clip_tokenizer()
    marks = {name: getattr(tokenizer, name) for name in ("bos_token_id", "eos_token_id", "pad_token_id")}
    sizes = ((768, 3072, 12, 12, 768), (1280, 5120, 32, 20, 1280))
    first, second = (
        CLIPTextConfig(
            vocab_size=49408,
            hidden_size=hidden,
            intermediate_size=inner,
            num_hidden_layers=layers,
            num_attention_heads=heads,
            projection_dim=projection,
            **marks,
        )
        for hidden, inner, layers, heads, projection in sizes
    )
    return StableDiffusionXLPipeline(
        vae=AutoencoderKL(scaling_factor=0.13025, sample_size=1024, **_VAE),
        text_encoder=CLIPTextModel(first),
        text_encoder_2=CLIPTextModelWithProjection(second),
        tokenizer=tokenizer,
        tokenizer_2=_clip_tokenizer(),
        unet=_sdxl_unet(),
        scheduler=EulerDiscreteScheduler(
            beta_start=0.00085,
            beta_end=0.012,
            beta_schedule="scaled_linear",
            timestep_spacing="leading",
            steps_offset=1,
        ),
        add_watermarker=False,
    )


def _sdxl_unet() -> Any:
    from diffusers import UNet2DConditionModel

    return UNet2DConditionModel(
        sample_size=128,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        block_out_channels=(320, 640, 1280),
        layers_per_block=2,
        transformer_layers_per_block=(1, 2, 10),
        attention_head_dim=(5, 10, 20),
        cross_attention_dim=2048,
        use_linear_projection=True,
        addition_embed_type="text_time",
        addition_time_embed_dim=256,
        projection_class_embeddings_input_dim=2816,
    )


def _flux() -> Any:
    from diffusers import AutoencoderKL, FlowMatchEulerDiscreteScheduler, FluxPipeline, FluxTransformer2DModel
    from transformers import CLIPTextConfig, CLIPTextModel, T5Config, T5EncoderModel

    from tests.helpers.tiny_models import _clip_tokenizer, _t5

    tokenizer, (words, _) = _clip_tokenizer(), _t5()
    clip = CLIPTextConfig(
        vocab_size=49408,
        hidden_size=768,
        intermediate_size=3072,
        num_hidden_layers=12,
        num_attention_heads=12,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    t5 = T5Config(vocab_size=32128, d_model=4096, d_kv=64, d_ff=10240, num_layers=2, num_heads=64, pad_token_id=0)
    return FluxPipeline(
        vae=AutoencoderKL(scaling_factor=0.3611, shift_factor=0.1159, **_VAE | _FLUX_VAE),
        text_encoder=CLIPTextModel(clip),
        tokenizer=tokenizer,
        text_encoder_2=T5EncoderModel(t5),
        tokenizer_2=words,
        transformer=FluxTransformer2DModel(guidance_embeds=True),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=3.0, use_dynamic_shifting=True),
    )


def _zimage() -> Any:
    from diffusers import AutoencoderKL, FlowMatchEulerDiscreteScheduler, ZImagePipeline, ZImageTransformer2DModel
    from transformers import Qwen3Config, Qwen3Model

    from tests.helpers.tiny_models import _qwen_tokenizer

    tokenizer = _qwen_tokenizer()
    tokenizer.chat_template = "{% for message in messages %}user {{ message['content'] }} end{% endfor %}"
    tokenizer.pad_token = "!"
    reader = Qwen3Config(
        vocab_size=151936,
        hidden_size=2560,
        intermediate_size=9728,
        num_hidden_layers=2,
        num_attention_heads=32,
        num_key_value_heads=8,
        head_dim=128,
    )
    return ZImagePipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(shift=6.0),
        vae=AutoencoderKL(scaling_factor=0.3611, shift_factor=0.1159, **_VAE | _FLUX_VAE),
        text_encoder=Qwen3Model(reader),
        tokenizer=tokenizer,
        transformer=ZImageTransformer2DModel(),
    )


_VAE: dict[str, Any] = {
    "block_out_channels": (128, 256, 512, 512),
    "layers_per_block": 2,
    "down_block_types": ("DownEncoderBlock2D",) * 4,
    "up_block_types": ("UpDecoderBlock2D",) * 4,
    "latent_channels": 4,
}
_FLUX_VAE: dict[str, Any] = {"latent_channels": 16, "use_quant_conv": False, "use_post_quant_conv": False}


def _save_random(make: Callable[[], Any], device: str, folder: Path) -> None:
    """Draw a pipeline on a device, as bfloat16, so that billions of numbers take seconds; save it and leave nothing."""
    import torch

    before = torch.get_default_dtype()
    torch.manual_seed(0)
    torch.set_default_dtype(torch.bfloat16)
    try:
        with torch.device(device):
            pipe = make()
            for part in pipe.components.values():
                _draw(part)
            pipe.save_pretrained(folder)
    finally:
        torch.set_default_dtype(before)
    del pipe, part
    gc.collect()
    if device == "cuda":
        torch.cuda.empty_cache()  # the arms are processes of their own, and need all of it


def _draw(part: Any) -> None:
    """Small numbers for every matrix, so that nothing overflows; norms and offsets stay as they are made."""
    import torch

    if isinstance(part, torch.nn.Module):
        part.to(torch.bfloat16)
        for parameter in part.parameters():
            if parameter.dim() > 1:
                torch.nn.init.normal_(parameter, std=_DEVIATION)
