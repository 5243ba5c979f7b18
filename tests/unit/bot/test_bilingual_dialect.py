"""Models that read English and Chinese are asked in the asker's own language."""

from dataclasses import replace

import pytest

from bot.brief import FREE, Brief, Relation, Subject
from bot.checker import Kind
from bot.checker.checks import check_prompt
from bot.dialects import Rendering, render
from bot.dialects.lexicon_free import FREE_ITEMS
from bot.dialects.plain import plain
from bot.director.understand import understand
from bot.errors import RequestError
from bot.style import find, load_library
from bot.tasks import ModelCard
from bot.variety_options import LIGHT, MOOD, VIEW

QWEN = ModelCard(
    "qwen", "qwenimage", "bilingual", 1328, 1328, 50, 4.0, negative_prompt=True, token_limit=507, languages=("en", "zh")
)
TURBO = replace(QWEN, model="z", family="zimage", guidance_scale=0.0, negative_prompt=False)
LIBRARY = load_library()
CHINESE = "一张图"


def understood(request: str) -> Brief:
    read = understand(request, None)
    assert not isinstance(read, str)
    return read.to_brief()


def rendered(request: str, card: ModelCard = QWEN) -> Rendering:
    """What the director's brief of a request becomes; the checker has nothing against it."""
    brief = understood(request)
    style = find(LIBRARY.styles, brief.style) if brief.style else None
    done = render(brief, card, style)
    assert check_prompt(request, brief, done, card, style.phrases.chinese if style else "") == ()
    return done


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ("两只红色的猫和一只蓝色的狗，海滩，日落", "两只红色的猫和一只蓝色的狗，在海滩上，日落"),
        ("画一只 corgi 在 beach 上", "一只 corgi，在 beach 上"),
        ("三个 red apples 和一个 laptop", "三个红色的 apple 和一个 laptop"),
        ("一只绿色的青蛙在一辆紫色的汽车左边", "一只绿色的青蛙在一辆紫色的汽车左边"),
        ("一匹黑马在白色的房子后面，下雨", "一匹黑色的马在白色的房子后面，下雨"),
        ("一杯热咖啡放在木桌上，晚上", "一杯热咖啡在木桌上，晚上"),
        ("一双红色的鞋和两条蓝色的围巾", "一双红色的鞋和两条蓝色的围巾"),
        ("天蓝色的车停在森林里", "停着的天蓝色的车，在森林里"),
        ("戴红帽子的女孩牵着一只狗", "一个女孩戴着红色的帽子，女孩牵着一只狗"),
        ("十二只小鸡围着一只母鸡", "十二只小鸡围着一只母鸡"),
        ("两个消防员站在消防车前面，涂鸦风格", "两个站着的消防员在消防车前面，涂鸦风格"),
        ("海报，写着“HELLO 你好”，一只红色的狐狸", "一只红色的狐狸，画面中写着“HELLO 你好”"),
        ("一只猫，水彩", "一只猫，水彩画，柔和的水色晕染，纸张纹理"),
        ("下雨的城市夜景", "下雨的城市夜景"),
    ],
)
def test_chinese_and_mixed_requests_become_chinese(request_: str, expected: str) -> None:
    """Counts with their measure words, colours, relations, places, times, styles and quoted texts, in natural order."""
    assert rendered(request_).prompt == expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (Subject("bicycle", 3), "三辆自行车"),
        (Subject("book", 12, "dark red"), "十二本深红色的书"),
        (Subject("cup of coffee", 2), "两杯咖啡"),
        (Subject("rose", 5, "red and white"), "五朵红色和白色的玫瑰"),
        (Subject("shoe", 2), "一双鞋"),
        (Subject("shoe", 3), "三只鞋"),
        (Subject("boy", 1, None, ("running", "wearing a red hat")), "一个正在跑的戴着红色的帽子的男孩"),
        (Subject("girl", 1, None, ("small", "holding a kite")), "一个拿着风筝的小女孩"),
        (Subject("quokka", 2, "puce", ("flabbergasted",)), "两个 flabbergasted 的 puce 的 quokka"),
        (Subject("cat"), "猫"),
    ],
)
def test_an_llms_english_is_said_in_chinese(subject: Subject, expected: str) -> None:
    """Where the asker's words don't name it the lexicon does, and what has no Chinese stays English."""
    assert render(Brief(CHINESE, (subject,)), QWEN).prompt == expected


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (Relation("girl", "feeding", "pigeon"), "女孩正在喂三只鸽子"),
        (Relation("girl", "behind", "pigeon"), "女孩在三只鸽子后面"),
        (Relation("girl", "leading", "pigeon"), "女孩牵着三只鸽子"),
        (Relation("girl", "juggling", "pigeon"), "女孩正在杂耍三只鸽子"),
        (Relation("pigeon", "on", "roof"), "三只鸽子在屋顶上，女孩"),
    ],
)
def test_relations_and_deeds(relation: Relation, expected: str) -> None:
    """Where a thing stands, and what it does to another, is one clause."""
    brief = Brief(CHINESE, (Subject("girl"), Subject("pigeon", 3)), (relation,))
    assert render(brief, QWEN).prompt == expected


