"""The page with the real painter and the built-in model: nothing in the chain is a stand-in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.helpers.browser import House, Visitor, ask, eventually, picture_of

pytestmark = pytest.mark.painter


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house with Sketch on two CPU cores, not allowed on the network."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    engines = {"local": {"device": "cpu", "threads": 2}}
    with House(tmp_path / "home", model="sketch", engine="local", engines=engines) as house:
        yield house


@pytest.mark.proof
def test_a_car_on_a_beach(browser: Browser, studio: House) -> None:
    """A request becomes a picture of Sketch's size with the difference shown, and can be varied."""
    visitor = Visitor(browser, studio.url)
    page = visitor.page()
    asked = ask(page, "hey, could you draw a shiny red car at the seaside at sunset?")
    figure = picture_of(asked)
    image = figure.locator(".canvas img")
    eventually(lambda: image.evaluate("image => image.naturalWidth") == 256)
    figure.locator("summary").click()
    expect(figure.locator("del").first).to_be_visible()
    expect(figure.locator("ins").first).to_be_visible()
    expect(figure.locator(".facts div", has_text="Model").locator("dd")).to_have_text("sketch")
    figure.get_by_role("button", name="Vary").first.click()
    figure.locator(".tray").get_by_role("button", name="Vary").click()
    varied = picture_of(page.locator("#exchanges > article").nth(1))
    eventually(lambda: varied.locator(".canvas img").evaluate("image => image.naturalWidth") == 256)
    assert visitor.complaints == []
    visitor.context.close()
