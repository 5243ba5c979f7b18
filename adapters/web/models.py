"""What the API gives, as it stands in the OpenAPI description."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from adapters.web.picture_models import Picture, Proposal
from adapters.web.taken import Preferences
from bot.language import Language


class Upload(BaseModel):
    """A picture that somebody brought."""

    sha256: str = Field(description="Goes into `uploads` of a message.")
    name: str
    width_px: int
    height_px: int


class Progress(BaseModel):
    """How far an exchange is."""

    stage: Literal["waiting", "thinking", "loading", "painting", "judging", "looking"]
    position: int = Field(description="Place in line, 1 being next; 0 when it is worked on.")
    step: int
    steps: int
    estimate_s: float | None
    text: str = Field(description="While thinking: the words so far.")
    preview: str | None = Field(description="Where a small picture of how it looks is to be had.")
    candidate: int = Field(description="Which candidate is being painted, 1 being the first; 0 where there is but one.")
    candidates: int


class Reply(BaseModel):
    """What came of a message."""

    text: str
    notes: list[str]
    pictures: list[Picture]
    proposals: list[Proposal] = Field(description="What is painted when you say so, where rewriting is to ask first.")


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
    description: str = Field(description="What people call it, in your language.")
    group: str = Field(description="Where it is listed, in your language; styles of a group follow each other.")


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
    best_of: int
    revisions: int


class Me(BaseModel):
    """Who is asking, and what there is."""

    user: str
    name: str
    login: bool = Field(description="Whether there is a session to log out from.")
    language: Language
    styles: list[StyleName]
    model: ModelInfo | None = Field(description="null while the painter is not to be had.")
    limits: Limits
    ai_notice: str


class Use(BaseModel):
    """What a team did with its pictures of one style."""

    style: str = Field(description="Empty for pictures without one.")
    kept: int = 0
    again: int = Field(default=0, description="How many were painted again, as they were not yet right.")
    deleted: int = 0
    why: str = Field(description="What follows from that, and why.")


class Learned(BaseModel):
    """What use has taught; it counts where neither a message nor somebody's preferences say anything."""

    pictures: int = Field(description="Pictures since learning began anew.")
    uses: list[Use]
    quality: str = Field(description="What follows for steps and candidates, and why.")
    preferences: Preferences = Field(description="What follows from it; nothing before there is enough to go by.")
    notes: list[str] = Field(description="Why, one sentence each.")


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
    403: "The request seems to come from another site's page; or only people of the desk may do this.",
    404: "There is no such thing, or it is somebody else's.",
    408: "The body came too slowly.",
    409: "It is decided already.",
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
