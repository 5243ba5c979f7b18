"""Style and pack files go by names in several languages, and a wrong one is told with its line and reason."""

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import PluginError, SettingsError
from bot.style import GROUPS, Style, find, load_library, load_styles
from bot.styles import FOLDER

GOOD = """words = ["aqua"]
avoid = "photo"
[title]
en = "Washed"
zh = "洗过"
[phrases]
plain = "washed out painting"
tags = "washed (medium)"
"""
PACK = """kind = "pack"
title = { en = "Bakery", zh = "面包店" }
when = { en = "Pictures of bread." }
style = "oil"
aspect = "3:2"
[note]
en = "Not to be eaten."
"""


def folder(path: Path, **files: str) -> Path:
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        (path / f"{name}.toml").write_text(text, encoding="utf-8")
    return path


def refused(*folders: Path, pack: str = "") -> SettingsError:
    with pytest.raises(SettingsError) as raised:
        load_library(folders, pack)
    assert "\n" not in str(raised.value)
    return raised.value


def test_the_built_in_styles_are_whole() -> None:
    """Each file is a style with a title in English and Chinese and a phrase in every dialect, listed in a group."""
    styles = load_styles()
    assert set(styles) == {file.stem for file in FOLDER.glob("*.toml")}
    assert len(styles) >= 24
    for style in styles.values():
        assert set(style.title) == {"en", "zh"}
        assert all(style.phrases.model_dump().values()), style.name
        assert style.phrase("a dialect that nobody knows") == style.phrases.plain
        assert style.group != "own"


def test_the_built_in_packs_are_whole() -> None:
    """Eight fields of work have house rules in both languages, with examples; medicine says that it is no diagnosis."""
    packs = load_library().packs
    assert {*"advertising product education architecture medicine games film-effects support-desk".split()} <= set(
        packs
    )
    for pack in packs.values():
        assert set(pack.title) == set(pack.when) == {"en", "zh"}
        assert set(pack.note) in (set(), {"en", "zh"})
        assert len(pack.examples) >= 2
    assert "not a diagnosis" in packs["medicine"].note["en"]
    assert "不是诊断" in packs["medicine"].note["zh"]


def test_styles_come_by_group_and_then_by_title() -> None:
    """Photographs first, crafts last, and within a group by the English title."""
    places = [(list(GROUPS).index(style.group), style.title["en"].casefold()) for style in load_styles().values()]
    assert places == sorted(places)
    assert len({group for group, _ in places}) == len(GROUPS) - 1


@pytest.mark.parametrize("wanted", ["water", "Washed", "WASHED", " 洗过 ", "Aqua", "aqua  style", "洗过风格"])
def test_a_style_goes_by_all_its_names(tmp_path: Path, wanted: str) -> None:
    """A style is found by file name, titles and other words, in any case of letters, with or without 'style' behind."""
    styles = load_styles([folder(tmp_path, water=GOOD)])
    found = find(styles, wanted)
    assert found is not None
    assert found.name == "water"


@pytest.mark.parametrize("wanted", ["wat", "", "style", "风格", "washed out"])
def test_a_style_is_not_guessed(tmp_path: Path, wanted: str) -> None:
    """Part of a name, or more than one, is no name."""
    assert find(load_styles([folder(tmp_path, water=GOOD)]), wanted) is None


def test_each_dialect_gets_its_phrase(tmp_path: Path) -> None:
    """A dialect's own phrase wins; others get the plain one; without it there is nothing to add."""
    style = load_styles([folder(tmp_path, water=GOOD)])["water"]
    assert (style.phrase("tags"), style.phrase("natural")) == ("washed (medium)", "washed out painting")
    assert Style(title={"en": "x"}, phrases={"tags": "x"}).phrase("natural") == ""


def test_a_team_drops_in_its_own(tmp_path: Path) -> None:
    """Files of a named folder and of the folders in it join those that came with Limner, the team's own at the end."""
    (tmp_path / "ours").mkdir()
    folder(tmp_path / "ours" / "packs", bakery=PACK)
    library = load_library([folder(tmp_path / "ours", water=GOOD)], pack="面包店")
    assert list(library.styles)[-1] == "water"
    assert library.styles["water"].group == "own"
    assert library.house is library.packs["bakery"]
    assert library.packs["bakery"].note == {"en": "Not to be eaten."}
    assert set(load_library().styles) == set(library.styles) - {"water"}


