"""Leaves out of a landed model the word pieces that no text can hold, with their rows of the embedding.

A tokenizer spells by bytes, but some bytes never come: UTF-8 has none of C0, C1 and F5 to FF, a text in lower case none
of A to Z, and ASCII's spaces part words. What begins a character of several bytes (C2 to F4) never ends a word.
"""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from transformers.convert_slow_tokenizer import bytes_to_unicode

_NEVER = {*b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *b"\t\n\v\f\r ", 0xC0, 0xC1, *range(0xF5, 0x100)}
_NEVER_LAST = _NEVER | set(range(0xC2, 0xF5))
_EMBEDDINGS = ("token_embedding.weight", "wte.weight")


def unreachable(told: dict[str, Any]) -> set[str]:
    """The pieces in a tokenizer.json that never come; none where it is not a byte-level one of lower case."""
    model = told["model"]
    if model.get("type") != "BPE" or '"Lowercase"' not in json.dumps(told.get("normalizer")):
        return set()
    letters = bytes_to_unicode()
    dead = {letters[byte] for byte in _NEVER}
    dead |= {letters[byte] + model["end_of_word_suffix"] for byte in _NEVER_LAST}
    merged = {part for pair in model["merges"] for part in (pair.split(" ") if isinstance(pair, str) else pair)}
    return (dead & set(model["vocab"])) - merged


def compact(tokenizer: Path, model: Path) -> None:
    """Drop these pieces from tokenizer.json in one folder, and their rows and count from the model in another.

    Other pieces move up and keep their order. Merges are written in one string each, which weighs less. Where there is
    nothing to drop, nothing is written.
    """
    path = tokenizer / "tokenizer.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    dead, vocabulary = unreachable(told), told["model"]["vocab"]
    if not dead:
        return
    kept = [piece for piece in sorted(vocabulary, key=vocabulary.__getitem__) if piece not in dead]
    rows = torch.tensor([vocabulary[piece] for piece in kept])
    _keep_rows(model / "model.safetensors", rows)
    config = model / "config.json"
    resized = _resized(json.loads(config.read_text(encoding="utf-8")), len(kept))
    config.write_text(json.dumps(resized, indent=2) + "\n", encoding="utf-8")
    told["model"]["vocab"] = {piece: row for row, piece in enumerate(kept)}
    told["model"]["merges"] = [pair if isinstance(pair, str) else " ".join(pair) for pair in told["model"]["merges"]]
    path.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _keep_rows(path: Path, rows: torch.Tensor) -> None:
    with safe_open(path, "pt") as file:
        told = file.metadata()
    held = load_file(path)
    for name in held:
        if name.endswith(_EMBEDDINGS):
            held[name] = held[name].view(torch.uint8).view(len(held[name]), -1)[rows].view(held[name].dtype)
    save_file(held, path, metadata=told)


def _resized(config: dict[str, Any], size: int) -> dict[str, Any]:
    """The config with the new size of the vocabulary wherever it stands."""
    return {
        key: size if key == "vocab_size" else _resized(value, size) if isinstance(value, dict) else value
        for key, value in config.items()
    }
