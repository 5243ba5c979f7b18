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
    rf"\b{_MEDIUM} (?:of|showing|with|that shows?|for)\b|\b(?:with|as) an? {_MEDIUM}\b"
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
ERRAND = re.compile(
    rf"(?:please |kindly |now |just |then |i need you to |i want you to )*{ERRANDS}.*", re.IGNORECASE | re.DOTALL
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
