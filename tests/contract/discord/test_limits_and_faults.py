"""Rate limits with their headers, the ban, and what goes wrong on demand."""

import asyncio

import aiohttp
import discord
import httpx
import pytest

from tests.contract.discord.clients import Bot, Raw, running
from tests.discord_server import DiscordServer

POST = "POST /channels/{channel_id}/messages"


async def test_a_bucket_empties_and_fills_again(server: DiscordServer, raw: Raw) -> None:
    """Headers count down; then 429 with the time to wait in body and header; each channel has its own."""
    server.limits.set(POST, 2, 5.0)
    first, second = server.channel(), server.channel()
    path = f"/channels/{first.id}/messages"
    answers = [await raw("POST", path, {"content": "a"}) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert [one.headers["X-RateLimit-Remaining"] for one in answers[:2]] == ["1", "0"]
    limited = answers[2].json()
    assert 0 < limited["retry_after"] <= 5.0
    assert limited["global"] is False
    assert float(answers[2].headers["Retry-After"]) == limited["retry_after"]
    assert answers[2].headers["X-RateLimit-Scope"] == "user"
    assert (await raw("POST", f"/channels/{second.id}/messages", {"content": "a"})).status_code == 200
    server.clock.move(5)
    assert (await raw("POST", path, {"content": "a"})).status_code == 200


async def test_who_doesn_t_wait_is_on_record(server: DiscordServer, raw: Raw) -> None:
    """A first 429 may happen to anybody; to ask again before the time is over is a problem."""
    server.limits.set(POST, 1, 500.0)
    path = f"/channels/{server.channel().id}/messages"
    await raw("POST", path, {"content": "a"})
    assert (await raw("POST", path, {"content": "a"})).status_code == 429
    assert server.problems == []
    server.clock.move(1)
    assert (await raw("POST", path, {"content": "a"})).status_code == 429
    assert ["before the limit" in problem for problem in server.problems] == [True]


async def test_a_route_that_isn_t_there_can_t_be_limited_or_fail(server: DiscordServer) -> None:
    """A slip of the pen in a test is told; the realistic limits name routes that exist."""
    server.limits.realistic()
    with pytest.raises(LookupError):
        server.limits.set("POST /channels/{id}/messages", 5, 5.0)
    with pytest.raises(LookupError):
        server.faults.cuts("POST /channel/*")


async def test_fifty_a_second_over_all(server: DiscordServer, raw: Raw) -> None:
    """The global limit is one for all routes; interactions and their follow-ups are free of it."""
    server.limits.overall = (3, 60.0)
    answers = [await raw("GET", path) for path in ("/users/@me", "/gateway/bot", "/gateway", "/users/@me")]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[3].json()["global"] is True
    assert answers[3].headers["X-RateLimit-Global"] == "true"
    one = raw.asked()
    assert (await raw.answer(one, 5)).status_code == 204
    assert (await raw("PATCH", raw.hook(one, "@original"), {"content": "a"})).status_code == 200


async def test_an_address_that_asks_wrongly_too_often_is_banned(server: DiscordServer, raw: Raw) -> None:
    """So many answers of 401, 403 and 429 in ten minutes (10,000; here 3), and nothing is answered but a page."""
    server.limits.invalid_most = 3
    closed = server.channel(server.guild(bot=False))
    for _ in range(3):
        assert (await raw("GET", f"/channels/{closed.id}/messages")).status_code == 403
    banned = await raw("GET", "/users/@me")
    assert (banned.status_code, banned.headers["Content-Type"].split(";")[0]) == (429, "text/plain")
    server.clock.move(601)
    assert (await raw("GET", "/users/@me")).status_code == 200


@pytest.mark.parametrize(("after", "posted"), [(False, 0), (True, 1)])
@pytest.mark.parametrize("cut", [False, True])
async def test_a_request_fails_before_or_after_its_effect(
    server: DiscordServer, raw: Raw, cut: bool, after: bool, posted: int
) -> None:
    """An error or a cut connection, once, and no trace of it afterwards."""
    channel = server.channel()
    path = f"/channels/{channel.id}/messages"
    if cut:
        server.faults.cuts(POST, after=after)
        with pytest.raises(httpx.RemoteProtocolError):
            await raw("POST", path, {"content": "a"})
    else:
        server.faults.fails(POST, after=after)
        assert (await raw("POST", path, {"content": "a"})).status_code == 500
    assert len(channel.messages) == posted
    assert (await raw("POST", path, {"content": "b"})).status_code == 200
    assert server.problems == []


async def test_an_answer_comes_late(server: DiscordServer, raw: Raw) -> None:
    """The effect is there at once, the answer is not."""
    channel = server.channel()
    server.faults.delays(POST, 60.0)
    asking = asyncio.create_task(raw("POST", f"/channels/{channel.id}/messages", {"content": "a"}))
    await server.until(lambda: channel.messages)
    assert not asking.done()
    server.over.set()
    assert (await asking).status_code == 200


async def test_discord_py_waits_out_limits_and_tries_errors_again(server: DiscordServer) -> None:
    """A 429 out of the blue delays it; what it posts arrives once."""
    channel = server.channel()
    client = Bot()
    async with running(client, server):
        room = client.get_channel(int(channel.id))
        assert isinstance(room, discord.TextChannel)
        server.faults.limits(POST, 0.05)
        await room.send("a")
        server.limits.set(POST, 2, 0.1)
        await asyncio.gather(*(room.send(str(number)) for number in range(3)))
    assert sorted(one.content for one in channel.messages.values()) == ["0", "1", "2", "a"]
    assert server.problems == []


async def test_discord_py_leaves_a_cut_connection_to_its_caller(server: DiscordServer) -> None:
    """What was posted is posted; with the same nonce a second try finds it."""
    channel = server.channel()
    client = Bot()
    async with running(client, server):
        room = client.get_partial_messageable(int(channel.id))
        server.faults.cuts(POST, after=True)
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await room.send("a", nonce="job-1")
        again = await room.send("a", nonce="job-1")
    assert [one.id for one in channel.messages.values()] == [str(again.id)]
    assert (server.deduplicated, server.duplicates()) == (1, [])


async def test_the_platform_goes_and_comes_back(server: DiscordServer, raw: Raw) -> None:
    """While it is away nothing connects; afterwards the address is the same, and what there was is there."""
    async with server.away():
        with pytest.raises(httpx.TransportError):
            await raw("GET", "/users/@me")
    assert (await raw("GET", "/users/@me")).status_code == 200
