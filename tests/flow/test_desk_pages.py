"""The pages and the API for a desk's colleagues: who may, what is decided, what is kept, over real connections."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.web.desk_markup import WORDS
from bot.desk.draft import Status
from bot.desk.events import PersonSaid, Verdict
from bot.desk.report import COUNTS, WAITS
from bot.knowledge.rows import READY, WAITING
from bot.testing.desk import PaperDesk
from tests.helpers.desk_pages import DESK, KEYS, QUESTION, SETTINGS, TEXT, cite, put_draft
from tests.helpers.web import Chat, chat
from tests.support import until

EVENTS = ["asked", "merged", "retrieved", "drafted", "shown", "approved", "rejected", "repainted", "withdrawn", "sent"]
EVENTS += ["unknown", "released", "rated", "handed over", "person spoke"]
PAGES = ["/desk", "/desk/knowledge", "/desk/reports", "/desk/reports.csv", "/api/v1/desk/drafts"]
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@asynccontextmanager
async def opened(folder: Path, **options: Any) -> AsyncIterator[tuple[Chat, PaperDesk]]:
    """The web chat beside a desk of paper."""
    desk = PaperDesk(folder / "desk")
    async with chat(folder, beside={DESK: desk}, **(SETTINGS | options)) as one:
        yield one, desk


async def browser(one: Chat, name: str, key: str) -> httpx.AsyncClient:
    """Somebody who has logged in."""
    client = (await one.client(**SAME_SITE)).http
    await client.post("/login", data={"name": name, "passphrase": key})
    return client


async def status(one: Chat, draft_id: str) -> Status:
    draft = await one.app.service.desk.draft(draft_id)
    assert draft is not None
    return draft.status


def test_every_word_is_there_and_used() -> None:
    """Both languages have each text, with the same fillings; every key that the pages name is one, and the reverse."""
    table = json.loads(WORDS.read_text(encoding="utf-8"))
    for key, (english, chinese) in table.items():
        assert all([english.strip(), chinese.strip()]), key
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", chinese)), key
    made = {f"{kind}_{status}" for kind in ("status", "said") for status in Status}
    made |= {f"event_{kind.replace(' ', '_')}" for kind in EVENTS} | {"day", "desk", *COUNTS, *WAITS}
    source = "".join(path.read_text(encoding="utf-8") for path in WORDS.parents[1].glob("desk_*.py"))
    assert set(re.findall(r'say\("(\w+)"', source)) | made <= set(table)
    assert {key for key in table if f'"{key}"' not in source} <= made


async def test_who_may(tmp_path: Path) -> None:
    """Named people alone, by key or with their own key at the login; a shared passphrase and another key are not it."""
    async with opened(tmp_path, passphrase="open sesame please") as (one, _):
        draft_id = await put_draft(one.app)
        paths = [*PAGES, f"/desk/drafts/{draft_id}", f"/api/v1/desk/drafts/{draft_id}"]
        mia = await browser(one, " MIA", KEYS["mia"])
        sly = await browser(one, "mia", "open sesame please")
        for path in paths:
            assert (await mia.get(path)).status_code == 200, path
            assert (await (await one.client(KEYS["mia"])).http.get(path)).status_code == 200, path
            for other in (sly, (await one.client(KEYS["bob"])).http):
                refused = await other.get(path)
                assert (refused.status_code, "desk_people" in refused.text) == (403, True), path
        assert (await (await one.client()).http.get("/desk")).headers["location"] == "/login"
        assert (await sly.post(f"/desk/drafts/{draft_id}", data={"verdict": "approve", "text": "x"})).status_code == 403
        assert await browser(one, "bob", KEYS["bob"])  # is not let in at all
        assert (await mia.post("/login", data={"name": "bob", "passphrase": KEYS["mia"]})).status_code == 403
        assert await status(one, draft_id) is Status.OPEN


async def test_nobody_is_named(tmp_path: Path) -> None:
    """Without the setting the pages are closed to everybody, to the browsers of an open chat too."""
    async with opened(tmp_path, desk_people=[]) as (one, _):
        for client in ((await one.browser()).http, (await one.client(KEYS["mia"])).http):
            assert [(await client.get(path)).status_code for path in PAGES] == [403] * len(PAGES)


async def test_another_site_decides_nothing(tmp_path: Path) -> None:
    """A form of another site's is refused; a link from another site leads on to the page, cookie or not."""
    async with opened(tmp_path) as (one, _):
        draft_id = await put_draft(one.app)
        mia = await browser(one, "mia", KEYS["mia"])
        evil = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        form = {"verdict": "approve", "text": TEXT}
        assert (await mia.post(f"/desk/drafts/{draft_id}", data=form, headers=evil)).status_code == 403
        path = f"/api/v1/desk/drafts/{draft_id}/decision"
        assert (await mia.post(path, json={"verdict": "approve"})).status_code == 403  # without the page's own header
        assert await status(one, draft_id) is Status.OPEN
        stranger = (await one.client(**{"Sec-Fetch-Site": "cross-site"})).http
        assert f"url=/desk/drafts/{draft_id}" in (await stranger.get(f"/desk/drafts/{draft_id}")).text


