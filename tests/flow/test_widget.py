"""The widget by HTTP: the suite for desks, and what a visitor, a stranger and a colleague may do, and see."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import product
from pathlib import Path
from secrets import token_hex
from typing import Any

import httpx
import pytest

from adapters.widget.adapter import HANDING, Widget
from adapters.widget.settings import WidgetSettings
from adapters.widget.talk import told
from bot.desk.draft import Draft, Kind, Status
from bot.desk.events import Verdict
from bot.errors import SettingsError, Silenced
from bot.exchange import Exchange
from bot.messages import Message, Outcome, Reply
from bot.plugins import settings_of
from bot.testing import blank_png
from bot.testing.desk_contract import ASKED, PERSON, DeskContract, DeskPlay, DeskStage, DyingDesk, Said
from tests.support import PATIENCE_S

KEY = "the-colleagues'-own-key"
LEAK = "on the back"  # of what answers ASKED


class WidgetStage(DeskStage):
    """Visitors' browsers, as far as HTTP goes; a conversation is named by its visitor's secret."""

    notes = False
    down = lose_an_answer = None  # nothing is sent anywhere
    forgeries = ("unsigned", "wrongly signed", "oversize", "no JSON")

    def __init__(self, **settings: Any) -> None:
        self.settings = {"colleague_key": KEY, "port": 0} | settings
        self.last: tuple[str, dict[str, str]] = ("", {})
        self.http = httpx.AsyncClient(trust_env=False, timeout=PATIENCE_S)

    def adapter(self) -> Widget:
        self.widget = Widget(WidgetSettings.model_validate(self.settings))
        return self.widget

    def listens(self, address: str) -> None:
        self.http.base_url = httpx.URL(f"{address}/widget/api/")

    async def get(self, path: str, secret: str = "", **headers: str) -> httpx.Response:
        return await self.http.get(path, headers={"X-Limner-Secret": secret} | headers)

    async def post(self, path: str, secret: str, body: Any, **headers: str) -> httpx.Response:
        headers = {"X-Limner-Secret": secret} | headers
        return await self.http.post(path, headers=headers, **{"content" if isinstance(body, bytes) else "json": body})

    async def talk(self, secret: str) -> Any:
        return (await self.get("messages", secret)).json()

    async def desk(self, path: str = "", **body: Any) -> Any:
        """What a colleague sees or does."""
        headers = {"Authorization": f"Bearer {KEY}"}
        if not body:
            return (await self.http.get(f"colleague{path}", headers=headers)).raise_for_status().json()
        return (await self.http.post("colleague", json=body, headers=headers)).raise_for_status()

    async def ask(self, text: str, conversation: str = "") -> str:
        self.last = conversation or token_hex(16), {"id": token_hex(16), "text": text}
        assert (await self.post("messages", *self.last)).status_code == 202
        return self.last[0]

    async def repeat(self) -> None:
        assert (await self.post("messages", *self.last)).json()["id"] == self.last[1]["id"]

    async def colleague(self, conversation: str, text: str) -> None:
        await self.desk(conversation=known_as(conversation), id=token_hex(16), name="Mia", text=text)

    async def forged(self, kind: str) -> int:
        body: Any = {"id": token_hex(16), "text": "hello"}
        more = {"Origin": "https://elsewhere.example.com"} if kind == "wrongly signed" else {}
        body = {"oversize": b"x" * 70_000, "no JSON": b"{"}.get(kind, body)
        secret = "" if kind == "unsigned" else token_hex(16)
        return (await self.post("messages", secret, body, **more)).status_code

    async def said(self, conversation: str, *, private: bool = False) -> list[Said]:
        items = [one for one in (await self.talk(conversation))["items"] if one["by"] == "limner"]
        sources = [" ".join(["Sources", *(name for name, _ in one["sources"])]) for one in items]
        return [
            Said(f"{one['text']} {s} {one['label']}", len(one["pictures"]))
            for one, s in zip(items, sources, strict=True)
        ]

    async def happened(self) -> list[str]:
        names = {"person spoke": "handed over", "handed over": "said"}
        assert self.widget._limner
        return [names[one.kind] for one in await self.widget._limner.desk.archive.events() if one.kind in names]

    async def with_people(self, conversation: str) -> bool:
        return (await self.talk(conversation))["state"] == "person"


class TestWidget(DeskContract):
    """The suite."""

    test_an_answer_waits_while_the_desk_is_down = test_a_lost_answer_is_not_sent_twice = None

    @asynccontextmanager
    async def stage(self, folder: Path) -> AsyncIterator[WidgetStage]:
        stage = WidgetStage()
        async with stage.http:
            yield stage


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[DeskPlay]:
    stage = WidgetStage(messages_per_minute=100)
    async with stage.http:
        yield DeskPlay(stage, tmp_path / "limner", PATIENCE_S)


def known_as(secret: str) -> str:
    return hashlib.sha256(f"widget {secret}".encode()).hexdigest()[:32]


@asynccontextmanager
async def following(play: DeskPlay, secret: str) -> AsyncIterator[tuple[list[Any], Callable[[str], Any]]]:
    """Everything that a visitor's stream has told so far, and what waits until it tells something."""
    heard: list[Any] = []

    async def listen() -> None:
        async with play.stage.http.stream("GET", "stream", headers={"X-Limner-Secret": secret}) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            async for line in answer.aiter_lines():
                heard.extend([json.loads(line[5:])] if line.startswith("data:") else [])

    async def until(words: str) -> None:
        async def last() -> str:
            return json.dumps(heard[-1:])

        await play.when(f"'{words}' in the stream", last, lambda told: words in told)

    task = asyncio.create_task(listen())
    try:
        yield heard, until
    finally:
        task.cancel()


