"""`limner styles` lists styles and packs in both languages, paints them on a sheet, and names a file that is wrong."""

import json
from pathlib import Path

import pytest
from PIL import Image

from bot.style import GROUPS, load_library
from tests.helpers.terminal import limner, one_line

TITLE = 'title = { en = "Ours", zh = "我们的" }\n'
OURS = f'{TITLE}[phrases]\nplain = "in our own way"\n'
LIBRARY = load_library()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "styles").mkdir()
    (tmp_path / "limner.toml").write_text('style_folders = ["styles"]\npack = "education"\n')
    (tmp_path / "styles" / "ours.toml").write_text(OURS, encoding="utf-8")
    return tmp_path / "home"


def test_the_list_is_grouped_and_in_both_languages(home: Path) -> None:
    """Each group is named once, each style has a line with its titles and phrase, each pack says what it is for."""
    lines = limner(home, "styles").stdout.decode().splitlines()
    for group in GROUPS.values():
        assert sum(line.startswith(f"{group['en']} · {group['zh']}") for line in lines) == 1
    for style in LIBRARY.styles.values():
        assert any(
            f"{style.title['en']} · {style.title['zh']}" in line and style.phrases.plain in line for line in lines
        )
    assert any("Ours · 我们的" in line and "in our own way" in line for line in lines)
    assert any(line.startswith("education (on)") and "课件" in line for line in lines)
    assert len(lines) == 1 + len(LIBRARY.styles) + 1 + 1 + 1 + len(LIBRARY.packs)


def test_json_has_the_whole_files(home: Path) -> None:
    """Styles and packs as they stand in their files, and which pack is on."""
    listed = json.loads(limner(home, "styles", "--json").stdout)
    assert [style["name"] for style in listed["styles"]] == [*LIBRARY.styles, "ours"]
    assert listed["styles"][-1]["phrases"]["plain"] == "in our own way"
    assert listed["pack"] == "education"
    assert {pack["name"]: pack["note"] for pack in listed["packs"]}["medicine"]["zh"].startswith("仅为示意图")


def test_loras_are_listed_below(home: Path) -> None:
    """Each LoRA of the settings has a line with its weight, its family and its words; --json has its whole table."""
    with (home.parent / "limner.toml").open("a", encoding="utf-8") as settings:
        settings.write('[loras.mascot]\nfile = "a/b"\nweight = 0.8\nfamily = "sdxl"\nwords = "our fox"\n')
    lines = limner(home, "styles").stdout.decode().splitlines()
    assert lines[-2].split() == "LoRA weight for title what it adds to the prompt".split()
    assert lines[-1].split() == ["mascot", "0.8", "sdxl", "our", "fox"]
    [listed] = json.loads(limner(home, "styles", "--json").stdout)["loras"]
    assert listed == {"name": "mascot", "file": "a/b", "weight": 0.8, "family": "sdxl", "words": "our fox", "title": ""}


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("= 1", "line 1, column 1: invalid statement. Correct that line of TOML."),
        (OURS + 'tgas = "x"\n', "line 4: there is no key 'phrases.tgas'. Did you mean 'tags'?"),
        (OURS.replace('"Ours"', "1"), "line 1: 'title.en' is not right: input should be a valid string."),
        (OURS.replace(TITLE, ""), ": 'title' is missing."),
        (OURS.replace("Ours", "neon"), "line 1: 'neon' is a name of "),
    ],
)
def test_a_bad_file_is_one_line(home: Path, file: str, said: str) -> None:
    """Exit code 1 and one line that names file, line and reason."""
    (home.parent / "styles" / "ours.toml").write_text(file, encoding="utf-8")
    done = limner(home, "styles")
    assert done.returncode == 1
    line = one_line(done)
    assert line.startswith("Style file styles/ours.toml")
    assert said in line


@pytest.mark.proof
def test_a_sheet_is_painted(home: Path) -> None:
    """The words go through the whole chain in every style, and what it came to is printed as JSON."""
    done = limner(home, "styles", "a", "red", "car", "--sheet", "sheet.png", "--seed", "3", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["words"], told["seed"], told["left_out"], told["failed"]) == ("a red car", 3, [], {})
    assert told["styles"] == [*LIBRARY.styles, "ours"]
    total = len(told["styles"])
    assert f"{total} of {total}: " in done.stderr.decode()
    with Image.open(home.parent / "sheet.png") as image:
        assert told["sheet"] == str(home.parent / "sheet.png")
        assert image.info["parameters"].startswith("a red car (contact sheet")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a cat"], "Words are for a contact sheet. Add --sheet FILE, or leave them out."),
        (["--sheet", "sheet.jpg"], "--sheet sheet.jpg: a sheet is a PNG file. Name it sheet.png."),
        (["--sheet", "nowhere/sheet.png"], "--sheet nowhere/sheet.png can't be written: No such file or directory."),
        (["--sheet", "x.png", "--seed", "-1"], "Invalid value for '--seed'"),
    ],
)
def test_wrong_usage_is_one_line(home: Path, arguments: list[str], said: str) -> None:
    """What can't be is told before anything is painted, with exit code 2."""
    done = limner(home, "styles", *arguments)
    assert done.returncode == 2
    assert said in one_line(done)


def test_a_sheet_that_is_a_folder_is_refused(home: Path) -> None:
    """A folder by a PNG's name is none."""
    (home.parent / "x.png").mkdir()
    assert "--sheet x.png is a folder. Name a file in it." in one_line(limner(home, "styles", "--sheet", "x.png"))
