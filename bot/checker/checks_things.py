"""Checks of things: that each is there, as many as asked, with its colour and attributes, standing as asked."""

from collections.abc import Iterator

from bot.brief import MIRRORED, RELATIONS, Brief, Relation, Subject
from bot.checker.actions import does
from bot.checker.alike import colours_in, heads, means_the_same
from bot.checker.finding import Finding, Kind
from bot.checker.mentions import Mention, Standing, has_word
from bot.checker.shown import Shown
from bot.dialects.rendering import is_chinese
from bot.director import lexicon
from bot.director.lexicon import NUMBERS
from bot.director.lexicon_zh import ADJECTIVES as CHINESE_ADJECTIVES
from bot.director.lexicon_zh import VERBS as CHINESE_VERBS
from bot.director.tokens import DETERMINERS, tokens

# What people say for each other: in Chinese 上面 is both, and what is on a thing is inside of a scene.
_LOOSELY = ({"on", "above"}, {"on", "inside"}, {"below", "inside"})
_BESIDE = frozenset({"left of", "right of", "next to", "behind", "in front of"})
_SHADES = frozenset("dark light bright pale deep".split())
_VAGUE = frozenset("different various single several other same".split())
_SMALL_WORDS = frozenset("a an the of in on at with and to its his her their is are for from by as".split())
_TEXTS = frozenset({"word", "text", "letter", "lettering", "caption", "inscription"})
_TRANSLATED = frozenset({*CHINESE_ADJECTIVES.values(), *CHINESE_VERBS.values()})


def entities(wanted: Brief, shown: Shown, _: str) -> Iterator[Finding]:
    """Every thing is there."""
    if shown.unsure:
        return
    for name in dict.fromkeys(one.name for one in wanted.subjects if one.name.strip()):
        if not shown.has(name):
            yield Finding(Kind.ENTITY, shown.where, name, name)


def counts(wanted: Brief, shown: Shown, _: str) -> Iterator[Finding]:
    """There are as many of each thing as asked; where the number was left open, a prompt names none."""
    for subject, mentions in _present(wanted, shown):
        same = [one for one in wanted.subjects if one.name == subject.name]
        mentions = [one for one in mentions if not one.definite] or mentions
        if len(same) > 1:
            mentions = _painted(subject, mentions) or mentions
        counted = [one.count for one in mentions if one.count]
        total = sum(one.count or 1 for one in same) if all(one.count for one in same) else 0
        if subject.count is None:
            if shown.is_prompt and len(same) == 1 and counted and min(counted) > 1:
                yield Finding(Kind.COUNT, shown.where, subject.name, "", str(counted[0]))
        elif subject.count == 1:
            several = all((one.count or 1) > 1 or (one.plural and " of " not in subject.name) for one in mentions)
            if several and total not in counted:
                yield Finding(Kind.COUNT, shown.where, subject.name, "1", str(counted[0]) if counted else "")
        elif not {subject.count, total} & {*counted, sum(counted), _number_before(subject, shown)}:
            yield Finding(Kind.COUNT, shown.where, subject.name, str(subject.count), str(counted[0]) if counted else "")


def _number_before(subject: Subject, shown: Shown) -> int | None:
    """The number that stands some words before a thing in a prompt, as in 'two hand in hand walking children'."""
    if not shown.is_prompt:
        return None
    number: int | None = None
    for word in tokens(shown.written):
        said = NUMBERS.get(word) or (int(word) if word.isdecimal() else None)
        if said or word in DETERMINERS or word in {",", "and", "."}:
            number = said
        elif heads(word) & heads(subject.name):
            return number
    return None


