"""Every word that captions use besides the subjects: places, times, weather, colours, styles and relations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where a scene plays. english are adverbials ('on a beach'); chinese are the same ('在沙滩上')."""

    name: str
    english: tuple[str, ...]
    chinese: tuple[str, ...]
    outdoors: bool = True
    weightless: bool = False


PLACES: dict[str, Place] = {
    p.name: p
    for p in (
        Place("meadow", ("on a meadow", "in a green field", "on the grass", "in a grassland"), ("草地上", "草原上")),
        Place("snow", ("in the snow", "on a snowy field", "in a winter landscape"), ("雪地里", "雪地上")),
        Place("beach", ("on a beach", "on the sand by the sea", "at the seaside"), ("沙滩上", "海边")),
        Place("sea", ("at sea", "on the ocean", "on the open water"), ("海上", "大海上")),
        Place("city", ("in a city", "on a city street", "downtown"), ("城市里", "街道上")),
        Place("desert", ("in a desert", "among sand dunes", "in the desert"), ("沙漠里", "沙丘间")),
        Place("space", ("in space", "in outer space", "among the stars"), ("太空中", "宇宙中"), False, True),
        Place("room", ("in a room", "inside a living room", "indoors"), ("房间里", "客厅里"), False),
        Place("forest", ("in a forest", "in the woods", "among the trees"), ("森林里", "树林里")),
        Place("mountains", ("in the mountains", "in front of mountains"), ("山里", "群山前")),
        Place("underwater", ("under the sea", "underwater", "on the sea floor"), ("海底", "水下"), False),
        Place("kitchen", ("in a kitchen", "on a kitchen table"), ("厨房里", "厨房的桌子上"), False),
        Place("office", ("in an office", "on an office desk"), ("办公室里", "办公桌上"), False),
    )
}

STARTER_PLACES: tuple[str, ...] = ("meadow", "snow", "beach", "sea", "city", "desert", "space", "room")

TIMES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "day": (("", "", "in the daytime", "on a sunny day"), ("", "", "白天")),
    "sunset": (("at sunset", "at dusk", "in the evening glow"), ("日落时", "黄昏时", "傍晚")),
    "night": (("at night", "under a night sky", "by moonlight"), ("夜晚", "夜里", "月光下")),
}

WEATHER: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "clear": (("",), ("",)),
    "rain": (("in the rain", "on a rainy day", "while it rains"), ("下雨时", "雨中")),
    "snowfall": (("in falling snow", "while it snows"), ("下雪时", "飘雪中")),
    "fog": (("in the fog", "on a foggy day", "in the mist"), ("雾中", "有雾时")),
}

COLOURS: dict[str, tuple[str, ...]] = {
    "red": ("红色", "红"),
    "orange": ("橙色", "橘色"),
    "yellow": ("黄色", "黄"),
    "green": ("绿色", "绿"),
    "blue": ("蓝色", "蓝"),
    "purple": ("紫色", "紫"),
    "pink": ("粉色", "粉红色"),
    "brown": ("棕色", "褐色"),
    "white": ("白色", "白"),
    "black": ("黑色", "黑"),
}


@dataclass(frozen=True)
class Style:
    """How a picture looks; openings stand before what is drawn, endings after the whole sentence."""

    openings: tuple[str, ...]
    endings: tuple[str, ...]
    chinese: tuple[str, ...]


STYLES: dict[str, Style] = {
    "flat": Style(
        ("", "", "", "flat illustration of ", "a picture of ", "an image of ", "draw "),
        ("", "", "flat illustration", "flat vector art"),
        ("", "", "", "扁平插画：", "一幅画：", "画"),
    ),
    "watercolour": Style(
        ("watercolour of ", "watercolor painting of ", "a watercolour of "),
        ("watercolour", "watercolor painting", "in watercolour"),
        ("水彩画：", "水彩风格："),
    ),
    "pencil": Style(
        ("pencil sketch of ", "pencil drawing of ", "a pencil sketch of "),
        ("pencil sketch", "pencil drawing", "drawn in pencil"),
        ("铅笔画：", "铅笔素描："),
    ),
    "pixel": Style(
        ("pixel art of ", "pixel art: ", "an 8-bit picture of "),
        ("pixel art", "8-bit", "as pixel art"),
        ("像素画：", "像素风格："),
    ),
    "neon": Style(
        ("neon style, ", "neon sign of ", "neon lights: "),
        ("neon style", "neon lights", "glowing neon"),
        ("霓虹灯风格：", "霓虹："),
    ),
    "ink": Style(
        ("ink drawing of ", "ink painting of ", "pen and ink: "),
        ("ink drawing", "pen and ink", "drawn in ink"),
        ("水墨画：", "墨线画："),
    ),
}

STARTER_STYLES: tuple[str, ...] = ("flat", "pencil", "pixel")

RELATIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "and": (("and", "next to", "beside", "with"), ("和", "旁边是")),
    "left": (("to the left of", "left of"), ("左边",)),
    "right": (("to the right of", "right of"), ("右边",)),
    "above": (("above", "over", "on top of"), ("上方", "上面")),
    "below": (("below", "under", "beneath"), ("下方", "下面")),
    "behind": (("behind", "at the back of"), ("后面", "身后")),
    "inside": (("inside", "in"), ("里面", "里边")),
}

NUMBERS: tuple[tuple[str, str], ...] = (("a", "一"), ("two", "两"), ("three", "三"), ("four", "四"))

GREY_STYLES: tuple[str, ...] = ("pencil", "ink")
"""Styles without colour: nothing in them has a colour to name."""
