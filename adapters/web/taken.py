"""What the API takes, as it stands in the OpenAPI description: nothing is guessed, and nothing unknown is swallowed."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.cleaning import MAX_TEXT_CHARACTERS
from bot.limits import (
    MAX_BEST_OF,
    MAX_COUNT,
    MAX_GUIDANCE,
    MAX_LORA_WEIGHT,
    MAX_LORAS,
    MAX_REVISIONS,
    MAX_SEED,
    MAX_SIDE_PX,
    MAX_STEPS,
    MIN_SIDE_PX,
)

ID = r"^[0-9a-f]{32}$"
SHA256 = r"^[0-9a-f]{64}$"
THREAD = r"^[a-z0-9-]{0,36}$"
EVENT_ID = r"^[A-Za-z0-9_-]{1,64}$"
ASPECT = r"^[1-9][0-9]{0,3}[:x/][1-9][0-9]{0,3}$"

Thread = Annotated[str, Field(pattern=THREAD, description="The conversation; an empty one is the first.")]
EventId = Annotated[
    str, Field(pattern=EVENT_ID, description="Of your own making: the same id twice is the same message.")
]
Strength = Annotated[float, Field(gt=0, le=1, allow_inf_nan=False, description="How far to go from the source.")]

Prompt = Annotated[str, Field(min_length=1, max_length=MAX_TEXT_CHARACTERS, description="Painted from as it stands.")]


class Taken(BaseModel):
    """What comes in: nothing is guessed, and nothing unknown is swallowed."""

    model_config = ConfigDict(strict=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _know_whole_numbers(cls, values: Any) -> Any:
        """JSON has one kind of number: 5.0 is an integer (JSON Schema 2020-12, validation, 6.1.1)."""
        if not isinstance(values, dict):
            return values
        is_whole = {name: isinstance(value, float) and value.is_integer() for name, value in values.items()}
        return {name: int(value) if is_whole[name] else value for name, value in values.items()}


def _sides(kind: str, *needed: str) -> dict[str, Any]:
    """That both sides are given, or neither."""
    side = {"type": kind} | ({"minimum": MIN_SIDE_PX, "maximum": MAX_SIDE_PX} if kind == "integer" else {})
    return {"properties": {"width_px": side, "height_px": side}, "required": list(needed)}


class LoraWish(Taken):
    """A LoRA of the settings; a weight of 0 leaves out one that would be painted with else."""

    name: str = Field(min_length=1, max_length=64)
    weight: float | None = Field(default=None, ge=-MAX_LORA_WEIGHT, le=MAX_LORA_WEIGHT, allow_inf_nan=False)


class Wishes(Taken):
    """What is set by hand; it wins over what the words are taken to mean."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [_sides("null"), _sides("integer", "width_px", "height_px")]})

    style: str | None = Field(default=None, max_length=64, description="One of /api/v1/styles.")
    negative_prompt: str | None = Field(default=None, max_length=MAX_TEXT_CHARACTERS)
    width_px: int | None = Field(default=None, ge=MIN_SIDE_PX, le=MAX_SIDE_PX, description="With height_px.")
    height_px: int | None = Field(default=None, ge=MIN_SIDE_PX, le=MAX_SIDE_PX, description="With width_px.")
    aspect: str | None = Field(default=None, pattern=ASPECT, description="Such as 3:2; a size wins over it.")
    count: int | None = Field(default=None, ge=1, le=MAX_COUNT, description="Pictures to paint.")
    seed: int | None = Field(default=None, ge=0, le=MAX_SEED)
    steps: int | None = Field(default=None, ge=1, le=MAX_STEPS)
    guidance_scale: float | None = Field(default=None, ge=0, le=MAX_GUIDANCE, allow_inf_nan=False)
    strength: Strength | None = Field(default=None, description="How far to go from the picture that came along.")
    as_is: bool = Field(default=False, description="Paint from the words themselves, without rewriting.")
    ask: bool = Field(default=False, description="Show the prompt first, and paint when you say so.")
    prompt: Prompt | None = Field(default=None, description="The prompt itself; nobody is asked what the words mean.")
    best_of: int | None = Field(
        default=None, ge=1, le=MAX_BEST_OF, description="Candidates to paint of each picture; the best one is kept."
    )
    revisions: int | None = Field(
        default=None,
        ge=0,
        le=MAX_REVISIONS,
        description="How often a picture may be looked at and painted again where it does not show what was asked.",
    )

    loras: list[LoraWish] = Field(default_factory=list, max_length=MAX_LORAS, description="What to paint with besides.")

    @model_validator(mode="after")
    def _has_both_sides(self) -> "Wishes":
        if (self.width_px is None) != (self.height_px is None):
            raise ValueError("a size needs width_px and height_px")
        return self


class Ask(Taken):
    """A message."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "a red car on a beach at sunset", "thread": ""}]}
    )

    text: str = Field(
        min_length=1, max_length=MAX_TEXT_CHARACTERS, description="What to paint, in your own words; not only spaces."
    )
    thread: Thread = ""
    id: EventId | None = None
    wishes: Wishes = Field(default_factory=Wishes)
    uploads: list[Annotated[str, Field(pattern=SHA256)]] = Field(
        default_factory=list, max_length=4, description="Pictures that you brought; painting starts from the first."
    )
    reply_to: Annotated[str, Field(pattern=ID)] | None = Field(
        default=None, description="A picture that the words are about."
    )


class Press(Taken):
    """A pressed button."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"thread": ""}]})

    thread: Thread = ""
    id: EventId | None = None
    prompt: Prompt | None = Field(default=None, description="For 'prompt', and needed there.")
    strength: Strength | None = Field(default=None, description="For 'vary'.")


class Preferences(Taken):
    """What one person wants where a message says nothing; null leaves it to the team's learning and the settings."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"rewriting": "ask", "aspect": "3:2", "best_of": 4}]})

    rewriting: Literal["on", "off", "ask"] | None = Field(
        default=None, description="off: painted from my own words, edits included; ask: shows the prompt first."
    )
    style: str | None = Field(default=None, min_length=1, max_length=64, description="One of /api/v1/styles.")
    aspect: str | None = Field(default=None, pattern=ASPECT, description="Such as 3:2.")
    model: str | None = Field(default=None, min_length=1, max_length=200, description="What paints.")
    language: Literal["en", "zh"] | None = Field(
        default=None, description="In which to answer whoever writes in another."
    )
    best_of: int | None = Field(default=None, ge=1, le=MAX_BEST_OF, description="As in a message's wishes.")
    revisions: int | None = Field(default=None, ge=0, le=MAX_REVISIONS, description="As in a message's wishes.")
    steps: float | None = Field(
        default=None, ge=0.75, le=1.25, allow_inf_nan=False, description="Share of the model's own steps."
    )