def colours(wanted: Brief, shown: Shown, _: str) -> Iterator[Finding]:
    """Each thing has its own colour, and in a prompt none that nobody gave it."""
    for subject, mentions in _present(wanted, shown):
        same = [one for one in wanted.subjects if heads(one.name) & heads(subject.name)]
        own = {colour for one in same for colour in _colours_of(one)}
        # Navy is a blue: whoever is to be blue may be called so.
        strange = [hue for one in mentions for hue in sorted(one.colours - own) if lexicon.COLOURS.get(hue) not in own]
        colour = subject.colour or ""
        if colour and mentions and not any(_is_painted(one, colour) for one in mentions):
            yield Finding(Kind.COLOUR, shown.where, subject.name, colour, "".join(strange[:1]))
        elif strange and shown.is_prompt:
            yield Finding(Kind.COLOUR, shown.where, subject.name, "", strange[0])


def attributes(wanted: Brief, shown: Shown, _: str) -> Iterator[Finding]:
    """Each attribute is there, and where it is one word, with its own thing and not with another."""
    for subject, mentions in _present(wanted, shown):
        for attribute in subject.attributes:
            if colours_in(attribute) or (attribute in _SHADES and subject.colour) or attribute in _VAGUE:
                continue
            if not _is_written(attribute, shown):
                if not _is_reworded(subject, shown):
                    yield Finding(Kind.ATTRIBUTE, shown.where, subject.name, attribute)
            elif thief := _bound_elsewhere(attribute, mentions, wanted, shown):
                yield Finding(Kind.ATTRIBUTE, shown.where, subject.name, attribute, thief)


def relations(wanted: Brief, shown: Shown, _: str) -> Iterator[Finding]:
    """Things stand to each other as asked, and not the other way round."""
    standings = [*shown.said.standings, *shown.said.sides]
    for relation in wanted.relations:
        first, second = relation.subject, relation.object
        about, said = f"{first}|{second}", f"{first} {relation.kind} {second}"
        if relation.kind not in RELATIONS:
            if shown.is_prompt and not does(relation, shown.written):
                yield Finding(Kind.RELATION, shown.where, about, said)
            continue
        if shown.same(first, second) or any(_says(one, relation, shown) for one in standings):
            continue
        if wanted.texts and any(_stands_at_text(one, relation, shown) for one in standings):
            continue
        between = [one for one in standings if _between(one, first, second, shown)]
        if between or (_may_be_missing(relation, shown) and not _is_riddle(relation, shown)):
            found = next((f"{one.subjects[0]} {one.kind} {one.object}" for one in between), "")
            yield Finding(Kind.RELATION, shown.where, about, said, found)


def _present(wanted: Brief, shown: Shown) -> Iterator[tuple[Subject, list[Mention]]]:
    """The subjects that are there, each with what the other side says of it."""
    for subject in wanted.subjects:
        if mentions := shown.of(subject.name) if subject.name.strip() else []:
            yield subject, mentions


def _painted(subject: Subject, mentions: list[Mention]) -> list[Mention]:
    """Of mentions of one name, those of this subject's colour, or where it has none, its attributes."""
    if subject.colour:
        return [one for one in mentions if _is_painted(one, subject.colour)]
    return [one for one in mentions if set(subject.attributes) & one.qualities]


def _is_painted(mention: Mention, colour: str) -> bool:
    plain = colours_in(colour)
    said = mention.qualities | colours_in(" ".join(mention.qualities))
    return plain <= said if plain else all(word in said for word in colour.casefold().split())


def _colours_of(subject: Subject) -> set[str]:
    return colours_in(" ".join([subject.colour or "", subject.name, *subject.attributes]))


def _is_written(attribute: str, shown: Shown) -> bool:
    """Whether all words that matter are there; what nobody could translate counts as there."""
    if is_chinese(attribute) != is_chinese(shown.written) and attribute not in _TRANSLATED:
        return True
    if is_chinese(shown.written):
        meant = {word for word, value in (CHINESE_ADJECTIVES | CHINESE_VERBS).items() if value == attribute}
        return any(word in shown.written for word in meant) or attribute in shown.written
    words = [word for word in attribute.casefold().split() if word not in _SMALL_WORDS]
    also = "" if shown.is_prompt else "\n".join(one.colour or "" for one in shown.brief.subjects)
    return all(any(has_word(form, f"{shown.written}\n{also}") for form in _forms(word)) for word in words)


