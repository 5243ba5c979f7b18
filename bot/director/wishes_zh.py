"""What Chinese people say around a wish, taken off or put plainly before the words are read."""

from bot.director import lexicon_wishes_zh as around
from bot.director.lexicon_courtesy import (
    ALL_BUT_ZH,
    FOR_READERS_ZH,
    FOR_WHOM_ZH,
    NOBODY_ZH,
    ON_HEAD_ZH,
    SLIPS_ZH,
)
from bot.director.turns_zh import told


def is_left_open(text: str) -> bool:
    """Whether what to paint is left to the painter: '随便整点治愈的', '老板要高级感，你看着办'."""
    return around.AS_YOU_LIKE.search(text) is not None and around.COUNTED.search(text) is None


def is_feeling(text: str) -> bool:
    """Whether quoted words tell how a picture should feel, and are none to be written: “高级感”."""
    return around.FEELS.search(text) is not None


def plainly(text: str) -> str:
    """A wish in simplified characters without calls, stories and errands around it, its turns of phrase put plainly."""
    text = told(around.SPACES.sub("，", text.strip()))
    text = around.CALLING.sub("", text, count=1)
    for pattern in (around.OCCASION, around.STORY, around.TOLD):
        text = pattern.sub("", text, count=1)
    text = NOBODY_ZH.sub(r"没有\1", around.NOBODY_ABOVE.sub("上没有人", text))
    text = ON_HEAD_ZH.sub(lambda match: "顶着" + "一" * (match[1] in "个只"), text)
    text = ALL_BUT_ZH.sub(r"有\g<kept>，不要\g<rest>", text)
    text = FOR_WHOM_ZH.sub("", FOR_READERS_ZH.sub("", SLIPS_ZH.sub("画", text)))
    text = around.PUT_LAST.sub(r"不要\g<what>", around.NOT_NEEDED.sub("", text))
    text = around.LOOK.sub("", around.LETTERED.sub("写着", text))
    text = around.ALL_OVER.sub("在", around.INTO_PIECES.sub("", around.BOTH.sub(r"\1，", text)))
    text = around.WAYS.sub(lambda match: around.ON_THE_WAY[match[0]], around.LINED_UP.sub("排成一排", text))
    text = around.FAMILY.sub(r"\1只", around.WITHOUT.sub("", text))
    text = around.NOT_TOO.sub("", around.SEEN_OF.sub("", around.NOT_DONE.sub("", text)))
    text = around.LETTER.sub("", around.SNOWED.sub("落满雪", text))
    text = around.ONE_BY_ONE.sub(r"许多\1", text)
    text = around.INK.sub("", around.ONLY.sub(r"有\g<yes>，没有\g<no>，", text))
    return around.KINSFOLK.sub(lambda match: around.KIN[match[1]], text)
