"""The pages for a desk's colleagues in a real browser: decide, see what others decide, on a phone, in Chinese."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.desk.draft import Citation, Status
from bot.testing.desk import PaperDesk
from tests.browser.test_access import NAMELESS, tab_to
from tests.helpers.browser import House, Visitor, contrasts, eventually, needed
from tests.helpers.desk_pages import DESK, KEYS, SETTINGS, TEXT, cite, put_draft, say_more

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
Enter = Callable[..., Page]


class Office(House):
    """A house with a desk of paper beside the web."""

    def __init__(self, folder: Path) -> None:
        self.desk = PaperDesk(folder / "desk")
        self.citation: Citation | None = None
        super().__init__(folder / "home", SETTINGS, beside={DESK: self.desk}, desk={"merge_s": 0})

    def waits(self, *said: str, **more: Any) -> str:
        """A draft that waits; its address."""
        assert self.app
        self.citation = self.citation or self.wait(cite(self.app))
        if more.pop("cited", False):
            more["citations"] = (self.citation,)
        return f"/desk/drafts/{self.wait(put_draft(self.app, *said, **more))}"

    def status(self, address: str) -> Status:
        assert self.app
        draft = self.wait(self.app.service.desk.draft(address.rpartition("/")[2]))
        assert draft is not None
        return draft.status


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with Office(tmp_path_factory.mktemp("office")) as office:
        yield office


@pytest.fixture
def enter(browser: Browser, office: Office) -> Iterator[Enter]:
    """Opens an address as Mia, who logs in first; at the end no page may have complained."""
    visitors: list[Visitor] = []

    def go(address: str, **options: Any) -> Page:
        visitors.append(Visitor(browser, office.url, **options))
        page = visitors[-1].context.new_page()
        page.goto(f"{office.url}/desk")
        page.fill("[name=name]", "Mia")
        page.fill("[name=passphrase]", KEYS["mia"])
        page.press("[name=passphrase]", "Enter")
        expect(page.locator("main h1")).to_be_visible()
        page.goto(office.url + address)
        return page

    yield go
    for visitor in visitors:
        visitor.context.close()
    said = [complaint for visitor in visitors for complaint in visitor.complaints]
    assert [complaint for complaint in said if "409" not in complaint] == []


def test_editing_and_approving_with_the_keyboard(enter: Enter, office: Office) -> None:
    """Reading, editing and approving need no mouse; the page then says who approved and that the customer has it."""
    page = enter(office.waits(cited=True, picture="painted"))
    expect(page.get_by_label("change it before")).to_have_value(TEXT)
    expect(page.locator("blockquote")).to_have_text("Hold the reset button for ten seconds.")
    expect(page.locator("figure")).to_contain_text("AI-made")
    tab_to(page, "change it before")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Good luck!")
    tab_to(page, "^Approve and send")
    page.keyboard.press("Enter")
    expect(page.locator(".state")).to_have_text("It was approved by mia. It is with the customer.")
    expect(page.locator(".words").first).to_have_text(f"{TEXT} Good luck!")
    assert [said["text"] for said in office.desk.said("answer")][-1] == f"{TEXT} Good luck!"
    page.get_by_role("button", name="Keep as knowledge").click()
    expect(page.locator("article")).to_contain_text("Good luck!")
    page.get_by_role("button", name=re.compile("^Approve")).click()
    expect(page.locator("main")).to_contain_text("Nothing waits for you.")


def test_two_tabs(enter: Enter, office: Office) -> None:
    """Of two people who approve at once one is told that it is done already; the customer gets one answer."""
    address = office.waits("Twice?", "Once.")
    first = enter(address)
    second = first.context.new_page()
    second.goto(office.url + address)
    second.route("**/*", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_())
    first.get_by_role("button", name="Approve").click()
    expect(first.locator(".state")).to_contain_text("approved by mia")
    second.get_by_role("button", name="Approve").click()
    expect(second.get_by_role("alert")).to_have_text("It was approved by mia. Nothing was sent or changed.")
    expect(second.get_by_role("button", name="Approve")).to_have_count(0)
    eventually(lambda: [said["text"] for said in office.desk.said("answer")].count("Once.") == 1)


@pytest.mark.proof
def test_rejecting_and_painting_again(enter: Enter, office: Office) -> None:
    """A rejection wants its reason; another picture comes to the open page by itself."""
    page = enter(office.waits(picture="painted"))
    before = page.locator("figure img").get_attribute("src")
    page.get_by_role("button", name="Reject").click()
    assert page.locator("input[name=text]").evaluate("node => node.validity.valueMissing")
    page.get_by_role("button", name="Paint again").click()
    expect(page.locator("figure img")).not_to_have_attribute("src", str(before))
    expect(page.get_by_role("button", name="Paint again")).to_be_visible()
    page.get_by_label("Why it is rejected").fill("Not our product")
    page.get_by_role("button", name="Reject").click()
    expect(page.locator(".state")).to_have_text("It was rejected by mia. Reason: Not our product")


def test_live(enter: Enter, office: Office) -> None:
    """What comes shows by itself and is said; what somebody writes stays when its draft is withdrawn."""
    page = enter("/desk")
    address = office.waits("Where is the brand-new lamp?")
    expect(page.get_by_role("link", name="brand-new lamp")).to_be_visible()
    expect(page.locator("#live")).to_contain_text("wait")
    page.get_by_role("link", name="brand-new lamp").click()
    page.locator("textarea").fill("I was still writing.")
    assert office.app
    office.wait(say_more(office.app, address.rpartition("/")[2]))
    eventually(lambda: office.status(address) is Status.WITHDRAWN)
    expect(page.locator("#live")).to_have_text(re.compile("withdrawn"))
    expect(page.locator("textarea")).to_have_value("I was still writing.")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("alert")).to_contain_text("withdrawn")


@pytest.mark.parametrize("scheme", ["dark", pytest.param("light", marks=pytest.mark.proof)])
def test_on_a_phone_in_chinese(enter: Enter, office: Office, scheme: str) -> None:
    """At 360 px nothing scrolls sideways or is too small to touch; texts have contrast and controls names."""
    chinese = {"language": "zh", "picture": "article", "cited": True}
    address = office.waits("我的路由器一直闪红灯怎么办？", "请先拔掉电源。", **chinese)
    page = enter(address, **PHONE, locale="zh-CN", color_scheme=scheme)
    expect(page.get_by_role("button", name="批准并发送")).to_be_visible()
    for path in (address, "/desk", "/desk/knowledge", "/desk/reports?days=90", "/desk?lang=en"):
        page.goto(office.url + path)
        expect(page.locator("html")).to_have_attribute("lang", "en" if "lang=en" in path else "zh-Hans")
        assert page.evaluate("document.documentElement.scrollWidth") == 360, path
        assert [one for one in contrasts(page) if one["contrast"] < needed(one)] == [], path
        assert page.evaluate(NAMELESS) == [], path
        small = page.evaluate(
            """() => [...document.querySelectorAll('button, select, summary, input, textarea, nav a')]
              .filter((node) => node.checkVisibility() && node.type !== 'hidden')
              .map((node) => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
              .filter(([, box]) => box.width < 40 || box.height < 40).map(([html]) => html)"""
        )
        assert small == [], path
