"""What each class of modules takes: which arguments have an entry for each sample, and which are the same for all.

Only classes that are named here are ever joined. The tables follow the signatures and the code of diffusers 0.42 and
transformers 5.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Habits:
    """How one method of a class of modules can be called for several requests at once.

    Attributes:
        first: The argument whose length is the number of samples.
        rows: Tensors with an entry for each sample, or tuples, lists and dictionaries of such.
        times: A number, a tensor without dimensions, or one entry for each sample.
        lists: Lists with one tensor for each sample; those in `ragged` may differ in length.
        ragged: Of `lists`.
        shared: The same for all samples, compared by content; position ids, for instance.
        padded: Texts and their mask (or None), which may differ in length: they are padded to the longest.
        ignored: What makes no difference to the answer; left out of a joined call.
        method: What is called.
    """

    first: str
    rows: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    ragged: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    padded: tuple[str, str] | None = None
    ignored: frozenset[str] = frozenset()
    method: str = "forward"


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FLUX = Habits(
    "hidden_states",
    _names("hidden_states encoder_hidden_states pooled_projections guidance controlnet_block_samples"),
    times=_names("timestep"),
    shared=_names("img_ids txt_ids"),
)
_WORDS = Habits("input_ids", _names("input_ids attention_mask"))
_DECODING = Habits("z", _names("z"), ignored=_names("generator"), method="decode")

DENOISERS = {
    "UNet2DConditionModel": Habits(
        "sample",
        _names(
            """
            sample encoder_hidden_states class_labels timestep_cond attention_mask added_cond_kwargs
            down_block_additional_residuals mid_block_additional_residual down_intrablock_additional_residuals
            encoder_attention_mask
            """
        ),
        times=_names("timestep"),
    ),
    "SD3Transformer2DModel": Habits(
        "hidden_states",
        _names("hidden_states encoder_hidden_states pooled_projections block_controlnet_hidden_states"),
        times=_names("timestep"),
    ),
    "FluxTransformer2DModel": _FLUX,
    "Flux2Transformer2DModel": _FLUX,
    "ZImageTransformer2DModel": Habits("x", times=_names("t"), lists=_names("x cap_feats"), ragged=_names("cap_feats")),
    "QwenImageTransformer2DModel": Habits(
        "hidden_states",
        _names("hidden_states guidance"),
        times=_names("timestep"),
        shared=_names("img_shapes"),
        padded=("encoder_hidden_states", "encoder_hidden_states_mask"),
    ),
    "SanaTransformer2DModel": Habits(
        "hidden_states",
        _names("hidden_states encoder_hidden_states guidance encoder_attention_mask attention_mask"),
        times=_names("timestep"),
    ),
    "ControlNetModel": Habits(
        "sample",
        _names("sample encoder_hidden_states controlnet_cond class_labels timestep_cond added_cond_kwargs"),
        times=_names("timestep"),
    ),
}
ENCODERS = {
    "CLIPTextModel": _WORDS,
    "CLIPTextModelWithProjection": _WORDS,
    "Gemma2Model": _WORDS,
    "Qwen2_5_VLForConditionalGeneration": _WORDS,
    "Qwen3ForCausalLM": _WORDS,
    "Qwen3Model": _WORDS,
    "T5EncoderModel": _WORDS,
}
DECODERS = {
    "AutoencoderKL": _DECODING,
    "AutoencoderKLFlux2": _DECODING,
    "AutoencoderKLQwenImage": _DECODING,
    "AutoencoderDC": _DECODING,
    "AutoencoderTiny": Habits("x", _names("x"), ignored=_names("generator"), method="decode"),
}
