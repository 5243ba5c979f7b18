"""The text-to-image model's parts: sizes, the scheduler, and how they are put together and saved."""

import json
from pathlib import Path

import torch
from diffusers import AutoencoderTiny, DPMSolverMultistepScheduler, StableDiffusionPipeline, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

TOKENS = 40
TEXT_WIDTH = 256
CHANNELS = (64, 128, 240)
"""Widths that bring the whole under 40 MB; the first weights have 256 in the last place."""


def new_unet(channels: tuple[int, int, int] = CHANNELS) -> UNet2DConditionModel:
    """An untrained denoiser for 4 x 32 x 32 latents, cross-attending at 16 x 16 and 8 x 8."""
    return UNet2DConditionModel(
        sample_size=32,
        in_channels=4,
        out_channels=4,
        block_out_channels=channels,
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=TEXT_WIDTH,
        attention_head_dim=(2, channels[1] // 32, channels[2] // 30 if channels[2] % 32 else channels[2] // 32),
        norm_num_groups=16,
        use_linear_projection=True,
    )


def new_text_model(tokenizer: CLIPTokenizer, width: int = TEXT_WIDTH, layers: int = 4) -> CLIPTextModel:
    """An untrained text tower of 40 tokens."""
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=width,
            intermediate_size=3 * width,
            num_hidden_layers=layers,
            num_attention_heads=4,
            max_position_embeddings=TOKENS,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
            projection_dim=width,
        )
    )


def new_scheduler() -> DPMSolverMultistepScheduler:
    """A solver for flow matching that StableDiffusionPipeline takes as it is."""
    return DPMSolverMultistepScheduler(
        num_train_timesteps=1000,
        prediction_type="flow_prediction",
        use_flow_sigmas=True,
        flow_shift=1.0,
        solver_order=2,
        lower_order_final=True,
        final_sigmas_type="zero",
        steps_offset=1,
    )


def token_ids(tokenizer: CLIPTokenizer, captions: list[str]) -> torch.Tensor:
    """Token ids padded to 40, shape (n, 40)."""
    padded = tokenizer(captions, padding="max_length", max_length=TOKENS, truncation=True)
    return torch.tensor(padded.input_ids)


def pipeline(
    vae: AutoencoderTiny, text: CLIPTextModel, tokenizer: CLIPTokenizer, unet: UNet2DConditionModel
) -> StableDiffusionPipeline:
    """The parts as one pipeline, without a progress bar of its own."""
    made = StableDiffusionPipeline(
        vae=vae,
        text_encoder=text,
        tokenizer=tokenizer,
        unet=unet,
        scheduler=new_scheduler(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    made.set_progress_bar_config(disable=True)
    return made


def save_half(made: StableDiffusionPipeline, folder: Path, shard_size: str = "15MB") -> None:
    """Save in float16, in files of at most `shard_size`.

    A text encoder whose config says float16 would be loaded so beside a float32 denoiser and fail; its config
    therefore says float32.
    """
    made.to(dtype=torch.float16).save_pretrained(folder, safe_serialization=True, max_shard_size=shard_size)
    path = folder / "text_encoder" / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**config, "dtype": "float32"}, indent=2) + "\n", encoding="utf-8")
