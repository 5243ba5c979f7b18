"""Names in the environment that people have set already for other programs, read as they are: OPENAI_API_KEY."""

import os
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

# A field of a settings class tells its name by `json_schema_extra={"usual_name": "OPENAI_API_KEY"}`.
USUAL_NAME = "usual_name"


def usual_names(model: type[BaseModel]) -> dict[str, str]:
    """The fields of a settings class that have such a name, each with it."""
    extras = {field: info.json_schema_extra for field, info in model.model_fields.items()}
    return {
        field: str(extra[USUAL_NAME])
        for field, extra in extras.items()
        if isinstance(extra, dict) and USUAL_NAME in extra
    }


def from_usual_names(model: type[BaseModel], environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the environment (os.environ, unless another is given) has for a settings class under such names."""
    environment = os.environ if environment is None else environment
    return {field: environment[name] for field, name in usual_names(model).items() if environment.get(name)}


def filled(
    model: type[BaseModel], table: Mapping[str, Any], environment: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """A plugin's table; what it lacks or leaves empty is taken from the environment where it is usually set there."""
    found = from_usual_names(model, environment)
    return found | {key: value for key, value in table.items() if value != "" or key not in found}
