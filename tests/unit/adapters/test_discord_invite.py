"""The links that take the bot in: the right application, the least permissions, and what `limner init` says of them."""

import base64
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from adapters.discord import invite
from adapters.discord.adapter import Discord
from adapters.discord.settings import DiscordSettings
from bot.errors import SettingsError
from bot.settings import check
from tests.helpers.terminal import limner

ROOT = Path(__file__).resolve().parents[3]
APPLICATION = "1234567890123456789"
TOKEN = f"{base64.b64encode(APPLICATION.encode()).decode().rstrip('=')}.GabcDe.not-a-real-one"


def asked(link: str) -> dict[str, str]:
    """The parameters of a link that leads to Discord."""
    assert link.startswith("https://discord.com/oauth2/authorize?")
    return {name: value for name, [value] in parse_qs(urlsplit(link).query, strict_parsing=True).items()}


def settings(**more: object) -> DiscordSettings:
    return check(DiscordSettings, {"token": TOKEN} | more, at="adapters.discord")


def test_the_invite_asks_for_the_least() -> None:
    """A server is asked for the bot, its commands and five permissions, each with discord.py's own bit."""
    found = asked(invite.invite_link(APPLICATION))
    assert found.pop("scope").split() == ["bot", "applications.commands"]
    assert found == {"client_id": APPLICATION, "integration_type": "0", "permissions": str(invite.PERMISSIONS)}
    wanted = {name for name, given in discord.Permissions(invite.PERMISSIONS) if given}
    assert wanted == {
        "read_messages",  # discord.py's older name of View Channels
        "send_messages",
        "send_messages_in_threads",
        "attach_files",
        "read_message_history",
    }


def test_the_link_for_one_person_brings_no_bot() -> None:
    """A user install has the commands alone, and needs no permissions."""
    expected = {"client_id": APPLICATION, "integration_type": "1", "scope": "applications.commands"}
    assert asked(invite.user_link(APPLICATION)) == expected


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (TOKEN, APPLICATION),
        ("MTIz.x.y", "123"),
        ("MTIzNA.x.y", "1234"),
        ("", None),
        ("bot.0123", None),
        ("aGVsbG8.x.y", None),
        ("MTI*z.x.y", None),
        ("Ångström.x", None),
    ],
)
def test_the_application_in_a_token(token: str, expected: str | None) -> None:
    """The first part names it; what holds no id gives none, and never an error."""
    assert invite.application_id_of(token) == expected


def test_what_lacks_and_whether_that_keeps_it_out() -> None:
    """Each missing permission is named; in a thread another one lets the bot speak than in a channel."""
    assert invite.lacking(invite.PERMISSIONS) == []
    assert invite.lacking(0) == list(invite.NEEDED)
    some = invite.VIEW_CHANNEL | invite.SEND_MESSAGES
    assert invite.lacking(some) == ["Send Messages in Threads", "Attach Files", "Read Message History"]
    assert (invite.may_post(some), invite.may_post(some, thread=True)) == (True, False)
    assert not invite.may_post(invite.SEND_MESSAGES)


def test_first_steps_with_a_token_are_links_to_follow() -> None:
    """With a token nothing is left to fill in, and the token itself is not told."""
    said = "\n".join(invite.first_steps(settings()))
    assert invite.invite_link(APPLICATION) in said
    assert invite.user_link(APPLICATION) in said
    assert invite.APPLICATION_ID not in said
    assert "New Application" not in said
    assert "Message Content Intent only if message_content = true" in said
    assert "must be on" in "\n".join(invite.first_steps(settings(message_content=True)))
    assert TOKEN not in said


def test_init_prints_them(tmp_path: Path) -> None:
    """`limner init discord` shows each step in order: from DISCORD_TOKEN, or from where there is no application yet."""
    done = limner(tmp_path / "home", "init", "discord", env={"DISCORD_TOKEN": TOKEN}, cwd=tmp_path)
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0, done.stderr
    assert [line.split(".")[0] for line in lines[1:]] == [str(number + 1) for number in range(len(lines) - 1)]
    assert invite.invite_link(APPLICATION) in lines[1]
    assert "Edit limner.toml as you like." in lines[-4]
    assert "limner doctor discord --live" in lines[-2]
    assert TOKEN not in done.stdout.decode()
    assert "\n[adapters.discord]\n# The bot's token; usually DISCORD_TOKEN." in (tmp_path / "limner.toml").read_text()
    unset = limner(tmp_path / "home", "init", "--force", "discord", env={"DISCORD_TOKEN": ""}, cwd=tmp_path)
    said = unset.stdout.decode()
    assert "adapters.discord.token (or DISCORD_TOKEN in the environment) must be set." in said
    for words in (invite.PORTAL, "DISCORD_TOKEN", "General Information", "client_id=APPLICATION_ID"):
        assert words in said


def test_the_links_need_no_discord_py() -> None:
    """Neither the adapter's class nor its links import discord.py, which takes a while."""
    script = (
        "import sys; from adapters.discord.adapter import Discord; Discord.first_steps(None);"
        "print('discord' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("token", ["", "...", "'MTIz.x.y'", '"MTIz.x.y"', "Bot MTIz.x.y", "MTIz.x.y\n"])
def test_what_can_not_be_a_token_is_refused(token: str) -> None:
    """A placeholder, quotes or a word too many are told before Discord is asked, without showing them."""
    with pytest.raises(SettingsError, match="Reset Token") as raised:
        Discord(settings(token=token))
    assert raised.value.key == "adapters.discord.token"
    assert "MTIz" not in str(raised.value)
    Discord(settings())


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"channels": ["pictures"]}, "'pictures' is no channel's id"),
        ({"attachment_networks": ["10.0.0.0/99"]}, "does not appear to be an ipv4 or ipv6 network"),
        ({"api_base_url": "discord.com/api"}, "an address such as https://"),
        ({"gateway_url": "wss://"}, "an address such as https://"),
    ],
)
def test_wrong_settings_are_told_at_the_start(wrong: dict[str, object], words: str) -> None:
    """Ids, networks and addresses that can't be meant are named with their setting."""
    with pytest.raises(SettingsError) as raised:
        settings(**wrong)
    assert words in str(raised.value)
    assert next(iter(wrong)) in str(raised.value)
    assert "\n" not in str(raised.value)
