"""Trains the tokenizer on captions in both languages: byte pairs in CLIP's format, about 2,400 tokens."""

import json
from pathlib import Path
from random import Random

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import CLIPTokenizer

from training.denoiser import TOKENS
from training.world import Domain, caption, sample_scene

_START, _END, _WORD_END = "<|startoftext|>", "<|endoftext|>", "</w>"
_WORDS = Regex(r"""'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+""")


def captions_of(domain: Domain, count: int, seed: int) -> list[str]:
    """Captions of random scenes, a third of them Chinese."""
    rng = Random(seed)
    scenes = (sample_scene(rng, domain) for _ in range(count))
    return [caption(scene, rng, "zh" if rng.random() < 0.33 else "en") for scene in scenes]


def train_tokenizer(captions: list[str], size: int) -> CLIPTokenizer:
    """A CLIPTokenizer of at most `size` tokens that can spell any text byte by byte."""
    raw = Tokenizer(models.BPE(continuing_subword_prefix="", end_of_word_suffix=_WORD_END, unk_token=_END))
    spaces = normalizers.Replace(Regex(r"\s+"), " ")
    raw.normalizer = normalizers.Sequence([normalizers.NFC(), spaces, normalizers.Lowercase()])
    split = pre_tokenizers.Split(_WORDS, behavior="removed", invert=True)
    raw.pre_tokenizer = pre_tokenizers.Sequence([split, pre_tokenizers.ByteLevel(add_prefix_space=False)])
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=[_START, _END],
        initial_alphabet=alphabet,
        end_of_word_suffix=_WORD_END,
        show_progress=False,
    )
    raw.train_from_iterator(captions, trainer)
    model = json.loads(raw.to_str())["model"]
    vocabulary: dict[str, int] = model["vocab"]
    for letter in sorted(alphabet):
        vocabulary.setdefault(letter + _WORD_END, len(vocabulary))
    merges = [tuple(m) if isinstance(m, list) else tuple(m.split(" ")) for m in model["merges"]]
    return CLIPTokenizer(vocab=vocabulary, merges=merges, model_max_length=TOKENS)


def make_tokenizer(
    domain: Domain, folder: Path, size: int = 2400, captions: int = 30_000, seed: int = 5
) -> CLIPTokenizer:
    """Train on the domain's captions and save; a tokenizer that is there already is loaded instead."""
    if not (folder / "tokenizer.json").exists():
        train_tokenizer(captions_of(domain, captions, seed), size).save_pretrained(folder)
    made: CLIPTokenizer = CLIPTokenizer.from_pretrained(folder)
    return made