async def test_a_draft_never_reaches_the_visitor(play: DeskPlay) -> None:
    """Nothing of a draft that waits, is rejected, withdrawn or edited away is told, shown or rated; its end is.

    What was rejected is left to colleagues.
    """
    stage: Any = play.stage
    async with play.open(knows=True):
        secret = await stage.ask(ASKED)
        async with following(play, secret) as (heard, until):
            first = await play.draft()
            assert LEAK in first.text
            await until('"state": "waiting"')
            for side in ("painted/0", "article/0", "brought/0"):
                assert (await stage.get(f"pictures/{first.id}/{side}", secret)).status_code == 404
            rating = await stage.post(f"messages/{first.id}/rating", secret, {"helped": True})
            assert rating.status_code == 404
            await play.app.service.desk.rule(first.id, Verdict.REJECT, "mia", f"it is not {LEAK}")
            assert [one["waits"] for one in await stage.desk()] == [True]
            assert (await stage.talk(secret))["state"] == "waiting"
            await stage.ask(ASKED, secret)
            second = await play.draft()
            await stage.ask(ASKED, secret)
            await play.draft(Status.WITHDRAWN)
            third = await play.draft()
            assert len({first.id, second.id, third.id}) == 3
            await play.app.service.desk.rule(third.id, Verdict.APPROVE, "mia", "Press it, and wait.")
            await until("Press it, and wait.")
        assert LEAK not in json.dumps([heard, await stage.talk(secret)]).replace("reset button on the back", "")
        assert [one["by"] for one in heard[-1]["items"]] == ["visitor"] * 3 + ["limner"]
        assert {one["state"] for one in heard} <= {"", "typing", "waiting"}
        [(path, alt, label)] = heard[-1]["items"][-1]["pictures"]
        assert (alt, label) == ("The reset button on the back", "")
        assert (await stage.get(f"pictures/{path}", secret)).content.startswith(b"\x89PNG")


def test_only_what_was_decided_sent_and_booked_is_told() -> None:
    """Of all that a job's rows can say together, two standings of a draft are told, and only once they are booked."""
    said = Message("widget", "e", "v", "?", channel="v")
    shown = []
    for status, outcome, posted_as in product(Status, Outcome, ("", HANDING, "job")):
        draft = Draft("job", "widget", "v", "v", Kind.ANSWER, "?", "secret", "en", status=status)
        reply = Reply("job", "job", said, outcome, "secret", posted_as=posted_as, draft=draft)
        if told(Exchange("job", said, 0.0, reply=reply)):
            shown.append((status, outcome, posted_as))
    assert shown == [(status, Outcome.DONE, "job") for status in (Status.APPROVED, Status.AUTOMATIC)]
    assert told(Exchange("job", said, 0.0, reply=Reply("job", "job", said, Outcome.DONE, "", posted_as="job"))) is None


