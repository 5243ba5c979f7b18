"""Styles and house rules add where the asker left something open, and never outweigh what was said."""

from dataclasses import replace

import pytest

from bot.brief import Brief, Subject
from bot.errors import RequestError
from bot.manner import Manner, can_paint, choose, unasked
from bot.style import Library, Pack, Style, load_library
from bot.testing import CARD
from tools.engine.families import card_for, folder_of

OIL = Style(name="oil", title={"en": "oil", "zh": "油画"}, phrases={"plain": "in oil"}, avoid="photograph, dim light")
WIDE = Style(name="wide", title={"en": "wide"}, phrases={"plain": "wide"}, aspect="16:9")
TAGS = Style(name="tags", title={"en": "tags"}, phrases={"tags": "tagged"})
SHOP = Pack(
    name="shop",
    title={"en": "Shop", "zh": "店铺"},
    when={"en": "Goods."},
    style="oil",
    aspect="4:3",
    avoid="clutter, dogs",
    adds={"light": "soft light", "mood": "friendly"},
    note={"en": "It may differ.", "zh": "仅供参考。"},
)
PLAIN = Pack(name="plain", title={"en": "Plain"}, when={"en": "Nothing."})
OTHERS = Library({style.name: style for style in (OIL, WIDE, TAGS)}, {"shop": SHOP, "plain": PLAIN})
HOUSE = replace(OTHERS, house=SHOP)
CAT = Brief("a cat", (Subject("cat"),))


def manner(library: Library = OTHERS, wished: str | None = None, said: str = "") -> Manner:
    return choose(library, wished, replace(CAT, style=said), CARD)


def test_without_a_wish_there_is_no_manner() -> None:
    """Nothing named and no house rules: no style, no pack, and the brief stays as it is."""
    assert manner() == Manner()
    assert manner().fill(CAT, shaped=False) == CAT
    assert (manner().rules(CAT), manner().caution(CAT), manner().avoid(CAT), manner().heeding(CAT)) == (
        (),
        (),
        "",
        None,
    )


@pytest.mark.parametrize(("wished", "said"), [("油画", ""), ("oil", "wide"), (None, "OIL"), (None, "oil style")])
def test_a_style_is_chosen_by_hand_or_else_by_words(wished: str | None, said: str) -> None:
    """What was set by hand wins over what was said; both win over the house's style, whose other rules hold."""
    assert manner(OTHERS, wished, said) == Manner(OIL, chosen=True)
    assert manner(HOUSE, wished, said) == Manner(OIL, SHOP, chosen=True)


def test_the_house_style_holds_where_none_is_asked_for() -> None:
    """Words that name another style, one that nobody knows included, keep the house's away."""
    assert manner(HOUSE) == Manner(OIL, SHOP)
    assert manner(HOUSE, said="graffiti") == Manner(None, SHOP)
    assert manner(HOUSE, "wide") == Manner(WIDE, SHOP, chosen=True)


def test_a_style_that_only_an_llm_thought_of_gives_way_to_the_house() -> None:
    """What was added to the brief unasked is no wish."""
    fancied = replace(CAT, style="graffiti", added=("style",))
    chosen = choose(HOUSE, None, fancied, CARD)
    assert chosen == Manner(OIL, SHOP)
    filled = chosen.fill(fancied, shaped=True)
    assert (filled.style, filled.added) == ("", ("light", "mood"))
    assert choose(OTHERS, None, fancied, CARD) == Manner()


def test_a_pack_can_be_wished_for() -> None:
    """A pack's name in the place of a style's makes its rules hold for that picture."""
    assert manner(OTHERS, "Shop") == Manner(OIL, SHOP)
    assert manner(OTHERS, "店铺") == Manner(OIL, SHOP)
    assert manner(HOUSE, "plain") == Manner(None, PLAIN)
    assert manner(OTHERS, None, "shop") == Manner(None, SHOP)


def test_an_unknown_wish_is_refused_with_the_nearest() -> None:
    """A style set by hand must be one that there is."""
    with pytest.raises(RequestError, match=r"There is no style 'oill'\. Did you mean 'oil'\?"):
        manner(OTHERS, "oill")
    with pytest.raises(RequestError, match=r"There is no style 'zzz'\. There are: oil, wide, tags\."):
        manner(OTHERS, "zzz")


def test_a_style_without_words_for_the_model_is_refused_by_hand_and_passed_over_in_words() -> None:
    """A style for tags says nothing to a model that reads sentences."""
    with pytest.raises(RequestError, match=r"The style 'tags' has no words for paper\."):
        manner(OTHERS, "tags")
    assert manner(OTHERS, None, "tags") == Manner()
    assert choose(OTHERS, "tags", CAT, replace(CARD, dialect="tags")) == Manner(TAGS, chosen=True)


