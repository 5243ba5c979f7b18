"""What commands print: nothing steers the terminal, differences are marked, paths stay whole."""

import io
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from bot.brief import Brief
from bot.choice import Choice, Score
from bot.console import choice_rows, choice_words, difference, path_row, plan_rows, row, safe, show_pictures, table
from bot.messages import Picture, Plan

PLAN = Plan("a red cat", Brief("a red cat"), "a red cat, oil", "", "sketch", "sketch", 256, 256, 8, 2.5, 7)


def terminal(width: int = 40, color: str | None = "truecolor") -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=True,
        width=width,
        height=24,
        color_system=color,
        highlight=False,
        _environ={},
    )


def plain(width: int = 100_000) -> Console:
    return Console(file=io.StringIO(), width=width, highlight=False, soft_wrap=True, _environ={})


def printed(out: Console) -> str:
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def marked(text: object) -> list[str]:
    return [text.plain[span.start : span.end] for span in text.spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x1b[2Jcat", "a[2Jcat"),
        ("a\ncat\t!", "a cat !"),
        ("a\u202ecat\u2066", "acat"),
        ("\x07\x9bcat", "cat"),
        ("👩‍🚀 猫", "👩‍🚀 猫"),
    ],
)
def test_nothing_steers_the_terminal(text: str, expected: str) -> None:
    """Escape sequences, bells and reordering marks lose their power; joined emoji and Chinese stay."""
    assert safe(text) == expected


def test_only_the_label_is_dim() -> None:
    """On a terminal the label steps back, and the value keeps its own style."""
    out = terminal()
    row(out, "Label", "value")
    assert printed(out) == "\x1b[2mLabel        \x1b[0mvalue\n"


def test_the_difference_is_marked() -> None:
    """Words that the prompt leaves out are marked in the request, and words that it adds in the prompt."""
    asked, painted = difference("please, a red cat on a mat", "a red cat on a mat, soft light")
    assert marked(asked) == ["please"]
    assert marked(painted) == ["soft light"]


def test_case_and_commas_are_no_difference() -> None:
    """What differs in capitals and punctuation only is not marked."""
    asked, painted = difference("A red cat on a mat", "a red cat, on a mat")
    assert marked(asked) == marked(painted) == []


def test_a_translation_is_not_marked() -> None:
    """Where hardly a word is shared, marks on everything would say nothing."""
    assert [marked(text) for text in difference("一只红色的猫", "a red cat")] == [[], []]


def test_rows_wrap_under_themselves() -> None:
    """A long value goes on under its own beginning, and no line is wider than the terminal."""
    out = terminal(40, None)
    row(out, "Label", "one two three four five six seven eight nine ten eleven")
    lines = printed(out).splitlines()
    assert len(lines) > 1
    assert lines[0].startswith("Label        one")
    assert all(line.startswith(" " * 13) and len(line) <= 40 for line in lines[1:])


def test_wide_characters_wrap_too() -> None:
    """Chinese has no spaces and takes two cells a character; it stays inside the terminal all the same."""
    out = terminal(40, None)
    row(out, "Label", "一只红色的猫坐在窗台上看着外面的雪花慢慢地飘落下来")
    lines = printed(out).splitlines()
    assert len(lines) == 2
    assert all(len(line[13:]) <= 13 for line in lines)


def test_a_pipe_gets_whole_lines() -> None:
    """Where no terminal sets a width, nothing is wrapped and no colour is sent."""
    out = plain()
    plan_rows(out, PLAN, ("Because " + "x" * 300 + ".",))
    assert printed(out).splitlines() == [
        "Your words   a red cat",
        "My prompt    a red cat, oil",
        "Why          Because " + "x" * 300 + ".",
    ]


def test_a_path_is_never_broken() -> None:
    """A path that is longer than the terminal is wide stays one line, so that it can be copied."""
    out = terminal(40, None)
    path_row(out, "Saved as", Path("/" + "x" * 200))
    assert printed(out) == "Saved as     /" + "x" * 200 + "\n"


def test_tables_are_aligned_by_cells() -> None:
    """Columns line up where Chinese stands in them, and a terminal cuts what is too long."""
    out = terminal(20, None)
    table(out, ["name", "words"], [["猫", "short"], ["dog", "long " * 10]])
    assert printed(out).splitlines() == ["name  words", "猫    short", "dog   long long lon…"]


@pytest.mark.parametrize("out", [terminal(80, None), plain(80)])
def test_no_picture_without_colours(tmp_path: Path, out: Console) -> None:
    """Pipes and terminals without colours get no half blocks."""
    Image.new("RGB", (4, 4)).save(tmp_path / "a.png")
    show_pictures(out, [tmp_path / "a.png"])
    assert printed(out) == ""


def test_pictures_stand_side_by_side(tmp_path: Path) -> None:
    """On 80 columns two pictures share a line, and the third starts another."""
    paths = [tmp_path / f"{number}.png" for number in range(3)]
    for path in paths:
        Image.new("RGB", (64, 64), (9, 9, 9)).save(path)
    out = terminal(80)
    show_pictures(out, paths)
    assert [line.count("▀") for line in printed(out).splitlines()] == [2 * 30] * 15 + [30] * 15 + [0]


SCORES = (Score(7, 0.51, 0.6), Score(11, 0.812, 0.637))


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice("sketch", 0.5, SCORES, 1), "best of 2: consistency 0.81, quality 0.64 (sketch)"),
        (Choice("sketch", 0.5, SCORES, 1, rounds=1), "consistency 0.81, quality 0.64 (sketch), painted again once"),
        (Choice("", 0.5, SCORES, 0, rounds=1), "painted again once"),
        (Choice("", 0.5, SCORES[:1], 0), ""),
    ],
)
def test_a_choice_is_told_in_few_words(choice: Choice, words: str) -> None:
    """The scores of the one that was kept, among how many it was, and how often it was painted again."""
    assert choice_words(choice) == words


def test_only_choices_are_shown() -> None:
    """A picture without a choice, and one that nobody judged, take no line."""
    out = plain()
    pictures = [
        Picture("1" * 32, PLAN, Path("1.png"), "2" * 64, 1.0, "", choice)
        for choice in (None, Choice("", 0.5, SCORES[:1], 0), Choice("sketch", 0.5, SCORES, 0))
    ]
    choice_rows(out, pictures)
    assert printed(out).split() == "best of 2: consistency 0.51, quality 0.60 (sketch)".split()
