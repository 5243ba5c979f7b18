"""Joins calls of one module along the batch axis, and takes the answer apart again; never guesses what may be joined.

An argument that is not in the module's table of habits, or of a type that is not known here, keeps a call alone: a
picture that is painted alone is right, one that is mixed with another is not.
"""

import hashlib
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional
from torch.utils.weak import WeakIdKeyDictionary

from tools.engine.painter.habits import Habits

_PLAIN = (bool, int, float, str, bytes, type(None), torch.dtype, torch.device)

# Differs from sample to sample where it may not: fits no other, not even itself.
_ODD = "odd"
# What a language model keeps for going on writing: nobody does, where it only reads.
_UNREAD = frozenset({"past_key_values"})


class Unmergeable(Exception):
    """The answer of a joined call can't be taken apart."""


@dataclass(frozen=True, slots=True)
class Share:
    """One caller's part of a joined call.

    Attributes:
        arguments: By name.
        rows: Samples in it.
        key: Calls of equal keys can be joined.
        size: What its cost depends on, in words.
    """

    arguments: Mapping[str, Any]
    rows: int
    key: Hashable
    size: str = ""


class Joining:
    """Joins the calls of one module."""

    def __init__(self, habits: Habits) -> None:
        self._habits = habits
        # A pipeline hands in the same position ids at every step, and changes no number in them: read once.
        self._contents: Any = WeakIdKeyDictionary()

    def share(self, arguments: Mapping[str, Any]) -> Share:
        """What one call brings along, and with what other calls it can be joined."""
        first = arguments[self._habits.first]
        rows = len(first)
        told = {name: value for name, value in arguments.items() if name not in self._habits.ignored}
        key = tuple((name, self._key(name, told[name], rows)) for name in sorted(told))
        return Share(told, rows, key, f"{rows} of {tuple(first[0].shape)} {first[0].dtype}")

    def join(self, shares: Sequence[Share]) -> dict[str, Any]:
        """The arguments of one call for all; the shares have equal keys."""
        if len(shares) == 1:
            return dict(shares[0].arguments)
        rows = [share.rows for share in shares]
        joined = {
            name: self._join(name, [share.arguments[name] for share in shares], rows) for name in shares[0].arguments
        }
        if self._is_padded(joined):
            joined |= _padded(shares, *self._padded_names())
        return joined

    def split(self, answer: Any, shares: Sequence[Share]) -> list[Any]:
        """Each caller's part of the answer to a joined call. Raises Unmergeable."""
        return split(answer, [share.rows for share in shares], lists=bool(self._habits.lists))

    def _key(self, name: str, value: Any, rows: int) -> Hashable:
        habits = self._habits
        if habits.padded and name in habits.padded:
            return _padded_key(value, is_mask=name == habits.padded[1])
        if name in habits.times:
            return _time_key(value, rows)
        if name in habits.lists:
            return _list_key(value, rows, ragged=name in habits.ragged)
        if name in habits.shared:
            return self._content(value)
        return _rows_key(value, rows) if name in habits.rows else _same_key(value)

    def _join(self, name: str, values: list[Any], rows: list[int]) -> Any:
        habits = self._habits
        if habits.padded and name in habits.padded:
            return None  # all of them together, below
        if name in habits.times:
            return torch.cat([_for_each(time, count) for time, count in zip(values, rows, strict=True)])
        if name in habits.lists:
            return [sample for value in values for sample in value]
        if name in habits.shared:
            return _shared(values, rows)
        return _joined_rows(values) if name in habits.rows else values[0]

    def _content(self, value: Any) -> Hashable:
        """What a shared argument says; where it has an entry for each sample, all of a call must be alike."""
        if not isinstance(value, torch.Tensor):
            alike = isinstance(value, list) and all(one == value[0] for one in value)
            return ("each", repr(value[0])) if alike else object()
        known: Hashable = self._contents.get(value)
        if known is None:
            known = self._contents[value] = _read(value)
        return object() if known == _ODD else known

    def _is_padded(self, joined: Mapping[str, Any]) -> bool:
        return self._habits.padded is not None and self._habits.padded[0] in joined

    def _padded_names(self) -> tuple[str, str]:
        assert self._habits.padded
        return self._habits.padded


def _read(value: torch.Tensor) -> Hashable:
    if value.dim() == 3:  # FLUX.2 has position ids for each sample, and reads only the first's
        return ("each", _read(value[0])) if bool((value == value[:1]).all()) else _ODD
    digest = hashlib.sha256(value.detach().cpu().float().contiguous().numpy().tobytes()).digest()
    return (value.shape, value.dtype, value.device, digest)


