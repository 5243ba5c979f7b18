"""The unmodified slack-bolt lives on the local Slack: by Socket Mode and by HTTP, with retries and cut connections."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.contract.slack.clients import (
    PNG,
    actions,
    bolt,
    button,
    by_http,
    by_socket,
    field,
    image,
    modal,
    plain,
    section,
)
from tests.slack_server import SlackServer

WAYS = pytest.mark.parametrize("way", [by_socket, by_http])
EXTERNAL = {"type": "external_select", "action_id": "model", "placeholder": plain("Model")}


def painter(server: SlackServer) -> AsyncApp:
    """A bot with a command, a button, a form, shortcuts and mentions, all of Bolt's own making."""
    app = bolt(server)

    @app.command("/imagine")
    async def imagine(ack: Any, client: Any, command: Any) -> None:
        await ack()
        channel, text = command["channel_id"], command["text"]
        made = await client.chat_postMessage(channel=channel, text="step 1 of 4")
        where = await client.files_upload_v2(filename="cat.png", content=PNG, alt_txt=text)
        file = where["file"]["id"]
        while not (await client.files_info(file=file))["file"]["mimetype"]:
            await asyncio.sleep(0.005)
        picture = {"type": "image", "slack_file": {"id": file}, "alt_text": text}
        blocks = [picture, actions(button(), button("Edit", action_id="edit"), EXTERNAL, block_id="do")]
        await client.chat_update(channel=channel, ts=made["ts"], text=text, blocks=blocks)

    @app.action("again")
    async def again(ack: Any, respond: Any) -> None:
        await ack()
        await respond("painting again", replace_original=False, response_type="ephemeral")

    @app.action("edit")
    async def edit(ack: Any, client: Any, body: Any) -> None:
        await ack()
        view = modal(private_metadata=body["channel"]["id"], notify_on_close=True)
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view("edit")
    async def edited(ack: Any, client: Any, view: Any) -> None:
        await ack()
        said = view["state"]["values"]["prompt"]["text"]["value"]
        await client.chat_postMessage(channel=view["private_metadata"], text=f"new: {said}")

    @app.view_closed("edit")
    async def closed(ack: Any, client: Any, view: Any) -> None:
        await ack()
        await client.chat_postMessage(channel=view["private_metadata"], text="never mind")

    @app.options("model")
    async def models(ack: Any, payload: Any) -> None:
        await ack(options=[{"text": plain(payload["value"] + "-turbo"), "value": "turbo"}])

    @app.event("app_mention")
    async def mentioned(event: Any, say: Any) -> None:
        await say(f"yes: {event['text'].split('> ')[1]}", thread_ts=event.get("thread_ts", event["ts"]))

    return app


@WAYS
async def test_a_picture_from_command_to_button(server: SlackServer, way: Any) -> None:
    """Command, progress, upload, picture with alt text, a button's ephemeral answer, suggestions, and a form."""
    ana, ben, channel = server.person(), server.person("ben"), server.channel()
    async with way(server, painter(server)):
        seen = await ana.command("/imagine", "a cat", channel)
        made = await seen.picture()
        pressed = await ana.press(made, "Again")
        await pressed.until(lambda one: one.messages)
        options = await ana.suggestions(made, "model", "sd")
        opened = await ana.press(made, "edit")
        view = await opened.until(lambda one: one.modal)
        sent = await ana.submit(view, Prompt="a dog")
        await server.until(lambda: len(ana.sees(channel)) == 3)
        closing = await ana.press(made, "edit")
        await ana.close(await closing.until(lambda one: one.modal))
        await server.until(lambda: len(ana.sees(channel)) == 4)
        await server.settled()
    assert [one.text for one in seen.edits] == ["step 1 of 4", "a cat"]
    assert (made.pictures[0].data, made.pictures[0].alt_txt, made.labels) == (PNG, "a cat", ["Again", "Edit"])
    assert [one.text for one in ana.sees(channel)] == ["a cat", "painting again", "new: a dog", "never mind"]
    assert "painting again" not in [one.text for one in ben.sees(channel)]
    assert (options[0]["text"]["text"], sent.errors, ana.modal) == ("sd-turbo", {}, None)
    assert (server.problems, server.duplicates(), server.orphans(), seen.failed) == ([], [], [], "")


@WAYS
async def test_what_a_bot_hears(server: SlackServer, way: Any) -> None:
    """Mentions, DMs, files, edits and Home come as events of their kinds; Bolt keeps the bot's own posts to itself."""
    ana, channel, app = server.person(), server.channel(), painter(server)
    heard: list[tuple[Any, ...]] = []

    @app.event("message")
    async def message(event: Any) -> None:
        heard.append((event["channel_type"], event.get("subtype"), event.get("text"), "thread_ts" in event))

    @app.event("app_home_opened")
    async def home(client: Any, event: Any) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section(), image()]})

    @app.shortcut("make")
    async def make(ack: Any, client: Any, body: Any) -> None:
        await ack()
        view = modal(field("Prompt", initial_value=body.get("message", {}).get("text", "a cat")))
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    async with way(server, app):
        seen = await ana.mention(channel, "a cat & <b>")
        await seen.until(lambda one: one.messages)
        said = (await ana.say(ana.dm(), "see https://example.org", files=[("ref.png", PNG)])).said
        assert said
        await ana.edit(said, "see")
        await ana.say(channel, "more", thread=seen.said)
        await ana.open_home()
        await server.until(lambda: ana.home)
        opened = [await (await ana.shortcut("make", one)).until(lambda now: now.modal) for one in (None, said)]
        await server.settled()
    assert seen.text == "yes: a cat &amp; &lt;b&gt;"
    assert seen.message
    assert (seen.message.thread_ts, len(server.told("app_mention"))) == (seen.said.ts, 1)  # type: ignore[union-attr]
    assert set(heard) == {
        ("channel", None, f"{server.bot.mention} a cat &amp; &lt;b&gt;", False),
        ("im", "file_share", "see <https://example.org>", False),
        ("im", "message_changed", None, False),
        ("channel", None, "more", True),
    }
    assert [one.body["blocks"][0]["element"]["initial_value"] for one in opened] == ["a cat", "see"]
    assert (len(server.told("message")), server.problems) == (5, [])


