"""The table [desk]: what holds for every support desk."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class DeskSettings(BaseModel):
    """How customers are answered, and what a person decides."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    approval: Literal["always", "unsure", "never"] = Field(
        "always", description="Whether a person approves an answer before it is sent: 'always', 'unsure' or 'never'."
    )
    sure: float = Field(0.6, ge=0, le=1, description="Confidence from which an answer counts as sure.")
    least: float = Field(
        0.35, ge=0, le=1, description="Confidence below which nothing is answered, and a person is asked to take over."
    )
    illustrate: Literal["never", "helpful", "always"] = Field(
        "helpful", description="Pictures with answers: 'never', 'helpful' (where one explains something) or 'always'."
    )
    pictures_per_conversation: int = Field(
        3, ge=0, le=100, description="Pictures that are painted for one conversation at most."
    )
    style: str = Field("", description="Style or pack that answers are illustrated in; empty is the setting 'pack'.")
    merge_s: float = Field(
        4.0,
        ge=0,
        le=120,
        description="Seconds to wait whether a customer writes on; then all is answered at once.",
    )
    hand_over_words: list[str] = Field(
        default_factory=list,
        description="Words of a customer that always lead to a person, such as 'lawyer'.",
    )
    hand_over_line: dict[str, str] = Field(
        default_factory=dict,
        description="What a customer is told when a person takes over, by language: {en = '...', zh = '...'}.",
    )
    retention_days: int = Field(0, ge=0, description="Days after which what customers said is forgotten; 0 keeps it.")
    url: str = Field("", description="Address of the web app as colleagues reach it, for links to its approval page.")
