"""Several workspaces: installed by a browser, answered each by itself, left when one removes Limner."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.slack.adapter import Slack
from adapters.slack.installations import States
from adapters.slack.manifest import FILE, INSTALL, INSTALLED_EVENTS, REDIRECT, SCOPES, first_files, first_steps
from bot.app import App
from bot.errors import SettingsError
from bot.testing import PaperEngine
from bot.testing.engine import blank_png
from tests.flow.slack.process import answer, is_under_way
from tests.helpers.process import rows
from tests.helpers.slack_bot import slack_bot
from tests.slack_server import SlackServer
from tests.slack_server.endpoint import Endpoint
from tests.support import until

# slack_sdk sends the app's secret so.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
PUBLIC = "https://limner.example.com"
PNG = blank_png(96, 64, b"\x14\x5a\xa0")
TABLE = {"mode": "http", "client_id": "11.22", "public_url": f"{PUBLIC}/"}
NOT_HERE = f"Limner is not installed in this workspace. {PUBLIC}{INSTALL} installs it."


class Browser:
    """Somebody's browser, which keeps the cookie that it was given last."""

    def __init__(self, server: SlackServer) -> None:
        assert isinstance(server.deliveries.transport, Endpoint)
        self.at, self.cookie = server.deliveries.transport.url.removesuffix("/slack/events"), ""

    async def get(self, url: str) -> httpx.Response:
        # Plain HTTP: without `verify` no certificates are read, which costs more than the test.
        async with httpx.AsyncClient(timeout=60, verify=False, headers={"Cookie": self.cookie}) as http:
            found = await http.get(self.at + url.removeprefix(PUBLIC))
        if given := found.headers.get("set-cookie", ""):
            assert {"Secure", "HttpOnly"} <= set(given.split("; "))
            self.cookie = given.split(";")[0]
        return found

    async def begin(self) -> str:
        """The page of consent that it is led to."""
        return str((await self.get(INSTALL)).headers["location"])


async def install(server: SlackServer) -> httpx.Response:
    """What somebody of a workspace is told who installs Limner there."""
    browser = Browser(server)
    return await browser.get(server.person("admin").allow(await browser.begin()))


@asynccontextmanager
async def bot(server: SlackServer, folder: Path, engine: Any = None, **more: Any) -> AsyncIterator[App]:
    """Limner for several workspaces, with its own manifest; `more` are the adapter's settings."""
    own = TABLE | {"client_secret": server.client_secret, "bot_token": "", "app_token": ""} | more
    for one in server.all:
        one.install(json.loads(first_files(own)[FILE]))
    async with slack_bot(server, folder, own=own, engine=engine) as app:
        yield app


def two(server: SlackServer) -> list[SlackServer]:
    """Two workspaces that have not installed it."""
    both = [server, server.beside()]
    for one in both:
        one.revoked = "invalid_auth"
    return both


def teams(folder: Path) -> list[str]:
    """The workspaces of all that was accepted."""
    return sorted(json.loads(str(row["message"]))["team"] for row in rows(folder))


