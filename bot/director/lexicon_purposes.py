"""English words for what a picture is made for, and for those who ask, where they stand before the wish itself."""

import re

# What a picture is printed on or shown in, and never what it shows where something else is named after it.
_FORMATS = (
    r"(?:newsletter|bulletin|issue|edition|slides?|deck|presentation|pages?|(?:dust )?jacket|covers?|programme|program|flyer|flier|leaflet|pamphlet|brochure|booklet"
    r"|handout|worksheet|posters?|labels?|notice|cards?|invites?|invitations?|headers?|footer|thumbnail|icons?|emoji|emote|avatar|stickers?|badges?|logo|menu|wallpaper|bookplate|bookmark"
    r"|postcards?|calendar|adverts?|advertisement|ads?|article|blog(?: ?post)?|post|website|site|homepage|app|report|zine|magazine|journal|notes?|entry|portrait|headshot|banner|signage"
    r"|artwork|art|illustration|drawing|picture|image|illo|sketch|doodle|graphic|visual|print|design|backdrop|screen|reminder|certificate|timetable|catalogue|catalog|listing|packaging|merch|tote(?: bag)?|storyboard|frame|panel|scene \d+|chapter \d+"
    r"|story|book|novel|album|single|playlist|podcast|trailer|comic|puzzle|quiz|workshop|lesson|lecture|talk|recipe|exhibit|caption|template|mock-?up|brief|commission|prompt|request|idea|diagram|infographic|cartoon)"
)
# What is written on is also seen: it goes only where a colon says that all of it is a heading.
_BOARDS = r"(?:signs?|boards?|plaque|placards?|banners?|flags?|murals?|mug|t-?shirt|shirt|cake|window|van|board)"
_WORD = r"(?!(?:with|of|showing|and|is|are|was|has|in|on|under|that|who|next|behind|wearing|holding|says?|saying|reading)\b)[\w'’&.-]+"
_FOR = r"(?:\s+(?:for|to|at|about|from|by|announcing|celebrating|advertising|outside)\s+[\w'’&./-]+(?:\s+[\w'’&./-]+){0,8}?|\s+no?\.?\s*\d+|\s+#?\d+\w?)?"
_OF_WHOM = (
    r"(?:(?:side|back|front|inside|cover|top|corner|header|page \d+)\s+of\s+(?:the|our|my|a)\s+[\w'’-]+" + _FOR + r")"
)
_PLEASE = r"(?:,?\s*(?:please|pls|plz|thanks))?"
_ENDS = r"(?:\s*[.:!\n]+\s+|\s*:\s*|\s+[–—-]+\s+)"
OCCASION = re.compile(
    rf"^\s*(?:(?:an?|the|my|our|this|new|quick|next|for)\s+)*(?:(?:{_WORD}\s+){{0,5}}?{_FORMATS}{_FOR}|{_OF_WHOM}|(?:{_WORD}\s+){{0,3}}?{_BOARDS}{_FOR}(?:,\s*{_WORD}(?:\s+{_WORD}){{0,2}})?(?=\s*:))"
    rf"{_PLEASE}(?:,\s*(?:{_WORD}\s+){{0,3}}?{_FORMATS}(?:\s+\d+)?|,\s*(?!(?:just|only|the|an?|one|two|three|some)\b){_WORD}(?:\s+{_WORD}){{0,2}}?(?=\s*[.\n]))?{_ENDS}(?=\W*\w)",
    re.IGNORECASE,
)
# 'Fridge sign please, …', 'Server icon so square, …'
ASKED_FOR = re.compile(
    rf"^\s*(?:(?:an?|the|my|our|this|new|quick)\s+)*(?:{_WORD}\s+){{0,3}}?(?:{_FORMATS}|{_BOARDS})(?:\s+(?:so|please|pls|plz|needed|wanted|required|time|idea|for\s+[\w'’&-]+(?:\s+[\w'’&-]+){{0,4}}?))\s*(?:[,:;.]|[–—-]+\s)\s*(?=\w)",
    re.IGNORECASE,
)
# 'Ward 7B here.', 'Reception here,': who asks.
WHO_ASKS = re.compile(
    r"^\s*(?!(?:an?|one|two|three)\b)(?:(?:it's|its|this is)\s+)?(?:[\w'’&-]+\s+){1,5}(?:here(?:\s+again)?|again)\s*[.,;:!–—]+\s*(?=\w)",
    re.IGNORECASE,
)
# 'Gran's 90th:', 'Our tenth anniversary!': a day and nothing to draw.
A_DAY = re.compile(
    r"^\s*(?:[\w'’-]+\s+){0,5}?(?:\d+(?:st|nd|rd|th)|birthday|anniversary|wedding|christening|retirement|farewell|leaving do|graduation|fundraiser|reunion|jubilee)(?:\s+(?:birthday|party|card|anniversary|today|tomorrow|next week|on \w+|coming up|soon))?\s*[.:!]+\s*(?=\w)",
    re.IGNORECASE,
)
# 'The bakery's closed Mondays so:', 'Bride is allergic so NO lilies': a reason.
REASON = re.compile(
    r"^[^.:;!?\n]{1,90}?(?:\b(?:is|are|was|were|has|have|had|turns?|keeps?|broke|died|got|can't|won't)\b|['’](?:s|re|ve)\b)[^.:;!?\n]{0,70}?\bso\b\s*(?:[:,–—]+\s*(?=\w)|(?=no\b))",
    re.IGNORECASE,
)
# 'My neighbour's tortoise turns 80!', 'Mum is ninety in June': how old somebody is says nothing of the picture.
AGE = re.compile(
    r"(?:^|(?<=[.!?;,\n]))\s*(?:(?:and|so|because|anyway|as)\s+)*(?:[\w'’-]+\s+){0,4}?[\w'’-]+\s*(?:turns|turned|is turning|will be|is|'s|’s)\s+(?:nearly\s+|almost\s+|about to be\s+)?(?:\d{1,3}|(?:six|seven|eight|nine)ty|fifty|forty|thirty)(?:\s+(?:years old|today|tomorrow|soon|now|in \w+|on \w+|this \w+|next \w+))*\s*(?=[.!?;,\n]|and i\b|so\b)[.!;,]*",
    re.IGNORECASE,
)
ASIDES = re.compile(
    r"(?:^|(?<=[\s,.;!?(–—]))(?:for the love of (?:god|all that(?:'s| is) holy|[a-z]+)|for (?:god|goodness|heaven|pete|christ)['’]?s?['’]? sake|(?:so )?long story(?: short)?|believe it or not|you know"
    r"|if (?:i'm|i am) honest|to be (?:honest|fair|clear)|in a nutshell|all in all|what(?:ever)? else|as (?:ever|always|usual|discussed|agreed|before)|for now|on second thoughts?|come to think of it"
    r"|that's (?:it|all|the lot|everything|about it)|that is (?:it|all)|nothing (?:else|more|fancy)(?! (?:on|in|under|at))|not fussed|not fussy|your call|you (?:choose|pick|decide)|surprise me|dealer's choice|up to you|p\.?\s?s\.?|btw|by the way)(?=[\s,.;!?)–—:]|$)",
    re.IGNORECASE,
)
# What is asked and taken back at once.
NEVER_MIND = re.compile(
    r"^.*?\b(?:never ?mind(?: that| this| all that)?|forget (?:that|it|i said that|what i said)|ignore that|scrap that|disregard that)\s*[.!,;:–—-]+\s*(?=\w)",
    re.IGNORECASE | re.DOTALL,
)
# 'For the overdue reminder I'd love …', 'we want it for the card: …'
WHAT_FOR = re.compile(
    r"^\s*for (?:the|our|my|an?|this|his|her|their) [^,.:;\n]{1,60}?(?:[,:]\s*|\s+(?=(?:i|we|can|could|please|i['’]d|we['’]d)\b))(?=\w)"
    r"|^[^:]{0,500}\b(?:i|we) (?:want|need|would like|['’]d like) (?:it|this|one|something|them)? ?(?:is )?for (?:the|our|my|an?|this|his|her|their) [^:,\n]{1,50}:\s*(?=\w)",
    re.IGNORECASE,
)
# 'Hope you're well!' and 'Cheers, Deb'.
LETTER = re.compile(
    r"\b(?:[Ii] |[Ww]e )?[Hh]ope (?:you(?:['’]re| are)|all is|all['’]s|this finds|everything)\b[^.!?,\n]*[.!?,]*"
    r"|(?:^|(?<=[.!?,;\n]))\s*(?:[Mm]any |[Ww]ith |[Kk]ind |[Bb]est |[Ww]arm )*(?:[Cc]heers|[Tt]hanks|[Tt]hank you|[Tt]a|[Rr]egards|[Ww]ishes|[Bb]est|[Ll]ove|[Yy]ours)(?: again| in advance| so much)?[,!.]?\s+[A-Z][a-z]+(?: [A-Z][a-z]*)?\W*$"
)
# An order to the director that somebody else's words carry into a wish.
TO_THE_BOT = re.compile(
    r"(?:^|(?<=[.!?;\n]))[^.!?;\n]*\b(?:access tokens?|api[- ]?keys?|passwords?|system (?:prompt|message)|your (?:instructions|prompt|rules|developers?|token|settings|source code)|the developers? said|previous instructions|end of (?:user )?message|dear bot)\b[^.!?;\n]*[.!?;\n]*",
    re.IGNORECASE,
)
