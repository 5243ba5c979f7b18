"""Tokens are counted by what lies in a model's tokenizer folders, without weights and without torch."""

import json
import shutil
import subprocess
import sys

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from transformers import CLIPTokenizer

from bot.errors import ModelUnavailable
from tools.engine.families import folder_of
from tools.engine.tokens import Counters

TEXTS = ("a cat on a beach", "A CAT!! 12 dogs, 一只猫", "", "a " * 300)


def lay_out(folder, pipeline, **words):
    """A model folder with nothing in it but tokenizers, each of which knows some words and takes others for one."""
    for name, known in words.items():
        whole = Tokenizer(WordLevel({"[unk]": 0, **{word: number for number, word in enumerate(known, 1)}}, "[unk]"))
        whole.pre_tokenizer = Whitespace()
        whole.enable_truncation(3)
        whole.enable_padding(length=5)
        (folder / name).mkdir(parents=True)
        whole.save(str(folder / name / "tokenizer.json"))
    (folder / "model_index.json").write_text(json.dumps({"_class_name": pipeline}))
    return folder


def letters(folder):
    """The tokenizer in a folder, from now on one that takes every letter for a token."""
    path = folder / "tokenizer.json"
    fields = json.loads(path.read_text())
    fields["pre_tokenizer"] = {"type": "Split", "pattern": {"Regex": "."}, "behavior": "Isolated", "invert": False}
    path.write_text(json.dumps(fields))


def count(folder, *texts):
    return Counters().of(folder, "m").count(texts)


def test_sketch_counts_as_transformers_does():
    """The built-in model's own tokenizer counts, in whatever language, and neither cuts nor pads."""
    folder = folder_of("sketch")
    tokenizer = CLIPTokenizer.from_pretrained(folder / "tokenizer")
    tokenizer.backend_tokenizer.no_truncation()
    tokenizer.backend_tokenizer.no_padding()
    expected = tuple(len(tokenizer.backend_tokenizer.encode(text, add_special_tokens=False).ids) for text in TEXTS)
    assert count(folder, *TEXTS) == expected
    assert expected[0] == 5
    assert expected[2] == 0
    assert expected[3] == 300


def test_saved_truncation_and_padding_do_not_count(tmp_path):
    """A tokenizer that was saved to cut at three tokens and to pad to five counts seven and one."""
    assert count(lay_out(tmp_path, "ZImagePipeline", tokenizer=["a"]), "a b c d e f g", "a") == (7, 1)


@pytest.mark.parametrize(
    ("pipeline", "expected"),
    [
        ("StableDiffusionXLPipeline", 7),
        ("FluxPipeline", 7),
        ("StableDiffusion3Pipeline", 2),
        ("BrandNewPipeline", 7),
    ],
)
def test_the_right_one_of_several(tmp_path, pipeline, expected):
    """Of SDXL's two the larger count holds; FLUX.1 counts by its second, SD3 by its third, others by any."""
    folder = lay_out(tmp_path, pipeline, tokenizer=["a"], tokenizer_2=["a"], tokenizer_3=["a"])
    letters(folder / "tokenizer_2")
    assert count(folder, "cat dog") == (expected,)


def test_sd3_without_t5(tmp_path):
    """Where T5 was left out, its CLIPs decide."""
    assert count(lay_out(tmp_path, "StableDiffusion3Pipeline", tokenizer=["a"], tokenizer_2=["a"]), "a b") == (2,)


def test_read_once(tmp_path):
    """A tokenizer is kept, so that counting goes on when its files are gone."""
    folder = lay_out(tmp_path, "StableDiffusionPipeline", tokenizer=["a"])
    counters = Counters()
    assert counters.of(folder, "m") is counters.of(folder, "m")
    shutil.rmtree(folder)
    assert counters.of(folder, "m").count(("a b",)) == (2,)


def test_only_word_list_and_merges(tmp_path):
    """What is not kept as a tokenizer.json can't be counted here, not even when another of the model's is."""
    folder = lay_out(tmp_path, "StableDiffusionXLPipeline", tokenizer=["a"], tokenizer_2=["a"])
    (folder / "tokenizer_2" / "tokenizer.json").unlink()
    assert Counters().of(folder, "m") is None


def test_damaged(tmp_path):
    """A broken tokenizer is named by its path."""
    folder = lay_out(tmp_path, "StableDiffusionPipeline", tokenizer=["a"])
    (folder / "tokenizer" / "tokenizer.json").write_text("[]")
    with pytest.raises(ModelUnavailable, match=r"tokenizer\.json can't be read.*again"):
        Counters().of(folder, "m")


def test_needs_no_torch():
    """Counting imports neither torch nor transformers."""
    code = (
        "import sys; from tools.engine.families import folder_of; from tools.engine.tokens import Counters; "
        "print(Counters().of(folder_of('sketch'), 'sketch').count(('a cat',))); "
        "sys.exit(bool({'torch', 'transformers', 'diffusers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "(2,)\n"), done.stderr
