"""A contact sheet shows the same words in every style that the model can paint, and names the others."""

import io
from pathlib import Path

import pytest
from PIL import Image

from bot.contact_sheet import Sheet, paint_sheet
from bot.contact_sheet_drawing import CELL_PX, draw
from bot.errors import LimnerError
from bot.provenance import AI_MADE
from bot.settings import Settings
from bot.style import Library, Style, load_library

STYLES = load_library().styles
FEW = Library({name: STYLES[name] for name in ("oil", "film-noir", "ink")})
TAGS = Style(name="tags", title={"en": "tags"}, phrases={"tags": "tagged"})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", engine="paper", model="paper")


async def painted(settings: Settings, library: Library = FEW, words: str = "a red car") -> tuple[Sheet, list[object]]:
    told: list[object] = []
    return await paint_sheet(settings, library, words, 7, lambda *news: told.append(news)), told


async def test_every_style_is_painted_from_the_same_words_and_seed(settings: Settings) -> None:
    """The whole chain plans each picture: words, seed and what the style adds; nothing is left in the home folder."""
    sheet, told = await painted(settings)
    assert [(one.style.name, one.plan.style, one.plan.seed) for one in sheet.painted] == [
        (name, name, 7) for name in FEW.styles
    ]
    for one, style in zip(sheet.painted, FEW.styles.values(), strict=True):
        assert one.plan.prompt.startswith(f"a red car, {style.phrases.plain}")
    assert told == [("oil", 1, 3), ("film-noir", 2, 3), ("ink", 3, 3)]
    assert (sheet.words, sheet.seed, sheet.model, sheet.left_out, sheet.failed) == ("a red car", 7, "paper", (), {})
    assert not (settings.home / "gallery").exists()


async def test_styles_that_the_model_cannot_paint_are_left_out_and_named(settings: Settings) -> None:
    """A style without a phrase for the model's dialect has no picture; without any other there is no sheet."""
    sheet, _ = await painted(settings, Library({"oil": STYLES["oil"], "tags": TAGS}))
    assert [one.style.name for one in sheet.painted] == ["oil"]
    assert [style.name for style in sheet.left_out] == ["tags"]
    with pytest.raises(LimnerError, match="paper has learned none of these styles"):
        await painted(settings, Library({"tags": TAGS}))


async def test_words_that_make_no_picture_are_answered(settings: Settings) -> None:
    """What the assistant says instead of painting is what is told."""
    with pytest.raises(LimnerError) as raised:
        await painted(settings, Library({"oil": STYLES["oil"]}), "thank you")
    assert len(str(raised.value)) > 10


async def test_the_sheet_is_a_marked_grid(settings: Settings) -> None:
    """A PNG of cells in which wide pictures keep their shape, that says which words it shows and that AI made them."""
    sheet, _ = await painted(settings)
    with Image.open(io.BytesIO(draw(sheet))) as image:
        assert image.format == "PNG"
        assert image.width >= 2 * CELL_PX
        assert image.info["parameters"].startswith("a red car (contact sheet of 3 styles)\nSteps: 4")
        assert AI_MADE in image.info["XML:com.adobe.xmp"]
        square, wide = sheet.painted[:2]
        for one, left_px, top_colour in ((square, 12, _colour(square.png)), (wide, 24 + CELL_PX, (255, 255, 255))):
            assert image.getpixel((left_px + CELL_PX // 2, 12)) == top_colour, one.style.name
            assert image.getpixel((left_px + CELL_PX // 2, 12 + CELL_PX // 2)) == _colour(one.png)


async def test_what_is_not_on_the_sheet_makes_it_longer(settings: Settings) -> None:
    """Styles that were left out or failed are written below the pictures."""
    sheet, _ = await painted(settings, Library({"oil": STYLES["oil"]}))
    more = Sheet(sheet.words, 7, "paper", sheet.painted, tuple(STYLES.values()), {"ink": "The painter is lost."})
    short, long = (Image.open(io.BytesIO(draw(one))).size for one in (sheet, more))
    assert long[0] == short[0]
    assert long[1] > short[1] + 24 * 5


def _colour(png: bytes) -> tuple[int, ...]:
    with Image.open(io.BytesIO(png)) as picture:
        colour = picture.convert("RGB").getpixel((1, 1))
        assert isinstance(colour, tuple)
        return colour