@WAYS
async def test_an_event_comes_until_it_is_acknowledged(server: SlackServer, way: Any) -> None:
    """At once, after one and after five minutes, with the same event_id and its number."""
    ana, app = server.person(), bolt(server)
    numbers: list[str] = []
    ids: list[str] = []

    @app.event("message")
    async def message(body: Any, request: Any) -> None:
        numbers.append((request.headers.get("x-slack-retry-num") or ["0"])[0])
        ids.append(body["event_id"])

    server.deliveries.lost_acks = 3
    async with way(server, app):
        await ana.say(ana.dm(), "a cat")
        results = server.deliveries.all[0].results
        for later_s in (61, 301, 0):
            await server.until(lambda: len(results) == {61: 2, 301: 3, 0: 4}[later_s])  # noqa: B023 (awaited here)
            server.clock.move(later_s)
        await server.settled()
        server.again(server.deliveries.all[0])
        await server.settled()
    assert (numbers, len(ids), len(set(ids)), server.problems) == (["0", "1", "2", "3", "0"], 5, 1, [])


@WAYS
async def test_an_event_that_nobody_listens_to_comes_again(server: SlackServer, way: Any) -> None:
    """Bolt acknowledges only what it has a listener for: by HTTP it answers 404, by Socket Mode nothing."""
    server.deliveries.deadline_s = 0.2
    async with way(server, bolt(server)):
        await server.person().open_home()
        await server.until(lambda: len(server.deliveries.all[0].results) == 2)
    assert server.problems
    assert server.deliveries.all[0].acked_at is None


async def test_requests_that_are_old_or_forged(server: SlackServer) -> None:
    """Bolt answers the challenge, and 401 to what is over five minutes old or signed by somebody else."""
    async with by_http(server, painter(server)) as endpoint:
        assert await endpoint.verified()
        assert [await endpoint.forged({}, age_s=301), await endpoint.forged({}, secret="other")] == [401, 401]


async def test_a_bot_that_is_going_away_is_told_again(server: SlackServer) -> None:
    """Nobody at the address, or 503, is no broken rule."""
    async with by_http(server, painter(server)):
        pass
    await server.person().open_home()
    await server.until(lambda: len(server.deliveries.all[0].results) == 2)
    assert (server.deliveries.all[0].results, server.problems) == (["connection_failed"] * 2, [])


async def test_the_socket_comes_back(server: SlackServer) -> None:
    """After a cut and after Slack's own farewell; what was not acknowledged is told again."""
    ana, app = server.person(), bolt(server)
    heard: list[str] = []

    @app.middleware
    async def cut(next: Any) -> None:  # noqa: A002 (Bolt's name for it)
        if not heard:
            server.socket.cut()
        await next()

    @app.event("message")
    async def message(event: Any) -> None:
        heard.append(event["text"])

    async with by_socket(server, app):
        await server.socket.refresh()
        await server.until(lambda: server.socket.opened == 2)
        await ana.say(ana.dm(), "a cat")
        await server.until(lambda: server.socket.opened == 3)
        server.clock.move(61)
        await server.until(lambda: len(heard) == 2)
        await server.settled()
        async with server.away():
            pass
        await server.until(lambda: server.socket.opened == 4)
    assert (heard, server.problems) == (["a cat", "a cat"], [])


@pytest.mark.parametrize("handlers", [[], None], ids=["off", "default"])
async def test_the_sdk_repeats_what_was_cut(server: SlackServer, handlers: Any) -> None:
    """With its default handlers it posts twice; with none it leaves a cut connection and a 429 to its caller."""
    channel = server.channel()
    client = AsyncWebClient(token=server.token, base_url=server.api_url, retry_handlers=handlers)
    server.faults.cuts("chat.postMessage", after=True)
    if handlers is None:
        await client.chat_postMessage(channel=channel.id, text="a")
    else:
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await client.chat_postMessage(channel=channel.id, text="a")
        server.faults.limits("chat.postMessage", 7)
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=channel.id, text="a")
        assert caught.value.response.headers["Retry-After"] == "7"
    assert (len(channel.messages), len(server.duplicates())) == ((2, 1) if handlers is None else (1, 0))


async def test_respond_repeats_what_was_cut(server: SlackServer) -> None:
    """Bolt's respond() has a client of its own, which tries again although the app's client doesn't."""
    ana, app = server.person(), bolt(server)

    @app.command("/imagine")
    async def imagine(ack: Any, respond: Any) -> None:
        await ack()
        await respond("a cat")

    server.faults.cuts("response_url", after=True)
    async with by_socket(server, app):
        seen = await ana.command("/imagine")
        await seen.until(lambda one: len(one.messages) == 2)
    assert len(server.duplicates()) == 1
