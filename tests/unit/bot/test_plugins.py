"""Plugins are found without being imported, loaded by name, and say plainly what is wrong with them."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import plugins
from bot.errors import PluginError, SettingsError
from bot.testing import PaperEngine

POINTS = """[limner.tools]
good = "sample_plugin:Good"
plain = "sample_plugin:Plain"
moody = "sample_plugin:Moody"
nameless = "sample_plugin:Missing"
broken = "sample_broken:Tool"
gone = "sample_gone:Tool"
"""
CODE = """
from pydantic import BaseModel
from bot import RequestError

class Good:
    class Settings(BaseModel):
        model_config = {"extra": "forbid"}
        size_px: int = 8
    def __init__(self, settings, home=None):
        self.size_px, self.home = settings.size_px, home

class Plain:
    pass

class Moody:
    def __init__(self):
        raise KeyError("mood")
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package with plugins, installed as pip would: modules and metadata on the path."""
    (tmp_path / "sample_plugin.py").write_text(CODE)
    (tmp_path / "sample_broken.py").write_text("import json\nraise RuntimeError('no licence')\n")
    info = tmp_path / "sample_plugin-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: sample-plugin\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(POINTS.replace('"', ""))
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    yield
    sys.modules.pop("sample_plugin", None)


def test_what_is_built_in_comes_through_the_same_door() -> None:
    """Limner's own tools, adapters, engines, styles and commands are entry points of its own package."""
    names = {
        group: {p.name for p in plugins.available(group).values() if p.package == "limner"} for group in plugins.GROUPS
    }
    assert names["tools"] >= {"imagine"}
    assert names["adapters"] >= {"terminal"}
    assert names["engines"] >= {"local", "remote", "paper"}
    assert names["styles"] >= {"builtin"}
    assert names["commands"] >= {"imagine", "chat", "serve", "prompt", "gallery", "plugins"}


@pytest.mark.usefixtures("installed")
def test_plugins_are_listed_without_being_imported() -> None:
    """A listing names plugin, package and target, sorted, and imports none of them."""
    listed = plugins.available("tools")
    assert list(listed) == sorted(listed)
    assert listed["good"] == plugins.Plugin("tools", "good", "sample-plugin", "sample_plugin:Good")
    assert "sample_plugin" not in sys.modules
    assert "sample_broken" not in sys.modules


@pytest.mark.usefixtures("installed")
def test_a_plugin_is_made_with_its_checked_settings() -> None:
    """A factory with a `Settings` class is called with an instance of it, and with what the app gives."""
    made = plugins.make("tools", "good", {"size_px": "12"}, home="here")
    assert (made.size_px, made.home) == (12, "here")
    assert type(plugins.make("tools", "plain", {})).__name__ == "Plain"


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("good", {"size_px": "wide"}, "Setting 'tools.good.size_px' = 'wide' is not right"),
        ("good", {"sise_px": 1}, "There is no setting 'tools.good.sise_px'. Did you mean 'size_px'?"),
        ("plain", {"colour": "red"}, "There is no setting 'tools.plain.colour'"),
    ],
)
def test_wrong_settings_of_a_plugin_are_named(name: str, options: dict[str, object], said: str) -> None:
    """A wrong key or value in a plugin's table is named with the table, also where a plugin has no settings at all."""
    with pytest.raises(SettingsError) as raised:
        plugins.make("tools", name, options)
    assert said in str(raised.value)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("broken", "Plugin 'broken' (sample_broken:Tool) can't be loaded: RuntimeError: no licence."),
        ("gone", "Plugin 'gone' (sample_gone:Tool) can't be loaded: ModuleNotFoundError"),
        ("nameless", "Plugin 'nameless' (sample_plugin:Missing) can't be loaded: AttributeError"),
        ("moody", "Plugin 'moody' (sample_plugin:Moody) can't be loaded: KeyError: 'mood'."),
        ("nobody", "There is no plugin 'nobody' among tools ("),
    ],
)
def test_a_plugin_that_fails_stops_with_a_remedy(name: str, said: str) -> None:
    """A named plugin that can't be imported, made or found is one line with a remedy, and names itself."""
    with pytest.raises(PluginError) as raised:
        plugins.make("tools", name, {})
    assert str(raised.value).startswith(said)
    assert f"take tools.{name} out of the settings" in str(raised.value)
    assert raised.value.plugin == f"tools:{name}"
    assert "\n" not in str(raised.value)


def test_an_engine_is_made_as_the_app_makes_it(tmp_path: Path) -> None:
    """The paper engine takes its options from [engines.paper]."""
    engine = plugins.make("engines", "paper", {"step_s": 0.5}, home=tmp_path, model="sketch")
    assert isinstance(engine, PaperEngine)
    with pytest.raises(SettingsError, match=r"engines\.paper\.step_s"):
        plugins.make("engines", "paper", {"step_s": "slow"}, home=tmp_path, model="sketch")


def test_listing_is_light() -> None:
    """Listing all plugins imports neither torch nor langchain, openai, pydantic or sqlalchemy."""
    script = (
        "import sys; from bot import plugins; [plugins.available(group) for group in plugins.GROUPS];"
        "print({name.split('.')[0] for name in sys.modules} & "
        "{'torch', 'langchain', 'langchain_core', 'openai', 'diffusers', 'pydantic', 'sqlalchemy'} or 'light')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "light"
