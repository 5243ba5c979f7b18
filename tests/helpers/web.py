"""A real web chat on a real port inside the test's own event loop, on a chain with an engine of paper."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from adapters.web.adapter import Web
from bot import PaintEvent, PaintTask, Preview, Step, plugins
from bot.app import App, open_app, working
from bot.settings import Settings
from bot.testing import PaperEngine, blank_png
from tests.support import PATIENCE_S, database, until

KEY = "a-key-that-is-long-enough"
OTHER_KEY = "another-key-that-is-long"
KEYS = {"ana": KEY, "bob": OTHER_KEY}
MARKED = {"X-Limner": "1"}
HELD_AT = 2
Json = Any


class HeldEngine(PaperEngine):
    """An engine of paper that shows a preview after its second step and waits there until it may go on."""

    def __init__(self) -> None:
        super().__init__()
        self.held = asyncio.Event()
        self.go = asyncio.Event()

    async def paint(self, task: PaintTask) -> AsyncIterator[PaintEvent]:
        async for event in super().paint(task):
            yield event
            if isinstance(event, Step) and event.step == HELD_AT:
                self._sheets["preview"] = blank_png(8, 8, b"abc")
                yield Preview(event.step, event.steps, "preview")
                self.held.set()
                await self.go.wait()


@dataclass
class Chat:
    """An open app with the web adapter, and clients of it."""

    app: App
    web: Web
    stack: AsyncExitStack

    @property
    def url(self) -> str:
        return self.web.url

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    async def client(self, key: str = "", **headers: str) -> "Client":
        """Somebody with a key, or a browser without any session yet; sends what a page's script would."""
        if key:
            headers["Authorization"] = f"Bearer {key}"
        http = httpx.AsyncClient(base_url=self.url, headers=headers, trust_env=False, timeout=PATIENCE_S)
        return Client(await self.stack.enter_async_context(http))

    async def browser(self, **headers: str) -> "Client":
        """A browser that has opened the page, where that needs no login."""
        client = await self.client(**(MARKED | headers))
        assert (await client.http.get("/")).status_code == 200
        return client


@dataclass
class Client:
    """Somebody who speaks the API."""

    http: httpx.AsyncClient

    async def get(self, path: str, **more: Any) -> Json:
        """What a GET under /api/v1 gives, which must go well."""
        return _well(await self.http.get(f"/api/v1{path}", **more))

    async def post(self, path: str, **body: Any) -> Json:
        """What a POST of JSON under /api/v1 gives, which must go well."""
        return _well(await self.http.post(f"/api/v1{path}", json=body))

    async def put(self, path: str, **body: Any) -> Json:
        """What a PUT of JSON under /api/v1 gives, which must go well."""
        return _well(await self.http.put(f"/api/v1{path}", json=body))

    async def delete(self, path: str) -> Json:
        """What a DELETE under /api/v1 gives, which must go well."""
        return _well(await self.http.delete(f"/api/v1{path}"))

    async def over(self, job: str) -> Json:
        """The exchange once it is over, followed by its events."""
        [*_, last] = [event async for event in self.events(f"/messages/{job}/events")]
        assert last["state"] != "working"
        return last

    async def asked(self, text: str = "a red car", **more: Any) -> Json:
        """Ask and wait for the answer."""
        return await self.over((await self.post("/messages", text=text, **more))["id"])

    async def events(self, path: str) -> AsyncIterator[Json]:
        """The data of each event of a stream."""
        async with self.http.stream("GET", f"/api/v1{path}") as response:
            assert response.status_code == 200
            assert response.headers["content-type"].startswith("text/event-stream")
            async for line in response.aiter_lines():
                if line.startswith("data: "):
                    yield json.loads(line.removeprefix("data: "))


def _well(response: httpx.Response) -> Json:
    assert response.is_success, f"{response.status_code} {response.text}"
    return response.json() if response.content else None


@asynccontextmanager
async def chat(
    folder: Path,
    *,
    engine: PaperEngine | None = None,
    worker: bool = True,
    llm: Any = None,
    beside: dict[str, Any] | None = None,
    **options: Any,
) -> AsyncIterator[Chat]:
    """The web adapter on a chain in `folder`; two on one folder are two processes.

    Args:
        folder: Holds home folder and database.
        engine: Instead of one of paper.
        worker: Without it this process only serves, and another must do the work.
        llm: Instead of the director.
        beside: Further adapters, by name.
        options: Settings of the adapter.
    """
    settings = Settings(home=folder / "home", database=database(folder), engine="paper", lease_s=3.0)
    web: Web = plugins.make("adapters", "web", {"port": 0, "keys": KEYS} | options, home=settings.home)
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(open_app(settings, {"web": web} | (beside or {}), engine=engine, llm=llm))
        await stack.enter_async_context(working(app) if worker else _serving(app))
        await until(lambda: bool(web.url))
        yield Chat(app, web, await stack.enter_async_context(AsyncExitStack()))


@asynccontextmanager
async def _serving(app: App) -> AsyncIterator[None]:
    """Adapters and watch without the worker."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(app.watch.run()), group.create_task(app.adapters["web"].run(app.service))]
        yield
        for task in tasks:
            task.cancel()


def png(width_px: int = 16, height_px: int = 8, colour: bytes = b"\x10\x20\x30") -> bytes:
    """A small picture to bring along."""
    return blank_png(width_px, height_px, colour)
