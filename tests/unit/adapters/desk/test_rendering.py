"""What customers and colleagues read: answers, notes, plain text and HTML."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.desk.api import DeskPicture, Post
from adapters.desk.rendering import answer, captioned, html, note, plain, sources
from bot.desk.draft import Citation, Draft, Kind, Status

CITED = Citation("p", "Reset", ("Heron", "Back"), "https://help.example.com/reset")
DRAFT = Draft("d1", "desk", "c", "lin", Kind.ANSWER, "where?", "On the **back**.", "en", (CITED,), 0.456, "Not sure.")


def test_an_answer_names_its_sources_and_that_ai_wrote_it() -> None:
    """Each document once; only web addresses of its own become part of it."""
    local = Citation("q", "Notes", url="file:///etc/passwd")
    told = answer("On the back.", (CITED, replace(CITED, passage_id="r"), local), "en")
    lines = "Sources:\n- Reset › Heron › Back: https://help.example.com/reset\n- Notes"
    assert told == f"On the back.\n\n{lines}\n\n— This answer was written by AI."
    assert answer("在背面。", (), "zh") == "在背面。\n\n— 本回答由 AI 生成。"
    assert sources((), "en") == ""


@pytest.mark.parametrize(
    ("changes", "there", "absent"),
    [
        ({}, ("has not seen it", "where?", "46%", "Not sure.", "https://l.example/desk/drafts/d1", "/approve"), ()),
        ({"status": Status.UNKNOWN}, ("not certain whether",), ("/approve", "drafts/d1")),
        ({"kind": Kind.HAND_OVER, "summary": "Asked: x"}, ("hands this", "Asked: x"), ("46%", "/approve")),
        ({"language": "zh"}, ("草稿", "置信度"), ("Draft",)),
    ],
)
def test_a_note_says_what_colleagues_need(
    changes: dict[str, str], there: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    """A draft has its link and commands; what is unknown or handed over has nothing to decide."""
    told = note(replace(DRAFT, **changes), "https://l.example/")
    assert [words for words in there if words not in told] == []
    assert [words for words in absent if words in told] == []


def test_a_customers_words_make_no_links_in_notes() -> None:
    """Markdown of a stranger's is shown as text."""
    told = note(replace(DRAFT, question="![x](https://evil.example/pixel) [click](javascript:x) `code` <b>"), "")
    assert not set("[]`<>!*") & set(told.split("Asked: ")[1].split("\n")[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a **b**\nc\n\nd", "<p>a <b>b</b><br>c</p><p>d</p>"),
        ("Do:\n1. one\n2. two", "<p>Do:</p><ol><li>one</li><li>two</li></ol>"),
        ("- <script>\n- b & c", "<ul><li>&lt;script&gt;</li><li>b &amp; c</li></ul>"),
        ("1. one\nmore", "<p>1. one<br>more</p>"),
        ("see https://a.example/x?y=1&z=2.", '<p>see <a href="https://a.example/x?y=1&amp;z=2">https://a.example/x?y=1&amp;z=2</a>.</p>'),
        ('https://a.example/"onclick=x', '<p><a href="https://a.example/&quot;onclick=x">https://a.example/&quot;onclick=x</a></p>'),
    ],
)  # fmt: skip
def test_html_is_small_and_escaped(text: str, expected: str) -> None:
    """Paragraphs, lists, bold and links; nothing that was written becomes a tag or an attribute."""
    assert html(text) == expected
    assert "**" not in plain(text)


def test_pictures_without_a_place_for_alt_text_get_a_line() -> None:
    """What a picture shows, and that AI made it, stands in the text; an article's picture has no such label."""
    painted = DeskPicture("a.png", Path("a.png"), "Picture made by AI: a router", "made by AI")
    drawn = DeskPicture("b.png", Path("b.png"), "一个路由器", "由 AI 生成")
    post = Post("k", "Words.", (painted, drawn, DeskPicture("c.png", Path("c.png"), "The back")))
    lines = "Picture: Picture made by AI: a router\nPicture: 一个路由器 (由 AI 生成)\nPicture: The back"
    assert captioned(post) == f"Words.\n\n{lines}"