async def test_a_stranger_gets_nothing(play: DeskPlay) -> None:
    """Another secret, the conversation's id, or no key: no words, pictures, ratings or lists; an id is its owner's."""
    stage: Any = play.stage
    async with play.open(knows=True, approval="never"):
        secret, stranger = await stage.ask(ASKED), token_hex(16)
        await play.over(1)
        item = (await stage.talk(secret))["items"][-1]
        path = f"pictures/{item['pictures'][0][0]}"
        for other in (stranger, known_as(secret)):
            assert await stage.talk(other) == {"items": [], "state": ""}
            assert (await stage.get(path, other)).status_code == 404
            assert (await stage.post(f"messages/{item['job']}/rating", other, {"helped": True})).status_code == 404
        assert (await stage.get("messages", secret[:-1])).status_code == 401
        assert (await stage.post("messages", stranger, stage.last[1])).status_code == 202
        assert len(await play.jobs()) == 2
        for url in ("colleague", f"colleague/{known_as(secret)}", path):
            assert (await stage.get(url, secret, authorization="Bearer wrong")).status_code == 401
        late = await stage.get("colleague", authorization=f"Bearer {KEY}")
        assert late.status_code == 429
        assert int(late.headers["retry-after"]) > 0


async def test_pages_and_limits(tmp_path: Path) -> None:
    """The script is small, only named sites may frame the chat; who sends too much or nothing is told so."""
    limits = {"messages_per_minute": 3, "address_messages_per_minute": 5, "upload_bytes": 1024}
    pages = {"sites": ["https://shop.example.com"], "title": {"zh": "</script>"}, "trusted_proxies": ["127.0.0.1"]}
    stage = WidgetStage(**limits, **pages)
    async with stage.http, DeskPlay(stage, tmp_path, PATIENCE_S).open():
        urls = [stage.widget.address + at for at in ("/widget.js", "/widget/", "/widget/desk")]
        assert (await stage.http.get(f"{stage.widget.address}/healthz")).headers["server"] == "Limner"
        script, chat, desk = [await stage.http.get(url) for url in urls]
        assert len(script.content) < 6000
        assert "</script>" not in chat.text.replace('chat.js"></script>', "")
        assert "frame-ancestors https://shop.example.com" in chat.headers["content-security-policy"]
        assert "x-frame-options" not in chat.headers
        assert desk.headers["content-security-policy"].endswith("frame-ancestors 'none'")
        assert "unsafe" not in chat.headers["content-security-policy"]
        secret = token_hex(16)
        for body, status in (({"text": " \u200b"}, 422), ({"text": "x" * 4001}, 422), ({"picture": "0" * 64}, 404)):
            assert (await stage.post("messages", secret, {"id": token_hex(16)} | body)).status_code == status
        tried = [
            await stage.post("messages", who, {"id": "x"})
            for who in (secret, token_hex(16), token_hex(16), token_hex(16))
        ]
        assert [one.status_code for one in tried] == [429, 422, 422, 429]
        assert 1 <= int(tried[0].headers["retry-after"]) <= 20
        elsewhere = {"X-Forwarded-For": "203.0.113.7"}
        assert (await stage.post("pictures", token_hex(16), b"x" * 1025, **elsewhere)).status_code == 413
        assert (await stage.post("pictures", token_hex(16), b"no picture", **elsewhere)).status_code == 422


async def test_a_picture_is_brought(play: DeskPlay) -> None:
    """A visitor's own picture goes with a message without words, comes back to them and colleagues, and is theirs."""
    stage: Any = play.stage
    async with play.open():
        secret, png = token_hex(16), blank_png(16, 8, b"red")
        sha256 = (await stage.post("pictures", secret, png)).json()["sha256"]
        message = {"id": token_hex(16), "picture": sha256, "language": "zh"}
        assert (await stage.post("messages", token_hex(16), message)).status_code == 404
        assert (await stage.post("messages", secret, message)).status_code == 202
        await play.over(1)
        said, answer = (await stage.talk(secret))["items"]
        assert (said["text"], len(said["pictures"])) == ("", 1)
        assert "同事" in answer["text"]
        for who in ({"secret": secret}, {"authorization": f"Bearer {KEY}"}):
            assert (await stage.get(f"pictures/{said['pictures'][0][0]}", **who)).content.startswith(b"\x89PNG")
        assert (await stage.get(f"pictures/{said['pictures'][0][0]}", token_hex(16))).status_code == 404


