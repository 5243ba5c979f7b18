"""Which LoRAs a picture is painted with: those that the asker named, that its style names, or that it had before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from bot import Plan, RequestError, ToolContext
from bot.brief_arguments import ImagineArguments
from bot.dialects.rendering import Notes, Rendering, joined
from bot.errors import SettingsError
from bot.limits import MAX_LORA_WEIGHT, MAX_LORAS
from bot.lora_settings import LoraSettings, find_lora
from bot.style import Library, Style
from bot.tasks import Lora
from tools.engine.families import FAMILIES

NO_LORAS: Mapping[str, LoraSettings] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Picked:
    """The choice for one picture.

    Attributes:
        words: What goes into the prompt for them.
        notes: A sentence each, in the asker's language: which are painted with, which are not and why.
    """

    loras: tuple[Lora, ...] = ()
    words: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def on(self, rendering: Rendering) -> Rendering:
        """A prompt with the words behind it, but for those that it has already."""
        said = rendering.prompt.casefold()
        lacking = [words for words in self.words if words.casefold() not in said]
        return replace(rendering, prompt=joined([rendering.prompt, *lacking])) if lacking else rendering


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One LoRA that somebody or something asks for, with what settings say of it."""

    lora: Lora
    family: str = ""
    words: str = ""


class Loras:
    """The LoRAs of an installation.

    Args:
        said: Those that settings name; people may ask for these alone.
        library: The styles, which may name others.

    Raises:
        SettingsError: One is for a family that there is not.
    """

    def __init__(self, said: Mapping[str, LoraSettings], library: Library) -> None:
        for name, table in said.items():
            _check_family(table.family, f"the LoRA '{name}'", f"loras.{name}.family")
        for style in library.styles.values():
            if style.lora:
                _check_family(style.lora.family, f"the style '{style.name}'", "style_folders")
        self._said = said
        self._library = library

    def pick(self, style: Style | None, arguments: ImagineArguments, context: ToolContext) -> Picked:
        """What a picture in a style is painted with.

        Raises:
            RequestError: There is no LoRA of a name, a weight is out of range, or they are too many.
        """
        notes, used = Notes(context.message.text), list[_Wanted]()
        for wanted in self._wanted(style, arguments, context):
            if wanted.family in ("", context.card.family):
                used.append(wanted)
            else:
                _tell_unused(notes, wanted, context)
        if len(used) > MAX_LORAS:
            raise RequestError(f"{len(used)} LoRAs at once are too many", f"Name {MAX_LORAS} at most.")
        loras = tuple(wanted.lora for wanted in used)
        words = dict.fromkeys(wanted.words for wanted in used if wanted.words)
        return Picked(loras, tuple(words), (*told(loras, context.message.text), *notes.sentences))

    def _wanted(self, style: Style | None, arguments: ImagineArguments, context: ToolContext) -> list[_Wanted]:
        """Each file once; what was asked for by hand goes before what the style says, and a weight of 0 is none."""
        previous = context.previous if arguments.follows_up else None
        wanted = [*self._asked(context), *self._carried(previous), *self._of_style(style)]
        by_file = {one.lora.file: one for one in reversed(wanted)}
        return [one for one in reversed(by_file.values()) if one.lora.weight]

    def _asked(self, context: ToolContext) -> Iterator[_Wanted]:
        for wish in context.message.wishes.loras:
            yield self._known(find_lora(self._said, wish.name), wish.weight)

    def _carried(self, previous: Plan | None) -> Iterator[_Wanted]:
        """Those of the picture that is changed, but for what its style brought along: this one has its own."""
        if previous is None:
            return
        styled = {one.lora.file for one in self._of_style(self._library.styles.get(previous.style))}
        for lora in previous.loras:
            table = self._said.get(lora.name)
            if lora.file not in styled:
                yield _Wanted(lora, table.family if table else previous.family, table.words if table else "")

    def _of_style(self, style: Style | None) -> Iterator[_Wanted]:
        named = style.lora if style else None
        if named and named.name in self._said:
            known = self._known(named.name, named.weight)
            yield replace(known, family=named.family or known.family)
        elif named:
            weight = 1.0 if named.weight is None else named.weight
            yield _Wanted(Lora(named.name, _located(named.name), weight), named.family)

    def _known(self, name: str, weight: float | None) -> _Wanted:
        table = self._said[name]
        weight = table.weight if weight is None else weight
        if not -MAX_LORA_WEIGHT <= weight <= MAX_LORA_WEIGHT:
            raise RequestError(
                f"The LoRA '{name}' can't count {weight:g}", f"Choose -{MAX_LORA_WEIGHT:g} to {MAX_LORA_WEIGHT:g}."
            )
        return _Wanted(Lora(name, _located(table.file), weight), table.family, table.words)


def told(loras: Sequence[Lora], words: str) -> tuple[str, ...]:
    """What the asker, who wrote these words, is told of the LoRAs of a picture."""
    notes = Notes(words)
    for lora in loras:
        notes.add(
            f"Painted with the LoRA '{lora.name}' at {lora.weight:g}.",
            f"用 LoRA“{lora.name}”来画，权重 {lora.weight:g}。",
        )
    return tuple(notes.sentences)


def _tell_unused(notes: Notes, wanted: _Wanted, context: ToolContext) -> None:
    name, model, family = wanted.lora.name, context.card.model, context.card.family
    notes.add(
        f"The LoRA '{name}' is made for {wanted.family} and {model} is {family}, so it is left out.",
        f"LoRA“{name}”是为 {wanted.family} 做的，而 {model} 属于 {family}，所以没有用。",
    )


def _located(file: str) -> str:
    """The whole path of what is on this machine, since the painter may stand elsewhere; anything else as it is."""
    path = Path.home() / file[2:] if file.startswith("~/") else Path(file)
    return str(path.absolute()) if path.exists() else file


def _check_family(family: str, what: str, key: str) -> None:
    if family and family not in FAMILIES:
        raise SettingsError(
            f"There is no family '{family}', which {what} names", f"Name one of {', '.join(FAMILIES)}.", key
        )
