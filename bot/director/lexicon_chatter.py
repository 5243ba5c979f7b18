"""What English speakers tell of themselves around a wish, as patterns."""

import re

_FILLER = r"(?:(?:and|but|so|because|since|also|anyway|well|sorry|yes|btw|plus|honestly)\b[\s,]*)*"
_HARDLY = r"(?:(?:really|just|also|only|still|never|always|already|even|all|both|kind of|quite)\s+)*"
# What the speaker does, is and thinks; not what they wish for, see, have or met, which may be in the picture.
_OWN_DEEDS = (
    r"(?:said|told|asked|promised?|think|thought|guess|know|knew|hope|believe|suppose|love|hate|tried|sell|run|work|worked"
    r"|use|used|teach|swear|bet|forgot|remember|owe|trust|appreciate|decided|agreed|voted|got (?:told|asked|bored|lost)"
    r"|(?:had|have|'ve|’ve)\s+(?:complaints|trouble|problems|issues|no\b|enough|been|done|to\b|already|tried|an? (?:meeting|deadline|bet|discussion|vote|presentation|party))"
    r"|(?:don't|don’t|didn't|didn’t|do not|can't|can’t|cannot|couldn't|couldn’t|won't|won’t)\s+(?:\w+\s+)?(?:know|care|mind|think|understand|remember|afford|decide|draw|paint|wait|believe|have)"
    r"|(?:'m|’m|'re|’re|am|are|was|were)\s+(?:not\s+)?(?:an?|the|so|very|really|just|only|sure|sorry|happy|fine|easy|open to|new|from|colou?r[- ]?blind|allergic|trying|hoping|planning|working|going to|supposed|allowed|afraid|told|obsessed|on a|in a hurry|running|doing|making|getting))"
)
_THEIR_DEEDS = (
    r"(?:(?:'ll|’ll|'d|’d|will|would)\s+)?(?:said|says?|asked|asks?|loves?|loved|likes?|liked|hates?|hated|thinks?|thought|told|promised|insists?|insisted"
    r"|complained|begged|keeps? (?:asking|saying|begging)|requested|be (?:so )?(?:happy|thrilled|delighted|pleased)|deserves?)"
)
_OURS = r"(?:my|our)\s+(?:[\w'’-]+\s+){1,3}?(?:needs?|wants?|insists?|insisted|asked|said|says|thinks|hates|complained|deserves)"
_CHATTER = rf"{_FILLER}(?:(?:i|we)(?:\s+{_HARDLY}|(?=['’])){_OWN_DEEDS}|(?:he|she|they)(?:\s+{_HARDLY}|(?=['’])){_THEIR_DEEDS}|{_OURS})\b"
SAYS_SO = re.compile(rf"\s*{_CHATTER}", re.IGNORECASE)
WISHES = re.compile(
    r"\b(?:draw|paint|sketch|illustrate|depict|pictures?|images?|illustrations?|drawings?|paintings?|wants?|would like|like an?|(?:'d|’d) (?:like|love)|would love|looking for|thinking of|need (?:an?|the|some|two|three|\d))\b",
    re.IGNORECASE,
)
SENTENCES = re.compile(r"(?<=[.!?;\n])\s+")
CLAUSE = re.compile(rf"(?<=\w)\s*[,–—-]+\s+{_CHATTER}[^,.;!?\n:\ue000]*(?=[,.;!?\n]|$)", re.IGNORECASE)
ASIDE = re.compile(
    r"\(\s*(?:(?:he|she|they)(?:'s|’s|'re|’re|\s+is|\s+are|\s+was)\s+(?:only\s+|just\s+|nearly\s+|almost\s+|turning\s+)?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|obsessed|crazy|into|mad|allergic|not)\b"
    r"|(?:i|we|you|don['’]t|long story|sorry|thanks|hopefully|no rush|if|as usual|obviously|please|yes|ask)\b)[^()]*\)",
    re.IGNORECASE,
)
# 'So the cake stall is on Saturday and I need something for the poster: three cakes'.
WHAT_FOR = re.compile(
    r"^[^:\n]{0,200}\b(?:i|we|my|our)\b[^:\n]{0,200}\bfor\s+(?:the|my|our|an?|his|her|their|this|that|next)\b[^:,\n]{1,40}:\s*(?=\w)",
    re.IGNORECASE,
)
