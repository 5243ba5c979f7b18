"""What is shown of a trained model: the strangers' sheet, the judged sheet, the model card."""

import json
from argparse import Namespace
from pathlib import Path

import torch
from diffusers import StableDiffusionPipeline
from PIL import Image
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from training.autoencoder import new_autoencoder
from training.checks import Verdict
from training.denoiser import new_text_model, new_unet, pipeline, save_half
from training.evaluate import Question, asked_scenes, error_sheet
from training.land import card, figures_table, land, main, rounded, shrink
from training.prompts import STARTER_PROMPTS, STRANGERS
from training.strangers import numbered, order
from training.tokenizer import captions_of, train_tokenizer
from training.world import STARTER, SUBJECTS, held_out
from training.world.words import PLACES


def test_strangers_prompts_ask_for_known_things() -> None:
    """Each of the twenty prompts names a starter subject and a place, and every subject comes up."""
    named = set()
    for prompt in STRANGERS:
        subjects = [s for s in STARTER.subjects if any(f" {name} " in f" {prompt} " for name in SUBJECTS[s].english)]
        assert len(subjects) == 1, prompt
        assert any(words in prompt for place in STARTER.places for words in PLACES[place].english), prompt
        named.update(subjects)
    assert len(STRANGERS) == 20
    assert named == set(STARTER.subjects)
    assert len(STARTER_PROMPTS) == 24


def test_strangers_sheet_is_out_of_order_and_complete() -> None:
    """The order shows each prompt once, not as listed, and is the same every day."""
    assert sorted(order()) == list(range(20))
    assert order() != list(range(20))
    assert order() == order()
    assert numbered([Image.new("RGB", (256, 256))] * 20).size == (1288, 1030)


def test_questions_are_about_held_out_combinations() -> None:
    """Scenes asked of a model are of one kind and hold a combination that training never met."""
    scenes = asked_scenes(STARTER, "pair", 20, Question().seed, held=True)
    assert {scene.kind for scene in scenes} == {"pair"}
    assert all(any(held_out(t.subject, s.place) for t in s.things) for s in scenes)


def test_faults_are_framed() -> None:
    """A picture with a fault gets a red frame; a right one stays as it was."""
    plain = Image.new("RGB", (256, 256), "white")
    right = Verdict(True, None, True, True, None, None, None, "cat", "beach")
    wrong = Verdict(False, None, True, True, None, None, None, "smear", "beach")
    made = error_sheet([plain, plain], [right, wrong])
    assert made.getpixel((1, 1)) == (255, 255, 255)
    assert made.getpixel((163, 1)) == (230, 20, 20)


def test_questions_of_colour_all_name_one() -> None:
    """The question of colours asks for one thing whose colour is named, in styles that have colours."""
    scenes = asked_scenes(STARTER, "colour", 12, Question().seed, held=True)
    assert len(scenes) == 12
    assert all(scene.kind == "one" and scene.things[0].colour for scene in scenes)
    assert {scene.style for scene in scenes} <= {"flat", "pixel"}


def given_for(figures: Path, **more: object) -> Namespace:
    words = {"name": "Sketch", "about": "A model.", "data": "drawn scenes", "recipe": "flow matching", "seed": "0"}
    words |= {"training": "9 hours", "limits": "knows sixteen things", "library": "diffusers", "task": "text-to-image"}
    return Namespace(**words, commit="abc1234", measured="python -m training.evaluate", figures=[figures], **more)


def test_card_says_what_was_measured(tmp_path: Path) -> None:
    """The card holds data, training, commit, figures with their command, and limits, and the weights' size."""
    (tmp_path / "unet.safetensors").write_bytes(b"0" * 2_500_000)
    figures = tmp_path / "figures.json"
    subject = {"subject": {"right": 0.9375, "of": 160}}
    found = {"figures": subject | {"restored": {"db": 30.5, "of": 9}}, "styles": {"pixel": subject}}
    figures.write_text(json.dumps(found))
    text = card(given_for(figures), tmp_path)
    said = ("drawn scenes", "flow matching", "9 hours", "2.50 MB", "abc1234", "training.evaluate", "sixteen things")
    assert [words for words in said if words not in text] == []
    rows = ["| subject | 93.8 % | 160 |", "| restored | 30.50 dB | 9 |", "| subject (pixel) | 93.8 % | 160 |"]
    assert figures_table(found).splitlines()[2:] == rows
    assert "\n".join(rows) in text


