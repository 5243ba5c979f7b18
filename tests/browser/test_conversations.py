"""Conversations on the page: kept over reloads, shared between tabs, and nothing is lost when the server goes away."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.helpers.browser import House, Visitor, ask, exchange, picture_of

FEW_PER_MINUTE = 4


def test_history_after_a_reload(page: Page) -> None:
    """What was said and painted is there after a reload, in order, and nobody is read all of it again."""
    for words in ("a red car", "a blue boat"):
        picture_of(ask(page, words))
    page.reload()
    expect(page.locator("#exchanges .words")).to_have_text(["a red car", "a blue boat"])
    picture_of(exchange(page, "a blue boat"))
    expect(page.locator("#live")).to_be_empty()


def test_a_second_tab_follows(visitor: Visitor, page: Page, house: House) -> None:
    """What happens in one tab is seen in the other as it happens, and a deleted picture goes there as well."""
    other = visitor.page()
    with house.held(after_step=2):
        ask(page, "a red car")
        expect(exchange(other, "a red car").locator(".state")).to_contain_text("step 2 of 4")
    picture_of(exchange(other, "a red car"))
    expect(page.locator("#exchanges > article")).to_have_count(1)
    expect(other.locator("#exchanges > article")).to_have_count(1)
    figure = picture_of(exchange(page, "a red car"))
    figure.get_by_role("button", name=re.compile("^Delete: ")).click()
    figure.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator(".gone")).to_be_visible()
    other.reload()
    expect(other.locator(".gone")).to_be_visible()


def test_conversations_are_listed_and_apart(page: Page) -> None:
    """Each conversation has its own column, draft and address; the back button returns to the one before."""
    picture_of(ask(page, "a red car"))
    page.get_by_role("button", name="New conversation").first.click()
    expect(page.locator("#empty")).to_be_visible()
    expect(page.locator("#words")).to_be_focused()
    picture_of(ask(page, "a blue boat"))
    expect(page.locator("#threads a")).to_have_text(["a blue boat", "a red car"])
    expect(page.locator("#threads a[aria-current=page]")).to_have_text("a blue boat")
    expect(page).to_have_title("a blue boat · Limner")
    page.fill("#words", "half a sentence")
    page.locator("#threads a", has_text="a red car").click()
    expect(page.locator("#exchanges .words")).to_have_text(["a red car"])
    expect(page.locator("#words")).to_have_value("")
    page.go_back()
    expect(page.locator("#exchanges .words")).to_have_text(["a blue boat"])
    expect(page.locator("#words")).to_have_value("half a sentence")
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator("#exchanges .words")).to_have_text(["a blue boat"])


def test_without_a_name_the_latest_opens(visitor: Visitor, page: Page) -> None:
    """Who comes back without an address finds the conversation they had last."""
    picture_of(ask(page, "a red car"))
    page.get_by_role("button", name="New conversation").first.click()
    picture_of(ask(page, "a blue boat"))
    expect(visitor.page().locator("#exchanges .words")).to_have_text(["a blue boat"])


@pytest.mark.proof
def test_older_messages_come_without_a_jump(visitor: Visitor, page: Page) -> None:
    """Scrolling up loads what is older, and what was in view stays where it was."""
    headers = {"X-Limner": "1"}
    for number in range(36):
        asked = {"text": f"hello {number}", "thread": "long"}
        said = visitor.context.request.post(f"{visitor.url}/api/v1/messages", data=asked, headers=headers)
        assert said.status == 202
    page = visitor.page("/#/long")
    articles = page.locator("#exchanges > article")
    expect(articles).to_have_count(30)
    expect(page.locator(".progress")).to_have_count(0)
    expect(articles.first.locator(".words")).to_have_text("hello 6")
    expect(articles.first).not_to_be_in_viewport()
    scrolled = """() => {
      document.querySelector('#scroll').scrollTop = 120;
      return document.querySelector('#exchanges > article').getBoundingClientRect().top;
    }"""
    before = page.evaluate(scrolled)
    expect(articles).to_have_count(36)
    after = articles.nth(6).bounding_box()
    assert after
    assert abs(after["y"] - before) < 1
    page.get_by_role("button", name="To the latest").click()
    expect(articles.last).to_be_in_viewport()


@pytest.fixture
def shaky(browser: Browser, tmp_path: Path) -> Iterator[tuple[House, Visitor]]:
    """A house of one's own, to be left and opened again, where few messages a minute are taken."""
    house = House(tmp_path / "home", {"messages_per_minute": FEW_PER_MINUTE})
    with house:
        visitor = Visitor(browser, house.url)
    try:
        yield house, visitor
    finally:
        visitor.context.close()


def test_the_server_goes_away_and_comes_back(shaky: tuple[House, Visitor]) -> None:
    """The page says that nobody answers; what was sent meanwhile stays, also after a reload, and is sent once."""
    house, visitor = shaky
    with house:
        page = visitor.page()
        picture_of(ask(page, "a red car"))
    expect(page.locator("#banner")).to_contain_text("Limner doesn't answer")
    page.fill("#words", "a blue boat")
    page.press("#words", "Enter")
    unsent = page.locator("#unsent article")
    expect(unsent).to_contain_text("Not sent yet")
    unsent.get_by_role("button", name="Try again").click()
    expect(unsent).to_contain_text("Not sent yet")
    with house:
        picture_of(exchange(page, "a blue boat"))
        expect(unsent).to_have_count(0)
        expect(page.locator("#banner")).to_be_empty()
        page.reload()
        expect(page.locator("#exchanges .words")).to_have_text(["a red car", "a blue boat"])


def test_too_fast(shaky: tuple[House, Visitor]) -> None:
    """A message that is refused for now stays with a way to try again, or to take it back into the composer."""
    house, visitor = shaky
    with house:
        page = visitor.page()
        for number in range(FEW_PER_MINUTE):
            expect(ask(page, f"hello {number}")).to_be_visible()
        page.fill("#words", "one too many")
        page.press("#words", "Enter")
        unsent = page.locator("#unsent article")
        expect(unsent).to_contain_text(re.compile("Not sent yet. .+"))
        page.reload()
        expect(unsent).to_contain_text("one too many")
        unsent.get_by_role("button", name="Take back").click()
        expect(unsent).to_have_count(0)
        expect(page.locator("#words")).to_have_value("one too many")


def test_a_lost_answer_is_no_second_message(page: Page, visitor: Visitor) -> None:
    """When the answer to a sent message is lost on the way, sending it again makes no second one."""
    lost: list[str] = []

    def lose_once(route: object) -> None:
        if not lost and route.request.method == "POST":  # type: ignore[attr-defined]
            lost.append(route.fetch().text())  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/api/v1/messages", lose_once)
    page.fill("#words", "a red car")
    page.press("#words", "Enter")
    with suppress(Error):  # the page sends it again by itself where its stream was cut just then
        page.locator("#unsent").get_by_role("button", name="Try again").click(timeout=5_000)
    picture_of(exchange(page, "a red car"))
    expect(page.locator("#unsent article")).to_have_count(0)
    page.reload()
    expect(page.locator("#exchanges .words")).to_have_text(["a red car"])
    assert ["ERR_FAILED" in complaint for complaint in visitor.complaints] == [True]
    visitor.complaints.clear()
