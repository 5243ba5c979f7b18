"""What people, channels and teams want where a message says nothing, and what a team's use has taught."""

from dataclasses import dataclass, field, fields

REWRITING = ("on", "off", "ask")


@dataclass(frozen=True, slots=True)
class Preferences:
    """What is wanted; an empty field leaves it to the next scope, and at last to the settings.

    Attributes:
        rewriting: 'on'; 'off' paints from people's own words, edits included; 'ask' shows the prompt first.
        style, aspect, model: As in `Wishes`.
        language: 'en' or 'zh', for whoever writes in another.
        best_of, revisions: As in `Wishes`; 0 and -1 mean that nothing is said.
        steps: Share of the model's own steps, 0.75 to 1.25; 0 means that nothing is said.
        notes: Where something was set that the asker did not set, one sentence each on what and why.
    """

    rewriting: str = ""
    style: str = ""
    aspect: str = ""
    model: str = ""
    language: str = ""
    best_of: int = 0
    revisions: int = -1
    steps: float = 0.0
    notes: tuple[str, ...] = ()

    def over(self, others: "Preferences") -> "Preferences":
        """These, and where they say nothing, those others."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        mine = {name: value for name, value in said.items() if value != getattr(UNSET, name)}
        merged = {one.name: mine.get(one.name, getattr(others, one.name)) for one in fields(self)}
        return Preferences(**merged | {"notes": self.notes + others.notes})


UNSET = Preferences()


@dataclass(frozen=True, slots=True)
class Learned:
    """What a team's use has taught.

    Attributes:
        preferences: What follows from it; its notes say why.
        counts: By style ('' for none): how many of its pictures were kept, painted again and deleted.
        pictures: Pictures that the team has had since learning began anew.
    """

    preferences: Preferences = UNSET
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    pictures: int = 0


def scopes(adapter: str, team: str, channel: str, user: str) -> tuple[str, ...]:
    """The scopes that a message stands in, the nearest first."""
    inside = (("user", user), ("channel", channel), ("team", team))
    return tuple(f"{kind}:{adapter}/{name}" for kind, name in inside if name)
