"""How people speak of a picture that is there already: patterns in English and simplified Chinese."""

import re

from bot.director.lexicon import NUMBERS
from bot.director.lexicon_zh import NUMBERS as NUMBERS_ZH

NUMBER = rf"(?:{'|'.join(NUMBERS)}|[1-9]\d?|a couple)"
NUMBER_ZH = rf"(?:{'|'.join(sorted(NUMBERS_ZH, key=len, reverse=True))}|[1-9]\d?)"
AGAIN = re.compile(
    rf"(?:(?:ok(?:ay)?|nice|great|good|cool|now|and|please|hmm+|love it|perfect)[\s,.!]+)*(?:(?:can|could) (?:i|we|you)(?: please)?(?: have| get| see| make| do| draw| give (?:me|us)| try)? |(?:give|show|draw|make|paint|do|try|get|i want|i'd like|let's see|generate|create)(?: (?:me|us|it|that))? )?"
    rf"(?:(?:yet )?another(?: (?:one|picture|version|image|try|variation|variant|take|go|attempt|option))?|again|once more|once again|one more(?: time| picture| version| image| try)?|(?P<more>{NUMBER}) more(?: of (?:them|these|those|that)| like (?:this|that)| versions| pictures| images| variations)?"
    rf"|(?:a )?(?:different|new|other|second) (?:one|version|variation|variant|take|picture|try)|more like (?:this|that|it)|more of (?:these|those|the same|that|them)|(?:try|do|draw|paint|make|repeat|redo) (?:it|that|this)?(?: once)? ?(?:again|over)?|(?:the )?same (?:again|thing again|once more)|retry|redo|repeat(?: that| it)?|re-?roll|try again|regenerate|variations?|more|(?P<versions>{NUMBER}) (?:other |different |more )?(?:versions|variations|variants|options))"
    r"(?: (?:of (?:it|this|that|them)|with (?:a )?(?:different|another|new) seed|like (?:this|that)|please|thanks|for me|too))*[\s.!?]*",
    re.IGNORECASE,
)
AGAIN_ZH = re.compile(
    rf"(?:好的?|不错|很好|嗯|可以|请|麻烦|能不能|能|帮我|给我|我要|我想要|[，,\s])*(?:(?:再|重新|重|另外?|多)(?:给我|帮我|来|画|生成|出|做|试|换|要|弄){{0,3}}|换|来)(?P<more>{NUMBER_ZH})?(?:张|幅|个|次|版|遍|下|个版本|种)?(?:别的|不同的|其他的|新的|一样的|同样的|类似的|图|图片|版本|画|看看|吧|呗|呢|吗|谢谢|好吗|可以吗|[，,。.！!？?\s])*"
)
STARTS = re.compile(
    r"\s*(?:(?:ok(?:ay)?|nice|great|good|cool|thanks|thank you|perfect|hmm+|actually|no|nope|wait|yes|yeah|love it|please|and|but|now|so|well|also|oh)\b[\s,.!:]*)*"
    r"(?:(?:can|could|would) (?:you|we|i)(?: please)? |please |let's |let us |i(?:'d| would) (?:like|prefer)(?: to)? |i want |how about |what about |what if |maybe |try |just )*"
    r"(?:(?:the )?same\b|make (?:it|them|him|her|that|this|the|everything|one|both|all|his|its|their|there)\b|make sure\b|have (?:it|them|him|her|the)\b|turn (?:it|them|him|her|the|this|that)\b|change\b|replace\b|swap\b|switch\b|remove\b|delete\b|erase\b|take (?:away|out|the|off)\b|get rid of\b|drop the\b|lose the\b|leave out\b"
    r"|add\b|put\b|(?:letter|caption|inscribe|engrave|label|title) (?:it|them)\b|give (?:it|him|her|them|the)\b|include\b|insert\b|without\b|no more\b|no\b(?! problem)|not\b|instead\b|this time\b|only\b|just (?:one|two|a|the)\b|with\b|in\b|at\b|on\b|as an?\b|under\b|during\b|it(?:'s| is| should| must| needs)\b|they(?: are| should|'re)\b|he(?:'s| is| should)\b|she(?:'s| is| should)\b|the [\w ]+ (?:should|must|needs to|has to|is too)\b"
    rf"|now an?\b|(?:it|them) [a-z]+er\b|zoom\b|from (?:above|below|behind|the side|far)\b|closer\b|further\b|crop\b|flip\b|mirror\b|rotate\b|keep\b|more\b|less\b|fewer\b|bigger\b|smaller\b|darker\b|brighter\b|{NUMBER} of (?:them|those|these)\b|let (?:it|them|him|her|the)\b|i meant\b|i said\b|set (?:it|the)\b|move\b|don't\b|do it\b|do that\b|redo (?:it|that)|draw (?:it|them|that|him|her|the same)\b|paint (?:it|them|that)\b|show (?:it|them|him|her)\b|wider\b|taller\b|use\b|anothe?r\b|also\b|plus\b|but\b|now\b|and\b)",
    re.IGNORECASE,
)
STARTS_ZH = re.compile(
    r"[\s，,。]*(?:好的?|不错|很好|嗯|可以|请|麻烦你?|能不能|能|帮我|给我|还是|但是?|那|我要|我想要?|不过|谢谢|这次|这回|现在|然后|[，,。！!\s])*(?:换|改|变|把|将|加|再加|添|去掉|删|移除|去除|拿掉|不要|别|没有|只要|只画|只留|就要|一样|同样|同一|还是|再|另|它|他|她|它们|让|给它|给他|给她|用|要|做成|画成|放到|放在|不是|其中|另一|第[一二三四五]|剩下|背景|颜色|多|少|更|大一点|小一点|在|横|竖|也|戴上|穿上|带上|拿上|披上|系上|戴[个一顶副]|穿[件一]|旁边|下面|上面|里面|后面|前面|身边|身后|头上|边上|周围|远处|[左右]边(?=[再加放多])|颜色|画得|整体|全部|文字|标题|这次|同|照|也要|保持|其他不变|其它不变|重)"
)
FRESH = re.compile(
    r"\s*(?:please |can you |could you |now )*(?:draw|paint|generate|create|illustrate|design|sketch|imagine)\b(?: me| us)? (?:an?|some|two|three|four|five|\d+)\b|[\s，,]*(?:现在|请|帮我|给我|再|麻烦)*(?:画|生成|绘制|来)(?:一|两|三|四|五|\d)(?:只|个|辆|条|座|栋|位|朵|棵|匹|台|头|艘|架|本)",
    re.IGNORECASE,
)
REMOVES = re.compile(
    r"\b(?:remove|delete|erase|get rid of|take (?:away|out|off)|drop|lose|leave out)\s+", re.IGNORECASE
)
BECOMES_ZH = "换成|改成|变成|改为|换为|变为|[刷涂染漆]成了?|画成"
SWAPS = (
    re.compile(r"\b(?:replace|swap|exchange|substitute) (?P<old>.+?) (?:with|by|for) (?P<new>.+)", re.IGNORECASE),
    re.compile(r"\b(?:change|turn|make|switch|transform) (?P<old>.+?) (?:to|into) (?P<new>.+)", re.IGNORECASE),
    re.compile(rf"(?:把|将)(?P<old>.+?)(?:{BECOMES_ZH})(?P<new>.+)"),
    re.compile(rf"^(?P<old>[^，。,把将不]{{1,8}}?) ?(?:{BECOMES_ZH}) ?(?P<new>.+)"),
    re.compile(r"(?P<new>.+?) instead of (?P<old>.+)", re.IGNORECASE),
    re.compile(r"(?:换成|改成|变成|改为|做成|画成)(?P<new>.+?)(?:，|,)?而?不是(?P<old>.+)"),
)
BECOMES = re.compile(
    r"\b(?:make|turn) (?:it|him|her|that|this)(?: into)? (?P<new>an? .+)|^\W*(?:and )?now (?P<now>an? [\w -]+?)\W*$|^\W*(?:(?:draw|paint|i want|make|do|with)\s+)?(?P<alone>an? [\w -]+?) instead\W*$|^[\s，,]*(?:换成|改成|变成|改为)(?P<chinese>[一两三].+)|^[\s，,]*(?:换成|改成|变成|改为)(?P<bare>[^\s，。,]{1,6})$",
    re.IGNORECASE,
)
REWORDS = re.compile(
    r"\b(?:change|make|let|replace)\b.*\b(?:text|words?|say|read|sign|caption|title|lettering)\b|\b(?:text|sign|it|words?) should (?:say|read)|(?:文字|字|标题|内容|写).*(?:改|换|变)|(?:改|换|变)成?写",
    re.IGNORECASE,
)
POLITE = frozenset("please then thanks maybe instead".split())
LETTERING = frozenset({"text", "word", "caption", "title", "lettering"})
COMPARED = re.compile(r"\b([a-z]{3,}?)(?:er)\b", re.IGNORECASE)
BACKGROUND = re.compile(
    r"^(?:the )?(?:background|scene|place|setting|sky|time|weather|style|背景|场景|地点|时间|天气|风格|画风)$",
    re.IGNORECASE,
)
COUNTS = re.compile(
    rf"^\W*(?:(?:make|draw|i want|just|only|there should be|with|show|give me|i'd like|let's have)\s+)*(?:(?:it|them|that)\s+)?(?P<english>{NUMBER})(?: of (?:them|those|these))?(?: instead| please)?(?:\W*$|,\s*(?P<also>[a-z]{{1,12}}(?: [a-z]{{1,12}})?)\W*$)|^\W*(?:要|改成|变成|画|换成|只要|就要|来)?(?P<chinese>{NUMBER_ZH})(?:[只个辆条匹朵棵座位头本把架艘栋根支枝盏张块片杯碗件双束颗粒顶面扇串盆瓶枚])(?:就好|就行|吧|就可以了)?(?:\W*$|[，,\s]\s*(?P<rest>[^，。,]{{1,12}})$)",
    re.IGNORECASE,
)
# '天气改晴，小孩变三个' leave out 成.
SHORT_BECOMES_ZH = re.compile(
    rf"(?<=天气|时间|背景|颜色|风格|季节)[改换变调](?![成为掉回了一下个小大])|(?<=[\u4e00-\u9fff])[改变](?={NUMBER_ZH}[只个辆条匹朵棵座位头本把架根支盏张块片杯碗件双束颗顶面串盆瓶])"
)
# 'X上放Y' and 'X是Y', where nothing is told to be drawn, go on about the picture that is there.
PUTS_ZH = re.compile(
    r"^(?!.{0,6}(?:画|来|给我|帮我))[\u4e00-\u9fffA-Za-z ]{1,8}?(?:上|里|下|旁|前|后|左边|右边|中间)(?:面|边)?(?:再|也|要|得)?(?:驮|背|扛|顶|戴|穿|拿|举|抱|印|绣|放|搁|摆|挂|加|贴|写|插|画|添|停|趴|系|戴|配|铺|堆)(?!着)"
    r"|^(?:手|头|身|背|脚|嘴|脸|怀|脖子|尾巴)[里上中]的?|^最?(?:中间|左边|右边|前面|后面|上面|下面)的?那[只个条辆位盏朵]"
    r"|^(?!.{0,6}(?:画|来|给我|帮我))[\u4e00-\u9fff]{1,4}得?是(?!不是|一?[只个张]?图)"
)
# 'The one in the middle' of several that look alike.
ONE_OF_ROW_ZH = re.compile(
    r"最?(?:中间|左边|右边|前面|后面|上面|下面|左|右)的?那[只个条辆位盏朵把本]$|其中一[只个条辆位盏朵把本]$"
)
# What is asked for after this is a picture of its own.
NEW_TOPIC_ZH = re.compile(
    r"^(?:[真很太挺]?(?:好看|不错|漂亮|可爱|棒|喜欢|好)[了啊的]?[！!，,。]*)?(?:那|这次|下面|接下来)?(?:再)?换个?(?:题目|主题|题材|内容|话题|画面)[：:，,]|^(?:下一张|另外一?张|新的?一张|重新(?:画|来)一?[张个幅])[：:，,]"
)
PREFACE = re.compile(
    r"^\s*(?:(?:no(?=,| wait)|nope|oh|wait|hold on|actually|hmm+|um+|oops|sorry|(?:what|how) about(?= [a-z]+\W*$)|(?:i(?:'ve)? )?changed my mind(?: (?:about|on) [^,.;:]+)?|on second thoughts?|come to think of it|btw|by the way|不对|等等|等一下|哦不?)[\s,.!…，。！、]+)+",
    re.IGNORECASE,
)
PRAISE = re.compile(
    r"^\s*(?:(?:that |this |it )?(?:looks? |is |'s )?(?:really |very |so )?(?:great|good|nice|lovely|awesome|cool|perfect|beautiful|amazing)|love it|thanks|thank you|(?:真|很|太|挺)?(?:好看|不错|漂亮|可爱|棒|喜欢)(?:了|啊)?)[,.!，。！]+\s*",
    re.IGNORECASE,
)
A_RED_ONE = re.compile(
    r"^\W*(?:(?:an?|the) |(?=[a-z]+ ones?\W*$))(?P<like>(?!any |every |some |no |which )[a-z][a-z -]*?) ones?\W*$",
    re.IGNORECASE,
)
# 'Three more like that, but at night': what comes before and after such a word are read apart.
BUT = re.compile(
    r"[,;，；\s]*(?:\b(?:but|except|only)\b|但是?|不过|只是)\s*|[,，]\s*|\s+(?=(?:in|at|with|on|as)\b)", re.IGNORECASE
)
ALL_OF_THEM = re.compile(r"\b(?:both|all of (?:them|it)|them all|all|everything)\b|都|全部", re.IGNORECASE)
ADDS = re.compile(
    r"\b(?:add|another|also|plus|more|include|put|insert)\b|^\W*(?:and|with)\b|加|再|添|也|还有|多", re.IGNORECASE
)
ADDS_TEXT = re.compile(
    r"\b(?:add|also|second|another|too|as well|below|under|underneath)\b|加|再|添|也|还", re.IGNORECASE
)
MOVES = re.compile(r"\b(?:put|move|place|set|sit)\b|\binstead\b|放到|移到|放在|挪到", re.IGNORECASE)
SIDES = re.compile(r"\b(?:left|right)\b|左|右", re.IGNORECASE)
SOME_OF_THEM = re.compile(r"\b(?:one|two|some|half) of (?:them|the|those)\b|\bthe other\b|其中", re.IGNORECASE)
# What is asked of a thing that a Chinese message begins with: '雨靴要黄色的'.
ASKS = re.compile(
    r"\s*(?:也|都|再|还|最好)?(?:[刷涂染漆画]成|要|是|去掉|删|改|换|变|应该|颜色|太|不要|去掉|放到|放大|缩小|移|戴上|穿上|画成|涂成|大一?点|小一?点|多|少)"
)
ONE = re.compile(r"\bones?\b", re.IGNORECASE)
# '狗去掉' and '把狗去掉' are '不要狗'.
TAKES_AWAY = re.compile(
    r"^(?:把|将)?([^，。,]{1,10}?)(?:都|全)?(?:去掉|删掉|删除|移除|去除|拿掉|不要了)(?:吧|了)?[。！!]*$"
)
MAKES_DO = re.compile(r"\b(?:make|let|have) (?P<who>it|him|her|them|the [a-z]+) (?P<verb>[a-z]+)\b", re.IGNORECASE)
MAKES_WEATHER = re.compile(r"\b(?:make|let|have) it (?P<verb>snow|rain|storm)(?=\W|$)", re.IGNORECASE)
MORE_OF = re.compile(rf"\s*(?:{NUMBER}|some|a few) more [a-z]", re.IGNORECASE)
OF_THE_THING = re.compile(
    r"\s*(?:please |can you |could you )?(?:paint|colou?r|draw|show|dress|light|tint) (?:the|that|this) (?P<what>[a-z]+)\b",
    re.IGNORECASE,
)
# 'The dog is asleep', 'the cat has a hat' where there is a dog or a cat already.
TELLS_OF = re.compile(
    r"\s*(?:(?:the|his|her|its|their|my|our) (?:[a-z-]+ )?)?(?P<what>[a-z]+) (?:is|are|has|have|wears?|holds?|needs?|could|can|looks?|sits?|stands?|lies)\b",
    re.IGNORECASE,
)
# 'Red lids on them', 'two gulls above it': where there is nothing else that a pronoun could mean.
ON_IT = re.compile(
    r"\s*(?!(?:draw|paint|show|make|an? (?:picture|image))\b)(?:[a-z-]+ ){1,5}(?:on|in|under|behind|beside|next to|above|over|around|inside|near|below|by|for) (?:it|them|him|her|both|each)(?:,? (?:please|pls|too|as well|thanks))*\W*",
    re.IGNORECASE,
)
# 'Rainy please, and the cat should be ginger'.
TELLS_LATER = re.compile(
    r"[,.;]\s*(?:and |but |also )*the (?P<what>[a-z]+) (?:should|must|needs to|could|can|has to|is|are)\b",
    re.IGNORECASE,
)
# 'One red and one blue', 'two of them asleep, the other awake'.
PARTED = re.compile(
    r"\s*(?:(?:make|with|have|but|so|paint)\s+)?(?:one|two|three|half|some)(?: of (?:them|these|those))?(?: is| are)? [a-z-]+(?:,| and|, and|,? but) (?:the other|the others|the rest|one|two|three|another|half)(?: of (?:them|these|those))?(?: one)?(?: is| are)? [a-z-]+[\s.!]*",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"\b(?:it|him|her|them)\b|它|他|她", re.IGNORECASE)
