"""Takes out of a text what looks alike in every language: quoted words, names, ratios, sizes and settings."""

import re

from bot.brief import ASPECTS
from bot.director.draft import Draft
from bot.director.lexicon import NUMBERS
from bot.director.tokens import QUOTE

_PAIRS = ("“”", "「」", "『』", "«»", "„“", "‟”", "＂＂", '""', "〝〞")
_QUOTED = re.compile(
    "|".join(rf"{re.escape(first)}([^{re.escape(first + last)}\n]+){re.escape(last)}" for first, last in _PAIRS)
    + r"|‘([^‘\n]+?)’(?!\w)|(?<![\w'])'(?!\s)([^'\n]*(?:\w'\w[^'\n]*)*[^\s'])'(?!\w)"
)
_NAMED = re.compile(r"(\b(?:named|called)|名叫|叫做|名字叫|名字是|名为)\s*$", re.IGNORECASE)
_NAME = re.compile(
    r"(?P<cue>\b(?:named|called)\s+)(?P<name>[^\W\d_a-z][\w-]*(?:\s+[A-Z][\w-]*)*|[a-z][\w-]*)"
    r"|(?P<cue_zh>名叫|叫做|名字叫|名为)(?P<name_zh>[^\s，。,.！!；;的]{1,8})"
)
_WRITABLE = r"(?:sign|banner|poster|card|t-?shirt|shirt|label|sticker|flag|billboard|board|badge|note|cake|mug|screen|neon|bubble|button|plate|ribbon|balloon|letter|page|book|cover|hat|cap|ticket|tag|placard)s?"
_CAPITALS = r"(?:[A-Z0-9][\w'’&!?-]*)(?:[ ]+(?:[A-Z0-9&][\w'’&!?-]*))*"
_WORDS_UP_TO = r"[^\n,.;:!?\ue000]+?[!?]*(?=\s+(?:in|on|at|above|below|under|next to|beside|and an?|with|against)\b|[,.;\n]|$)"
_SAID = re.compile(
    rf"(?:\b(?i:that says|which says|saying|says|that reads|reads|labell?ed|captioned|titled"
    rf"|with the (?:text|words?|caption|title|inscription|slogan|lettering|label|message|phrase|letters?)|(?:the )?text(?: is)?:))"
    rf"[ ]*:?[ ]+(?P<capitals>{_CAPITALS})(?=$|[\s,.;])"
    rf"|(?:\b(?i:{_WRITABLE}(?: that| which)? (?:says|saying|reads|reading)"
    rf"|with the (?:text|words?|caption|title|inscription|slogan|lettering|message|phrase)))[ ]*:?[ ]+(?P<words>{_WORDS_UP_TO})"
    rf"|(?i:\bwith\s+(?:the words? )?)(?P<written>{_CAPITALS})(?=\s+(?:written|printed|painted|embroidered)\b)"
    r"|(?:写着|写上|写有|写了|印着|印有|刻着|刻有|标着|寫著|寫上|印著|文字是|文字为|文字：|文字:|字样是|標題是|标题是|标题为)[：: ]*"
    r"(?P<chinese>[^\s，。,;；！!\n\ue000“”\"「」]{1,30}?[！!]?)(?=字样|字樣|这?[一二两三四五六七八几]个(?:大)?字|"
    r"的?(?:大?字)?的(?:[一-龥]{0,3})(?:牌|板|幅|报|片|卡|恤|衣|服|旗|球|糕|杯|门|匾|灯|标|签|纸|书|包|帽|墙|板|带|春联|灯笼|招牌)|[\s，。,;；\n]|$)"
)
_RATIO = re.compile(r"(?<![\d:.])(\d{1,2})\s?([:：比x×/*])\s?(\d{1,2})(?![\d:])(?:\s*(?:aspect ratio|aspect|ratio|format|比例|画幅|的))?", re.IGNORECASE)
_OTHER_RATIOS = frozenset({"21:9", "5:4", "4:5", "2:1", "1:2", "9:21", "5:3", "3:5", "18:9"})
_SIZE = re.compile(r"(?<!\d)(\d{2,5})\s*(?:px)?\s*[x×*乘X]\s*(\d{2,5})(?!\d)\s*(?:px|pixels?|像素)?", re.IGNORECASE)
_SETTINGS = (
    ("seed", int, re.compile(r"(?:\bseed\b|种子|種子)\s*(?:[:=：是为]|number)?\s*(\d{1,10})", re.IGNORECASE)),
    ("steps", int, re.compile(r"(?:\bsteps\b|步数|步數)\s*[:=：是为]?\s*(\d{1,4})|\bin (\d{1,3}) steps\b", re.IGNORECASE)),
    ("guidance_scale", float, re.compile(r"\b(?:guidance(?: scale)?|cfg(?: scale)?)\s*[:=]?\s*(\d{1,3}(?:\.\d+)?)", re.IGNORECASE)),
)  # fmt: skip
_PICTURES = r"(?:pictures|images|drawings|illustrations|photos|paintings|sketches|renders|wallpapers|artworks|pics)"
_VERSIONS = r"(?:versions|variations|variants|options|alternatives|takes|proposals|attempts)"
_MANY = re.compile(
    rf"\b(?P<number>[1-9]\d?|a couple of|a pair of|{'|'.join(NUMBERS)})(?P<between>(?: [a-z0-9-]+){{0,3}}?) (?P<what>{_PICTURES}|{_VERSIONS})\b"
    r"(?! (?:on|hanging|and|in a frame))",
    re.IGNORECASE,
)
_SHAPES = (
    ("16:9", re.compile(
        r"\b(?:wide-?screen(?: format| wallpaper)?|(?:a |an )?(?:ultra-?)?wider?(?: format| version| picture| image| one| aspect(?: ratio)?| banner| crop| illustration| drawing)"
        r"|banner (?:format|image|picture|size)|(?:as|for|make|draw|create|design|need|want) (?:an?|the|our|my) (?:[\w-]+ ){0,2}banner|^(?:an? )?(?:[\w-]+ )?banner (?:of|with|showing)"
        r"|landscape (?:format|mode|orientation|version|aspect(?: ratio)?)|in landscape(?! of)|horizontal(?:ly)?(?: format| orientation| version| picture| image)?"
        r"|(?:web(?:site)?|page|blog|email|hero|desktop) (?:header|banner|wallpaper|background)(?: image)?|youtube thumbnail"
        r"|(?:make it|in|be) wider?|wider)\b|(?:^|,\s*)wide(?=\s*(?:[,.!]|$|please))", re.IGNORECASE)),
    ("9:16", re.compile(
        r"\b(?:portrait (?:format|mode|orientation|version|aspect(?: ratio)?)|in portrait|vertical(?:ly)?(?: format| orientation| version| picture| image| poster)?"
        r"|(?:phone|mobile|smartphone|iphone|lock ?screen) (?:wallpaper|background)|tall (?:format|image|picture|version)|(?:instagram|ig) stor(?:y|ies)|upright format|taller format)\b", re.IGNORECASE)),
    ("1:1", re.compile(
        r"\b(?:(?:a )?square (?:aspect(?: ratio)?|format|crop|picture|image|version|illustration|drawing|photo|one)|(?:in|it|as a|be) square)\b|(?:^|,\s*)square(?=\s*(?:[,.!]|$|please))", re.IGNORECASE)),
    ("16:9", re.compile(r"横版|横幅(?:画面|构图|图|的?比例|格式|版)|横屏|宽屏|宽幅|横图|横向|橫版|寬屏|寬幅|橫向|橫圖|(?:做|画|作为|当|要)(?:一?[个张幅])?(?:网站|公众号|博客)?(?:的)?(?:横幅|banner)|电脑壁纸|桌面壁纸|更宽|宽一点|宽一些", re.IGNORECASE)),
    ("9:16", re.compile(r"竖版|竖屏|竖图|竖幅|竖向|竖构图|豎版|豎屏|豎圖|直幅|直式|手机壁纸|手機桌布|手机屏保|竖着")),
    ("1:1", re.compile(r"正方形(?:的?图片?|画面|构图|比例|版)?(?=[，。,. 、；]|的?图|的?画|$)|方图|方形(?:的?图片?|画面|构图|版)|方版|正方形(?=的)(?!的[^图画])")),
)  # fmt: skip


