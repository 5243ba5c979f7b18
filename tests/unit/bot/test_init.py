"""`limner init`: a settings file that holds what the code holds, valid as it is and with everything switched on."""

import re
import stat
import tomllib
from pathlib import Path
from typing import Annotated, Literal

import pytest
from click.testing import CliRunner
from pydantic import BaseModel, Field, SecretStr

from bot import plugins, starter
from bot.cli import main
from bot.errors import SettingsError
from bot.settings import PluginTables, Settings, check, load
from tests.helpers.sick import package
from tests.helpers.terminal import limner, one_line

SETTING = re.compile(r"^#(?=[\w\[])", re.MULTILINE)
ODD = """
from pathlib import Path
from typing import Literal
from pydantic import BaseModel, Field, SecretStr

class Thing:
    class Settings(BaseModel, extra="forbid"):
        token: SecretStr = Field(description="Needed; a quote \\" and a backslash \\\\ and 画.")
        shape: Literal["round", "square"] | None = Field(None, description="A shape.")
        many: dict[str, int] = Field({"a b": 1}, description="A table.")
        names: tuple[str, ...] = Field(("x", 'y"z'), description="A list.")
        level: float | None = Field(None, ge=2, description="A number.")
        folder: Path = Field(Path("here"), description="A folder.")
        on: bool = Field(False, description="A switch.")
"""
POINTS = "[limner.adapters]\nodd = odd:Thing\nbroken = no_such_module:Thing\n"


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed adapter with settings of all kinds, and a broken one."""
    monkeypatch.syspath_prepend(package(tmp_path / "site", "odd", ODD, entry_points=POINTS))


def uncommented(text: str) -> str:
    return SETTING.sub("", text)


def init(folder: Path, *arguments: str) -> str:
    """Run it in a folder; what it prints."""
    done = limner(folder / "home", "init", *arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    return done.stdout.decode()


def test_the_file_as_written_changes_nothing(tmp_path: Path) -> None:
    """With everything commented out the settings are the defaults."""
    printed = init(tmp_path)
    assert tomllib.loads((tmp_path / "limner.toml").read_text()) == {}
    assert load(tmp_path / "limner.toml", {}) == load(None, {})
    lines = printed.splitlines()
    assert lines[0].startswith("Wrote limner.toml")
    assert [line[:2] for line in lines[1:]] == ["1.", "2.", "3."]
    assert "limner doctor" in lines[2]
    assert "limner serve" in lines[3]
    assert not (tmp_path / "home").exists()


def test_everything_uncommented_is_valid(tmp_path: Path) -> None:
    """With everything switched on, Limner's own settings and each plugin's table are right, and at their defaults."""
    path = tmp_path / "all.toml"
    path.write_text(uncommented(starter.text()))
    values = tomllib.loads(path.read_text())
    plain = {name for name, field in Settings.model_fields.items() if field.annotation != PluginTables}
    assert values.keys() >= plain
    settings = load(path, {})
    assert settings.model_dump(include=plain) == load(None, {}).model_dump(include=plain)
    for group in ("engines", "adapters", "tools"):
        for name, table in values.get(group, {}).items():
            model = plugins.load(group, name).Settings
            assert table.keys() == model.model_fields.keys()
            checked = check(model, table, at=f"{group}.{name}")
            for key, field in model.model_fields.items():
                if not field.is_required() and field.get_default(call_default_factory=True) is not None:
                    assert getattr(checked, key) == field.get_default(call_default_factory=True), key
    assert values["engines"].keys() >= {"local", "remote"}
    assert "paper" not in values["engines"]


def test_every_setting_has_its_description() -> None:
    """Each line stands under what docs/settings.md says of it."""
    text = " ".join(line.removeprefix("# ") for line in starter.text().splitlines() if line.startswith("# "))
    for name, field in Settings.model_fields.items():
        if field.annotation != PluginTables:
            assert field.description in text, name


@pytest.mark.usefixtures("odd")
def test_settings_of_all_kinds() -> None:
    """Secrets, choices, tables, lists, paths and numbers without a default are written so that they can be read."""
    text = starter.text(["odd"])
    table = tomllib.loads(uncommented(text))["adapters"]["odd"]
    settings = check(plugins.load("adapters", "odd").Settings, table)
    assert settings.many == {"a b": 1}
    assert settings.names == ("x", 'y"z')
    assert (settings.level, settings.folder, settings.on, settings.shape) == (2, Path("here"), False, "round")
    assert "No default: it must be set." in text
    assert starter.needed(["odd"]) == ["adapters.odd.token"]
    assert "[adapters.broken] can't be used" in text


@pytest.mark.usefixtures("odd")
def test_an_adapter_is_switched_on() -> None:
    """A named adapter's table is there, the others' are not."""
    assert tomllib.loads(starter.text(["odd"])) == {"adapters": {"odd": {}}}


def test_the_web_chat_is_switched_on(tmp_path: Path) -> None:
    """`limner init web` is enough for `limner serve` to run the web chat."""
    printed = init(tmp_path, "web")
    assert load(tmp_path / "limner.toml", {}).adapters == {"web": {}}
    assert "starts it with web" in printed


def test_an_adapter_that_is_not_installed(tmp_path: Path) -> None:
    """A platform without its package is one clear line, and no file is written."""
    done = limner(tmp_path / "home", "init", "smokesignals", cwd=tmp_path)
    assert done.returncode == 1
    line = one_line(done)
    assert "There is no adapter 'smokesignals' here, only " in line
    assert "web" in line
    assert not (tmp_path / "limner.toml").exists()


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    """What somebody wrote is replaced only with --force."""
    path = tmp_path / "limner.toml"
    path.write_text('model = "mine"\n')
    done = limner(tmp_path / "home", "init", cwd=tmp_path)
    assert done.returncode == 1
    assert "--force replaces it" in one_line(done)
    assert path.read_text() == 'model = "mine"\n'
    init(tmp_path, "--force")
    assert tomllib.loads(path.read_text()) == {}
    assert sorted(file.name for file in tmp_path.iterdir()) == ["limner.toml"]


def test_a_link_that_leads_nowhere_is_kept(tmp_path: Path) -> None:
    """A dangling link counts as a file that is there."""
    (tmp_path / "limner.toml").symlink_to(tmp_path / "elsewhere.toml")
    with pytest.raises(SettingsError, match="kept as it is"):
        starter.write(tmp_path / "limner.toml", "x", force=False)


@pytest.mark.parametrize("given", ["here/my.toml", "here/", "./here"])
def test_where_it_is_written(tmp_path: Path, given: str) -> None:
    """PATH is a file or a folder, and the next steps name it."""
    (tmp_path / "here").mkdir()
    printed = init(tmp_path, given)
    [path] = (tmp_path / "here").iterdir()
    assert path.name == ("my.toml" if given.endswith("my.toml") else "limner.toml")
    assert f"limner --config here/{path.name} doctor" in printed


def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    """The file may come to hold tokens."""
    for force in (False, True):
        starter.write(tmp_path / "limner.toml", "", force=force)
        assert stat.S_IMODE((tmp_path / "limner.toml").stat().st_mode) == 0o600


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """It is told in one line which file can't be written."""
    done = limner(tmp_path / "home", "init", "no/such/folder.toml", cwd=tmp_path)
    assert done.returncode == 1
    assert "no/such/folder.toml can't be written: No such file or directory" in one_line(done)


def test_one_file_at_a_time() -> None:
    """Two paths are wrong usage."""
    done = CliRunner().invoke(main, ["init", "a.toml", "b.toml"])
    assert done.exit_code == 2
    assert "One file at a time" in done.output


def test_bounds_and_choices_are_told() -> None:
    """What a value may be stands in the comment above it."""

    class Some(BaseModel):
        few: Annotated[int, Field(ge=1, le=3, description="A few.")] = 2
        kind: Literal["a", "b"] = Field("a", description="A kind.")
        key: SecretStr = Field(SecretStr(""), description="A key.")

    lines = "\n".join(starter.settings_lines(Some))
    assert "# A few. 1 to 3.\n#few = 2" in lines
    assert '# A kind. One of a, b.\n#kind = "a"' in lines
    assert '# A key.\n#key = ""' in lines
