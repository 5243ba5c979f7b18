"""Compares what a request was taken to mean with what it should mean: kept, missed, wrong and invented items.

An expectation is an object with the fields of a brief that the asker's words fix; '|' separates accepted
alternatives, and a field that is left out must not be asserted; but a count of 1 may be, since 'a cat' says it, and so
may an attribute that stands in the words, unless another subject is the one that should have it. `passthrough` means
that the words are passed on with nothing read into them, `reply` that no picture is wished for, `either` that both are
right.

Optional keys, each a list: `names` must stand letter by letter in the brief, in any field; `settings` are where it is,
as the place or as a subject; `actions` are [who, 'riding|on', what], as a relation or an attribute; `look` is what the
words fix of light, viewpoint or mood; `may` is what they mention and a brief may draw or leave; `forbidden` is what an
injected order wanted, which no field may hold; `open` says which of light, composition and medium the words leave open.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.brief import FREE, RELATIONS, Brief, Subject
from bot.director import lexicon_zh
from bot.director.traditional import simplified
from tests.craft.alike import any_of, is_thing, same_colour, same_thing, same_words, stands_in, verb, words_of

SCENE = ("place", "time", "weather", "style", "aspect")
LISTED = {"names": "name", "settings": "setting", "look": "look", "exclusions": "exclusion", "texts": "text"}
MIRRORED = {
    "left of": "right of", "right of": "left of", "above": "below", "below": "above",
    "behind": "in front of", "in front of": "behind", "next to": "next to",
}  # fmt: skip
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
        _subjects(verdict, brief, expected)
        _scene(verdict, brief, expected)
        _relations(verdict, brief, expected)
        _anywhere(verdict, brief, expected)
        _several(verdict, "exclusion", brief.exclusions, expected.get("exclusions", []), is_thing)
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
    found += [("action", " ".join(action)) for action in expected.get("actions", [])]
    found += [(what, item) for key, what in LISTED.items() for item in expected.get(key, [])]
    if expected.get("pictures"):
        found.append(("pictures", str(expected["pictures"])))
    return found


def _subjects(verdict: Verdict, brief: Brief, expected: Mapping[str, Any]) -> None:
    """Pair each expected subject with the brief's best one of that name; what is left over was invented."""
    left, wanted = list(brief.subjects), list(expected.get("subjects", []))
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
    verdict.invented += [f"subject: {subject.name}" for subject in left if not _allowed(_in_full(subject), expected)]


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
        and not any(any_of(item, expected, same_words) for expected in bound)
    )


def _is_named(subject: Subject, wanted: Mapping[str, Any]) -> bool:
    """An expected 'office chair' may be a chair with the attribute 'office'."""
    return any_of(_full_name(subject), wanted["name"], same_thing)


def _full_name(subject: Subject) -> str:
    return " ".join([*subject.attributes, subject.name])


def _in_full(subject: Subject) -> str:
    return " ".join([*filter(None, [subject.colour]), _full_name(subject)])


def _allowed(got: str, expected: Mapping[str, Any]) -> bool:
    """Whether a value that nobody asks for in this place is one of the names, settings or things that may be there."""
    return (
        any(is_thing(got, one) for one in expected.get("may", []))
        or any(any_of(got, one, same_words) for one in expected.get("settings", []))
        or any(any_of(got, one, stands_in) for one in expected.get("names", []))
    )


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
        same = any_of(colour, wanted["colour"], same_colour)
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
    named = next(words_of(one) for one in wanted["name"].split("|") if same_thing(_full_name(subject), one))
    surplus = words_of(subject.name)[: -len(named)]
    asked = list(wanted.get("attributes", []))
    for one in asked:
        same = any(any_of(got, one, same_words) for got in (*subject.attributes, *surplus))
        verdict.judge(f"attribute of {subject.name}", one, "", same)
    for got in subject.attributes:
        expected = set(words_of(got)) <= set(named) or got in _shades(subject) or got in free
        if not expected and not any(any_of(got, one, same_words) for one in asked):
            verdict.invented.append(f"attribute of {subject.name}: {got}")


def _scene(verdict: Verdict, brief: Brief, expected: Mapping[str, Any]) -> None:
    for what in SCENE:
        got, wanted = getattr(brief, what), expected.get(what)
        if wanted:
            verdict.judge(what, wanted, got, any_of(got, wanted, same_words))
        elif got and what not in brief.added and not _allowed(got, expected):
            verdict.invented.append(f"{what}: {got}")


