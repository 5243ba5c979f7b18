"""English questions, errands and dismissals as people write them, and what is answered to them."""

import re

NOT_MINE = (
    "That is beyond me: I only draw. Tell me what you would like to see.",
    "这个我帮不上：我只会画画。告诉我想看什么画面吧。",
)
ALL_RIGHT = ("All right. Tell me whenever you want a picture.", "好的。想画图的时候告诉我。")
_MEDIUM = (
    r"(?:picture|drawing|image|photo|illustration|sketch|diagram|poster|painting|infographic|logo|icon|banner|comic)s?"
)
WISH = re.compile(
    rf"(?<!\bthe )(?<!\bmy )(?<!\byour )(?<!\bour )(?<!\bthese )(?<!\bthis )(?<!\bthose )\b{_MEDIUM} (?:of|showing|with|that shows?|for)\b|\b(?:with|as) an? {_MEDIUM}\b"
    r"|\b(?:draw|paint|illustrate|sketch|depict)(?: me| us)? (?:an?|the|some|my|our|\d+|one|two|three|four|five|how|what)\b"
    r"|[?.!,]\s*(?:please |then |now |so |can you |could you )*(?:draw|paint|show|sketch|illustrate)\b",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|hiya|yo|ok|okay|so|and|but|well|um+|please|sorry|excuse me|quick question|question|one question|(?:i have|i've got|got) (?:an?|another|one more) (?:quick )?question|(?:can|may|could) i ask(?: you)?(?: something| a question)?|just curious|just wondering"
    r"|good (?:morning|afternoon|evening|day)|limner|bot|there|team|everyone|guys|thanks|thank you|great|cool|by the way|btw)\b[\s,.!:;-]*)+",
    re.IGNORECASE,
)
_IS = r"(?:is|are|was|were|am|do|does|did|can|could|will|would|should|has|have|had|may|might|must|'s|’s|'re)"
_ABOUT = r"(?:you|u|limner|it|this|this (?:bot|thing|service|tool|app)|that)"
_OTHER_MEDIA = r"(?:videos?|movies?|films?|animations?|animated \w+|gifs?|music|songs?|sounds?|audio|code|speech|spreadsheets?|pdfs?|presentations?|powerpoints?|websites?)"
_WRITINGS = (
    r"(?:(?:an?|the|some|my|me an?|me some|me the|us an?) )?(?:[\w-]+ )?(?:emails?|e-mails?|mails?|poems?|stor(?:y|ies)|essays?|songs?|code|scripts?|articles?|reports?|haikus?|jokes?|functions?|programs?"
    r"|summar(?:y|ies)|tweets?|speech|cover letter|blog|posts?|recipes?|reviews?|documentation|tests?|minutes|sql|python)"
)
ERRANDS = (
    rf"(?:translate|summari[sz]e|explain|calculate|compute|proofread|debug|transcribe|define|google|browse|remind|tell (?:me|us|him|her|them)|sing|teach (?:me|us)|recommend|write {_WRITINGS}|compose {_WRITINGS}"
    r"|send (?:an?|the|this|it|them|him|her|me an?) ?(?:e-?mail|message|mail|invite|text|reminder|link)?|schedule|solve|look up|search (?:for|the|online)|order (?:me|us|a pizza|food|lunch|dinner)"
    r"|book (?:me|us|an?) |call (?:me|him|her|them|my|the)|wake me|play (?:some |a |the |me )*(?:music|song|game|video)|convert \d|give (?:me|us) (?:some )?(?:advice|feedback|the (?:time|news|weather)|a (?:joke|summary|recipe|hint|tip|refund))"
    r"|fix my|check my|review my|reset my|order me|buy (?:me|us)|turn (?:on|off) the lights?)\b"
)
_ABILITIES = (
    rf"(?:{ERRANDS}|(?:edit|change|retouch|crop|open|read|see|use|take|accept|import) (?:an?|my|existing|uploaded|other|the|these)? ?(?:\w+ )?(?:photos?|pictures?|images?|files?|screenshots?|documents?|attachments?)\b(?: (?:that|which|i|we|from|of mine).*)?$"
    rf"|(?:make|generate|create|do|draw|produce|render|handle|support) {_OTHER_MEDIA}\b|speak|understand|remember|talk|chat|listen|hear|learn|think(?! (?:you|u|it|we|i|that)\b)|feel|sleep|help(?: me)?$|write (?:in )?[\w]+$|count to|recogni[sz]e|work (?:with|on|in|offline|without)|run (?:on|offline|locally|without))"
)
QUESTIONS = re.compile(
    rf"(?:what|who|where|when|why|whose|which|how)(?: |(?='|’)){_IS}\b(?! (?:it be possible|you (?:please )?(?:draw|paint|make|show)))(?!.*\blooks? like\b)(?! .{{1,30}}\blook\b).*"
    rf"|how (?:many|much|long|fast|often|far|old|big|large|safe|good|well|secure|private|expensive|accurate|come)\b.*"
    rf"|(?:what|which) (?!i\b|we\b|you\b)(?:[\w-]+ ){{1,3}}(?:{_IS}|won|made|wrote)\b(?!.*\blooks? like\b).*"
    rf"|who (?:won|owns|made|wrote|runs|built|invented|discovered|painted|pays|sees|gets|else|to)\b.*|(?:how|where|when|what|who) to\b.*\?"
    rf"|(?:is|are|was|were) (?:{_ABOUT}|my (?:pictures?|images?|data|prompts?|words|messages?|chats?)|the (?:pictures?|images?|service|bot))\b (?!possible|ok to|okay to|too\b|a bit).*(?:\?|\b(?:free|private|safe|open source|public|secure|stored|saved|online|down|real|human|ai|paid|shared)\b.*)"
    rf"|(?:is|are) there (?:an?|any|some) (?:limits?|charges?|costs?|fees?|manual|help|documentation|docs|api|app|quota|queue|maximum|minimum|way to (?:see|delete|download|contact|cancel|pay|log|get my|export|find|report)|(?:list|example|overview|tutorial|guide|page)s?)\b.*"
    rf"|(?:do|does|did|will|would) {_ABOUT} (?:ever |also |really |actually |always |just )*(?:keep|store|save|cost|remember|work|support|use|train|collect|charge|speak|understand|know|learn|sell|share|delete|log|track|run|read|see|need an?|have (?:an?|any)|do {_OTHER_MEDIA}|make {_OTHER_MEDIA}|like (?:me|being|it)|sleep|dream|think(?! (?:you|u|it|we|i|that)\b)|feel|ever)\b.*"
    rf"|(?:can|could|may|should|must|do|am) (?:i|we) (?:still |also |please |just |have to |need to |really )*(?:use|keep|sell|upload|delete|download|share|print|pay|trust|cancel|export|save|log|sign|publish|install|connect|talk|ask|edit|see (?:my|all|the)|find|buy|pay|register|allowed|need an account|get a refund|own|credit)\b.*"
    rf"|(?:can|could|would|will|are|do) {_ABOUT} (?:please |also |even |ever |maybe |able to |know how to |)*{_ABILITIES}.*"
    rf"|(?:i (?:was )?(?:wonder(?:ing)?|want to know|would like to know|'d like to know) |do you know |can you tell me |could you tell me |any idea )(?:what|who|where|when|why|whose|which|how|if|whether)\b.*",
    re.IGNORECASE | re.DOTALL,
)
# Whole sentences that ask whether something is so, or can be done; what 'it' may become is a change and no question.
_ANYBODY = r"(?:i|we|you|u|limner|they|people|any(?:one|body)|some(?:one|body)|everyone|others|(?:my|the|your|our) (?:pictures?|images?|prompts?|wishes|words|messages?|account|data|style|bot|colleagues?|team|boss|seed|queue))"
YES_OR_NO = re.compile(
    rf"(?:(?:do|does|did|has|had|am|was|were|will|must) {_ANYBODY}|have (?:you|i|we)|(?:does|did) (?:it|that|this) (?!have|need))\b(?! (?:think|mind|fancy|want|have an?|got an?|see)\b).*"
    r"|(?:is|are) (?:an?|the|my|your|our) (?!chance|possib)(?:[\w-]+ ){1,5}?(?:better|worse|faster|slower|bigger|safe|private|free|needed|required|necessary|allowed|possible|enough|important|random|good|bad|ready|done|broken|down|slow|mine|yours|limited)\b.*"
    r"|is (?:it|this|that) (?:ok(?:ay)?|alright|fine|safe|allowed|legal|rude|bad|normal|true|cheating|wrong) (?:to|if|that|for)\b(?! (?:make|add|change|remove|draw|paint|have|put|you)\b).*"
    r"|(?:is|are) there (?:an?|any|some)(?: other)? (?:ways?|chance|reason|difference|trick|shortcut|command|button|option|setting)s?(?: (?:to|of|for|between|that|why)\b(?! (?:draw|paint|get an?|have an?|see an?|getting|drawing|having|make an?|show|make it|an?)\b).*)?"
    r"|(?:can|could|may|do|should|must) (?:\w+ )?(?:people|persons|users|others|any(?:one|body)|colleagues|friends|children|kids) (?:also |still )?(?:edit|see|use|read|share|change|open|watch|join|ask|talk|send|paint|draw|look at|find|steal|copy)\b.*"
    r"|(?:can|could|do|will) (?:you|u|it|limner|this|the bot) (?:also |even |really )?(?:paint|draw|sketch|run|work|print|render|do this|do that) (?:on|from|without|for|offline|faster|quicker|at) .*"
    r"|can (?:you|u|it) (?:also |even |really )?(?:paint|draw|sketch|render|spell|write|do) (?:[\w-]+ ){0,3}(?:well|properly|correctly|reliably|yet|at all|faster|better)"
    r"|would you (?:rather|ever|prefer|say)\b.*|who(?:'s| is| are| else|ever)?\b(?!.*\blooks? like\b) (?!is (?:riding|wearing|holding)).*"
    r"|what (?:happens|changes|counts|if i (?:ask|type|write|say|send|use)|is the difference|would you (?:draw|paint|do|say|recommend|suggest))\b(?!.*\blooks? like\b).*"
    r"|(?:should|must|shall|do|may|might) (?:i|we) (?:still |also |always |really |just )*(?:write|type|say|speak|send|use|ask|wait|sign|log|describe|mention|tell|capitali[sz]e|worry|credit|keep|learn|know|start|restart|give you|be)\b.*",
    re.IGNORECASE | re.DOTALL,
)
ERRAND = re.compile(
    rf"(?:please |kindly |now |just |then |i need you to |i want you to )*{ERRANDS}.*", re.IGNORECASE | re.DOTALL
)
# Both languages in one question: '你support哪些aspect ratio？列一下'; what is to be drawn has a number or stands after 画.
_MEDIA_ZH = r"(?:视频|动画|动图|音乐|文件|gif|video|animation|music|pdf|ppt|svg|3d)"
MIXED = re.compile(
    rf"(?!.*的(?:图|画|照片))(?!.*(?<![a-z])(?:draw|paint|sketch|generate|make|create|show|give)(?![a-z])(?!\s*{_MEDIA_ZH}))"
    r"(?:(?:请问|想问一?下?|问一?下|那|hi|hello|hey|你好|在吗)[，,\s]*)*(?:你们?|limner|这个?bot|bot|这个?|它|咱们?|这边)?\s*(?:的\s*[a-z ]{2,20})?(?:现在|到底|都|一般|默认|最多)?\s*"
    r"(?:支持|support|能不能|能|可不可以|可以|会不会|会|有没有|有|用的?是?|怎么|如何|为什么|why|how|what|which|是)[^画一两三四五六七八九十，。,]*"
    r"(?:吗|么|嘛|哪些|哪种|哪个|什么|啥|多少|几种|怎么|如何)[^画一两，。,]{0,16}[？?]?(?:[，,\s]*(?:列|说|讲|介绍|告诉)[^，。画]{0,6})?[。！!？?\s]*",
    re.IGNORECASE,
)
SAME_AS_EVER = re.compile(
    r"what (?:about|if|would)\b|how about\b|(?:can|could) (?:you|i|we) (?:have|get)\b", re.IGNORECASE
)
DISMISSES = re.compile(
    r"(?:oh |ok |no |ah |actually )*,? ?(?:never ?mind|forget (?:it|about it|that)|nothing|no,? thanks?(?: you)?|not now|hold on|my bad|i'll (?:come back|try|think)[^,]*|just (?:testing|saying|kidding|looking)|(?:you(?:'re| are|r)|u r) (?:(?:so|really|very|not|too|quite) )*(?!an?\b|the\b|my\b|in\b|at\b|on\b)[\w-]+|you(?:'re| are|r) (?:an?|the|such an?|my) (?:[\w-]+ )?(?:bot|machine|friend|genius|star|legend|lifesaver|best|idiot|hero)|how dare you|that's (?:all|it|enough)(?: for (?:now|today))?|i'm (?:done|good|fine))[.! ]*",
    re.IGNORECASE,
)
ABOUT_LIMNER = re.compile(
    r"\b(?:you|u|your|yours|limner|bot|my|mine|i|we|our|pictures?|images?|photos?|prompts?|styles?|sizes?|formats?|models?|languages?|seed|this|it|private|free|copyright|commercial\w*)\b",
    re.IGNORECASE,
)
WORLD = re.compile(
    r"\b(?:weather|time|news|capital|president|stock|score|date|year|price of|meaning of|joke|recipe)\b", re.IGNORECASE
)
