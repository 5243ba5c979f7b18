"""A brief while it is being read: things that can still be changed, and how they stand to each other."""

from dataclasses import dataclass, field, fields
from typing import Any

from bot.brief_arguments import ImagineArguments, RelationArgument, SubjectArgument

SCENE = ("aspect", "place", "time", "weather", "style", "light", "composition", "mood")
# What stands in the way of nothing: side by side both are as much the subject of a picture.
_BESIDE = frozenset({"left of", "right of", "next to"})
OPPOSITE = {"left": "right", "right": "left"}


@dataclass(eq=False, slots=True)
class Thing:
    """A subject that may still gain a count, a colour or attributes; two things are the same only by identity."""

    name: str
    count: int | None = None
    colour: str = ""
    attributes: list[str] = field(default_factory=list)
    side: str = ""
    plural: bool = False

    def describe(self, attribute: str) -> None:
        """Add an attribute, once."""
        if attribute and attribute not in self.attributes:
            self.attributes.append(attribute)

    def paint(self, colours: list[str]) -> None:
        """Set its colour; two colours together are an attribute, since a subject has one."""
        if len(colours) == 1:
            self.colour = colours[0]
        elif colours:
            self.colour = ""
            self.describe(" and ".join(colours))


@dataclass(slots=True)
class Draft:
    """What was read so far.

    `numbers` holds the fields of `ImagineArguments` that are not part of the picture's meaning: count, seed, sizes.
    `focus` is what 'it' means. Of a picture that is changed `standing` is its scene, and `cleared` the fields of it
    that no longer hold.
    """

    things: list[Thing] = field(default_factory=list)
    relations: list[tuple[Thing, str, Thing]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    exclusions: list[str] = field(default_factory=list)
    aspect: str = ""
    place: str = ""
    time: str = ""
    weather: str = ""
    style: str = ""
    light: str = ""
    composition: str = ""
    mood: str = ""
    numbers: dict[str, Any] = field(default_factory=dict)
    focus: Thing | None = None
    standing: dict[str, str] = field(default_factory=dict)
    cleared: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, earlier: ImagineArguments) -> "Draft":
        """A draft that goes on from an earlier brief: its things and relations; its scene is left blank."""
        draft = cls(texts=list(earlier.texts), names=list(earlier.names), exclusions=list(earlier.exclusions))
        draft.things = [
            Thing(item.name, item.count, item.colour, list(item.attributes), plural=item.plural)
            for item in earlier.subjects
        ]
        for relation in earlier.relations:
            subject, other = draft.find(relation.subject), draft.find(relation.object)
            if subject and other:
                draft.relate(subject, relation.kind, other)
        draft.standing = {name: getattr(earlier, name) for name in SCENE}
        draft.focus = draft.main()
        return draft

    def main(self) -> Thing | None:
        """What the picture is of: the first thing that nothing else wears, holds or stands on."""
        served = [id(other) for _, kind, other in self.relations if kind not in _BESIDE]
        return next((one for one in self.things if id(one) not in served), next(iter(self.things), None))

    def add(self, thing: Thing) -> Thing:
        """Put a new thing into the picture."""
        self.things.append(thing)
        self.focus = thing
        return thing

    def find(self, name: str) -> Thing | None:
        """The thing that goes by this name, the last one first; 'car' also finds 'police car'."""
        for thing in reversed(self.things):
            if thing.name == name or thing.name.endswith(f" {name}"):
                return thing
        return None

    def drop(self, thing: Thing) -> None:
        """Take a thing out, with its relations."""
        self.things.remove(thing)
        self.relations = [relation for relation in self.relations if thing not in (relation[0], relation[2])]
        if self.focus is thing:
            self.focus = self.main()

    def relate(self, subject: Thing, kind: str, other: Thing) -> None:
        """Say how two things stand to each other; said before, it is not said again."""
        if subject is not other and (subject, kind, other) not in self.relations:
            self.relations.append((subject, kind, other))

    def exclude(self, name: str) -> None:
        """Name something that must not be there, once."""
        if name and name not in self.exclusions:
            self.exclusions.append(name)

    def settle_sides(self) -> None:
        """Turn 'one on the left, one on the right' into a relation; a lone side is read against the only other."""
        sided = {thing.side: thing for thing in self.things if thing.side in OPPOSITE}
        if "left" in sided and "right" in sided:
            self.relate(sided["left"], "left of", sided["right"])
        elif sided and len(self.things) > 1:
            ((side, thing),) = sided.items()
            other = self.main()
            if len(self.things) == 2 or other is None or other is thing:
                other = next(one for one in self.things if one is not thing)
            if not any({thing, other} == {relation[0], relation[2]} for relation in self.relations):
                self.relate(thing, f"{side} of", other)

    def is_empty(self) -> bool:
        """Whether nothing at all was understood."""
        return not any(getattr(self, item.name) for item in fields(self))

    def arguments(self, words: str) -> ImagineArguments:
        """What the imagine tool is called with."""
        return ImagineArguments(
            prompt=words,
            subjects=[
                SubjectArgument(
                    name=one.name,
                    count=one.count,
                    colour=one.colour,
                    attributes=one.attributes,
                    plural=one.plural and one.count is None,
                )
                for one in self.things
            ],
            relations=[
                RelationArgument(subject=one.name, kind=kind, object=other.name) for one, kind, other in self.relations
            ],
            texts=self.texts,
            # One Chinese character alone is a piece of a word that nobody here knows, and no name.
            names=[name for name in self.names if len(name) > 1 or name.isascii()],
            exclusions=self.exclusions,
            **{name: getattr(self, name) for name in SCENE},
            **self.numbers,
        )
