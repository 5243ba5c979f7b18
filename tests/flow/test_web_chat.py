"""The web chat as a person and a script meet it: on a real port, with a real database, in real time."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.actions import LABELS
from tests.helpers.web import KEY, MARKED, OTHER_KEY, Client, HeldEngine, chat, png
from tests.support import PATIENCE_S, until


async def test_from_words_to_a_picture(tmp_path: Path) -> None:
    """A page asks, sees each state come by its stream, and fetches the picture with all that it was made from."""
    engine = HeldEngine()
    async with chat(tmp_path, engine=engine) as one:
        page = await one.browser()
        events = page.events("/events?thread=cars")
        assert await anext(events) == {}  # 'ready': from now on nothing is missed
        asked = await page.post("/messages", text="a red car on a beach", thread="cars")
        assert (asked["state"], asked["thread"], asked["text"]) == ("working", "cars", "a red car on a beach")
        seen: list[dict[str, Any]] = []
        while not (seen and seen[-1]["progress"]["preview"]):
            seen.append(await anext(events))
        assert seen[-1]["progress"]["stage"] == "painting"
        assert (seen[-1]["progress"]["step"], seen[-1]["progress"]["steps"]) == (2, 4)
        shown = await page.http.get(seen[-1]["progress"]["preview"])
        assert (shown.headers["content-type"], shown.content) == ("image/png", png(8, 8, b"abc"))
        engine.go.set()
        while seen[-1]["state"] == "working":
            seen.append(await anext(events))
        assert {event["id"] for event in seen} == {asked["id"]}
        [picture] = seen[-1]["reply"]["pictures"]
        assert (
            "".join(part["text"] for part in picture["difference"] if part["kind"] != "left_out") == picture["prompt"]
        )
        assert (await page.get(f"/pictures/{picture['id']}"))["prompt"] == picture["prompt"]
        image = await page.http.get(picture["image"])
        assert image.content.startswith(b"\x89PNG")
        assert image.headers["cache-control"] == "private, max-age=31536000, immutable"
        assert "content-disposition" not in image.headers
        saved = await page.http.get(f"{picture['image']}?download=1")
        assert saved.headers["content-disposition"] == f'attachment; filename="limner-{picture["id"][:8]}.png"'


async def test_history_and_conversations(tmp_path: Path) -> None:
    """Another tab sees the same history, page by page, and the conversations, the latest first."""
    async with chat(tmp_path) as one:
        page = await one.browser()
        asked = [await page.asked(f"{count} red cars", thread="a") for count in ("two", "three", "four")]
        await page.asked("a blue cat", thread="b")
        tab = (await one.browser(), (await one.client(**MARKED)))[1]
        tab.http.cookies = page.http.cookies
        latest = (await tab.get("/messages?thread=a&limit=2"))["messages"]
        assert [message["id"] for message in latest] == [exchange["id"] for exchange in asked[1:]]
        earlier = (await tab.get(f"/messages?thread=a&limit=2&before={latest[0]['id']}"))["messages"]
        assert [message["id"] for message in earlier] == [asked[0]["id"]]
        assert earlier[0] == asked[0]
        threads = (await tab.get("/threads"))["threads"]
        assert [(thread["thread"], thread["title"]) for thread in threads] == [
            ("b", "a blue cat"),
            ("a", "two red cars"),
        ]


@pytest.mark.parametrize("kind", ["again", "vary", "own_words", "prompt"])
async def test_buttons(tmp_path: Path, kind: str) -> None:
    """Each button makes one more picture, of the kind that it says."""
    async with chat(tmp_path) as one:
        page = await one.browser(**{"Accept-Language": "zh-CN,en;q=0.5"})
        [first] = (await page.asked("please draw a red car"))["reply"]["pictures"]
        body = {"prompt": {"prompt": "a green car"}, "vary": {"strength": 0.4}}.get(kind, {})
        pressed = await page.post(f"/pictures/{first['id']}/actions/{kind}", **body)
        assert (pressed["action"], pressed["reply_to"], pressed["text"]) == (kind, first["id"], LABELS[kind]["zh"])
        [picture] = (await page.over(pressed["id"]))["reply"]["pictures"]
        prompts = {"own_words": "please draw a red car", "prompt": "a green car"}
        assert picture["prompt"] == prompts.get(kind, first["prompt"])
        assert (picture["seed"] == first["seed"]) == (kind in prompts)
        assert picture["strength"] == (0.4 if kind == "vary" else None)
        assert picture["parent"] == first["id"]


async def test_a_picture_that_is_brought(tmp_path: Path) -> None:
    """A picture that somebody brings is kept as pixels, can be looked at, and painting starts from it."""
    async with chat(tmp_path) as one:
        page = await one.browser()
        name = {"Content-Type": "image/png", "X-Filename": "..%2Fmy%20cat%0A.png"}
        response = await page.http.post("/api/v1/uploads", content=png(32, 16), headers=name)
        assert response.status_code == 201
        brought = response.json()
        assert (brought["name"], brought["width_px"], brought["height_px"]) == ("my cat.png", 32, 16)
        shown = await page.http.get(f"/api/v1/uploads/{brought['sha256']}")
        assert shown.headers["content-type"] == "image/png"
        over = await page.asked("a cat", uploads=[brought["sha256"]], wishes={"strength": 0.5})
        assert over["uploads"] == [brought]
        [picture] = over["reply"]["pictures"]
        assert (picture["source"], picture["strength"]) == (brought["sha256"], 0.5)


async def test_wishes(tmp_path: Path) -> None:
    """What is set by hand is painted with."""
    wishes = {"width_px": 128, "height_px": 64, "count": 2, "seed": 5.0, "steps": 3, "guidance_scale": 2}
    async with chat(tmp_path) as one:
        script = await one.client(KEY)
        pictures = (await script.asked("a red car", wishes=wishes))["reply"]["pictures"]
        assert [picture["seed"] for picture in pictures] == [5, 6]
        for picture in pictures:
            assert {name: picture[name] for name in wishes.keys() - {"count", "seed"}} == {
                name: wishes[name] for name in wishes.keys() - {"count", "seed"}
            }


async def test_the_same_id_is_the_same_message(tmp_path: Path) -> None:
    """A message that is sent again under its id is asked once; another person's same id is another message."""
    async with chat(tmp_path) as one:
        ana, bob = await one.client(KEY), await one.client(OTHER_KEY)
        same = await asyncio.gather(*(ana.post("/messages", text="a red car", id="first") for _ in range(5)))
        other = await bob.post("/messages", text="a red car", id="first")
        assert len({exchange["id"] for exchange in same}) == 1
        assert other["id"] != same[0]["id"]
        await ana.over(same[0]["id"])
        assert len((await ana.get("/messages"))["messages"]) == 1


