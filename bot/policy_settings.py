"""The table [policy]: how much people may have, and what is not painted, or only behind a veil."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class RuleSettings(BaseModel):
    """One rule about what is asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: list[Annotated[str, Field(pattern=r"[^\s*＊]")]] = Field(
        min_length=1, description="Words and phrases that it is about, in any language; 'blood*' means 'bloody' too."
    )
    action: Literal["refuse", "spoiler"] = Field(
        "refuse", description="'refuse' says why and paints nothing; 'spoiler' hides the picture until one looks."
    )
    says: str = Field("", description="What people are told besides the rule's name, one sentence.")


class PolicySettings(BaseModel):
    """What holds for everybody; what holds in one channel or server is set there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pictures_per_day: int = Field(0, ge=0, description="Pictures that a person may have within 24 hours; 0: no limit.")
    waiting_per_person: int = Field(
        100, ge=1, le=10_000, description="Requests of one person that may be under way at the same time."
    )
    waiting: int = Field(1_000, ge=1, le=1_000_000, description="Requests of all people that may be under way.")
    rules: dict[str, RuleSettings] = Field(
        default_factory=dict, description="A table for each rule: [policy.rules.NAME]; see docs/policy.md."
    )
