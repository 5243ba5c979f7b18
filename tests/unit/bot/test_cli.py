"""The command line as such: help without heavy imports, plugins of strangers, errors as one line, exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import bot
from bot.cli import Session, main
from bot.errors import SettingsError
from tests.helpers.terminal import LIMNER, environment, limner, one_line

HEAVY = (
    "torch",
    "diffusers",
    "transformers",
    "langchain",
    "langchain_core",
    "openai",
    "pydantic",
    "sqlalchemy",
    "rich",
)
WHAT_WAS_IMPORTED = """
import sys
from bot.cli import main
try:
    main({arguments!r})
finally:
    print(sorted({{name.split('.')[0] for name in sys.modules}} & set({heavy!r})), file=sys.stderr)
"""


def install(folder: Path, name: str, source: str, group: str = "limner.commands", target: str = "command") -> str:
    """Put a package with one entry point into a folder, as an installer would; its PYTHONPATH."""
    (folder / f"{name}.py").write_text(source)
    metadata = folder / f"{name}-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[{group}]\n{name} = {name}:{target}\n")
    return str(folder)


@pytest.mark.parametrize("arguments", [["--help"], ["imagine", "--help"], ["gallery", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    """Help and version come without torch, LangChain, OpenAI, pydantic, SQLAlchemy and rich."""
    source = WHAT_WAS_IMPORTED.format(arguments=arguments, heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, env=environment(tmp_path), check=True
    )
    assert done.stderr == "[]\n"
    assert done.stdout != ""


def test_help_lists_every_command_with_a_line(tmp_path: Path) -> None:
    """All built-in commands stand in the help, each with words of its own."""
    done = limner(tmp_path / "home", "--help")
    listed = dict(line.split(maxsplit=1) for line in done.stdout.decode().split("Commands:\n")[1].splitlines())
    assert done.returncode == 0
    assert listed.keys() >= {"chat", "gallery", "imagine", "plugins", "prompt", "queue", "serve", "styles"}
    assert len(set(listed.values())) == len(listed)
    assert not (tmp_path / "home").exists()


def test_version() -> None:
    """The version is the package's."""
    assert CliRunner().invoke(main, ["--version"]).output == f"limner {bot.__version__}\n"


def test_a_strangers_command_is_a_command(tmp_path: Path) -> None:
    """A package with an entry point adds a sub-command, which gets the session."""
    source = (
        "import click\n@click.command()\n@click.argument('name')\n@click.pass_obj\n"
        "def command(session, name):\n    '''Greet somebody.'''\n    print('hello', name, session.home)\n"
    )
    env = {"PYTHONPATH": install(tmp_path, "greet", source)}
    assert b"  greet        Greet somebody.\n" in limner(tmp_path / "home", "--help", env=env).stdout
    assert limner(tmp_path / "home", "--home", "x", "greet", "you", env=env).stdout == b"hello you x\n"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import nothing_of_this_name\n", "ModuleNotFoundError: No module named 'nothing_of_this_name'"),
        ("raise RuntimeError('two\\nlines')\n", "RuntimeError: two lines"),
        ("command = 7\n", "is no command: its entry point names a int"),
    ],
)
def test_a_broken_command_is_one_line(tmp_path: Path, source: str, reason: str) -> None:
    """Help shows one line for a stranger's command that can't be loaded; calling it fails with that line."""
    env = {"PYTHONPATH": install(tmp_path, "broken", source)}
    helped = limner(tmp_path / "home", "--help", env=env)
    assert helped.returncode == 0
    assert len([line for line in helped.stdout.decode().splitlines() if "(broken)" in line]) == 1
    assert b"Paint a picture" in helped.stdout
    called = limner(tmp_path / "home", "broken", "--any", "thing", env=env)
    assert called.returncode == 1
    assert reason in one_line(called)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["nonsense"], "No such command 'nonsense'. See `limner --help`."),
        (["--nonsense"], "No such option '--nonsense'. See `limner --help`."),
        (["imagine", "--nonsense"], "No such option '--nonsense'. Did you mean '--seed'? See `limner imagine --help`."),
        (["gallery", "show"], "Missing argument 'ID'. See `limner gallery show --help`."),
        (["gallery", "list", "--limit", "many"], "Invalid value for '--limit': 'many' is not a valid integer range."),
    ],
)
def test_wrong_usage_is_one_line_and_2(arguments: list[str], expected: str) -> None:
    """What click finds wrong is said in one line that names the right help."""
    done = CliRunner().invoke(main, arguments, prog_name="limner")
    assert done.exit_code == 2
    assert done.stderr.startswith(f"limner: {expected}")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_no_command_shows_help_and_2() -> None:
    """`limner` alone can do nothing, but says what it could do."""
    done = CliRunner().invoke(main, [])
    assert done.exit_code == 2
    assert "imagine      Paint a picture" in done.stderr