async def test_cancel(tmp_path: Path) -> None:
    """What is being painted can be stopped, once; everybody who follows it sees so."""
    engine = HeldEngine()
    async with chat(tmp_path, engine=engine) as one:
        page = await one.browser()
        asked = await page.post("/messages", text="a red car")
        following = asyncio.create_task(page.over(asked["id"]))
        await engine.held.wait()
        path = f"/api/v1/messages/{asked['id']}"
        assert (await page.http.delete(path)).json() == {"cancelled": True}
        assert (await following)["state"] == "cancelled"
        assert (await page.http.delete(path)).json() == {"cancelled": False}
        assert engine.cancelled
        assert (await page.http.get(f"{path}/preview")).status_code == 404


async def test_delete(tmp_path: Path) -> None:
    """A deleted picture is gone: from its conversation, its address, and the disk."""
    async with chat(tmp_path) as one:
        page = await one.browser()
        over = await page.asked()
        [picture] = over["reply"]["pictures"]
        files = list((tmp_path / "home" / "gallery").rglob("*.png"))
        assert len(files) == 1
        assert (await page.http.delete(f"/api/v1/pictures/{picture['id']}")).status_code == 204
        assert (await page.http.get(picture["image"])).status_code == 404
        assert (await page.http.delete(f"/api/v1/pictures/{picture['id']}")).status_code == 404
        assert (await page.get(f"/messages/{over['id']}"))["reply"]["pictures"] == []
        assert not files[0].exists()


async def test_two_people_do_not_see_each_other(tmp_path: Path) -> None:
    """Nothing of one person's is there for another: neither by looking nor by any id."""
    async with chat(tmp_path) as one:
        ana, bob = await one.browser(), await one.browser()
        sent = await ana.http.post("/api/v1/uploads", content=png(), headers={"Content-Type": "image/png"})
        sha256 = sent.json()["sha256"]
        over = await ana.asked("a red car", uploads=[sha256])
        [picture] = over["reply"]["pictures"]
        job, path = over["id"], f"/api/v1/pictures/{picture['id']}"
        assert (await bob.get("/messages"))["messages"] == []
        assert (await bob.get("/threads"))["threads"] == []
        refused = [
            await bob.http.get(f"/api/v1/messages/{job}"),
            await bob.http.get(f"/api/v1/messages/{job}/events"),
            await bob.http.get(f"/api/v1/messages/{job}/preview"),
            await bob.http.get(f"/api/v1/messages?before={job}"),
            await bob.http.delete(f"/api/v1/messages/{job}"),
            await bob.http.get(path),
            await bob.http.get(f"{path}/image"),
            await bob.http.delete(path),
            await bob.http.post(f"{path}/actions/again", json={}),
            await bob.http.get(f"/api/v1/uploads/{sha256}"),
            await bob.http.post("/api/v1/messages", json={"text": "a cat", "uploads": [sha256]}),
            await bob.http.post("/api/v1/messages", json={"text": "a cat", "reply_to": picture["id"]}),
        ]
        assert [response.status_code for response in refused] == [404] * len(refused)
        unknown = await bob.http.get(f"/api/v1/pictures/{'0' * 32}")
        assert refused[5].json() == unknown.json()
        assert (await ana.get(f"/pictures/{picture['id']}"))["id"] == picture["id"]