def _relations(verdict: Verdict, brief: Brief, expected: Mapping[str, Any]) -> None:
    """Only the kinds of `RELATIONS` are judged; a subject goes by any of the names that are accepted for it."""
    left = [(one.subject, one.kind, one.object) for one in brief.relations if one.kind in RELATIONS]
    for subject, kinds, other in expected.get("relations", []):
        names = _all_names(subject, expected), _all_names(other, expected)
        kept = [one for one in left if any(_same_relation(one, names[0], kind, names[1]) for kind in kinds.split("|"))]
        verdict.judge("relation", f"{subject} {kinds} {other}", "", bool(kept))
        left = [one for one in left if one not in kept[:1]]
    for action in expected.get("actions", []):
        verdict.judge("action", " ".join(action), "", _is_done(brief, action, expected))
        left = [one for one in left if not _is_action(one, action, expected)]
    bystanders = {key: expected.get(key, []) for key in ("may", "settings")}
    left = [one for one in left if not (_allowed(one[0], bystanders) or _allowed(one[2], bystanders))]
    verdict.invented += [f"relation: {' '.join(one)}" for one in left]


def _all_names(name: str, expected: Mapping[str, Any]) -> str:
    """'cat|kitten' for a relation's 'cat' where the expected subject may be called either."""
    groups = [*(one["name"] for one in expected.get("subjects", [])), *expected.get("names", [])]
    return "|".join([name, *(group for group in groups if set(group.split("|")) & set(name.split("|")))])


def _is_action(got: tuple[str, str, str], action: Sequence[str], expected: Mapping[str, Any]) -> bool:
    """'Rides' is 'riding', and the coat on the woman is the woman inside the coat."""
    who, kinds, what = _all_names(action[0], expected), action[1], _all_names(action[2], expected)
    return any(_same_relation((got[0], verb(got[1]), got[2]), who, verb(kind), what) for kind in kinds.split("|"))


def _is_done(brief: Brief, action: Sequence[str], expected: Mapping[str, Any]) -> bool:
    """Whether an action stands among the relations, or is an attribute of whoever does it."""
    if any(_is_action((one.subject, one.kind, one.object), action, expected) for one in brief.relations):
        return True
    doers = [one for one in brief.subjects if is_thing(_full_name(one), _all_names(action[0], expected))]
    verbs = {verb(kind) for kind in action[1].split("|")}
    return any(verb(part) in verbs for one in doers for item in one.attributes for part in (item, item.split()[0]))


def _anywhere(verdict: Verdict, brief: Brief, expected: Mapping[str, Any]) -> None:
    """Judge what may stand in any field: names, settings, the look, and what an injected order wanted."""
    scene = [getattr(brief, key) for key in (*SCENE, *FREE)]
    subjects = [_in_full(one) for one in brief.subjects]
    ends = [end for one in brief.relations for end in (one.subject, one.kind, one.object)]
    drawn = [*subjects, *scene, *ends, *brief.names, *brief.texts]
    for one in expected.get("names", []):
        verdict.judge("name", one, "", any(any_of(got, one, stands_in) for got in drawn))
    for key in ("settings", "look"):
        for one in expected.get(key, []):
            verdict.judge(LISTED[key], one, "", any(any_of(got, one, same_words) for got in (*subjects, *scene)))
    told = {"names": expected.get("names", [])}
    verdict.invented += [
        f"name: {name}" for name in brief.names if name not in brief.words and not _allowed(name, told)
    ]
    read = brief.subjects or brief.place
    painted = " ".join(drawn if read else [*drawn, brief.words]).casefold()
    verdict.invented += [f"injected: {one}" for one in expected.get("forbidden", []) if one.casefold() in painted]


def _same_relation(got: tuple[str, str, str], subject: str, kind: str, other: str) -> bool:
    """The cat left of the dog is the dog right of the cat."""
    first, got_kind, second = got
    if got_kind == kind and any_of(first, subject, same_thing) and any_of(second, other, same_thing):
        return True
    return MIRRORED.get(got_kind) == kind and any_of(second, subject, same_thing) and any_of(first, other, same_thing)


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
