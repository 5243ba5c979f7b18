"""How people name one of several pictures, and ask to go back, to undo, to redo or to vary: English and Chinese."""

import re

from bot.director.lexicon_followup import NUMBER, NUMBER_ZH

# Stands in a text for the picture that was named there.
MARK = "\ue010"
_ORDINAL = r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[1-9]\d?(?:st|nd|rd|th)|last|latest|newest|previous|next|original"
_PLACE = r"(?:top |bottom |upper |lower )?(?:left|right)(?:-?most| hand)?|middle|centre|center"
_NOUN = r"(?P<noun>one|picture|image|version|variant|variation|option|result|attempt|try|photo|drawing|pic|painting|illustration)"
# After a bare 'the second' there is no noun that it may belong to.
_NO_NOUN = r"(?=\s*(?:$|[^\w\s]|[\u3400-\u9fff])|\s+(?:but|and|again|is|was|looks?|please|in|into|at|with|without|as|on|more|better|back|instead|should|to|then|now|for|after)\b)"
PICTURE = re.compile(
    rf"\b(?:the|my|your|that) (?:very )?(?P<ordinal>(?:{_ORDINAL})(?= {_NOUN.replace('(?P<noun>', '(?:')}\b|{_NO_NOUN})|(?:{_PLACE})(?= {_NOUN.replace('(?P<noun>', '(?:')}\b))(?: {_NOUN}\b)?"
    rf"|\b(?P<bare>(?!original|next)(?:{_ORDINAL})) {_NOUN.replace('noun', 'bare_noun')}\b|\b(?:back|revert|return) to (?P<original>original)\b"
    r"|(?:\b(?P<numbered>number|no\.|picture|image|version|option|variant|pic) ?#?|(?P<sign>#))(?P<number>[1-9]\d?|one|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"|\b(?:the )?(?P<before>(?:one|picture|image|version) before(?: (?:that|this|it|the last(?: one)?))?)\b|\b(?:the )?one on the (?P<side>left|right)\b"
    r"|第(?P<zh>[一二两三四五六七八九十]|[1-9]\d?)(?:张图?片?|幅图?画?|个版本|个图|版|图|个(?=$|[，。,\s改换变加去吧更好]))|(?<![\d.])(?P<zh_number>[一二三四1-4])号图?|图(?P<zh_after>[一二三四1-4])(?!\d|[只个张条辆])"
    r"|(?P<zh_last>最后一?|最新(?:的|那)?一?|最近一?)[张幅版](?:图片?)?|(?P<zh_previous>[上前]一?|之前那)[张幅](?:图片?)?|(?P<zh_next>[下后]一?)[张幅](?:图片?)?"
    r"|(?P<zh_original>最初(?:的|那)?(?:[张幅版]|一[张幅版])?(?:图片?)?|最开始(?:的|那)(?:[张幅版])?(?:图片?)?|原图|原版|原来那[张幅版]|最早(?:的|那)[张幅版]?)"
    r"|(?P<zh_side>左上|右上|左下|右下|中间|[左右])[边面侧]?的?那?一?[张幅](?:图片?)?",
    re.IGNORECASE,
)
# A number may be anything in a picture, unless words before it say that it is a picture's.
NAMES_A_PICTURE = re.compile(
    r"(?:^|\b(?:to|like|of|make|turn|use|keep|take|pick|choose|prefer|vary|remix|show|me|want|from|in|redo|change)|[到用选要像把给看改])\s*$",
    re.IGNORECASE,
)
_BEFORE = r"(?:(?:please|ok(?:ay)?|no|nope|nah|argh|hey|limner|oops|hmm+|sorry|wait|actually|well|oh|can you|could you|can we|could we|let's|let us|i want(?: you)? to|i'd like to|just|now|and|then|maybe|yes)\b[\s,.!]*|好的?|嗯|哦|不对|算了|还是|请|麻烦你?|帮我|能不能|可以|那就?|我要|我想要?|给我|我还是|[\s,，。！!])*"
_AFTER = r"(?:[\s,.!?，。！？~…]|\b(?:please|again|now|then|instead|thanks|thank you|after all|for me|more|best|better|back|once more)\b|吧|了|吗|呢|好吗|一下|谢谢|好了|啊)*"
GO_BACK = (
    r"(?:(?:(?:go|take (?:me|it|us)|bring (?:it|me|us)|get|come|switch|change(?: it)?|turn(?: it)?|jump|step) )?back to|(?:return|revert|reset|switch|undo|roll back)(?: it| everything)?(?: back)?(?: all the way)? to|restore|bring back|bring|show(?: me| us)?(?: again)?|see|i (?:want|prefer(?:red)?|liked?|choose|pick|meant|love|'ll take)(?: to (?:see|have|use))?|i'll take|i'd (?:like|rather have|prefer)|use|keep|take|pick|choose|select|(?:go|continue|stick|carry on|work) (?:with|from|on)|start (?:again )?from|give me(?: back)?"
    r"|回到|返回到?|退回到?|恢复到?成?|还原到?成?|换回到?|改回到?成?|变回到?|切回到?|切换到|调回|就?用|就?选|就?要|就|还是用?要?|我?更?喜欢|我选|我要|再?看看?|显示|给我看|保留|留下|采用|按|以|从|在)"
)
_LIKED = r"(?:[\s,]*(?:is|was|looks?|looked)(?: much| a lot| way)? (?:better|best|nicer|nicest|great|good|perfect|my favou?rite|the best|the one)|更?(?:好看?|不错|合适|最好|比较好|更好|为准|继续|开始|基础上)|[那这]张)?"
BACK = re.compile(rf"{_BEFORE}(?:{GO_BACK}\s*)?{MARK}{_LIKED}{_AFTER}", re.IGNORECASE)
BACK_TO_LIKE = re.compile(
    rf"{_BEFORE}(?:(?:go|take me|bring it|switch|change it) )?(?:back|return|revert) to (?:the )?(?:(?:one|version|picture|image) (?:with|in|at|on|of|that (?:has|had|was|is)|where it (?:was|is)) )?(?P<like>[a-z][\w -]*?)(?P<noun> (?:one|version|picture|image))?[\s.!?]*"
    r"|\W*(?:还是|请|帮我|那就)?(?:回到|返回|退回|换回|改回|变回)到?(?P<like_zh>[^，。,]{1,10}?)的?(?P<noun_zh>[那这]一?[张幅版个])?(?:图|版本)?(?:吧|了)?[\s。！]*",
    re.IGNORECASE,
)
AND_THEN = re.compile(
    r"^[\s,，;；]*(?:(?:but|and|then|only|now|except)\b|但是?|不过|然后|并且?|再|只是)?[\s,，]*", re.IGNORECASE
)
BACK_AND = re.compile(
    rf"{_BEFORE}(?:(?:{GO_BACK}|(?:exactly )?(?:like|the same as|same as|as in|similar to|像|和|跟|照着)|in|with|from)\s*)?{MARK}{_LIKED}(?:一样|那样|基础上|的基础上|again| again)?(?:[,，;；:：]|\s+(?=but|and|then|only|except|now|in|at|with|without|as|on|under)|(?=但|不过|然后|再|并|只是|改|换|变|加|去))\s*(?P<rest>.+)",
    re.IGNORECASE,
)
_OF = r"(?:like|similar to|of|on|in the style of|based on|closer to|along the lines of|from)"
_THIS = rf"(?:{MARK}|it|this(?: one)?|that(?: one)?)"
VARY = (
    re.compile(
        rf"{_BEFORE}(?:give me |show me |make |paint |draw |do |try |i want |i'd like )?(?:me )?(?:(?:(?P<number>{NUMBER}) )?(?:more|others|ones|pictures)|something|another(?: one)?|one|(?:a |some |a few |(?P<of_number>{NUMBER}) )?(?:new |more |other |different )?(?:variations?|variants?|takes?)|a bit more|it more|it)(?: that(?:'s| is| are| look))?(?: more)? {_OF} {_THIS}{_AFTER}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_BEFORE}(?:vary|remix|riff on|play with) {_THIS}(?: a (?:bit|little))?{_AFTER}|{_BEFORE}(?:more |closer )?(?:similar|like|closer) (?:to )?{MARK}{_AFTER}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_BEFORE}(?:再|画|来|做|出|生成|弄|要|多|更)*(?:(?P<number>{NUMBER_ZH})[张幅个])?(?:更|再)?(?:像|类似|接近|参考|照着|仿照|按照|跟着)(?:于)?(?:{MARK}|这[张幅个]|它)(?:一?点|一?些|那样|一样|那种|的|样子|风格|感觉)*(?:再?(?:来|画|做|出|生成))?(?:(?P<of_number>{NUMBER_ZH})?(?:[张幅个]))?{_AFTER}"
    ),
    re.compile(
        rf"{_BEFORE}(?:再|多|给我)?(?:来|画|做|出|生成)(?P<number>{NUMBER_ZH})?[张幅个](?:和(?:{MARK}|这[张幅个]))?(?:类似|差不多|相似)的?{_AFTER}"
    ),
    re.compile(
        rf"{_BEFORE}(?:{MARK}|这[张幅]|它)(?:那样|那种|一样)?的?(?:变体|变化|变种|变奏|类似的?|同类)(?:再?(?:来|画|做|出|生成|给我))*(?:(?P<number>{NUMBER_ZH})[张幅个])?{_AFTER}"
        rf"|{_BEFORE}(?:{MARK}|这[张幅]|它)(?:那样|那种)的?(?:再?(?:来|画|做|出|生成|给我))+(?:(?P<of_number>{NUMBER_ZH})?[张幅个])?{_AFTER}"
        rf"|{_BEFORE}(?:再?(?:来|画|做|出|生成|给我))*(?:(?P<also>{NUMBER_ZH})[张幅个])?(?:{MARK}|这[张幅])的(?:变体|变化|变种){_AFTER}"
        rf"|{_BEFORE}(?:把)?{MARK}(?:稍微?)?(?:变化|变一变|微调)(?:一下)?{_AFTER}|{_BEFORE}(?:变化|微调)一下{MARK}{_AFTER}"
    ),
)
ONCE_MORE = re.compile(
    rf"{_BEFORE}(?:redo|retry|re-?roll|repeat|try|do|regenerate|repaint|rerun|another try at|another go at) {MARK}{_AFTER}"
    rf"|{_BEFORE}(?:(?:重新|再)(?:画|做|生成|来)|重画|重做|重来|重新来)(?:一?[次遍下张])?{MARK}{_AFTER}|{_BEFORE}(?:把)?{MARK}(?:(?:重新|再)(?:画|做|生成|来)|重画|重做|重来)(?:一?[次遍下张])?{_AFTER}",
    re.IGNORECASE,
)
_CHANGES = r"(?:the |my |your |that |this |all )?(?:last |latest |previous |most recent )?(?:change|edit|step|modification|move|thing|one)s?"
UNDO = re.compile(
    rf"{_BEFORE}(?:(?:undo|revert|roll back|take back|cancel|scrap|discard|reverse)(?: (?:that|it|this))?(?: {_CHANGES})?|(?:undo|go back|step back|back|roll back|revert)(?: by)? (?P<steps>{NUMBER}|twice|thrice)(?: (?:steps?|times|changes|edits))?|undo {_CHANGES.replace('(?:change', f'(?P<many>{NUMBER}) (?:change')}"
    rf"|(?:go|step|take it|take that|turn it|put it|change it|change that|turn that|move|roll it|set it) back|back(?: up)?|(?:one step|a step) back(?:wards?)?|(?:go |step )?back (?:one|a) step|backwards?|ctrl[ +-]?z|(?:go )?back to (?:the )?(?:previous (?:version|state|step)|how it was|what it was|the way it was|before)|(?:the )?previous (?:version|state)"
    rf"|(?:i )?(?:liked|preferred|want|like) (?:it )?(?:better |more )?(?:the way |as |how )?(?:it was )?before|(?:make|leave|put|change|have|keep) it (?:back )?(?:to )?(?:as|how|the way|what|like) it was(?: before)?|(?:as|how|the way|like) it was(?: before)?|it was (?:better|nicer)(?: before)?|without (?:that|the last|this) (?:change|edit)|don't (?:change|do) (?:that|it|this)|never ?mind(?: (?:that|the (?:last )?change))?|not that|forget (?:that|the) (?:last )?(?:change|edit))"
    rf"{_AFTER}"
    rf"|{_BEFORE}(?:(?:撤销|撤回|撤消|还原|回退|倒回去?|后退|退回去?|返回|退一步|取消|不要|去掉|别要|放弃)(?:掉|到)?(?:最近|最后|刚才|刚刚|上|前面?|这|那|之前)?的?(?:一?[个次步处]|(?P<zh_steps>[两二三四五2-9])[个次步处])?的?(?:改动|修改|改变|更改|变化|操作|步骤|那步|编辑|改的)"
    rf"|(?:再|继续)?(?:撤销|撤回|撤消|还原|回退|后退|倒回去?|退回去?|退一步|退)(?:回)?(?:上|前面?|最近)?的?(?:(?P<zh_many>[两二三四五2-9一])?[步次下])?(?:操作)?|(?:回到|返回|退回|退到|恢复到?|回)?(?:上一?步|上一?版|前一?版|上个版本|之前的?版本|前一个版本|改之前|修改前|修改之前|之前的?(?:样子|状态)?|刚才的?(?:样子|状态|那[张版])?|原来的?样子|原样)(?:去)?|(?:再|又)?(?:改|变|换|调|退|倒)回(?:去|来|原样|原来的?(?:样子)?|之前的?(?:样子)?)|恢复(?:原样|原状|成?(?:原来|之前|刚才)的?(?:样子)?)|还是(?:刚才|之前|原来|改之前)的?(?:那[张版]|样子)?(?:好看?)?|不改了|别改了?|取消掉?(?:刚才|刚刚|上|前|这|最后)的?一?[步次个])"
    rf"{_AFTER}",
    re.IGNORECASE,
)
UNDO_AND = re.compile(
    r"\W*(?:(?:please|ok|no|actually|oops)[\s,]*)*(?:undo|revert|roll back|take back|cancel)(?: (?:that|it|this|the last change|the change|the last one|that change))?(?:\s*[,;]\s*(?:and |then |but )?|\s+(?:and|then|but)\s+)(?P<rest>.+)"
    r"|[\s，,]*(?:请|帮我)?(?:撤销|撤回|还原|改回去|退回上一步|不要(?:这个|刚才的)改动)(?:刚才的?|这个|上一个)?(?:改动|修改)?(?:吧|了|，|,|\s)*(?:[，,]|然后|再|并且?|但是?)(?:然后|再|并且?|但是?)?(?P<rest_zh>.+)",
    re.IGNORECASE,
)
REDO = re.compile(
    rf"{_BEFORE}(?:undo (?:the|that|my) undo|redo (?:the|that|my|last) (?:last )?(?:change|edit|step|undo)|re-?apply(?: (?:that|it|the (?:last )?(?:change|edit)))?|(?:bring|put) the (?:last )?(?:change|edit) back|restore (?:that|the) (?:last )?(?:change|edit)|(?:go |step |one step |a step )?forwards?(?: (?:again|one step|a step))?|ctrl[ +-]?y|i (?:do )?want (?:that|the) change(?: after all)?|keep the change(?: after all)?){_AFTER}"
    rf"|{_BEFORE}(?:恢复|恢复(?:刚才|撤销|撤回|被撤销|那个|这个|之前)?的?(?:那[个次])?(?:改动|修改|操作|撤销)?|取消(?:刚才的?)?撤[销回]|撤销(?:刚才的?)?(?:撤销|撤回)|重做(?:刚才|那个|这个|上一)?的?(?:改动|修改|一?步)|还是要(?:刚才|那个|这个)?的?(?:改动|修改)|前进(?:一步)?|下一步){_AFTER}",
    re.IGNORECASE,
)
# After an undo they take the change back in; else one takes the last change back, and the other is one more try.
REDO_OR_UNDO = re.compile(rf"{_BEFORE}(?:bring|put|get) (?:it|that|them|those) back{_AFTER}", re.IGNORECASE)
REDO_OR_AGAIN = re.compile(rf"{_BEFORE}(?:redo(?: (?:it|that|this))?|重做){_AFTER}", re.IGNORECASE)
# What was there before a change comes back as it was.
RESTORES = re.compile(
    rf"{_BEFORE}(?:(?:bring|put|get|add) (?:back )?(?:the|my) (?P<what>[a-z][a-z -]*?)(?: back| again)|(?:bring|put|get) back (?:the|my) (?P<what_too>[a-z][a-z -]*?)){_AFTER}"
    rf"|{_BEFORE}(?:把)?(?P<what_zh>[^，。,\s]{{1,8}}?)(?:加|放|变|找|拿|请)回来{_AFTER}|{_BEFORE}(?:加|放|变|找)回(?P<what_zh_too>[^，。,\s来去]{{1,8}}?){_AFTER}",
    re.IGNORECASE,
)