async def test_each_is_answered_by_itself(server: SlackServer, tmp_path: Path) -> None:
    """Two ask at once, each in its own with its own token, also after a restart; a void token is forgiven."""
    both = two(server)
    async with bot(server, tmp_path):
        for one in both:
            assert (await install(one)).text.startswith("Limner is installed in Studio.")
        pairs = [(one.person(), one.channel()) for one in both]
        said = [ana.mention(room, "this as a drawing", files=[("car.png", PNG)]) for ana, room in pairs]
        said += [ana.command("/imagine", "a cup", room) for ana, room in pairs]
        shown = [await answer(one) for one in await asyncio.gather(*said)]
        await asyncio.gather(*(ana.press(one, "Again") for (ana, _), one in zip(pairs, shown[:2], strict=True)))
        for ana, _ in pairs:
            await ana.server.until(lambda ana=ana: len([one for one in ana.server.world.posts if one.pictures]) == 3)
            await ana.open_home()
            await ana.server.until(lambda ana=ana: ana.home)
    async with bot(server, tmp_path):
        both[1].revoked = "invalid_auth"
        assert (await pairs[1][0].command("/imagine", "a tree", pairs[1][1])).text == NOT_HERE
        both[1].revoked = ""
        for ana, room in pairs:
            await answer(await ana.mention(room, "a hill"))
    for one in both:
        assert {record.error for record in one.requests} <= {"", "invalid_auth"}
        assert one.problems == one.orphans() == one.duplicates() == []
    assert teams(tmp_path) == [both[0].world.team] * 4 + [both[1].world.team] * 4


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_stranger_in_a_shared_channel(server: SlackServer, tmp_path: Path, mode: str) -> None:
    """By Slack Connect an event may name the workspace of whoever speaks: what is accepted belongs to the bot's."""
    ana, channel = server.person(), server.channel()
    async with bot(server, tmp_path) if mode == "http" else slack_bot(server, tmp_path):
        if mode == "http":
            await install(server)
        said = server.world.post(channel, ana.user, {"text": f"{server.bot.mention} a red car"}, quiet=True)
        event = {"type": "app_mention", "user": ana.id, "team": "T9STRANGER", "text": said.text, "ts": said.ts}
        who = {"team_id": server.world.team, "user_id": server.bot.id, "is_bot": True, "is_enterprise_install": False}
        told = {"type": "event_callback", "team_id": "T9STRANGER", "event_id": "Ev1", "authorizations": [who]}
        server.deliveries.tell_again(told | {"event": event | {"channel": channel.id}})
        await server.until(lambda: [one for one in server.world.posts if one.pictures])
    assert teams(tmp_path) == [server.world.team]


@pytest.mark.parametrize("wrong", ["forged", "stale", "another's", "no cookie", "denied"])
async def test_a_browser_that_did_not_begin_it(server: SlackServer, tmp_path: Path, wrong: str) -> None:
    """A state that is forged, too old or another browser's, and a 'no' on Slack's page: one line, nothing is kept."""
    async with bot(server, tmp_path) as app:
        browser, other = Browser(server), Browser(server)
        back = httpx.URL(server.person("eve").allow(await browser.begin()))
        if wrong == "denied":
            back = back.copy_with(params={"error": "access_denied", "state": back.params["state"]})
        elif wrong in ("another's", "no cookie"):
            await other.begin()
            browser.cookie = other.cookie if wrong == "another's" else ""
        else:
            key, life_s = (server.client_secret, -1.0) if wrong == "stale" else ("guessed", 600.0)
            state = await States(key, life_s).async_issue()
            back, browser.cookie = back.copy_merge_params({"state": state}), f"slack-app-oauth-state={state}"
        found = await browser.get(str(back))
        assert (found.status_code == 200) is (wrong == "denied")
        assert found.text.startswith("Nothing was installed: ")
        assert [one for one in server.requests if one.method == "oauth.v2.access"] == []
        assert await app.service.recall("slack", f"team/{server.world.team}") == ""


async def test_only_listed_workspaces(server: SlackServer, tmp_path: Path) -> None:
    """One that `teams` does not list is refused in one line and told so; what Slack did not sign is not looked up."""
    listed, stranger = two(server)
    async with bot(server, tmp_path, teams=[listed.world.team]) as app:
        refused = await install(stranger)
        assert refused.text.startswith(f"The workspace {stranger.world.team} (Studio) may not install this Limner.")
        assert (refused.status_code, len(refused.text.splitlines())) == (403, 1)
        assert await app.service.recall("slack", f"team/{stranger.world.team}") == ""
        ben, room = stranger.person("ben"), stranger.channel()
        assert (await ben.command("/imagine", "a red car", room)).text == NOT_HERE
        await ben.mention(room, "a red car")
        await stranger.settled()
        await install(listed)
        known, slack = len(listed.requests), listed.deliveries.transport
        assert isinstance(slack, Endpoint)
        assert await slack.verified()
        forged = {"type": "event_callback", "team_id": listed.world.team, "event": {"type": "app_uninstalled"}}
        assert await slack.forged(forged, secret="another") == 401
        assert len(listed.requests) == known
    assert [one for one in stranger.world.posts if not one.only_for] == rows(tmp_path) == stranger.problems == []


