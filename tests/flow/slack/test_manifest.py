"""The app as its manifest makes it, on the local Slack: everything works with its scopes, and nothing without them."""

import io
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from adapters.slack.manifest import COMMANDS, SCOPES, SHORTCUTS, manifest
from tests.helpers.slack_bot import slack_bot
from tests.slack_server import Person, Sight, SlackServer
from tests.slack_server.state import Channel

Act = Callable[[SlackServer, Person, Channel], Awaitable[Any]]


def picture() -> bytes:
    """A PNG of some colour."""
    file = io.BytesIO()
    Image.new("RGB", (96, 64), (20, 90, 160)).save(file, "PNG")
    return file.getvalue()


async def group(server: SlackServer, ana: Person, _: Channel) -> Sight:
    """A mention in the direct messages of several people, where nothing else is heard."""
    room = server.world.im(ana.user, server.world.user("ben"), server.bot)
    return await ana.mention(room, "a red car")


async def thread(_: SlackServer, ana: Person, channel: Channel) -> Sight:
    """A reply without a mention, in a thread that Limner was spoken to in."""
    seen = await ana.mention(channel, "a red car")
    await seen.picture()
    return await ana.say(channel, "the same, but at night", thread=seen.said)


async def private_channel(server: SlackServer, ana: Person, _: Channel) -> Sight:
    room = server.channel("secret", private=True)
    return await thread(server, ana, room)


async def direct(_: SlackServer, ana: Person, __: Channel) -> Sight:
    return await ana.say(ana.dm(), "a red car")


async def command(_: SlackServer, ana: Person, channel: Channel) -> Sight:
    return await ana.command("/imagine", "a red car", channel)


async def private_command(server: SlackServer, ana: Person, _: Channel) -> Sight:
    return await command(server, ana, server.channel("secret", private=True))


async def privately(_: SlackServer, ana: Person, channel: Channel) -> Sight:
    return await ana.command("/imagine", "a red car --private", channel)


async def brought(_: SlackServer, ana: Person, channel: Channel) -> Sight:
    return await ana.mention(channel, "this as a drawing", files=[("car.png", picture())])


async def messages_tab(server: SlackServer, ana: Person, _: Channel) -> None:
    await ana.open_home("messages")


# What a scope is for: an act that brings a picture, and the call that is refused, or the event that is not heard.
NEEDED: dict[str, tuple[Act, str]] = {
    "app_mentions:read": (group, ""),
    "channels:history": (thread, ""),
    "groups:history": (private_channel, ""),
    "im:history": (direct, ""),
    "channels:read": (command, "conversations.info"),
    "groups:read": (private_command, "conversations.info"),
    "chat:write": (command, "chat.postMessage"),
    "files:read": (command, "files.info"),
    "files:write": (command, "files.getUploadURLExternal"),
    "im:write": (privately, "conversations.open"),
    "users:read": (command, "users.info"),
    "assistant:write": (messages_tab, "assistant.threads.setSuggestedPrompts"),
}


async def test_everything_works_with_the_manifest(server: SlackServer, tmp_path: Path) -> None:
    """Mentions, threads, DMs, commands, files, buttons and forms bring their pictures; nothing lacks a scope."""
    server.install(manifest())
    server.limits.wide()
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path):
        await messages_tab(server, ana, channel)
        await ana.open_home()
        await server.until(lambda: ana.prompts and ana.home)
        for act in (thread, private_channel, private_command, direct, privately):
            await (await act(server, ana, channel)).picture()
        await (await brought(server, ana, channel)).picture()
        seen = await command(server, ana, channel)
        first = await seen.picture()
        again = await ana.press(first, "Again")
        await again.until(lambda now: any(one.pictures for one in now.messages))
        form = await ana.press(first, "Edit the prompt")
        await form.until(lambda now: now.modal)
        sent = await ana.submit(form.modal)
        await server.settled()
    assert sent.errors == {}
    assert [one for one in server.requests if one.error] == []
    assert server.problems == []


async def test_a_group_is_answered_though_its_history_is_closed(server: SlackServer, tmp_path: Path) -> None:
    """In direct messages of several people a mention is answered; nothing but looking back is refused there."""
    server.install(manifest())
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path):
        answer = await (await group(server, ana, channel)).picture()
    assert answer.channel.kind == "mpim"
    assert {one.method for one in server.requests if one.error} <= {"conversations.replies"}


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_every_command_and_shortcut_is_answered(server: SlackServer, tmp_path: Path, mode: str) -> None:
    """Whatever the manifest offers, the bot listens to, by either way."""
    server.install(manifest(mode, "https://limner.example.com/slack/events"))
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path, own={"mode": mode}):
        said = (await ana.say(channel, "a red car")).said
        answered = [await ana.command(name, "", channel) for name, _, _ in COMMANDS]
        for kind, callback, _, _ in SHORTCUTS:
            answered.append(await ana.shortcut(callback, said if kind == "message" else None))
    assert [one.failed for one in answered] == [""] * len(answered)


@pytest.mark.parametrize("scope", NEEDED)
async def test_each_scope_is_needed(server: SlackServer, tmp_path: Path, scope: str) -> None:
    """Without it the same act is not heard, or a call that it takes is refused."""
    server.install(manifest())
    server.scopes.discard(scope)
    ana, channel = server.person(), server.channel()
    act, method = NEEDED[scope]
    async with slack_bot(server, tmp_path):
        seen = await act(server, ana, channel)
        if method:
            await server.until(lambda: [one for one in server.requests if one.error == "missing_scope"])
            assert {one.method for one in server.requests if one.error == "missing_scope"} == {method}
        else:
            await server.settled()
            assert [one for one in seen.messages if one.ts > seen.since] == []


async def test_commands_are_not_offered_without_their_scope(server: SlackServer) -> None:
    """Slack shows neither commands nor shortcuts of an app that lacks it."""
    server.install(manifest())
    server.scopes.discard("commands")
    with pytest.raises(LookupError):
        await server.person().command("/imagine", "a red car", server.channel())


def test_no_scope_is_left_out_here() -> None:
    """Each scope of the manifest has its act above, but for that of commands, which Slack itself looks after."""
    assert NEEDED.keys() | {"commands"} == SCOPES.keys()
