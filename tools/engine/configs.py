"""Reads the small JSON files that lie beside a model's weights."""

import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import ModelUnavailable

Words = TypeVar("Words", bound=BaseModel)


def read_config(path: Path, model: str) -> dict[str, Any] | None:
    """The object in a JSON file of the model `model`; None where there is no such file.

    Raises:
        ModelUnavailable: It can't be read, or holds something else.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ModelUnavailable(f"{path} can't be read: {error}", "Download or copy the model again.", model) from error
    if not isinstance(values, dict):
        raise ModelUnavailable(f"{path} is not a JSON object", "Download or copy the model again.", model)
    return values


def read_own_words(folder: Path, model: str, kind: type[Words]) -> Words:
    """What the limner.json in a folder says, as a settings class of which every field has a default.

    Raises:
        ModelUnavailable: It can't be read, or a value in it is wrong.
    """
    path = folder / "limner.json"
    try:
        return kind.model_validate(read_config(path, model) or {}, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise ModelUnavailable(f"{path}: '{key}' is not right: {first['msg']}", "Correct that line.", model) from error
