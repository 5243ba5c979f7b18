"""The login page: a name and the shared passphrase, also without JavaScript, in both languages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.helpers.browser import House, Visitor, ask, contrasts, needed, picture_of

PASSPHRASE = "open the gallery"


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house whose web chat wants a passphrase."""
    with House(tmp_path_factory.mktemp("home"), {"passphrase": PASSPHRASE}) as house:
        yield house


def enter(page: Page, name: str, passphrase: str) -> None:
    page.fill("input[name=name]", name)
    page.fill("input[name=passphrase]", passphrase)
    page.press("input[name=passphrase]", "Enter")


def test_in_and_out(browser: Browser, closed: House) -> None:
    """A wrong passphrase is told and keeps the name; the right one leads to the chat; signing out leads back."""
    visitor = Visitor(browser, closed.url)
    page = visitor.context.new_page()
    page.goto(closed.url)
    expect(page).to_have_url(f"{closed.url}/login")
    expect(page.get_by_role("alert")).to_be_hidden()
    enter(page, "Ana {{problem}}", "guess")
    expect(page.get_by_role("alert")).to_contain_text("This is not the passphrase")
    expect(page.get_by_label("Your name")).to_have_value("Ana {{problem}}")
    visitor.complaints.clear()  # Chromium calls every 403 an error
    enter(page, "Ana", PASSPHRASE)
    page.wait_for_selector("#app:not([hidden])")
    expect(page.locator("#who")).to_have_text("Ana")
    picture_of(ask(page, "a red car"))
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{closed.url}/login")
    page.goto(closed.url)
    expect(page).to_have_url(f"{closed.url}/login")
    assert visitor.complaints == []
    visitor.context.close()


def test_signed_out_elsewhere(browser: Browser, closed: House) -> None:
    """When the session has ended, the page says so and keeps what was typed; signing in again finds it."""
    visitor = Visitor(browser, closed.url)
    page = visitor.context.new_page()
    page.goto(closed.url)
    enter(page, "Ben", PASSPHRASE)
    page.wait_for_selector("#app:not([hidden])")
    visitor.context.clear_cookies()
    page.fill("#words", "a blue boat")
    page.press("#words", "Enter")
    expect(page.locator("#unsent")).to_contain_text("Not sent yet")
    page.get_by_role("link", name="Sign in").click()
    enter(page, "Ben", PASSPHRASE)
    page.wait_for_selector("#app:not([hidden])")
    page.locator("#unsent").get_by_role("button", name="Try again").click()
    picture_of(page.locator("#exchanges > article"))
    visitor.context.close()


def test_chinese_without_javascript(browser: Browser, closed: House) -> None:
    """The page needs no JavaScript, and speaks the browser's language alone."""
    visitor = Visitor(browser, closed.url, locale="zh-CN", java_script_enabled=False)
    page = visitor.context.new_page()
    page.goto(closed.url)
    expect(page.get_by_role("heading")).to_have_text("登录 Limner", use_inner_text=True)
    expect(page.get_by_text("Sign in")).to_have_count(2)
    for hidden in page.get_by_text("Sign in").all():
        expect(hidden).to_be_hidden()
    page.get_by_label("你的名字").fill("Cai")
    page.get_by_label("团队口令").fill(PASSPHRASE)
    page.get_by_role("button").click()
    expect(page).to_have_url(f"{closed.url}/")
    assert visitor.complaints == []
    visitor.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read(browser: Browser, closed: House, scheme: str) -> None:
    """The login has the chat's contrast, and fits a phone."""
    visitor = Visitor(browser, closed.url, color_scheme=scheme, viewport={"width": 360, "height": 640}, is_mobile=True)
    page = visitor.context.new_page()
    page.goto(closed.url)
    found = contrasts(page)
    assert len(found) >= 5
    assert [one for one in found if one["contrast"] < needed(one)] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert visitor.complaints == []
    visitor.context.close()
