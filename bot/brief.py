"""The typed plan of a picture: what the asker fixed, and what was left free."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of thing in the picture, with what is bound to it.

    Attributes:
        name: Singular noun, in English where the director or LLM knows the word, else as the asker wrote it.
        count: How many; None where the asker left it open.
        colour: One plain colour word, or None.
        attributes: Other adjectives bound to this subject.
        plural: Several, without saying how many: 'cats'; `count` is then None.
    """

    name: str
    count: int | None = None
    colour: str | None = None
    attributes: tuple[str, ...] = ()
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """How two subjects stand to each other: 'cat' 'left of' 'dog'; or what one does with the other: 'wearing' a 'hat'.

    `kind` is one of `RELATIONS`, or a verb in -ing.
    """

    subject: str
    kind: str
    object: str


RELATIONS = ("left of", "right of", "above", "below", "behind", "in front of", "inside", "on", "next to")
# What says the same from the other end.
MIRRORED = {
    "left of": "right of", "right of": "left of", "above": "below", "below": "above", "behind": "in front of",
    "in front of": "behind", "next to": "next to",
}  # fmt: skip
FREE = ("light", "composition", "mood", "camera")
ASPECTS = ("1:1", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16")


@dataclass(frozen=True, slots=True)
class Brief:
    """What a request means, apart from how any one model wants to hear it.

    Everything that the asker said is locked: subjects with their counts, colours and attributes, relations, texts,
    names, exclusions, aspect, and whatever of place, time, weather and style they named. What they left open is free;
    fields filled without being asked for are listed in `added`.

    Attributes:
        words: The asker's own words for the whole picture, follow-ups included.
        texts: Words to be drawn in the picture, verbatim, never translated.
        names: Proper names, verbatim.
        exclusions: What must not be in the picture.
        aspect: One of `ASPECTS`, or an empty string.
        light, composition, mood, camera: Free items.
        added: Names of the fields that were filled without being asked for.
    """

    words: str
    subjects: tuple[Subject, ...] = ()
    relations: tuple[Relation, ...] = ()
    texts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    aspect: str = ""
    place: str = ""
    time: str = ""
    weather: str = ""
    style: str = ""
    light: str = ""
    composition: str = ""
    mood: str = ""
    camera: str = ""
    added: tuple[str, ...] = ()