@pytest.mark.parametrize(
    ("text", "sent"), [(TEXT.replace("\n", "\r\n"), ""), (f"{TEXT} Good luck!", f"{TEXT} Good luck!")]
)
async def test_approving(tmp_path: Path, text: str, sent: str) -> None:
    """It is sent once, as it is or as edited; line breaks of a form are no edit; a second click says what happened."""
    async with opened(tmp_path) as (one, desk):
        draft_id = await put_draft(one.app, picture="painted")
        mia = await browser(one, "mia", KEYS["mia"])
        form = {"verdict": "approve", "text": text}
        answers = await asyncio.gather(*(mia.post(f"/desk/drafts/{draft_id}", data=form) for _ in range(3)))
        assert sorted(answer.status_code for answer in answers) == [303, 409, 409]
        assert (
            "It was approved by mia. Nothing was sent or changed." in next(a for a in answers if a.is_client_error).text
        )
        await until(lambda: len(desk.keys("answer")) == 1)
        draft = await one.app.service.desk.draft(draft_id)
        assert draft is not None
        assert (draft.sent, draft.words) == (sent, sent or TEXT)
        await until(lambda: _says(mia, draft_id, "It is with the customer."))
        assert len(desk.keys("answer")) == 1


async def _says(client: httpx.AsyncClient, draft_id: str, words: str) -> bool:
    return words in (await client.get(f"/desk/drafts/{draft_id}")).text


async def test_what_can_not_be_decided(tmp_path: Path) -> None:
    """No reason, no words, no such button, nothing to paint: one line, and the draft waits on; withdrawn is 409."""
    async with opened(tmp_path) as (one, desk):
        draft_id = await put_draft(one.app)
        mia = await browser(one, "mia", KEYS["mia"])
        forms = [
            ("reject", " "),
            ("approve", " "),
            ("burn", "x"),
            ("repaint", ""),
            ("keep", ""),
            ("approve", "x" * 8_001),
        ]
        for verdict, text in forms:
            refused = await mia.post(f"/desk/drafts/{draft_id}", data={"verdict": verdict, "text": text})
            assert (refused.status_code, 'role="alert"' in refused.text) == (422, True), verdict
        assert await status(one, draft_id) is Status.OPEN
        draft = await one.app.service.desk.draft(draft_id)
        assert draft is not None
        await one.app.service.desk.took(DESK, PersonSaid(draft.conversation, "bo"))
        late = await mia.post(f"/desk/drafts/{draft_id}", data={"verdict": "approve", "text": TEXT})
        assert (late.status_code, "withdrawn" in late.text) == (409, True)
        assert (await mia.get(f"/desk/drafts/{'0' * 32}")).status_code == 404
        assert desk.keys("answer") == []


async def test_what_a_draft_shows(tmp_path: Path) -> None:
    """Words and headings stay text, the passage is there, only web links are links, and only its own pictures open."""
    async with opened(tmp_path) as (one, _):
        evil = "<img src=x onerror=alert(1)>"
        cited = await cite(one.app)
        sly = type(cited)("gone", evil, (), "javascript:alert(1)")
        draft_id = await put_draft(one.app, evil, evil, citations=(cited, sly), picture="painted", reason=evil)
        other = await put_draft(one.app, picture="article")
        mia = await browser(one, "mia", KEYS["mia"])
        page = (await mia.get(f"/desk/drafts/{draft_id}")).text
        assert "<img src=x" not in page
        assert "Hold the reset button for ten seconds." in page
        assert "This passage has changed or is gone since." in page
        assert re.findall(r'<a href="([^"/][^"]*)', page) == ["#main", "?lang=zh", "https://example.com/reset"]
        [mine] = re.findall(r'src="(/desk/drafts/[^"]+)"', page)
        assert (await mia.get(mine)).content.startswith(b"\x89PNG")
        [theirs] = re.findall(rf"{other}/pictures/(\w+)", (await mia.get(f"/desk/drafts/{other}")).text)
        assert (await mia.get(f"/desk/drafts/{draft_id}/pictures/{theirs}")).status_code == 404
        # The list has the oldest first, in the language that was chosen.
        chinese = (await mia.get("/desk?lang=zh")).text
        assert chinese.index(draft_id) < chinese.index(other)
        assert "等待处理：2" in (await mia.get(f"/desk?desk={DESK}&state=open")).text
        assert other not in (await mia.get("/desk?desk=elsewhere")).text


