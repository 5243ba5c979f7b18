"""A TOML file as a checked model; whatever is wrong is told in one line that names the file, the line and why."""

import difflib
import re
import tomllib
import typing
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import SettingsError

Model = TypeVar("Model", bound=BaseModel)
_TABLE = re.compile(r"\s*\[+\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"\s*([\w\"'.-]+)\s*=")
_PLACE = re.compile(r"\s*\(at (?:(line \d+, column \d+)|(end of document))\)")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """One file that a person wrote.

    Attributes:
        what: What it is called in messages: 'Style file'.
        values: What stands in it, not checked yet.
    """

    path: Path
    what: str
    text: str
    values: dict[str, Any]

    @classmethod
    def read(cls, path: Path, what: str) -> "TomlFile":
        """Read it as TOML in UTF-8, with or without a byte order mark.

        Raises:
            SettingsError: It can't be read, or is no TOML.
        """
        try:
            text = path.read_text(encoding="utf-8-sig")
            return cls(path, what, text, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            place = _PLACE.search(str(error))
            where = f", {place[1] or 'at its end'}" if place else ""
            reason = _begun_small(_PLACE.sub("", str(error)))
            raise SettingsError(f"{what} {path}{where}: {reason}", "Correct that line of TOML.", str(path)) from error
        except (OSError, UnicodeDecodeError) as error:
            reason = "it is not written in UTF-8" if isinstance(error, UnicodeDecodeError) else str(error.strerror)
            raise SettingsError(f"{what} {path} can't be read: {reason}", "Correct or remove it.", str(path)) from error

    def check(self, model: type[Model], **given: Any) -> Model:
        """The file as a model; `given` is added to what stands in it.

        Raises:
            SettingsError: For the first wrong key or value.
        """
        try:
            return model.model_validate(self.values | given)
        except ValidationError as error:
            raise self._explain(model, error) from error

    def wrong(self, reason: str, remedy: str = "", at: Sequence[int | str] = ()) -> SettingsError:
        """What to raise where the key `at` is not as it should be."""
        number = self.line_of(at)
        where = f", line {number}" if number else ""
        return SettingsError(f"{self.what} {self.path}{where}: {reason}", remedy, str(self.path))

    def line_of(self, at: Sequence[int | str]) -> int:
        """The line where a key stands, or the nearest table around it; 0 where neither is written out."""
        wanted = tuple(map(str, at))
        table: tuple[str, ...] = ()
        best, line = 0, 0
        for number, text in enumerate(self.text.splitlines(), 1):
            if head := _TABLE.match(text):
                path = table = _parts(head[1])
            elif key := _KEY.match(text):
                path = table + _parts(key[1])
            else:
                continue
            if len(path) > best and wanted[: len(path)] == path:
                best, line = len(path), number
        return line

    def _explain(self, model: type[BaseModel], error: ValidationError) -> SettingsError:
        # A key that is misspelled is missed as well: the misspelling is the better news.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        at = [part for part in first["loc"] if part != "[key]"]
        name = ".".join(map(str, at))
        if first["type"] == "missing":
            return self.wrong(f"'{name}' is missing", _purpose(model, at), at)
        if first["type"] == "extra_forbidden":
            return self.wrong(f"there is no key '{name}'", _nearest(model, at), at)
        reason = _begun_small(first["msg"].removeprefix("Value error, "))
        reason = reason.replace("valid tuple", "list").replace("dictionary", "table")
        return self.wrong(f"'{name}' is not right: {reason}", _purpose(model, at), at)


def _nearest(model: type[BaseModel], at: Sequence[int | str]) -> str:
    """What may have been meant by a key that there is not."""
    wanted, known = str(at[-1]), _fields(model, at[:-1])
    if near := difflib.get_close_matches(wanted, known, n=1):
        return f"Did you mean '{near[0]}'?"
    if len(at) > 1 and wanted in model.model_fields:
        return f"Move it up, above the line [{at[0]}]."
    return f"There are: {', '.join(known)}."


def _fields(model: type[BaseModel], at: Sequence[int | str]) -> list[str]:
    """Names of the keys in the table `at`."""
    own = {"name"} if not at else set()  # it is the file's name
    for part in at:
        inner = [model.model_fields[str(part)].annotation] if str(part) in model.model_fields else []
        choices = [one for kind in inner for one in (typing.get_args(kind) or (kind,))]
        model = next((one for one in choices if isinstance(one, type) and issubclass(one, BaseModel)), model)
    return [name for name in model.model_fields if name not in own]


def _purpose(model: type[BaseModel], at: Sequence[int | str]) -> str:
    field = model.model_fields.get(str(at[0])) if at else None
    return (field.description or "") if field is not None else ""


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _begun_small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
