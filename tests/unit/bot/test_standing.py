"""What an LLM is told of the pictures that are there."""

import json
from dataclasses import replace

from langchain_core.messages import HumanMessage

from bot.brief import Brief, Subject
from bot.brief_arguments import ImagineArguments
from bot.contracts import Earlier
from bot.lineage import Lineage
from bot.standing import fields_of, lineage_in, told
from tests.support import PLAN

BRIEF = Brief("a red car", (Subject("car", 2, "red", ("old",)),), light="soft light", added=("light",))
SHOWN = Earlier("0af1", "a", replace(PLAN, brief=BRIEF, prompt='two old "red" cars\nand more'), "sha")


def test_without_pictures_the_rules_are_all() -> None:
    """Nothing is told where there is nothing."""
    assert told("You draw.", Lineage()).text == "You draw."


def test_the_pictures_and_the_fields_of_the_one_that_is_meant() -> None:
    """Each picture has a line with its id and the beginning of its prompt, which can't break out of its quotes."""
    again = Earlier("0af2", "b", replace(SHOWN.plan, same_as="0af1"), "sha")
    rules = told("You draw.", Lineage((SHOWN, again), again)).text
    lines = rules.splitlines()
    assert '0af1: "two old \\"red\\" cars\\nand more"' in lines
    assert lines[lines.index('0af1: "two old \\"red\\" cars\\nand more"') + 1].endswith("(0af1 shown again)")
    assert "means 0af2" in rules
    assert ImagineArguments.model_validate(json.loads(lines[-1])) == fields_of(SHOWN.plan)


def test_fields_make_the_same_brief_again() -> None:
    """Whoever calls with these fields gets the picture's brief, what was filled in unasked included."""
    assert fields_of(SHOWN.plan).to_brief() == BRIEF


def test_many_pictures_take_few_lines() -> None:
    """The latest dozen is told, each on one short line."""
    many = tuple(replace(SHOWN, id=f"id{number:02}", plan=replace(PLAN, prompt="x" * 999)) for number in range(50))
    listed = [line for line in told("", Lineage(many, many[-1])).text.splitlines() if line.startswith("id")]
    assert [line[:4] for line in listed] == [f"id{number}" for number in range(38, 50)]
    assert max(map(len, listed)) < 100


def test_the_lineage_travels_with_the_rules() -> None:
    """Who reads the messages finds it, and nothing where nobody told it."""
    lineage = Lineage((SHOWN,), SHOWN)
    assert lineage_in([told("", lineage), HumanMessage("x")]) is lineage
    assert lineage_in([HumanMessage("x")]) is None
