"""A landed model loses only word pieces that no text can hold, and reads every text as before."""

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from transformers import CLIPTextModel, CLIPTokenizer

from tools.engine.families import folder_of
from training.denoiser import new_text_model, token_ids
from training.tokenizer import captions_of, train_tokenizer
from training.vocabulary import compact, unreachable
from training.world import STARTER

TEXTS = [
    "A RED Cat,\ton\va\x1c Beach",
    "Ünï 🐈 Ⅷ ΑΒΓ İstanbul",
    "\u00a0x\u2003y\u200bz",
    "<|endoftext|> 猫",
    "\U0010fffe",
    "",
]


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A text model with its tokenizer, nothing left out."""
    tokenizer = train_tokenizer(captions_of(STARTER, 60, 1), 600)
    tokenizer.save_pretrained(tmp_path)
    torch.manual_seed(0)
    new_text_model(tokenizer, layers=1).half().save_pretrained(tmp_path)
    return tmp_path


def read(folder: Path, texts: list[str]) -> tuple[list[list[str]], torch.Tensor]:
    """The pieces of each text, and what the text model makes of them, (n, 40, width)."""
    tokenizer = CLIPTokenizer.from_pretrained(folder)
    ids = token_ids(tokenizer, texts)
    with torch.no_grad():
        states: torch.Tensor = CLIPTextModel.from_pretrained(folder, dtype=torch.float32)(ids).last_hidden_state
    return [tokenizer.convert_ids_to_tokens(row) for row in ids.tolist()], states


def test_every_text_is_read_as_before(whole: Path) -> None:
    """Same pieces, bit-identical states, fewer rows; doing it again changes nothing."""
    texts = [*TEXTS, *captions_of(STARTER, 20, 2)]
    pieces, states = read(whole, texts)
    size = len(CLIPTokenizer.from_pretrained(whole))
    compact(whole, whole)
    rows = load_file(whole / "model.safetensors")["embeddings.token_embedding.weight"]
    assert len(rows) == len(CLIPTokenizer.from_pretrained(whole)) == size - 141
    once = [path.read_bytes() for path in sorted(whole.iterdir())]
    compact(whole, whole)
    assert [path.read_bytes() for path in sorted(whole.iterdir())] == once
    after, others = read(whole, texts)
    assert after == pieces
    assert torch.equal(others, states)


def test_no_character_needs_what_is_left_out(whole: Path) -> None:
    """Of every 17th character there is, at the start and at the end of words, none is spelt with a dropped piece."""
    told = json.loads((whole / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer = CLIPTokenizer.from_pretrained(whole).backend_tokenizer
    tokenizer.no_truncation()
    letters = [chr(code) for code in range(0, 0x110000, 17) if not 0xD800 <= code < 0xE000] + [
        chr(c) for c in range(256)
    ]
    spelt = {piece for text in letters for piece in tokenizer.encode(f"{text} {text}{text}").tokens}
    assert spelt & unreachable(told) == set()


def test_what_ships_holds_no_piece_in_vain() -> None:
    """Sketch's tokenizers have nothing left to drop, and none of them that know upper case would lose any."""
    found = folder_of("sketch")
    assert found is not None
    for name in ("tokenizer", "clip", "captioner"):
        told = json.loads((found / name / "tokenizer.json").read_text(encoding="utf-8"))
        assert unreachable(told) == set()
        told["model"]["vocab"] |= {"A": 9000}
        assert unreachable(told) == {"A"}
        assert unreachable(told | {"normalizer": None}) == set()
