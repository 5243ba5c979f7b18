"""Small talk as people write it, in English and simplified Chinese, and what is answered."""

import re

HELP = (
    "I'm Limner's built-in director: rules, not an LLM. Tell me what to draw, in English or Chinese, such as "
    "'two red cats on a beach at sunset, watercolour', and change it afterwards: 'make it blue', 'same but at night'.",
    "我是 Limner 自带的导演程序：靠规则读懂请求，不是大语言模型。告诉我想画什么，中英文都行，比如“日落海滩上的两只红猫，水彩”，"
    "之后还可以改：“换成蓝色”“再来一张”。",
)
THANKS = ("You're welcome! Tell me whenever you want another picture.", "不客气！想再画什么就告诉我。")
HELLO = ("Hello! I'm Limner. What shall I draw for you?", "你好！我是 Limner。想让我画什么？")
BYE = ("Goodbye! Come back whenever you want a picture.", "再见！想画图的时候随时来找我。")
FEELING = (
    "I'm only a set of rules, but I'm ready to draw. What shall it be?",
    "我只是一套规则，不过随时可以画图。想画什么？",
)
ONLY_DRAWS = (
    "I only draw, and there is nothing else here to unlock. Tell me what you would like to see.",
    "我只负责画画，没有别的可以解锁。告诉我想看什么画面吧。",
)
FILLER = r"(?:[\s,.!?~:;)(]|\b(?:limner|bot|there|all|everyone|guys|team|so much|very much|a lot|again|then|for (?:that|the (?:picture|help|image)|your help|now)|man|buddy|mate|you|that's|this is|it's|it is|looks?|really|very|so|just|what i (?:wanted|needed)|the best|i (?:love|like) (?:it|this|that|them)|one|work|job|picture|to you|too|that|they|all|good|fine|by)\b)*+"
KINDS = (
    (THANKS, rf"{FILLER}(?:(?:thanks?|thank you|thx|ty|cheers|much appreciated|awesome|great|perfect|nice|lovely|beautiful|wonderful|cool|amazing|excellent|well done|good job|ok|okay|got it|haha+|lol|wow|(?:i )?(?:love|like|adore) (?:it|this|that|them|the (?:colou?rs?|style|picture|image|result|look|details?|vibe|light))){FILLER})+"),
    (HELLO, rf"(?:(?:hi|hello|hey|hiya|yo|howdy|good (?:morning|afternoon|evening|day)|greetings|test(?:ing)?){FILLER})+"),
    (BYE, rf"(?:ok(?:ay)?[, ]+)?(?:bye(?:[- ]bye)?|goodbye|see you(?: later| soon| tomorrow)?|good ?night|later|cya|talk to you later){FILLER}"),
    (FEELING, rf"(?:hi|hey|hello)?{FILLER}(?:how are (?:you|things)(?: doing| today| going)*|how's it going|what's up|how do you do|are you (?:ok|okay|there|awake|busy|happy)){FILLER}(?:today)?[?!. ]*"),
    (HELP, r"(?:hi|hey|hello|ok)?[\s,!.]*(?:please )?(?:help(?: me)?|what (?:can|do|could) (?:you|u|i) (?:do|draw|ask|paint|make|say|understand)[^.]*|what are you(?: able to do)?|who (?:are|made|built|created|wrote) you|what(?:'s| is) (?:your name|this|limner)|how (?:do|does|can|should) (?:you|this|it|i|limner) (?!look)[^.]*|are you (?:an? |really |some )?(?:ai|llm|bot|robot|human|person|real|chatgpt|gpt|rules?|machine)[^.]*|which (?:model|styles?|languages?|llm|ai)[^.]*|(?:what|which) (?:\w+ ){0,2}(?:formats?|sizes?|models?|styles?|languages?) (?:can|do|could) you [^.]*|what (?:model|styles?|languages?|llm|sizes?|formats?)[^.]*|do you (?:speak|understand|know|use|support|remember|have|cost|work)[^.]*|can you (?:speak|understand|help(?: me)?|edit photos|talk|chat|write code|hear|see|read|remember)[^.]*|how (?:much|long|fast|many)[^.]*|what(?:'s| is) the (?:weather|time|date|news)\b[^.]*|is (?:this|it) (?:free|an ai|a bot|safe|working)[^.]*|tell me (?:about yourself|what you can do|how (?:this|it) works)|why (?![^.]*\b(?:draw|paint)\b)[^.]*|who (?:won|invented|wrote|discovered|is the|was the)\b[^.]*)[\s?!.]*"),
    (THANKS, r"(?:(?:非常|太|十分|多)?(?:谢谢|感谢|多谢|谢啦|谢了)(?:你|您|啦|了|大家|！)*|辛苦(?:了|你了|啦)|好看|真好看|太好看了|很好看|真棒|太棒了|很棒|棒|不错|很不错|真不错|完美|漂亮|真漂亮|太漂亮了|厉害|太厉害了|哈|好的|好|嗯|收到|明白了?|知道了|可以了?|就这样|我很喜欢|喜欢|太美了|画得(?:真|很|太)?(?:好|棒|漂亮|不错)(?:了|啊|呀)?|[呀啊哦啦了，,。.！!~\s])+"),
    (THANKS, r"(?=.*(?:可爱|好看|漂亮|喜欢|满意|棒|赞|美|厉害|完美|牛|酷))(?=.*(?:[太真很超好挺哈哇了！!]|喜欢|满意))(?!.*的[。！!]*$)(?:哈|哇|嗯|这[张个]?|我|大家|们|都|真的?|太|很|超级?|非常|挺|好|特别|画得?|可爱|好看|漂亮|喜欢|满意|棒|赞|美|厉害|完美|牛|酷|了|啦|啊|呀|的|[！!，,。~\s])+"),
    (HELP, r"你?(?:一天|每天|一次|最多|一小时|一分钟)?(?:最多)?(?:能|可以|会)(?:画|做|生成|出)(?:几|多少)[张幅个]?图?[^，。,]*"),
    (HELP, r"你?(?:能不能|会不会|能|会|可以)(?:帮我)?(?:写|翻译|查|算|解释|讲|编程|聊|唱)[^画图]*[吗么呢？?]*"),
    (HELP, r"(?:(?!画|生成|来一|换|改).)*(?:版权|商用|商业用途|授权|侵权)(?:(?!画|生成).)*[吗么嘛不没谁？?。]*|(?:请问)?你们?(?: ?(?:support|支持|能用|会用))+ ?(?:哪些|什么|几种|多少)[^画]*"),
    (HELLO, r"(?:你好|您好|哈喽|哈啰|嗨|早上好|早安|下午好|晚上好|大家好|在吗|在不在|有人吗|早|测试(?:一下)?)[呀啊哦吗么，,。.！!？?~\s]*(?:limner)?[，,。.！!？?~\s]*"),
    (BYE, r"(?:好的?[，, ]*)?(?:再见|拜拜|晚安|回头见|下次见|明天见|先这样)[啦了吧，,。.！!~\s]*"),
    (FEELING, r"(?:你好[，, ]*)?(?:你)?(?:最近|今天)?(?:好吗|怎么样|过得怎么样|还好吗|累不累|忙吗|开心吗|心情怎么样|吃了吗|吃饭了吗|在干嘛|在干什么)[呀啊，,。.！!？?~\s]*"),
    (HELP, r"(?:你好|请问|那|嗨)?[，, ]*(?:你(?:是谁|是什么|叫什么(?:名字)?|会(?:做|画)?(?:什么|些什么|哪些)|[能会](?:做|画|干)?(?:什么|啥|些什么|哪些|干嘛|干啥)|支持(?:什么|哪些)[^，。,]*[，, ]*(?:列|说|讲|介绍)[^，。,]*|可以(?:做|画)?(?:什么|哪些)|是(?:不是)?(?:AI|ai|人工智能|机器人|真人|人|大模型|ChatGPT|chatgpt|GPT|gpt)|支持(?:什么|哪些)|懂(?:中文|英文|英语)|会(?:中文|英文|说中文|说英文|聊天|英语)|用的?是?什么模型|怎么(?:用|工作)|有(?:哪些|什么)(?:风格|功能))|怎么(?:用|使用|画图|操作)|如何(?:使用|用)|(?:有|支持)(?:哪些|什么)(?:风格|功能|模型|语言|尺寸)?|这是什么|limner ?是什么|帮助|收费吗|要钱吗|免费吗|谁(?:做|开发|写)的你)[^，。,]*"),
    (HELP, r"[^，。,]{0,12}(?:多久|多长时间|几分钟|几秒)(?:能?(?:画好|出图|画完|好))?[啊呢呀吗]*[？?]*"),
    (HELP, r"(?:请问)?(?:怎么|怎样|如何|为什么|为啥|什么时候|哪里|谁|几点)(?:(?!画|生成|图).)*[?？吗呢]*|(?:(?!画|生成|图|来一|换|改|加|风格).)*(?:怎么样|几点了?|多少钱|什么意思|怎么回事|怎么办|是谁|为什么)[啊呢呀]*[?？。！!]*"),
)  # fmt: skip
INTERJECTIONS = re.compile(
    r"(?:ha)+h?|lo+l|lmao|wow+|oh+|ah+|aw+|yay+|omg|haha+|woo+(?:hoo)?|yes+|yeah|yep|limner|bot|there|everyone|all|team|nice one|so+|much|very|a|哈+|哇+|啊+|哦+|嗯+|耶+|呀|啦",
    re.IGNORECASE,
)
BREAK_OUT = re.compile(
    r"(?:^|[.!?;:,\n])\s*(?:(?:please|now|ok|okay|and|then|so|but|hey|hi|first|from now on)[ ,]+)*(?:can you |could you |would you )?"
    r"(?:(?:ignore|disregard|forget|override|bypass|skip|drop|break) (?:[\w']+ ){0,5}?(?:instructions?|rules?|prompts?|guidelines?|restrictions?|filters?|polic(?:y|ies)|orders|training|above|you were told|you know|before)\b"
    r"|you(?: are|'re) (?:now|no longer) (?!\w+ing\b)|(?:act|behave|respond|answer|speak|roleplay|role-play|pose) (?:as|like) (?:an? |my |the )|pretend (?:to be|you are|you're|that you|you have)"
    r"|(?:reveal|print|show|repeat|output|tell|give|send|leak|dump|list|display|share|write(?: down| out)?|read(?: out)?)(?: me| us| back| out)? (?:all (?:of )?)?(?:the (?:(?:full|whole|entire|complete|exact) )?(?:contents?|text|list|details?|rest|values?|wording|body) of )?(?:your|the system|limner's|the (?=hidden|secret|initial|original|first|system)) ?(?:\w+ ){0,3}(?:system prompt|prompts?|instructions|rules|secrets?|guidelines|passwords?|tokens?|api keys?|keys|credentials|environment variables|env|config(?:uration)?|source code|system message|logs)\b"
    r"|(?:what|which) (?:is|are|was|were) (?:your|the) (?:\w+ )?(?:system prompt|prompt|instructions|rules|secrets?|password|api keys?|guidelines|restrictions)\b"
    r"|(?:run|execute|eval|sudo|exec) (?:the )?(?:command|code|shell|script|rm|ls|cat|bash|sh|python|this)\b|(?:reveal|repeat|print|output) (?:everything|all|the text|what is|anything) above|end of (?:user |this )?message|new system message|system override|(?:enter|enable|activate|switch to|go into) (?:\w+ )?(?:maintenance|developer|dev|debug|god|admin|root|jailbreak|dan) mode|jailbreak\b|new instructions?\b|system ?:"
    r"|i am (?:your|the) (?:developer|admin|administrator|creator|owner)\b)"
    r"|(?:忽略|无视|忘记|忘掉|不要管|跳过|绕过|抛开|不用管|别管)(?:你|掉|了)?(?:之前|以上|上面|前面|所有|一切|全部|你|先前|系统|任何|的|此前|那些|这些)+(?:的)?(?:指令|规则|规定|要求|提示|提示词|设定|命令|限制|内容|话|指示)"
    r"|以下是(?:管理员|系统|开发者|官方)的?(?:指令|命令|消息|通知)|(?:停止|不要再|别再|不许再)(?:画图|画画|绘图)|pretend (?:that )?你|\bcat /(?:etc|proc|home|root|var)"
    r"|你现在(?:不)?是(?!不是)|从现在(?:开始|起)[，,]?你|你不(?:再|是)是?(?:一?[个名位])?(?:画|助手|机器人)|(?:假装|扮演|装作|模拟)(?:你|自己|一[个名位台])(?:[^画]*)"
    r"|(?:告诉|发|说|输出|显示|打印|重复|透露|泄露|公开|列出|给我看|展示|复述)[^画，。]{0,8}(?:系统提示|提示词|指令|系统设定|密码|密钥|源代码|源码|api ?key|token|配置|环境变量|规则|prompt)|(?:系统|你的)提示词|(?:进入|开启|切换到?|启用)[^，。]{0,4}(?:开发者|调试|管理员|上帝|越狱|dan)模式|越狱|执行(?:命令|代码|脚本|\s*[a-z])|我是(?:你的)?(?:开发者|管理员|主人)|(?:把|将)(?:你)?(?:之前|以上|上面|前面|此前|先前|所有|原来|一切)的?(?:所有|全部|那些)?(?:设定|规则|指令|限制|要求|提示词?)(?:统统|全部|都|全)?(?:作废|清空|删除|删掉|忘掉|忘了|取消|清除|抛弃|无视|忽略)",
    re.IGNORECASE,
)
AND_DRAW = re.compile(
    r"\b(?:also|instead)[ ,:]+(?:just )?(?:an?|one|two|three|some) \w|\b(?:draw|paint|illustrate|sketch|picture of|image of|photo of)\b(?! (?:nothing|anything|any more|anymore))|画(?!师|家|画|图机|图工具)[^，。,]{0,40}[一两三四五六七八九十\d只个张幅]",
    re.IGNORECASE,
)
