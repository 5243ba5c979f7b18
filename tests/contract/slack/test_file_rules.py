"""The upload in three steps, a file's share and bytes, and what goes wrong on demand."""

import asyncio

import httpx
import pytest

from tests.contract.slack.clients import PNG, Raw
from tests.slack_server import SlackServer

POST = "chat.postMessage"
COMPLETE = "files.completeUploadExternal"


async def test_a_file_in_three_steps(server: SlackServer, raw: Raw) -> None:
    """It is shared a moment after it was completed, into its thread, with its alt text."""
    channel = server.channel()
    first = await raw.good(POST, channel=channel.id, text="a")
    one = await raw.uploaded(alt_txt="a white cat")
    server.world.process_s = 1e6
    where = {"channel_id": channel.id, "thread_ts": first["ts"]}
    await raw.good(COMPLETE, files=[{"id": one.id, "title": "Cat"}], **where)
    told = (await raw.good("files.info", file=one.id))["file"]
    assert (told["shares"], told["mimetype"], told["alt_txt"]) == ({}, "", "a white cat")
    await asyncio.sleep(0.01)
    server.clock.move(2e6)
    await server.until(lambda: one.shares)
    told = (await raw.good("files.info", file=one.id))["file"]
    share = told["shares"]["public"][channel.id][0]
    assert (told["mimetype"], told["original_w"], share["thread_ts"]) == ("image/png", 1, first["ts"])
    assert channel.messages[share["ts"]].pictures[0].data == PNG
    assert server.orphans() == []


async def test_steps_in_a_wrong_order(server: SlackServer, raw: Raw) -> None:
    """Completing before the bytes, twice, or where the bot isn't; bytes of another length or to a used address."""
    url = await raw("files.getUploadURLExternal", filename="a.png", length=5)
    await raw.refused("file_not_found", "before its bytes", COMPLETE, files=[{"id": url["file_id"]}])
    assert (await raw.http.post(url["upload_url"], content=b"123")).status_code == 400
    room, one = server.channel(bot=False), await raw.uploaded()
    server.problems.clear()
    await raw.refused("not_in_channel", "not in", COMPLETE, files=[{"id": one.id}], channel_id=room.id)
    await raw.good(COMPLETE, files=[{"id": one.id}])
    await raw.refused("file_update_failed", "second time", COMPLETE, files=[{"id": one.id}])
    assert (await raw.http.post(f"{server.url}/upload/v1/{one.id}", content=PNG)).status_code == 404
    assert server.orphans() == [one]


async def test_a_picture_in_a_block(server: SlackServer, raw: Raw) -> None:
    """A file can be shown in a block only when it was worked on."""
    one, channel = await raw.uploaded(), server.channel()
    server.world.process_s = 30.0
    await raw.good(COMPLETE, files=[{"id": one.id}])
    body = {"channel": channel.id, "text": "a cat"}
    body["blocks"] = [{"type": "image", "slack_file": {"id": one.id}, "alt_text": "a cat"}]  # type: ignore[assignment]
    await raw.refused("invalid_blocks", "not processed yet", POST, **body)
    server.clock.move(31)
    made = await raw.good(POST, **body)
    assert channel.messages[made["ts"]].pictures == (one,)


async def test_who_may_fetch_a_file(server: SlackServer, raw: Raw) -> None:
    """With the token its bytes; without it 200 and a page; deleted it is gone."""
    ana = server.person()
    said = (await ana.say(ana.dm(), files=[("a.png", PNG)])).said
    assert said
    url = (await raw.good("files.info", file=said.files[0].id))["file"]["url_private"]
    assert (await raw.http.get(url)).content == PNG
    for headers in ({"Authorization": ""}, {"Authorization": "Bearer wrong"}):
        page = await raw.http.get(url, headers=headers)
        assert (page.status_code, page.headers["Content-Type"][:9]) == (200, "text/html")
    one = await raw.complete()
    await raw.good("files.delete", file=one.id)
    assert (await raw("files.info", file=one.id))["error"] == "file_deleted"
    await raw.refused("cant_delete_file", "own", "files.delete", file=said.files[0].id)


async def test_errors_and_limits_on_demand(server: SlackServer, raw: Raw) -> None:
    """An error has no effect, unless it comes after it; each fault is used up."""
    channel = server.channel()
    server.faults.fails(POST, 503)
    server.faults.fails(POST, 200)
    server.faults.limits(POST, 2.5)
    server.faults.fails(POST, 500, after=True)
    body = {"channel": channel.id, "text": "a"}
    answers = [await raw.http.post(POST, json=body) for _ in range(5)]
    assert [one.status_code for one in answers] == [503, 200, 429, 500, 200]
    assert (answers[1].json()["error"], answers[2].headers["Retry-After"]) == ("internal_error", "3")
    assert (len(channel.messages), len(server.duplicates())) == (2, 1)
    with pytest.raises(LookupError):
        server.faults.fails("chat.shout")


@pytest.mark.parametrize("after", [False, True])
async def test_a_cut_connection(server: SlackServer, raw: Raw, after: bool) -> None:
    """The client learns nothing; whether it happened shows in the history."""
    channel = server.channel()
    server.faults.cuts(POST, after=after)
    with pytest.raises(httpx.TransportError):
        await raw(POST, channel=channel.id, text="a")
    assert len(channel.messages) == after
    server.faults.delays(POST, 60.0)
    asking = asyncio.create_task(raw(POST, channel=channel.id, text="b"))
    await server.until(lambda: len(channel.messages) == after + 1)
    assert not asking.done()
    server.over.set()
    assert (await asking)["ok"]


async def test_slack_goes_and_comes_back(server: SlackServer, raw: Raw) -> None:
    """While it is away nothing connects; afterwards the address is the same."""
    async with server.away():
        with pytest.raises(httpx.TransportError):
            await raw("auth.test")
    await raw.good("auth.test")