def test_an_english_asker_gets_english() -> None:
    """English requests are the plain sentence, a Chinese text to be drawn or a Chinese name in them included."""
    for words in ("two red cats on a beach", "a sign that says “欢迎光临”"):
        brief = understood(words)
        assert render(brief, QWEN) == plain(brief, QWEN, None)
    named = Brief("a dog called 汤圆", (Subject("dog", 1),), names=("汤圆",))
    assert render(named, QWEN).prompt == "a dog, 汤圆"


def test_quoted_text_stays_to_the_letter() -> None:
    """Spaces, marks and quotes of another language are drawn as they were written."""
    text = "Say “hi” ，  now"
    done = render(Brief("海报", (Subject("poster"), Subject("cat", 2)), texts=(text,)), QWEN)
    assert done.prompt == f"海报和两只猫，海报上写着「{text}」"


def test_words_without_subjects_are_passed_on() -> None:
    """Who reads Chinese needs no translation, a follow-up's second line goes on in the same sentence."""
    done = render(Brief("星期二的味道\n再安静一点。", light="soft light", added=("light",)), TURBO)
    assert done.prompt == "星期二的味道，再安静一点。柔和的光线"
    assert done.notes == ("你没有限定，所以加上了：柔和的光线。",)
    with pytest.raises(RequestError, match="nothing in this request"):
        render(Brief(" "), TURBO)


def test_exclusions_go_where_they_are_heeded() -> None:
    """Into the negative prompt, and where none is heeded a note says so in Chinese."""
    assert rendered("一只猫，不要狗").negative_prompt == "dog"
    assert rendered("一只猫，不要狗", TURBO).notes == ("z 不支持反向提示词，无法保证画面里没有狗。",)


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("三只红色的猫和一只蓝色的狗", Kind.COUNT),
        ("两只蓝色的猫和一只红色的狗", Kind.COLOUR),
        ("两只红色的猫", Kind.ENTITY),
        ("两只红色的猫和一只蓝色的狗，写着“特价”", Kind.INVENTED_TEXT),
    ],
)
def test_the_checker_reads_chinese_prompts(prompt: str, kind: Kind) -> None:
    """A count, a colour, a thing lost in Chinese, or a text made up, is found."""
    request = "两只红色的猫和一只蓝色的狗"
    assert kind in {one.kind for one in check_prompt(request, understood(request), Rendering(prompt, ""), QWEN)}


def test_every_style_and_every_free_item_has_chinese() -> None:
    """All styles have their own Chinese phrase, and whatever Limner adds by itself can be told in Chinese."""
    assert [name for name, style in LIBRARY.styles.items() if not style.phrases.chinese] == []
    packs = [text for pack in LIBRARY.packs.values() for text in pack.adds.model_dump().values() if text]
    varied = [option.text for option in (*LIGHT, *VIEW, *MOOD)]
    assert [text for text in (*packs, *varied) if text not in FREE_ITEMS] == []
    for name in FREE:
        [note] = render(Brief(CHINESE, (Subject("cat"),), **{name: "calm mood"}, added=(name,)), QWEN).notes  # type: ignore[arg-type]
        assert note == "你没有限定，所以加上了：平静的氛围。"
