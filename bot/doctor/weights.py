"""A model's folder as it lies on disk: whether its files are whole, and how large it is."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

HEADER_LIMIT_BYTES = 100_000_000  # the format's own limit
READ_LIMIT_BYTES = 2**30  # of larger models only the files' shape is looked at
WORDS = {"F32": "<f4", "F16": "<f2", "BF16": "<u2"}
BF16_EXPONENT = 0x7F80
# Parts of a pipeline that have weights are models; these have none.
WITHOUT = ("Scheduler", "Tokenizer", "TokenizerFast", "Processor", "FeatureExtractor", "ProcessorPil")
POINTER = b"version https://git-lfs"


@dataclass(frozen=True, slots=True)
class Weights:
    """What a model's folder holds.

    Attributes:
        parameters: Numbers in all the files that painting loads.
        stored_bytes: Size of those files.
        faults: One phrase for each thing that is missing or damaged.
    """

    parameters: int
    stored_bytes: int
    faults: tuple[str, ...]


def weigh(folder: Path) -> Weights:
    """Look at a diffusers model; reads every number of a small one, and the head of each file of a large one."""
    try:
        index = json.loads((folder / "model_index.json").read_text(encoding="utf-8"))
        parts = {name: str(kind[1]) for name, kind in index.items() if _is_part(kind)}
    except (OSError, ValueError, AttributeError) as error:
        return Weights(0, 0, (f"model_index.json can't be read ({_first(error)})",))
    files, faults = [], []
    for name, kind in parts.items():
        found, missing = _files(folder, name, kind)
        files += found
        faults += missing
    small = sum(file.stat().st_size for file in files) <= READ_LIMIT_BYTES
    parameters = 0
    for file in files:
        try:
            parameters += _count(file, numbers=small)
        except (OSError, ValueError, KeyError, TypeError) as error:
            faults.append(f"{file.relative_to(folder)} is damaged ({_first(error)})")
    return Weights(parameters, sum(file.stat().st_size for file in files), tuple(faults))


def _is_part(kind: Any) -> bool:
    return isinstance(kind, list) and len(kind) == 2 and all(isinstance(word, str) for word in kind)


def _files(folder: Path, part: str, kind: str) -> tuple[list[Path], list[str]]:
    """The files that hold a part's weights, and what is missing of it."""
    place = folder / part
    if not place.is_dir():
        return [], [f"the folder {part}/ is missing"]
    if kind.endswith(WITHOUT):
        return [], [] if any(place.iterdir()) else [f"the folder {part}/ is empty"]
    if not (place / "config.json").is_file():
        return [], [f"{part}/config.json is missing"]
    for index in sorted(place.glob("*.safetensors.index.json")):
        if index.name.count(".") == 3:  # not a variant such as '.fp16.'
            return _shards(index, part)
    plain = [file for file in sorted(place.glob("*.safetensors")) if file.name.count(".") == 1]
    return (plain[:1], []) if plain else ([], [f"{part}/ has no .safetensors file"])


def _shards(index: Path, part: str) -> tuple[list[Path], list[str]]:
    try:
        names = sorted(set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values()))
    except (OSError, ValueError, KeyError, AttributeError) as error:
        return [], [f"{part}/{index.name} can't be read ({_first(error)})"]
    files = [index.parent / name for name in names]
    return [file for file in files if file.is_file()], [f"{part}/{f.name} is missing" for f in files if not f.is_file()]


def _count(file: Path, *, numbers: bool) -> int:
    """Parameters in a safetensors file, whose size must be what its head says. Raises ValueError where it is not."""
    with file.open("rb") as stream:
        start = stream.read(len(POINTER))
        if start == POINTER:
            raise ValueError("it is a Git LFS pointer: git lfs pull")
        length = int.from_bytes(start[:8], "little")
        if len(start) < 8 or length > HEADER_LIMIT_BYTES:
            raise ValueError("it is no safetensors file")
        stream.seek(8)
        head = json.loads(stream.read(length))
    tensors = {name: about for name, about in head.items() if name != "__metadata__"}
    wanted = 8 + length + max((about["data_offsets"][1] for about in tensors.values()), default=0)
    there = file.stat().st_size
    if there != wanted:
        raise ValueError(f"it has {there} bytes, and should have {wanted}")
    if numbers:
        for name in _senseless(file, 8 + length, tensors):
            raise ValueError(f"the numbers of {name} make no sense")
    return sum(prod(about["shape"]) for about in tensors.values())


def _senseless(file: Path, begin: int, tensors: dict[str, Any]) -> Iterator[str]:
    """Tensors with numbers that are none, and matrices of zeros: what a broken copy leaves behind."""
    import numpy

    data = numpy.memmap(file, mode="r", offset=begin)
    for name, about in tensors.items():
        first, last = about["data_offsets"]
        if about["dtype"] not in WORDS:
            continue
        values = data[first:last].view(WORDS[about["dtype"]])
        whole = (
            ((values & BF16_EXPONENT) != BF16_EXPONENT).all()
            if about["dtype"] == "BF16"
            else numpy.isfinite(values).all()
        )
        if not whole or (len(about["shape"]) > 1 and not values.any()):
            yield name


def _first(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0][:200] if lines else type(error).__name__
