"""What settings say of a model wins over all that its files tell, wherever its card is asked for."""

import pytest

from bot.errors import SettingsError
from bot.model_settings import ModelSettings
from tests.unit.tools.engine.test_families import model
from tools.engine.cards import Cards, read
from tools.engine.families import FAMILIES, card_for


def said(**words):
    return ModelSettings.model_validate(words)


def test_settings_win(tmp_path):
    """Each key of a table changes its field of the card, and what is unset stays as the files have it."""
    own = {"family": "flux1", "steps": 12, "dialect": "tags", "vocabulary": {"subjects": ["cat"]}}
    folder = model(tmp_path, "BrandNewPipeline", own)
    changes = {
        "width_px": 768,
        "height_px": 512,
        "steps": 9,
        "guidance_scale": 1.5,
        "negative_prompt": True,
        "token_limit": 300,
        "languages": ("en", "zh"),
        "size_multiple_px": 64,
        "max_side_px": 1536,
        "img2img": True,
    }
    card = Cards({"a/b": said(**changes)}).of(folder, "a/b")
    assert {name: getattr(card, name) for name in changes} == changes
    assert (card.family, card.dialect, card.vocabulary) == ("flux1", "tags", {"subjects": ["cat"]})
    assert Cards({"a/b": said(**changes)}).of(folder, "a/c") == card_for(folder, "a/c")


def test_a_family_in_settings(tmp_path):
    """An unrecognised model gets a family's whole row, in place of its own words and of what its class tells."""
    folder = model(tmp_path, "BrandNewPipeline", {"family": "sdxl"})
    card = Cards({str(tmp_path): said(family="zimage", steps=8)}).of(folder, str(tmp_path))
    row = FAMILIES["zimage"]
    assert (card.family, card.dialect, card.token_limit, card.steps) == ("zimage", row.dialect, row.token_limit, 8)


def test_a_folder_is_the_same_however_it_is_named(tmp_path, monkeypatch):
    """A table for ./m holds for the whole path as well, which is what the painter is told."""
    monkeypatch.chdir(tmp_path)
    folder = model(tmp_path / "m", "FluxPipeline")
    cards = Cards({"./m": said(steps=3)})
    assert cards.of(folder, "./m").steps == cards.of(folder, str(folder)).steps == 3
    assert cards.of(folder, "./m").model == "./m"


def test_another_process_is_told(tmp_path, monkeypatch):
    """What is written for the painter says the same of every model there, wherever that stands."""
    monkeypatch.chdir(tmp_path)
    model(tmp_path / "m", "FluxPipeline")
    here = Cards({"./m": said(steps=3, languages=["zh"], preview_vae="family"), "a/b": said(family="sana")})
    monkeypatch.chdir("/")
    assert read(here.written()).said == here.said
    assert here.said.keys() == {str(tmp_path / "m"), "a/b"}
    with pytest.raises(SettingsError, match=r"'models.a/b.steps' is not right.*--models"):
        read('{"a/b": {"steps": 0}}')


def test_no_such_family():
    """A family that there is not is said at the start, with those that there are."""
    with pytest.raises(SettingsError, match=r"no family 'skech'.*'a/b'.*Name one of sketch, sd15") as raised:
        Cards({"a/b": said(family="skech")})
    assert "\n" not in str(raised.value)


def test_the_tiny_autoencoder_of_a_model(tmp_path):
    """None is taken that was not asked for; 'family' is the one that is known for the family, if any is."""
    cards = Cards({"a/a": said(preview_vae="x/y"), "a/b": said(preview_vae="family"), "a/c": said(steps=1)})
    sdxl, sana = FAMILIES["sdxl"], FAMILIES["sana"]
    assert cards.preview_vae(sdxl.card("a/a")) == "x/y"
    assert cards.preview_vae(sdxl.card("a/b")) == "madebyollin/taesdxl"
    assert cards.preview_vae(sana.card("a/b")) == ""
    assert cards.preview_vae(sdxl.card("a/c")) == cards.preview_vae(sdxl.card("a/d")) == ""
