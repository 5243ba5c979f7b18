"""LoRAs: each picture is painted with its own and no other, whoever else paints; what does not fit changes nothing."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers import DiffusionPipeline
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from bot.errors import EngineError, ModelUnavailable
from bot.tasks import Lora, Painted, PaintEvent, PaintTask
from tests.helpers import tiny_models
from tests.helpers.gathering import Gathering, Wish, latents
from tests.helpers.serving import painter
from tests.helpers.studio import Watcher, pixels, task
from tests.helpers.tiny_loras import save_lora
from tools.engine.client import PainterClient
from tools.engine.painter.adapters import MOST_LOADED, Worn, worn_by
from tools.engine.painter.pipelines import Shelf
from tools.engine.painter.studio import Studio, Ways

# A scheduler of diffusers hands tensors to NumPy in a way that NumPy frowns at.
pytestmark = [
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Already found a `peft_config` attribute:UserWarning"),  # plain diffusers' own
]
FAMILIES: dict[str, tuple[Callable[[Path], Path], tuple[str, ...]]] = {
    "sd15": (tiny_models.save_sd15, ("unet", "text_encoder")),
    "flux1": (tiny_models.save_flux1, ("transformer",)),
}


class Album:
    """One family's model with two LoRAs, at a meeting; and the same model as diffusers alone paints with it."""

    def __init__(self, folder: Path, parts: tuple[str, ...]) -> None:
        self._folder = folder
        self.bare = _plain(folder)
        self.files = [
            save_lora(self.bare, folder / f"{name}.safetensors", *parts, seed=n) for n, name in enumerate("ab")
        ]
        loras = [Lora(file.stem, str(file)) for file in self.files]
        loaded = Shelf(torch.device("cpu"), previews=False).take(str(folder), loras)
        self.gathering = Gathering(loaded)
        self._plain = _plain(folder)
        for file in self.files:
            self._plain.load_lora_weights(str(file), adapter_name=worn_by([Lora("", str(file))])[0][0])
        self.alone = cache(self._alone)

    def worn(self, **weights: float) -> Worn:
        return worn_by(
            Lora(name, str(self._folder / f"{name}.safetensors"), weight) for name, weight in weights.items()
        )

    def _alone(self, wish: Wish) -> torch.Tensor:
        if not wish.worn:
            return latents(self.bare, wish)
        self._plain.set_adapters([name for name, _ in wish.worn], [weight for _, weight in wish.worn])
        return latents(self._plain, wish)


def _plain(folder: Path) -> Any:
    pipe = DiffusionPipeline.from_pretrained(folder)
    pipe.set_progress_bar_config(disable=True)
    return pipe


@pytest.fixture(scope="module")
def albums(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Album]]:
    """Each family's, made once."""
    made: dict[str, Album] = {}

    def album(family: str) -> Album:
        if family not in made:
            save, parts = FAMILIES[family]
            made[family] = Album(save(tmp_path_factory.mktemp(family)), parts)
        return made[family]

    yield album
    for one in made.values():
        one.gathering.meeting.close()


def check(album: Album, wishes: list[Wish]) -> None:
    ends = album.gathering.together(wishes, [0.0] * len(wishes))
    for wish, end in zip(wishes, ends, strict=True):
        assert isinstance(end, torch.Tensor), (wish, end)
        assert (end - album.alone(wish)).abs().max() <= 1e-4, wish


@pytest.mark.parametrize("family", FAMILIES)
def test_each_wears_its_own(family: str, albums: Callable[[str], Album]) -> None:
    """None, one, another, the same at another weight and both, two requests of each, in company: as diffusers alone."""
    album = albums(family)
    mix = [album.worn(), album.worn(a=1.0), album.worn(b=0.7), album.worn(a=-0.5), album.worn(a=0.5, b=1.2)]
    wishes = [Wish("a cat", 3, seed, (64, 64), worn=worn) for seed in (0, 1) for worn in mix]
    alone = [album.alone(wish) for wish in wishes[: len(mix)]]
    assert min((one - other).abs().max() for one in alone for other in alone if one is not other) > 0.01
    album.gathering.batches.clear()
    check(album, wishes)
    assert set(album.gathering.batches) == {2}, "those with the same adapters and weights meet, and nobody else"


