"""What looks alike in every language, as patterns: quotes, names, ratios, sizes, settings, shapes."""

import re

from bot.director.lexicon import NUMBERS
from bot.director.tokens import QUOTE

SHORTHAND = (
    (re.compile(r"(?<!\w)w/o(?!\w)", re.IGNORECASE), "without"), (re.compile(r"(?<!\w)w/(?=[\s\w\ue000])", re.IGNORECASE), "with "),
    (re.compile(r"(?<=[A-Za-z]) '?n'? (?=[A-Za-z0-9])"), " and "), (re.compile(r"\bthru\b", re.IGNORECASE), "through"), (re.compile(r"\bb\s?[&/]\s?w\b", re.IGNORECASE), "black and white"),
)  # fmt: skip
PAIRS = ("“”", "「」", "『』", "«»", "„“", "‟”", "＂＂", '""', "〝〞")
QUOTED = re.compile(
    "|".join(
        rf"{re.escape(first)}([^{re.escape(first + last)}\n]+){re.escape(last)}" for first, last in map(tuple, PAIRS)
    )
    + r"|‘([^‘\n]+?)’(?!\w)|(?<![^\W\u3400-\u9fff])(?<!')'(?!\s)([^'\n]*(?:\w'\w[^'\n]*)*[^\s'])'(?![^\W\u3400-\u9fff])"
)
NAMED = re.compile(r"(\b(?:named|called)|名叫|叫做|名字叫|名字是|名为)\s*$", re.IGNORECASE)
NAME = re.compile(
    r"(?P<cue>\b(?:named|called)\s+)(?P<name>[^\W\d_a-z][\w-]*(?:\s+[A-Z][\w-]*)*|(?!(?:with|on|in|at|and|by|for|from|under|next|who|that|to)\b)[a-z][\w-]*)"
    r"|(?P<cue_mixed>(?:名叫|叫做|名字叫|名字是|取名|起名|(?<=[a-z])\s*叫|(?<=[只个位条匹名头])叫)\s*)(?P<name_mixed>[A-Z][\w'-]*(?:\s[A-Z][\w'-]*)*)"
    r"|(?P<cue_zh>名叫|叫做|名字叫|名为|(?<=[猫狗兔鼠鸟马鱼龟孩])叫(?![声着了唤喊一])|(?<=[一这那][只个位条匹名头])叫(?=[^，。,\s]{1,6}的))(?P<name_zh>[^\s，。,.！!；;的]{1,8})"
)
WRITABLE = r"(?:sign|banner|poster|card|t-?shirt|shirt|label|sticker|flag|billboard|board|badge|note|cake|mug|screen|neon|bubble|button|plate|ribbon|balloon|letter|page|book|cover|hat|cap|ticket|tag|placard)s?"
CAPITALS = r"(?:[A-Z0-9][\w'’&!?-]*)(?:[ ]+(?:[A-Z0-9&][\w'’&!?-]*))*"
WORDS_UP_TO = (
    r"[^\n,.;:!?\ue000]+?[!?]*(?=\s+(?:in|on|at|above|below|under|next to|beside|and an?|with|against)\b|[,.;\n]|$)"
)
SAID = re.compile(
    rf"(?:\b(?i:that says|which says|saying|says|that reads|reads|labell?ed|captioned|titled"
    rf"|with the (?:text|words?|caption|title|inscription|slogan|lettering|label|message|phrase|letters?)|(?:the )?(?:text|words?|wording|lettering|slogan|caption|message)(?: is| are)?:))"
    rf"[ ]*:?[ ]+(?P<capitals>{CAPITALS})(?=$|[\s,.;])"
    rf"|(?:\b(?i:{WRITABLE}(?: that| which)? (?:says|saying|reads|reading)"
    rf"|with the (?:text|words?|caption|title|inscription|slogan|lettering|message|phrase)))[ ]*:?[ ]+(?P<words>{WORDS_UP_TO})"
    rf"|(?i:\bwith\s+(?:the words? )?)(?P<written>{CAPITALS})(?=\s+(?:written|printed|painted|embroidered)\b)"
    r"|(?:[上里面中](?:就|只)?写[：: ]+|写着|写上|写有|写了|(?:印着|印有|刻着|刻有|印著)(?![^\s，。,;；！!\n]{1,12}[和与及])|标着|寫著|寫上|文字是|文字为|文字：|文字:|字样是|標題是|标题是|标题为)[：: ]*"
    r"(?P<chinese>(?![：:])[^\s，。,;；！!\n\ue000“”\"「」]{1,30}?[！!]?)(?=字样|字樣|这?[一二两三四五六七八几]个(?:大)?字|"
    r"的?(?:大?字)?的(?:[一-龥]{0,3})(?:牌|板|幅|报|片|卡|恤|衣|服|旗|球|糕|杯|门|匾|灯|标|签|纸|书|包|帽|墙|板|带|春联|灯笼|招牌)|[\s，。,;；\n]|$)"
)
BOOKED = re.compile(r"(?<=[写印题刻着上有])《([^《》\n]{1,40})》")
SO_MANY_LETTERS = re.compile(rf"({QUOTE}\d+{QUOTE})\s*这?[一二两三四五六七八九十几]+个大?字")
CUE = re.compile(
    rf"\b(?:(?:(?:that|which) )?(?:says|saying|said|reads|reading|labell?ed|captioned|titled|spelling)"
    rf"|(?:with )?(?:the )?(?:text|words?|caption|inscription|slogan|lettering|message|phrase))\s*:?\s*(?={QUOTE})",
    re.IGNORECASE,
)
RATIO = re.compile(
    r"(?<![\d:.])(\d{1,2})\s?([:：比x×/*])\s?(\d{1,2})(?!\d|:\d)(?:\s*(?:aspect ratio|aspect|ratio|format|比例|画幅|的))?",
    re.IGNORECASE,
)
OTHER_RATIOS = frozenset({"21:9", "5:4", "4:5", "2:1", "1:2", "9:21", "5:3", "3:5", "18:9"})
_FROM = r"(?:directly |high |far )?(?:above|below|behind|overhead|the (?:side|front|back|air)|a (?:low|high) angle|a distance|afar)"
VIEWS = (
    (
        "",
        re.compile(
            rf"[,;]?\s*\b(?P<said>(?:seen|viewed|shot|photographed|shown|looking|look) from {_FROM}|from {_FROM}(?=\s*(?:[,.!;]|$|in\b|on\b|with\b|at\b))"
            r"|(?:(?:top|side|front|rear|back|aerial|overhead|(?:low|high|wide)[- ]angle|bird['’]?s[- ]eye|birds[- ]eye|worm['’]?s[- ]eye|three[- ]quarter|top[- ]down|panoramic) (?:view|shot)"
            r"|top[- ]down|bird['’]?s[- ]eye|(?:wide|long|medium|macro) shot|(?:extreme )?close up(?!\s+(?:shop|the|a|of|on|to)\b)|(?:at )?eye[- ]level))\b(?P<of> of\b)?",
            re.IGNORECASE,
        ),
    ),
    (
        "from above",
        re.compile(
            r"俯视(?:图|角度|视角)?|俯拍(?:角度|视角|镜头)?|从(?:正)?上(?:方|面|往下|向下)(?:往下|向下|俯)?(?:看|拍|俯视)"
        ),
    ),
    ("bird's-eye view", re.compile(r"鸟瞰(?:图|视角|角度)?|航拍(?:图|视角|镜头)?|俯瞰(?:图|视角|角度)?")),
    (
        "from below",
        re.compile(r"仰视(?:图|角度|视角)?|仰拍(?:角度|视角|镜头)?|从下(?:方|面|往上)(?:往上|向上|仰)?(?:看|拍|仰视)"),
    ),
    ("close-up", re.compile(r"(?:的)?(?:大)?特写(?:镜头|画面)?")),
    ("side view", re.compile(r"侧面(?:图|视角|角度)|侧视图?")),
    ("negative space", re.compile(r"(?:多|大面积|大量)?留白(?:多一?[点些]|大一?[点些]|多)?(?=[，,。！!]|$)")),
    ("backlit", re.compile(r"逆光(?:拍摄?)?|背光拍摄?")),
    ("eye-level view", re.compile(r"平视(?:角度|视角)?")),
)
SIZE = re.compile(r"(?<!\d)(\d{2,5})\s*(?:px)?\s*[x×*乘X]\s*(\d{2,5})(?!\d)\s*(?:px|pixels?|像素)?", re.IGNORECASE)
SETTINGS = (
    ("seed", int, re.compile(r"(?:\bseed\b|种子|種子)\s*(?:[:=：是为]|number)?\s*(\d{1,10})", re.IGNORECASE)),
    ("steps", int, re.compile(r"(?:\bsteps\b|步数|步數)\s*[:=：是为]?\s*(\d{1,4})|\bin (\d{1,3}) steps\b", re.IGNORECASE)),
    ("guidance_scale", float, re.compile(r"\b(?:guidance(?: scale)?|cfg(?: scale)?)\s*[:=]?\s*(\d{1,3}(?:\.\d+)?)", re.IGNORECASE)),
)  # fmt: skip
PICTURES = r"(?:pictures|images|drawings|illustrations|photos|paintings|sketches|renders|wallpapers|artworks|pics)"
VERSIONS = r"(?:versions|variations|variants|options|alternatives|takes|proposals|attempts)"
MANY = re.compile(
    rf"\b(?P<number>[1-9]\d?|a couple of|a pair of|{'|'.join(NUMBERS)})(?P<between>(?: [a-z0-9-]+){{0,3}}?) (?P<what>{PICTURES}|{VERSIONS})\b"
    r"(?! (?:on|hanging|and|in a frame))",
    re.IGNORECASE,
)
PRODUCT = re.compile(r"\b(?:icon|logo|avatar|sticker|tile|badge)s?\b", re.IGNORECASE)
SHAPES = (
    ("16:9", re.compile(
        r"\b(?:wide-?screen(?: format| wallpaper)?|(?:a |an )?(?:ultra-?)?wider?(?: format| version| picture| image| one| aspect(?: ratio)?| banner| crop| illustration| drawing)"
        r"|banner (?:format|image|picture|size)|(?:as|for|make|draw|create|design|need|want) (?:an?|the|our|my) (?:[\w-]+ ){0,2}banner|^(?:an? )?(?:[\w-]+ )?banner (?:of|showing)"
        r"|landscape (?:format|mode|orientation|version|aspect(?: ratio)?)|in landscape(?! of)|horizontal(?:ly)?(?: format| orientation| version| picture| image)?"
        r"|(?:web(?:site)?|page|blog|email|hero|desktop) (?:header|banner|wallpaper|background)(?: image)?|youtube thumbnail"
        r"|(?:make it|in|be) wider?|wider)\b|(?:^|,\s*)wide(?=\s*(?:[,.!]|$|please))", re.IGNORECASE)),
    ("9:16", re.compile(
        r"\b(?:portrait (?:format|mode|orientation|version|aspect(?: ratio)?)|in portrait|vertical(?:ly)?(?: format| orientation| version| picture| image| poster)?"
        r"|(?:phone|mobile|smartphone|iphone|lock ?screen) (?:wallpaper|background)|tall (?:format|image|picture|version|poster|banner|illustration|drawing|card|print)|(?:instagram|ig) stor(?:y|ies)|upright format|taller format)\b", re.IGNORECASE)),
    ("1:1", re.compile(
        r"\b(?:(?:a )?square (?:aspect(?: ratio)?|format|crop|picture|image|version|illustration|drawing|photo|icon|logo|avatar|sticker|tile|poster|one)|(?:in|it|as a|be) square)\b|(?:^|,\s*|\bso\s+)square(?=\s*(?:[,.!:]|$|please))", re.IGNORECASE)),
    ("16:9", re.compile(r"横版|(?:^|[，, ])横幅(?=[，,。 ]|$)|横幅(?:画面|构图|图|的?比例|格式|版)|横屏|宽屏|宽幅|横图|横向|橫版|寬屏|寬幅|橫向|橫圖|(?:做|画|作为|当|要)(?:一?[个张幅])?(?:网站|公众号|博客)?(?:的)?(?:横幅|banner)|电脑壁纸|桌面壁纸|更宽|宽一点|宽一些", re.IGNORECASE)),
    ("9:16", re.compile(r"竖版|竖屏|竖图|竖幅|竖向|竖构图|豎版|豎屏|豎圖|直幅|直式|手机壁纸|手機桌布|手机屏保|竖着|手机(?:来|用来)?(?:当|做|的|用)*(?:锁屏|壁纸)|锁屏(?:壁纸|图|背景)?(?=[，,。：: ]|$)")),
    ("1:1", re.compile(r"正方形(?:的?图片?|画面|构图|比例|版)?(?=[，。,. 、；]|的?图|的?画|$)|方图|方形(?:的?图片?|画面|构图|版)|方版|方形(?=的?(?:头像|图标))|(?:改成|换成|改为|要)正?方的|(?:(?<=[，,、 ])|^)正?方形(?=[，,。！!]|$)|正方形(?=的)(?!的[^图画])")),
)  # fmt: skip
