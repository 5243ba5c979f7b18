"""What people write around a wish: greetings, requests, thanks, asides, and slips of Chinese pens."""

import re

COURTESY = re.compile(
    r"""^[\s,.!:;-]*(?:
    (?:hey|hi|hello|hiya|yo|ok|okay|so|well|um+|uh+|please|pls|plz|kindly|good\ (?:morning|afternoon|evening|day)|dear|limner|bot|there|team|everyone|guys|sorry|btw|maybe|perhaps|hmm+|oh|ah)\b
    |@\w+
    |(?:can|could|would|will|may|might)\ (?:you|u|we|i|someone|anyone)\b(?:\ (?:please|maybe|possibly|kindly|perhaps|also|then|have|get|see|like))*
    |(?:i|we)(?:\ would|'d|’d)\ (?:really\ )?(?:like|love|want|need)\b(?:\ (?:you|to|see|have|get|a\ look\ at))*
    |(?:i|we)\ (?:really\ )?(?:want|need|wish|request)\b(?:\ (?:you|to|see|have|get|for))*
    |let(?:'s|’s|\ us|\ me)\ (?:have|see|try|get)\b
    |(?:any\ chance|is\ it\ possible|would\ it\ be\ possible|do\ you\ think|would\ you\ mind|are\ you\ able)\b(?:\ (?:you|could|can|of|to|getting|have|drawing|making|get))*
    |(?:draw|paint|make|create|generate|design|illustrate|sketch|render|imagine|produce|prepare|show|give|send|get|do|picture|drawing|making|painting|try|visuali[sz]e|depict|whip\ up|come\ up\ with|photograph)\b(?:\ (?:me|us|up))?(?=\ (?!of\b|style\b|it\b|them\b|him\b|her\b|book\b|bottle\b)|:|,|$)
    )[\s,.!:;-]*""",
    re.IGNORECASE | re.VERBOSE,
)
ASIDES = re.compile(
    r"\b(?:(?:by|before|until|for) (?:tomorrow|today|tonight|monday|tuesday|wednesday|thursday|friday|next week)(?:'s)?[^,.!?]*"
    r"|no (?:problem|rush|worries|hurry|pressure|need|matter|doubt|idea|offen[cs]e)\b[^,.!?]*|if (?:you can|possible|you don't mind|it's ok|that's ok(?:ay)?|you have time)"
    r"|(?:would|that'd|that would) be (?:great|nice|awesome|lovely|perfect|cool|amazing|wonderful)|as soon as possible|asap|at (?:once|all|least|most|the moment|first)|in advance|of course"
    r"|thank you(?: so much| very much)?|thanks(?: a lot| so much| in advance)?|many thanks|cheers|in mind|high quality|best quality|masterpiece|highly detailed|ultra detailed|4k|8k|hd|lo+l|lmao|rofl|(?:ha){2,}h?|hehe+|xd|tho|tbh|imo|fyi|asap|pretty please|ty|tysm)\b",
    re.IGNORECASE,
)
# What a message tells before it comes to its wish: 'our router broke, draw a router with a red light'.
STORY = re.compile(
    r"^[^:]{0,200}?\b(?:is|are|was|has|had|have|arrived|gone|lost|cant|asks?|asked|wants?|wanted|says|broke|failed|got|can't|doesn't|isn't"
    r"|won't|cant|doesnt|isnt|wont|cannot|couldn't|couldnt)\b[^\n]{0,200}?(?:[,.:;!?\U0001f300-\U0001faff]|\bso\b)\s*(?:please |can you |could you |just )*"
    r"(?:draw|paint|illustrate|sketch|generate|create|show|make)(?: me| us)?"
    r"\s+(?=(?:an?|the|some|my|our|one|two|three|four|five|\d+)\b)",
    re.IGNORECASE,
)
SLIPS_ZH = re.compile(r"(?<=[我忙请])花(?=[一两三四几]?[张个只幅])")
FOR_WHOM_ZH = re.compile(
    r"^[请你能不麻烦\s，,]{0,6}(?:给|帮|替|为)(?!我(?:画|做|设计|生成|弄|整|来|一|个))[^，。,.的\n]{1,8}?(?=(?:画|做|设计|生成|弄|整)(?:一|个|张|幅|两|三|\d))"
)
NOBODY_ZH = re.compile(r"一?[个只辆]?(人|车|鸟|动物|树|东西)[也都]没有")
# Moods that nobody can draw: where a wish ends with one, and counts nothing, it is passed on as it is.
MOOD_ZH = re.compile(
    r"^(?:(?!一[只个辆条座栋位朵棵匹台头艘架本]|[两三四五六\d]).)*的?(?:感觉|氛围|心情|情绪|滋味|意境|vibe|mood|feeling|孤独感|样子的心情)(?:的?[画图片])*[吧啊呀。！!\s]*$",
    re.IGNORECASE,
)
