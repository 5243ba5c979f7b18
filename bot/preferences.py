"""What people, channels and teams want where a message says nothing, and what a team's use has taught."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

REWRITING = ("on", "off", "ask")
LANGUAGES = ("en", "zh")
VISIBILITY = ("public", "private")
ANSWERS = ("on", "off")
LEAST_STEPS, MOST_STEPS = 0.75, 1.25
_ABOUT = frozenset({"notes", "sources"})


@dataclass(frozen=True, slots=True)
class Preferences:
    """What is wanted; an empty field leaves it to the next scope, and at last to the settings.

    A tool gets them as `ToolContext.preferences`, with every scope that the message stands in and the settings merged
    already, so that `rewriting` is never empty there. What the person set by hand (`Wishes`) and what their words say
    go before each field. Where a field decided something, the plan takes its sentence from `notes` along, and only
    then; where it was the style, `Plan.style_by` takes `sources["style"]`, which tells learning that nobody chose it.
    'off' is like `Wishes.as_is`; 'ask' is a plan that is `held`. Neither is meant for a plan that a button made.

    Attributes:
        rewriting: 'on'; 'off' paints from people's own words, edits included; 'ask' shows the prompt first.
        style, aspect, model: As in `Wishes`.
        language: 'en' or 'zh': what an LLM answers and reasons are given in, whatever language people write.
        best_of, revisions: As in `Wishes`; 0 and -1 mean that nothing is said.
        steps: Share of the model's own steps, 0.75 to 1.25; 0 means that nothing is said.
        visibility: 'public', or 'private': answers to commands are shown to the asker alone, where a platform can.
        answers: 'on', or 'off': nothing is answered in this channel or team. No person's own.
        notes: By field: why it is so, one sentence in the asker's language. Nothing of it is kept in the database.
        sources: By field: who set it: 'asker' (for this message), 'user', 'channel', 'team', 'learned' or 'settings'.
    """

    rewriting: str = ""
    style: str = ""
    aspect: str = ""
    model: str = ""
    language: str = ""
    best_of: int = 0
    revisions: int = -1
    steps: float = 0.0
    visibility: str = ""
    answers: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def said(self) -> dict[str, Any]:
        """The fields that say something, in the order above."""
        values = {name: getattr(self, name) for name in FIELDS}
        return {name: value for name, value in values.items() if value != getattr(UNSET, name)}

    def over(self, others: "Preferences") -> "Preferences":
        """These, and where they say nothing, those others; a note stays only where its field does."""
        mine = self.said
        left = {name: value for name, value in others.said.items() if name not in mine}
        notes = _only(self.notes, mine) | _only(others.notes, left)
        return Preferences(**left | mine, notes=notes, sources=_only(self.sources, mine) | _only(others.sources, left))


FIELDS = tuple(one.name for one in fields(Preferences) if one.name not in _ABOUT)
UNSET = Preferences()


@dataclass(frozen=True, slots=True)
class Learned:
    """What a team's use has taught.

    Attributes:
        preferences: What follows from it; its notes say why.
        counts: By style ('' for none): how many of its pictures were 'kept', painted 'again' and 'deleted'.
        why: By style: what follows from that, and why; one sentence each.
        quality: What follows for steps and candidates, and why.
        pictures: Pictures that this was learned from: the latest ones since learning began anew.
    """

    preferences: Preferences = UNSET
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    quality: str = ""
    pictures: int = 0


def scopes(adapter: str, team: str, channel: str, user: str) -> tuple[str, ...]:
    """The scopes that a message stands in, the nearest first."""
    inside = (("user", user), ("channel", channel), ("team", team))
    return tuple(f"{kind}:{adapter}/{name}" for kind, name in inside if name)


def _only(about: Mapping[str, str], names: Mapping[str, Any]) -> dict[str, str]:
    return {name: text for name, text in about.items() if name in names}
