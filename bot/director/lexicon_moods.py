"""How English wishes speak of the mood and the light of a picture, as patterns."""

import re

_MOOD = (
    r"(?:lonely|calm|gentle|quiet|peaceful|cosy|cozy|eerie|spooky|ominous|tense|moody|wistful|nostalgic|melancholy|melancholic|dreamy|serene|tranquil|hopeful|joyful|cheerful|festive"
    r"|playful|whimsical|romantic|dramatic|epic|gloomy|sombre|somber|bleak|mysterious|sinister|tender|solemn|restful|soothing|magical|upbeat|light-?hearted|welcoming|hushed|bittersweet|menacing|desolate|triumphant)"
)
_MOODS = rf"{_MOOD}(?:(?:,| and|, and) {_MOOD})*"
_VERY = r"(?:(?:very|really|quite|rather|a bit|a little|kind of|sort of|properly|more|so|nice and|all) )*"
_BOUND = r"(?=\s*(?:$|[,.;:!?\n]))"
MOODS = (
    re.compile(
        rf"\b(?:(?:make|have|let) (?:it|this|everything|the (?:picture|scene|whole thing)) (?:all )?(?:feel|seem)|(?:it|this) (?:should|must|needs to|has to) feel|(?:feels?|feeling)) {_VERY}(?P<said>{_MOODS})\s*[,.;:]*",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:with )?(?:an? )?(?P<said>{_MOODS}) (?:mood|vibes?|atmosphere|feel|feeling|tone|energy|ambience)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:mood|vibe|atmosphere|tone|feel|feeling)(?: is| should be)?\s*[:=]\s*(?P<said>{_MOODS})", re.IGNORECASE
    ),
    re.compile(
        rf"(?:^|(?<=[.!?:;\n])\s+){_VERY}(?P<said>{_MOODS})(?:,? (?:please|pls|if (?:possible|you can)))?\s*(?:[,.;!]|$)(?=\s*(?:$|(?:an?|the|one|two|and|but|with|nobody|no)\b|[A-Z]))",
        re.IGNORECASE,
    ),
)
_LIT = r"(?:candle|lamp|fire|torch|lantern|flood|back|moon|star|neon-|dimly |softly |brightly |faintly |barely |harshly |warmly )"
LIGHTS = (
    re.compile(rf"(?:^|(?<=[,.;:\n])\s*)(?:all |only |just )?(?P<said>{_LIT}lit){_BOUND}", re.IGNORECASE),
    re.compile(
        rf"\b(?:by|in|under|lit by|lit only by|with) (?:the )?(?:only |soft |warm |dim |low |flickering )*(?P<said>candlelight|lamplight|firelight|torchlight|lantern light|floodlight|strip light(?:ing)?|low light|half-light|semi-darkness|(?:total|complete|utter|near|pitch) dark(?:ness)?|pitch black){_BOUND}",
        re.IGNORECASE,
    ),
)