def take_marks(text: str, draft: Draft) -> str:
    """The text without what was taken; quoted words leave a placeholder, so that grammar stays whole."""
    text = re.sub("[\ue000-\uf8ff]", " ", text)
    text = _take_texts(_unwrapped(text), draft)
    text = _NAME.sub(lambda match: _name(match, draft), text)
    text = re.sub(r"--(?:ar|aspect)\s+", " ", text)
    text = _SIZE.sub(lambda match: _size(match, draft), text)
    text = _RATIO.sub(lambda match: _ratio(match, draft), text)
    for name, kind, pattern in _SETTINGS:
        if match := pattern.search(text):
            draft.numbers[name] = kind(next(filter(None, match.groups())))
            text = pattern.sub(" ", text)
    return _take_many(_take_shape(text, draft), draft)


def _unwrapped(text: str) -> str:
    """A message that is nothing but one pair of quotes is a wish and no text to be drawn."""
    whole = _QUOTED.fullmatch(text.strip())
    return next(filter(None, whole.groups())) if whole else text


def _take_texts(text: str, draft: Draft) -> str:
    def quoted(match: re.Match[str]) -> str:
        said = next(filter(None, match.groups()))
        if _NAMED.search(text[: match.start()]):
            draft.names.append(said)
            return " "
        if said not in draft.texts:
            draft.texts.append(said)
        return f" {QUOTE}{len(draft.texts)}{QUOTE} "

    def spoken(match: re.Match[str]) -> str:
        group = str(match.lastgroup)
        said = match[group].strip()
        if not said or QUOTE in said:
            return match[0]
        draft.texts.append(said)
        return match[0].replace(match[group], f" {QUOTE}{len(draft.texts)}{QUOTE} ")

    return _SAID.sub(spoken, _QUOTED.sub(quoted, text))


