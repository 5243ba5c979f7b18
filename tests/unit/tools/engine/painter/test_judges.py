"""Any CLIP or SigLIP judges, by what it has itself; what can't judge says so in one line."""

import io
import json
import shutil

import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file
from transformers import AutoModel, AutoProcessor

from bot.errors import EngineError, ModelUnavailable
from bot.tasks import JudgeTask
from tests.helpers.studio import png_of
from tools.engine.families import folder_of
from tools.engine.painter import libraries
from tools.engine.painter.discriminator import Discriminator
from tools.engine.painter.judges import Judges, Named

TEXTS = ("a cat", "two dogs", "")


@pytest.fixture(scope="module")
def picture():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(4)
        return Image.fromarray(torch.randint(0, 256, (48, 40, 3), dtype=torch.uint8).numpy())


def verdict(folder, picture, texts=TEXTS, head=None):
    return Judges("cpu", 1, Named(str(folder), head)).judge(JudgeTask("sketch", texts, png_of(picture)))


def loaded(folder):
    """Model and processor as transformers has them; a painter of another test may still be loading."""
    with libraries.LOADING:
        return AutoModel.from_pretrained(folder), AutoProcessor.from_pretrained(folder)


def bare(folder, picture, texts):
    """What transformers' own model makes of them: logits of each text, and cosines."""
    model, processor = loaded(folder)
    padding = {"padding": "max_length", "max_length": 16, "truncation": True}
    words = processor.tokenizer(list(texts), return_tensors="pt", **padding).input_ids
    pixels = processor.image_processor(images=[picture], return_tensors="pt").pixel_values
    with torch.no_grad():
        out = model(input_ids=words, pixel_values=pixels)
    return out.logits_per_image[0], (out.image_embeds @ out.text_embeds.T)[0]


def test_siglip_says_a_probability(models, picture):
    """Its consistencies are the sigmoid of its own logits, whatever the texts beside them."""
    expected = bare(models / "siglip", picture, TEXTS)[0].sigmoid().tolist()
    found = verdict(models / "siglip", picture)
    assert found.consistencies == pytest.approx(expected, abs=1e-4)
    assert len(set(found.consistencies)) == len(TEXTS)
    assert found.judge == str(models / "siglip")
    assert verdict(models / "siglip", picture, TEXTS[1:2]).consistencies == pytest.approx(expected[1:2], abs=1e-4)


def test_clip_is_read_as_clip_score(models, picture, tmp_path):
    """Its consistencies are 2.5 times the cosine, and 0 where picture and text point away from each other."""
    turned = tmp_path / "turned"
    shutil.copytree(models / "clip", turned)
    held = load_file(turned / "model.safetensors")
    held["text_projection.weight"] *= -1
    save_file(held, turned / "model.safetensors", metadata={"format": "pt"})
    found = [verdict(folder, picture).consistencies for folder in (models / "clip", turned)]
    cosines = torch.stack([bare(folder, picture, TEXTS)[1] for folder in (models / "clip", turned)])
    assert (cosines < 0).any()
    assert (cosines > 0.01).any()
    assert torch.allclose(torch.tensor(found), (2.5 * cosines).clamp(0, 1), atol=1e-4)


@pytest.mark.parametrize("kind", ["clip", "siglip"])
def test_quality_without_a_head(models, picture, kind):
    """It is how much nearer the picture is to good than to bad words."""
    logits = bare(models / kind, picture, ("a good picture", "a bad picture"))[0]
    assert verdict(models / kind, picture).quality == pytest.approx(logits.softmax(0)[0].item(), abs=1e-4)


@pytest.mark.parametrize("kind", ["clip", "siglip"])
def test_long_texts_are_cut(models, picture, kind):
    """What is beyond the judge's window changes nothing, and is no error."""
    first, second = verdict(models / kind, picture, ("cat " * 500, "cat " * 500 + "dog")).consistencies
    assert first == pytest.approx(second, abs=1e-5)


