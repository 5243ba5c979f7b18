"""What the answering agent says by itself, and what it recognises in customers' words; in English and Chinese."""

import re
from collections.abc import Mapping

from bot.language import Language

Both = tuple[str, str]

SAY: Mapping[str, Both] = {
    "hand over": (
        "I can't settle this for you, so a colleague will look at it and answer you here.",
        "这个问题我没办法替您处理，会有同事查看并在这里回复您。",
    ),
    "hello": (
        "Hello! I'm an AI assistant of this support team. What can I help you with?",
        "您好！我是客服团队的 AI 助手。请问有什么可以帮您？",
    ),
    "thanks": ("You're welcome! Write again whenever something comes up.", "不客气！有问题随时再来找我。"),
    "bye": ("Goodbye! Write again whenever something comes up.", "再见！有问题随时再来找我。"),
    "well": ("I'm glad to hear that. Write again whenever something comes up.", "太好了。有问题随时再来找我。"),
    "who": (
        "I'm an AI assistant, not a person. I answer from this team's own articles, and a colleague takes over when you "
        "ask for one.",
        "我是 AI 助手，不是真人。我根据团队自己的文章回答问题；您需要时，可以说“转人工”，由同事接手。",
    ),
    "rest": ("The further steps are in “{title}”.", "后面的步骤请看《{title}》。"),
    "made by AI": ("This picture was made by AI for this answer.", "这张图片由 AI 为本次回答生成。"),
    "asked": ("Asked", "客户问"),
    "tried": ("Searched for", "检索了"),
    "found": ("Found", "找到"),
    "nothing": ("nothing", "无"),
    "nearest": ("Nearest, perhaps of use", "最接近的内容，供参考"),
    "earlier": ("Before that", "此前"),
    "why": ("Why", "原因"),
    "person": ("The customer asks for a person.", "客户要求人工服务。"),
    "anger": ("The customer is angry.", "客户情绪激动。"),
    "word": ("The customer's words name “{word}”.", "客户提到了“{word}”。"),
    "danger": ("The customer tells of a danger to people or things.", "客户提到了人身或财产危险。"),
    "law": ("The customer threatens with the law or with the public.", "客户提到法律途径、投诉或曝光。"),
    "money": (
        "The customer wants money back, and only a person may decide that.",
        "客户要求退款或赔偿，需由人工决定。",
    ),
    "data": ("The customer wants personal data deleted or handed out.", "客户要求删除或导出个人数据。"),
    "case": ("The customer asks about the state of one order or case.", "客户询问某个订单或维修单的状态。"),
    "pictures only": ("The customer sent pictures without a question.", "客户只发了图片，没有提问。"),
    "not found": ("Nothing in the knowledge answers this.", "知识库中没有相关内容。"),
    "language": ("The knowledge has it in another language only.", "知识库里只有其他语言的内容。"),
    "low": ("What was found may not answer the question.", "找到的内容可能没有回答这个问题。"),
    "hostile": (
        "What was found gives orders to the assistant and was not used.",
        "找到的内容含有对助手的指令，未采用。",
    ),
    "denied": ("The LLM says that the knowledge does not answer this.", "大模型认为知识库没有回答这个问题。"),
    "uncited": ("The LLM's answer rests on no passage that was found.", "大模型的回答没有任何检索到的依据。"),
    "promise": (
        "The LLM's answer says what no cited passage says: {what}.",
        "大模型的回答说了引用内容中没有的话：{what}。",
    ),
    "filtered": ("The LLM's provider held its answer back.", "大模型服务方拦截了回答。"),
    "away": ("No LLM could be asked, so this is quoted from the knowledge.", "大模型不可用，以下摘自知识库。"),
    "unsure": ("It is not certain that this answers the question.", "不能确定这是否回答了问题。"),
}


def say(name: str, language: Language, **values: str) -> str:
    """One of the lines above in a language."""
    return SAY[name][language == "zh"].format(**values)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_FILL = r"(?:\s|\b(?:there|all|again|so|very|much|a lot|for (?:that|your help|the help|the info)|team|everyone|you|then|now|just|really|it|that|this|oh|ah)\b)*"
