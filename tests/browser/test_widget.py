"""The widget on somebody's site: another origin embeds it by one script tag, and people use it there."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from adapters.widget.adapter import Widget
from adapters.widget.settings import WidgetSettings
from bot.desk.draft import Status
from bot.desk.events import Verdict
from bot.testing import blank_png
from bot.testing.desk_stage import ARTICLE
from tests.helpers.browser import PATIENCE_MS, House, contrasts, eventually, needed

KEY = "the-colleagues'-own-key"
QUESTION = "Where is the reset button?"
# A site that would spoil what it could reach.
SITE = """<!doctype html><meta name="viewport" content="width=device-width"><title>A shop</title>
<style>body > *, button, iframe {{ all: unset !important; rotate: 3deg }}</style><p><a href="#">Link</a></p>
<script src="{}/widget.js" data-title="Shop help" data-colour="#ffdd33" async></script>"""


@dataclass
class Shop:
    """A site that embeds the widget, on an origin of its own."""

    house: House
    widget: Widget
    port: int
    complaints: list[str]

    def visit(self, browser: Browser, host: str, **options: Any) -> tuple[Page, FrameLocator]:
        url = f"http://{host}:{self.port}/"
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        own = url, f"{self.widget.address}/", "blob:"
        page.on("request", lambda one: None if one.url.startswith(own) else self.complaints.append(one.url))
        page.goto(url)
        return page, page.frame_locator("limner-widget iframe")

    def approve(self) -> None:
        """A colleague approves what waits."""
        assert self.house.app
        desk = self.house.app.service.desk
        eventually(lambda: len(self.house.wait(desk.drafts(Status.OPEN))) == 1)
        [draft] = self.house.wait(desk.drafts(Status.OPEN))
        self.house.wait(desk.rule(draft.id, Verdict.APPROVE, "mia"))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    home: Path = tmp_path_factory.mktemp("home")
    widget = Widget(WidgetSettings.model_validate({"colleague_key": KEY, "port": 0}))
    (home / "articles").mkdir()
    (home / "articles" / "reset.md").write_text(ARTICLE, encoding="utf-8")
    (home / "articles" / "back.png").write_bytes(blank_png(320, 200, b"\x88\xaa\xcc"))

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(SITE.format(widget.address).encode())

        def log_message(self, *_: object) -> None: ...

    with House(home, beside={"widget": widget}, desk={"merge_s": 0.0}) as house:
        assert house.app
        house.wait(house.app.service.knowledge.add(home / "articles"))
        eventually(lambda: bool(widget.address))
        server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
        threading.Thread(target=server.serve_forever).start()
        shop = Shop(house, widget, server.server_port, [])
        yield shop
        server.shutdown()
        server.server_close()
        assert shop.complaints == []


def test_asking_with_a_keyboard_alone(browser: Browser, shop: Shop) -> None:
    """Tab, Enter and Escape open it, ask, read the answer with its picture, and close it; a reload keeps all."""
    page, chat = shop.visit(browser, "127.0.0.1")
    button = page.locator("limner-widget button")
    expect(button).to_have_attribute("aria-label", "Open the chat")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(chat.locator("#text")).to_be_focused()
    expect(chat.locator("h1")).to_have_text("Shop help")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(chat.locator("#state")).to_have_text("A colleague is looking at your question …")
    assert chat.locator("article").all_inner_texts()[-1].endswith(QUESTION)
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    assert page.locator("limner-widget iframe").is_hidden()
    shop.approve()
    expect(button).to_have_attribute("aria-label", "Open the chat: new message")
    page.keyboard.press("Enter")
    answer = chat.locator("article.limner").last
    expect(answer).to_contain_text("The reset button is on the back.")
    expect(answer).to_contain_text("This answer was written by AI.")
    image = answer.get_by_alt_text("The reset button on the back")
    eventually(lambda: bool(image.evaluate("image => image.naturalWidth === 320")))
    expect(chat.get_by_role("log")).to_contain_text("on the back")
    chat.get_by_role("button", name="No").press("Enter")
    expect(chat.get_by_placeholder("What was missing?")).to_be_focused()
    page.keyboard.type("It is not there.")
    page.keyboard.press("Enter")
    expect(chat.get_by_text("Thank you!")).to_be_visible()
    page.reload()
    expect(chat.locator("article.limner").last).to_contain_text("on the back")
    expect(chat.get_by_role("button", name="No")).to_have_attribute("aria-pressed", "true")
    assert (
        page.evaluate("document.querySelector('limner-widget').shadowRoot.querySelector('iframe').contentDocument")
        is None
    )
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
    assert chat.locator("article").first.evaluate("node => getComputedStyle(node).transform") == "none"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        texts = contrasts(page.frames[1])
        assert len(texts) > 8
        assert [one for one in texts if one["contrast"] < needed(one)] == []
        paper = re.findall(r"\d+", chat.locator("body").evaluate("body => getComputedStyle(body).backgroundColor"))
        assert (int(paper[0]) < 60) == (scheme == "dark")


def test_a_phone_in_chinese_and_a_colleague(browser: Browser, shop: Shop) -> None:
    """At 360 px it fills the screen, in Chinese, and works where frames may store nothing; a colleague answers."""
    phone = {"viewport": {"width": 360, "height": 700}, "is_mobile": True, "has_touch": True, "locale": "zh-CN"}
    page, chat = shop.visit(browser, "localhost", **phone)
    page.locator("limner-widget button").tap()
    expect(chat.locator("html")).to_have_attribute("lang", "zh-Hans")
    chat.locator("#text").fill("转人工")
    chat.get_by_role("button", name="发送").tap()
    expect(chat.locator("#state")).to_have_text("已由人工接待。")
    assert page.locator("limner-widget iframe").bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 700}
    assert page.locator("limner-widget button").is_hidden()
    assert page.frames[1].evaluate("document.documentElement.scrollWidth") == 360
    shown = "[...document.querySelectorAll('button, textarea')].filter(one => one.checkVisibility())"
    assert min(page.frames[1].evaluate(f"{shown}.map(one => one.offsetHeight)")) >= 40
    desk = page.context.new_page()
    desk.goto(f"{shop.widget.address}/widget/desk")
    desk.fill("#name", "Mia")
    desk.fill("#key", KEY)
    desk.press("#key", "Enter")
    desk.locator("nav button").first.click()
    expect(desk.locator("#note")).to_contain_text("客户要求人工服务。")
    assert [one for one in contrasts(desk) if one["contrast"] < needed(one)] == []
    desk.fill("#text", "1. **Hello**\n2. <b>there</b>")
    desk.click("#send")
    expect(desk.locator("article.person")).to_contain_text("Hello")
    told = chat.locator("article.person")
    expect(told.locator("ol > li")).to_have_text(["Hello", "<b>there</b>"])
    expect(told.locator("b")).to_have_text(["Hello"])
    desk.click("#release")
    expect(chat.locator("#state")).to_have_text("")
    chat.get_by_role("button", name="关闭对话").tap()
    expect(page.locator("limner-widget button")).to_be_focused()


def test_two_tabs_are_one_conversation(browser: Browser, shop: Shop) -> None:
    """What is said in one tab stands in the other; begun anew in one, both speak in the new conversation."""
    page, chat = shop.visit(browser, "127.0.0.1")
    page.locator("limner-widget button").click()
    second = page.context.new_page()
    second.goto(page.url)
    second.locator("limner-widget button").click()
    other = second.frame_locator("limner-widget iframe")
    for say, see, words in ((chat, other, "hello"), (other, chat, "thanks")):
        say.locator("#text").fill(words)
        say.locator("#text").press("Enter")
        for one in (say, see):
            expect(one.locator("article.visitor:not(.pending)").filter(has_text=words)).to_be_visible()
    chat.locator("#anew").click()
    for one in (chat, other):
        expect(one.locator("article.visitor")).to_have_count(0)
    other.locator("#text").fill("good evening")
    other.locator("#text").press("Enter")
    for one in (other, chat):
        expect(one.locator("article.visitor:not(.pending)")).to_have_text(re.compile("good evening"))
