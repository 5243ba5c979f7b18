"""Requests that meet at the denoiser get the picture that they would have got alone, whoever else comes and goes."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers import StableDiffusionControlNetPipeline
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers import tiny_families, tiny_models
from tests.helpers.gathering import Gathering, Wish
from tools.engine.painter.meeting import Meeting
from tools.engine.painter.order import Guest, Order
from tools.engine.painter.pipelines import Shelf
from tools.engine.painter.seats import can_meet
from tools.engine.wire import Cancelled

# A scheduler of diffusers hands tensors to NumPy in a way that NumPy frowns at.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
FAMILIES: dict[str, Callable[[Path], Path]] = {
    "sd15": tiny_models.save_sd15,
    "sdxl": tiny_models.save_sdxl,
    "sd3": tiny_models.save_sd3,
    "flux1": tiny_models.save_flux1,
    "flux2": tiny_families.save_flux2_klein,
    "zimage": tiny_models.save_zimage,
    "qwen": tiny_models.save_qwen_image,
    "sana": tiny_families.save_sana,
    "sketch": lambda _: Path("sketch"),
}
WORDS = ("a cat", "two red dogs on a long, long beach by the sea", "x", "a house in the rain at night")
# 32 x 128 has as many latents as 64 x 64 and 128 x 32.
SIZES = ((64, 64), (32, 128), (128, 32))


@pytest.fixture(scope="module")
def gatherings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Gathering]]:
    """Each family's model, loaded by path through the product's own loader, once."""
    open_ones: list[Gathering] = []

    @cache
    def gathering(family: str) -> Gathering:
        folder = FAMILIES[family](tmp_path_factory.mktemp(family))
        loaded = Shelf(torch.device("cpu"), previews=False).take(str(folder))
        control = None
        if family == "sd15":
            parts = loaded.pipe.components | {"controlnet": tiny_families.make_controlnet()}
            control = StableDiffusionControlNetPipeline(**parts, requires_safety_checker=False)
            control.set_progress_bar_config(disable=True)
        open_ones.append(Gathering(loaded, control))
        return open_ones[-1]

    yield gathering
    for one in open_ones:
        one.meeting.close()


def kinds_of(gathering: Gathering) -> list[str]:
    others = {"img2img": gathering.loaded.img2img, "inpaint": gathering.inpaint, "control": gathering.control}
    return ["paint", *(kind for kind, pipe in others.items() if pipe)]


def wishes_of(gathering: Gathering) -> st.SearchStrategy[Wish]:
    return st.builds(
        Wish,
        st.sampled_from(WORDS),
        st.integers(2, 5),
        st.integers(0, 2),
        st.sampled_from(SIZES),
        st.sampled_from(kinds_of(gathering)),
        st.sampled_from(["", "blurry"]),
    )


def check(gathering: Gathering, wishes: list[Wish], ends: list[Any], but: int = -1) -> None:
    for number, (wish, end) in enumerate(zip(wishes, ends, strict=True)):
        if number != but:
            assert isinstance(end, torch.Tensor), (wish, end)
            assert (end - gathering.alone(wish)).abs().max() <= 1e-4, wish


@pytest.mark.parametrize("family", FAMILIES)
def test_company_changes_no_picture(family: str, gatherings: Callable[[str], Gathering]) -> None:
    """Eight requests of all kinds, lengths and sizes, from words, in fp32: latents as alone; on average 1.5 a call."""
    gathering = gatherings(family)
    kinds = kinds_of(gathering)
    wishes = [
        Wish(WORDS[n % 4], 3 + n % 3, n, SIZES[max(n - 5, 0)], kinds[n // 2 % len(kinds)], "blurry" * (n % 2))
        for n in range(8)
    ]
    for wish in wishes:
        gathering.alone(wish)
    gathering.batches.clear()
    check(gathering, wishes, gathering.together(wishes, [0.0] * 8))
    assert sum(gathering.batches) / len(gathering.batches) >= 1.5


@pytest.mark.parametrize("family", ["sd15", "flux1", "zimage"])
def test_whoever_leaves_or_breaks_does_so_alone(family: str, gatherings: Callable[[str], Gathering]) -> None:
    """One request is cancelled and another hands in nonsense: both end so, and all others as if they were not there."""
    gathering = gatherings(family)
    wishes = [Wish(WORDS[n], 4, n, SIZES[0]) for n in range(4)]
    left = gathering.together(wishes, [0.0] * 4, leaves=1)
    assert isinstance(left[1], Cancelled)
    check(gathering, wishes, left, but=1)
    broken = gathering.together(wishes, [0.0] * 4, fails=2)
    assert isinstance(broken[2], Exception)
    assert not isinstance(broken[2], Cancelled)
    check(gathering, wishes, broken, but=2)


@pytest.mark.proof
@pytest.mark.parametrize("family", FAMILIES)
def test_any_company_changes_no_picture(family: str, gatherings: Callable[[str], Gathering]) -> None:
    """Random mixes of arrival, steps, sizes, kinds, failures and cancellations."""
    gathering = gatherings(family)

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.data())
    def any_mix(data: st.DataObject) -> None:
        wishes = data.draw(st.lists(wishes_of(gathering), min_size=2, max_size=6))
        late_s = data.draw(st.lists(st.sampled_from([0.0, 0.005, 0.02]), min_size=6, max_size=6))
        one = data.draw(st.integers(-1, len(wishes) - 1))
        leaves = data.draw(st.booleans())
        ends = gathering.together(wishes, late_s, **{"leaves" if leaves else "fails": one})
        check(gathering, wishes, ends, but=one)

    any_mix()


def test_a_pipeline_that_nobody_has_written_down_does_not_meet(gatherings: Callable[[str], Gathering]) -> None:
    """Only denoisers of known habits meet."""
    pipe = gatherings("sd15").loaded.pipe
    assert can_meet(pipe)

    class Unheard(type(pipe.unet)):  # type: ignore[misc]
        """A denoiser of tomorrow."""

    pipe.unet.__class__, usual = Unheard, type(pipe.unet)
    try:
        assert not can_meet(pipe)
    finally:
        pipe.unet.__class__ = usual


def test_a_closed_meeting_lets_nobody_wait() -> None:
    """Who calls after the end is told so."""
    meeting = Meeting(Order(lambda _: 1))
    meeting.close()
    seating: Any = type("Nothing", (), {"joining": type("J", (), {"share": staticmethod(lambda told: told)})})
    with meeting.guest(Guest("a", 1, 0.0)), pytest.raises(Cancelled):
        meeting.call(seating, {}, "")
