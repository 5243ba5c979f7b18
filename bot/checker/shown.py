"""What a brief or a prompt shows, in one form, so that the same checks read both."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from bot.brief import Brief, Relation
from bot.checker.alike import alike, colours_in, heads, is_known
from bot.checker.mentions import Mention, Said, Standing, has_word, read_mentions
from bot.dialects import Rendering
from bot.dialects.rendering import is_chinese
from bot.dialects.vocabulary import Known, Vocabulary, find
from bot.director.lexicon_marks import QUOTED
from bot.director.lexicon_zh import NOUNS, PLACES
from bot.tasks import ModelCard

_NAMED_AS_WRITTEN = frozenset({*NOUNS.values(), *PLACES.values()})


@dataclass(frozen=True, slots=True)
class Shown:
    """One side of a comparison.

    Attributes:
        where: 'brief' or 'prompt'.
        said: The noun phrases in it, and how they stand to each other.
        written: All its words.
        elsewhere: Words of a brief that describe no subject: place, composition and the like.
        texts: What is to be drawn as text.
        kept_out: What is to be left out.
        heeds: Whether what is left out has to be named in `kept_out`.
        unsure: A name in it may be a translation or synonym that nobody here knows.
        brief: The brief itself; the prompt's is what it was rendered from.
    """

    where: str
    said: Said
    written: str
    texts: tuple[str, ...]
    kept_out: tuple[str, ...]
    brief: Brief
    elsewhere: str = ""
    heeds: bool = True
    unsure: bool = False

    @property
    def is_prompt(self) -> bool:
        """Whether it is a prompt, which code made of a brief, and must hold it word for word."""
        return self.where == "prompt"

    def of(self, name: str) -> list[Mention]:
        """The phrases that speak of a thing of this name; a synonym counts where nothing else is called so."""
        there = [one for one in self.said.mentions if not one.negated]
        same = [one for one in there if heads(one.name) & heads(name)]
        exact = [one for one in same if one.name == name or (not self.is_prompt and heads(one.name) == heads(name))]
        rivals = self.brief.subjects if self.is_prompt else ()
        others = {head for one in rivals if one.name != name for head in heads(one.name)}
        near = [one for one in there if alike(one.name, name) and not heads(one.name) & others]
        return exact or same or near or [one for one in there if set(name.split()) <= set(one.name.split())]

    def same(self, one: str, other: str) -> bool:
        """Whether two names mean one thing here: an LLM may choose another word for it, code may not."""
        return bool(heads(one) & heads(other)) if self.is_prompt else alike(one, other)

    def has(self, name: str) -> bool:
        """Whether a thing of this name is in it, or nobody can tell."""
        mentions = self.of(name)
        if mentions and (not self.is_prompt or self._has_all_words(name) or not heads(mentions[0].name) & heads(name)):
            return True
        return has_word(name, self.written) or self._cannot_tell(name)

    def _has_all_words(self, name: str) -> bool:
        if is_chinese(self.written) or is_chinese(name):
            return True
        return all(has_word(word, self.written) for word in name.split() if len(word) > 2)

    def _cannot_tell(self, name: str) -> bool:
        """Whether the name may be there in the other language, unknown to the lexicon."""
        if is_chinese(name):
            return not is_chinese(self.written) and not heads(name) & _NAMED_AS_WRITTEN
        return is_chinese(self.written) and not heads(name) & _NAMED_AS_WRITTEN


def of_prompt(brief: Brief, rendering: Rendering, card: ModelCard) -> Shown:
    """What a prompt shows."""
    said = read_mentions(rendering.prompt)
    quoted = tuple(next(filter(None, match.groups())) for match in QUOTED.finditer(rendering.prompt))
    kept_out = tuple(part.strip() for part in rendering.negative_prompt.split(",") if part.strip())
    return Shown("prompt", said, rendering.prompt, quoted, kept_out, brief, heeds=card.negative_prompt)


def in_words_of(card: ModelCard, brief: Brief) -> Brief:
    """A brief in the words of a model that knows only some, where its own word means the very same."""
    if not card.vocabulary:
        return brief
    vocabulary = Vocabulary.of(card)

    def known(name: str, *tables: Mapping[str, Known]) -> str:
        meanings = [meaning for table in tables if (meaning := find(table, name)) and meaning.itself]
        return meanings[0].known if meanings else name

    def called(name: str) -> str:
        return known(name, vocabulary.subjects, vocabulary.places)

    def is_place(name: str) -> bool:  # nothing stands beside it: all is in it
        return find(vocabulary.subjects, name) is None and find(vocabulary.places, name) is not None

    said = {name: called(name) for one in brief.relations for name in (one.subject, one.object)}
    return replace(
        brief,
        subjects=tuple(
            replace(one, name=called(one.name), colour=known(one.colour or "", vocabulary.colours) or None)
            for one in brief.subjects
        ),
        relations=tuple(
            Relation(said[one.subject], one.kind, said[one.object])
            for one in brief.relations
            if not is_place(one.subject) and not is_place(one.object)
        ),
        place=known(brief.place, vocabulary.places),
        time=_named_time(known(brief.time, vocabulary.times), vocabulary),
        style="" if (style := find(vocabulary.styles, brief.style)) and style.itself else brief.style,
        weather="" if brief.weather == "sunny" else brief.weather,  # it is how every picture of a small world looks
    )


def _named_time(time: str, vocabulary: Vocabulary) -> str:
    """A time of day that the model's captions name; the one that they leave unsaid is in no prompt."""
    return "" if time in vocabulary.times and not vocabulary.times[time].phrase else time