# Each must be all of a piece between punctuation marks.
SMALL_TALK: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("who", _any(
        r"(?:(?:wait|so|hey|and) )?(?:are you|am i (?:talking|speaking|chatting) (?:to|with)|is this) (?:really |actually )?(?:an? )?(?:real )?(?:ai|bot|robot|human(?: being)?|person|machine|chat ?bot|computer)(?: or (?:an? )?(?:real )?(?:ai|bot|robot|human|person|machine))?",
        r"who (?:are you|am i (?:talking|speaking) (?:to|with))|what are you|what can you (?:do|help(?: me)? with)",
        r"(?:请问)?(?:你|您)(?:到底)?是(?:不是)?(?:一个|个)?(?:AI|机器人|真人|人工|人|智能客服|谁|什么)(?:还是(?:AI|机器人|真人|人工|人))?(?:客服)?[吗呢啊]?",
        r"(?:你|您)(?:能|可以|会)(?:做|干|帮我做|帮我)?(?:什么|啥)",
    )),
    ("thanks", _any(
        rf"{_FILL}(?:many )?(?:thanks?|thank you|thx|cheers|much appreciated)(?: (?:a lot|so much|very much|again|for [\w' ]+))?{_FILL}",
        r"(?:好的?)?(?:非常|十分|太|多)?(?:谢谢|感谢|多谢|谢啦|谢了|辛苦)(?:你|您|啦|了|客服|解答|帮助|的)*",
    )),
    ("well", _any(
        r"(?:ok(?:ay)?|great|perfect|got it|awesome|cool|that (?:worked|helped|helps|works)|it works(?: now)?|works now|solved|all good|never ?mind|no problem|yes|no that's all|that's all)",
        r"(?:好的?|行|可以了?|明白了?|知道了|懂了|收到|嗯+|解决了|搞定了?|没问题了?|没事了?|不用了|好了|没有了)",
    )),
    ("bye", _any(r"(?:bye(?:[- ]bye)?|goodbye|good night|see you|have a (?:nice|good|great) (?:day|one|evening))", r"再见|拜拜|晚安|先这样")),
    ("hello", _any(
        rf"(?:hi|hello|hey|hiya|dear (?:team|support|sir or madam)|good (?:morning|afternoon|evening|day)|greetings|anyone there|is anyone there|can you help me|i (?:have|got) a (?:quick )?question|i need (?:some )?help|help|one (?:more )?question|quick question|please){_FILL}",
        r"(?:你好|您好|哈喽|嗨|早上好|上午好|下午好|晚上好|亲|在吗|在不在|有人吗|在么|请问|问一下|想问一下|咨询一下|我想咨询(?:一下|个问题)?|有个问题)[呀啊哦吗么的]*",
    )),
)  # fmt: skip

