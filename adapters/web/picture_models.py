"""What the API gives of pictures and proposals: what they were made from, how they were checked and chosen."""

from typing import Literal

from pydantic import BaseModel, Field

from bot.brief import Brief
from bot.checker.finding import Kind


class Stretch(BaseModel):
    """A stretch of the difference between somebody's words and the prompt."""

    kind: Literal["same", "added", "left_out"]
    text: str


class Button(BaseModel):
    """What can be done with a picture."""

    kind: Literal["again", "vary", "own_words", "prompt", "use", "undo"]
    label: str


class Finding(BaseModel):
    """One fault that the checker found between words and prompt before anything was painted."""

    kind: Kind
    where: Literal["brief", "prompt"] = Field(description="brief: it was misunderstood; prompt: it was lost later.")
    about: str = Field(description="The thing that it is about; empty where it is about none.")
    wanted: str = Field(description="What should be there; empty for what was invented.")
    found: str = Field(description="What was there instead; empty where nothing was.")
    text: str = Field(description="All of it as a sentence, in the asker's language.")


class Score(BaseModel):
    """What the judge says of one candidate."""

    seed: int
    consistency: float = Field(description="0 to 1; how well it shows what the prompt says.")
    quality: float = Field(description="0 to 1; how well it is made, whatever it shows.")
    total: float = Field(description="consistency + weight * quality; the highest is kept.")
    missing: list[str] | None = Field(description="What a look at it did not find; null where nobody looked.")


class Choice(BaseModel):
    """How a picture was chosen among candidates."""

    judge: str
    weight: float = Field(description="How much quality counts beside consistency.")
    scores: list[Score] = Field(description="Of all candidates, in the order in which they were painted.")
    chosen: int = Field(description="Index of the one that was kept.")
    rounds: int = Field(description="How often it was painted again after a look at it.")


class Lora(BaseModel):
    """A LoRA that the model paints with."""

    name: str
    weight: float


class Planned(BaseModel):
    """What a picture is painted from, and why that."""

    id: str
    request: str
    prompt: str
    negative_prompt: str
    difference: list[Stretch]
    brief: Brief
    findings: list[Finding] = Field(description="What the checker found wrong at first, and had put right.")
    notes: list[str] = Field(description="What the prompt adds, leaves out or can't do, and why.")
    model: str
    style: str
    loras: list[Lora] = Field(description="What the model paints with besides.")
    seed: int
    steps: int
    guidance_scale: float
    width_px: int
    height_px: int
    best_of: int
    revisions: int
    parent: str | None = Field(description="The picture that this one was made from.")
    source: str | None = Field(description="sha256 of the picture that painting started from.")
    strength: float | None
    actions: list[Button]


class Picture(Planned):
    """A painted picture and everything that it was painted from."""

    seconds: float
    alt_text: str
    image: str = Field(description="Where the PNG is.")
    kept: bool = Field(description="Somebody marked it as one to keep.")
    same_as: str | None = Field(description="The earlier picture that this is once more; nothing was painted anew.")
    choice: Choice | None = Field(description="null where there was nothing to choose from, or nobody to judge.")


class Proposal(Planned):
    """A picture that is painted when its asker says so, by one of its buttons."""
