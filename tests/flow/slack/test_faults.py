"""Whatever goes wrong between Limner and Slack, everybody is answered, once."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SettingsError
from bot.testing import PaperEngine
from bot.testing.engine import blank_png
from tests.discord_server.faults import Faults
from tests.flow.slack.process import answer, check, is_under_way
from tests.helpers.process import all_over
from tests.helpers.slack_bot import slack_bot
from tests.slack_server import Person, Sight, SlackServer
from tests.slack_server.state import Channel, Message

PROOF = pytest.mark.proof
STARTING = ("auth.test", "apps.connections.open")
# Of the methods with several calls at once, as many go wrong.
ASKING = (
    ["users.info", "conversations.open", "conversations.info", "conversations.history", "conversations.replies"]
    + ["chat.postMessage", "chat.update"] * 3
    + ["chat.delete", "files.delete", "response_url", "chat.postEphemeral", "download"]
    + ["files.getUploadURLExternal", "upload", "files.completeUploadExternal", "files.info"] * 2
)
KINDS: dict[str, Callable[[Faults, str], None]] = {
    "limited": lambda faults, route: faults.limits(route, 1),
    "failed": lambda faults, route: faults.fails(route),
    "failed after its effect": lambda faults, route: faults.fails(route, after=True),
    "unavailable": lambda faults, route: faults.fails(route, 503),
    "cut": lambda faults, route: faults.cuts(route, count=2),
    "cut after its effect": lambda faults, route: faults.cuts(route, after=True),
    "late": lambda faults, route: faults.delays(route, 1.5),
}
QUICK = "cut after its effect"


@pytest.mark.parametrize("kind", [pytest.param(one, marks=[] if one == QUICK else PROOF) for one in KINDS])
async def test_every_method(server: SlackServer, tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str) -> None:
    """Wishes, buttons, forms and refusals end well, once, although the next calls of every method go wrong."""
    ana, channel, engine = server.person(), server.channel(), PaperEngine()
    for method in STARTING:
        KINDS[kind](server.faults, method)
    async with slack_bot(server, tmp_path, engine=engine):
        old = [await answer(await ana.command("/imagine", f"a house, {n}", channel)) for n in range(2)]
        root = await ana.mention(channel, "a hill")
        await answer(root)
        engine.going.clear()
        unwanted = await ana.mention(channel, "a mistake")
        await unwanted.until(is_shown)
        ben = server.person("ben")  # nobody has looked up who they are
        for method in ASKING:
            KINDS[kind](server.faults, method)
        wishes, whispers = await everything(ana, ben, channel, root, old, unwanted)
        engine.going.set()
        await asyncio.gather(*(answer(one) for one in wishes))
        await unwanted.until(lambda seen: "Stopped" in seen.text)
        await server.until(lambda: old[1].deleted_at)
        await asyncio.gather(*(one.until(lambda seen: seen.text) for one in whispers))
        await all_over(tmp_path)
        await server.settled()
    assert set(ASKING) - set(server.faults.happened) <= {"conversations.history", "conversations.replies"}
    assert len(check(server, tmp_path)) == len(old) + 2 + len(wishes)  # and the form's
    if "effect" not in kind and kind != "cut":
        assert server.orphans() == []
        assert server.duplicates() == []
    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == []


def is_shown(seen: Sight) -> bool:
    """Whether somebody is shown how far it is."""
    return seen.message is not None and is_under_way(seen.message)


async def everything(
    ana: Person, ben: Person, channel: Channel, root: Sight, old: list[Message], unwanted: Sight
) -> tuple[list[Sight], list[Sight]]:
    """All that can be asked, at once: what comes to a picture, and what is whispered."""
    elsewhere = ana.server.channel("elsewhere", bot=False)

    async def change() -> Sight:
        opened = await ana.press(old[0], "Same seed")
        form = await opened.until(lambda now: now.modal)
        return await ana.submit(form, change="the same, but at night")

    wishes = asyncio.gather(
        ben.command("/imagine", "a red car", channel),
        ana.mention(channel, "a blue boat"),
        ana.say(channel, "same, but at night", thread=root.said),
        ana.say(ana.dm(), "a watercolour of this", files=[("ref.png", blank_png(64, 64, b"\x14\x5a\xa0"))]),
        ana.command("/imagine", "a tree --private", channel),
        ana.command("/imagine", "a cup", elsewhere),
        ana.press(old[0], "Again"),
    )
    changed = asyncio.create_task(change())
    whispers = asyncio.gather(
        ana.press(old[0], "Your words / My prompt"),
        ana.command("/imagine", "a hill --size 3x3", channel),
        ana.mention(channel, "a red car " * 1_000),
    )
    await asyncio.gather(ana.press(old[1], "Delete"), ana.press(unwanted.message, "Cancel"))
    await changed
    return await wishes, await whispers


@PROOF
async def test_limits_that_outlast_all_tries(server: SlackServer, tmp_path: Path) -> None:
    """An answer that Slack lets through only much later is posted then, and not given up."""
    ana, channel, engine = server.person(), server.channel(), PaperEngine()
    async with slack_bot(server, tmp_path, engine=engine):
        engine.going.clear()
        asked = [await ana.mention(channel, "a red car"), await ana.command("/imagine", "a blue boat", channel)]
        await asyncio.gather(*(one.until(is_shown) for one in asked))
        server.faults.fails("chat.update", 503, count=5)
        server.faults.fails("upload", 500, count=5)
        engine.going.set()
        await asyncio.gather(*(answer(one) for one in asked))
        await all_over(tmp_path)
    assert len(check(server, tmp_path)) == 2


async def lose_everything(server: SlackServer) -> None:
    async with server.away():
        await asyncio.sleep(0.5)


async def cut_the_socket(server: SlackServer) -> None:
    server.socket.cut()


async def refresh(server: SlackServer) -> None:
    await server.socket.refresh()


@pytest.mark.parametrize(
    "lose",
    [
        refresh,
        # Bolt looks every five seconds whether it is connected.
        pytest.param(cut_the_socket, marks=PROOF),
        pytest.param(lose_everything, marks=PROOF),
    ],
)
async def test_a_lost_connection(server: SlackServer, tmp_path: Path, lose: Callable[[SlackServer], Any]) -> None:
    """What was asked before, during and after a lost connection is answered once, painted meanwhile or not."""
    ana, channel, engine = server.person(), server.channel(), PaperEngine()
    async with slack_bot(server, tmp_path, engine=engine):
        engine.going.clear()
        asked = [
            await ana.command("/imagine", "a red car", channel),
            await ana.mention(channel, "a blue boat"),
            await ana.say(ana.dm(), "a green hill"),
        ]
        await asyncio.gather(*(one.until(lambda seen: seen.text) for one in asked))
        engine.going.set()
        _, during = await asyncio.gather(lose(server), ana.mention(channel, "a white house"))
        await server.until(lambda: server.socket.opened > 1 and server.socket.live)
        server.clock.move(61)  # events that found nobody are told again
        last = await ana.command("/imagine", "a black cat", channel)
        await asyncio.gather(*(answer(one) for one in [*asked, during, last]))
        await all_over(tmp_path)
        await server.settled()
    assert len(check(server, tmp_path)) == 5


@pytest.mark.parametrize("kind", ["bot", "app"])
async def test_a_token_that_slack_does_not_take(server: SlackServer, tmp_path: Path, kind: str) -> None:
    """A wrong token ends the adapter in one line that names the setting and keeps the token."""
    with pytest.raises(SettingsError) as refused:
        async with slack_bot(server, tmp_path, own={f"{kind}_token": "xoxb-secret"}):
            await asyncio.sleep(60)
    said = str(refused.value)
    assert refused.value.key == f"adapters.slack.{kind}_token"
    assert "\n" not in said
    assert "xoxb-secret" not in said


async def test_a_token_that_is_revoked_amid_work(server: SlackServer, tmp_path: Path) -> None:
    """Nothing is lost while the token is void: with it back, the answer comes."""
    ana, channel, engine = server.person(), server.channel(), PaperEngine()
    async with slack_bot(server, tmp_path, engine=engine):
        engine.going.clear()
        seen = await ana.mention(channel, "a red car")
        await seen.until(is_shown)
        server.revoked = "token_revoked"
        engine.going.set()
        await server.until(lambda: [one for one in server.requests if one.error == "token_revoked"])
        server.revoked = ""
        await answer(seen)
        await all_over(tmp_path)
    assert len(check(server, tmp_path)) == 1
