"""Builds tiny pipelines of real classes with random weights, saved as folders that the painter loads by path.

What they paint is noise, but the same noise for the same task, in milliseconds, without a network.
"""

import string
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from diffusers import (
    AutoencoderKL,
    AutoencoderKLQwenImage,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    FluxPipeline,
    FluxTransformer2DModel,
    QwenImagePipeline,
    QwenImageTransformer2DModel,
    SD3Transformer2DModel,
    StableDiffusion3Pipeline,
    StableDiffusionInpaintPipeline,
    StableDiffusionPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
    ZImagePipeline,
    ZImageTransformer2DModel,
)
from tokenizers.pre_tokenizers import ByteLevel
from transformers import (
    CLIPConfig,
    CLIPImageProcessor,
    CLIPModel,
    CLIPProcessor,
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    PreTrainedModel,
    ProcessorMixin,
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    Qwen2Tokenizer,
    Qwen3Config,
    Qwen3Model,
    Siglip2Tokenizer,
    SiglipConfig,
    SiglipImageProcessor,
    SiglipModel,
    SiglipProcessor,
    T5Config,
    T5EncoderModel,
    T5Tokenizer,
)

WIDTH = 32
_SEEN = {
    "hidden_size": WIDTH,
    "intermediate_size": WIDTH,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "image_size": 32,
    "patch_size": 8,
}


def save_sd15(folder: Path, **scheduler: Any) -> Path:
    """A Stable Diffusion 1.5 pipeline of 64 x 64 px; `scheduler` overrides its config."""
    with _seeded():
        tokenizer = _clip_tokenizer()
        StableDiffusionPipeline(
            vae=_vae(),
            text_encoder=CLIPTextModel(_clip_config(tokenizer)),
            tokenizer=tokenizer,
            unet=_unet(cross_attention_dim=WIDTH),
            scheduler=_euler(**scheduler),
            safety_checker=None,
            feature_extractor=None,
            requires_safety_checker=False,
        ).save_pretrained(folder)
    return folder


def save_inpainting(folder: Path) -> Path:
    """Weights that were saved as a Stable Diffusion inpainting pipeline, with the 9 input channels of one."""
    with _seeded():
        tokenizer = _clip_tokenizer()
        StableDiffusionInpaintPipeline(
            vae=_vae(),
            text_encoder=CLIPTextModel(_clip_config(tokenizer)),
            tokenizer=tokenizer,
            unet=_unet(cross_attention_dim=WIDTH, in_channels=9),
            scheduler=_euler(),
            safety_checker=None,
            feature_extractor=None,
            requires_safety_checker=False,
        ).save_pretrained(folder)
    return folder


def save_sdxl(folder: Path, **scheduler: Any) -> Path:
    """An SDXL pipeline of 64 x 64 px; `scheduler` overrides its config."""
    with _seeded():
        tokenizer = _clip_tokenizer()
        config = _clip_config(tokenizer)
        unet = _unet(
            cross_attention_dim=2 * WIDTH,
            addition_embed_type="text_time",
            addition_time_embed_dim=8,
            projection_class_embeddings_input_dim=6 * 8 + WIDTH,
        )
        StableDiffusionXLPipeline(
            vae=_vae(),
            text_encoder=CLIPTextModel(config),
            text_encoder_2=CLIPTextModelWithProjection(config),
            tokenizer=tokenizer,
            tokenizer_2=_clip_tokenizer(),
            unet=unet,
            scheduler=_euler(**scheduler),
            add_watermarker=False,
        ).save_pretrained(folder)
    return folder


def save_flux1(folder: Path, *, guidance_embeds: bool = True) -> Path:
    """A FLUX.1 pipeline: dev, or schnell without `guidance_embeds`."""
    with _seeded():
        tokenizer = _clip_tokenizer()
        transformer = FluxTransformer2DModel(
            patch_size=1,
            in_channels=16,
            num_layers=1,
            num_single_layers=1,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=WIDTH,
            pooled_projection_dim=WIDTH,
            guidance_embeds=guidance_embeds,
            axes_dims_rope=(4, 4, 8),
        )
        words, t5 = _t5()
        FluxPipeline(
            vae=_vae(scaling_factor=0.3611, shift_factor=0.1159, use_quant_conv=False, use_post_quant_conv=False),
            text_encoder=CLIPTextModel(_clip_config(tokenizer)),
            tokenizer=tokenizer,
            text_encoder_2=t5,
            tokenizer_2=words,
            transformer=transformer,
            scheduler=FlowMatchEulerDiscreteScheduler(shift=3.0, use_dynamic_shifting=True),
        ).save_pretrained(folder)
    return folder


