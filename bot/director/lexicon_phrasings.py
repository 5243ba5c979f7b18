"""More English turns of phrase that the reader knows in another form: shorthand, dialect, contractions, times of day."""

import re

from bot.director.lexicon import ADJECTIVES, NUMBERS, WORN

_NUMBER = rf"(?:{'|'.join(word for word in NUMBERS if ' ' not in word)}|\d+)"
_WORN = rf"(?:[a-z]*(?:hat|cap|coat|bonnet|bunnet|specs|gloves?|boots?|mask|scarf|shoes?)|{'|'.join(sorted(WORN))}|wellies|slippers|glasses)s?"
_LOWER_ENDS = r"(?=\s*(?:$|[,.;:!?)—–\n-]|(?:and|but|stood|standing|sat|sitting|in|at|by|holding|waiting)\b))"
_SIDE = r"(?:on|to|at|by|from|along) (?:the |its |his |her |their )?(?:far |very |immediate )?(left|right)(?:[- ]?hand)?(?: side)? of"
_SOON = r"(?:already|still|now|not|nearly|almost|always|just|really|very|so|too|quite|all|both|about|out of|on fire|in the|on the|off|gone|made of|full of|covered)"
_IS = "|".join(sorted(word for word in ADJECTIVES if len(word) > 2 and word.isalpha()))
_PERFORMED = r"tango|waltz|jig|polka|foxtrot|samba|salsa|ballet|wheelie|handstand|headstand|somersault|cartwheel|backflip|cannonball|conga|limbo|breakdance|flamenco|hornpipe|yoga|pirouette|plank|push-up|press-up"
_SPACE = r"(?:(?:lots|plenty|loads) of |some |leave (?:me |us )?)?(?:empty|blank|negative|free|clear|copy) (?:space|room)(?: (?:at|on|in|above|below|to|around) the \w+)?(?: (?:for|to)\b[^,.;\n]*)?"
_TURNS = (
    (rf"\b{_NUMBER},? (?:no,? wait|wait,? no|or rather|i mean|make that|sorry|no),? (?={_NUMBER}\b)", ""),
    (rf"\b{_SIDE}\b", r"to the \1 of"),
    (r"\b(\d{1,2}) ?x (?=[a-z])", r"\1 "),
    (r"\b(?:ahead|in advance) of (?=(?:an?|the|his|her|its|two|three|\d))", "in front of "),
    (r"\b(?:[a-z]+(?:ed|ut|en) )?(?:in|into) the (?:shape|form) of\b", "shaped like"),
    (r",?\s*\bnothing else(?: (?:on|in|at|around|near|behind) (?:the |his |her |their |its )?[a-z]+)?\b", ""),
    (rf"(?:\bwith|\bwi'?|(?<=[,;(]))\s+((?:an?|the|his|her|its|their|some|one|two|big|little|red|blue) )?((?:[\w'-]+ ){{0,3}}?{_WORN}) on\b{_LOWER_ENDS}", r" wearing \1\2"),
    (rf"\b([a-z]{{2,}})['’]s (?={_SOON}\b|(?:{_IS})\s*(?:$|[,.;!?\n]))", r"\1 is "),
    (r"\b(?:is|are|was|were)(?:n['’]t| not) (lit)\b(?: yet)?", r"is un\1"),
    (rf"\b(?:about |nearly |almost |over )?(?:{_NUMBER}) (?:feet|foot|metres?|meters?|inches|miles|yards|cm|ft|m) (long|tall|high|wide|deep|thick)\b", r"\1"),
    (r"\b(?:from )?(?:about |around )?(?:1[0-2]|[8-9]) ?(?:o['’]?clock )?(?:p\.?m\.?|at night)(?![a-z])|\b(?:1[0-2]|[1-4])(?:[:.]\d\d)? ?(?:o['’]?clock )?(?:a\.?m\.?|in the (?:small hours|morning))(?![a-z])", "at night"),
    (r"\b[5-7](?:[:.]\d\d)? ?a\.?m\.?(?![a-z])", "at dawn"),
    (r"\bthe (?:very |exact )?(?:moment|second|instant) (?:just )?(?:before|after|when|that|as) (?=(?:an?|the|my|our|two|his|her)\b)", ""),
    (r"^\s*(?:instead of|rather than) [^,.;]{1,40},\s*", ""),
    (r"\bleading (?:up |down |out |back )?to(?:wards?)? (?=(?:an?|the|two|some)\b)", "towards "),
    (rf"\b(?:doing|dancing|performing|pulling off|turning|practising|dance|do) (?:an? |the |some |her |his )?({_PERFORMED})s?\b", r"doing \1"),
    (r"^\s*what (?:does|do|would|did) ((?:an? )?[\w -]+?) look like\s*\?+\s*(?:(?:can|could) you |please )*(?:draw|paint|show|do|make|sketch)(?: me| us)? (?:one|it|them|him|her)\b", r"draw \1"),
    (r"\b([a-z]{2,})['’]s (?=[a-z]{3,}ing\s*(?:$|[,.;!?\n]))", r"\1 is "),
    (r"\bnight shift\b", "at night"),
    (r"\b(?:the )?arvo\b", "afternoon"),
    (r"\b(?:first|second|third|fourth|top|bottom|next|last|middle) (?:line|row)(?: (?:says|reads|is))?:?\s*(?=\ue000)|\bline (?:one|two|three|\d):?\s*(?=\ue000)", ""),
    (r"\b(?:letter|caption|label|title|inscribe|engrave|mark|print|stamp) (?:it|them|him|her)(?: with| as)?:?\s*(?=\ue000)", ""),
    (r"\bwi['’]? (?=(?:an?|the|his|her|wee)\b)", "with "),
    (r"\bwee\b(?! (?:hours|small))", "small"), (r"\bbunnet", "bonnet"), (r"\bcoos?\b(?! at)", "cow"), (r"\byelling\b", "shouting"),
    (r"(?<=[a-z]{2})in['’](?= [a-z])", "ing"),
    (r"\bholding (?:the|a) (?:door|gate|umbrella)(?: open)? (?:for|over) (?=an? )", lambda match: match[0].rsplit(" ", 2)[0] + " and "),
    (r"\b(the|an?|stormy|calm|rough|blue|choppy|open|deep|wild|angry|by|at) see(?=\s*(?:$|[,.;!?)]|(?:at|in|with|behind|under|below)\b))", r"\1 sea"),
    (r"\bon any of (?:them|it)\b", ""),
)  # fmt: skip
PHRASINGS = tuple((re.compile(pattern, re.IGNORECASE), said) for pattern, said in _TURNS)
EMPTY_SPACE = re.compile(rf"[,;]?\s*\b(?:with |and )?(?P<said>{_SPACE})", re.IGNORECASE)
