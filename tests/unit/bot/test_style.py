"""Style files are read with their names in several languages, and a wrong one is named."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.style import Style, find, load_styles, read_folder
from bot.styles import FOLDER

GOOD = """
words = ["aquarelle"]
avoid = "photo"
[title]
en = "Watercolour"
zh = "水彩"
[phrases]
plain = "watercolour painting"
tags = "watercolor (medium)"
"""


def folder(path: Path, **files: str) -> Path:
    for name, text in files.items():
        (path / f"{name}.toml").write_text(text, encoding="utf-8")
    return path


def test_the_built_in_styles_are_whole() -> None:
    """Every built-in style has a title in English and Chinese and a phrase for any dialect."""
    styles = load_styles()
    assert set(styles) >= {file.stem for file in FOLDER.glob("*.toml")}
    for style in styles.values():
        assert set(style.title) >= {"en", "zh"}
        assert style.phrase("a dialect that nobody knows")


def test_no_two_built_in_styles_share_a_name() -> None:
    """What a person calls a style means one of them."""
    styles = load_styles().values()
    names = [name.casefold() for style in styles for name in {style.name, *style.title.values(), *style.words}]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("wanted", ["water", "Watercolour", "WATERCOLOUR", " 水彩 ", "Aquarelle"])
def test_a_style_goes_by_all_its_names(tmp_path: Path, wanted: str) -> None:
    """A style is found by file name, titles and other words, in any case of letters."""
    styles = {style.name: style for style in read_folder(folder(tmp_path, water=GOOD))}
    found = find(styles, wanted)
    assert found is not None
    assert found.name == "water"
    assert find(styles, "wat") is None


def test_each_dialect_gets_its_phrase(tmp_path: Path) -> None:
    """A dialect's own phrase wins; others get the plain one; without it there is nothing to add."""
    [style] = read_folder(folder(tmp_path, water=GOOD))
    assert (style.phrase("tags"), style.phrase("natural")) == ("watercolor (medium)", "watercolour painting")
    assert Style(title={}, phrases={"tags": "x"}).phrase("natural") == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = = 1", "can't be read"),
        ("[title]\nen = 'X'\n", "'phrases': Field required"),
        (GOOD + "plane = 1\n", "'phrases.plane': Input should be a valid string"),
        ("colour = 1\n" + GOOD, "'colour': Extra inputs are not permitted"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    """A style file that is no TOML, or lacks or has too much, is named with the place."""
    with pytest.raises(SettingsError) as raised:
        list(read_folder(folder(tmp_path, bad=text)))
    assert said in str(raised.value)
    assert raised.value.key == str(tmp_path / "bad.toml")
    assert "\n" not in str(raised.value)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    """A style file that is not UTF-8 is named."""
    (tmp_path / "bad.toml").write_bytes("title = 'é'".encode("latin-1"))
    with pytest.raises(SettingsError, match="can't be read"):
        list(read_folder(tmp_path))
