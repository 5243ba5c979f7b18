"""`limner doctor discord --live`: one message tried out on the local Discord, and each way in which that fails."""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import discord
import pytest
from click.testing import CliRunner

from adapters.discord.live import STEPS, live_checks
from bot.cli import main
from bot.doctor.finding import Finding, Level
from bot.doctor.rounds import examine
from tests.discord_server import DiscordServer, pointed_at
from tests.discord_server.state import ATTACH, BOT_MAY, HISTORY, MIB, SEND_IN_THREADS, VIEW
from tests.helpers.discord_bot import settings_of
from tests.helpers.sick import case
from tests.helpers.terminal import LIMNER, PATIENCE_S, environment

ROOT = Path(__file__).resolve().parents[3]
POST = "POST /channels/{channel_id}/messages"
ONE = "/channels/{channel_id}/messages/{message_id}"
EDIT = f"PATCH {ONE}"


async def tried(server: DiscordServer, folder: Path, channel: str = "", **settings: Any) -> dict[str, Finding]:
    """What each step finds on the local Discord."""
    with pointed_at(server):
        reports = await examine(case(folder), live_checks(settings_of(server, **settings), channel), lambda _: None)
    assert [one.name for one in reports] == [f"discord {step}" for step in STEPS]
    assert all(bool(one.finding.remedy) is (one.finding.level is not Level.OK) for one in reports)
    return {one.name.removeprefix("discord "): one.finding for one in reports}


def well(found: dict[str, Finding]) -> set[str]:
    return {step for step, finding in found.items() if finding.level is Level.OK}


async def run(program: list[str], folder: Path, **more: str) -> tuple[int, str, str]:
    """A process with its exit code and what it printed."""
    process = await asyncio.create_subprocess_exec(
        *program,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment(folder / "home", PYTHONUTF8="1", **more),
        cwd=folder,
    )
    async with asyncio.timeout(PATIENCE_S):
        out, errors = await process.communicate()
    return process.returncode or 0, out.decode(), errors.decode()


def at(server: DiscordServer) -> dict[str, str]:
    """Names in the environment by which the adapter finds the local Discord."""
    return {
        "DISCORD_TOKEN": server.token,
        "LIMNER_ADAPTERS__DISCORD__API_BASE_URL": server.api_url,
        "LIMNER_ADAPTERS__DISCORD__GATEWAY_URL": server.gateway_url,
    }


async def test_the_command_tries_one_message_and_leaves_nothing(server: DiscordServer, tmp_path: Path) -> None:
    """A token in the environment is enough: the message is posted, changed, given a picture and gone; exit code 0."""
    guild = server.guild()
    channel = server.channel(guild)
    code, out, errors = await run([LIMNER, "doctor", "discord", "--live"], tmp_path, **at(server))
    assert (code, errors) == (0, ""), out
    lines = out.splitlines()
    assert [line.split()[2] for line in lines[3:-1]] == list(STEPS)
    assert f"the test message goes to #{channel.name} of '{guild.name}'." in out
    assert lines[-1] == "9 checks: no problems, no warnings."
    assert server.token not in out
    [message] = server.world.posts
    assert message.deleted_at
    assert len(message.history) == 3
    assert [one.filename for one in message.attachments] == ["limner-doctor.png"]
    assert server.problems == []


async def test_the_command_with_a_wrong_token(server: DiscordServer, tmp_path: Path) -> None:
    """A token that Discord does not know is one problem; what depends on it is not tried; exit code 1."""
    wrong = at(server) | {"DISCORD_TOKEN": "MTIz.wrong.token"}
    code, out, _ = await run([LIMNER, "doctor", "discord", "--live", "--json"], tmp_path, **wrong)
    found = {line["name"]: line for line in json.loads(out)["checks"]}
    assert code == 1
    assert found["adapter discord"]["level"] == "ok"
    assert found["discord login"]["found"] == "Discord does not know this bot token"
    assert "DISCORD_TOKEN or adapters.discord.token" in found["discord login"]["remedy"]
    assert {found[f"discord {step}"]["found"] for step in STEPS if step != "login"} == {"not tried"}
    assert "wrong.token" not in out


