"""`limner doctor` as a person meets it: a healthy machine, broken ones, its exit codes and its JSON."""

import signal
import socket
import subprocess
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict

from tests.helpers.sick import other_limner, program
from tests.helpers.terminal import LIMNER, PATIENCE_S, environment

ALWAYS = {"python", "packages", "shadows", "environment", "settings", "clock", "terminal"}
ALL = ALWAYS | {"home", "pictures", "disk", "database", "painter", "llm", "adapter web", "proxies"}


class Line(BaseModel):
    """One check, as docs/commands.md describes it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: str
    level: Literal["ok", "warning", "problem"]
    found: str
    remedy: str
    seconds: float


class Answer(BaseModel):
    """All that `--json` prints."""

    model_config = ConfigDict(extra="forbid", strict=True)

    ok: bool
    checks: list[Line]


def doctor(home: Path, *options: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run it in a folder of its own, without proxies and the like of the machine; the web chat at a free port."""
    env = {"LIMNER_ADAPTERS__WEB__PORT": "0", "PYTHONUTF8": "1", "HOME": str(home.parent)} | env
    kept = {
        name: value
        for name, value in environment(home, **env).items()
        if name in env or not name.lower().endswith("_proxy")
    }
    before = [option for option in options if option.startswith("--config")]
    after = [option for option in options if option not in before]
    return subprocess.run(
        [LIMNER, *before, "doctor", *after],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=kept,
        cwd=home.parent,
        timeout=4 * PATIENCE_S,
        check=False,
    )


def checks(done: subprocess.CompletedProcess[str]) -> dict[str, Line]:
    answer = Answer.model_validate_json(done.stdout)
    assert done.returncode == (0 if answer.ok else 1), done.stderr
    assert answer.ok is all(line.level != "problem" for line in answer.checks)
    assert all(bool(line.remedy) is (line.level != "ok") for line in answer.checks)
    names = [line.name for line in answer.checks]
    assert len(set(names)) == len(names)
    return {line.name: line for line in answer.checks}


@pytest.mark.painter
def test_a_healthy_machine(tmp_path: Path) -> None:
    """With its defaults Limner has no problem: a real picture is painted, the exit code is 0, and each line is told."""
    done = doctor(tmp_path / "home", "--paint", LIMNER_ENGINE="local", LIMNER_ENGINES__LOCAL__DEVICE="cpu")
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout + done.stderr
    assert not [line for line in lines if line.startswith("problem")]
    names = {line[8:21].strip() for line in lines[:-1]}
    assert names >= ALL | {"torch", "gpu", "model", "engine local"}
    assert any("sketch painted a picture in" in line for line in lines)
    assert lines[-1].startswith(f"{len(lines) - 1} checks: no problems, ")
    assert done.stderr == ""


@pytest.mark.proof
def test_a_machine_with_much_wrong(tmp_path: Path) -> None:
    """Each broken thing has its line and its remedy, none hides another, and the exit code and the JSON say so."""
    home = tmp_path / "home"
    home.write_text("not a folder")
    site = other_limner(tmp_path / "site", python=">=3.99", click="limner-brush>=2")
    (site / "tools").mkdir()
    (site / "tools" / "__init__.py").touch()
    (tmp_path / "adapters").mkdir()
    path = f"{program(tmp_path / 'bin', 'timedatectl', 'echo no')}:/usr/bin:/bin"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = doctor(
            home,
            "--json",
            PATH=path,
            PYTHONPATH=str(site),
            LIMNER_MODELL="x",
            LIMNER_LLM="openai:gpt",
            LIMNER_TOOLS__SPADE__SIZE="1",
            LIMNER_ADAPTERS__WEB__PORT=port,
            https_proxy="nonsense://",
        )
    found = checks(done)
    expected = {
        "python": "Make an environment",
        "packages": "pip install --upgrade 'limner-brush>=2'",
        "shadows": "Take that folder out of PYTHONPATH",
        "environment": "Did you mean LIMNER_MODEL?",
        "home": "LIMNER_HOME",
        "pictures": "LIMNER_HOME",
        "llm": "OPENAI_API_KEY",
        "tool spade": "Install the package that brings it",
        "adapter web": "adapters.web.port",
        "proxies": "Expected for example",
    }
    for name, remedy in expected.items():
        assert found[name].level == "problem", found[name]
        assert remedy in found[name].remedy
    assert found["clock"].level == "warning"
    assert "./adapters" in found["shadows"].found
    assert f"'tools' is taken from {site / 'tools'}, not from " in found["shadows"].found
    assert found.keys() >= ALL
    assert home.read_text() == "not a folder"


@pytest.mark.parametrize(
    ("text", "words", "remedy"),
    [
        ('modell = "sketch"', "There is no setting 'modell'", "Did you mean 'model'?"),
        ('model = "sketch', "limner.toml can't be read", "Correct that line of TOML"),
        ('openai_api_key = ["sk-hidden"]', "openai_api_key", "Key for llm"),
    ],
    ids=["wrong key", "no TOML", "secret"],
)
def test_settings_that_can_not_be_read(tmp_path: Path, text: str, words: str, remedy: str) -> None:
    """A wrong limner.toml is one line, secrets untold, and what does not depend on it is looked at all the same."""
    (tmp_path / "limner.toml").write_text(text)
    done = doctor(tmp_path / "home", "--json")
    found = checks(done)
    assert done.returncode == 1
    assert found["settings"].level == "problem"
    assert words in found["settings"].found
    assert remedy in found["settings"].remedy
    assert found.keys() == ALWAYS
    assert "sk-hidden" not in done.stdout + done.stderr


def test_a_settings_file_that_is_not_there(tmp_path: Path) -> None:
    """--config with a wrong path is told like any other problem."""
    found = checks(doctor(tmp_path / "home", f"--config={tmp_path / 'no.toml'}", "--json"))
    assert "There is no settings file" in found["settings"].found


def test_a_terminal_without_utf8(tmp_path: Path) -> None:
    """A terminal that can't show all words is a warning, and the doctor's own words reach it without a crash."""
    (tmp_path / "画").mkdir()
    done = doctor(tmp_path / "画" / "home", PYTHONUTF8="0", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0, done.stdout + done.stderr
    [line] = [line for line in done.stdout.splitlines() if line[8:].startswith("terminal")]
    assert line.startswith("warning terminal      its encoding is ")
    assert "PYTHONUTF8=1" in line


@pytest.mark.proof
def test_limner_itself_at_its_port(tmp_path: Path) -> None:
    """A doctor beside a `limner serve` finds the port in good hands."""
    home = tmp_path / "home"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    env = environment(home, LIMNER_ADAPTERS__WEB__PORT=port)
    serving = subprocess.Popen([LIMNER, "serve"], env=env, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    try:
        assert serving.stderr is not None
        assert any("web chat is at" in line for line in serving.stderr), "it ended before it served"
        found = checks(doctor(home, "--json", LIMNER_ADAPTERS__WEB__PORT=port))
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.communicate(timeout=PATIENCE_S)
    assert found["adapter web"].level == "ok"
    assert f"Limner serves at 127.0.0.1:{port} already" in found["adapter web"].found
    assert found["database"].level == "ok"
    assert "writable" in found["database"].found
