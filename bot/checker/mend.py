"""Puts right in a brief what the checker found wrong with it, from what the person said for certain."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.brief import Brief, Relation, Subject
from bot.checker.alike import alike, heads
from bot.checker.finding import Finding, Kind
from bot.director.lexicon_kinds_zh import VALUES
from bot.director.tokens_zh import words
from bot.director.traditional import simplified

_FORBIDS = re.compile(
    r"[,;.]?\s*(?:\bbut\s+)?\b(?:(?:with )?no|without|free of|(?:please )?(?:don't|do not) (?:include|show|draw|add))\b"
    r"[^,.;\n]*|[，,。]?\s*(?:但|而且|也)?(?:不要|没有|别[画有放加]|别出现|不带|不含|无)[^，,。；;\n]*"
    r"|[，,。]?\s*一[个只点][^，,。；;\n]{1,4}[都也](?:别|不要|没)有",
    re.IGNORECASE,
)


def mend_brief(brief: Brief, asked: Brief, found: tuple[Finding, ...]) -> Brief:
    """The brief with all that was found put right, as far as it can be."""
    for finding in sorted(found, key=lambda one: not one.kind.startswith("invented")):
        brief = _WAYS[finding.kind](brief, asked, finding)
    return brief


def _entity(brief: Brief, asked: Brief, finding: Finding) -> Brief:
    lost = tuple(one for one in asked.subjects if one.name == finding.about)
    return replace(brief, subjects=(*brief.subjects, *lost))


def _subject(brief: Brief, asked: Brief, finding: Finding) -> Brief:
    """Count, colour and attributes of a thing as they were said; where it comes in several kinds, all of them."""
    wanted = [one for one in asked.subjects if heads(one.name) & heads(finding.about)]
    there = [one for one in brief.subjects if any(alike(one.name, other.name) for other in wanted)]
    exact = [one for one in there if any(heads(one.name) == heads(other.name) for other in wanted)]
    there = exact or there
    if not wanted or not there:
        return brief
    now = [_as_said(there[0], wanted[0])] if len(wanted) == len(there) == 1 else wanted
    at = brief.subjects.index(there[0])
    rest = [one for one in brief.subjects if one not in there]
    return _without_stolen(replace(brief, subjects=(*rest[:at], *now, *rest[at:])), asked, finding)


def _as_said(there: Subject, wanted: Subject) -> Subject:
    lost = tuple(item for item in wanted.attributes if item not in there.attributes)
    return Subject(
        there.name, wanted.count or there.count, wanted.colour or there.colour, there.attributes + lost, there.plural
    )


def _without_stolen(brief: Brief, asked: Brief, finding: Finding) -> Brief:
    """What was bound to another thing that nobody said it of is taken from there."""

    def mended(one: Subject) -> Subject:
        mine = [other for other in asked.subjects if alike(one.name, other.name)]
        if not mine or any(heads(one.name) & heads(finding.about) for _ in mine):
            return one
        if finding.kind is Kind.COLOUR and one.colour == finding.wanted and all(not other.colour for other in mine):
            return replace(one, colour=None)
        if finding.kind is Kind.ATTRIBUTE and not any(finding.wanted in other.attributes for other in mine):
            return replace(one, attributes=tuple(item for item in one.attributes if item != finding.wanted))
        return one

    return replace(brief, subjects=tuple(mended(one) for one in brief.subjects))


def _relation(brief: Brief, asked: Brief, finding: Finding) -> Brief:
    def named(name: str) -> str:
        return next((one.name for one in brief.subjects if alike(one.name, name)), name)

    said = [one for one in asked.relations if f"{one.subject}|{one.object}" == finding.about]
    now = tuple(Relation(named(one.subject), one.kind, named(one.object)) for one in said)
    pairs = [{one.subject, one.object} for one in now]
    kept = tuple(one for one in brief.relations if {one.subject, one.object} not in pairs)
    return replace(brief, relations=kept + now)


def _text(brief: Brief, _: Brief, finding: Finding) -> Brief:
    kept = tuple(text for text in brief.texts if text not in (finding.found, finding.wanted))
    return replace(brief, texts=(*kept, *filter(None, [finding.wanted])))


def _name(brief: Brief, _: Brief, finding: Finding) -> Brief:
    return replace(brief, names=(*brief.names, finding.wanted))


def _exclusion(brief: Brief, _: Brief, finding: Finding) -> Brief:
    kept_out = (*(one for one in brief.exclusions if one != finding.about), finding.about)
    if finding.found:
        brief = _without(brief, finding.found)
    return replace(brief, exclusions=kept_out)


def _scene(brief: Brief, _: Brief, finding: Finding) -> Brief:
    added = tuple(name for name in brief.added if name != finding.about)
    return replace(brief, added=added, **{finding.about: finding.wanted})  # type: ignore[arg-type]


def _invented(brief: Brief, _: Brief, finding: Finding) -> Brief:
    """Without the very thing where it goes by that name alone, else without all that turn on its noun."""
    if finding.about != "subjects":
        return _without(brief, finding.found)
    return _left(brief, tuple(one for one in brief.subjects if one.name != finding.found))


def _detail(brief: Brief, _: Brief, finding: Finding) -> Brief:
    """Without a value that nobody gave, in whatever field it stands."""
    match finding.about:
        case "colour":
            freed = (replace(one, colour=None) if one.colour == finding.found else one for one in brief.subjects)
            return replace(brief, subjects=tuple(freed))
        case "attributes":
            return replace(brief, subjects=tuple(_without_attribute(one, finding.found) for one in brief.subjects))
        case "relations":
            kept = [one for one in brief.relations if f"{one.subject} {one.kind} {one.object}" != finding.found]
            return replace(brief, relations=tuple(kept))
        case "names":
            return replace(brief, names=tuple(one for one in brief.names if one != finding.found))
        case "exclusions":
            return replace(brief, exclusions=tuple(one for one in brief.exclusions if one != finding.found))
    return _scene(brief, brief, finding)


def _without_attribute(subject: Subject, attribute: str) -> Subject:
    return replace(subject, attributes=tuple(item for item in subject.attributes if item != attribute))


def _without(brief: Brief, name: str) -> Brief:
    return _left(brief, tuple(one for one in brief.subjects if not heads(one.name) & heads(name)))


def _left(brief: Brief, subjects: tuple[Subject, ...]) -> Brief:
    """The brief with these subjects only, and the relations between them."""
    names = {one.name for one in subjects}
    return replace(
        brief,
        subjects=subjects,
        relations=tuple(one for one in brief.relations if {one.subject, one.object} <= names),
    )


def _untouched(brief: Brief, _: Brief, __: Finding) -> Brief:
    return brief


_WAYS: dict[Kind, Callable[[Brief, Brief, Finding], Brief]] = {
    Kind.ENTITY: _entity, Kind.COUNT: _subject, Kind.COLOUR: _subject, Kind.ATTRIBUTE: _subject,
    Kind.RELATION: _relation, Kind.TEXT: _text, Kind.INVENTED_TEXT: _text, Kind.NAME: _name,
    Kind.EXCLUSION: _exclusion, Kind.SCENE: _scene, Kind.ASPECT: _scene, Kind.INVENTED_ENTITY: _invented,
    Kind.INVENTED_DETAIL: _detail,
    Kind.LANGUAGE: _untouched, Kind.TOO_LONG: _untouched,
}  # fmt: skip


def in_english(brief: Brief) -> Brief:
    """A brief with its Chinese put into English, as far as the lexicon knows every word of it."""
    scene: dict[str, Any] = {
        name: english(getattr(brief, name)) for name in ("place", "time", "weather", "style", "composition")
    }
    renamed = {one.name: english(one.name) for one in brief.subjects}
    return replace(
        brief,
        subjects=tuple(
            replace(
                one,
                name=renamed[one.name],
                colour=english(one.colour or "") or None,
                attributes=tuple(english(item) for item in one.attributes),
            )
            for one in brief.subjects
        ),
        relations=tuple(
            Relation(renamed.get(one.subject, one.subject), one.kind, renamed.get(one.object, one.object))
            for one in brief.relations
        ),
        exclusions=tuple(english(item) for item in brief.exclusions),
        **scene,
    )


def english(text: str) -> str:
    """Chinese words in English; the text itself where one of them is unknown."""
    if text.isascii():
        return text
    said = [word for word in words(simplified(text)) if word.kind not in {"的", "skip"}]
    meant = [VALUES.get(word.text) or (word.text if word.text.isascii() else "") for word in said]
    return " ".join(meant) if meant and all(meant) else text


def without_forbidding(words_said: str) -> str:
    """Words without what they forbid, for a model that would paint whatever is named."""
    return _FORBIDS.sub("", words_said).strip(" ,，;；") or words_said
