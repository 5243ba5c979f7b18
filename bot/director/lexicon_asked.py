"""Polite English questions that ask for a change, as patterns."""

import re

_LEAD = r"^\s*(?:(?:and|but|so|ok(?:ay)?|now|then|also|please|hmm+|maybe|perhaps)\b[\s,]*)*"
_ASKS = r"(?:(?:do|don't|don’t) you think\s+(?:that\s+)?|what if\s+|why not\s+|how about if\s+|any chance\s+(?:that\s+)?|i wonder if\s+)?"
_WHO = r"(?P<who>it|he|she|they|(?:the|his|her|its|their|my|our) [a-z]+)"
_MODAL = r"(?:can|could|should|would|may|might|shall|can't|couldn't|won't|shouldn't|must)"
ASKED = re.compile(
    rf"{_LEAD}{_ASKS}(?:{_MODAL} {_WHO}|(?:what if|do you think) {_WHO.replace('who', 'whom')} {_MODAL})"
    r"\s+(?:(?:please|maybe|also|perhaps|instead|just)\s+)*(?P<does>[a-z]+)\b\s*(?P<rest>[^?]*)\?*\s*$",
    re.IGNORECASE,
)
POSSIBLE = re.compile(
    rf"{_LEAD}(?:is|would) it (?:be )?(?:possible|ok(?:ay)?|fine|hard|too much|difficult) (?:for you )?to\s+(?P<rest>[^?]+)\?*\s*$",
    re.IGNORECASE,
)
SEEN = re.compile(
    rf"{_LEAD}(?:can|could|may|might) (?:we|i) (?:please )?(?:see|have|get|view)\s+(?P<rest>(?:it|him|her|them|this|that)\b[^?]*)\?*\s*$",
    re.IGNORECASE,
)
# 'What if it had a robin on top?', 'what if she were older?'
IMAGINED = re.compile(
    rf"{_LEAD}(?:what|how about) if {_WHO} (?P<did>had|were|was|wore|held|got)\s+(?P<rest>[^?]+?)\?*\s*$", re.IGNORECASE
)
THE_SAME = re.compile(
    rf"{_LEAD}(?:can|could|would) (?:you|we|i) (?:please )?(?:do|try|have|get|see|make|paint|draw) (?:the )?same(?: thing| one| picture)?\b\s*(?P<rest>[^?]*)\?*\s*$",
    re.IGNORECASE,
)
