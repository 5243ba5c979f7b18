"""A finished picture on the page: what it was painted from, and every one of its buttons."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.helpers.browser import Visitor, ask, exchange, picture_of

WORDS = "hey, could you draw a shiny red car please"


@pytest.fixture
def figure(page: Page) -> Locator:
    """The picture of an asked-for red car."""
    return picture_of(ask(page, WORDS))


def prompt_of(figure: Locator) -> str:
    return figure.locator(".gist").text_content() or ""


def press(figure: Locator, name: str) -> None:
    figure.get_by_role("button", name=re.compile(name)).click()


def test_the_difference_is_shown(figure: Locator) -> None:
    """Opened, the fold strikes through what the prompt left out and marks what it added, also for those who listen."""
    prompt = prompt_of(figure)
    assert prompt
    assert prompt != WORDS
    figure.locator("summary").click()
    words, written = figure.locator(".comparison section p").all()
    left_out = words.locator("del").first
    expect(left_out).to_contain_text("hey, could you draw")
    assert "line-through" in left_out.evaluate("node => getComputedStyle(node).textDecorationLine")
    expect(left_out.locator(".unseen").first).to_have_text("[left out: ")
    assert words.locator("ins").count() == 0
    assert written.locator("del").count() == 0
    seen = written.evaluate(
        "node => { node.querySelectorAll('.unseen').forEach(x => x.remove()); return node.textContent }"
    )
    assert seen == prompt


def test_what_was_added_is_marked(page: Page) -> None:
    """A style adds words to the prompt: they are underlined in it."""
    page.locator("#style").select_option("ink")
    figure = picture_of(ask(page, "a cat"))
    expect(figure.locator(".plus")).to_contain_text("added")
    figure.locator("summary").click()
    added = figure.locator("ins").first
    expect(added).to_contain_text("ink")
    assert "underline" in added.evaluate("node => getComputedStyle(node).textDecorationLine")


def test_again(page: Page, figure: Locator) -> None:
    """Again paints the same prompt with another seed, as a message of its own."""
    press(figure, "^Again")
    another = picture_of(exchange(page, "Again"))
    assert prompt_of(another) == prompt_of(figure)
    assert another.get_attribute("id") != figure.get_attribute("id")
    expect(another.locator(".origin")).to_contain_text("made after")


def test_vary_and_the_way_back(page: Page, figure: Locator) -> None:
    """Vary asks how far to go, in words; the new picture links to the one it was varied from."""
    press(figure, "^Vary")
    slider = figure.get_by_label("How far to go from it")
    expect(slider).to_be_focused()
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "Stays close: small touches only")
    figure.locator(".tray").get_by_role("button", name="Vary").click()
    expect(figure.locator(".tray")).to_be_hidden()
    varied = picture_of(exchange(page, "Vary"))
    varied.locator("summary").click()
    expect(varied.locator(".facts div", has_text="Strength").locator("dd")).to_have_text("0.1")
    varied.get_by_role("link", name="varied from").click()
    expect(figure).to_be_focused()
    expect(figure).to_be_in_viewport()


def test_use_my_words(page: Page, figure: Locator) -> None:
    """Use my words paints from the words as they were."""
    figure.locator("summary").click()
    press(figure, "^Use my words")
    assert prompt_of(picture_of(exchange(page, "Use my words"))) == WORDS


def test_edit_the_prompt(page: Page, figure: Locator) -> None:
    """The editor starts with the prompt and paints what is written there; Escape leaves it without sending."""
    figure.locator("summary").click()
    press(figure, "^Edit the prompt")
    editor = figure.get_by_role("textbox")
    expect(editor).to_be_focused()
    expect(editor).to_have_value(prompt_of(figure))
    page.keyboard.press("Escape")
    expect(figure.locator(".tray")).to_be_hidden()
    expect(figure.get_by_role("button", name=re.compile("^Edit the prompt"))).to_be_focused()
    expect(page.locator("#exchanges > article")).to_have_count(1)
    page.keyboard.press("Enter")
    editor.fill("one green car, oil paint")
    figure.get_by_role("button", name="Paint this").click()
    assert prompt_of(picture_of(exchange(page, "Edit the prompt"))) == "one green car, oil paint"


def test_delete_asks_first(visitor: Visitor, page: Page, figure: Locator) -> None:
    """Delete asks in the page; Keep it changes nothing; Delete takes it away for good, and a line gets the focus."""
    press(figure, "^Delete")
    expect(figure.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(figure).to_be_visible()
    press(figure, "^Delete: ")
    figure.get_by_role("button", name="Delete", exact=True).click()
    gone = page.locator(".gone")
    expect(gone).to_contain_text("This picture was deleted.")
    expect(gone).to_be_focused()
    page.reload()
    expect(exchange(page, WORDS).locator(".gone")).to_be_visible()
    expect(page.locator("figure")).to_have_count(0)


def test_download_and_copy(visitor: Visitor, page: Page, figure: Locator, tmp_path: Path) -> None:
    """Download saves the PNG under a name of its own; Copy puts the prompt on the clipboard and says so."""
    with page.expect_download() as begun:
        figure.get_by_role("link", name=re.compile("^Download: ")).click()
    assert begun.value.suggested_filename.endswith(".png")
    begun.value.save_as(tmp_path / "saved.png")
    assert (tmp_path / "saved.png").read_bytes().startswith(b"\x89PNG")
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    figure.locator("summary").click()
    press(figure, "^Copy the prompt")
    expect(figure.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == prompt_of(figure)


def test_large(page: Page, figure: Locator) -> None:
    """A click shows it large, arrow keys lead to the next one, Escape closes and gives the focus back."""
    press(figure, "^Again")
    second = picture_of(exchange(page, "Again"))
    figure.locator(".canvas").click()
    large = page.locator("#large")
    expect(large).to_be_visible()
    shown = large.locator("img")
    expect(shown).to_have_attribute("src", figure.locator(".canvas img").get_attribute("src") or "?")
    page.keyboard.press("ArrowRight")
    expect(shown).to_have_attribute("src", second.locator(".canvas img").get_attribute("src") or "?")
    page.keyboard.press("ArrowRight")
    expect(shown).to_have_attribute("src", second.locator(".canvas img").get_attribute("src") or "?")
    page.keyboard.press("Escape")
    expect(large).to_be_hidden()
    expect(figure.locator(".canvas")).to_be_focused()


def test_change_means_that_picture(page: Page, figure: Locator) -> None:
    """Change puts the picture beside the words; what is said then is about it, though it is not the last one."""
    picture_of(ask(page, "two cats"))
    press(figure, "^Change this picture")
    expect(page.locator("#words")).to_be_focused()
    expect(page.locator("#chips")).to_contain_text("Changing this picture")
    page.get_by_role("button", name="Don't change this picture").click()
    expect(page.locator("#chips .chip").first).to_be_hidden()
    expect(page.locator("#words")).to_be_focused()
    press(figure, "^Change this picture")
    changed = ask(page, "make it blue")
    assert "car" in prompt_of(picture_of(changed))
    expect(page.locator("#chips .chip").first).to_be_hidden()
    changed.get_by_role("link", name="Show the picture that this is about").click()
    expect(figure).to_be_focused()