async def test_a_corrected_answer_becomes_knowledge(tmp_path: Path) -> None:
    """It is offered only where it was edited, waits for a person, and counts when one has approved it."""
    async with opened(tmp_path) as (one, _):
        plain, edited = await put_draft(one.app), await put_draft(one.app, "Is there a zebra mode?")
        mia = await browser(one, "mia", KEYS["mia"])
        for draft_id, text in ((plain, TEXT), (edited, "The zebra mode is under Lights.")):
            await mia.post(f"/desk/drafts/{draft_id}", data={"verdict": "approve", "text": text})
        assert "Keep as knowledge" not in (await mia.get(f"/desk/drafts/{plain}")).text
        assert "Keep as knowledge" in (await mia.get(f"/desk/drafts/{edited}")).text
        for _ in range(2):
            kept = await mia.post(f"/desk/drafts/{edited}", data={"verdict": "keep"})
            assert kept.headers["location"] == "/desk/knowledge"
        library = one.app.service.knowledge
        [document] = await library.documents(WAITING)
        assert "The zebra mode is under Lights." in (await mia.get("/desk/knowledge")).text
        assert await library.search("zebra mode") == []
        form = {"verdict": "approve", "document": document.id}
        assert (await mia.post("/desk/knowledge", data=form)).status_code == 303
        assert (await mia.post("/desk/knowledge", data=form | {"verdict": "reject"})).status_code == 409
        assert [found.status for found in await library.documents(READY)] == [READY]
        assert "zebra" in (await library.search("zebra mode"))[0].passage.text


async def test_the_api(tmp_path: Path) -> None:
    """Drafts are listed, read and decided with a key; the second decision is 409, a rejection needs a reason."""
    async with opened(tmp_path) as (one, desk):
        ids = [await put_draft(one.app, picture=picture) for picture in ("", "painted", "article")]
        mia = await one.client(KEYS["mia"])
        listed = (await mia.get("/desk/drafts?status=open&status=made&limit=2"))["drafts"]
        assert [draft["id"] for draft in listed] == ids[:0:-1]
        older = (await mia.get(f"/desk/drafts?before={listed[-1]['created_at']}"))["drafts"]
        assert [(draft["id"], draft["question"], draft["status"]) for draft in older] == [(ids[0], QUESTION, "open")]
        assert (await mia.get("/desk/drafts?desk=elsewhere"))["drafts"] == []
        decided = await mia.post(f"/desk/drafts/{ids[0]}/decision", verdict="approve", text="Better.")
        assert (decided["status"], decided["sent"], decided["decided_by"]) == ("approved", "Better.", "mia")
        tries = [(ids[0], {"verdict": "approve"}, 409, "decided"), (ids[1], {"verdict": "reject"}, 422, "request")]
        tries += [
            ("0" * 32, {"verdict": "approve"}, 404, "not_found"),
            (ids[2], {"verdict": "repaint"}, 422, "request"),
        ]
        for draft_id, body, *expected in tries:
            refused = await mia.http.post(f"/api/v1/desk/drafts/{draft_id}/decision", json=body)
            assert [refused.status_code, refused.json()["error"]["code"]] == expected
        await mia.post(f"/desk/drafts/{ids[1]}/decision", verdict="repaint")
        assert (await mia.get(f"/desk/drafts/{ids[2]}"))["figure"]["caption"] == "The back of the Heron 5"
        await until(lambda: len(desk.keys("answer")) == 1)


async def test_figures(tmp_path: Path) -> None:
    """The page has a plot with units and a table for each kind, for each range; the files have the same counts."""
    async with opened(tmp_path) as (one, _):
        await one.app.service.desk.rule(await put_draft(one.app, picture="painted"), Verdict.REJECT, "mia", "no")
        mia = await browser(one, "mia", KEYS["mia"])
        for days, bars in ((7, 7), (30, 30), (90, 13)):
            page = (await mia.get(f"/desk/reports?days={days}")).text
            plots = re.findall(r"<svg.*?</svg>", page)
            assert len(plots) == page.count("</svg>") == 5
            assert plots[0].count('class="c0"') == bars
            assert all(
                re.search(r"<text[^>]*>(questions|minutes|answers|ratings|GPU seconds)<", plot) for plot in plots
            )
            assert page.count("<table>") == 6
            counted = (await mia.get(f"/desk/reports.json?days={days}")).json()
            assert (counted["total"]["rejected"], counted["total"]["gpu_seconds"]) == (1, 1.5)
            assert len((await mia.get(f"/desk/reports.csv?days={days}")).text.splitlines()) == 2
        assert "style=" not in page
        assert "<script>" not in page
