"""In what manner one request is painted: a style, and a pack's house rules. What the asker said always wins."""

import re
from dataclasses import asdict, dataclass, replace

from bot.brief import FREE, Brief
from bot.dialects.rendering import Notes
from bot.dialects.vocabulary import Vocabulary
from bot.dialects.vocabulary import find as find_known
from bot.errors import RequestError
from bot.style import Library, Pack, Style, find, nearest
from bot.tasks import ModelCard

_WORD = re.compile(r"[^\W\d_]+")
SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Manner:
    """The choice for one request.

    Attributes:
        chosen: Whether the person chose the style; else it is preferred, or the pack's.
        preferred: Whether it, or the pack, is what preferences say.
        shape: The aspect that preferences say; goes before those of style and pack.
    """

    style: Style | None = None
    pack: Pack | None = None
    chosen: bool = False
    preferred: bool = False
    shape: str = ""

    def fill(self, brief: Brief, *, shaped: bool) -> Brief:
        """The brief with the shape of the style and all that the pack adds, each where the asker left it open.

        Args:
            brief: What was asked for; the result lists in `added` what was not.
            shaped: The picture's shape is fixed by something outside the brief.
        """
        if self.style and not self.chosen and brief.style:  # an LLM's own idea, which house rules outweigh
            brief = _without(brief, "style")
        if self.shape and "aspect" in brief.added:
            brief = _without(brief, "aspect")
        offered = (self.pack.adds.model_dump() if self.pack else {}) | {"aspect": "" if shaped else self._aspect()}
        filled = {name: text for name, text in offered.items() if text and not getattr(brief, name)}
        return replace(brief, **filled, added=(*brief.added, *filled))

    def heeding(self, brief: Brief) -> Style | None:
        """The style, avoiding nothing that was asked for."""
        return self.style and self.style.model_copy(update={"avoid": unasked(self.style.avoid, brief)})

    def avoid(self, brief: Brief) -> str:
        """What the pack's house rules keep out of this picture."""
        return unasked(self.pack.avoid, brief) if self.pack else ""

    def left_open(self, filled: Brief) -> tuple[str, ...]:
        """The free items of a filled brief that neither the asker nor the house fixed, and that may be others."""
        fixed = self.pack.adds.model_dump() if self.pack else {}
        return tuple(
            name for name in FREE if name in filled.added and getattr(filled, name) != (fixed.get(name) or None)
        )

    def rules(self, filled: Brief) -> tuple[str, ...]:
        """What style and pack set in the filled brief, apart from what the dialect says of itself."""
        notes = Notes(filled.words)
        language = "zh" if notes.in_chinese else "en"
        shape = filled.aspect if "aspect" in filled.added else ""
        if self.shape:
            shape = ""  # whoever asks the preferences tells it
        if self.style and shape and shape == self._aspect() == self.style.aspect:
            notes.add(
                f"The style '{self.style.name}' is painted at {shape} unless you say otherwise.",
                f"“{self.style.called(language)}”风格默认用 {shape} 的画幅。",
            )
        elif self.pack and shape and shape == self._aspect():
            notes.add(
                f"The house rules '{self.pack.called(language)}' set the shape {shape}, as you named none.",
                f"你没有说画幅，所以按“{self.pack.called(language)}”的规则用 {shape}。",
            )
        if self.pack and self.style and not (self.chosen or self.preferred):
            notes.add(
                f"The house rules '{self.pack.called(language)}' set the style '{self.style.name}', as you named none.",
                f"你没有说风格，所以按“{self.pack.called(language)}”的规则用“{self.style.called(language)}”。",
            )
        return tuple(notes.sentences)

    def caution(self, brief: Brief) -> tuple[str, ...]:
        """The sentence that goes with every picture of the pack, whatever it was painted from."""
        said = self.pack.note if self.pack else {}
        language = "zh" if Notes(brief.words).in_chinese else "en"
        return (said.get(language) or next(iter(said.values())),) if said else ()

    def _aspect(self) -> str:
        """What preferences say; that of a style that was asked for, else the pack's, else the style's."""
        if self.shape:
            return self.shape
        of_style, of_pack = (one.aspect if one else "" for one in (self.style, self.pack))
        return (of_style or of_pack) if self.chosen or self.preferred else (of_pack or of_style)


def choose(library: Library, wished: str | None, brief: Brief, card: ModelCard, preferred: str = "") -> Manner:
    """The style set by hand, else the one named in words, else the preferred one, else the house's; and the pack.

    Args:
        library: What there is to choose from.
        wished: A style's or pack's name that was set by hand: there must be one.
        brief: What the words were taken to mean; the style in it may be anything.
        card: The model. It gets no style unasked that it can't paint.
        preferred: A style's or pack's name that preferences say; nothing where there is none such.

    Raises:
        RequestError: There is no such style, or it has no words for this model.
    """
    outweighed = preferred or (library.house and library.house.style)
    said = "" if "style" in brief.added and outweighed else brief.style
    if wished:
        if style := find(library.styles, wished):
            if not style.phrase(card.dialect):
                raise RequestError(f"The style '{style.name}' has no words for {card.model}", "Choose another style.")
            return Manner(style, library.house, chosen=True)
        if pack := find(library.packs, wished):
            return _by_house_rules(library, pack, said, card)
        raise RequestError(f"There is no style '{wished}'", nearest(wished, library.styles))
    if said and (style := find(library.styles, said)) and style.phrase(card.dialect):
        return Manner(style, library.house, chosen=True)
    if preferred and not said:
        if (style := find(library.styles, preferred)) and can_paint(style, card):
            return Manner(style, library.house, preferred=True)
        if pack := find(library.packs, preferred):
            return replace(_by_house_rules(library, pack, said, card), preferred=True)
    return _by_house_rules(library, library.house or find(library.packs, said), said, card)


def can_paint(style: Style, card: ModelCard) -> bool:
    """Whether a model can be asked for a style; one with a small world of words must have learned it."""
    if card.dialect != "sketch":
        return bool(style.phrase(card.dialect))
    known = Vocabulary.of(card).styles
    meaning = next((meaning for name in style.names if (meaning := find_known(known, name))), None)
    return meaning is not None and meaning.itself


def unasked(avoid: str, brief: Brief) -> str:
    """Of things to avoid, separated by commas, those that the brief does not ask for in as many words."""
    asked = _words(" ".join(_texts(asdict(brief))))
    items = (item.strip() for item in avoid.split(","))
    return ", ".join(item for item in items if item and not any(_alike(word, asked) for word in _words(item)))


def _without(brief: Brief, name: str) -> Brief:
    added = tuple(one for one in brief.added if one != name)
    return replace(brief, added=added, **{name: ""})  # type: ignore[arg-type]


def _by_house_rules(library: Library, pack: Pack | None, said: str, card: ModelCard) -> Manner:
    style = library.styles[pack.style] if pack and pack.style else None
    return Manner(style if style and not said and can_paint(style, card) else None, pack)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _alike(word: str, asked: set[str]) -> bool:
    """'Photograph' and 'photo', 'colours' and 'colour'."""
    return any(
        word == other
        or (min(len(word), len(other)) >= SHORTEST_STEM and (word.startswith(other) or other.startswith(word)))
        for other in asked
    )


def _texts(values: object) -> list[str]:
    """All that is said anywhere in a brief, but not what must not be in the picture."""
    if isinstance(values, dict):
        return [text for name, value in values.items() if name not in ("exclusions", "added") for text in _texts(value)]
    if isinstance(values, tuple | list):
        return [text for value in values for text in _texts(value)]
    return [values] if isinstance(values, str) else []