async def test_me_and_styles(tmp_path: Path) -> None:
    """The page learns in its language who it is talking for, what paints and what can be wished for."""
    async with chat(tmp_path) as one:
        english, chinese = (
            await one.client(KEY),
            await one.client(KEY, **{"Accept-Language": "fr, zh-TW;q=0.8, en;q=0.5"}),
        )
        me, ich = await english.get("/me"), await chinese.get("/me")
        assert (me["name"], me["login"], me["language"], ich["language"]) == ("ana", False, "en", "zh")
        assert me["model"] == {"name": "paper", "width_px": 64, "height_px": 64, "steps": 4, "img2img": True}
        assert (me["limits"]["count"], me["limits"]["text_characters"]) == (4, 8000)
        titles = {style["name"]: style["description"] for style in (await chinese.get("/styles"))["styles"]}
        assert titles["ink"] == "水墨"
        assert "人工智能" in ich["ai_notice"]


async def test_an_engine_that_is_away(tmp_path: Path) -> None:
    """While nothing is known of the painter, the page still opens, and says so."""

    class Away(HeldEngine):
        async def describe(self, model: str) -> Any:
            from bot import EngineError

            raise EngineError("The painter is away", "Come again.")

    async with chat(tmp_path, engine=Away()) as one:
        assert (await (await one.client(KEY)).get("/me"))["model"] is None


async def test_a_stream_ends_with_its_reader(tmp_path: Path) -> None:
    """Who goes away frees their place at once, and the database is no longer looked at for them."""
    async with chat(tmp_path, streams=2) as one:
        page = await one.browser()
        streams = [page.events("/events"), page.events("/events")]
        for stream in streams:
            await anext(stream)
        full = await page.http.get("/api/v1/events")
        assert (full.status_code, full.json()["error"]["code"]) == (429, "too_many")
        assert int(full.headers["retry-after"]) > 0
        await streams.pop().aclose()

        async def has_room() -> bool:
            try:
                await anext(stream := page.events("/events"))
            except AssertionError:
                return False
            streams.append(stream)
            return True

        await until(has_room)
        for stream in streams:
            await stream.aclose()
        await until(lambda: not one.app.watch._watchers)


@pytest.mark.proof
async def test_a_quiet_stream_is_kept_open(tmp_path: Path) -> None:
    """A stream on which nothing happens has a comment now and then, so that nobody in between cuts it off."""
    async with chat(tmp_path) as one:
        script = await one.client(KEY)
        async with script.http.stream("GET", "/api/v1/events") as response:
            lines = response.aiter_lines()
            line = await anext(lines)
            while not line.startswith(":"):
                line = await anext(lines)  # raises when the stream ends


@pytest.mark.proof
async def test_a_hundred_readers(tmp_path: Path) -> None:
    """A hundred open streams are all told, and all end in good order when the server stops."""
    async with AsyncExitStack() as stack:
        async with chat(tmp_path, streams=101) as one:
            many = httpx.Limits(max_connections=None)
            headers = {"Authorization": f"Bearer {KEY}"}
            http = httpx.AsyncClient(
                base_url=one.url, headers=headers, limits=many, timeout=PATIENCE_S, trust_env=False
            )
            script = Client(await stack.enter_async_context(http))
            seen: list[list[dict[str, Any]]] = [[] for _ in range(100)]
            readers = [asyncio.create_task(_follow(script, told)) for told in seen]
            await until(lambda: all(told for told in seen))
            await script.asked("a red car")
            await until(lambda: all(told[-1].get("state") == "done" for told in seen))
            assert not any(reader.done() for reader in readers)
        await asyncio.gather(*readers)


async def _follow(script: Client, told: list[dict[str, Any]]) -> None:
    async for event in script.events("/events"):
        told.append(event)  # noqa: PERF401 - each as it comes


async def test_a_page_to_read(tmp_path: Path) -> None:
    """The API's description is a page of its own that loads nothing from elsewhere and knows every call."""
    async with chat(tmp_path) as one:
        client = await one.client()
        page = await client.http.get("/api")
        schema = (await client.http.get("/api/v1/openapi.json")).json()
        assert page.headers["content-type"].startswith("text/html")
        assert all(path in page.text for path in schema["paths"])
        assert "//" not in page.text.replace("http://", "").replace("https://", "")
        assert "<script" not in page.text
        assert (await client.http.get("/api/reference.css")).headers["content-type"].startswith("text/css")


async def test_pages_files_are_checked_anew(tmp_path: Path) -> None:
    """A file of the page is asked for each time and sent only when it has changed."""
    async with chat(tmp_path) as one:
        client = await one.client()
        first = await client.http.get("/static/icon.svg")
        assert (first.status_code, first.headers["cache-control"]) == (200, "no-cache")
        again = await client.http.get("/static/icon.svg", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert (await client.http.get("/static/../adapter.py")).status_code == 404
        assert (await client.http.get("/static/%2e%2e/adapter.py")).status_code == 404