def split(output: Any, rows: Sequence[int], *, lists: bool = False) -> list[Any]:
    """Each caller's part of an answer.

    Args:
        output: Of a joined call.
        rows: Samples of each caller.
        lists: A list has one tensor for each sample; else it is like a tuple: a ControlNet's may be as long by chance.

    Raises:
        Unmergeable: There is something in it that does not say which rows it belongs to.
    """
    total = sum(rows)
    if output is None:
        return [None] * len(rows)
    if isinstance(output, torch.Tensor) and output.dim() and len(output) == total:
        return list(torch.split(output, list(rows)))
    if lists and isinstance(output, list) and len(output) == total:
        ends = [sum(rows[: index + 1]) for index in range(len(rows))]
        return [output[end - count : end] for end, count in zip(ends, rows, strict=True)]
    if isinstance(output, Mapping):  # the outputs of diffusers and transformers are such
        parts = {name: split(value, rows, lists=lists) for name, value in output.items() if name not in _UNREAD}
        return [type(output)(**{name: part[index] for name, part in parts.items()}) for index in range(len(rows))]
    if isinstance(output, list | tuple):
        columns = [split(one, rows, lists=lists) for one in output]
        return [type(output)(column[index] for column in columns) for index in range(len(rows))]
    raise Unmergeable(f"a {type(output).__name__} can't be taken apart")


def _rows_key(value: Any, rows: int) -> Hashable:
    if isinstance(value, torch.Tensor):
        fits = value.dim() > 0 and len(value) == rows
        return ("rows", value.shape[1:], value.dtype, value.device) if fits else object()
    if isinstance(value, Mapping):
        return tuple((name, _rows_key(value[name], rows)) for name in sorted(value))
    if isinstance(value, list | tuple):
        return (type(value).__name__, *(_rows_key(one, rows) for one in value))
    return _same_key(value)


def _joined_rows(values: list[Any]) -> Any:
    first = values[0]
    if isinstance(first, torch.Tensor):
        return torch.cat(values)
    if isinstance(first, Mapping):
        return {name: _joined_rows([value[name] for value in values]) for name in first}
    if isinstance(first, list | tuple):
        return type(first)(_joined_rows(list(column)) for column in zip(*values, strict=True))
    return first


def _same_key(value: Any) -> Hashable:
    """What must be equal for all; whatever can't be compared by its content is equal to nothing."""
    if isinstance(value, _PLAIN):
        return (type(value).__name__, value)
    if isinstance(value, Mapping):
        return tuple((name, _same_key(value[name])) for name in sorted(value, key=str))
    if isinstance(value, list | tuple):
        return (type(value).__name__, *map(_same_key, value))
    return object()


def _time_key(value: Any, rows: int) -> Hashable:
    if isinstance(value, int | float):
        return ("time", type(value).__name__)
    fits = isinstance(value, torch.Tensor) and (not value.dim() or value.shape in ((1,), (rows,)))
    return ("time", value.dtype, value.device) if fits else object()


def _for_each(time: Any, rows: int) -> torch.Tensor:
    return torch.as_tensor(time).reshape(-1).expand(rows)


def _list_key(value: Any, rows: int, *, ragged: bool) -> Hashable:
    if not isinstance(value, list) or len(value) != rows or not all(isinstance(one, torch.Tensor) for one in value):
        return object()
    return tuple({(one.shape[1:] if ragged else one.shape, one.dtype, one.device) for one in value})


def _shared(values: list[Any], rows: list[int]) -> Any:
    first = values[0]
    if isinstance(first, torch.Tensor) and first.dim() == 3:
        return first[:1].expand(sum(rows), -1, -1)
    return first[:1] * sum(rows) if isinstance(first, list) else first


def _padded_key(value: Any, *, is_mask: bool) -> Hashable:
    if value is None:
        return "mask" if is_mask else "none"
    return "mask" if is_mask else ("text", value.shape[2:], value.dtype, value.device)


def _padded(shares: Sequence[Share], text: str, mask: str) -> dict[str, Any]:
    """Texts padded to the longest, and a mask of what is text, unless all of it is."""
    texts = [share.arguments[text] for share in shares]
    masks = [share.arguments.get(mask) for share in shares]
    longest = max(one.shape[1] for one in texts)
    if all(one is None for one in masks) and all(one.shape[1] == longest for one in texts):
        return {text: torch.cat(texts), mask: None}
    known = [
        torch.ones(one.shape[:2], dtype=torch.bool, device=one.device) if has is None else has.bool()
        for one, has in zip(texts, masks, strict=True)
    ]
    return {
        text: torch.cat([functional.pad(one, (0, 0, 0, longest - one.shape[1])) for one in texts]),
        mask: torch.cat([functional.pad(one, (0, longest - one.shape[1])) for one in known]),
    }
