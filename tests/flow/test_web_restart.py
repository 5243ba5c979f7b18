"""The web chat across restarts and processes: what was said stays, and who paints doesn't matter."""

import asyncio
from pathlib import Path

import httpx
import pytest

from bot.errors import SettingsError
from tests.helpers.web import KEY, MARKED, HeldEngine, chat
from tests.support import until


async def test_a_restart_in_the_middle(tmp_path: Path) -> None:
    """A server that is stopped while it paints goes on after its next start, for the same browser."""
    engine = HeldEngine()
    async with chat(tmp_path, engine=engine) as one:
        page = await one.browser()
        before = await page.asked("hello")
        asked = await page.post("/messages", text="a red car")
        await engine.held.wait()
        cookies = httpx.Cookies(page.http.cookies)
    async with chat(tmp_path) as two:
        tab = await two.client(**MARKED)
        tab.http.cookies = cookies
        assert [message["id"] for message in (await tab.get("/messages"))["messages"]] == [before["id"], asked["id"]]
        over = await tab.over(asked["id"])
        assert (over["state"], len(over["reply"]["pictures"])) == ("done", 1)


async def test_another_process_paints(tmp_path: Path, database_url: str) -> None:
    """A page sees every state of a job that another process works on, its preview, and the picture."""
    engine = HeldEngine()
    async with chat(tmp_path, worker=False) as serving, chat(tmp_path, engine=engine) as painting:
        page = await serving.client(KEY)
        asked = await page.post("/messages", text="a red car")
        events = page.events(f"/messages/{asked['id']}/events")
        seen = [await anext(events)]
        while not seen[-1]["progress"]["preview"]:
            seen.append(await anext(events))
        assert seen[-1]["progress"]["stage"] == "painting"
        assert (await page.http.get(seen[-1]["progress"]["preview"])).content.startswith(b"\x89PNG")
        engine.go.set()
        seen += [event async for event in events]
        [picture] = seen[-1]["reply"]["pictures"]
        assert engine.painted == [picture["prompt"]]
        assert (await page.http.get(picture["image"])).content.startswith(b"\x89PNG")
        elsewhere = await painting.client(KEY)
        assert (await elsewhere.get("/messages"))["messages"] == [seen[-1]]


async def test_cancelled_from_another_process(tmp_path: Path) -> None:
    """A job that another process paints can be cancelled from here; its painting stops."""
    engine = HeldEngine()
    async with chat(tmp_path, worker=False) as serving, chat(tmp_path, engine=engine):
        page = await serving.client(KEY)
        asked = await page.post("/messages", text="a red car")
        await engine.held.wait()
        assert (await page.http.delete(f"/api/v1/messages/{asked['id']}")).json() == {"cancelled": True}
        assert (await page.over(asked["id"]))["state"] == "cancelled"
        await until(lambda: bool(engine.cancelled))


async def test_changing_the_passphrase_logs_everybody_out(tmp_path: Path) -> None:
    """After a restart with another passphrase old sessions are worth nothing; with the same one they are."""
    login = {"name": "ana", "passphrase": "the first passphrase"}
    async with chat(tmp_path, passphrase=login["passphrase"]) as one:
        client = await one.client()
        await client.http.post("/login", data=login)
        cookies = httpx.Cookies(client.http.cookies)
    for passphrase, status in ((login["passphrase"], 200), ("the second passphrase", 401)):
        async with chat(tmp_path, passphrase=passphrase) as again:
            tab = await again.client()
            tab.http.cookies = cookies
            assert (await tab.http.get("/api/v1/me")).status_code == status


async def test_a_port_that_is_taken(tmp_path: Path) -> None:
    """The second server on one port says so in one line with a remedy, and the first serves on."""
    async with chat(tmp_path / "a") as one:
        with pytest.raises(SettingsError) as raised:
            async with chat(tmp_path / "b", port=one.port):
                pass
        assert f"Another program listens at port {one.port} of 127.0.0.1 already" in str(raised.value)
        assert "adapters.web.port" in str(raised.value)
        assert "\n" not in str(raised.value)
        assert (await (await one.client()).http.get("/healthz")).text == "ok\n"


async def test_the_secret_is_its_owners_alone(tmp_path: Path) -> None:
    """What signs sessions can be read by nobody else, is kept over restarts, and is not used once others could read."""
    secret = tmp_path / "home" / "web-secret"
    async with chat(tmp_path):
        first = secret.read_bytes()
        assert secret.stat().st_mode & 0o777 == 0o600
    async with chat(tmp_path):
        assert secret.read_bytes() == first
    secret.chmod(0o644)
    with pytest.raises(SettingsError, match="others may read it"):
        async with chat(tmp_path):
            pass


async def test_it_stops_while_bodies_are_awaited(tmp_path: Path) -> None:
    """A connection that sends nothing keeps nobody from stopping."""
    async with chat(tmp_path) as one:
        _, idle = await asyncio.open_connection("127.0.0.1", one.port)
        _, slow = await asyncio.open_connection("127.0.0.1", one.port)
        slow.write(b"POST /api/v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n")
        await slow.drain()
        assert (await (await one.client()).http.get("/healthz")).status_code == 200
    idle.close()
    slow.close()