def of_brief(brief: Brief, request: str) -> Shown:
    """What a brief shows; one without subjects shows its words, since those are painted."""
    subjects = [subject for subject in brief.subjects if subject.name.strip()]
    attributes = [", ".join(subject.attributes) for subject in subjects]
    scene = (brief.place, brief.time, brief.weather, brief.style, brief.light, brief.composition, brief.mood)
    elsewhere = "\n".join(filter(None, [*scene, brief.camera, *attributes, "" if subjects else brief.words]))
    said = Said(
        tuple(Mention(_clean(one.name), one.count, *_described(one.colour, one.attributes)) for one in subjects),
        tuple(Standing((one.subject,), one.kind, one.object) for one in brief.relations),
    )
    written = "\n".join([*(one.name for one in subjects), *brief.texts, *brief.names, elsewhere])
    unsure = any(not is_known(one.name) and not has_word(one.name, request) for one in subjects)
    said += _loose(elsewhere)
    return Shown("brief", said, written, brief.texts, brief.exclusions, brief, elsewhere, unsure=unsure)


def everything(brief: Brief) -> str:
    """All words of a brief."""
    scene = [getattr(brief, item.name) for item in fields(brief) if isinstance(getattr(brief, item.name), str)]
    subjects = [" ".join([*one.attributes, one.colour or "", one.name]) for one in brief.subjects]
    return "\n".join([*scene, *subjects, *brief.texts, *brief.names])


def _loose(text: str) -> Said:
    said = read_mentions(text) if text else Said()
    for mention in said.mentions:
        mention.count = mention.count if (mention.count or 0) > 1 else None
    return said


def _clean(name: str) -> str:
    return " ".join(name.casefold().split())


def _described(colour: str | None, attributes: tuple[str, ...]) -> tuple[set[str], set[str]]:
    """The colours and adjectives of a subject; 'wearing a red hat' makes nothing red."""
    plain = [said for said in attributes if colours_in(said) == set(said.casefold().replace(" and ", " ").split())]
    words = {word for said in attributes for word in said.casefold().split()}
    return colours_in(" ".join([colour or "", *plain])), words | {colour.casefold()} if colour else words
