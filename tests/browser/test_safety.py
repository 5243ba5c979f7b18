"""What people say is never more than text, and the page's own words stand in its tables alone."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import adapters.web
from bot.brief import FREE
from bot.preferences import REWRITING
from tests.helpers.browser import ask, exchange, picture_of

STATIC = Path(adapters.web.__file__).parent / "static"
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
STYLES = sorted((STATIC / "css").glob("*.css"))
TABLES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (STATIC / "words").glob("*.json")}
# Keys that are put together from what the server tells.
MADE = {
    *("waiting", "waiting_for", "waiting_at", "waiting_at_for", "thinking", "loading", "painting", "painting_step"),
    *("judging", "looking", "again", "vary", "own_words", "prompt", "use", "use_of", "undo", "failed", "cancelled"),
    *(f"fact_{name}" for name in ("model", "style", "seed", "steps", "guidance", "size", "strength", "seconds")),
    *(f"brief_{name}" for name in ("place", "time", "weather", "style", *FREE)),
    *(f"rewriting_{name}{more}" for name in ("usual", *REWRITING) for more in ("", "_means")),
}
EVIL = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script> a red car"


def test_markup_stays_text(page: Page) -> None:
    """Markup in a message, in the prompt that it becomes, and in a conversation's title is shown as it was typed."""
    page.click("#fold")
    page.get_by_label("Paint my words as they are").check()
    figure = picture_of(ask(page, EVIL))
    expect(exchange(page, "onerror").locator(".words")).to_have_text(EVIL)
    figure.locator("summary").click()
    expect(figure.locator(".prompts section p").first).to_have_text(EVIL)
    expect(page.locator("#threads a").first).to_contain_text("<img src=x")
    figure.locator(".canvas").click()
    assert page.locator("img[src='x']").count() == 0
    assert page.locator("script:not([src])").count() == 0
    assert "owned" not in page.title().split("onerror")[0]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_markup(path: Path) -> None:
    """No module writes HTML, evaluates text, or sets styles and handlers by attribute; each says what it is for."""
    source = path.read_text(encoding="utf-8")
    assert (
        re.findall(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|setAttribute\(.(?:style|on)",
            source,
        )
        == []
    )
    assert re.findall(r"window\.(?:confirm|alert|prompt)|[^.\w](?:confirm|alert)\(", source) == []
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", source) == []
    assert source.startswith("/** ")
    assert len(source.splitlines()) <= 300


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_ask_nobody(path: Path) -> None:
    """No style sheet loads anything."""
    assert re.findall(r"@import|url\(|@font-face", path.read_text(encoding="utf-8")) == []


def test_the_tables_have_the_same_words() -> None:
    """Every language has the same keys, each with words, and the same things to be filled in."""
    assert set(TABLES) == {"en", "zh"}
    english, chinese = TABLES["en"], TABLES["zh"]
    assert set(english) == set(chinese)
    for key, words in english.items():
        assert words.strip()
        assert chinese[key].strip()
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", chinese[key])), key


def test_every_word_is_used_and_there() -> None:
    """Every key in the page and its modules is in the tables, and every key of the tables is used."""
    sources = [path.read_text(encoding="utf-8") for path in SCRIPTS]
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    named = {*re.findall(r'data-(?:words|label|hint)="(\w+)"', page), *MADE}
    for source in sources:
        named |= set(re.findall(r'"([a-z][a-z0-9_]*)"', source)) | set(
            re.findall(r"\b(aspect|count|seed|steps|best_of|revisions|ask|as_is)\b", source)
        )
    keys = {key.removesuffix(".one").removesuffix(".other") for key in TABLES["en"]}
    assert keys - named == set()
    wanted = set(re.findall(r'data-(?:words|label|hint)="(\w+)"', page))
    for source in sources:
        wanted |= set(re.findall(r'(?<!\w)(?:words|label|hint): \[?"(\w+)"', source))
        wanted |= set(re.findall(r'\b(?:text|announce|banner|named|unseen)\("(\w+)"', source))
    assert wanted - keys == set()


class Texts(HTMLParser):
    """The texts that stand in a page's markup, and its attributes that people read."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input", "use", "br"):
            self._within.append(tag)
        self.found += [
            str(value) for name, value in attrs if name in ("title", "placeholder", "alt", "aria-label") and value
        ]

    def handle_endtag(self, tag: str) -> None:
        if self._within and tag == self._within[-1]:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and "noscript" not in self._within:
            self.found.append(data.strip())


def test_no_text_stands_in_the_markup() -> None:
    """The page's markup holds its name and nothing else to be read; what is read comes from the tables."""
    texts = Texts()
    texts.feed((STATIC / "index.html").read_text(encoding="utf-8"))
    assert set(texts.found) == {"Limner"}
