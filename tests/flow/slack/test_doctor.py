"""`limner doctor slack --live`: one message tried out on the local Slack, and each way in which that fails."""

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.live import STEPS, live_checks
from adapters.slack.manifest import SCOPES, manifest
from bot.doctor.finding import Finding, Level
from bot.doctor.rounds import examine
from bot.doctor.serving import look_at_adapter
from tests.helpers.sick import case
from tests.helpers.slack_bot import settings_of, slack_bot
from tests.helpers.terminal import LIMNER, PATIENCE_S, environment
from tests.slack_server import SlackServer


async def tried(server: SlackServer, folder: Path, channel: str = "", **settings: Any) -> dict[str, Finding]:
    """What each step finds on the local Slack."""
    reports = await examine(case(folder), live_checks(settings_of(server, **settings), channel), lambda _: None)
    assert [one.name for one in reports] == [f"slack {step}" for step in STEPS]
    assert all(bool(one.finding.remedy) is (one.finding.level is not Level.OK) for one in reports)
    return {one.name.removeprefix("slack "): one.finding for one in reports}


def well(found: dict[str, Finding]) -> set[str]:
    return {step for step, finding in found.items() if finding.level is Level.OK}


async def run(server: SlackServer, folder: Path, *arguments: str) -> tuple[int, str]:
    """`limner doctor slack --live` in a process of its own, told of the local Slack by names: exit code and output."""
    names = {"SLACK_BOT_TOKEN": server.token, "SLACK_APP_TOKEN": server.app_token}
    names["LIMNER_ADAPTERS__SLACK__API_BASE_URL"] = server.api_url
    process = await asyncio.create_subprocess_exec(
        *(LIMNER, "doctor", "slack", "--live", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=environment(folder / "home", PYTHONUTF8="1", **names),
        cwd=folder,
    )
    async with asyncio.timeout(PATIENCE_S):
        out, _ = await process.communicate()
    return process.returncode or 0, out.decode()


async def test_the_command_tries_one_message_and_leaves_nothing(server: SlackServer, tmp_path: Path) -> None:
    """With the manifest's scopes the message is posted, changed, given a picture and gone; exit code 0."""
    server.install(manifest())
    channel = server.channel()
    code, out = await run(server, tmp_path, "--channel", channel.id)
    assert code == 0, out
    assert [line.split()[2] for line in out.splitlines()[3:-1]] == list(STEPS)
    assert out.splitlines()[-1] == "11 checks: no problems, no warnings."
    assert server.token not in out
    assert server.app_token not in out
    [message] = server.world.posts
    [file] = server.world.files.values()
    assert message.deleted_at
    assert len(message.history) == 3
    assert message.pictures == (file,)
    assert file.deleted
    assert file.data is not None
    assert len(file.data) > 1_900_000
    assert server.problems == []


async def test_a_wrong_token(server: SlackServer, tmp_path: Path) -> None:
    """A token that Slack does not know is one problem, which does not show it; what depends on it is not tried."""
    found = await tried(server, tmp_path, bot_token="xoxb-wrong")
    assert found["login"].found == "Slack does not take the bot token (invalid_auth)"
    assert "SLACK_BOT_TOKEN" in found["login"].remedy
    assert well(found) == {"connection"}
    assert {found[step].found for step in STEPS if step not in ("login", "connection")} == {"not tried"}
    assert "xoxb-wrong" not in str(found)


async def test_without_a_channel(server: SlackServer, tmp_path: Path) -> None:
    """The first open one that the bot is in is taken, public before private; without any, the way out is told."""
    server.install(manifest())
    assert (await tried(server, tmp_path))["channel"].found == "the bot is in no channel"
    server.channel("elsewhere", bot=False)
    private, off, first = server.channel("secret", private=True), server.channel("off"), server.channel("first")
    server.scopes.add("reactions:write")
    found = await tried(server, tmp_path, channels_off=[off.id])
    assert well(found) == set(STEPS)
    assert found["scopes"].found.endswith("not needed: reactions:write")
    assert well(await tried(server, tmp_path, channels_off=[off.id, first.id])) == set(STEPS)
    assert [one.channel for one in server.world.posts] == [first, private]
    server.scopes.discard("channels:read")
    asked = await tried(server, tmp_path)
    assert asked["channel"].level is Level.WARNING
    assert "--channel ID" in asked["channel"].remedy
    assert well(asked) == {"login", "connection"}
    assert asked["post"].found == "not tried"


async def test_the_named_channel_is_taken(server: SlackServer, tmp_path: Path) -> None:
    """--channel wins over the settings' channels; a person's id leads to their direct messages."""
    server.install(manifest())
    ana, one, two = server.person(), server.channel("one"), server.channel("two", private=True)
    for wanted, posted_in in (("", one), (two.id, two), (ana.id, ana.dm())):
        assert well(await tried(server, tmp_path, wanted, channels=[one.id])) == set(STEPS)
        assert server.world.posts[-1].channel is posted_in
    assert server.problems == []


@pytest.mark.parametrize(
    ("wanted", "step", "words", "remedy"),
    [
        ("#pictures", "channel", "'#pictures' is no channel's id", "at the very end of its details"),
        ("U00009999", "channel", "there is nobody with that id", "Copy member ID"),
        ("C00009999", "post", "there is no such channel", "/invite @Limner"),
        ("elsewhere", "post", "the bot is not in that channel", "/invite @Limner"),
        ("archived", "post", "that channel is archived", "another"),
    ],
)
async def test_no_channel_to_post_in(
    server: SlackServer, tmp_path: Path, wanted: str, step: str, words: str, remedy: str
) -> None:
    """What keeps the bot from a channel is told with the way out, and nothing is posted."""
    rooms = {"elsewhere": server.channel(bot=False), "archived": server.channel()}
    rooms["archived"].archived = True
    found = await tried(server, tmp_path, rooms[wanted].id if wanted in rooms else wanted)
    assert words in found[step].found
    assert remedy in found[step].remedy
    assert found["delete"].found == "not tried"
    assert server.world.posts == []


async def test_scopes_that_are_missing(server: SlackServer, tmp_path: Path) -> None:
    """Those that the manifest has and the token lacks are named, and steps that need them say so, too."""
    server.scopes = set(SCOPES) - {"files:write", "im:history"}
    found = await tried(server, tmp_path, server.channel().id)
    assert found["scopes"].found == "the bot token lacks files:write, im:history"
    assert "reinstall" in found["scopes"].remedy
    assert found["upload"].found == "the bot token lacks files:write"
    assert well(found) == set(STEPS) - {"scopes", "upload"}
    assert all(one.deleted_at for one in server.world.posts)
    server.scopes = set(SCOPES) - {"assistant:write"}
    found = await tried(server, tmp_path, server.channel().id)
    assert well(found) == set(STEPS)
    assert "it is no agent" in found["scopes"].found


@pytest.mark.parametrize(
    ("break_it", "step", "words"),
    [
        (lambda server: server.faults.limits("chat.postMessage", 400.0), "post", "may be done again in 400 s"),
        (lambda server: server.faults.cuts("chat.update"), "edit", "Slack is not to be had at"),
        (lambda server: server.faults.fails("chat.update", 503), "edit", "Slack is in trouble (503)"),
        (lambda server: server.faults.fails("chat.delete", 503), "delete", "Slack is in trouble"),
        (lambda server: setattr(server, "app_token", "xapp-other"), "connection", "take the app-level token (inv"),
    ],
    ids=["rate limit", "cut", "trouble", "delete", "app token"],
)
async def test_a_step_that_fails(
    server: SlackServer, tmp_path: Path, break_it: Callable[[SlackServer], None], step: str, words: str
) -> None:
    """Its line says why; the others are taken all the same where they make sense, the clearing up at any rate."""
    settings = settings_of(server)
    channel = server.channel()
    break_it(server)
    found = await tried(server, tmp_path, channel.id, app_token=settings.app_token)
    assert found[step].level is Level.PROBLEM
    assert words in found[step].found
    lost = {"edit", "upload", "delete"} if step == "post" else set()
    assert well(found) == set(STEPS) - {step} - lost
    assert all(one.deleted_at for one in server.world.posts) is (step != "delete")


async def test_what_the_modes_need(server: SlackServer, tmp_path: Path) -> None:
    """By HTTP the signing secret must be there, and no app-level token; only then does a port have to be free."""
    channel = server.channel()
    found = await tried(server, tmp_path, channel.id, mode="http", app_token="")
    assert well(found) == set(STEPS)
    assert "Verified" in found["connection"].found
    table = {"bot_token": "xoxb-1", "app_token": "xapp-1", "signing_secret": "s", "port": 0}
    assert (await look_at_adapter("slack", table, case(tmp_path))).found == "its settings are valid"
    listening = await look_at_adapter("slack", table | {"mode": "http"}, case(tmp_path))
    assert "any free port" in listening.found
    assert listening.level is Level.OK


async def test_a_limner_that_serves_slack_already(server: SlackServer, tmp_path: Path) -> None:
    """Its port is no other program's."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    async with slack_bot(server, tmp_path, own={"mode": "http", "port": port}):
        table = {"bot_token": "xoxb-1", "signing_secret": "s", "mode": "http", "port": port}
        looked = await look_at_adapter("slack", table, case(tmp_path))
    assert looked.found == f"its settings are valid; Limner serves at 127.0.0.1:{port} already"


async def test_an_api_that_is_not_there(server: SlackServer, tmp_path: Path) -> None:
    """A wrong address is told with the setting that holds it."""
    found = await tried(server, tmp_path, "C00000001", api_base_url="http://127.0.0.1:9/api/")
    assert well(found) == set()
    assert "Slack is not to be had at http://127.0.0.1:9/api/" in found["login"].found
    assert "api_base_url" in found["login"].remedy