@pytest.mark.parametrize("family", FAMILIES)
def test_without_any_it_is_the_bare_model(family: str, albums: Callable[[str], Album]) -> None:
    """After others painted with LoRAs a request without one gets the bare model's latents, bit for bit."""
    album = albums(family)
    wish = Wish("a house", 3, 5, (64, 64))
    first, after = (
        album.gathering.together([one], [0.0])[0] for one in (Wish("x", 2, 0, (64, 64), worn=album.worn(a=1.0)), wish)
    )
    assert isinstance(first, torch.Tensor)
    assert torch.equal(after, latents(album.bare, wish))


@pytest.mark.proof
@pytest.mark.parametrize("family", FAMILIES)
def test_any_mix_is_painted_as_alone(family: str, albums: Callable[[str], Album]) -> None:
    """Random mixes of LoRAs, weights, words, steps and sizes."""
    album = albums(family)
    weights = st.dictionaries(st.sampled_from("ab"), st.sampled_from([-1.0, 0.3, 0.8, 1.0, 2.0]), max_size=2)
    wish = st.builds(
        lambda words, steps, seed, worn: Wish(words, steps, seed, (64, 64), worn=album.worn(**worn)),
        st.sampled_from(["a cat", "two red dogs by the sea"]),
        st.integers(2, 4),
        st.integers(0, 1),
        weights,
    )

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(wish, min_size=2, max_size=6))
    def any_mix(wishes: list[Wish]) -> None:
        check(album, wishes)

    any_mix()


