"""What may run together is joined and taken apart exactly; whatever might mix up two pictures stays alone."""

from dataclasses import dataclass
from typing import Any

import pytest
import torch

from tools.engine.painter.habits import DENOISERS, Habits
from tools.engine.painter.joining import Joining, Unmergeable, split

UNET = DENOISERS["UNet2DConditionModel"]
FLUX = DENOISERS["FluxTransformer2DModel"]
QWEN = DENOISERS["QwenImageTransformer2DModel"]
ZIMAGE = DENOISERS["ZImageTransformer2DModel"]


def unet_call(rows: int = 2, **changes: Any) -> dict[str, Any]:
    return {
        "sample": torch.rand(rows, 4, 8, 8),
        "timestep": torch.tensor(7.0),
        "encoder_hidden_states": torch.rand(rows, 5, 6),
        "cross_attention_kwargs": None,
        "added_cond_kwargs": {"text_embeds": torch.rand(rows, 3)},
        "return_dict": False,
        **changes,
    }


def flux_call(height: int, width: int, **changes: Any) -> dict[str, Any]:
    ids = torch.cartesian_prod(torch.arange(1.0), torch.arange(float(height)), torch.arange(float(width)))
    tokens = height * width
    return {"hidden_states": torch.rand(1, tokens, 4), "timestep": torch.rand(1), "img_ids": ids, **changes}


def can_meet(habits: Habits, *calls: dict[str, Any]) -> bool:
    joining = Joining(habits)
    return len({joining.share(call).key for call in calls}) == 1


def test_rows_of_all_are_joined_and_everybody_gets_their_own_back() -> None:
    """Tensors, dictionaries of tensors and times are joined row by row, for calls of one and of two samples."""
    joining, calls = Joining(UNET), [unet_call(2), unet_call(1, timestep=torch.tensor(3.0))]
    joined = joining.join([joining.share(call) for call in calls])
    assert joined["timestep"].tolist() == [7.0, 7.0, 3.0]
    assert torch.equal(joined["sample"], torch.cat([call["sample"] for call in calls]))
    embeds = [call["added_cond_kwargs"]["text_embeds"] for call in calls]
    assert torch.equal(joined["added_cond_kwargs"]["text_embeds"], torch.cat(embeds))
    first, second = split((joined["sample"] * 2,), [2, 1])
    assert torch.equal(first[0], calls[0]["sample"] * 2)
    assert torch.equal(second[0], calls[1]["sample"] * 2)


def test_residuals_of_a_controlnet_are_joined_one_by_one() -> None:
    """A tuple of tensors is no tensor: each of its members is joined with the other calls' member."""
    calls = [
        unet_call(2, down_block_additional_residuals=tuple(torch.rand(2, 3, size) for size in (4, 2))) for _ in "ab"
    ]
    joining = Joining(UNET)
    assert can_meet(UNET, *calls)
    joined = joining.join([joining.share(call) for call in calls])["down_block_additional_residuals"]
    for number, residual in enumerate(joined):
        assert torch.equal(residual, torch.cat([call["down_block_additional_residuals"][number] for call in calls]))


@dataclass
class Strange:
    """Something that nobody has written down."""


@pytest.mark.parametrize(
    "change",
    [
        {"sample": torch.rand(2, 4, 8, 16)},
        {"sample": torch.rand(2, 4, 8, 8, dtype=torch.float64)},
        {"timestep": torch.tensor(7)},
        {"cross_attention_kwargs": {"scale": 0.5}},
        {"return_dict": True},
        {"encoder_hidden_states": torch.rand(2, 6, 6)},
        {"down_block_additional_residuals": (torch.rand(2, 3),)},
        {"cross_attention_kwargs": Strange()},
        {"a_later_argument": torch.rand(2, 4)},
        {"added_cond_kwargs": {"text_embeds": torch.rand(2, 3), "time_ids": torch.rand(2, 6)}},
        {"added_cond_kwargs": {"text_embeds": torch.rand(1, 3)}},
    ],
)
def test_what_differs_or_is_unknown_stays_apart(change: dict[str, Any]) -> None:
    """Another shape, dtype, setting, structure or an argument that is not in the table never meets the usual call."""
    assert can_meet(UNET, unet_call(), unet_call())
    assert not can_meet(UNET, unet_call(), unet_call(**change))


