"""The LoRAs that settings name, each in its table [loras.NAME]: the only ones that people can ask for."""

import difflib
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.errors import RequestError
from bot.limits import MAX_LORA_WEIGHT

LoraName = Annotated[str, StringConstraints(pattern=r"^[\w.-]{1,64}$")]


class LoraSettings(BaseModel):
    """One LoRA: a small change to a model's weights, which teaches it a style or a subject."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str = Field(
        min_length=1,
        max_length=1000,
        description="Its weights: a .safetensors file or a folder with one on the painter's machine, or a repository "
        "such as 'owner/name', with '/FILE.safetensors' behind it where it has several.",
    )
    weight: float = Field(
        1.0,
        ge=-MAX_LORA_WEIGHT,
        le=MAX_LORA_WEIGHT,
        description="How strongly it counts where nobody says, -2 to 2.",
    )
    family: str = Field(
        "", description="Family of models that it was made for, such as 'sdxl'; with others it is left out, and told."
    )
    words: str = Field("", max_length=300, description="Words that it was trained with; they go into the prompt.")
    title: str = Field("", max_length=100, description="What people see besides its name.")


def find_lora(loras: Mapping[str, LoraSettings], name: str) -> str:
    """The name of a LoRA in the settings, in whatever case of letters it was asked for.

    Raises:
        RequestError: There is none; the line lists those that there are.
    """
    wanted = name.strip().casefold()
    known = {one.casefold(): one for one in loras}
    if wanted in known:
        return known[wanted]
    near = [f"Did you mean '{known[one]}'? " for one in difflib.get_close_matches(wanted, known, n=1)]
    remedy = f"{''.join(near)}There are: {', '.join(loras)}."
    if not known:
        remedy = "The settings name none: a table [loras.NAME] makes one."
    raise RequestError(f"There is no LoRA '{' '.join(name.split())[:64]}'", remedy)