@pytest.fixture(scope="module")
def sd15(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model, and beside it in loras/ a.safetensors."""
    folder = tiny_models.save_sd15(tmp_path_factory.mktemp("model"))
    save_lora(_plain(folder), folder / "loras" / "a.safetensors", "unet", "text_encoder")
    return folder


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    opened = Studio(Ways("cpu", pace=None))
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=[False, True], ids=["alone", "beside another"])
def beside(request: pytest.FixtureRequest, sd15: Path) -> Iterator[tuple[Studio, tuple[Lora, ...]]]:
    """A studio, and a LoRA that it has loaded already, or none."""
    opened = Studio(Ways("cpu", pace=None))
    loras = (Lora("good", str(sd15 / "loras")),) * request.param
    opened.load(str(sd15), loras)
    yield opened, loras
    opened.close()


def painted(studio: Studio, model: Path, *loras: Lora) -> bytes:
    return studio.paint(task(model, loras=loras), Watcher()).png


def broken(folder: Path, kind: str) -> Path:
    """A file that can't be used; `pickle` is a real LoRA in the format that may run code."""
    file = folder / f"{kind}.safetensors"
    match kind:
        case "missing":
            pass
        case "damaged":
            file.write_bytes(b"\0" * 64)
        case "foreign":
            save_file(
                {"transformer.x.lora_A.weight": torch.ones(4, 8), "transformer.x.lora_B.weight": torch.ones(8, 4)}, file
            )
        case "misshapen":
            name = "unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q"
            save_file({f"{name}.lora_A.weight": torch.ones(4, 7), f"{name}.lora_B.weight": torch.ones(9, 4)}, file)
        case "half":
            state = load_file(folder.parent / "a.safetensors")
            name = "text_encoder.encoder.layers.0.self_attn.q_proj.lora_linear_layer.down.weight"
            assert name in state
            save_file(state | {name: torch.ones(4, 3)}, file)
        case "pickle":
            file = folder / "pytorch_lora_weights.bin"
            torch.save({"unet.x.lora_A.weight": torch.ones(4, 8)}, file)
    return file


@pytest.mark.parametrize("kind", ["missing", "damaged", "foreign", "misshapen", "half", "pickle"])
def test_what_can_not_be_used_is_told_and_changes_nothing(
    kind: str, sd15: Path, beside: tuple[Studio, tuple[Lora, ...]], tmp_path: Path
) -> None:
    """One line that names the LoRA, and the model paints on as before, bare and with another one."""
    studio, loras = beside
    shutil.copy(sd15 / "loras" / "a.safetensors", tmp_path)
    (tmp_path / "more").mkdir()
    before = [painted(studio, sd15), painted(studio, sd15, *loras)]
    with pytest.raises(EngineError) as raised:
        painted(studio, sd15, Lora("wrong", str(broken(tmp_path / "more", kind))))
    assert "'wrong'" in str(raised.value)
    assert "\n" not in str(raised.value)
    assert raised.value.remedy
    assert isinstance(raised.value, ModelUnavailable) == (kind in ("missing", "damaged", "pickle"))
    assert [painted(studio, sd15), painted(studio, sd15, *loras)] == before
    assert (before[0] == before[1]) == (not loras)


def test_few_stay_loaded(sd15: Path, studio: Studio, tmp_path: Path) -> None:
    """Of many LoRAs the last few stay; one that is gone is loaded again and paints the same."""
    source = (sd15 / "loras" / "a.safetensors").read_bytes()
    loras = []
    for number in range(MOST_LOADED + 1):
        (tmp_path / f"{number}.safetensors").write_bytes(source)
        loras.append(Lora(str(number), str(tmp_path / f"{number}.safetensors")))
    first = painted(studio, sd15, loras[0])
    for lora in loras[1:-1]:
        studio.load(str(sd15), (lora,))
    painted(studio, sd15, loras[0])  # so that it is not the one that was used the longest time ago
    studio.load(str(sd15), (loras[-1],))
    ready = [studio.ready(str(sd15), (lora,)) for lora in loras]
    assert ready == [True, False] + [True] * (MOST_LOADED - 1)
    assert painted(studio, sd15, loras[1]) == first


def test_a_model_that_paints_by_itself_wears_them_too(sd15: Path, studio: Studio) -> None:
    """A picture that shares no step wears its LoRAs, and the next one none; a folder stands for its one file."""
    wishes = [(Lora("a", str(sd15 / "loras"), 0.8),), ()]
    wanted = [painted(studio, sd15, *loras) for loras in wishes]
    shelf = studio._open.shelf
    shelf._loaded[str(sd15)] = replace(shelf.get(str(sd15)), seats=None)
    assert [painted(studio, sd15, *loras) for loras in wishes] == wanted
    assert abs(pixels(wanted[0]) - pixels(wanted[1])).max() > 2


async def test_a_lora_is_loaded_while_nobody_paints(sd15: Path, tmp_path: Path) -> None:
    """Who wants a LoRA waits for those that paint; one that can't be had fails its own picture and nobody else's."""
    wanted = [(), (Lora("wrong", str(tmp_path / "none.safetensors")),), (Lora("a", str(sd15 / "loras")),), ()]
    tasks = [replace(task(sd15, loras=loras, seed=n, steps=9), id=str(n)) for n, loras in enumerate(wanted)]
    told: list[tuple[str, str]] = []

    async def hear(client: PainterClient, one: PaintTask) -> PaintEvent | EngineError | None:
        last: PaintEvent | None = None
        try:
            async for last in client.paint(one):
                told.append((one.id, type(last).__name__))
        except EngineError as error:
            return error
        return last

    async with painter(tmp_path / "s", str(sd15)), PainterClient(socket=tmp_path / "s") as client:
        await client.describe(str(sd15))
        ends = await asyncio.gather(*[hear(client, one) for one in tasks])
    assert [type(end) for end in ends] == [Painted, ModelUnavailable, Painted, Painted]
    assert "'wrong'" in str(ends[1])
    assert told.index(("0", "Painted")) < told.index(("2", "Step"))
