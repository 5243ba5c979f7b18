"""The generator of planted faults: enough of every kind, the same each time, and each one really a fault."""

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.craft.alike import words_of
from tests.craft.damages import ANYWHERE, DAMAGES, TOO_MANY_WORDS
from tests.craft.faults import planted
from tests.craft.locate import comma_phrases, masked, noun_phrase, relation_words, tidied
from tests.craft.prompts import Case, faithful

FAITHFUL = faithful()
FAULTS = planted()
BEFORE = {(case.id, case.form): case for case in FAITHFUL}
CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


def before(fault: Case) -> Case:
    """The faithful prompt that a fault was made from."""
    return BEFORE[fault.id, fault.form]


def stems(text: str) -> set[str]:
    """All words of a text in the form in which they are compared."""
    return {one for word in re.findall(r"[^\s.,]+", text) for one in words_of(word)}


def of_kind(*kinds: str) -> list[Case]:
    return [fault for fault in FAULTS if fault.fault in kinds]


def test_there_are_enough_of_every_kind() -> None:
    """At least 240 faults, at least ten of each kind, in both forms and all languages of requests."""
    assert len(FAULTS) >= 240
    counted = Counter(fault.fault for fault in FAULTS)
    assert set(counted) == set(DAMAGES)
    assert min(counted.values()) >= 10
    assert {(fault.form, fault.id[:2]) for fault in FAULTS} == {
        (form, lang) for form in ("sentences", "phrases") for lang in ("en", "zh", "mx")
    }


def test_the_same_seed_gives_the_same_faults() -> None:
    """The generator is deterministic, and another seed draws other places."""
    assert planted(seed=5) == FAULTS
    assert planted(seed=6) != FAULTS


@pytest.mark.parametrize("case", FAITHFUL, ids=lambda case: f"{case.id} {case.form}")
def test_faithful_prompts_are_faithful(case: Case) -> None:
    """Every subject, text, name and setting is in the prompt; no exclusion is, and all of them are in the negative."""
    text = masked(case.prompt)
    assert all(case.phrase(subject) for subject in case.expect.get("subjects", []))
    assert all(f'"{wanted}"' in case.prompt for wanted in case.expect.get("texts", []))
    assert case.prompt.count('"') == 2 * len(case.expect.get("texts", []))
    assert all(any(one in text for one in name.split("|")) for name in case.expect.get("names", []))
    assert not CHINESE.search(text)
    for key in ("settings", "look"):
        for wanted in case.expect.get(key, []):
            assert any(set(words_of(one)) <= stems(text) for one in wanted.split("|"))
    for excluded in case.expect.get("exclusions", []):
        assert not any(re.search(rf"(?i)\b{one}", text) for one in excluded.split("|") if one.isascii())
        assert excluded.split("|")[0] in case.negative.split(", ")
    assert len(case.prompt.split()) <= 40


@pytest.mark.parametrize("case", FAITHFUL, ids=lambda case: f"{case.id} {case.form}")
def test_faithful_prompts_have_counts_and_colours(case: Case) -> None:
    """Each count above one stands before its noun, and each colour in its noun phrase."""
    for subject in case.expect.get("subjects", []):
        phrase = case.phrase(subject)
        assert phrase
        count = str(subject.get("count", "1")).split("|")[-1]
        assert count == "1" or phrase.opener.casefold() not in ("", "a", "an", "one")
        assert not subject.get("colour") or phrase.adjectives


def test_there_are_prompts_for_sixty_requests() -> None:
    """At least sixty requests have a faithful prompt, each in both forms, and none is of the held-out book."""
    lines = (Path(__file__).parent / "prompts.jsonl").read_text("utf-8").splitlines()
    ids = [json.loads(line)["id"] for line in lines]
    assert len(ids) == len(set(ids)) >= 60
    assert not [one for one in ids if int(one[3:]) >= 300]
    assert len(FAITHFUL) == 2 * len(ids)


def test_a_fault_damages_one_side_only() -> None:
    """Either the prompt or the negative prompt changed, the request and its truth didn't, and the damage is told."""
    for fault in FAULTS:
        old = before(fault)
        assert replace(fault, prompt=old.prompt, negative=old.negative, fault="", damage="") == old, fault
        assert (fault.prompt == old.prompt) is (fault.fault == "exclusion lost"), fault
        assert (fault.negative != old.negative) is (fault.fault == "exclusion lost"), fault
        assert fault.damage


