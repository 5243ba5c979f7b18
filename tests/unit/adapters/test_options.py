"""Options of `limner imagine`: what is taken, and one plain line for what is not, before anything is started."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from adapters.terminal.options import check_output, output_paths, wishes_of, with_known_names
from bot import LoraWish, RequestError, Wishes
from bot.cli import main

NONE = dict.fromkeys(
    "size aspect negative style count seed steps guidance model image strength best_of revisions".split()
) | {"as_is": False, "ask": False, "loras": ()}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--size 0", "--size 0 is no size"),
        ("--size 0x0", "64 to 8192 px"),
        ("--size 1000000000x64", "64 to 8192 px"),
        ("--size 512", "Say it like 512x512"),
        ("--size -64x64", "Say it like 512x512"),
        ("--size ٥١٢x512٠x", "Say it like 512x512"),
        ("--aspect 0:1", "Say it like 3:2"),
        ("--aspect 9:1", "from 1:4 to 4:1"),
        ("--aspect wide", "Say it like 3:2"),
        ("--size 512x512 --aspect 3:2", "exclude each other"),
        ("--count 5", "--count 5 is out of range. Choose 1 to 4."),
        ("--count 0", "Choose 1 to 4."),
        ("--count two", "Choose 1 to 4."),
        ("--seed -1", "Choose 0 to 4294967295."),
        ("--seed 4294967296", "Choose 0 to 4294967295."),
        ("--steps 0", "Choose 1 to 200."),
        ("--guidance nan", "Choose 0 to 30."),
        ("--guidance inf", "Choose 0 to 30."),
        ("--style wate", "Did you mean 'watercolour'?"),
        ("--lora zzz", "There is no LoRA 'zzz'. The settings name none"),
        ("--lora a=3", "Say it like a=0.8, from -2 to 2."),
        ("--lora a=nan", "Say it like a=0.8, from -2 to 2."),
        ("--lora a=", "Say it like a=0.8, from -2 to 2."),
        ("--style zzz", "There are: black-and-white,"),
        ("-o picture.jpg", "Name it picture.png."),
        ("-o .", "is a folder"),
        ("-o /dev/null/cat.png", "Choose a place that you may write to."),
        ("-o /proc/cat.png", "Choose a place that you may write to."),
        ("-o - --json", "Give -o a file's name."),
        ("-o - --count 2", "one picture only"),
        ("--ask --as-is", "--ask and --as-is exclude each other"),
        ("--use 1a2b", "Leave words and other options out."),
    ],
)
def test_bad_options_are_one_line(options: str, words: str) -> None:
    """Every option that can't be is told in one line with what to do, exit code 2, and nothing on standard output."""
    done = CliRunner().invoke(main, ["imagine", "a cat", *options.split()])
    assert done.exit_code == 2
    assert words in done.stderr
    assert done.stderr.startswith("limner: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("stdin", "words"),
    [
        ("", "The message is empty."),
        (" \n\t", "The message is empty."),
        ("\x07\x1b\u202e", "The message is empty."),
        ("x" * 100_000, "has 100,000 characters"),
        (b"\xff\xfe\x00", "no text in UTF-8"),
    ],
)
def test_bad_words_are_one_line(stdin: str | bytes, words: str) -> None:
    """Empty, invisible, endless and undecodable words are refused in one line."""
    done = CliRunner().invoke(main, ["imagine", "-"], input=stdin)
    assert done.exit_code == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_options_become_wishes() -> None:
    """Every option reaches the field of its name, and a style's other names mean the style."""
    given = NONE | {"size": (640, 512), "negative": "rain", "count": 2, "seed": 0, "steps": 9}
    given |= {"guidance": 0.0, "model": "a/b", "as_is": True, "style": "油画", "best_of": 4, "revisions": 0}
    assert with_known_names(wishes_of(given), None) == Wishes(
        negative_prompt="rain",
        style="oil",
        width_px=640,
        height_px=512,
        count=2,
        seed=0,
        steps=9,
        guidance_scale=0.0,
        model="a/b",
        as_is=True,
        best_of=4,
        revisions=0,
    )
    assert wishes_of(NONE | {"aspect": "3:2", "ask": True}) == Wishes(aspect="3:2", ask=True)


def test_loras_are_named_as_in_the_settings(tmp_path: Path) -> None:
    """Several may be named, each with a weight or without; a wrong name is told with those that there are."""
    config = tmp_path / "limner.toml"
    config.write_text('[loras.Pixel]\nfile = "a/b"\n[loras.ink]\nfile = "c/d"\n')
    asked = with_known_names(wishes_of(NONE | {"loras": (LoraWish("pixel", -0.5), LoraWish("INK"))}), config)
    assert asked == Wishes(loras=(LoraWish("Pixel", -0.5), LoraWish("ink")))
    done = CliRunner().invoke(
        main, ["--config", str(config), "imagine", "a cat", "--lora", "pixl=0.8", "--lora", "ink"]
    )
    assert done.stderr == "limner: There is no LoRA 'pixl'. Did you mean 'Pixel'? There are: Pixel, ink.\n"


def test_several_pictures_are_numbered(tmp_path: Path) -> None:
    """One picture gets the very name, several get a number before the ending."""
    assert output_paths(str(tmp_path / "cat.png"), 1) == [tmp_path / "cat.png"]
    assert output_paths(str(tmp_path / "my.cat.png"), 2) == [tmp_path / "my.cat-1.png", tmp_path / "my.cat-2.png"]
    assert output_paths(str(tmp_path / "cat"), 2) == [tmp_path / "cat-1", tmp_path / "cat-2"]


def test_looking_leaves_nothing_behind(tmp_path: Path) -> None:
    """The check of -o writes no file, and a folder that is still to be made is fine."""
    check_output(str(tmp_path / "new" / "deeper" / "cat.png"), 1, as_json=True)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_not_touched_by_the_check(tmp_path: Path) -> None:
    """A picture that stands where the new one goes is replaced only once that is painted."""
    (tmp_path / "cat.png").write_bytes(b"old")
    check_output(str(tmp_path / "cat.png"), 1, as_json=False)
    assert (tmp_path / "cat.png").read_bytes() == b"old"


def test_a_folder_is_told_from_a_file(tmp_path: Path) -> None:
    """A name with a slash at its end means a folder, whether it exists or not."""
    with pytest.raises(RequestError, match="is a folder"):
        check_output(f"{tmp_path}/new/", 1, as_json=False)


def test_a_pack_and_a_style_of_the_teams_own_can_be_named(tmp_path: Path) -> None:
    """What the folders in the settings bring is known before painting, and so are packs."""
    config = tmp_path / "limner.toml"
    config.write_text(f'style_folders = ["{tmp_path / "styles"}"]\n')
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "ours.toml").write_text('title = { en = "Our way" }\nphrases.plain = "x"\n')
    assert with_known_names(wishes_of(NONE | {"style": "our WAY"}), config) == Wishes(style="ours")
    assert with_known_names(wishes_of(NONE | {"style": "医学"}), config) == Wishes(style="medicine")
    assert with_known_names(wishes_of(NONE), config) == Wishes()