async def test_people_take_over_and_give_back(play: DeskPlay) -> None:
    """What is handed over waits for colleagues; their words are told once and at once, and silence Limner till then."""
    stage: Any = play.stage
    async with play.open(approval="never"):
        secret = await stage.ask(PERSON)
        [job] = await play.over(1)
        about = known_as(secret)
        [waiting] = await stage.desk()
        assert (waiting["conversation"], waiting["waits"], waiting["text"]) == (about, True, PERSON)
        assert PERSON in (await stage.desk(f"/{about}"))["note"]
        async with following(play, secret) as (_, until):
            await until('"state": "person"')
            words = {"conversation": about, "id": token_hex(16), "name": "Mia", "text": "<b>Mia</b> here."}
            await asyncio.gather(stage.desk(**words), stage.desk(**words))
            await until("<b>Mia</b> here.")
            assert [one["waits"] for one in await stage.desk()] == [False]
            await stage.ask("hello", secret)
            await play.over(2)
            assert [one["waits"] for one in await stage.desk()] == [True]
            await stage.desk(**(words | {"id": token_hex(16), "release": True}))
            assert await stage.desk() == []
            await stage.ask("hello", secret)
            await until("AI assistant")
        talk = await stage.talk(secret)
        assert [one["by"] for one in talk["items"]] == ["visitor", "limner", "person", "visitor", "visitor", "limner"]
        assert talk["items"][1]["job"] == ""
        exchange = await play.app.service.exchange(job.id)
        strange = {**words, "conversation": token_hex(16)}
        with pytest.raises(httpx.HTTPStatusError, match="404"):
            await stage.desk(**strange)
        await stage.colleague(secret, "Me again.")
        with pytest.raises(Silenced):
            await stage.widget.deliver(exchange.reply)


async def test_a_hand_over_that_was_cut_off_is_told(play: DeskPlay) -> None:
    """A process that dies after it silenced Limner, and before it booked that, does not keep the visitor waiting."""
    stage: Any = play.stage
    dying = DyingDesk(stage.adapter())
    async with play.open(dying):
        secret = await stage.ask(PERSON)
        await dying.posted.wait()
    async with play.open():
        await play.over(1)
        assert [one["by"] for one in (await stage.talk(secret))["items"]] == ["visitor", "limner"]


async def test_all_is_there_after_a_restart_and_gone_when_forgotten(play: DeskPlay) -> None:
    """Words, answers, ratings and colleagues' lists outlive the process; of a forgotten visitor nothing is shown."""
    stage: Any = play.stage
    async with play.open(knows=True, approval="never"):
        secret = await stage.ask(ASKED)
        [job] = await play.over(1)
        rating = {"helped": False, "reason": "mine has no such button, write to lin@example.com"}
        assert (await stage.post(f"messages/{job.id}/rating", secret, rating)).status_code == 204
        await stage.ask(PERSON, secret)
        await play.over(2)
        before = await stage.talk(secret)
    async with play.open(approval="never"):
        assert await stage.talk(secret) == before
        assert before["items"][1]["rated"] is False
        assert len(await stage.desk()) == 1
        [rated] = [one for one in await play.app.service.desk.archive.events() if one.kind == "rated"]
        assert (rated.job_id, rated.data["helped"], "lin@" in rated.data["reason"]) == (job.id, False, False)
        await play.app.service.desk.archive.forget("widget", known_as(secret))
        assert (await stage.talk(secret))["items"] == []
        assert await stage.desk() == []


@pytest.mark.parametrize("wrong", [{"colleague_key": "short"}, {"sites": ["https://a.example; script-src *"]}])
def test_settings_that_would_open_a_door_are_refused(wrong: dict[str, Any]) -> None:
    """A key is long, and an origin is nothing but one."""
    with pytest.raises(SettingsError, match=next(iter(wrong))):
        settings_of("adapters", "widget", {"colleague_key": KEY} | wrong)