def test_what_is_dropped_is_gone() -> None:
    """A dropped subject, text or name is nowhere in the prompt any more."""
    for fault in of_kind("subject dropped"):
        lost = [one for one in fault.expect["subjects"] if not noun_phrase(fault.prompt, {"name": one["name"]})]
        assert len(lost) == 1, fault
    for fault in of_kind("text dropped", "text translated", "text misspelt", "text changed"):
        assert [text for text in fault.expect["texts"] if f'"{text}"' not in fault.prompt], fault
    for fault in of_kind("name dropped", "name changed", "name misspelt"):
        names = [name.split("|") for name in fault.expect["names"]]
        assert len([name for name in names if not any(one in fault.prompt for one in name)]) == 1, fault


def test_counts_and_colours_are_wrong() -> None:
    """After a fault of count or colour, exactly one subject (two after a swap) isn't found as it should be."""
    for fault in of_kind("colour changed", "colour dropped", "colours swapped"):
        coloured = [one for one in fault.expect["subjects"] if one.get("colour")]
        lost = [one for one in coloured if not fault.phrase(one)]
        assert len(lost) == (2 if fault.fault == "colours swapped" else 1), fault
    for fault in of_kind("count changed", "count dropped"):
        old = before(fault)
        pairs = [(old.phrase(one), fault.phrase(one)) for one in fault.expect["subjects"]]
        openers = [(one.opener.casefold(), other.opener.casefold()) for one, other in pairs if one and other]
        assert len([1 for one, other in openers if one != other]) == 1, fault


def test_a_swap_keeps_all_words() -> None:
    """Swapped colours and moved attributes are made of the same words, but for an article."""
    for fault in of_kind("colours swapped", "attribute moved"):
        old, new = (Counter(re.findall(r"[\w-]+", case.prompt.casefold())) for case in (before(fault), fault))
        assert set((old - new) | (new - old)) <= {"a", "an"}, fault


def test_a_relation_is_no_longer_said() -> None:
    """After a fault of relation, one relation fewer of the truth is found between its subjects."""

    def said(case: Case) -> int:
        places = {name: phrase for one, phrase in case.subjects() for name in one["name"].split("|")}
        stated = [(places.get(one), kinds, places.get(other)) for one, kinds, other in case.expect["relations"]]
        return sum(
            any(relation_words(case.prompt, one, kind, other) for kind in kinds.split("|"))
            for one, kinds, other in stated
            if one and other
        )

    for fault in of_kind("relation reversed", "relation dropped"):
        assert said(fault) < said(before(fault)), fault


def test_exclusions_are_lost_or_named() -> None:
    """A lost exclusion leaves the negative prompt; a named one stands in the positive."""
    for fault in of_kind("exclusion lost"):
        assert len(fault.negative.split(", ")) < 1 + len(before(fault).negative.split(", "))
        assert fault.expect["exclusions"][0].split("|")[0] not in fault.negative or len(fault.expect["exclusions"]) > 1
    for fault in of_kind("exclusion named"):
        added = fault.prompt.removeprefix(before(fault).prompt)
        names = [one for item in fault.expect["exclusions"] for one in item.split("|")]
        assert any(name in added for name in names), fault


def test_what_is_added_was_not_there() -> None:
    """An invented thing or text, Chinese words or a flood of words follow an untouched prompt."""
    for fault in of_kind(*ANYWHERE):
        assert fault.prompt.startswith(before(fault).prompt)
        added = fault.prompt.removeprefix(before(fault).prompt)
        assert (fault.fault == "wrong language") is bool(CHINESE.search(masked(added)))
        assert (fault.fault == "too long") is (len(fault.prompt.split()) >= TOO_MANY_WORDS)
        assert fault.fault != "text invented" or added.count('"') == 2


@pytest.mark.parametrize(
    ("prompt", "subject", "found"),
    [
        ("seven very old sheep", {"name": "sheep", "attributes": ["old"]}, "seven very old sheep"),
        ("a red coat, a blue coat", {"name": "coat", "colour": "blue"}, "a blue coat"),
        ("a coat", {"name": "coat", "colour": "blue"}, None),
        ('a sign says "two cats"', {"name": "cat"}, None),
        ("two boxes", {"name": "box"}, "two boxes"),
        ("a catfish", {"name": "cat"}, None),
    ],
)
def test_noun_phrases_are_found(prompt: str, subject: dict[str, object], found: str | None) -> None:
    """A noun phrase goes from its number to its noun; quoted words are no noun phrases."""
    phrase = noun_phrase(prompt, subject)
    assert (prompt[phrase.start : phrase.end] if phrase else None) == found


def test_commas_within_quotes_part_nothing() -> None:
    """A quoted text stays in one phrase, and tidying leaves it alone."""
    assert comma_phrases('a sign, it says "a, b", night') == ["a sign", 'it says "a, b"', "night"]
    assert tidied('a  orange,  "a  orange"') == 'an orange, "a  orange"'
