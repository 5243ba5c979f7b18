"""What the API takes and gives, as it stands in the OpenAPI description."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.inbox import MAX_TEXT_CHARACTERS
from bot.limits import MAX_COUNT, MAX_GUIDANCE, MAX_SEED, MAX_SIDE_PX, MAX_STEPS, MIN_SIDE_PX

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


def _sides(kind: str, *needed: str) -> dict[str, Any]:
    """That both sides are given, or neither."""
    side = {"type": kind} | ({"minimum": MIN_SIDE_PX, "maximum": MAX_SIDE_PX} if kind == "integer" else {})
    return {"properties": {"width_px": side, "height_px": side}, "required": list(needed)}


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
    prompt: Prompt | None = Field(default=None, description="The prompt itself; nobody is asked what the words mean.")

    @model_validator(mode="before")
    @classmethod
    def _know_whole_numbers(cls, values: Any) -> Any:
        """JSON has one kind of number: 5.0 is an integer (JSON Schema 2020-12, validation, 6.1.1)."""
        if not isinstance(values, dict):
            return values
        is_whole = {name: isinstance(value, float) and value.is_integer() for name, value in values.items()}
        return {name: int(value) if is_whole[name] else value for name, value in values.items()}

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


class Upload(BaseModel):
    """A picture that somebody brought."""

    sha256: str = Field(description="Goes into `uploads` of a message.")
    name: str
    width_px: int
    height_px: int


class Progress(BaseModel):
    """How far an exchange is."""

    stage: Literal["waiting", "thinking", "loading", "painting"]
    position: int = Field(description="Place in line, 1 being next; 0 when it is worked on.")
    step: int
    steps: int
    estimate_s: float | None
    text: str = Field(description="While thinking: the words so far.")
    preview: str | None = Field(description="Where a small picture of how it looks is to be had.")


class Stretch(BaseModel):
    """A stretch of the difference between somebody's words and the prompt."""

    kind: Literal["same", "added", "left_out"]
    text: str


class Button(BaseModel):
    """What can be done with a picture."""

    kind: Literal["again", "vary", "own_words", "prompt", "use"]
    label: str


class Picture(BaseModel):
    """A painted picture and everything that it was painted from."""

    id: str
    request: str
    prompt: str
    negative_prompt: str
    difference: list[Stretch]
    model: str
    style: str
    seed: int
    steps: int
    guidance_scale: float
    width_px: int
    height_px: int
    seconds: float
    alt_text: str
    notes: list[str]
    parent: str | None = Field(description="The picture that this one was made from.")
    source: str | None = Field(description="sha256 of the picture that painting started from.")
    strength: float | None
    image: str = Field(description="Where the PNG is.")
    actions: list[Button]


class Reply(BaseModel):
    """What came of a message."""

    text: str
    notes: list[str]
    pictures: list[Picture]


class Exchange(BaseModel):
    """A message with what has come of it so far."""

    id: str
    thread: str
    text: str
    action: str
    reply_to: str | None
    uploads: list[Upload]
    created_at: float = Field(description="Seconds since 1970.")
    state: Literal["working", "done", "failed", "cancelled"]
    progress: Progress | None
    reply: Reply | None


class Exchanges(BaseModel):
    """A piece of a conversation, oldest first."""

    messages: list[Exchange]


class Conversation(BaseModel):
    """One of somebody's conversations."""

    thread: str
    title: str
    created_at: float


class Conversations(BaseModel):
    """All of somebody's conversations, the latest first."""

    threads: list[Conversation]


class StyleName(BaseModel):
    """A style that can be wished for."""

    name: str
    description: str


class Styles(BaseModel):
    """All styles."""

    styles: list[StyleName]


class ModelInfo(BaseModel):
    """What paints."""

    name: str
    width_px: int
    height_px: int
    steps: int
    img2img: bool


class Limits(BaseModel):
    """What can be asked for at most."""

    text_characters: int
    upload_bytes: int
    count: int


class Me(BaseModel):
    """Who is asking, and what there is."""

    user: str
    name: str
    login: bool = Field(description="Whether there is a session to log out from.")
    language: Literal["en", "zh"]
    styles: list[StyleName]
    model: ModelInfo | None = Field(description="null while the painter is not to be had.")
    limits: Limits
    ai_notice: str


class Cancelled(BaseModel):
    """Whether an exchange was stopped; false where its answer is there or on its way."""

    cancelled: bool


class Problem(BaseModel):
    """One clear line."""

    code: str = Field(examples=["not_found"])
    problem: str = Field(examples=["There is no such picture here"])
    remedy: str = Field(examples=["It may have been deleted."])


class Failure(BaseModel):
    """Every error looks like this."""

    error: Problem


def failures(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI description of errors: JSON, also where the answer itself would be something else."""
    body = {"application/json": {"schema": {"$ref": f"#/components/schemas/{Failure.__name__}"}}}
    return {status: {"description": WHY[status], "content": body} for status in statuses}


def link(operation: str, parameter: str, at: str) -> dict[str, Any]:
    """That a value in an answer, at a JSON pointer, leads on to another call."""
    return {operation: {"operationId": operation, "parameters": {parameter: f"$response.body#{at}"}}}


WHY = {
    400: "The body is no JSON.",
    401: "No key, or a wrong one, and no session.",
    403: "The request seems to come from another site's page.",
    404: "There is no such thing, or it is somebody else's.",
    408: "The body came too slowly.",
    413: "The body is too large.",
    415: "The Content-Type is no picture's.",
    421: "The host name is not one of this Limner's.",
    422: "A field is wrong; the problem names it.",
    429: "Too many requests; Retry-After says when to come again.",
    500: "A fault of Limner's own.",
    503: "The painter or the database is not to be had.",
}
# Once with the model itself, so that its description is there for all to refer to.
CRASH: dict[int | str, dict[str, Any]] = {500: {"model": Failure, "description": WHY[500]}}