def _is_reworded(subject: Subject, shown: Shown) -> bool:
    """Whether a brief describes the thing in words that were not asked for, which may be a translation or synonym."""
    described = [one for one in shown.brief.subjects if shown.same(one.name, subject.name)]
    return not shown.is_prompt and any(set(one.attributes) - set(subject.attributes) for one in described)


def _forms(word: str) -> set[str]:
    stem = word.removesuffix("ing")
    return {*means_the_same(word), *((stem, f"{stem}e", stem[:-1]) if word != stem and len(stem) > 2 else ())}


def _bound_elsewhere(attribute: str, mentions: list[Mention], wanted: Brief, shown: Shown) -> str:
    """The other thing that has it, where this one has not; an empty string where all is well."""
    forms = [set(form.replace("-", " ").split()) for form in means_the_same(attribute)]
    if _SMALL_WORDS & set(attribute.split()) or any(_has(forms, one.qualities) for one in mentions):
        return ""
    rightly = [one.name for one in wanted.subjects if any(_has(forms, {item}) for item in one.attributes)]
    others = [one for one in shown.said.mentions if not one.negated and _has(forms, one.own - heads(one.name))]
    thief = next((one for one in others if not any(heads(one.name) & heads(name) for name in rightly)), None)
    return thief.name if thief and any(heads(thief.name) & heads(one.name) for one in wanted.subjects) else ""


def _has(forms: list[set[str]], said: set[str]) -> bool:
    spoken = {word for item in said for word in item.replace("-", " ").split()}
    return any(form <= spoken for form in forms)


def _says(standing: Standing, relation: Relation, shown: Shown) -> bool:
    """Whether it says the relation, from either end."""
    loosely = not shown.is_prompt
    if _stands(standing, relation.subject, relation.object, shown):
        return _is_kind(standing.kind, relation.kind, loosely=loosely)
    if _stands(standing, relation.object, relation.subject, shown):
        return _is_kind(standing.kind, MIRRORED.get(relation.kind, ""), loosely=loosely)
    return False


def _stands_at_text(standing: Standing, relation: Relation, shown: Shown) -> bool:
    """'Next to the words' is next to what they are written on."""
    texts = Standing(standing.subjects, standing.kind, relation.object)
    return bool(heads(standing.object) & _TEXTS) and _says(texts, relation, shown)


def _stands(standing: Standing, subject: str, bearer: str, shown: Shown) -> bool:
    """Whether it is of these two; of a 'plum blossom' the reader may have taken the second word for a verb."""
    subjects = [name for name in standing.subjects if shown.same(name, subject) or subject.startswith(f"{name} ")]
    return bool(subjects) and shown.same(standing.object, bearer)


def _is_kind(found: str, wanted: str, *, loosely: bool) -> bool:
    both = {found, wanted}
    if found == wanted or not loosely:
        return found == wanted
    return any(both <= pair for pair in _LOOSELY) or (both <= _BESIDE and "next to" in both)


def _between(standing: Standing, one: str, other: str, shown: Shown) -> bool:
    """Whether it is of these two things, nearest to each other."""
    nearest = Standing(standing.subjects[:1], standing.kind, standing.object)
    return _stands(nearest, one, other, shown) or _stands(nearest, other, one, shown)


def _is_riddle(relation: Relation, shown: Shown) -> bool:
    """Whether a Chinese prompt says it of a thing that no lexicon knows, so that nobody here can read it."""
    if not shown.is_prompt or not is_chinese(shown.written):
        return False
    return any(is_chinese(name) and name in shown.written for name in (relation.subject, relation.object))


def _may_be_missing(relation: Relation, shown: Shown) -> bool:
    """Whether it is a loss: a brief may have put the other thing into its place or into an attribute."""
    if shown.is_prompt:
        return True
    named = heads(relation.subject) | heads(relation.object)
    return not any(has_word(head, "\n".join([shown.elsewhere, *shown.brief.names])) for head in named)
