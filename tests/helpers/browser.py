"""The web chat as people meet it: Limner serving in a thread of its own, and a real Chromium that looks at it."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect, sync_playwright

from adapters.web.adapter import Web
from adapters.web.settings import WebSettings
from bot.app import App, open_app, working
from bot.errors import EngineError
from bot.settings import load
from bot.tasks import PaintEvent, PaintTask, Step
from bot.testing import PaperEngine
from tests.helpers.needs import needs

PATIENCE_S = 30.0
PATIENCE_MS = 120_000  # only against hanging: the first picture waits for imports that other tests hold up
LARGE_TEXT_PX = 24.0
# A browser that asks nobody anything, and runs as root in a container.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--no-sandbox",
)
Result = TypeVar("Result")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window; skips, or fails under CI=true, where there is none."""
    executable = needs("chromium", "chromium fonts-noto-cjk fonts-noto-color-emoji")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Easel(PaperEngine):
    """Paper on an easel: it can be held while it is painted, so that a test may look at it."""

    def __init__(self) -> None:
        super().__init__()
        self._free = asyncio.Event()
        self._free.set()
        self._free_steps = 0

    async def hold(self, after_step: int = 0) -> None:
        """Let every picture from now on stop after that step."""
        self._free.clear()
        self._free_steps = after_step

    async def release(self) -> None:
        """Let all go on."""
        self._free.set()

    async def paint(self, task: PaintTask) -> AsyncIterator[PaintEvent]:
        """As paper does, and only so far while it is held; of volcanoes it wants to know nothing."""
        if "volcano" in task.prompt:
            raise EngineError("There is no red left for a volcano", "Ask for a hill.")
        async for event in super().paint(task):
            if isinstance(event, Step) and event.step > self._free_steps:
                await self._free.wait()
            yield event


class House:
    """The whole of `limner serve` with the web chat, on a home folder; it can be left and opened again.

    Args:
        home: Limner's home folder.
        web: The table [adapters.web].
        llm: A chat model instead of the director.
        beside: Further adapters, by name.
        options: Further settings.
    """

    def __init__(
        self,
        home: Path,
        web: dict[str, Any] | None = None,
        *,
        llm: Any = None,
        beside: dict[str, Any] | None = None,
        **options: Any,
    ) -> None:
        self._home = home
        self._llm = llm
        self._beside = beside or {}
        self._web = {"port": 0} | (web or {})
        self._options = options
        self._thread = threading.Thread()
        self._opened = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._left: asyncio.Event | None = None
        self._failure: BaseException | None = None
        self.url = ""
        self.app: App | None = None

    def __enter__(self) -> "House":
        self._opened.clear()
        self._failure = None
        self._thread = threading.Thread(target=self._run, name="limner")
        self._thread.start()
        assert self._opened.wait(PATIENCE_S)
        if self._failure:
            raise self._failure
        return self

    def __exit__(self, *_: object) -> None:
        assert self._loop
        assert self._left
        self._loop.call_soon_threadsafe(self._left.set)
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()
        if self._failure:
            raise self._failure

    @property
    def easel(self) -> Easel:
        """What paints."""
        assert self.app
        assert isinstance(self.app.engine, Easel)
        return self.app.engine

    @contextmanager
    def held(self, after_step: int = 0) -> Iterator[None]:
        """Pictures stop after that step while the block runs."""
        self.wait(self.easel.hold(after_step))
        try:
            yield
        finally:
            self.wait(self.easel.release())

    def wait(self, doing: Awaitable[Result]) -> Result:
        """Run something in the house's own event loop."""

        async def do() -> Result:
            return await doing

        assert self._loop
        return asyncio.run_coroutine_threadsafe(do(), self._loop).result(PATIENCE_S)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001 - the test's own thread raises it
            self._failure = error
        finally:
            self._opened.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._left = asyncio.Event()
        settings = load(environment={}, overrides={"home": self._home, **self._options})
        web = Web(WebSettings.model_validate(self._web), home=self._home)
        engine = None if "engine" in self._options else Easel()
        adapters = {"web": web} | self._beside
        async with open_app(settings, adapters, engine=engine, llm=self._llm) as self.app, working(self.app):
            while not web.url:
                await asyncio.sleep(0.01)
            self.url = web.url
            # Opened again, it is found where it was.
            self._web["port"] = int(web.url.rpartition(":")[2])
            self._opened.set()
            await self._left.wait()


def eventually(true: Callable[[], bool]) -> None:
    """Wait until something outside the browser has come true."""
    waiting = threading.Event()
    for _ in range(int(PATIENCE_S / 0.02)):
        if true():
            return
        waiting.wait(0.02)
    raise AssertionError("it never came true")


class Visitor:
    """One person's browser: pages that share a session, watched for what a page must never do.

    Attributes:
        complaints: Errors in the console, broken rules of the content security policy, and requests to other hosts.
    """

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        self.url = url
        self.complaints: list[str] = []
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.on("page", self._watch)
        self.context.on("request", self._check)

    def page(self, address: str = "/") -> Page:
        """A new tab with the chat, ready to be used."""
        page = self.context.new_page()
        page.goto(self.url + address)
        page.wait_for_selector("#app:not([hidden])")
        return page

    def _watch(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, said: ConsoleMessage) -> None:
        # A preview may be over when it is asked for: the picture itself is there by then.
        if said.type in ("error", "warning") and "/preview?" not in said.location["url"]:
            self.complaints.append(f"{said.text} {said.location['url']}")

    def _check(self, request: Request) -> None:
        if not request.url.startswith((f"{self.url}/", "blob:", "data:")):
            self.complaints.append(f"request to {request.url}")


def ask(page: Page, words: str) -> Locator:
    """Say something; the exchange it becomes."""
    page.fill("#words", words)
    page.press("#words", "Enter")
    return exchange(page, words)


def exchange(page: Page, words: str) -> Locator:
    """The last exchange that began with these words and that the server has taken."""
    return page.locator("#exchanges > article", has=page.locator(".said .words", has_text=words)).last


def picture_of(exchange: Locator) -> Locator:
    """The first picture of an exchange, once it is there."""
    figure = exchange.locator("figure.picture").first
    expect(figure.locator(".canvas img")).to_be_visible()
    return figure


def contrasts(page: Page) -> list[dict[str, Any]]:
    """Every text that is seen: `text`, its `contrast` to what lies behind it, and `size_px`."""
    found: list[dict[str, Any]] = page.evaluate((Path(__file__).parent / "contrast.js").read_text(encoding="utf-8"))
    return found


def needed(text: dict[str, Any]) -> float:
    """The contrast that WCAG's level AA wants of one of `contrasts`."""
    return 3.0 if text["size_px"] >= LARGE_TEXT_PX else 4.5
