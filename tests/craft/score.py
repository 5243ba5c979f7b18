"""Compares what a request was taken to mean with what it should mean: kept, missed, wrong and invented items.

An expectation is an object with the fields of a brief that the asker's words fix; '|' separates accepted
alternatives, and a field that is left out must not be asserted; but a count of 1 may be, since 'a cat' says it, and so
may an attribute that stands in the words, unless another subject is the one that should have it. `passthrough` means
that the words are passed on with nothing read into them, `reply` that no picture is wished for, `either` that both are
right.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.brief import RELATIONS, Brief, Subject
from bot.director import lexicon_zh
from bot.director.traditional import simplified
from bot.grammar import singular

SCENE = ("place", "time", "weather", "style", "aspect")
MIRRORED = {
    "left of": "right of", "right of": "left of", "above": "below", "below": "above",
    "behind": "in front of", "in front of": "behind", "next to": "next to",
}  # fmt: skip
SPELLINGS = {"gray": "grey", "watercolor": "watercolour", "colored": "coloured", "colorful": "colourful"}
ARTICLES = frozenset({"a", "an", "the"})
SHADES = frozenset({"dark", "light", "bright", "pale", "deep"})


@dataclass(slots=True)
class Verdict:
    """What came of one request; every item is 'what: value', and `kept` counts against kept + missed + wrong."""

    kept: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    @property
    def right(self) -> bool:
        """Whether everything was kept and nothing invented."""
        return not (self.missed or self.wrong or self.invented)

    def judge(self, what: str, wanted: str, got: str, same: bool) -> None:
        """File one constraint under kept, wrong or missed."""
        if same:
            self.kept.append(f"{what}: {wanted}")
        elif got:
            self.wrong.append(f"{what}: {got} instead of {wanted}")
        else:
            self.missed.append(f"{what}: {wanted}")


def score(brief: Brief | None, pictures: int, expected: Mapping[str, Any]) -> Verdict:
    """Judge a brief, or None for a text reply, and the number of pictures against an expectation."""
    verdict = Verdict()
    wants_reply, may_pass = expected.get("reply", False), expected.get("passthrough", False)
    if expected.get("either"):
        wants_reply, may_pass = brief is None, brief is not None
    if wants_reply or brief is None:
        verdict.judge("answer", "a reply" if wants_reply else "a picture", "the other", wants_reply and brief is None)
    elif may_pass:
        read = bool(brief.subjects)
        verdict.judge("answer", "the words as they are", "subjects" if read else "", not read and bool(brief.words))
    if brief is not None:
        _subjects(verdict, brief, expected.get("subjects", []))
        _scene(verdict, brief, expected)
        _relations(verdict, brief, expected)
        _several(verdict, "exclusion", brief.exclusions, expected.get("exclusions", []), _is_thing)
        _several(verdict, "text", brief.texts, expected.get("texts", []), str.__eq__)
        _pictures(verdict, pictures, expected.get("pictures"))
    elif not wants_reply:
        verdict.missed += [f"{what}: {wanted}" for what, wanted in constraints(expected)]
    return verdict


def constraints(expected: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Every (kind, alternatives) that an expectation asks for, for counting and for baselines."""
    found: list[tuple[str, str]] = []
    for subject in expected.get("subjects", []):
        found.append(("subject", subject["name"]))
        found += [(key, str(subject[key])) for key in ("count", "colour") if subject.get(key)]
        found += [("attribute", item) for item in subject.get("attributes", [])]
    found += [(key, expected[key]) for key in SCENE if expected.get(key)]
    found += [("relation", " ".join(relation)) for relation in expected.get("relations", [])]
    found += [("exclusion", item) for item in expected.get("exclusions", [])]
    found += [("text", item) for item in expected.get("texts", [])]
    if expected.get("pictures"):
        found.append(("pictures", str(expected["pictures"])))
    return found


def words_of(text: str) -> list[str]:
    """Words for comparing: small letters, British, no articles, the last one singular."""
    words = [SPELLINGS.get(word, word) for word in text.casefold().replace("-", " ").split()]
    words = [word for word in words if word not in ARTICLES]
    return [*words[:-1], singular(words[-1])] if words else []


def _any(got: str, wanted: str, same: Callable[[str, str], bool]) -> bool:
    return any(same(got, one) for one in str(wanted).split("|"))


def _same_words(got: str, wanted: str) -> bool:
    """'dark forest' is a forest: every wanted word is there."""
    return bool(wanted) and set(words_of(wanted)) <= set(words_of(got))


def _same_thing(got: str, wanted: str) -> bool:
    """'police car' is a car: the wanted words stand at the end."""
    ours, theirs = words_of(got), words_of(wanted)
    return bool(theirs) and ours[-len(theirs) :] == theirs


def _is_thing(got: str, alternatives: str) -> bool:
    return _any(got, alternatives, _same_thing)


def _same_colour(got: str, wanted: str) -> bool:
    return words_of(got)[-1:] == words_of(wanted)[-1:] and _same_words(got, wanted)


def _subjects(verdict: Verdict, brief: Brief, wanted: Iterable[Mapping[str, Any]]) -> None:
    """Pair each expected subject with the brief's best one of that name; what is left over was invented."""
    left, wanted = list(brief.subjects), list(wanted)
    free = _unbound(brief, wanted)
    for one in wanted:
        fitting = [(_judged(subject, one, free), subject) for subject in left if _is_named(subject, one)]
        if not fitting:
            verdict.missed += [f"{what}: {value}" for what, value in constraints({"subjects": [one]})]
            continue
        judged, subject = max(fitting, key=lambda pair: len(pair[0].kept) - len(pair[0].invented))
        left.remove(subject)
        for name in ("kept", "missed", "wrong", "invented"):
            getattr(verdict, name).extend(getattr(judged, name))
    verdict.invented += [f"subject: {subject.name}" for subject in left]


