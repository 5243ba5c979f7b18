"""What may be added to a picture for variety, and when: one table of light, composition, camera and mood."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """A free item of the brief.

    Attributes:
        field: One of `bot.brief.FREE`.
        text: What it says, in English.
        needs: Signs (bot/variety.py) of which at least one must be there; empty where it always fits.
        unless: Signs of which none may be there.
    """

    field: str
    text: str
    needs: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()


def _options(field: str, *rows: tuple[str, str, str]) -> tuple[Option, ...]:
    return tuple(
        Option(field, text, frozenset(needs.split()), frozenset(unless.split())) for text, needs, unless in rows
    )


_NO_SUN = "night indoors underwater space wet overcast"
LIGHT = _options(
    "light",
    ("soft diffused light", "", ""),
    ("warm light", "", "snow underwater"),
    ("cool light", "", "sunset sunny"),
    ("gentle side light", "", "overcast"),
    ("bright even light", "", "night sunset dawn storm fog"),
    ("golden hour light", "", f"{_NO_SUN} day dawn"),
    ("clear midday light", "", f"{_NO_SUN} dawn sunset"),
    ("early morning light", "", f"{_NO_SUN} day sunset"),
    ("light of an overcast day", "", "night indoors underwater space sunset dawn sunny"),
    ("light from a window", "indoors", "night outdoors"),
    ("lamplight", "indoors", "outdoors day dawn sunset sunny"),
    ("moonlight", "night", "indoors underwater space wet overcast"),
    ("starlight", "night", "indoors underwater wet overcast"),
    ("backlight with a bright rim", "", "night overcast wet indoors"),
    ("low contrast light", "", "sunny"),
    ("deep shadows and high contrast", "", "overcast fog"),
    ("light rays through the water", "underwater", "night"),
)
VIEW = _options(
    "composition",
    ("centred composition", "", "related"),
    ("rule of thirds composition", "", ""),
    ("symmetrical composition", "", "related several"),
    ("seen at eye level", "", ""),
    ("seen from slightly above", "", "sky"),
    ("seen from a low angle", "", ""),
    ("seen at three-quarter angle", "", ""),
    ("wide view with much space around", "", ""),
    ("medium view", "", "crowd"),
    ("close view", "", "crowd related several placed"),
    ("simple uncluttered background", "", "placed related"),
    ("diagonal composition", "", ""),
    ("balanced asymmetrical composition", "", ""),
) + _options(
    "camera",
    ("35mm lens", "photo", ""),
    ("50mm lens", "photo", ""),
    ("85mm lens, shallow depth of field", "photo", "placed crowd related"),
    ("wide-angle lens, deep focus", "photo", ""),
    ("sharp focus throughout", "photo", "fog underwater"),
    ("fine film grain", "photo", ""),
)  # fmt: skip
MOOD = _options(
    "mood",
    ("calm mood", "", "lively fierce"),
    ("cheerful mood", "", "sad fierce grave storm"),
    ("playful mood", "", "sad fierce grave"),
    ("cosy mood", "", "fierce space storm grave"),
    ("dreamy mood", "", "grave"),
    ("nostalgic mood", "", ""),
    ("quiet mood", "", "lively fierce crowd storm"),
    ("dramatic mood", "", "calm"),
    ("mysterious mood", "", "glad sunny grave"),
    ("fresh and airy mood", "", "fierce sad storm fog night indoors"),
    ("tender mood", "", "fierce"),
    ("hopeful mood", "", "fierce"),
)
