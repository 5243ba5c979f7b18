"""What an English noun phrase says of how a picture looks: its style, time, weather and layout."""

from bot.director.clause_en import Clause
from bot.director.lexicon import ABSTRACT, SEASONS, THINGS
from bot.director.noun_words import NounPhrase, is_adjective
from bot.director.nouns import PRODUCTS
from bot.director.scenes import NEEDS_STYLE_WORD, PLACES, SCENIC, STYLE_WORDS, STYLES, TIMES, WEATHER, named

MOODS = frozenset("warm soft dramatic natural dim harsh cold cool moody ambient".split())
_LIGHTS = frozenset("light lighting glow shadow sunlight candlelight lamplight firelight".split())
_SCENES = frozenset("scene setting backdrop interior background view".split())
_HOURS_OF_LIGHT = frozenset("sunset sunrise moonlight dusk dawn twilight".split())
# Styles that are what these are made of.
_MATERIALS = {"stained glass": frozenset("window lamp door panel lampshade lantern skylight pane".split())}
# Styles that a single thing can't have in a picture of another style: 'a cartoon elephant' is a cartoon.
_DRAWN = frozenset(["cartoon", "anime", "comic", "isometric", "photorealistic", "minimalist", "low poly"])


class Scenery(Clause):
    """Takes what names no thing."""

    def _take_scenery(self, found: NounPhrase) -> None:
        """'Rainy' of a street or a night is the weather; of a thing it is the thing's own."""
        last_word = found.head.split()[-1] if found.head else ""
        scene = last_word in PLACES or found.head in TIMES or not found.head or is_scene(found)
        for word in found.scenery:
            stylable = found.head in STYLE_WORDS or last_word in SCENIC or not found.head
            if word in _MATERIALS and last_word in _MATERIALS[word]:
                found.attributes.append(word)
            elif word in STYLES and (word not in NEEDS_STYLE_WORD or stylable):
                self.draft.style = self.draft.style or STYLES[word]
            elif word in WEATHER and scene:
                self.draft.weather = named(word, WEATHER)
            elif word in TIMES and found.known and not scene and last_word in THINGS and word not in _HOURS_OF_LIGHT:
                found.attributes.append(word)
            elif word in TIMES and (scene or not is_adjective(word)):
                self.draft.time = named(word, TIMES)
            elif word in _DRAWN:
                self.draft.style = self.draft.style or STYLES[word]
            else:
                found.attributes.append(word)

    def _takes_scene(self, found: NounPhrase) -> bool:
        """Whether it says how the picture looks or when it is, and names nothing in it."""
        head, last_word = found.head, found.head.split()[-1]
        style = style_in(found)
        if not style and self.link == "IN" and not found.determiner:
            style = STYLES.get(head, "")
        if style:
            self.draft.style = style
        elif last_word in _SCENES and head.rpartition(" ")[0] in PLACES:
            self.draft.place = self.draft.place or PLACES[head.rpartition(" ")[0]]
        elif self._composes(found):
            self.draft.composition = self.draft.composition or found.phrase().strip()
        elif head in TIMES and (head not in PLACES or self.link in {"IN", "below"}):
            self._time(found)
        elif head in WEATHER:
            self.draft.weather = named(head, WEATHER)
        else:
            is_thing = self.link and found.known and last_word in THINGS
            return (last_word in ABSTRACT and head != "one" and head not in PLACES) or (
                last_word in STYLE_WORDS and not is_thing
            )
        return True

    def _composes(self, found: NounPhrase) -> bool:
        """Whether it says how the picture is laid out, or when in the year: 'a blue background', 'a banner for'."""
        if found.head in SEASONS or (found.head in PRODUCTS and self._word() == "for"):
            return True
        if found.head in _LIGHTS and not found.determiner and MOODS & set(found.attributes):
            return True
        return found.head == "background" and bool(found.colours or found.attributes)

    def _time(self, found: NounPhrase) -> None:
        weather = any(word in WEATHER for word in (*found.attributes, *found.scenery))
        if not (found.head == "day" and weather) or "sunny" in (*found.attributes, *found.scenery):
            self.draft.time = named(found.head, TIMES)
        for attribute in found.attributes:
            if attribute in WEATHER:
                self.draft.weather = named(attribute, WEATHER)


def is_scene(found: NounPhrase) -> bool:
    """'Foggy allotment', 'rainy Lisbon': an unknown thing that has weather, and no number, is where it all is."""
    weather = any(word in WEATHER and word not in TIMES for word in found.scenery)
    known = found.known and not (found.head in PLACES and found.head not in THINGS)
    return weather and bool(found.head) and not (known or found.determiner or found.plural)


def style_in(found: NounPhrase) -> str:
    """The style that a noun phrase names, or an empty string: 'a watercolour', 'van gogh style', 'pencil drawing'."""
    head = found.head
    if head in STYLES and (head not in NEEDS_STYLE_WORD or found.alone):
        return STYLES[head]
    words = head.split()
    if words and words[-1] in STYLE_WORDS:
        said = " ".join(words[:-1])
        for item in (head, said, *reversed(found.attributes), *found.scenery, *words[:-1]):
            if item in STYLES:
                return STYLES[item]
        if words[-1] == "style" and (said or found.attributes):
            return said or " ".join(found.attributes)
    return ""
