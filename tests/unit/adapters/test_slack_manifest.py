"""The app manifest: the least scopes, within Slack's limits, for either mode; and how `limner init` hands it over."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from adapters.slack import manifest
from adapters.slack.settings import SlackSettings
from bot.cli import main
from bot.settings import check
from tests.helpers.terminal import limner
from tests.slack_server.server import METHODS

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted((ROOT / "adapters" / "slack").glob("*.py"))
BOTH = pytest.mark.parametrize("mode", ["socket", "http"])
URL = "https://limner.example.com/slack/events"
# What no method's own row tells: reading a channel needs the scope of its kind, and so does each event.
HEARD = {
    "app_mentions:read": "app_mention",
    "channels:history": "message.channels",
    "groups:history": "message.groups",
    "im:history": "message.im",
}


def methods() -> set[str]:
    """Every method of the Web API that the adapter calls, as Slack spells it."""
    names = {
        node.attr.replace("_", ".")
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("client")
    }
    return {name for name in names if name in METHODS}


def urls(inside: Any) -> Iterator[str]:
    """Every address in a manifest."""
    if isinstance(inside, dict):
        for name, value in inside.items():
            if name.endswith("url"):
                yield value
            yield from urls(value)
    elif isinstance(inside, list):
        for one in inside:
            yield from urls(one)


def settings(**more: Any) -> SlackSettings:
    return check(SlackSettings, {"bot_token": "xoxb-1", "app_token": "xapp-1"} | more, at="adapters.slack")


def test_scopes_are_those_of_the_methods_called_and_the_events_heard() -> None:
    """Every method has a scope that it needs, every event its own, and no scope is there for nothing."""
    called = methods()
    assert {"chat.postMessage", "chat.update", "files.info", "users.info", "conversations.open"} <= called
    needed = {name: set(METHODS[name][0].split("|")) for name in called if METHODS[name][0]}
    assert {name: scopes for name, scopes in needed.items() if not scopes & manifest.SCOPES.keys()} == {}
    assert {manifest.EVENTS.count(event) for event in HEARD.values()} == {1}
    for scope in manifest.SCOPES.keys() - HEARD.keys() - {"commands"}:
        assert any(scope in scopes for scopes in needed.values()), f"nothing needs {scope}"
    assert all(manifest.SCOPES.values())


@BOTH
def test_it_keeps_to_slacks_limits(mode: str) -> None:
    """Names, descriptions and hints are as long as Slack takes them, and the lists as full."""
    made = manifest.manifest(mode, URL)
    shown, features = made["display_information"], made["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert {name for name, _, _ in manifest.COMMANDS} == {"/imagine", "/limner"}
    for one in features["slash_commands"]:
        assert one["command"].startswith("/")
        assert 0 < len(one["command"]) <= 32
        assert 0 < len(one["description"]) <= 2_000
        assert 0 < len(one["usage_hint"]) <= 1_000
    assert len(features["shortcuts"]) <= 10
    assert len({one["callback_id"] for one in features["shortcuts"]}) == len(features["shortcuts"])
    for one in features["shortcuts"]:
        assert one["type"] in ("global", "message")
        assert 0 < len(one["name"]) <= 24
        assert 0 < len(one["description"]) <= 150


def test_only_http_names_addresses() -> None:
    """By Socket Mode nobody is called; by HTTP commands, events and buttons all come to one address."""
    by_socket, by_http = manifest.manifest(), manifest.manifest("http", URL)
    assert by_socket["settings"]["socket_mode_enabled"]
    assert list(urls(by_socket)) == []
    assert not by_http["settings"]["socket_mode_enabled"]
    assert set(urls(by_http)) == {URL}
    assert len(list(urls(by_http))) == len(manifest.COMMANDS) + 2


def test_the_file_follows_the_table() -> None:
    """Mode and path come from the settings; of other things in the table, a token above all, nothing gets in."""
    [(name, text)] = manifest.first_files({"mode": "http", "path": "/hook", "bot_token": "xoxb-secret"}).items()
    assert name == "slack-manifest.json"
    assert set(urls(json.loads(text))) == {"https://limner.example.com/hook"}
    assert "secret" not in text
    assert set(urls(json.loads(manifest.first_files({"mode": "http"})[name]))) == {URL}
    assert json.loads(manifest.first_files({})[name]) == manifest.manifest()


def test_first_steps_are_those_of_the_mode() -> None:
    """Socket Mode needs an app-level token, HTTP the signing secret and an address; without settings both are named."""
    by_socket = "\n".join(manifest.first_steps(settings()))
    assert "SLACK_APP_TOKEN" in by_socket
    assert "SIGNING" not in by_socket
    assert f"{manifest.APPS}, Create New App, From a manifest" in by_socket
    by_http = "\n".join(manifest.first_steps(settings(mode="http")))
    assert "SLACK_SIGNING_SECRET" in by_http
    assert "APP_TOKEN" not in by_http
    assert manifest.PUBLIC in by_http
    unset = "\n".join(manifest.first_steps(None))
    assert "SLACK_APP_TOKEN" in unset
    assert "SLACK_SIGNING_SECRET" in unset
    assert manifest.GOV_APPS in manifest.first_steps(settings(api_base_url="https://slack-gov.com/api/"))[0]


def test_init_writes_and_names_it(tmp_path: Path) -> None:
    """`limner init slack` puts the manifest beside limner.toml, and never replaces one that is there unless forced."""
    made = tmp_path / "slack-manifest.json"
    done = limner(tmp_path / "home", "init", "slack", env={"LIMNER_ADAPTERS__SLACK__MODE": "http"}, cwd=tmp_path)
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0, done.stderr
    assert lines[1] == "Wrote slack-manifest.json, for a step below."
    assert [line.split(".")[0] for line in lines[2:]] == [str(number + 1) for number in range(len(lines) - 2)]
    assert "paste slack-manifest.json" in lines[2]
    assert "limner doctor slack --live" in lines[-2]
    assert json.loads(made.read_text()) == manifest.manifest("http", URL)
    (tmp_path / "limner.toml").unlink()
    made.write_text("mine")
    kept = CliRunner().invoke(main, ["init", "slack", str(tmp_path)])
    assert f"Kept {made} as it was" in kept.stdout
    assert made.read_text() == "mine"
    CliRunner().invoke(main, ["init", "--force", "slack", str(tmp_path)])
    assert json.loads(made.read_text()) == manifest.manifest()


def test_it_needs_no_slack_bolt() -> None:
    """Neither the adapter's class nor its manifest imports slack-bolt, which takes a while."""
    script = (
        "import sys; from adapters.slack.adapter import Slack; Slack.first_steps(None); Slack.first_files({});"
        "print({'slack_bolt', 'slack_sdk', 'aiohttp'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "set()\n"
