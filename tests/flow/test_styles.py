"""A team's own styles and house rules reach the picture, and a file that is wrong stops every command that paints."""

import json
from pathlib import Path

import pytest

from tests.helpers.terminal import limner, one_line

OURS = 'title = { en = "Our way", zh = "我们的" }\n[phrases]\nplain = "in our own way"\n'
PACK = """kind = "pack"
title = { en = "House" }
when = { en = "All." }
style = "ours"
note = { en = "Mind the step." }
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "limner.toml").write_text('style_folders = ["styles"]\npack = "house"\n')
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "ours.toml").write_text(OURS, encoding="utf-8")
    (tmp_path / "styles" / "house.toml").write_text(PACK, encoding="utf-8")
    return tmp_path / "home"


def test_house_rules_reach_the_picture(home: Path) -> None:
    """Without a wish the pack's style is painted in, and its sentence goes with the picture."""
    told = json.loads(limner(home, "imagine", "a red car", "--json").stdout)
    assert told["prompt"] == "a red car, in our own way, soft light, simple composition"
    assert told["notes"][-1] == "Mind the step."


@pytest.mark.proof
def test_a_wish_outweighs_the_house(home: Path) -> None:
    """A style of the command line is painted in instead; a pack may stand there too."""
    told = json.loads(limner(home, "imagine", "a red car", "--style", "油画", "--json").stdout)
    assert "oil painting" in told["prompt"]
    assert told["notes"][-1] == "Mind the step."
    told = json.loads(limner(home, "imagine", "a red car", "--style", "medicine", "--json").stdout)
    assert "not a diagnosis" in told["notes"][-1]


@pytest.mark.parametrize(
    "command", [["imagine", "a red car"], ["chat"], ["serve"], ["prompt", "a red car"], ["styles"]]
)
def test_a_bad_file_stops_the_start(home: Path, command: list[str]) -> None:
    """One line with file, line and reason, before anything is painted or served."""
    (home.parent / "styles" / "ours.toml").write_text(f"{OURS}tgas = 'x'\n", encoding="utf-8")
    done = limner(home, *command)
    assert done.returncode == 1
    assert one_line(done) == (
        "Style file styles/ours.toml, line 4: there is no key 'phrases.tgas'. Did you mean 'tags'?"
    )