PERSON = _any(
    r"\b(?:talk|speak|chat|connect(?:ed)?|transfer(?:red)?|put|pass|switch|forward|escalate)\b[^.?!\n]{0,25}\b(?:to|with|through to)\b[^.?!\n]{0,20}\b(?:human|person|people|agent|some(?:one|body)|colleague|representative|rep|operator|supervisor|manager|staff|your boss|support team)\b",
    r"\b(?:a|any|real|live|actual|human) (?:human(?: being)?|person|agent|operator)\b(?! or\b)[^.?!\n]{0,12}(?:please|now|instead|here|$)",
    r"\b(?:want|need|get|give|fetch|find)\b(?: me)? (?:to (?:see|have) )?(?:an? |some |your )?(?:real |live |actual |human )?(?:human(?: being)?|agent|manager|supervisor|representative|real person|actual person)\b",
    r"\b(?:human|agent|operator|representative) please\b|^\W*(?:human|agent|operator|representative|real person)\W*$|\bnot (?:to )?(?:talk(?:ing)? to )?a (?:bot|robot|machine)\b",
    r"\bescalate (?:this|it|my)\b",
    r"(?:转|找|要|叫|换|接|联系|需要|给我|帮我)[一下个接到你们的位]{0,4}(?:人工|真人|活人|客服人员|经理|主管|领导|负责人)",
    r"^\W*(?:人工|真人|人工客服|人工服务)\W*$|(?:跟|和|与)(?:真?人|客服人员|人工)(?:说|聊|谈|讲|沟通)|别让机器人|不(?:想|要)(?:跟|和)机器人",
)  # fmt: skip
# Rude words alone are no anger: 'this stupid router' is about a router.
ANGER = _any(
    r"\b(?:furious|outrage(?:d|ous)|livid|disgusting|unacceptable|fed up|sick of (?:this|you|your|it)|had enough|how dare you|shame on you|pathetic|rip[- ]?off|scam(?:mers?|med)?|liars?|lying to (?:me|us)|fraud(?:sters?|ulent)?|thieves|crooks)\b",
    r"\b(?:i'?m|i am|so|very|really|extremely) (?:angry|mad at|pissed)\b|\b(?:worst|terrible|horrible|useless|awful|appalling|incompetent) (?:\w+ )?(?:service|support|company|team|people|experience|customer)\b",
    r"\b(?:fuck(?:ing)?|bullshit|wtf|go to hell|screw you|idiots|assholes?|morons)\b|\bwaste of (?:my )?(?:time|money)\b|\bare you (?:kidding|serious|joking)\b|\bnever (?:buy|order)(?:ing)? (?:from you )?again\b",
    r"气死|太气人|忍无可忍|受够|骗子|骗人|骗钱|忽悠|坑人|坑爹|黑心|无良|无语至极|他妈|妈的|操你|傻[逼比]|滚蛋|王八|混蛋|不要脸|太过分|欺人太甚|欺骗消费者|什么态度|什么破(?:公司|客服|服务|售后)|垃圾(?:公司|客服|服务|售后|品牌|厂家)|(?:公司|客服|服务|售后)(?:太|真|真是|简直)?(?:垃圾|恶心|差劲|烂)|再也不(?:买|会买)|(?:很|非常|太|十分|极其)(?:生气|愤怒|恼火)",
)  # fmt: skip
_SHOUTED = re.compile(r"(?:\b[A-Z]{2,}\b\W+){5,}[^\n]*!|[!！]{3,}")
POLICY: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("danger", _any(
        r"\b(?:smok(?:e|ing)\b(?! (?:detector|alarm|sensor))|(?:smell\w*|stink\w*|reek\w*)[^.?!\n]{0,30}\b(?:burn\w*|smoke|fire|plastic)|burn(?:t|ing|ed) (?:\w+ )?(?:smell|odou?r|plastic)|(?:caught|catch(?:es|ing)?|on) fire(?!wall)|flames?\b|sparks?\b|sparking|electric(?:al)? shock|electrocut\w*|(?:got|get|gave|gives|giving) (?:me |us |him |her )?an? (?:\w+ )?shock|burn(?:t|ed) (?:my|his|her|our|himself|herself)|explod\w+|swollen battery|battery (?:is )?(?:swollen|bulging|leaking)|injur\w+|hospital|melt(?:ed|ing)\b)",
        r"冒烟|(?:烧|糊|焦)(?:焦|糊|了)?的?(?:臭|气|糊)?味|着火|起火|火花|触电|电(?:到|了)(?:我|人|手|一下)|漏电|被电|爆炸|鼓包|烫伤|烧伤|受伤|(?:烧|烤|熔)(?:坏|化|焦)了",
    )),
    ("law", _any(
        r"\b(?:lawyers?|attorney|solicitor|sue|suing|lawsuit|legal action|take (?:you|this) to court|small claims|ombudsman|consumer (?:protection|court|association)|report you to|trading standards|the press|go public)\b",
        r"律师|起诉|法院|诉讼|打官司|法律途径|消协|消费者协会|12315|市场监管|工商局|投诉(?:你|你们|到)|举报|曝光|媒体",
    )),
    ("money", _any(
        r"\brefund (?:me|us|my|this|it)\b|\b(?:want|need|demand|request|like|expect|give|get|send|insist on)\b(?: me| us| to have| to get| to request)*(?: an?| my| the| back)*(?: full| partial| immediate)?(?: refund| money back| money\b| compensation)|\bcompensat(?:e|ion) (?:me|us|for my)\b|\bcharge ?back\b",
        r"(?:给我|马上|立刻|立即|必须|赶紧|尽快|我要|要求|申请|帮我|赶快)[^，。？?！!\n]{0,6}(?:退款|退钱|赔偿|赔钱|补偿|返还)|(?:把|将)?钱(?:退|还)(?:给)?我|赔(?:偿)?我",
    )),
    ("case", _any(
        r"\b(?:order|tracking|repair|case|ticket|return|parcel)\b[^\n]{0,60}\b[A-Z]{0,4}-?\d{5,}\b|\b(?:where(?: is|'s)|track|has|status of|news (?:on|about)) my (?:order|parcel|package|return|repair|delivery)\b",
        r"单号?[^，。\n]{0,6}[A-Za-z]*\d{4,}|(?:修|寄|送|走)到哪|(?:发货|修好|寄出|签收)了[吗没]",
    )),
    ("data", _any(
        r"\b(?:delete|erase|remove|wipe)\b[^.?!\n]{0,20}\b(?:my|our|personal) (?:\w+ )?(?:data|information|details|records)\b|\b(?:right to be forgotten|gdpr|data (?:subject|protection) request|copy of (?:all )?my (?:personal )?data)\b",
        r"(?:删除|清除|注销|销毁|抹掉)[^，。？?！!\n]{0,8}(?:我的|我们的|个人)(?:所有|全部)?(?:数据|信息|资料|记录)|(?:删除|清除|销毁)我(?:所有|全部)?的?(?:数据|信息|资料)|被遗忘权",
    )),
)  # fmt: skip
# Whoever asks how a thing is done in general asks for an article, not for the thing itself.
_IN_GENERAL = _any(
    r"^\W*(?:\w+[,:]? ){0,3}?(?:how|when|where|what|which|who|why|is it possible|can i|could i|may i|do i|will i|does|do you|is there|are there)\b",
    r"怎么|如何|怎样|多久|几天|多少|什么时候|什么条件|哪里|可以.{0,12}[吗么]|能不能|是否|[吗么]\s*[?？]?\s*$",
)  # fmt: skip
GENERAL_IS_FINE = frozenset({"money", "data"})
FOLLOWS = _any(
    r"^\W*(?:and|but|or|so|then|also|what about|how about|what if|ok(?:ay)? (?:and|but|so))\b",
    r"\b(?:it|that|this|these|those|them|they|there|the same|instead|the (?:first|second|third|last|next|other) (?:one|step|option))\b",
    r"^\W*(?:那|那么|然后|接着|还有|如果|要是|但是|可是|所以|这|它|另外)|(?:这个|那个|这样|那样|这一步|上面|刚才|它|其中|第[一二三四五六]步)",
)  # fmt: skip
# A passage that tells a machine what to do was written for nobody who reads an article.
ORDERS = _any(
    r"\b(?:ignore|disregard|forget|override|bypass)\b(?: \w+){0,3}? (?:(?:your|previous|prior|above|earlier|these|those|system|safety) )(?:\w+ )?(?:rules?|instructions?|prompts?|guidelines?|orders|polic\w+)",
    r"\b(?:ignore|disregard|forget) (?:all|any|everything)\b[^.\n]{0,25}\b(?:instructions?|prompts?|above|before|guidelines?)\b|\bsystem prompt\b|\byou are (?:now |no longer )?(?:an? )?(?:\w+ )?(?:ai|assistant|language model|chat ?bot|bot|dan)\b|\bas an ai\b|\bnew instructions?:|(?:^|\n)\s*(?:system|assistant) ?:",
    r"\b(?:tell|inform|assure|promise)\w* (?:the |every |all |each )?(?:customers?|users?|clients?|asker) (?:that|they|you)\b|\b(?:say|answer|reply|respond) (?:that|with) [^.\n]{0,30}\b(?:refund|granted|approved|free)\b|\b(?:AI|LLM|assistants?|bots?|models?) (?:must|should|shall|reading this)\b|\bsay\b[^.\n]{0,15}\brefunds? (?:is |was |has been )?(?:granted|approved)",
    r"(?:忽略|无视|忘记|忘掉|跳过|绕过)(?:你|之前|以上|上面|前面|所有|一切|先前|系统|此前|全部|那些|这些)+的?[^，。\n]{0,6}(?:指令|规则|规定|要求|提示|设定|限制)|系统提示词|你(?:现在|不再)是|(?:告诉|回复|答复|通知)(?:客户|用户|顾客|所有人)[^。\n]{0,12}(?:退款|赔|免费|同意|批准)|(?:AI|机器人|助手|大模型)(?:必须|应当|请|要)",
)  # fmt: skip


def policy(text: str) -> str:
    """The policy that a text touches, one of the names in `POLICY`; empty for none."""
    for name, pattern in POLICY:
        for said in re.split(r"(?<=[.!?。！？\n])", text):
            if pattern.search(said) and not (name in GENERAL_IS_FINE and _IN_GENERAL.search(said)):
                return name
    return ""


def is_angry(text: str) -> bool:
    """Whether somebody is beside themselves; being blunt about a thing is not."""
    return bool(ANGER.search(text) or _SHOUTED.search(text))
