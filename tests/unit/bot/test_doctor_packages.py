"""The doctor on Python and its packages: too old, missing, and in each other's way."""

from pathlib import Path

import pytest

from bot.doctor import packages
from bot.doctor.finding import Level
from tests.helpers.sick import case, other_limner, package


async def test_what_this_environment_has_is_enough(tmp_path: Path) -> None:
    """Where Limner's own requirements are met, there is nothing to do."""
    python = await packages.look_at_python(case(tmp_path))
    found = await packages.look_at_packages(case(tmp_path))
    shadows = await packages.look_for_shadows(case(tmp_path))
    assert python.level is found.level is shadows.level is Level.OK
    assert "none too old" in found.found


async def test_a_python_that_is_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Limner that wants a newer Python says which."""
    monkeypatch.syspath_prepend(other_limner(tmp_path / "site", python=">=3.99"))
    found = await packages.look_at_python(case(tmp_path))
    assert found.level is Level.PROBLEM
    assert "Limner needs >=3.99" in found.found
    assert "Make an environment" in found.remedy


@pytest.mark.parametrize(
    ("wanted", "words"),
    [("click>=99", "and Limner needs >=99"), ("limner-brush>=2", "limner-brush is missing")],
    ids=["too old", "missing"],
)
async def test_a_package_that_limner_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str, words: str
) -> None:
    """A package that is too old or missing comes with the line that installs it."""
    monkeypatch.syspath_prepend(other_limner(tmp_path / "site", click=wanted))
    found = await packages.look_at_packages(case(tmp_path))
    assert found.level is Level.PROBLEM
    assert words in found.found
    assert found.remedy == f"pip install --upgrade '{wanted}'"


async def test_a_package_that_a_package_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What only another package misses may do no harm: a warning, which names who needs it."""
    site = other_limner(tmp_path / "site", click="limner-brush>=1")
    package(site, "limner_brush", metadata="Requires-Dist: limner-bristle==3\nRequires-Dist: no-such; extra == 'x'\n")
    monkeypatch.syspath_prepend(site)
    found = await packages.look_at_packages(case(tmp_path))
    assert found.level is Level.WARNING
    assert found.found == "limner-bristle is missing (limner-brush needs it)"
    assert found.remedy == "pip install --upgrade 'limner-bristle==3'"


async def test_a_package_with_our_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another distribution that brings a top-level 'tools' is named, with the way out."""
    monkeypatch.syspath_prepend(package(tmp_path / "site", "toolbox", top_level="tools\n"))
    found = await packages.look_for_shadows(case(tmp_path))
    assert found.level is Level.PROBLEM
    assert found.found == "the package 'toolbox' brings a 'tools' of its own"
    assert "pip uninstall toolbox" in found.remedy


@pytest.mark.parametrize("name", ["bot", "tools", "adapters"])
async def test_a_folder_with_our_names(tmp_path: Path, name: str) -> None:
    """A ./bot in the folder where one stands is a warning: `limner` is not misled, `python -m` is."""
    (tmp_path / name).mkdir()
    found = await packages.look_for_shadows(case(tmp_path))
    assert found.level is Level.WARNING
    assert found.found == f"there is a ./{name} in this folder"
    assert "python -P" in found.remedy


async def test_a_module_with_our_names(tmp_path: Path) -> None:
    """A ./tools.py misleads as much as a folder."""
    (tmp_path / "tools.py").touch()
    assert "./tools" in (await packages.look_for_shadows(case(tmp_path))).found