def test_aesthetic_head(models, picture, tmp_path):
    """Linear layers on the embedding in the order of their numbers, marks from 1 to 10 brought to 0..1."""
    torch.manual_seed(0)
    first, last = torch.nn.Linear(32, 3), torch.nn.Linear(3, 1)
    torch.nn.init.constant_(last.bias, 5.5)
    layers = {
        f"layers.{n}.{name}": value
        for n, layer in ((2, first), (10, last))
        for name, value in layer.state_dict().items()
    }
    save_file(layers, tmp_path / "head.safetensors")
    model, processor = loaded(models / "clip")
    with torch.no_grad():
        seen = model.get_image_features(
            **processor.image_processor(images=[picture], return_tensors="pt")
        ).pooler_output
        mark = last(first(torch.nn.functional.normalize(seen, dim=-1))).item()
    found = verdict(models / "clip", picture, head=tmp_path / "head.safetensors")
    assert 1 < mark < 10
    assert found.quality == pytest.approx((mark - 1) / 9, abs=1e-4)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "No such file"),
        (b"no safetensors", "can't be used"),
        ({"weight": torch.zeros(2, 32)}, "does not end in one number"),
        ({"layers.0.bias": torch.zeros(1)}, "does not end in one number"),
    ],
    ids=["missing", "noise", "two numbers", "no weight"],
)
def test_wrong_head(models, picture, tmp_path, content, words):
    """A head that is none is named, with the reason."""
    path = tmp_path / "head.safetensors"
    if isinstance(content, dict):
        save_file(content, path)
    elif content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelUnavailable, match=words) as raised:
        verdict(models / "clip", picture, head=path)
    assert str(path) in raised.value.problem
    assert "\n" not in str(raised.value)


def test_head_for_another_width(models, picture, tmp_path):
    """A head for embeddings of another length fails with one line when it is used."""
    save_file({"weight": torch.zeros(1, 768)}, tmp_path / "head.safetensors")
    with pytest.raises(EngineError, match="could not judge this") as raised:
        verdict(models / "clip", picture, head=tmp_path / "head.safetensors")
    assert "\n" not in str(raised.value)


def test_what_a_judge_brings_along(models, picture, tmp_path):
    """Name, scale, shift and discriminator in its limner.json hold; settings' own head wins over its own."""
    folder = tmp_path / "own"
    shutil.copytree(models / "clip", folder)
    told = {"name": "own", "scale": 3.0, "shift": -1.0, "head": "discriminator.safetensors"}
    (folder / "limner.json").write_text(json.dumps(told))
    network = Discriminator()
    torch.nn.init.constant_(network[-1].bias, 7.0)
    save_file(network.state_dict(), folder / "discriminator.safetensors", metadata={"limner": "discriminator"})
    found = verdict(folder, picture)
    cosines = bare(folder, picture, TEXTS)[1]
    assert found.judge == "own"
    assert found.consistencies == pytest.approx((3 * cosines - 1).sigmoid().tolist(), abs=1e-4)
    assert 0.9 < found.quality < 1
    save_file({"weight": torch.zeros(1, 32)}, tmp_path / "head.safetensors")
    assert verdict(folder, picture, head=tmp_path / "head.safetensors").quality == 0
    (folder / "limner.json").write_text(json.dumps({"head": "../head.safetensors"}))
    with pytest.raises(ModelUnavailable, match=r"limner\.json: 'head' is not right"):
        verdict(folder, picture)


def test_no_judge(models, picture):
    """A model that brings no judge along, with none in the settings: one line says what to set."""
    with pytest.raises(EngineError, match=r"There is no judge for pictures of .*Set engines\.local\.judge"):
        Judges("cpu").judge(JudgeTask(str(models / "sd15"), TEXTS, png_of(picture)))


@pytest.mark.parametrize(
    ("place", "words"),
    [("sd15", "can't be loaded"), ("sd15/text_encoder", "can't be"), ("gone", "can't be loaded")],
)
def test_not_a_judge(models, picture, place, words):
    """A folder without a CLIP or SigLIP in it is refused by name."""
    with pytest.raises(ModelUnavailable, match=words) as raised:
        verdict(models / place, picture)
    assert str(models / place) in raised.value.problem
    assert "\n" not in str(raised.value)


def test_damaged_picture(models):
    """A PNG that ends in the middle is the asker's fault, and said so."""
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(buffer, "PNG")
    with pytest.raises(EngineError, match="picture to be judged is damaged"):
        Judges("cpu", 1, Named(str(models / "clip"))).judge(JudgeTask("m", TEXTS, buffer.getvalue()[:60]))


def test_a_named_painter_lends_its_judge(picture):
    """Naming 'sketch' means Sketch's own judge, for whatever model."""
    assert verdict("sketch", picture, ("a cat",)).judge == "sketch"


def test_sketchs_weights_are_small():
    """Sketch's discriminator is kept in float8 and float16, in 50 kB at most."""
    found = folder_of("sketch")
    assert found is not None
    path = found / "clip" / "discriminator.safetensors"
    assert path.stat().st_size <= 50_000
    assert {value.dtype for value in load_file(path).values()} == {torch.float16, torch.float8_e4m3fn}