def save_sd3(folder: Path) -> Path:
    """A Stable Diffusion 3 pipeline."""
    with _seeded():
        tokenizer = _clip_tokenizer()
        config = _clip_config(tokenizer)
        transformer = SD3Transformer2DModel(
            sample_size=16,
            patch_size=1,
            in_channels=4,
            out_channels=4,
            num_layers=1,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=2 * WIDTH,
            caption_projection_dim=32,
            pooled_projection_dim=2 * WIDTH,
        )
        words, t5 = _t5(d_model=2 * WIDTH)
        StableDiffusion3Pipeline(
            transformer=transformer,
            scheduler=FlowMatchEulerDiscreteScheduler(shift=3.0),
            vae=_vae(scaling_factor=1.5305, shift_factor=0.0609, use_quant_conv=False, use_post_quant_conv=False),
            text_encoder=CLIPTextModelWithProjection(config),
            tokenizer=tokenizer,
            text_encoder_2=CLIPTextModelWithProjection(config),
            tokenizer_2=_clip_tokenizer(),
            text_encoder_3=t5,
            tokenizer_3=words,
        ).save_pretrained(folder)
    return folder


def save_qwen_image(folder: Path) -> Path:
    """A Qwen-Image pipeline: an autoencoder made for films, and an LLM that reads."""
    with _seeded():
        tokenizer = _qwen_tokenizer()
        transformer = QwenImageTransformer2DModel(
            patch_size=2,
            in_channels=16,
            out_channels=4,
            num_layers=1,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=16,
            axes_dims_rope=(8, 4, 4),
        )
        vae = AutoencoderKLQwenImage(
            base_dim=8,
            z_dim=4,
            dim_mult=[1, 2, 4, 4],
            num_res_blocks=1,
            temperal_downsample=[False, True, True],
            latents_mean=[0.1, -0.1, 0.2, 0.0],
            latents_std=[2.0, 1.5, 2.5, 2.0],
        )
        QwenImagePipeline(
            scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True, shift_terminal=0.02),
            vae=vae,
            text_encoder=_qwen_reader(len(tokenizer)),
            tokenizer=tokenizer,
            transformer=transformer,
        ).save_pretrained(folder)
    return folder


def save_zimage(folder: Path, *, shift: float = 6.0) -> Path:
    """A Z-Image pipeline, or with a shift of 3 its Turbo: an LLM reads the prompt within a chat's template."""
    with _seeded():
        tokenizer = _qwen_tokenizer()
        tokenizer.chat_template = "{% for message in messages %}user {{ message['content'] }} end{% endfor %}"
        tokenizer.pad_token = "!"
        reader = Qwen3Config(
            vocab_size=len(tokenizer),
            hidden_size=16,
            intermediate_size=16,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=2,
            head_dim=8,
        )
        transformer = ZImageTransformer2DModel(
            in_channels=4,
            dim=32,
            n_layers=1,
            n_refiner_layers=1,
            n_heads=2,
            n_kv_heads=2,
            cap_feat_dim=16,
            axes_dims=[8, 4, 4],
            axes_lens=[1024, 64, 64],
        )
        for parameter in transformer.parameters():
            torch.nn.init.normal_(parameter, std=0.1)
        ZImagePipeline(
            scheduler=FlowMatchEulerDiscreteScheduler(shift=shift),
            vae=_vae(
                scaling_factor=0.3611,
                shift_factor=0.1159,
                block_out_channels=(8, 8, 8, 8),
                down_block_types=("DownEncoderBlock2D",) * 4,
                up_block_types=("UpDecoderBlock2D",) * 4,
            ),
            text_encoder=Qwen3Model(reader),
            tokenizer=tokenizer,
            transformer=transformer,
        ).save_pretrained(folder)
    return folder


def save_clip(folder: Path, *, layers: int = 1) -> Path:
    """A CLIP that judges: reads 16 tokens and sees 32 x 32 px."""
    with _seeded():
        tokenizer = _clip_tokenizer()
        text = _clip_config(tokenizer).to_dict() | {"max_position_embeddings": 16, "num_hidden_layers": layers}
        model = CLIPModel(CLIPConfig(text_config=text, vision_config=_SEEN, projection_dim=WIDTH))
        sizes = {"size": {"shortest_edge": 32}, "crop_size": {"height": 32, "width": 32}}
        _save_judge(folder, model, CLIPProcessor(CLIPImageProcessor(**sizes), tokenizer))
    return folder


