"""Everything in tools/sketch loads unchanged with its library's own classes and does its work on real pictures."""

import json
from collections.abc import Iterator
from random import Random

import numpy as np
import pytest
import torch
from diffusers import (
    AutoPipelineForText2Image,
    DiffusionPipeline,
    StableDiffusionImg2ImgPipeline,
    StableDiffusionInpaintPipeline,
    StableDiffusionPipeline,
)
from PIL import Image

from bot.tasks import JudgeTask, Verdict
from tests.helpers.studio import png_of
from tools.engine.families import folder_of
from tools.engine.painter.judges import Judges
from training.assess import captions_of, clip_similarity, names_subject
from training.land import figures_table
from training.pictures import psnr_db, to_images, to_tensor
from training.upscaler import Upscaler, damaged
from training.world import STARTER, Scene, Thing, render
from training.world.words import PLACES

# A scheduler of diffusers hands tensors to NumPy in a way that NumPy frowns at.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
found = folder_of("sketch")
assert found is not None
FOLDER = found
PARTS = ("clip", "captioner", "upscaler-x2", "upscaler-x4")
MOST_BYTES = 43_000_000
CALL = {"num_inference_steps": 8, "guidance_scale": 2.5}


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Small tensors gain nothing from more threads, and busy machines lose much."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def scene(subject: str, place: str, colour: str | None = None, style: str = "flat") -> Scene:
    thing = Thing(subject, colour, 128.0, 216.0, 130.0, floats=False)
    return Scene((thing,), place, "day", "clear", style, "", (0.3, 0.6, 0.2, 0.8, 0.5, 0.4, 0.7, 0.1, 0.9, 0.5))


CAT = scene("cat", "beach")
SCENES = {
    "a cat on a beach": CAT,
    "a red car on a city street": scene("car", "city", "red"),
    "a cactus in the desert": scene("cactus", "desert"),
    "pixel art of a penguin in the snow": scene("penguin", "snow", style="pixel"),
    "pencil sketch of a castle on a meadow": scene("castle", "meadow", style="pencil"),
}


def paint(pipeline: DiffusionPipeline, prompt: str, seed: int = 3, **more: object) -> Image.Image:
    pipeline.set_progress_bar_config(disable=True)
    return pipeline(prompt, generator=torch.Generator().manual_seed(seed), **CALL | more).images[0]


def distance(first: Image.Image, second: Image.Image) -> float:
    return float(np.abs(np.asarray(first, np.float32) - np.asarray(second, np.float32)).mean())


def test_the_family_is_as_small_as_promised() -> None:
    """All files together stay within 43,000,000 bytes, weights are in safetensors, and nothing else is pickled."""
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES
    assert {path.suffix for path in files} == {".json", ".md", ".safetensors"}


@pytest.mark.parametrize("name", ["", *PARTS])
def test_each_model_has_a_card(name: str) -> None:
    """Data, recipe, training, seed, commit, figures with their command, limits and licence stand in its README."""
    text = (FOLDER / name / "README.md").read_text(encoding="utf-8")
    rows = ("| Data |", "| Recipe |", "| Training |", "| Seed |", "| Commit |", "| Size |", "| Licence | Apache-2.0")
    assert [row for row in (*rows, "## Figures", "Measured with", "## Limits") if row not in text] == []
    assert text.startswith("---\nlicense: apache-2.0\n")
    assert figures_table({"figures": {}}) in text


def test_the_art_is_credited() -> None:
    """NOTICE and every card name the font that the glyphs come from, and its licence."""
    root = FOLDER.parents[1]
    texts = [root / "NOTICE", FOLDER / "README.md", *(FOLDER / name / "README.md" for name in PARTS)]
    for path in texts:
        text = path.read_text(encoding="utf-8")
        assert "Noto Color Emoji" in text, path
        assert "SIL Open Font License" in text, path
    assert "Apache License" in (root / "LICENSE").read_text(encoding="utf-8")


def test_no_config_tells_where_it_was_made() -> None:
    """No path of the machine that trained the weights is left in a config."""
    for path in FOLDER.rglob("*.json"):
        data = json.loads(path.read_text(encoding="utf-8"))
        assert "_name_or_path" not in data, path
        assert "/root/" not in path.read_text(encoding="utf-8"), path


def test_clip_finds_the_right_caption() -> None:
    """Each picture is nearest to its own caption, and each caption to its own picture."""
    pictures = [render(one).image for one in SCENES.values()]
    nearest = clip_similarity(FOLDER / "clip", pictures, list(SCENES))
    assert nearest.argmax(1).tolist() == nearest.argmax(0).tolist() == list(range(len(SCENES)))


def test_the_captioner_names_what_it_sees() -> None:
    """The subject of each picture stands in its caption, alone; so do its place and, for one, the style."""
    said = captions_of(FOLDER / "captioner", [render(one).image for one in SCENES.values()])
    for text, one in zip(said, SCENES.values(), strict=True):
        assert names_subject(text, one.things[0].subject, STARTER), text
        assert any(words in text for words in PLACES[one.place].english), text
    assert "pencil" in said[4]


