"""How people ask for more, for fewer, for other places and another shape: clauses in English and simplified Chinese."""

import re

from bot.director.lexicon_followup import NUMBER, NUMBER_ZH

UNIT = "[只个辆条匹朵棵座位头本把架艘栋颗片根件块盏扇名]"
_WISH = r"(?:(?:please|now|just|i want|i'd like|can you|could you|make it|show|draw|have|with|there should be) )*"
_TAKE = r"(?:remove|delete|erase|take (?:away|out|off)|drop|lose|get rid of)"
_LITTLE = r"a (?:little |tiny )?bit|slightly|a little|a touch"
_A_BIT = rf"(?:{_LITTLE}|even|much|a lot|still)"
_SO_MUCH = rf"(?:(?P<bit>{_LITTLE})|even|much|a lot|still)"
_PLEASE = r"(?: please| though| again| now| instead)*"
_ZH_END = r"(?:吧|了|呢|就好|就行|就可以了?|一下)*"


def _pattern(*forms: str) -> re.Pattern[str]:
    """Any of these forms, from the beginning of a clause to its end."""
    return re.compile("|".join(rf"(?:{form})" for form in forms), re.IGNORECASE)


MORE = (
    _pattern(rf"{_WISH}add (?P<number>{NUMBER})(?P<what>)(?: more)?(?: of (?:them|those))?{_PLEASE}"),
    _pattern(rf"{_WISH}(?:add )?(?P<number>{NUMBER}) more (?P<what>[a-z][a-z -]*?){_PLEASE}"),
    _pattern(rf"{_WISH}(?:add )?(?P<number>some |a few |many |a lot |)more (?P<what>[a-z][a-z -]*?){_PLEASE}"),
    _pattern(
        rf"(?:再多|再|多)(?:加|来|画|放|添|要)?(?P<number>{NUMBER_ZH}){UNIT}(?P<what>[^，。,\s]{{0,8}}?){_ZH_END}"
    ),
    _pattern(rf"(?:再)?多(?P<number>)(?:一?点|一?些|几{UNIT})(?P<what>[^，。,\s]{{1,8}}?){_ZH_END}"),
    _pattern(rf"(?P<what>[^，。,\s]{{1,8}}?)(?:再|要)?多(?P<number>)(?:一?点|一?些){_ZH_END}"),
    _pattern(rf"(?P<what>[^，。,\s]{{1,8}}?)(?:再|要)?(?:多|加)(?:画|放|来)?(?P<number>{NUMBER_ZH}){UNIT}{_ZH_END}"),
)
FEWER = (
    _pattern(rf"{_WISH}(?:a lot |far |much |)(?:fewer|less|not (?:so|as) many) (?P<what>[a-z][a-z -]*?){_PLEASE}"),
    _pattern(r"(?:there are )?too many (?P<what>[a-z][a-z -]*?)"),
    _pattern(rf"{_WISH}(?:a lot |far |much |a bit )?fewer(?P<what>){_PLEASE}"),
    _pattern(rf"(?:再)?(?:少|减少)(?:一?点|一?些|几{UNIT})(?P<what>[^，。,\s]{{1,8}}?){_ZH_END}"),
    _pattern(rf"(?P<what>[^，。,\s]{{1,8}}?)(?:再|要)?(?:少|减少)(?:一?点|一?些){_ZH_END}"),
    _pattern(r"(?P<what>[^，。,\s]{1,8}?)太多了?"),
)
LESS = (
    _pattern(rf"{_WISH}(?P<number>{NUMBER}) (?:less|fewer)(?: (?P<what>[a-z][a-z -]*?))?{_PLEASE}"),
    _pattern(rf"{_WISH}(?P<number>{NUMBER}) (?P<what>[a-z][a-z -]*?) (?:less|fewer){_PLEASE}"),
    _pattern(rf"{_TAKE} (?P<number>an?|{NUMBER})(?: of)?(?: (?:the|those|these))? (?P<what>[a-z][a-z -]*?){_PLEASE}"),
    _pattern(
        rf"(?:少|去掉|删掉|删除|拿掉|移除|减少?|去)(?:画)?(?P<number>{NUMBER_ZH}){UNIT}(?P<what>[^，。,\s]{{0,8}}?){_ZH_END}"
    ),
    _pattern(rf"(?:把)?(?P<what>[^，。,\s]{{1,8}}?)(?:减少?|去掉|少)(?P<number>{NUMBER_ZH}){UNIT}{_ZH_END}"),
)
# What makes fewer of what is there: 'eat one', 'two fly away' leave so many less.
_USES_UP = (
    r"(?:eat|pop|burst|lose|drop|sell|steal|pick|hide|bin|free|break|take|throw|give|send|cut|chop|tear|knock|blow|put)"
)
USED_UP = (
    _pattern(
        rf"(?:please |now |then |let's |someone |somebody )*{_USES_UP}s? (?P<number>an?|{NUMBER})(?: of)?(?: (?:them|these|those|the))?(?: (?!away|off|out|down|up|over)(?P<what>[a-z]+?))?(?: (?:away|off|out|down|up|over))?{_PLEASE}"
    ),
    _pattern(
        rf"(?P<number>{NUMBER})(?: of (?:them|these|those))?(?P<what>) (?:(?:is|are|was|were|has been|have been|got|gets?) )?(?:gone|missing|eaten|sold|taken|popped|burst|stolen|away|lost|left(?: the picture)?|flies away|fly away|flew away|falls off|fell off|runs away|ran away)"
    ),
)
ONLY = (
    _pattern(rf"{_WISH}(?:only|just) (?P<number>{NUMBER})(?: (?:of )?(?:them|those|these))?{_PLEASE}"),
    _pattern(rf"{_WISH}(?P<number>{NUMBER}) of (?:them|those|these)(?: only)?{_PLEASE}"),
    _pattern(rf"(?:只要|只画|只留|只剩|就要|留下?|只保留|只有)(?:其中)?的?(?P<number>{NUMBER_ZH}){UNIT}{_ZH_END}"),
)
JUST = (
    _pattern(rf"{_WISH}(?:only|just|nothing but|keep only|leave only) the (?P<what>[a-z][a-z -]*?){_PLEASE}"),
    _pattern(rf"{_WISH}(?:only|just|keep only|leave only) the (?P<how>[a-z]+) one{_PLEASE}"),
    _pattern(rf"(?:只要|只画|只留下?|只保留|只剩)(?P<how>[^，。,\s]{{1,3}}?)的(?:那)?[一]?{UNIT}{_ZH_END}"),
    _pattern(rf"(?:只要|只画|只留|只保留|只留下|只剩)(?P<what>[^，。,\s\d一二两三四五六七八九十]{{1,8}}?){_ZH_END}"),
)
_SWAP = r"(?:swap|switch|exchange|trade|flip|reverse|invert|interchange)(?: round| around)?"
_ZH_SWAP = r"(?:互换|对调|交换|调换|调过来|换过来|反过来|互相交换)"
SWAP_COLOURS = (
    _pattern(
        rf"(?:can you )?{_SWAP} (?:the |their |both )?(?:two )?colou?rs?"
        r"(?: of (?:the )?(?P<one>[a-z][a-z -]*?) and (?:the )?(?P<other>[a-z][a-z -]*?))?(?: around| over| back| of the two)*(?: please| again)*"
    ),
    _pattern(
        rf"(?:把|将)?(?:它们|他们|两[{UNIT[1:-1]}]|二者|两者|(?P<one>[^，。,\s]{{1,8}}?)[和跟与](?P<other>[^，。,\s]{{1,8}}?))?的?颜色{_ZH_SWAP}{_ZH_END}",
        rf"{_ZH_SWAP}(?:一下)?(?:它们|他们|两[{UNIT[1:-1]}]|二者|两者)?的?颜色{_ZH_END}",
    ),
)
SWAP_PLACES = (
    _pattern(
        rf"(?:can you |have them |let them |make them )?{_SWAP}(?: (?:them|both|the two|it))?(?: (?:their |the )?(?:places|positions|sides|left and right))?(?: around| over| round| back)?(?: please| again)*",
        r"(?:the )?other way (?:a)?round(?: please)?",
    ),
    _pattern(rf"{_SWAP} (?:the )?(?P<one>[a-z][a-z -]*?) (?:and|with) (?:the )?(?P<other>[a-z][a-z -]*?)(?: around)?"),
    _pattern(
        rf"(?:把|将)?(?:它们|他们|(?P<one>[^，。,\s]{{1,8}}?)[和跟与](?P<other>[^，。,\s]{{1,8}}?))?的?(?:左右|位置|前后|上下)?{_ZH_SWAP}(?:一下)?(?:位置)?{_ZH_END}",
        r"(?:把|将|让)?(?:它们|他们|它俩|两[只个者])?(?:互相|互)?(?:换|交换|调换)(?:一下|个|一个)?位置(?:吧|了)?",
    ),
)
_SIDE = r"(?:left|right|top|bottom|middle|centre|center|background|foreground|upper left|upper right|lower left|lower right)"
MOVE = (
    _pattern(
        rf"(?:please )?(?:move|put|place|shift|have|push) (?P<what>[a-z][a-z -]*?)(?: over| further| more| all the way)* (?:to|on|at|in|into|towards?) the (?:far )?(?P<where>{_SIDE})(?: side| corner| half)?(?: of (?:the )?(?:picture|image|frame|scene|canvas))?{_PLEASE}"
    ),
    _pattern(
        rf"(?:(?:more|further|a bit|over) )*(?P<what>)(?:to|on) the (?:far )?(?P<where>left|right)(?: side)?{_PLEASE}"
    ),
    _pattern(
        r"(?:请)?(?:把|将|让)?(?P<what>[^，。,\s]{1,8}?)(?:移动?|放|挪|搬|站|往)(?:到|在|去|至)?(?:画面|图|图片|最)?的?(?P<where>左上|右上|左下|右下|左|右|上|下|中|前|后|背)(?:边|面|侧|方|间|央|角|景)?(?:移|挪|去|来)?(?:一点|一些)?(?:吧|了)*"
    ),
)
WHERE = {
    "左": "left", "右": "right", "上": "top", "下": "bottom", "中": "middle", "左上": "upper left", "右上": "upper right",
    "左下": "lower left", "右下": "lower right", "前": "foreground", "后": "background", "背": "background",
    "centre": "middle", "center": "middle",
}  # fmt: skip
BESIDE = {
    "to the left of": "left of", "left of": "left of", "to the right of": "right of", "right of": "right of",
    "behind": "behind", "in front of": "in front of", "above": "above", "over": "above", "below": "below",
    "under": "below", "underneath": "below", "beneath": "below", "beside": "next to", "next to": "next to", "near": "next to",
    "on": "on", "onto": "on", "on top of": "on", "in": "inside", "into": "inside", "inside": "inside",
    "后": "behind", "前": "in front of", "左": "left of", "右": "right of", "上": "on", "下": "below", "旁": "next to",
    "里": "inside", "中": "inside", "上方": "above", "下方": "below", "身后": "behind", "身边": "next to",
}  # fmt: skip
_BESIDE = "|".join(sorted((word for word in BESIDE if word.isascii()), key=len, reverse=True))
PLACE_BESIDE = (
    _pattern(
        rf"(?:please )?(?:move|put|place|shift) (?:the )?(?P<what>[a-z][a-z -]*?) (?P<where>{_BESIDE}) (?:the )?(?P<other>[a-z][a-z -]*?){_PLEASE}"
    ),
    _pattern(
        r"(?:请)?(?:把|将|让)?(?P<what>[^，。,\s]{1,8}?)(?:移动?|放|挪|搬|换|摆|改)(?:到|在|去|至)(?P<other>[^，。,\s]{1,8}?)的?(?P<where>身后|身边|上方|下方|[后前左右上下旁里中])(?:边|面|侧|间)?(?:去|吧|了)*"
    ),
)
ZOOM = (
    (
        "wide shot, seen from further away",
        _pattern(
            rf"(?:please )?(?:zoom|pull|step|move)(?: it)? (?:back|out)(?: {_A_BIT})?{_PLEASE}",
            r"(?:seen |show it |make it )?(?:from )?(?:farther|further|far)(?: away| back| out)",
            r"(?:把)?(?:镜头|画面|视角)?(?:再)?(?:拉远|缩小画面|推远|离远)(?:一?点|一?些)?(?:吧|了)?",
            r"远一?[点些]|(?:给个)?(?:全景|远景)",
        ),
    ),
    (
        "close-up",
        _pattern(
            rf"(?:please )?zoom(?: it)? in(?: {_A_BIT})?(?: on (?:it|them))?{_PLEASE}",
            rf"(?:{_A_BIT} )?(?:closer|close[- ]up|nearer)(?: up)?{_PLEASE}",
            r"(?:把)?(?:镜头|画面|视角)?(?:再)?(?:拉近|推近|靠近|放大画面)(?:一?点|一?些)?(?:吧|了)?",
            r"近一?[点些]|(?:给个)?(?:特写|近景)",
        ),
    ),
)
_SHAPED = r"(?:(?:format|version|picture|image|one|aspect|aspect ratio|frame|crop) ?)?"
_IT = r"(?:(?:please|now|make|can you|could you|it|the (?:picture|image|frame|canvas|format)|a|be|should be) )*"
WIDER = _pattern(
    rf"{_IT}(?:{_SO_MUCH} )*(?:wider|broader|more (?:landscape|horizontal)|less tall|less narrow) ?{_SHAPED}{_PLEASE}",
    r"(?:画面|画幅|图|图片|把?它|再|要|能不能|可以)*(?:更|再)?(?P<bit_zh>稍微?|略微?)?(?:加|变|拉|改)?[宽横扁](?:一?点点?|一?些)(?:吧|了|呢|的)*",
    r"(?:画面|画幅|图|图片|把?它)?(?:更|加|变|拉|改)宽(?:吧|了|呢|的)*",
)
TALLER = _pattern(
    rf"{_IT}(?:{_SO_MUCH} )*(?:taller|narrower|more (?:portrait|vertical)|less wide) ?{_SHAPED}{_PLEASE}",
    r"(?:画面|画幅|图|图片|把?它|再|要|能不能|可以)*(?:更|再)?(?P<bit_zh>稍微?|略微?)?(?:加|变|拉|改)?[高窄竖](?:一?点点?|一?些)(?:吧|了|呢|的)*",
    r"(?:画面|画幅|图|图片|把?它)?(?:更|加|变|拉|改)[高窄](?:吧|了|呢|的)*",
)
SQUARE = _pattern(
    rf"{_IT}square ?{_SHAPED}(?: again)?{_PLEASE}",
    r"(?:画面|画幅|图|图片|把?它)?(?:换|变|改|做|裁)?(?:成|回)?(?:正)?方(?:形|图|版|的)?(?:画幅|画面|图片?)?(?:吧|了|的)*",
)
_ONE_OF = r"(?P<side>left|right|first|second|third|last|other)(?:-?most| ?hand)?(?: (?P<what>[a-z]+))"
ONE_OF_THEM = (
    _pattern(
        rf"(?:please )?(?:make|paint|turn|colou?r|have|let|give) the {_ONE_OF}(?: be| into| look)? (?P<how>[a-z][a-z -]*?)"
    ),
    _pattern(rf"the {_ONE_OF} (?:should be|must be|needs to be|has to be|is|in) (?P<how>[a-z][a-z -]*?)"),
    _pattern(
        rf"(?:把|将|让)?其中一{UNIT}(?P<what>[^，。,\s]{{0,6}}?)(?:改成|变成|换成|涂成|画成|改为|要|是)(?P<how>[^，。,]+?)(?:吧|了)?"
    ),
    _pattern(
        rf"(?:把|将|让)?(?P<side>左|右)(?:边|面|侧)?的?那?(?:[一]?{UNIT})?(?P<what>[^，。,\s]{{0,6}}?)(?:改成|变成|换成|涂成|画成|改为|要|是)(?P<how>[^，。,]+?)(?:吧|了)?"
    ),
)
REMOVE_LIKE = (
    _pattern(rf"(?:去掉|删掉|删除|移除|拿掉|不要)(?P<how>[^，。,\s]{{1,3}}?)的(?:那)?[一]?{UNIT}{_ZH_END}"),
    _pattern(rf"(?:把|将)(?P<how>[^，。,\s]{{1,3}}?)的(?:那)?[一]?{UNIT}(?:去掉|删掉|删除|移除|拿掉){_ZH_END}"),
)
REMOVE_ONE = (
    _pattern(rf"(?:please )?{_TAKE} the {_ONE_OF}{_PLEASE}"),
    _pattern(
        rf"(?:把|将)?(?P<side>左|右)(?:边|面|侧)?的?那?(?:[一]?{UNIT})?(?P<what>[^，。,\s]{{0,6}}?)(?:去掉|删掉|删除|移除|去除|拿掉|不要)(?:吧|了)?"
    ),
)
ALLOWED = (
    _pattern(
        r"(?P<what>[a-z][a-z -]*?) (?:is|are) (?:fine|ok|okay|allowed|welcome|alright|all right)(?: again| now| after all)*"
    ),
    _pattern(r"(?:还是)?可以有(?P<what>[^，。,\s]{1,8}?)(?:了|的)?"),
)
NO_STYLE = _pattern(
    r"(?:without|remove|drop|lose|no)(?: the| any)? (?:style|effect|filter)|not in (?:that|this) style",
    r"(?:去掉|不要|取消)(?:这个|任何)?(?:风格|滤镜|效果)",
)
NOT_SO = (
    _pattern(
        r"(?:not|no longer|without it being|no more|stop the)(?: (?:at|in|on|by|during))?(?: the)? (?P<what>[a-z][a-z -]*?)(?: any ?more)?"
    ),
    _pattern(r"(?:without|remove|drop|lose|no) (?:the )?(?P<what>[a-z][a-z -]*?) (?:style|look|effect|filter)"),
    _pattern(
        r"(?:不要|别|不是|不用|不在|别在|不要在|去掉|去除|取消|拿掉|别再|不再)(?P<what>[^，。,\s]{1,6}?)(?:的?(?:风格|效果|滤镜|画风))?(?:了|吧)*"
    ),
)
WEATHER = {
    "snow": "snow", "rain": "rain", "fog": "fog", "mist": "fog", "clouds": "cloudy", "sunshine": "sunny", "wind": "wind",
    "雪": "snow", "雨": "rain", "雾": "fog", "云": "cloudy", "阳光": "sunny", "风": "wind",
}  # fmt: skip
_THICK = {"fog": "thick fog", "mist": "thick fog", "rain": "heavy rain", "snow": "heavy snow", "wind": "strong wind"}
_THIN = {"fog": "light fog", "mist": "light fog", "rain": "light rain", "snow": "light snow", "wind": "light wind"}
WEATHER_GRADES = {"more": _THICK, "less": _THIN}
_GRADED = rf"(?P<what>{'|'.join(_THICK)})"
GRADE_WEATHER = (
    _pattern(
        rf"{_WISH}(?:an? )?(?:(?:{_LITTLE}|much|a lot|far|even|still) )*(?P<grade>more|less)(?: of the)? {_GRADED}{_PLEASE}"
    ),
    _pattern(rf"{_WISH}(?P<grade>)(?:not (?:so|as|that|quite so) much|not too much) {_GRADED}{_PLEASE}"),
    _pattern(
        rf"{_WISH}(?:the )?{_GRADED}(?: should be| could be| is)? (?:(?:a bit|much|even|a little) )?(?P<grade>less|more|lighter|thinner|heavier|thicker|stronger|weaker|harder)(?: thick| heavy| dense| strong)?{_PLEASE}"
    ),
)
ADD_WEATHER = (
    _pattern(
        rf"(?:add|with|give it)(?: some| a (?:bit|little)(?: of)?)? (?P<what>{'|'.join(word for word in WEATHER if word.isascii())}){_PLEASE}"
    ),
    _pattern(r"(?:再)?(?:加|来|下|有|添)(?:上|一?点|一?些|个|场|下)*(?P<what>雪|雨|雾|阳光)(?:吧|了|的|天气|效果)*"),
)
MOVE_TO = (
    _pattern(
        r"(?:把|将)?(?:它|背景|场景|地点|画面)?(?:改到|换到|移到|搬到|挪到|改在|放到|换成在|改成在)(?P<what>[^，。,\s]{1,8}?)(?:去|吧|了)*"
    ),
)
# What parts two commands: 'give it a hat and make it blue'.
COMMANDS = re.compile(
    r"[\s,;.]*(?:\b(?:and|then|also|but)\b[\s,]*)*(?=\b(?:make|turn|change|replace|swap|remove|delete|add|put|give|move|paint|take)\b (?:it|him|her|them|the|an?|some|one|two|three|all|everything|away|out)\b)"
    r"|(?:[，,；;。]\s*(?:并且|然后|同时|再|并|而且)?|并且|然后|同时|而且)(?=(?:把|将|给它|给他|给她))",
    re.IGNORECASE,
)
CLAUSES = re.compile(
    r"\s*(?:[,;，；。！]+|[.!](?=\s|$)|\b(?:and|but|also|then|plus)\b|但是?|并且|而且|然后|同时)\s*", re.IGNORECASE
)