def save_siglip(folder: Path) -> Path:
    """A SigLIP that judges: reads 16 tokens, padded, and sees 32 x 32 px."""
    with _seeded():
        signs = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>", "▁", *string.ascii_lowercase, *string.digits]
        tokenizer = Siglip2Tokenizer(vocab={sign: number for number, sign in enumerate(signs)}, merges=[])
        text = {
            "vocab_size": len(tokenizer),
            "hidden_size": WIDTH,
            "intermediate_size": WIDTH,
            "num_hidden_layers": 1,
            "num_attention_heads": 2,
            "max_position_embeddings": 16,
            "projection_size": WIDTH,
        }
        model = SiglipModel(SiglipConfig(text_config=text, vision_config=_SEEN))
        images = SiglipImageProcessor(size={"height": 32, "width": 32})
        _save_judge(folder, model, SiglipProcessor(images, tokenizer))
    return folder


def _save_judge(folder: Path, model: PreTrainedModel, processor: ProcessorMixin) -> None:
    """With weights so large that different pictures and words lie apart."""
    for parameter in model.parameters():
        if parameter.ndim > 1:
            torch.nn.init.normal_(parameter, std=0.2)
    model.save_pretrained(folder)
    processor.save_pretrained(folder)


@contextmanager
def _seeded() -> Iterator[None]:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        yield


def _clip_tokenizer() -> CLIPTokenizer:
    """Every letter is a token; any other sign counts as the end mark."""
    signs = string.ascii_lowercase + string.digits + string.punctuation
    pieces = ["<|startoftext|>", "<|endoftext|>", *signs, *(f"{sign}</w>" for sign in signs)]
    return CLIPTokenizer(vocab={piece: number for number, piece in enumerate(pieces)}, merges=[], model_max_length=77)


def _clip_config(tokenizer: CLIPTokenizer) -> CLIPTextConfig:
    return CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=WIDTH,
        intermediate_size=2 * WIDTH,
        projection_dim=WIDTH,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=77,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )


def _t5(d_model: int = WIDTH) -> tuple[T5Tokenizer, T5EncoderModel]:
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0)]
    pieces += [(letter, -3.0) for letter in string.ascii_lowercase]
    tokenizer = T5Tokenizer(vocab=pieces, extra_ids=0, model_max_length=512)
    config = T5Config(
        vocab_size=len(tokenizer), d_model=d_model, d_kv=8, d_ff=2 * WIDTH, num_layers=2, num_heads=4, pad_token_id=0
    )
    return tokenizer, T5EncoderModel(config)


def _qwen_tokenizer() -> Qwen2Tokenizer:
    """Every byte is a token, in the signs that byte-level tokenizers write bytes with."""
    signs = sorted(ByteLevel.alphabet())
    return Qwen2Tokenizer(vocab={sign: number for number, sign in enumerate(signs)}, merges=[])


def _qwen_reader(vocab_size: int) -> Qwen2_5_VLForConditionalGeneration:
    text = {
        "vocab_size": vocab_size,
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "bos_token_id": None,
        "eos_token_id": None,
        "rope_parameters": {"rope_type": "default", "rope_theta": 10_000.0, "mrope_section": [1, 1, 2]},
    }
    vision = {"depth": 1, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2, "out_hidden_size": 16}
    return Qwen2_5_VLForConditionalGeneration(Qwen2_5_VLConfig(text_config=text, vision_config=vision))


def _unet(**config: Any) -> UNet2DConditionModel:
    return UNet2DConditionModel(
        **{
            "sample_size": 16,
            "block_out_channels": (32, 64),
            "layers_per_block": 1,
            "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"),
            "up_block_types": ("CrossAttnUpBlock2D", "UpBlock2D"),
            "attention_head_dim": 8,
            "norm_num_groups": 8,
            **config,
        }
    )


def _vae(**config: Any) -> AutoencoderKL:
    return AutoencoderKL(
        **{
            "block_out_channels": (16, 16, 32),
            "down_block_types": ("DownEncoderBlock2D",) * 3,
            "up_block_types": ("UpDecoderBlock2D",) * 3,
            "latent_channels": 4,
            "norm_num_groups": 8,
            "sample_size": 64,
            **config,
        }
    )


def _euler(**config: Any) -> EulerDiscreteScheduler:
    usual = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear", "steps_offset": 1}
    return EulerDiscreteScheduler(**usual | {"timestep_spacing": "leading"} | config)