async def test_without_discord_py_and_without_a_table(tmp_path: Path) -> None:
    """An adapter that is not switched on says so, and where its library lacks, how to install it; nothing is tried."""
    packages = tmp_path / "packages"
    packages.mkdir()
    for path in Path(discord.__file__).parents[1].iterdir():
        if not path.name.startswith("discord"):
            (packages / path.name).symlink_to(path)
    code, out, errors = await run(
        [sys.executable, "-S", "-c", "from bot.cli import main; main()", "doctor", "discord", "--live"],
        tmp_path,
        DISCORD_TOKEN="MTIz.some.token",
        PYTHONPATH=os.pathsep.join((str(ROOT), str(packages))),
    )
    assert code == 1, errors
    assert "The Discord adapter needs discord.py. Install it: pip install 'limner[discord]'." in out
    assert "warning serve         `limner serve` does not run discord. Write a table [adapters.discord]" in out
    assert "4 checks: 1 problem, 1 warning." in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["discord", "--channel", "1"], "`limner doctor ADAPTER --live --channel ID`"),
        (["discord", "--paint"], "No adapter paints"),
        (["smokesignals"], "There is no adapter 'smokesignals' here. There are: "),
        (["terminal", "--live"], "The adapter 'terminal' has nothing to try live. Leave --live out."),
    ],
)
def test_wrong_usage(arguments: list[str], words: str) -> None:
    """What can't be meant is one line, and exit code 2."""
    done = CliRunner().invoke(main, ["doctor", *arguments])
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert words in done.stderr


async def test_the_named_channel_is_taken(server: DiscordServer, tmp_path: Path) -> None:
    """--channel wins over the settings' channels, and these over the first one; a thread and a DM will do."""
    guild = server.guild()
    _, second, third = (server.channel(guild, name) for name in ("one", "two", "three"))
    thread = server.world.thread(third, "cars", server.owner)
    dm = server.person(guild=guild).dm()
    for wanted, posted_in in (("", second), (third.id, third), (thread.id, thread), (dm.id, dm)):
        assert well(await tried(server, tmp_path, wanted, channels=[second.id])) == set(STEPS)
        assert server.world.posts[-1].channel is posted_in
    assert server.problems == []


async def test_the_first_channel_where_it_may_post(server: DiscordServer, tmp_path: Path) -> None:
    """Closed channels and those that are switched off are passed over, in the next server if need be."""
    server.channel(server.guild("closed"), bot_may=VIEW)
    guild = server.guild("open")
    off = server.channel(guild, "off")
    server.channel(guild, "pictures")
    found = await tried(server, tmp_path, channels_off=[off.id])
    assert found["channel"].found == "the test message goes to #pictures of 'open'"
    assert well(found) == set(STEPS)


@pytest.mark.parametrize(
    ("bot_may", "wanted", "words", "remedy"),
    [
        (None, "", "the bot is in no server", "Invite it: https://discord.com/oauth2/authorize?client_id="),
        (VIEW, "", "the bot may post in no text channel of its servers", "or invite it anew: https://"),
        (VIEW, "it", "in #pictures of 'studio' the bot lacks Send Messages, Send Messages in", "channel's Permissions"),
        (0, "it", "the bot can't see that channel", "Let its role view it"),
        (VIEW, "123456789012345678", "there is no such channel", "leave --channel out"),
        (VIEW, "#pictures", "'#pictures' is no channel's id", "Developer Mode"),
    ],
)
async def test_no_channel_to_post_in(
    server: DiscordServer, tmp_path: Path, bot_may: int | None, wanted: str, words: str, remedy: str
) -> None:
    """What keeps the bot from a channel is told with the way out, and nothing is posted."""
    channel = None if bot_may is None else server.channel(bot_may=bot_may)
    found = await tried(server, tmp_path, channel.id if channel and wanted == "it" else wanted)
    assert words in found["channel"].found
    assert remedy in found["channel"].remedy
    assert well(found) == {"login"}
    assert (server.world.posts, server.problems) == ([], [])


