"""What is shown of a trained model: the strangers' sheet, the judged sheet, the model card."""

import json
from argparse import Namespace
from pathlib import Path

from PIL import Image

from training.checks import Verdict
from training.evaluate import Question, asked_scenes, error_sheet
from training.land import card, figures_table
from training.prompts import STARTER_PROMPTS, STRANGERS
from training.strangers import numbered, order
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


def test_card_says_what_was_measured(tmp_path: Path) -> None:
    """The card holds data, training, figures and limits, and the weights' size."""
    (tmp_path / "unet.safetensors").write_bytes(b"0" * 2_500_000)
    figures = tmp_path / "figures.json"
    figures.write_text(json.dumps({"figures": {"subject": {"right": 0.9375, "of": 160}}}))
    given = Namespace(
        name="Sketch",
        about="A model.",
        data="drawn scenes",
        recipe="flow matching",
        training="9 hours",
        seed="0",
        limits="knows sixteen things",
        figures=figures,
    )
    text = card(given, tmp_path)
    for words in ("drawn scenes", "flow matching", "9 hours", "2.5 MB", "| subject | 93.8 % | 160 |", "sixteen things"):
        assert words in text
    assert figures_table({}).count("\n") == 1
