"""English turns of phrase that the reader knows in another form, and words by which people correct themselves."""

import re

# What the reader meets where somebody corrects what was said last.
INSTEAD = "i mean"
_STARTS = r"(?:an?|the|my|our|your|one|two|three|four|five|six|seven|eight|nine|ten|some|\d+|in|on|at|by|under|next to|behind)\b"
# These always correct what was said; the others only before what may stand in its place.
_SURELY = (
    r"(?:(?:oh,? |oops,? )?(?:no,? wait|wait,? no)(?: a (?:second|moment|minute))?|or rather|i mean(?:t)?(?: to say)?"
    r"|scratch that|strike that|no,? (?:make|let's make) (?:that|it)|make that|my mistake|(?:oh |oops |no,? )?sorry(?! for| about| to| if| but| i\b| that| my))"
)
_MAYBE = r"(?:rather|better yet|make it|correction|actually|oops|wait|no)"
_BOUND = r"(?=\s*(?:$|[,.;:!?\n]|and\b))"
_TRIES = "trying|tries|try|attempting|attempts|learning|learns|about|starting|starts|beginning|begins|struggling|getting ready"
_TURNS = (
    (rf"(?<=\w)[\s,.;–—-]*[,.;–—-]+\s*(?:{_SURELY}[,.!\s–—-]+)+(?=\w)", f" , {INSTEAD} "),
    (rf"(?<=\w)\s*[,.;–—-]+\s*(?:{_MAYBE}[,.!\s–—-]+)+(?={_STARTS})(?!in fact)", f" , {INSTEAD} "),
    (rf"(?<=\w)\s+(?:or rather|no wait|scratch that|i mean)[,\s]+(?={_STARTS})", f" , {INSTEAD} "),
    (rf"[,;.]\s*((?:{_STARTS})[^,;.!?]*?),? (?:i mean(?:t)?|sorry|rather|i should say)\s*(?=$|[,.;!?])", rf" , {INSTEAD} \1"),
    (r"\b(?:to|on|at) (?:his|her) (left|right)(?:[- ]?hand)?(?: side)?\b", r"to the \1 of him"),
    (r"\b(?:to|on|at) (?:its|their) (left|right)(?:[- ]?hand)?(?: side)?\b", r"to the \1 of it"),
    (r"(?:^|(?<=[,;.(\n]))\s*\(?\s*(?:on |at )?(?:the )?(?:far )?(left|right)(?:[- ]hand)?(?: side)?\s*:", r" on the \1 "),
    (r"\b(?:on )?(?:the )?(left|right)(?:[- ]hand)? (?:half|side|part) (?:is|shows|has|contains|with)\b", r" on the \1 "),
    (r"\(\s*(?:on |to )?(?:the )?(left|right)\s*\)", r" on the \1 "),
    (r"\b(on|to|at) the (?:far |very |lower |upper )?(left|right)[- ]?hand side\b", r"\1 the \2"),
    (r"\b(on|to|at) the (?:far|very) (left|right)\b", r"\1 the \2"),
    (r"\b(?:(?:on|at) )?(?:either|each) (?:side|end)(?: of it)?" + _BOUND, "next to it"),
    (r"\bon (?:either|each|both) sides? of\b|\b(?:flanked|framed) by\b", "next to"),
    (r"\b(?:at|by) (?:his|her) (?:side|feet)\b", "next to him"),
    (r"\b(?:at|by) (?:its|their) (?:side|feet|foot|base)\b", "next to it"),
    (r"\bunder (?:the )?water\b", "underwater"),
    (r"\ball (?:a?round|over)(?= *(?:$|[,.;!]|(?:it|him|her|them)\b))", ""),
    (rf"(?<=ing) round (?={_STARTS})", " around "),
    (r",? (?:each|all) (?:in |of )?(?:an? )?different (?:colou?rs?|sizes?|shapes?|styles?)\b", ""),
    (r"(\w+,?) (?:that is |which is |about |almost |nearly )?(?:the|as big as the) size of (?:an?|my|the) ([a-z]+)\b", r"\1 \2-sized"),
    (r"\bboth (?=(?:an?|the|my|our)\b)", ""),
    (r"\bneither ([^,.;]*?) nor\b", r"no \1 or"),
    (r"\bin front" + _BOUND, "in front of it"),
    (r",?\s*\b(?:with )?(?:nobody|no one|no-one)\b(?: (?:around|about|there|in sight|else|in it|at all|near it))*", ", no people"),
    (r"\bnumber\s*(?=\ue000)", ""),
    (r"\bside by side\b|\bshoulder to shoulder\b", "next to each other"),
    (r"\b(?:at|by) the (?:feet|foot|base|side) of\b", "next to"),
    (r"\b(?:on|upon) ((?:an?|the|my|our|his|her|its|their) (?:\w+ ){0,2}\w+)['’]s back\b", r"on \1"),
    (r"\b(?:on|upon) the (?:back|edge|rim|side) of\b", "on"),
    (r"\b(?:leant|propped|leaned|leaning) (?:up )?against\b", "leaning against"),
    (r"\b(?:from|down from) (?=behind|under|underneath|inside|above|below)", ""),
)  # fmt: skip
PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), said) for pattern, said in _TURNS)
DOES = re.compile(rf"\b(?:{_TRIES}) to (?!the\b|an?\b|be\b)(?:\w+ly )?([a-z]+)\b", re.IGNORECASE)
