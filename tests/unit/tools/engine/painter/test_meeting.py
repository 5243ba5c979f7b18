"""Requests that meet at the denoiser get the picture that they would have got alone, whoever else comes and goes."""

import inspect
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers import StableDiffusionControlNetPipeline
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.helpers import tiny_families, tiny_models
from tools.engine.painter.meeting import Meeting
from tools.engine.painter.order import Guest, Order
from tools.engine.painter.pipelines import Loaded, Shelf
from tools.engine.painter.seats import Seats, can_meet
from tools.engine.wire import Cancelled

# Whoever was served is waited for, so that batches don't depend on the machine's speed.
PATIENCE_S = 30.0
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


@dataclass(frozen=True)
class Wish:
    """One request to a family; equal wishes give equal pictures."""

    words: str
    steps: int
    seed: int
    size: tuple[int, int]
    kind: str = "paint"
    negative: str = ""


class Gathering:
    """One family's model, a meeting, and the batches that ran at it."""

    def __init__(self, loaded: Loaded, control: Any = None) -> None:
        self.loaded = loaded
        self.control = control
        self.batches: list[int] = []
        self.meeting = Meeting(_Counting(self.batches))
        self.seats = Seats(self.meeting)
        self.alone = cache(lambda wish: _latents(self.pipe(wish.kind), wish))

    def pipe(self, kind: str) -> Any:
        """The unmodified pipeline of a kind."""
        if kind == "control":
            return self.control
        return self.loaded.img2img if kind == "img2img" else self.loaded.pipe

    def together(self, wishes: list[Wish], late_s: list[float], leaves: int = -1, fails: int = -1) -> list[Any]:
        """What each wish came to when all run at the meeting: latents, or the error that it ended with."""
        ends: list[Any] = [None] * len(wishes)
        all_here = threading.Barrier(len(wishes))

        def run(number: int) -> None:
            pipe = self.seats.pipe(self.pipe(wishes[number].kind))
            guest = Guest(str(number), wishes[number].steps, time.monotonic(), away=not any(late_s))
            extra = _leaving(self.meeting, guest) if number == leaves else {}
            try:
                with self.meeting.guest(guest):
                    all_here.wait()
                    time.sleep(late_s[number])
                    wish = wishes[number]
                    ends[number] = _latents(pipe, wish, broken=number == fails, **extra)
            except Exception as error:  # noqa: BLE001 - it is what the test looks at
                ends[number] = error

        threads = [threading.Thread(target=run, args=(number,)) for number in range(len(wishes))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
        return ends


class _Counting(Order):
    """Waits for everybody, and keeps how many ran together."""

    def __init__(self, batches: list[int]) -> None:
        super().__init__(lambda _: 8)
        self._batches = batches

    def patience_s(self, group: Any, away: Any, now_s: float) -> float:
        return PATIENCE_S if away and len(group) < 8 else 0.0

    def served(self, group: Any, seconds: float) -> None:
        if group[0].seat.steps:
            self._batches.append(len(group))


def _leaving(meeting: Meeting, guest: Guest) -> dict[str, Any]:
    def leave(pipe: Any, step: int, time_step: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        meeting.dismiss(guest)
        return tensors

    return {"callback_on_step_end": leave}


def _latents(pipe: Any, wish: Wish, *, broken: bool = False, **extra: Any) -> torch.Tensor:
    width, height = wish.size
    told = {
        "prompt": wish.words,
        "num_inference_steps": wish.steps,
        "generator": torch.Generator().manual_seed(wish.seed),
        "output_type": "latent",
        "width": width,
        "height": height,
        "strength": 0.8,
        "complex_human_instruction": [],
        "use_resolution_binning": False,
        "image": _guide(wish.seed, wish.size),
        **extra,
    }
    accepted = inspect.signature(pipe.__call__).parameters
    if wish.negative:
        told["negative_prompt"] = wish.negative
    if wish.kind == "paint":
        del told["image"]
    if broken:
        told["callback_on_step_end"] = _break
    found: torch.Tensor = pipe(**{name: value for name, value in told.items() if name in accepted}).images
    return found


def _break(_pipe: Any, step: int, _time: Any, tensors: dict[str, Any]) -> dict[str, Any]:
    """From the second step on a request hands in latents of a shape that the denoiser can't take."""
    return {"latents": tensors["latents"].repeat(1, 2, *[1] * (tensors["latents"].dim() - 2))} if step else tensors


def _guide(seed: int, size: tuple[int, int]) -> Image.Image:
    grain = torch.rand(size[1], size[0], 3, generator=torch.Generator().manual_seed(seed))
    return Image.fromarray((grain * 255).byte().numpy())


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
    return ["paint"] + ["img2img"] * bool(gathering.loaded.img2img) + ["control"] * bool(gathering.control)


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