def _name(match: re.Match[str], draft: Draft) -> str:
    draft.names.append(match["name"] or match["name_zh"])
    return " "


def _size(match: re.Match[str], draft: Draft) -> str:
    width_px, height_px = int(match[1]), int(match[2])
    if min(width_px, height_px) < 64:
        return match[0]
    draft.numbers |= {"width_px": width_px, "height_px": height_px}
    return " "


def _ratio(match: re.Match[str], draft: Draft) -> str:
    ratio = f"{match[1]}:{match[3]}"
    before = match.string[max(0, match.start() - 9) : match.start()].casefold()
    plain = match[2] in ":：比" or ratio in {"16:9", "9:16", "4:3", "3:4"}
    if (ratio in ASPECTS or ratio in _OTHER_RATIOS) and plain and not re.search(r"score|比分|won|赢|at ", before):
        draft.aspect = ratio
        return " "
    return match[0]


def _take_shape(text: str, draft: Draft) -> str:
    for aspect, pattern in _SHAPES:
        if pattern.search(text):
            draft.aspect = draft.aspect or aspect
            text = pattern.sub(" image " if text.isascii() else " ", text)
    return text


def _take_many(text: str, draft: Draft) -> str:
    """'Three pictures of a cat' are three pictures; 'three pictures on a wall' are things in one."""
    match = _MANY.search(text)
    if not match or "." in text[: match.start()] or re.search(r"\b(?:a|an|the|with) \w+", text[: match.start()], re.IGNORECASE) and not re.fullmatch(_VERSIONS, match["what"], re.IGNORECASE):
        return text
    said = match["number"].casefold()
    draft.numbers["count"] = 2 if said.startswith("a ") else NUMBERS.get(said) or int(said)
    return f"{text[: match.start()]}{match['between']} {match['what']}{text[match.end() :]}"