def test_large_tensors_land_in_float8(tmp_path: Path) -> None:
    """A large matrix is rounded, a small, a tiny-valued and a far too great one are kept; what the file says stays."""
    torch.manual_seed(0)
    large = torch.randn(64, 64) * 0.05
    values = {"large": large, "small": torch.randn(8, 8), "bias": torch.randn(5000), "faint": large * 1e-3}
    values["great"] = large * 1e5
    save_file(values, tmp_path / "model.safetensors", metadata={"limner": "discriminator"})
    shrink(tmp_path / "model.safetensors", rounded)
    landed = load_file(tmp_path / "model.safetensors")
    assert {name for name, value in landed.items() if value.dtype == torch.float8_e4m3fn} == {"large"}
    assert (landed["large"].float() - large).norm() < 0.03 * large.norm()
    assert all(
        torch.allclose(landed[name].float(), value, rtol=1e-3, atol=1e-6)
        for name, value in values.items()
        if name != "large"
    )
    with safe_open(tmp_path / "model.safetensors", "pt") as file:
        assert file.metadata() == {"limner": "discriminator"}


def test_landed_weights_are_half_as_large_and_say_nothing_of_the_machine(tmp_path: Path) -> None:
    """Weights are kept in float16, word lists in one line, and no path of whoever trained them stays in a config."""
    weights, folder = tmp_path / "weights", tmp_path / "landed"
    weights.mkdir()
    torch.manual_seed(0)
    values = {"layer.weight": torch.randn(300), "ids": torch.arange(40)}
    save_file(values, weights / "model.safetensors")
    origin = {"_name_or_path": "/home/me/weights", "dtype": "float16"}
    config = {**origin, "encoder": origin}
    (weights / "config.json").write_text(json.dumps(config))
    (weights / "tokenizer.json").write_text(json.dumps({"model": {"vocab": {"猫": 1}}}, indent=4))
    land(weights, folder)
    landed = load_file(folder / "model.safetensors")
    assert landed["layer.weight"].dtype == torch.float16
    assert landed["ids"].equal(values["ids"])
    assert torch.allclose(landed["layer.weight"].float(), values["layer.weight"], atol=2e-3)
    assert json.loads((folder / "config.json").read_text()) == {"dtype": "float32", "encoder": {"dtype": "float32"}}
    assert (folder / "tokenizer.json").read_text(encoding="utf-8") == '{"model":{"vocab":{"猫":1}}}\n'


def test_a_pipeline_lands_beside_other_models(tmp_path: Path) -> None:
    """A pipeline lands as one file a part and loads again; its card does not count a model in a folder beside."""
    tokenizer = train_tokenizer(captions_of(STARTER, 100, 1), 600)
    parts = new_autoencoder(), new_text_model(tokenizer, layers=1), tokenizer, new_unet((32, 64, 64))
    save_half(pipeline(*parts), tmp_path / "made", "1MB")
    folder = tmp_path / "landed"
    (folder / "clip").mkdir(parents=True)
    (folder / "clip" / "model.safetensors").write_bytes(b"0" * 9_000_000)
    (folder / "limner.json").write_text("{}")
    (tmp_path / "figures.json").write_text(json.dumps({"figures": {}}))
    options = ["--figures", str(tmp_path / "figures.json"), "--measured", "x", "--training", "1 minute"]
    main([str(tmp_path / "made"), str(folder), *options])
    assert (folder / "limner.json").read_text() == "{}"
    assert len(list((folder / "unet").glob("*.safetensors"))) == 1
    StableDiffusionPipeline.from_pretrained(folder)
    size = sum(path.stat().st_size for path in folder.rglob("*.safetensors")) - 9_000_000
    assert f"{size / 1e6:.2f} MB" in (folder / "README.md").read_text()