async def test_removed_and_installed_again(
    server: SlackServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What it still waits for fails with one line; installed again it works, also when it hears of the removal late."""
    left, stays = two(server)
    engine = PaperEngine()
    async with bot(server, tmp_path, engine) as app:
        await install(left)
        await install(stays)
        ana, room = left.person(), left.channel()
        engine.going.clear()
        waits = await ana.mention(room, "a red car")
        other = await stays.person("ben").mention(stays.channel(), "a blue boat")
        await waits.until(lambda seen: seen.message and is_under_way(seen.message))
        left.uninstall()
        await left.settled()
        engine.going.set()
        await answer(other)
        await until(lambda: "failed" in [row["state"] for row in rows(tmp_path)])
        assert (await ana.command("/imagine", "a tree", room)).text == NOT_HERE
        assert await app.service.recall("slack", f"team/{left.world.team}") == ""
        void = left.token
        await install(left)
        assert left.token != void
        for late in left.told("app_uninstalled"):
            left.again(late)
        await left.settled()
        await answer(await ana.mention(room, "a hill"))
        left.revoked = "account_inactive"  # and of this it hears nothing
        await install(left)
        await answer(await ana.mention(room, "a tree"))
    gone = [one.message.partition(": ")[2] for one in caplog.records if "gave up posting" in one.message]
    assert gone == [f"Limner is not installed in the workspace {left.world.team} on Slack."]
    assert left.problems == stays.problems == []


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"mode": "socket"}, "adapters.slack.client_id needs adapters.slack.mode = 'http'"),
        ({"client_secret": ""}, "adapters.slack.client_id needs adapters.slack.client_secret"),
        ({"public_url": ""}, "adapters.slack.client_id needs adapters.slack.public_url"),
        ({"public_url": "http://limner"}, "adapters.slack.public_url is http://limner, and Slack wants HTTPS"),
        ({"client_id": ""}, "adapters.slack.client_secret needs adapters.slack.client_id"),
        (
            {"client_id": "", "client_secret": "", "teams": ["T1"]},
            "adapters.slack.teams needs adapters.slack.client_id",
        ),
        ({"client_id": "", "client_secret": ""}, "Slack needs adapters.slack.bot_token"),
    ],
)
def test_settings_that_do_not_go_together(more: dict[str, Any], line: str) -> None:
    """Each wrong combination is one line that names the setting; the right one is taken."""
    good = TABLE | {"client_secret": "s", "signing_secret": "s"}
    Slack(Slack.Settings.model_validate(good))
    with pytest.raises(SettingsError) as caught:
        Slack(Slack.Settings.model_validate(good | more))
    assert caught.value.problem == line


def test_the_manifest_and_the_steps() -> None:
    """With a client id the manifest has the address that browsers come back to and two events, and no scope more."""
    made, alone = (json.loads(first_files(one)[FILE]) for one in (TABLE, {"mode": "http"}))
    assert made["oauth_config"] == alone["oauth_config"] | {"redirect_urls": [f"{PUBLIC}{REDIRECT}"]}
    assert alone["oauth_config"] == {"scopes": {"bot": list(SCOPES)}}
    events = [one["settings"]["event_subscriptions"]["bot_events"] for one in (made, alone)]
    assert events[0] == [*events[1], *INSTALLED_EVENTS]
    steps = "\n".join(first_steps(Slack.Settings.model_validate(TABLE)))
    assert "SLACK_CLIENT_SECRET" in steps
    assert f"installs it at {PUBLIC}{INSTALL}" in steps
    assert "SLACK_BOT_TOKEN" not in steps