def test_everything_that_a_file_may_say_is_kept(tmp_path: Path) -> None:
    """Aspect, LoRA and a title in one language only are taken as they stand, a byte order mark is passed over."""
    text = (
        '\ufefftitle = { de = "Skizze" }\naspect = "2:3"\nlora = { name = "a/b", weight = 0.5 }\nphrases.plain = "x"\n'
    )
    style = load_styles([folder(tmp_path, skizze=text)])["skizze"]
    assert (style.called("zh"), style.aspect) == ("Skizze", "2:3")
    assert style.lora is not None
    assert (style.lora.name, style.lora.weight, style.lora.family) == ("a/b", 0.5, "")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("title = = 1", 1, "invalid value. Correct that line of TOML."),
        (GOOD + 'plain = "again"\n', 9, "cannot overwrite a value"),
        ('a = "never closed\n', 1, "illegal character"),
        ("[title]\nen = 'X'\n", 0, "'phrases' is missing. What is added to a prompt, by dialect"),
        ("[phrases]\nplain = 'X'\n", 0, "'title' is missing. What people see, such as title = {"),
        (GOOD.replace('en = "Washed"\nzh = "洗过"\n', ""), 3, "'title' is not right: table should have at least 1"),
        (GOOD + "plane = 1\n", 9, "there is no key 'phrases.plane'. Did you mean 'plain'?"),
        (GOOD + 'aspect = "3:2"\n', 9, "there is no key 'phrases.aspect'. Move it up, above the line [phrases]."),
        ("avoids = 1\n" + GOOD, 1, "there is no key 'avoids'. Did you mean 'avoid'?"),
        ("zzz = 1\n" + GOOD, 1, "there is no key 'zzz'. There are: title, words, avoid, aspect, kind, group, phrases"),
        ("\n\n" + GOOD.replace('["aqua"]', '"aqua"'), 3, "'words' is not right: input should be a list"),
        (
            "# words\n" + GOOD.replace('["aqua"]', '["a", 1]'),
            2,
            "'words.1' is not right: input should be a valid string",
        ),
        (GOOD.replace('"Washed"', '" "'), 4, "'title.en' is not right: it is empty"),
        (GOOD.replace('en = "', 'English = "'), 4, "'title.English' is not right: a language is written like en or zh"),
        ('aspect = "wide"\n' + GOOD, 1, "'aspect' is not right: it is none of 1:1, 4:3, 3:4, 3:2, 2:3, 16:9, 9:16"),
        ('group = "food"\n' + GOOD, 1, "'group' is not right: input should be 'photo', 'painting'"),
        ("lora = { name = 'a', weight = 9 }\n" + GOOD, 1, "'lora.weight' is not right: input should be less than"),
        ("lora = { nam = 'a' }\n" + GOOD, 1, "there is no key 'lora.nam'. Did you mean 'name'?"),
        ("lora = { name = 'a', wight = 1 }\n" + GOOD, 1, "there is no key 'lora.wight'. Did you mean 'weight'?"),
        (
            GOOD.replace('"washed out painting"', '"""two\nlines"""'),
            7,
            "'phrases.plain' is not right: it is more than one line",
        ),
        (GOOD.replace("washed out", "x" * 300), 7, "'phrases.plain' is not right: string should have at most 300"),
        ('title.en = "X"\n[phrases]\n', 2, "'phrases' is not right: it says nothing in any dialect"),
        ('name = "other"\n' + GOOD, 1, "there is no key 'name'. Its name is that of the file, 'bad'."),
        ('kind = "packs"\n' + GOOD, 1, "'kind' is 'packs'. It is 'style', or 'pack' for house rules."),
        ("kind = ['style']\n" + GOOD, 1, "'kind' is ['style']"),
        (GOOD.replace('"Washed"', '"Ink Wash"'), 4, f"'Ink Wash' is a name of {FOLDER / 'ink.toml'} already"),
        (GOOD.replace("aqua", "WATERCOLOR"), 1, f"'WATERCOLOR' is a name of {FOLDER / 'watercolour.toml'} already"),
        (GOOD.replace("aqua", "medicine"), 1, f"'medicine' is a name of {FOLDER / 'packs' / 'medicine.toml'} already"),
        (PACK.replace("oil", "oils on board"), 4, "there is no style 'oils on board'. There are: "),
        (PACK.replace('"oil"', '"oill"'), 4, "there is no style 'oill'. Did you mean 'oil'?"),
        (PACK.replace("when", "wen"), 3, "there is no key 'wen'. Did you mean 'when'?"),
        (PACK.replace("when", "# when"), 0, "'when' is missing. In a sentence, what it is for."),
        (PACK + "[adds]\nlights = 'x'\n", 9, "there is no key 'adds.lights'. Did you mean 'light'?"),
    ],
)
def test_a_wrong_file_is_named_with_line_and_reason(tmp_path: Path, text: str, line: int, said: str) -> None:
    """Whatever is wrong in a file is one line: the file, the line where there is one, the reason and what to do."""
    error = refused(folder(tmp_path, bad=text))
    assert error.key == str(tmp_path / "bad.toml")
    where = f"Style file {tmp_path / 'bad.toml'}{f', line {line}' if line else ''}"
    assert str(error).startswith(where)
    assert said in str(error)