UNEXPECTED = """
import asyncio, click
@click.command()
@click.pass_obj
def command(session):
    '''Fail.'''
    session.start()
    async def deep():
        async with asyncio.TaskGroup():
            raise ZeroDivisionError("by\\nnothing")
    asyncio.run(deep())
"""


def test_the_unexpected_is_one_line_that_names_the_log(tmp_path: Path) -> None:
    """A fault of ours exits 1 with one line; the traceback is in the log file that the line names."""
    env = {"PYTHONPATH": install(tmp_path, "fail", UNEXPECTED)}
    done = limner(tmp_path / "home", "fail", env=env)
    assert done.returncode == 1
    said = one_line(done)
    assert said.startswith("Something went wrong on my side: ZeroDivisionError: by nothing.")
    log = tmp_path / "home" / "limner.log"
    assert str(log) in said
    assert "Traceback" in log.read_text()


def test_verbose_shows_the_traceback(tmp_path: Path) -> None:
    """With -v the traceback is on standard error, before the line."""
    env = {"PYTHONPATH": install(tmp_path, "fail", UNEXPECTED)}
    done = limner(tmp_path / "home", "-v", "fail", env=env)
    assert done.returncode == 1
    assert b"Traceback" in done.stderr
    assert done.stderr.splitlines()[-1].startswith(b"limner: Something went wrong on my side")


def test_ctrl_c_is_130(tmp_path: Path) -> None:
    """A command that Ctrl-C ends exits 130, without words of its own."""
    source = "import click\n@click.command()\ndef command():\n    '''Stop.'''\n    raise KeyboardInterrupt\n"
    done = limner(tmp_path / "home", "stop", env={"PYTHONPATH": install(tmp_path, "stop", source)})
    assert done.returncode == 130
    assert done.stderr.strip() == b""


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("modle = 'x'\n", "There is no setting 'modle'. Did you mean 'model'?"),
        ("llm_call_limit = 0\n", "Setting 'llm_call_limit' = 0 is not right"),
        ("model = \n", "can't be read"),
    ],
)
def test_wrong_settings_are_one_line(tmp_path: Path, toml: str, words: str) -> None:
    """A wrong key, value or file is named, and nothing is started."""
    (tmp_path / "wrong.toml").write_text(toml)
    done = limner(tmp_path / "home", "--config", "wrong.toml", "queue")
    assert done.returncode == 1
    assert words in one_line(done)


def test_options_win_over_the_environment(tmp_path: Path) -> None:
    """--home names the home folder, whatever LIMNER_HOME says, and --config the file."""
    (tmp_path / "my.toml").write_text("turns_at_once = 3\n")
    done = limner(tmp_path / "other", "--home", "mine", "--config", "my.toml", "queue")
    assert done.returncode == 0
    assert (tmp_path / "mine" / "limner.db").is_file()
    assert not (tmp_path / "other").exists()


def test_a_home_that_is_no_folder_is_one_line(tmp_path: Path) -> None:
    """A home that can't be made is named, with what to do."""
    (tmp_path / "file").touch()
    done = limner(tmp_path / "file", "queue")
    assert done.returncode == 1
    assert "--home" in one_line(done)
    with pytest.raises(SettingsError, match="can't be used"):
        Session(home=tmp_path / "file" / "deeper").start()


def test_a_damaged_database_is_one_line(tmp_path: Path) -> None:
    """A database file with something else in it is said to be damaged, and is left as it is."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "limner.db").write_bytes(b"no database at all" * 100)
    done = limner(home, "gallery")
    assert done.returncode == 1
    assert "damaged" in one_line(done)
    assert (home / "limner.db").read_bytes() == b"no database at all" * 100


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    """`limner ... | head -1` prints one line and complains of nothing."""
    source = (
        "import click\n@click.command()\ndef command():\n    for number in range(100_000):\n"
        "        click.echo(f'line {number}')\n"
    )
    done = subprocess.run(
        ["bash", "-c", f"{LIMNER} talk | head -1"],
        capture_output=True,
        env=environment(tmp_path / "home", PYTHONPATH=install(tmp_path, "talk", source)),
        check=True,
    )
    assert (done.stdout, done.stderr) == (b"line 0\n", b"")


def test_plugins_come_from_metadata_alone(tmp_path: Path) -> None:
    """A package that can't even be imported is listed, in JSON with its package and target."""
    env = {"PYTHONPATH": install(tmp_path, "broken", "raise SystemExit(9)\n", "limner.tools", "Tool")}
    done = limner(tmp_path / "home", "plugins", "--json", env=env)
    listed = json.loads(done.stdout)
    assert listed.keys() == {"tools", "adapters", "engines", "styles", "commands"}
    assert {"group": "tools", "name": "broken", "package": "broken", "target": "broken:Tool"} in listed["tools"]
    assert "imagine" in {plugin["name"] for plugin in listed["commands"]}
    assert b"broken   broken" in limner(tmp_path / "home", "plugins", env=env).stdout