def _unbound(brief: Brief, wanted: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The attributes in a brief that stand in the asker's words and that no subject is expected to have."""
    said, chinese = set(re.findall(r"[^\W_]+", brief.words.casefold())), simplified(brief.words)
    translated = {**lexicon_zh.ADJECTIVES, **lexicon_zh.VERBS}.items()
    said |= {part for word, english in translated if word in chinese for part in english.split()}
    bound = [item for one in wanted for item in one.get("attributes", [])]
    attributes = {item for subject in brief.subjects for item in subject.attributes}
    return frozenset(
        item
        for item in attributes
        if set(re.findall(r"[^\W_]+", item.casefold())) <= said
        and not any(_any(item, expected, _same_words) for expected in bound)
    )


def _full_name(subject: Subject) -> str:
    return " ".join([*subject.attributes, subject.name])


def _is_named(subject: Subject, wanted: Mapping[str, Any]) -> bool:
    """An expected 'office chair' may be a chair with the attribute 'office'."""
    return _any(_full_name(subject), wanted["name"], _same_thing)


def _judged(subject: Subject, wanted: Mapping[str, Any], free: frozenset[str]) -> Verdict:
    verdict = Verdict()
    verdict.judge("subject", wanted["name"], subject.name, True)
    if wanted.get("count") is not None:
        count = str(subject.count or "")
        verdict.judge(f"count of {subject.name}", str(wanted["count"]), count, count in str(wanted["count"]).split("|"))
    elif subject.count not in (None, 1):
        verdict.invented.append(f"count of {subject.name}: {subject.count}")
    colour = " ".join([*_shades(subject), subject.colour]) if subject.colour else ""
    if wanted.get("colour"):
        same = _any(colour, wanted["colour"], _same_colour)
        verdict.judge(f"colour of {subject.name}", wanted["colour"], colour, same)
    elif colour:
        verdict.invented.append(f"colour of {subject.name}: {colour}")
    _attributes(verdict, subject, wanted, free)
    return verdict


def _shades(subject: Subject) -> list[str]:
    """'Dark' beside a colour is part of the colour: 'dark blue'."""
    return [item for item in subject.attributes if subject.colour and item in SHADES]


def _attributes(verdict: Verdict, subject: Subject, wanted: Mapping[str, Any], free: frozenset[str]) -> None:
    """An attribute may also stand as the first part of the name ('toy car'), and the other way round."""
    named = next(words_of(one) for one in wanted["name"].split("|") if _same_thing(_full_name(subject), one))
    surplus = words_of(subject.name)[: -len(named)]
    asked = list(wanted.get("attributes", []))
    for one in asked:
        same = any(_any(got, one, _same_words) for got in (*subject.attributes, *surplus))
        verdict.judge(f"attribute of {subject.name}", one, "", same)
    for got in subject.attributes:
        expected = set(words_of(got)) <= set(named) or got in _shades(subject) or got in free
        if not expected and not any(_any(got, one, _same_words) for one in asked):
            verdict.invented.append(f"attribute of {subject.name}: {got}")


def _scene(verdict: Verdict, brief: Brief, expected: Mapping[str, Any]) -> None:
    for what in SCENE:
        got, wanted = getattr(brief, what), expected.get(what)
        if wanted:
            verdict.judge(what, wanted, got, _any(got, wanted, _same_words))
        elif got and what not in brief.added:
            verdict.invented.append(f"{what}: {got}")


def _relations(verdict: Verdict, brief: Brief, expected: Mapping[str, Any]) -> None:
    """Only the kinds of `RELATIONS` are judged; a subject goes by any of the names that are accepted for it."""
    left = [(one.subject, one.kind, one.object) for one in brief.relations if one.kind in RELATIONS]
    for subject, kinds, other in expected.get("relations", []):
        names = _all_names(subject, expected), _all_names(other, expected)
        kept = [one for one in left if any(_same_relation(one, names[0], kind, names[1]) for kind in kinds.split("|"))]
        verdict.judge("relation", f"{subject} {kinds} {other}", "", bool(kept))
        left = [one for one in left if one not in kept[:1]]
    verdict.invented += [f"relation: {' '.join(one)}" for one in left]


def _all_names(name: str, expected: Mapping[str, Any]) -> str:
    """'cat|kitten' for a relation's 'cat' where the expected subject may be called either."""
    names = [one["name"] for one in expected.get("subjects", []) if set(one["name"].split("|")) & set(name.split("|"))]
    return "|".join([name, *names])


def _same_relation(got: tuple[str, str, str], subject: str, kind: str, other: str) -> bool:
    """The cat left of the dog is the dog right of the cat."""
    first, got_kind, second = got
    if got_kind == kind and _any(first, subject, _same_thing) and _any(second, other, _same_thing):
        return True
    return MIRRORED.get(got_kind) == kind and _any(second, subject, _same_thing) and _any(first, other, _same_thing)


def _several(
    verdict: Verdict, what: str, got: Iterable[str], wanted: Iterable[str], same: Callable[[str, str], bool]
) -> None:
    left = list(got)
    for one in wanted:
        found = next((item for item in left if same(item, one)), None)
        verdict.judge(what, one, "", found is not None)
        if found is not None:
            left.remove(found)
    verdict.invented += [f"{what}: {item}" for item in left]


def _pictures(verdict: Verdict, got: int, wanted: int | None) -> None:
    if wanted:
        verdict.judge("pictures", str(wanted), str(got), got == int(wanted))
    elif got != 1:
        verdict.invented.append(f"pictures: {got}")
