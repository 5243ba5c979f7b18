"""The fields of a brief as an LLM fills them: flat, described for it, lenient in what they take."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from bot.brief import Brief, Relation, Subject

# More than anybody asks for in one picture; what an LLM fills in beyond is not looked at.
MOST_ITEMS, MOST_CHARACTERS = 40, 400
LISTS = ("subjects", "relations", "texts", "names", "exclusions")
SCENE = ("aspect", "place", "time", "weather", "style", "light", "composition", "mood", "camera")


def _text(value: Any) -> Any:
    return "" if value is None else value


def _texts(value: Any) -> Any:
    """LLMs give null, one string, or a list with empty strings where a list is meant."""
    if value is None:
        return []
    if isinstance(value, str):
        value = [value]
    return [item for item in value if item not in (None, "")] if isinstance(value, Iterable) else value


def _number(value: Any) -> Any:
    return None if value in ("", "null", "none") else value


Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[list[str], BeforeValidator(_texts)]
Whole = Annotated[int | None, BeforeValidator(_number)]
Real = Annotated[float | None, BeforeValidator(_number)]


class SubjectArgument(BaseModel):
    """One kind of thing in the picture."""

    name: str = Field(description="Singular English noun without adjectives, such as 'cat'.")
    count: Whole = Field(None, description="How many; null when they left it open.")
    colour: Text = Field("", description="Its colour in one plain English word; empty when not said.")
    attributes: Texts = Field(default_factory=list, description="Other adjectives said of it, in English.")
    plural: bool = Field(False, description="True when they said several without a number, such as 'cats'.")


class RelationArgument(BaseModel):
    """How two of the subjects stand to each other."""

    subject: str = Field(description="Name of the one that stands.")
    kind: str = Field(
        description="One of: left of, right of, above, below, behind, in front of, inside, on, next to; or what it "
        "does with the other: wearing, holding."
    )
    object: str = Field(description="Name of the one that it stands to.")


class ImagineArguments(BaseModel):
    """What a person asked to see."""

    prompt: Text = Field("", description="The whole wish in the person's own words and language.")
    subjects: list[SubjectArgument] = Field(default_factory=list, description="Every thing they named.")
    relations: list[RelationArgument] = Field(default_factory=list, description="Only relations that they named.")
    texts: Texts = Field(default_factory=list, description="Words to be drawn in the picture, exactly as written.")
    names: Texts = Field(default_factory=list, description="Proper names, exactly as written.")
    exclusions: Texts = Field(default_factory=list, description="What must not be in it, in English.")
    aspect: Text = Field("", description="One of 1:1, 4:3, 3:4, 3:2, 2:3, 16:9, 9:16; empty when not said.")
    place: Text = Field("", description="Where it is, in English: 'beach'; empty when not said.")
    time: Text = Field("", description="One of day, dawn, sunset, night; empty when not said.")
    weather: Text = Field("", description="One of sunny, rain, snow, fog, storm, cloudy, wind; empty when not said.")
    style: Text = Field("", description="Style or medium, in English: 'watercolour'; empty when not said.")
    light: Text = Field("", description="Light, in a few words; empty unless said or in `added`.")
    composition: Text = Field("", description="Composition, in a few words; empty unless said or in `added`.")
    mood: Text = Field("", description="Mood, in a few words; empty unless said or in `added`.")
    camera: Text = Field("", description="Camera and lens, in a few words; empty unless said or in `added`.")
    added: Texts = Field(default_factory=list, description="Names of fields above that you filled unasked.")
    count: Annotated[int, BeforeValidator(lambda value: 1 if value in (None, "") else value)] = Field(
        1, description="How many pictures, 1 to 4; not how many things in one picture."
    )
    follows_up: bool = Field(False, description="True when this changes or repeats a picture that is there already.")
    which: Text = Field(
        "",
        description="With follows_up: which picture, where they name one: first, second, a number, last, previous, "
        "original, left, right, or its id; empty for the one they reply to, else their last.",
    )
    keeps_seed: bool = Field(
        False, description="True when the rest of that picture should stay as it was; false for 'another one'."
    )
    negative_prompt: Annotated[str | None, BeforeValidator(_number)] = Field(
        None, description="Only if they used these words: a negative prompt."
    )
    width_px: Whole = Field(None, description="Only if they gave a size in pixels.")
    height_px: Whole = Field(None, description="Only if they gave a size in pixels.")
    seed: Whole = Field(None, description="Only if they gave a seed.")
    steps: Whole = Field(None, description="Only if they gave a number of steps.")
    guidance_scale: Real = Field(None, description="Only if they gave a guidance scale.")

    def to_brief(self) -> Brief:
        """The brief that these arguments describe."""
        return Brief(
            words=self.prompt,
            subjects=tuple(
                Subject(
                    item.name[:MOST_CHARACTERS],
                    item.count,
                    item.colour[:MOST_CHARACTERS] or None,
                    tuple(one[:MOST_CHARACTERS] for one in item.attributes[:MOST_ITEMS]),
                    item.plural and not item.count,
                )
                for item in self.subjects[:MOST_ITEMS]
            ),
            relations=tuple(
                Relation(*(one[:MOST_CHARACTERS] for one in (item.subject, item.kind, item.object)))
                for item in self.relations[:MOST_ITEMS]
            ),
            texts=tuple(self.texts[:MOST_ITEMS]),
            names=tuple(one[:MOST_CHARACTERS] for one in self.names[:MOST_ITEMS]),
            exclusions=tuple(one[:MOST_CHARACTERS] for one in self.exclusions[:MOST_ITEMS]),
            added=tuple(one for one in dict.fromkeys(self.added) if one in SCENE),
            **{name: getattr(self, name).strip()[:MOST_CHARACTERS] for name in SCENE},
        )

    def beyond(self) -> list[str]:
        """The lists that have more items than are looked at, with how many they have: '500 subjects'."""
        longest = max((len(one.attributes) for one in self.subjects), default=0)
        counted = {name: len(getattr(self, name)) for name in LISTS} | {"attributes": longest}
        return [f"{count} {name}" for name, count in counted.items() if count > MOST_ITEMS]


def arguments_of(brief: Brief) -> ImagineArguments:
    """A brief as the call of the tool that would fill it so."""
    return ImagineArguments(
        prompt=brief.words,
        subjects=[
            SubjectArgument(
                name=one.name,
                count=one.count,
                colour=one.colour or "",
                attributes=list(one.attributes),
                plural=one.plural,
            )
            for one in brief.subjects
        ],
        relations=[RelationArgument(subject=one.subject, kind=one.kind, object=one.object) for one in brief.relations],
        texts=list(brief.texts),
        names=list(brief.names),
        exclusions=list(brief.exclusions),
        **{name: getattr(brief, name) for name in SCENE},
    )