@pytest.mark.parametrize("change", [{"cross_attention_kwargs": Strange()}, {"a_later_argument": torch.rand(2, 4)}])
def test_what_is_unknown_does_not_even_meet_its_like(change: dict[str, Any]) -> None:
    """Two calls with the same unknown thing are not joined either."""
    call = unet_call(**change)
    assert not can_meet(UNET, call, dict(call))


def test_portrait_and_landscape_of_as_many_tokens_stay_apart() -> None:
    """16 x 64 and 64 x 16 have tensors of the same shapes, and other positions: they are told apart by content."""
    assert can_meet(FLUX, flux_call(2, 8), flux_call(2, 8))
    assert not can_meet(FLUX, flux_call(2, 8), flux_call(8, 2))
    deep = [flux_call(2, 8), flux_call(8, 2)]
    for call in deep:
        call["img_ids"] = call["img_ids"][None]
    assert not can_meet(FLUX, *deep)
    assert can_meet(FLUX, deep[0], {**flux_call(2, 8), "img_ids": deep[0]["img_ids"].clone()})


def test_position_ids_of_each_sample_are_there_for_all() -> None:
    """Three-dimensional ids keep one entry for each sample; those that differ within a call keep it alone."""
    calls = [flux_call(2, 8) for _ in "ab"]
    for call in calls:
        call["img_ids"] = call["img_ids"][None]
    joining = Joining(FLUX)
    assert joining.join([joining.share(call) for call in calls])["img_ids"].shape == (2, 16, 3)
    odd = {**calls[0], "hidden_states": torch.rand(2, 16, 4), "img_ids": torch.rand(2, 16, 3)}
    assert not can_meet(FLUX, odd, dict(odd))


def test_texts_of_different_length_are_padded_and_masked() -> None:
    """The shorter text gets zeros and a mask that says so; where all are as long, there is no mask."""
    joining = Joining(QWEN)

    def call(length: int, mask: torch.Tensor | None = None) -> dict[str, Any]:
        text = torch.ones(1, length, 3)
        sample = torch.rand(1, 4, 2)
        return {"hidden_states": sample, "encoder_hidden_states": text, "encoder_hidden_states_mask": mask}

    shares = [joining.share(call(length)) for length in (2, 4)]
    assert shares[0].key == shares[1].key
    joined = joining.join(shares)
    assert joined["encoder_hidden_states"].sum(dim=(1, 2)).tolist() == [6.0, 12.0]
    assert joined["encoder_hidden_states_mask"].tolist() == [[True, True, False, False], [True] * 4]
    alike = joining.join([joining.share(call(3)), joining.share(call(3))])
    assert alike["encoder_hidden_states_mask"] is None
    masked = joining.join([joining.share(call(2, torch.tensor([[1, 0]]))), joining.share(call(3))])
    assert masked["encoder_hidden_states_mask"].tolist() == [[True, False, False], [True] * 3]


def test_lists_take_captions_of_any_length_and_pictures_of_one_size() -> None:
    """Z-Image takes lists: captions may differ in length, pictures may not differ in size."""

    def call(caption: int, side: int) -> dict[str, Any]:
        return {"x": [torch.rand(16, 1, side, 8)], "t": torch.rand(1), "cap_feats": [torch.rand(caption, 3)]}

    assert can_meet(ZIMAGE, call(3, 8), call(9, 8))
    assert not can_meet(ZIMAGE, call(3, 8), call(3, 16))
    joining = Joining(ZIMAGE)
    joined = joining.join([joining.share(call(3, 8)), joining.share(call(9, 8))])
    assert [len(one) for one in joined["cap_feats"]] == [3, 9]
    first, second = split((joined["x"],), [1, 1], lists=True)
    assert torch.equal(first[0][0], joined["x"][0])
    assert torch.equal(second[0][0], joined["x"][1])


def test_a_list_as_long_as_the_batch_is_no_list_of_samples_by_that() -> None:
    """Two residuals of a ControlNet for two rows: each caller gets their row of both."""
    residuals = [torch.rand(2, 3), torch.rand(2, 4)]
    first, second = split((residuals, torch.rand(2, 5)), [1, 1])
    assert [tuple(one.shape) for one in first[0]] == [(1, 3), (1, 4)]
    assert torch.equal(second[0][1], residuals[1][1:])


def test_an_answer_that_says_nothing_of_rows_is_not_guessed_at() -> None:
    """A tensor of another length, or any unknown thing, can't be taken apart."""
    for answer in (torch.rand(5, 2), torch.tensor(1.0), Strange(), (torch.rand(3), 4)):
        with pytest.raises(Unmergeable):
            split(answer, [2, 1])