TRAILING = re.compile(r"(?:[\s,;，；]|\b(?:and|then|but|also)\b|并且|然后|同时|而且|再|并)+$", re.IGNORECASE)
# 'Make the postbox a bit wonky'.
DESCRIBES = re.compile(
    r"(?:please |and |can you )*(?:make|have|let|get) (?P<who>it|him|her|them|(?:the|his|her|its|their|my|our|that) (?:[a-z-]+ )?[a-z-]+?)(?: (?:look|be|seem|appear|a bit|a little|a touch|slightly|really|very|more|much|so|all|rather|quite|kind of|extra))* (?P<what>[a-z-]{3,})(?:,? (?:please|pls|thanks))?[.!?]*",
    re.IGNORECASE,
)
LOOKS_LIKE = re.compile(r"\b(?:make|have|let) (?:it|this|that|them|everything) look like (?P<what>.+)", re.IGNORECASE)
# 'The same, but': what follows is the change.
SAME_ZH = re.compile(
    r"^[\s，,]*(?:还是)?(?:用|要|画)?(?:一?模?一样的?|同样的?|同一[张个幅]?|相同的?)(?:画面|图片?|场景|内容|构图|东西)?(?:[，,\s]+(?:但是?|不过|只是|就是|而是)?|(?:但是?|不过|只是|而是))\s*"
)
# 'In the background: blue' and '在左边加' as they are read best.
AT_SIDE_ZH = re.compile(r"^[\s，,]*(?:请)?在(?=[左右]边)")
COLOURED_BACKGROUND = re.compile(
    r"\b(?:make|paint|turn|change|with)(?: the| its| an?)? (?:background (?:to )?(?P<colour>[a-z]+)|(?P<before>[a-z]+) background)\W*$|背景(?:换成|改成|变成|改为|要|用)?(?P<chinese>[^，。,\s]{1,3}?)(?:色的?)?[。！]?$",
    re.IGNORECASE,
)
# 'Back to black' and '变回黑色' are changes like any other.
BACK_TO = re.compile(r"^\W*(?:(?:go|turn (?:it|them)|make (?:it|them)|change (?:it|them)) )?back to ", re.IGNORECASE)
BACK_TO_ZH = re.compile(r"(?<=[变换改])回(?!去|来|原|之前|刚才|上|第|到)")
TAKE_OFF = re.compile(r"\btake (?P<what>the [a-z][a-z -]*?) (?:off|away|out)\b", re.IGNORECASE)
