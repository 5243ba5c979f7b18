"""More tiny pipelines of real classes with random weights: FLUX.2 klein, Sana, AuraFlow, and a ControlNet."""

from pathlib import Path
from typing import Any

import torch
from diffusers import (
    AuraFlowPipeline,
    AuraFlowTransformer2DModel,
    AutoencoderDC,
    AutoencoderKLFlux2,
    ControlNetModel,
    DPMSolverMultistepScheduler,
    FlowMatchEulerDiscreteScheduler,
    Flux2KleinPipeline,
    Flux2Transformer2DModel,
    SanaPipeline,
    SanaSprintPipeline,
    SanaTransformer2DModel,
    SCMScheduler,
)
from transformers import (
    Gemma2Config,
    Gemma2Model,
    GemmaTokenizer,
    Qwen2Tokenizer,
    Qwen3Config,
    Qwen3ForCausalLM,
    UMT5Config,
    UMT5EncoderModel,
)

from tests.helpers.tiny_models import _qwen_tokenizer, _seeded, _t5, _unet, _vae

# The pipeline reads the states after its 9th, 18th and 27th layers.
_KLEIN_LAYERS = 27


def save_flux2_klein(folder: Path, *, is_distilled: bool = False) -> Path:
    """A FLUX.2 klein pipeline: with guidance, or distilled to do without."""
    with _seeded():
        tokenizer = _chatting(_qwen_tokenizer())
        reader = Qwen3Config(
            vocab_size=len(tokenizer),
            hidden_size=8,
            intermediate_size=8,
            num_hidden_layers=_KLEIN_LAYERS,
            num_attention_heads=2,
            num_key_value_heads=2,
            head_dim=4,
        )
        Flux2KleinPipeline(
            scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True),
            vae=AutoencoderKLFlux2(
                block_out_channels=(8, 8),
                down_block_types=("DownEncoderBlock2D",) * 2,
                up_block_types=("UpDecoderBlock2D",) * 2,
                layers_per_block=1,
                latent_channels=4,
                norm_num_groups=4,
                sample_size=64,
            ),
            text_encoder=Qwen3ForCausalLM(reader),
            tokenizer=tokenizer,
            transformer=Flux2Transformer2DModel(
                patch_size=1,
                in_channels=16,
                num_layers=1,
                num_single_layers=1,
                attention_head_dim=16,
                num_attention_heads=2,
                joint_attention_dim=24,
                timestep_guidance_channels=16,
                axes_dims_rope=(4, 4, 4, 4),
                guidance_embeds=False,
            ),
            is_distilled=is_distilled,
        ).save_pretrained(folder)
    return folder


def save_sana(folder: Path, *, sprint: bool = False) -> Path:
    """A Sana pipeline, or SANA-Sprint: a deep autoencoder, linear attention, and Gemma as its reader."""
    with _seeded():
        tokenizer = _gemma_tokenizer()
        reader = Gemma2Config(
            vocab_size=len(tokenizer),
            hidden_size=16,
            intermediate_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            num_key_value_heads=2,
            head_dim=8,
        )
        pipeline = SanaSprintPipeline if sprint else SanaPipeline
        flow = DPMSolverMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True)
        pipeline(
            tokenizer=tokenizer,
            text_encoder=Gemma2Model(reader),
            vae=_deep_vae(),
            transformer=SanaTransformer2DModel(
                in_channels=4,
                out_channels=4,
                num_layers=1,
                num_attention_heads=2,
                attention_head_dim=8,
                num_cross_attention_heads=2,
                cross_attention_head_dim=8,
                cross_attention_dim=16,
                caption_channels=16,
                sample_size=16,
                guidance_embeds=sprint,
                qk_norm="rms_norm_across_heads" if sprint else None,
            ),
            scheduler=SCMScheduler() if sprint else flow,
        ).save_pretrained(folder)
    return folder


def make_controlnet() -> ControlNetModel:
    """A ControlNet for the pipeline of `tiny_models.save_sd15`; it has learned something, unlike a fresh one."""
    with _seeded():
        net = ControlNetModel.from_unet(_unet(cross_attention_dim=32), conditioning_embedding_out_channels=(8, 8, 8))
        for parameter in net.parameters():
            torch.nn.init.normal_(parameter, std=0.1)
    return net.eval()


def _chatting(tokenizer: Qwen2Tokenizer) -> Qwen2Tokenizer:
    tokenizer.chat_template = "{% for message in messages %}{{ message['content'] }}{% endfor %}"
    tokenizer.pad_token = "!"
    return tokenizer


def _gemma_tokenizer() -> GemmaTokenizer:
    letters = "▁abcdefghijklmnopqrstuvwxyz0123456789.,:'\"-"
    pieces = ["<pad>", "<eos>", "<bos>", "<unk>", *letters]
    return GemmaTokenizer(vocab={piece: number for number, piece in enumerate(pieces)}, merges=[])


def _deep_vae(**config: Any) -> AutoencoderDC:
    return AutoencoderDC(
        **{
            "latent_channels": 4,
            "attention_head_dim": 2,
            "encoder_block_types": ("ResBlock", "EfficientViTBlock"),
            "decoder_block_types": ("ResBlock", "EfficientViTBlock"),
            "encoder_block_out_channels": (8, 8),
            "decoder_block_out_channels": (8, 8),
            "encoder_layers_per_block": (1, 1),
            "decoder_layers_per_block": (1, 1),
            "encoder_qkv_multiscales": ((), (5,)),
            "decoder_qkv_multiscales": ((), (5,)),
            "downsample_block_type": "conv",
            "upsample_block_type": "interpolate",
            "decoder_norm_types": "rms_norm",
            "decoder_act_fns": "silu",
            "scaling_factor": 0.41407,
            **config,
        }
    )


def save_auraflow(folder: Path) -> Path:
    """An AuraFlow pipeline of 64 x 64 px, which no table of Limner's knows."""
    with _seeded():
        words, _ = _t5()
        reader = UMT5Config(
            vocab_size=len(words), d_model=32, d_kv=8, d_ff=64, num_layers=2, num_heads=4, pad_token_id=0
        )
        AuraFlowPipeline(
            tokenizer=words,
            text_encoder=UMT5EncoderModel(reader),
            vae=_vae(scaling_factor=0.13025),
            transformer=AuraFlowTransformer2DModel(
                sample_size=16,
                patch_size=2,
                in_channels=4,
                out_channels=4,
                num_mmdit_layers=1,
                num_single_dit_layers=1,
                attention_head_dim=8,
                num_attention_heads=4,
                joint_attention_dim=32,
                caption_projection_dim=32,
                pos_embed_max_size=256,
            ),
            scheduler=FlowMatchEulerDiscreteScheduler(),
        ).save_pretrained(folder)
    return folder