async def test_permissions_that_are_missing_beside_posting(server: DiscordServer, tmp_path: Path) -> None:
    """Where the bot may post, but not all that it needs, a warning names what lacks; a thread may be closed to it."""
    channel = server.channel(bot_may=BOT_MAY & ~ATTACH & ~HISTORY & ~SEND_IN_THREADS)
    found = await tried(server, tmp_path)
    assert found["channel"].level is Level.WARNING
    assert found["channel"].found.endswith("lacks Send Messages in Threads, Attach Files, Read Message History")
    assert well(found) == set(STEPS) - {"channel"}
    thread = server.world.thread(channel, "cars", server.owner)
    assert (await tried(server, tmp_path, thread.id))["channel"].level is Level.PROBLEM


@pytest.mark.parametrize(
    ("break_it", "step", "words"),
    [
        (lambda server: server.faults.limits(POST, 400.0), "post", "may be done again in 400 s"),
        (lambda server: server.faults.cuts(EDIT), "edit", "Discord is not to be had at"),
        (lambda server: server.faults.fails(EDIT, 503), "edit", "Discord is in trouble (503)"),
        (lambda server: server.faults.fails(EDIT, 403), "edit", "Discord refuses it: Forbidden 403"),
        (lambda server: server.faults.fails(f"DELETE {ONE}", 503), "delete", "Discord is in trouble"),
    ],
    ids=["rate limit", "cut", "trouble", "refusal", "delete"],
)
async def test_a_step_that_fails(
    server: DiscordServer, tmp_path: Path, break_it: Callable[[DiscordServer], None], step: str, words: str
) -> None:
    """Its line says why; the others are taken all the same where they make sense, the clearing up at any rate."""
    server.channel()
    break_it(server)
    found = await tried(server, tmp_path)
    assert found[step].level is Level.PROBLEM
    assert words in found[step].found
    lost = {"edit", "upload", "delete"} if step == "post" else set()
    assert well(found) == set(STEPS) - {step} - lost
    assert all(one.deleted_at for one in server.world.posts) is (step != "delete")


async def test_a_picture_that_is_too_large_there(server: DiscordServer, tmp_path: Path) -> None:
    """A limit below an ordinary picture's size is told with what stands between; the message goes all the same."""
    guild = server.guild()
    guild.file_limit_bytes = MIB
    server.channel(guild)
    found = await tried(server, tmp_path)
    assert well(found) == set(STEPS) - {"upload"}
    assert found["upload"].found == "the picture is larger than what is taken there"
    assert server.api_url in found["upload"].remedy
    assert server.world.posts[-1].deleted_at


async def test_the_intent_that_is_not_granted(server: DiscordServer, tmp_path: Path) -> None:
    """message_content without the intent stops at the login and names the switch; with it, all is well."""
    server.channel()
    found = await tried(server, tmp_path, message_content=True)
    assert "Privileged Gateway Intents" in found["login"].remedy
    assert well(found) == set()
    server.allow()
    assert well(await tried(server, tmp_path, message_content=True)) == set(STEPS)


async def test_an_api_that_is_not_there(server: DiscordServer, tmp_path: Path) -> None:
    """A wrong address is told with the setting that holds it."""
    found = await tried(server, tmp_path, api_base_url="http://127.0.0.1:9/api/v10")
    assert well(found) == set()
    assert "Discord is not to be had at http://127.0.0.1:9/api/v10" in found["login"].found
    assert "api_base_url" in found["login"].remedy
