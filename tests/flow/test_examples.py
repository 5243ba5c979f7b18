"""The sample plugins under examples/: installed as a stranger's packages are, and used in real processes."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.helpers.terminal import LIMNER, PATIENCE_S, environment, limner

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Both packages in a folder of their own; its PYTHONPATH."""
    folder = tmp_path_factory.mktemp("installed")
    sources = folder / "sources"
    shutil.copytree(EXAMPLES, sources)
    packages = [str(path.parent) for path in sources.glob("*/pyproject.toml")]
    assert len(packages) == 2
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--disable-pip-version-check", "--target", str(folder / "site"), *packages], check=True)
    return os.pathsep.join(filter(None, [str(folder / "site"), os.environ.get("PYTHONPATH")]))


def test_they_import_bot_and_nothing_else_of_ours() -> None:
    """A plugin's author needs `bot` alone: neither its modules nor tools nor adapters."""
    for source in EXAMPLES.glob("*/*/*.py"):
        for line in source.read_text().splitlines():
            if line.startswith(("from ", "import ")):
                assert line.split()[1].split(".")[0] not in {"tools", "adapters"}
                assert not line.startswith("from bot."), line


def test_they_are_listed(tmp_path: Path, installed: str) -> None:
    """Both are plugins like the built-in ones."""
    listed = limner(tmp_path / "home", "plugins", env={"PYTHONPATH": installed}).stdout.decode()
    rows = [line.split() for line in listed.splitlines()]
    assert ["tools", "dice", "limner-dice", "limner_dice:Dice"] in rows
    assert ["adapters", "mailbox", "limner-mailbox", "limner_mailbox:Mailbox"] in rows


def test_a_letter_is_answered_with_a_picture(tmp_path: Path, installed: str) -> None:
    """`limner serve` with the mailbox: a letter moved into the folder gets a picture and words beside it."""
    folder = tmp_path / "letters"
    (tmp_path / "limner.toml").write_text(f"[adapters.mailbox]\nfolder = '{folder}'\nlook_every_s = 0.05\n")
    env = environment(tmp_path / "home", PYTHONPATH=installed)
    with subprocess.Popen([LIMNER, "serve"], stderr=subprocess.PIPE, env=env, cwd=tmp_path) as service:
        assert service.stderr is not None
        assert b"Limner serves mailbox." in service.stderr.readline()
        for name, text in {"cat": "a red cat", "nothing": " "}.items():
            (folder / f"{name}.letter").write_text(text)
            (folder / f"{name}.letter").rename(folder / f"{name}.txt")
        wait_for(folder / "cat.answer", service)
        wait_for(folder / "nothing.taken", service)
        service.send_signal(signal.SIGTERM)
        assert service.wait(PATIENCE_S) == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "cat-1.png",
        "cat.answer",
        "cat.taken",
        "nothing.answer",
        "nothing.taken",
    ]
    assert "Painted from: " in (folder / "cat.answer").read_text()
    assert (folder / "nothing.answer").read_text().startswith("The message is empty.")
    with Image.open(folder / "cat-1.png") as image:
        assert image.size == (64, 64)


def test_the_guide_shows_code_that_runs() -> None:
    """docs/plugins.md shows the mailbox's stage as tests/contract/test_adapter_contract.py runs it."""
    guide = (EXAMPLES.parent / "docs" / "plugins.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"```python\n(.+?)```", guide, re.DOTALL)
    run = (EXAMPLES / "limner_mailbox" / "test_mailbox.py").read_text(encoding="utf-8")
    assert _lines(shown) in _lines(run)


def _lines(code: str) -> str:
    """Code as its lines, wherever they are indented: what stands in a guide is formatted by itself."""
    return "\n".join(line.strip() for line in code.splitlines() if line.strip())


ROLL = """
import asyncio, pathlib, sys
from bot import Message
from bot.app import open_app, working
from bot.settings import load
from bot.testing import PaperPlatform, ScriptedModel, calls

async def main():
    paper = PaperPlatform(pathlib.Path("posts"))
    llm = ScriptedModel(script=[calls("dice", sides=6, count=3)])
    async with open_app(load(), {"paper": paper}, llm=llm) as app, working(app):
        await app.inbox.accept(Message("paper", "1", "ann", "roll three dice"))
        while not paper.posts():
            app.inbox.changed.clear()
            await app.inbox.changed.wait()
    print(paper.posts()[0]["text"])

asyncio.run(main())
"""


def test_dice_are_rolled_by_the_assistant(tmp_path: Path, installed: str) -> None:
    """With [tools.dice] in the settings the assistant may call the tool, and its words are the answer."""
    (tmp_path / "limner.toml").write_text("[tools.dice]\n")
    done = subprocess.run(
        [sys.executable, "-c", ROLL],
        capture_output=True,
        text=True,
        env=environment(tmp_path / "home", PYTHONPATH=installed),
        cwd=tmp_path,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.strip().removeprefix("The dice show ").removesuffix(".").split(", ")
    assert len(said) == 3
    assert all(1 <= int(number) <= 6 for number in said)


def wait_for(path: Path, service: subprocess.Popen[bytes]) -> None:
    """Look until the file is there; a folder tells nobody."""
    while not path.exists():
        assert service.poll() is None
        with pytest.raises(subprocess.TimeoutExpired):
            service.wait(0.05)
