"""Movements of art, ways of printing and drawing media that English wishes name as a style."""

import re

# Each goes by its own name.
MOVEMENTS = frozenset(
    """
    bauhaus pointillist pointillism fauvist fauvism expressionist expressionism constructivist constructivism dadaist dada
    psychedelic biro felt-tip scraperboard scratchboard risograph mezzotint aquatint lithograph screenprint etching fresco batik
    cross-stitch needlepoint baroque rococo renaissance brutalist romanesque
    """.split()
) | {
    "folk art", "naive art", "op art", "art brut", "wood engraving", "victorian engraving", "copperplate engraving", "screen print",
    "botanical illustration", "botanical drawing", "technical drawing", "exploded diagram", "woodblock print", "wood block print",
    "potato print", "lino print", "pen and wash", "line and wash", "ink and wash", "ballpoint pen", "paint by numbers", "cave painting",
    "illuminated manuscript", "bayeux tapestry",
}  # fmt: skip
# These are also what a thing is or is in: 'a baroque palace', 'an etching on the wall'.
ALSO_THINGS = frozenset(
    "baroque rococo renaissance brutalist romanesque etching fresco batik lithograph cross-stitch needlepoint".split()
)
_MEDIUM = r"(?:(?:red|white|black|brown|sepia|coloured|colored|soft|oil|wax) )?(?:charcoal|chalk|ink|pencil|pastel|crayon|watercolou?r|gouache|conte|sanguine|graphite|biro|felt-tip|acrylic|oil|wash)s?"
# 'Charcoal and red chalk study of …', '… in pencil and wash'.
MEDIA = re.compile(
    rf"(?:^|(?<=[,.;:\n])|\b(?:an?|in|as an?))\s*(?P<said>{_MEDIUM}(?:(?: and |, | & |/| with ){_MEDIUM})+)(?: (?:study|sketch|drawing|picture|portrait|painting|piece|illustration)s?(?P<of> of)?)?(?=\s|[,.;:!?]|$)",
    re.IGNORECASE,
)
