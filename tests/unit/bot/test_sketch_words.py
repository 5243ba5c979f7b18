"""Whatever is asked for in the built-in model's own words, its rendering passes the checker."""

from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.brief import RELATIONS, Brief, Relation, Subject
from bot.checker.checks import check_prompt
from bot.dialects import render
from bot.dialects.vocabulary import Vocabulary
from tools.engine.families import card_for

SKETCH = card_for(Path(__file__).parents[3] / "tools" / "sketch", "sketch")
WORLD_OF_SKETCH = Vocabulary.of(SKETCH)


def names_in(table: str) -> list[str]:
    """Every name of every word of a table, in any language."""
    entries = getattr(WORLD_OF_SKETCH, table).items()
    return sorted(
        {name for known, one in entries for name in (known, *one.words, *(n for near in one.near for n in near))}
    )


def in_relation(first: str, kind: str, second: str, *, turned: bool) -> Brief:
    """'A tree next to a castle'; turned it is 'a castle with a tree next to it'."""
    things = (Subject(second, 1), Subject(first, 1)) if turned else (Subject(first, 1), Subject(second, 1))
    words = f"a {second} with a {first} {kind} it" if turned else f"a {first} {kind} a {second}"
    return Brief(words, things, (Relation(first, kind, second),))


def briefs_of_sketch() -> st.SearchStrategy[Brief]:
    """Any word of the vocabulary in any role."""
    subjects, places, times, colours, styles = map(names_in, ("subjects", "places", "times", "colours", "styles"))
    alone = st.builds(
        lambda name, count, colour, place, time, style: Brief(
            f"{count or ''} {colour or ''} {name}, {place}, {time}, {style}",
            (Subject(name, count, colour),),
            place=place,
            time=time,
            style=style,
        ),
        st.sampled_from(subjects),
        st.sampled_from([None, 1, 2, 3]),
        st.sampled_from([None, *colours]),
        st.sampled_from(["", *places]),
        st.sampled_from(["", *times]),
        st.sampled_from(["", *styles]),
    )
    related = st.builds(
        lambda pair, kind, turned: in_relation(pair[0], kind, pair[1], turned=turned),
        st.permutations(list(WORLD_OF_SKETCH.subjects)),
        st.sampled_from(RELATIONS),
        st.booleans(),
    )
    return st.one_of(alone, related)


@settings(deadline=None)
@given(briefs_of_sketch())
@example(Brief("两头大象，草地，白天", (Subject("elephant", 2),), place="meadow", time="day"))
@example(Brief("沙漠里三棵仙人掌，日落", (Subject("cactus", 3),), place="desert", time="sunset"))
@example(
    Brief(
        "一栋房子，周围是雪地",
        (Subject("house", 1), Subject("snow")),
        (Relation("snow", "next to", "house"),),
    )
)
@example(Brief("a tomcat in space at dusk", (Subject("tomcat", 1),), place="space", time="dusk"))
def test_what_it_renders_passes_the_checker(brief: Brief) -> None:
    """No word of the vocabulary is taken for a loss or an invention, whatever is said with it."""
    assert check_prompt(brief.words, brief, render(brief, SKETCH), SKETCH) == ()


def test_things_stand_in_the_order_in_which_they_were_named() -> None:
    """'A castle with a tree beside it' begins with the castle; sides change with the order."""
    beside = in_relation("tree", "next to", "castle", turned=True)
    assert render(beside, SKETCH).prompt == "a castle next to a tree on a meadow"
    left = in_relation("cat", "left of", "tulip", turned=True)
    assert render(left, SKETCH).prompt == "a tulip right of a cat on a meadow"
