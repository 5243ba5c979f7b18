"""Makes docs/images/web-*.webp: the web chat with the real painter and Sketch, seen in Debian's Chromium.

python benchmarks/screenshots.py [FOLDER]
"""

import io
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.helpers.browser import House, Visitor, ask, chromium, picture_of  # noqa: E402

WIDE = {"viewport": {"width": 1200, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 760}, "device_scale_factor": 1.5, "is_mobile": True, "has_touch": True}
MAX_BYTES = 60_000
SETTLE_MS = 700  # for transitions to end


def main() -> None:
    """Make all of them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    engines = {"local": {"device": "cpu", "threads": 2}}
    with (
        tempfile.TemporaryDirectory() as home,
        House(Path(home), model="sketch", engine="local", engines=engines) as house,
        chromium() as browser,
    ):
        for make in (empty, conversation, painting, phone, chinese, proposal, preferences):
            with make(browser, house.url) as page:
                keep(page, folder / f"web-{make.__name__}.webp")


@contextmanager
def visiting(browser: Browser, url: str, **options: object) -> Iterator[Page]:
    """A tab of a person of their own."""
    visitor = Visitor(browser, url, **options)
    yield visitor.page()
    visitor.context.close()
    assert visitor.complaints == []


@contextmanager
def empty(browser: Browser, url: str) -> Iterator[Page]:
    """Before anything is said, light."""
    with visiting(browser, url, **WIDE) as page:
        yield page


@contextmanager
def conversation(browser: Browser, url: str) -> Iterator[Page]:
    """The best of four, with the difference opened, light and wide."""
    with visiting(browser, url, viewport={"width": 1200, "height": 1240}) as page:
        for words in ("two sailboats at dawn", "a penguin in the snow"):
            picture_of(ask(page, words))
            page.get_by_role("button", name="New conversation").first.click()
        page.click("#fold")
        page.locator(".field.best_of select").select_option("4")
        page.click("#fold")
        figure = painted(page, "hey, could you draw a shiny red car at the seaside at sunset?", seed=7)
        opened(page, figure)
        yield page


@contextmanager
def painting(browser: Browser, url: str) -> Iterator[Page]:
    """In the middle of a picture."""
    with visiting(browser, url, **WIDE) as page:
        set_option(page, "steps", "60")
        asked = ask(page, "a snowman beside a house in the snow at night")
        expect(asked.locator(".state")).to_contain_text(re.compile("step (3|4)[0-9]"))
        expect(asked.locator(".easel img")).to_be_visible()
        yield page
        picture_of(asked)


@contextmanager
def phone(browser: Browser, url: str) -> Iterator[Page]:
    """A picture that is to be changed, on a phone in the dark."""
    with visiting(browser, url, color_scheme="dark", **PHONE) as page:
        figure = painted(page, "two sailboats on the sea at sunset", seed=4)
        figure.get_by_role("button", name=re.compile("^Change")).click()
        page.fill("#words", "make the sails white")
        page.evaluate("document.querySelector('#scroll').scrollTop = 1e6")
        yield page


@contextmanager
def chinese(browser: Browser, url: str) -> Iterator[Page]:
    """In Chinese."""
    with visiting(browser, url, locale="zh-CN", viewport={"width": 1200, "height": 1030}) as page:
        figure = painted(page, "帮我画一只企鹅站在雪地里，水彩风格", seed=3)
        opened(page, figure)
        yield page


@contextmanager
def proposal(browser: Browser, url: str) -> Iterator[Page]:
    """Asked first: what would be painted, and the buttons to say yes with."""
    with visiting(browser, url, viewport={"width": 1200, "height": 700}) as page:
        prefer(page, "Ask me first")
        page.get_by_role("button", name="Close").first.click()
        expect(
            ask(page, "hey, could you draw two shiny red sailboats on the sea at sunset?").locator(".proposal")
        ).to_be_visible()
        yield page


@contextmanager
def preferences(browser: Browser, url: str) -> Iterator[Page]:
    """The preferences dialog on a phone in the dark."""
    with visiting(browser, url, color_scheme="dark", **PHONE) as page:
        page.locator("#menu").click()
        prefer(page, "Ask me first")
        yield page


def prefer(page: Page, choice: str) -> None:
    """Set how words are rewritten."""
    page.get_by_role("button", name="Preferences").click()
    dialog = page.get_by_role("dialog", name="Preferences")
    dialog.get_by_role("radio", name=choice).check()
    expect(dialog.get_by_role("status")).to_have_text("Saved.")


def set_option(page: Page, name: str, value: str) -> None:
    """Write something into the fold of options."""
    page.click("#fold")
    page.locator(f".field.{name} input").fill(value)
    page.click("#fold")


def painted(page: Page, words: str, seed: int) -> Locator:
    """The picture of these words, the same each time."""
    set_option(page, "seed", str(seed))
    figure = picture_of(ask(page, words))
    set_option(page, "seed", "")
    return figure


def opened(page: Page, figure: Locator) -> None:
    """Open the fold of a picture and show all of it."""
    figure.locator("summary").click()
    page.evaluate("document.querySelector('#scroll').scrollTop = 1e6")


def keep(page: Page, path: Path) -> None:
    """Save what is seen."""
    page.mouse.move(0, 0)
    page.wait_for_timeout(SETTLE_MS)
    with Image.open(io.BytesIO(page.screenshot())) as shot:
        shot.convert("RGB").save(path, quality=80, method=6)
    size = path.stat().st_size
    assert size <= MAX_BYTES, f"{path} has {size} bytes"
    print(f"{path}: {size // 1000} kB")


if __name__ == "__main__":
    main()
