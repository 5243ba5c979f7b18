"""What people write around a wish: greetings, requests, thanks, asides, and slips of Chinese pens."""

import re

# Those on whose behalf people ask.
_ASKERS = (
    r"(?:daughters?|sons?|kids?|children|child|wife|husband|partner|girlfriend|boyfriend|fianc[eé]e?|bosse?s?|managers?|teams?|clients?|customers?|mum|mom|mummy|mommy|dad"
    r"|daddy|mother|father|parents|brother|sister|niece|nephew|grand(?:ma|pa|mother|father|son|daughter|kids|child(?:ren)?)|gran|aunt(?:ie)?|uncle|cousin|friends?|flatmate|roommate"
    r"|neighbou?rs?|colleagues?|coworkers?|co-workers?|company|department|marketing|sales|design|ceo|cto|class|students?|teacher|school|everyone|everybody|somebody|someone|folks|pm|editor|publisher|landlord|office)"
)
_WANTS = (
    r"(?:(?:really|just|also|desperately|absolutely|still|now)\ )?(?:wants?|wanted|needs?|needed|would\ (?:really\ )?(?:like|love)|'d\ (?:like|love)|asks?|asked|keeps?\ asking|begged"
    r"|requested|requests|wishes|(?:is|are|was|were|has\ been|have\ been)\ (?:asking|looking|begging|hoping)|(?:has|have)\ (?:asked|requested)|insists|demands|ordered)"
)
COURTESY = re.compile(
    rf"""^[\s,.!:;-]*(?:
    (?:(?:my|our|the|his|her|their)\ )?(?!an?\ )(?:[\w'-]+\ ){{0,2}}?{_ASKERS}(?:\ (?:here|upstairs|\w+'s))?\ {_WANTS}\b(?:\ (?:for|on|me|us|you|to\ (?:see|have|get|draw|make|paint|do)|see|have|get|draw|make|paint|do))*(?=\ (?!to\b|for\b|on\b|by\b|his\b|her\b|their\b|its\b|with\b|in\b|at\b|questions?\b)[\w"“'‘])
    |(?:i(?:'m|\ am)|we(?:'re|\ are))\ (?:writing|making|preparing|designing|putting|working|building|planning|running|doing|looking|creating|hosting|starting|opening|launching)\b[^,.:;!?\n]*(?:[,.:;\n]|\bso\b|\band\b(?=\ (?:i|we|need|want)))
    |(?:it's|it\ is|its|this\ is|this\ one's|that's)\ for\b[^,.:;!?\n]*[,.:;\n]
    |(?:need(?:ing|ed)?|want(?:ing|ed)?|looking\ for|after|requesting|asking\ for|in\ need\ of)(?=\ (?:an?|the|some|one|two|three|four|five|\d+|our|my)\b)
    |for\ (?:my|our|the|an?|his|her|their|this|next|[a-z]+['’]s)\ [^,.:;!?\n]{{1,60}}:
    |(?:i|we)\ (?:was|were)\ (?:just\ )?(?:hoping|looking|thinking|wondering|asking|wishing|dreaming)\b(?:\ (?:for|of|about|if|you|could|can|would|maybe|to|get|see|have|draw|paint|make|do|me))*
    |(?:what|all)\ (?:i|we)(?:'d)?\ (?:really\ )?(?:need|want|like|would\ like)\ (?:is|are)
    |(?:an?\ )?(?:quick|small|little|special)\ (?:one|request|ask|favou?r|thing|question)(?:\ (?:please|for\ you))?\ ?[:,-]
    |(?:gimme|lemme\ (?:have|see)|hit\ me\ with|how\ does|trouble\ you\ for)\b
    |how\ about(?=\ (?:an?|the|some|one|two|three|four|five|\d+|our|my)\b)
    |(?:hey|hi|hello|hiya|yo|ok|okay|so|well|um+|uh+|please|pls|plz|kindly|good\ (?:morning|afternoon|evening|day)|dear|idk|dunno|i\ (?:don't|dont|don’t)\ know|not\ sure|right(?=,)|limner|bot|(?:there|team|everyone|guys)(?=\s*(?:[,.!:;-]|$)|\ (?:can|could|would|please|i|we|any|bot|limner)\b)|sorry|btw|maybe|perhaps|hmm+|oh|ah)\b
    |@\w+
    |(?:can|could|would|will|may|might)\ (?:you|u|we|i|someone|anyone)\b(?:\ (?:please|maybe|possibly|kindly|perhaps|also|then|have|get|see|like|be\ able\ to|be\ so\ kind\ (?:as\ )?to|be\ willing\ to|try\ to|help\ (?:me|us)\ (?:to\ )?(?:draw|make|get)|do\ me))*
    |(?:it's|it\ is|its|it’s|today\ is|today's|tomorrow\ is|there's|this\ is)\ (?:my|our|his|her|their|the|a)?\ ?[^,.:;!?\n]{{0,40}}\b(?:birthday|anniversary|wedding|party|retirement|leaving\ do|farewell|graduation|\d+th|launch)\b[^,.:;!?\n]{{0,30}}[,.:;!\n]
    |(?:i|we)(?:\ would|'d|’d)\ (?:really\ )?(?:like|love|want|need)\b(?:\ (?:you|to|see|have|get|a\ look\ at))*
    |(?:i|we)\ (?:really\ )?(?:want|need|wish|request)\b(?:\ (?:you|to|see|have|get|for))*
    |let(?:'s|’s|\ us|\ me)\ (?:have|see|try|get)\b
    |(?:any\ chance|is\ it\ possible|would\ it\ be\ possible|do\ you\ think|would\ you\ mind|are\ you\ able)\b(?:\ (?:you|could|can|of|to|getting|have|drawing|making|get))*
    |(?:draw|paint|make|create|generate|design|illustrate|sketch|render|imagine|produce|prepare|show|give|send|get|do|picture|drawing|making|painting|try|visuali[sz]e|depict|whip\ up|come\ up\ with|photograph)\b(?:\ (?:me|us|up))?(?=\ (?!of\b|style\b|it\b|them\b|him\b|her\b|book\b|bottle\b)|:|,|$)
    )[\s,.!:;-]*""",
    re.IGNORECASE | re.VERBOSE,
)
ASIDES = re.compile(
    r"\b(?:(?:by|before|until|for) (?:tomorrow|today|tonight|monday|tuesday|wednesday|thursday|friday|next week)(?:'s)?[^,.!?:]*"
    r"|no (?:problem|rush|worries|hurry|pressure|need|matter|doubt|idea|offen[cs]e)\b[^,.!?]*|if (?:you can|possible|you don't mind|it's ok|that's ok(?:ay)?|you have time)"
    r"|(?:would|that'd|that would) be (?:great|nice|awesome|lovely|perfect|cool|amazing|wonderful)|as soon as possible|asap|at (?:once|all|least|most|the moment|first(?! light))|in advance|of course"
    r"|thank you(?: so much| very much)?|thanks(?: a lot| so much| in advance)?|many thanks|cheers|in mind|an? (?:drawing|picture|sketch|image|diagram|illustration) would (?:help|be (?:nice|great|helpful|good))\b[^,.!?]*|high quality|best quality|masterpiece|highly detailed|ultra detailed|4k|8k|hd|lo+l|lmao|rofl|(?:ha){2,}h?|hehe+|xd|tho|tbh|imo|fyi|asap|pretty please|ty|tysm)\b",
    re.IGNORECASE,
)
# What a message tells before it comes to its wish: 'our router broke, draw a router with a red light'.
STORY = re.compile(
    r"^[^:]{0,200}?\b(?:is|are|was|has|had|have|arrived|gone|lost|cant|asks?|asked|wants?|wanted|says|broke|failed|got|can't|doesn't|isn't"
    r"|won't|cant|doesnt|isnt|wont|cannot|couldn't|couldnt)\b[^\n]{0,200}?(?:[,.:;!?\U0001f300-\U0001faff]|\bso\b)\s*(?:please |can you |could you |just )*"
    r"(?:draw|paint|illustrate|sketch|generate|create|show|make|(?:i|we) (?:need|want)|need|looking for|(?:i|we)'?d like)(?: me| us)?"
    r"\s+(?=(?:an?|the|some|my|our|one|two|three|four|five|\d+)\b)",
    re.IGNORECASE,
)
ON_HEAD_ZH = re.compile(r"(?:头上|头顶上?)顶着?(?=([一两三四个只]))")
SLIPS_ZH = re.compile(r"(?<=[我忙请])花(?=[一两三四几]?[张个只幅])")
ALL_BUT_ZH = re.compile(
    r"除了(?P<kept>[^，。,.]{1,8}?)(?:之外|以外|外)?[，, ]?(?:啥|什么|其他|其它|别的|任何|所有)的?(?P<rest>[^，。,.都]{0,6})(?:都|也)(?:不要?|别|没有?)[^，。,.]?"
)
FOR_READERS_ZH = re.compile(r"^[请你能不\s，,]{0,6}给[^，。：:,\n]{1,10}(?:看|用|玩)的?[：:，,]")
FOR_WHOM_ZH = re.compile(
    r"^[请你能不麻烦\s，,]{0,6}(?:给|帮|替|为)(?!我(?:画|做|设计|生成|弄|整|来|一|个))[^，。,.的\n]{1,8}?(?=(?:画|做|设计|生成|弄|整)(?:一|个|张|幅|块|条|面|只|份|款|套|两|三|\d))"
)
NOBODY_ZH = re.compile(r"一?[个只辆]?(人|车|鸟|动物|树|东西)[也都](?:没有|别有|不要有?|别画|别出现)")
# Moods that nobody can draw: where a wish ends with one, and counts nothing, it is passed on as it is.
MOOD_ZH = re.compile(
    r"^(?:(?!一[只个辆条座栋位朵棵匹台头艘架本]|[两三四五六俩仨\d]|[门窗墙树桌]\w{0,2}[挂站坐趴停]|里的\w{1,4}[，,]|[穿戴拿抱骑举牵吃喝追][着 \w]).)*的?(?:感觉|氛围|心情|情绪|滋味|意境|vibe|mood|feeling|孤独感|样子的心情)(?:的?[画图片])*[吧啊呀。！!\s]*$",
    re.IGNORECASE,
)