@pytest.mark.parametrize("scale", [2, 4])
def test_the_upscaler_beats_plain_enlarging(scale: int) -> None:
    """A damaged small picture comes back nearer to the truth than by bicubic enlarging."""
    truth = render(CAT).image
    small = damaged(truth, scale, Random(5))
    with torch.no_grad():
        restored = to_images(Upscaler.from_pretrained(FOLDER / f"upscaler-x{scale}").float()(to_tensor([small])))[0]
    plain = small.resize(truth.size, Image.Resampling.BICUBIC)
    restored_db, plain_db = psnr_db(to_tensor([restored, plain]), to_tensor([truth, truth])).tolist()
    assert restored.size == truth.size
    assert restored_db > plain_db + 0.5


@pytest.mark.painter
def test_the_pipeline_paints_what_was_asked() -> None:
    """StableDiffusionPipeline paints pictures that CLIP gives back to their prompts, and the same ones again."""
    made = StableDiffusionPipeline.from_pretrained(FOLDER)
    prompts = list(SCENES)[:3]
    pictures = [paint(made, prompt) for prompt in prompts]
    assert clip_similarity(FOLDER / "clip", pictures, prompts).argmax(1).tolist() == [0, 1, 2]
    assert all(picture.size == (256, 256) for picture in pictures)
    assert np.array_equal(np.asarray(paint(made, prompts[0])), np.asarray(pictures[0]))


@pytest.fixture(scope="module")
def verdicts() -> tuple[list[str], list[Verdict]]:
    """Every render judged by every caption."""
    judges, texts = Judges("cpu", 1), list(SCENES)
    return texts, [
        judges.judge(JudgeTask("sketch", tuple(texts), png_of(render(one).image))) for one in SCENES.values()
    ]


def test_the_judge_prefers_what_was_asked(verdicts: tuple[list[str], list[Verdict]]) -> None:
    """A true render is likely to show its own caption and unlikely to show any other, and is well made."""
    texts, found = verdicts
    for index, verdict in enumerate(found):
        others = [share for number, share in enumerate(verdict.consistencies) if number != index]
        assert verdict.consistencies[index] > 0.5 > 0.2 > max(others), texts[index]
        assert verdict.quality > 0.8, texts[index]


@pytest.mark.painter
def test_the_judge_prefers_more_steps(verdicts: tuple[list[str], list[Verdict]]) -> None:
    """Eight steps are better made than one from the same noise, a render is better still; other words fit worse."""
    made, judges = StableDiffusionPipeline.from_pretrained(FOLDER), Judges("cpu", 1)
    text, other = list(SCENES)[1:3]
    one, eight = (
        judges.judge(JudgeTask("sketch", (text, other), png_of(paint(made, text, num_inference_steps=steps))))
        for steps in (1, 8)
    )
    assert one.quality < eight.quality < verdicts[1][1].quality
    assert eight.consistencies[0] > 0.5 > eight.consistencies[1]


@pytest.mark.painter
def test_the_automatic_pipeline_is_the_same() -> None:
    """AutoPipelineForText2Image takes the folder for a StableDiffusionPipeline and paints the very same picture."""
    automatic = AutoPipelineForText2Image.from_pretrained(FOLDER)
    assert type(automatic) is StableDiffusionPipeline
    plain = paint(StableDiffusionPipeline.from_pretrained(FOLDER), "a cat on a beach")
    assert np.array_equal(np.asarray(paint(automatic, "a cat on a beach")), np.asarray(plain))


@pytest.mark.painter
def test_a_picture_to_start_from_is_kept_in_part() -> None:
    """StableDiffusionImg2ImgPipeline changes less the smaller the strength, and something even then."""
    made = StableDiffusionImg2ImgPipeline.from_pretrained(FOLDER)
    start = render(CAT).image
    little, much = (paint(made, "a dog on a beach", image=start, strength=strength) for strength in (0.4, 1.0))
    assert 1 < distance(little, start) < distance(much, start)


@pytest.mark.painter
def test_inpainting_leaves_the_rest_alone() -> None:
    """StableDiffusionInpaintPipeline paints inside the mask and hardly touches what lies outside."""
    made = StableDiffusionInpaintPipeline.from_pretrained(FOLDER)
    start, mask = render(CAT).image, Image.new("L", (256, 256))
    mask.paste(255, (48, 64, 208, 240))
    done = paint(made, "a red car on a beach", image=start, mask_image=mask, width=256, height=256, strength=1.0)
    changed = np.abs(np.asarray(done, np.float32) - np.asarray(start, np.float32)).mean(-1)
    inside = np.asarray(mask) > 0
    assert changed[inside].mean() > 3 * changed[~inside].mean()
    assert changed[~inside].mean() < 12
