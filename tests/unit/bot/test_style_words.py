"""The styles that come with Limner are modest: how a picture is made, never what is seen in it nor whose it is."""

import re

import pytest

from bot.dialects.vocabulary import Vocabulary
from bot.director import lexicon_zh
from bot.style import Pack, Style, load_library
from tools.engine.families import card_for, folder_of
from training.world import words as captions

LIBRARY = load_library()
EACH_STYLE = pytest.mark.parametrize("style", LIBRARY.styles.values(), ids=lambda style: style.name)
EACH_PACK = pytest.mark.parametrize("pack", LIBRARY.packs.values(), ids=lambda pack: pack.name)

# All that a phrase may say in English: media, materials, marks, shapes, light, colour, and the words between.
ALLOWED = frozenset(
    """
    a above and as between from full from in made manner of on one the thick thin to with whole object view seen made
    3d 8-bit anime art black-and-white blueprint canvas cartoon cel charcoal cinematic clay claymation cloth comic
    concept deco design detail digital drawing drawn embroidered embroidery felted film folded glass gouache graphite
    halftone hand-drawn handmade icon illustration impressionist infographic ink isometric joints lead line lineart
    lines low low-poly manga matt matte materials medium minimal minimalist modelling monochrome mosaic neon noir oil
    opaque origami paint painted painting palette paper pastel pencil photograph photorealistic pieces pixel poly pop
    print projection render screentone space stained still stitches storybook style sumi-e surface technical texture
    thread tiles ukiyo-e vector wash washes watercolor watercolour woodblock woodcut wool cut limited
    areas brush carved contrast creases dots edges facets forms geometric global grain layered layers layout outlines
    parallel point powdery rough rounded shaded shading shape shapes short silhouettes simple small smooth smudged
    solid straight strokes symmetrical tessellated verticals weight centred composition level eye wide shot focal focus
    black blacks blue bright colour coloured colours dark darks deep gold grey greys greyscale light lighting glow
    glowing illumination range saturated shadow shadows shimmering tonal toned tones vivid white warm
    blended bold broad broken calm clean clear confident crisp directional elegant even few fine flat flowing friendly
    fuzzy generous gentle hard high illuminated minimalist natural open plain readable realistic rich sharp soft
    strong tidy uncluttered visible wet
    """.split()
)
# Chinese words of the trade that hold a character which alone would name a thing: 印象派 has an elephant, 象.
TRADE = (
    "印象派 水墨 水彩 水粉 水色 铅笔 炭笔 笔触 纸张 宣纸 纸面 纸底 纸质 线条 墨线 轮廓线 铅线 细线 丝线 光线 线稿 上色 "
    "卡通 刀痕 信息图 数字 等距 边缘 多边形 羊毛毡 马赛克 折纸 剪纸 阴影 图标 闪动 布面 装饰艺术"
).split()
THINGS = {
    name for table in (lexicon_zh.NOUNS, lexicon_zh.PLACES, lexicon_zh.TIMES, lexicon_zh.WEATHER) for name in table
}
# Artists and studios, living and dead: a style is a way of working that is nobody's own.
NAMES = re.compile(
    r"""
    picasso|monet|van\ gogh|dal[ií]|warhol|banksy|hockney|kusama|murakami|hirst|koons|richter|kiefer|miyazaki|ghibli|
    shinkai|toriyama|tezuka|disney|pixar|dreamworks|marvel|moebius|giger|rutkowski|artgerm|mucha|hokusai|hiroshige|
    rockwell|kinkade|hopper|matisse|klimt|rembrandt|rothko|basquiat|haring|lichtenstein|leibovitz|spielberg|nolan|
    吉卜力|宫崎骏|新海诚|鸟山明|手冢|迪士尼|皮克斯|毕加索|莫奈|梵高|草间|村上|齐白石|徐悲鸿|张大千|吴冠中|几米|葛饰|
    \bby\b|style\ of|artstation|trending|masterpiece|award
    """,
    re.VERBOSE | re.IGNORECASE,
)


def english(style: Style) -> str:
    return f"{style.phrases.plain}, {style.phrases.tags}"


@EACH_STYLE
def test_a_style_adds_no_thing_person_place_or_text(style: Style) -> None:
    """Every English word of its phrases is one that says how a picture is made."""
    said = set(re.findall(r"[\w-]+", english(style).casefold()))
    assert said <= ALLOWED, said - ALLOWED


@EACH_STYLE
def test_a_style_adds_nothing_in_chinese_either(style: Style) -> None:
    """Without the words of the trade no noun is left that the reader of Chinese requests would take for a thing."""
    left = style.phrases.chinese
    for word in sorted(TRADE, key=len, reverse=True):
        left = left.replace(word, "·")
    assert {name for name in THINGS if name in left} == set()
    assert not re.search(r"[A-Za-z人]", left)


@EACH_PACK
def test_a_pack_adds_no_thing_person_place_or_text(pack: Pack) -> None:
    """The same holds for what house rules add."""
    said = set(re.findall(r"[\w-]+", " ".join(pack.adds.model_dump().values()).casefold()))
    assert said <= ALLOWED | {"friendly", "calm", "directional"}, said - ALLOWED


@EACH_STYLE
def test_no_artist_is_named(style: Style) -> None:
    """Neither in a name nor in a phrase; what has a capital letter might be one."""
    texts = [*style.names, *style.phrases.model_dump().values(), style.avoid]
    assert [text for text in texts if NAMES.search(text)] == []
    assert not re.search(r"[A-Z]", english(style).replace("3D", "3d"))


@EACH_STYLE
def test_phrases_are_short_enough_to_leave_room(style: Style) -> None:
    """CLIP reads 75 tokens: a style takes at most a fifth of them, and is said without negations, which it ignores."""
    for phrase in (style.phrases.plain, style.phrases.tags):
        assert len(re.findall(r"\w+", phrase)) <= 15
        assert not re.search(r"\b(no|not|without|never)\b", phrase)
    assert len(style.phrases.chinese) <= 30


@pytest.mark.parametrize("entry", [*LIBRARY.styles.values(), *LIBRARY.packs.values()], ids=lambda entry: entry.name)
def test_nothing_avoids_written_words(entry: Style | Pack) -> None:
    """Text may always be asked for, also in Chinese, where what is avoided could not be compared with it."""
    assert not re.search(r"\b(texts?|letters?|lettering|writing|words|captions?|typography)\b", entry.avoid)


@EACH_STYLE
def test_a_style_does_not_avoid_itself(style: Style) -> None:
    """No word of its phrases is among what it keeps out, but for words such as 'colour' that go with others."""
    said = set(re.findall(r"\w+", english(style)))
    alone = {item for item in (part.strip() for part in style.avoid.split(",")) if " " not in item}
    assert alone & said == set()


def test_every_style_of_the_built_in_model_is_a_style_here() -> None:
    """What Sketch has learned, or is taught, can be chosen by name."""
    folder = folder_of("sketch")
    assert folder is not None
    learned = Vocabulary.of(card_for(folder, "sketch")).styles
    names = {name for style in LIBRARY.styles.values() for name in style.names}
    assert set(learned) | set(captions.STYLES) <= names