def test_a_file_that_is_named_like_a_style_is_refused(tmp_path: Path) -> None:
    """A team's file can't quietly take the place of one that came with Limner."""
    assert f"'ink' is a name of {FOLDER / 'ink.toml'} already" in str(refused(folder(tmp_path, ink=GOOD)))


@pytest.mark.parametrize("name", ["my style", "a.b", "-", "x" * 65])
def test_a_name_that_nobody_could_type_is_refused(tmp_path: Path, name: str) -> None:
    """A file's name is the style's, so it has letters, digits and hyphens."""
    assert "up to 64 letters, digits and hyphens. Rename the file." in str(refused(folder(tmp_path, **{name: GOOD})))


def test_a_chinese_file_name_is_a_name(tmp_path: Path) -> None:
    """Letters are those of any language."""
    assert "我们的" in load_styles([folder(tmp_path, 我们的=GOOD)])


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A file in another encoding, and one that is a folder, are named."""
    (tmp_path / "bad.toml").write_bytes("title = 'é'".encode("latin-1"))
    assert f"{tmp_path / 'bad.toml'} can't be read: it is not written in UTF-8" in str(refused(tmp_path))
    (tmp_path / "bad.toml").unlink()
    (tmp_path / "bad.toml").mkdir()
    assert f"{tmp_path / 'bad.toml'} can't be read: Is a directory" in str(refused(tmp_path))


def test_a_folder_that_there_is_not_is_named(tmp_path: Path) -> None:
    """A folder in the settings that is missing stops the start and names the setting."""
    error = refused(tmp_path / "nowhere")
    assert error.key == "style_folders"
    assert f"There is no style folder {tmp_path / 'nowhere'}. Make it, or take it out" in str(error)


def test_an_unknown_pack_is_named() -> None:
    """A pack in the settings that there is not is told with the nearest, or with all."""
    assert str(refused(pack="educaton")) == "There is no pack 'educaton'. Did you mean 'education'?"
    assert str(refused(pack="zzz")).startswith("There is no pack 'zzz'. There are: advertising, ")


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package that brings a folder of styles, installed as pip would; its name sorts before Limner's."""
    (tmp_path / "acme_styles.py").write_text("from pathlib import Path\nFOLDER = Path(__file__).parent / 'styles'\n")
    info = tmp_path / "acme_styles-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-styles\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[limner.styles]\nacme = acme_styles:FOLDER\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    yield folder(tmp_path / "styles")
    sys.modules.pop("acme_styles", None)


def test_a_package_brings_styles(plugin: Path) -> None:
    """A folder that an entry point names is read without being in the settings."""
    assert load_styles([folder(plugin, water=GOOD)])["water"].title["zh"] == "洗过"


def test_a_package_is_blamed_for_a_name_of_ours(plugin: Path) -> None:
    """In a clash of names it is the stranger's file that is wrong, whichever sorts first."""
    folder(plugin, oil=GOOD)
    assert str(refused()).startswith(f"Style file {plugin / 'oil.toml'}: 'oil' is a name of {FOLDER / 'oil.toml'}")


def test_a_package_without_its_folder_is_named(plugin: Path) -> None:
    """An entry point that names no folder is told with its package's remedy."""
    plugin.rmdir()
    with pytest.raises(PluginError, match=r"Plugin 'acme' \(acme_styles:FOLDER\) names no folder of style files"):
        load_styles()


DOCUMENT = (Path(__file__).parents[3] / "docs" / "styles.md").read_text(encoding="utf-8")


def test_the_documented_files_are_right(tmp_path: Path) -> None:
    """The style and the pack that docs/styles.md shows can be dropped in as they stand."""
    blocks = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)
    style = next(block for block in blocks if "[phrases]" in block)
    pack = next(block for block in blocks if 'kind = "pack"' in block)
    library = load_library([folder(tmp_path, house=style, newsroom=pack)], pack="news")
    assert library.styles["house"].phrase("chinese") == "双色扁平插画，粗轮廓"
    assert library.house is library.packs["newsroom"]


def test_the_documented_packs_are_those_that_there_are() -> None:
    """The table in docs/styles.md has each pack's style, shape and sentence."""
    for pack in load_library().packs.values():
        sentence = pack.note.get("en", "")
        assert f"| `{pack.name}` | {pack.style} | {pack.aspect} | {sentence} |".replace("|  |", "| |") in DOCUMENT