def test_a_pack_fills_what_is_open() -> None:
    """Light and mood are added and listed as added; what was said stays."""
    filled = Manner(None, SHOP).fill(replace(CAT, light="candlelight", added=("camera",)), shaped=False)
    assert (filled.light, filled.mood, filled.aspect) == ("candlelight", "friendly", "4:3")
    assert filled.added == ("camera", "mood", "aspect")


@pytest.mark.parametrize(
    ("chosen", "aspect"),
    [
        (Manner(WIDE, chosen=True), "16:9"),
        (Manner(WIDE, SHOP, chosen=True), "16:9"),
        (Manner(WIDE, SHOP), "4:3"),
        (Manner(WIDE, PLAIN), "16:9"),
        (Manner(OIL, SHOP, chosen=True), "4:3"),
        (Manner(OIL), ""),
    ],
)
def test_a_shape_comes_from_the_chosen_style_or_the_house(chosen: Manner, aspect: str) -> None:
    """A style that was asked for brings its shape; else the house's rule goes before its style's."""
    assert chosen.fill(CAT, shaped=False).aspect == aspect
    assert chosen.fill(CAT, shaped=True).aspect == ""
    assert chosen.fill(replace(CAT, aspect="1:1"), shaped=False) == chosen.fill(replace(CAT, aspect="1:1"), shaped=True)


def test_what_was_set_is_told() -> None:
    """Notes name the house rules that took effect, in the asker's language, and say nothing of others."""
    house = Manner(OIL, SHOP)
    assert house.rules(house.fill(CAT, shaped=False)) == (
        "The house rules 'Shop' set the shape 4:3, as you named none.",
        "The house rules 'Shop' set the style 'oil', as you named none.",
    )
    chinese = replace(CAT, words="一只猫", aspect="1:1")
    assert house.rules(house.fill(chinese, shaped=False)) == ("你没有说风格，所以按“店铺”的规则用“油画”。",)
    chosen = Manner(OIL, SHOP, chosen=True)
    assert chosen.rules(chosen.fill(CAT, shaped=True)) == ()
    wide = Manner(WIDE, chosen=True)
    assert wide.rules(wide.fill(CAT, shaped=False)) == (
        "The style 'wide' is painted at 16:9 unless you say otherwise.",
    )


def test_the_caution_is_in_the_askers_language() -> None:
    """Chinese for those who write Chinese, English for others, and whatever there is where one is missing."""
    assert Manner(None, SHOP).caution(CAT) == ("It may differ.",)
    assert Manner(None, SHOP).caution(Brief("一只猫")) == ("仅供参考。",)
    german = SHOP.model_copy(update={"note": {"de": "Ohne Gewähr."}})
    assert Manner(None, german).caution(CAT) == ("Ohne Gewähr.",)


@pytest.mark.parametrize(
    ("brief", "left"),
    [
        (CAT, "photograph, dim light, clutter, dogs"),
        (replace(CAT, words="a PHOTO of a cat"), "dim light, clutter, dogs"),
        (replace(CAT, light="low light"), "photograph, clutter, dogs"),
        (Brief("一张照片", style="photo"), "dim light, clutter, dogs"),
        (Brief("一只狗", (Subject("cat"), Subject("dog"))), "photograph, dim light, clutter, dogs"),
        (Brief("两只狗", (Subject("hound", 2, attributes=("cluttered",)),)), "photograph, dim light, dogs"),
        (replace(CAT, texts=("No Dogs",)), "photograph, dim light, clutter"),
        (replace(CAT, exclusions=("photograph",), added=("light",)), "photograph, clutter, dogs, dim light"),
    ],
)
def test_nothing_that_was_asked_for_is_avoided(brief: Brief, left: str) -> None:
    """What stands anywhere in the brief, in words of the same stem, is not kept out; what is to be left out is."""
    assert set(unasked("photograph, dim light, clutter,, dogs", brief).split(", ")) == set(left.split(", "))


def test_style_and_pack_avoid_by_the_same_rule() -> None:
    """The style as the dialect gets it, and the pack's part of the negative prompt."""
    asked = replace(CAT, words="a photo with clutter")
    styled = Manner(OIL, SHOP).heeding(asked)
    assert styled is not None
    assert (styled.avoid, styled.phrases) == ("dim light", OIL.phrases)
    assert Manner(OIL, SHOP).avoid(asked) == "dogs"


def test_a_model_of_few_words_paints_the_styles_that_it_learned() -> None:
    """Sketch can paint flat pictures and no oils, whatever phrases a file has; others what has a phrase for them."""
    folder = folder_of("sketch")
    assert folder is not None
    sketch, styles = card_for(folder, "sketch"), load_library().styles
    assert can_paint(styles["flat"], sketch)
    assert not can_paint(styles["oil"], sketch)
    assert can_paint(styles["oil"], CARD)
    assert not can_paint(TAGS, CARD)
    assert choose(HOUSE, None, CAT, sketch) == Manner(None, SHOP)
