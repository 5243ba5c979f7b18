"""How a wish becomes the words that are painted from: rewritten and checked, the person's own, or written by hand."""

from dataclasses import dataclass, field, replace
from typing import Any

from bot import RequestError, ToolContext
from bot.brief import FREE, Brief
from bot.brief_arguments import ImagineArguments
from bot.checker import Finding
from bot.checker.budget import Budget
from bot.checker.checked import checked, shortened
from bot.dialects import Rendering, render
from bot.dialects.lexicon_free import FREE_ITEMS
from bot.dialects.rendering import Notes
from bot.director.slips import told
from bot.manner import Manner, choose
from bot.modest import modest
from bot.style import Library, Style
from bot.variety import vary
from tools.loras import Loras, Picked
from tools.numbers import kept, shaped
from tools.own_words import in_own_words, named, read_to_the_end, spoken, translated, unread


@dataclass(frozen=True, slots=True)
class Worded:
    """What one picture is painted from.

    Attributes:
        brief: What the person meant, with all that was filled in.
        manner: The style and the house rules that it is painted by.
        rewritten: Whether the prompt is more than the person's own words.
        picked: The LoRAs that it is painted with.
    """

    brief: Brief
    rendering: Rendering
    manner: Manner
    findings: tuple[Finding, ...] = ()
    rewritten: bool = True
    picked: Picked = field(default_factory=Picked)


class Wording:
    """The words for the pictures of one wish.

    Args:
        library: The styles and packs that there are.
        loras: The LoRAs that there are.
    """

    def __init__(self, library: Library, loras: Loras, arguments: ImagineArguments, context: ToolContext) -> None:
        self._library, self._loras, self._arguments, self._context = library, loras, arguments, context
        self._message, self._card, self._wants = context.message, context.card, context.preferences
        follows = arguments.follows_up and context.previous is not None
        self._previous = context.previous.brief if follows and context.previous else None
        self._made: dict[str, Brief] = {}

    async def prompts(self, count: int, seed: int) -> tuple[Worded, ...]:
        """The words of each of `count` pictures; where the words are rewritten they differ in what is free.

        Raises:
            RequestError: The style or a LoRA is unknown, or the model can't be asked for such a thing.
        """
        if self._message.wishes.prompt is not None:
            return (self._with_loras(await self._by_hand()),) * count
        if self._message.wishes.as_is or self._wants.rewriting == "off":
            return (self._with_loras(await self._in_own_words()),) * count
        first = self._with_loras(await self._rewritten(self._arguments.to_brief()))
        if count == 1 or self._card.vocabulary or (self._arguments.keeps_seed and self._context.previous):
            return (first,) * count
        briefs = vary(first.brief, count, seed, free=first.manner.left_open(first.brief))
        return (first, *[await self._varied(brief, first) for brief in briefs[1:]])

    async def _rewritten(self, asked: Brief) -> Worded:
        """Every locked item kept, what was left open filled modestly."""
        done = await checked(
            self._message.text,
            asked,
            self._card,
            lambda brief: self._render(brief, self._full(brief)),
            self._previous,
            self._also(asked),
            bare=lambda brief: self._render(brief, self._bare(brief), bare=True),
            count=self._count,
        )
        brief = self._made.get(done.rendering.prompt) or self._bare(done.brief)
        rendering = replace(done.rendering, notes=(*done.rendering.notes, *told(self._message.text, done.brief)))
        return Worded(brief, rendering, self._manner(done.brief), done.findings)

    async def _varied(self, brief: Brief, first: Worded) -> Worded:
        """Another brief of the same wish, which gets past the checker like the first one."""
        done = await checked(
            self._message.text,
            brief,
            self._card,
            lambda one: self._in_manner(first.manner, one, one),
            self._previous,
            self._also(brief),
            count=self._count,
        )
        return replace(first, brief=done.brief, rendering=done.rendering, findings=done.findings)

    async def _in_own_words(self) -> Worded:
        """The words as they were said, with the phrases of a style that they chose; in English where they must be."""
        words = spoken(self._arguments, self._context)
        brief = self._set(replace(self._arguments.to_brief(), words=words))
        manner, notes = self._manner(brief), Notes(words)
        style = manner.style if manner.chosen and manner.style else None
        style = style if style and (self._message.wishes.style or named(style, words)) else None
        brief = replace(manner, style=None, pack=None).fill(brief, shaped=self._is_shaped)
        if unread(words, brief, self._card):
            return await self._translated(brief, replace(manner, style=style))
        rendering = self._picked(style).on(in_own_words(words, style, self._card))
        rendering = await shortened(rendering, self._card, Budget(self._card, self._count), notes)
        if self._message.wishes.as_is:
            notes.add("Painted from your words as they are, as you asked.", "按你的要求，直接用你的原话来画。")
        elif said := self._wants.notes.get("rewriting"):
            notes.add(said, said)
        rendering = replace(rendering, notes=(*rendering.notes, *notes.sentences))
        return Worded(brief, rendering, replace(manner, style=style), rewritten=False)

    async def _translated(self, brief: Brief, manner: Manner) -> Worded:
        """Own words that the model can't read, in English."""
        done = await translated(
            self._message.text,
            brief,
            self._card,
            self._previous,
            manner.style,
            also=self._also(brief),
            count=self._count,
        )
        rendering = self._picked(manner.style).on(done.rendering)
        return Worded(done.brief, rendering, manner, done.findings, rewritten=False)

    async def _by_hand(self) -> Worded:
        """The prompt that the person wrote, as it stands."""
        prompt = (self._message.wishes.prompt or "").strip()
        brief = self._set(self._arguments.to_brief())
        if not prompt:
            raise RequestError("The prompt is empty", "Write what is to be painted.")
        notes = Notes(self._message.text)
        notes.add("Painted from the prompt as you wrote it.", "按你写的提示词来画。")
        await read_to_the_end(prompt, brief, self._card, Budget(self._card, self._count), notes)
        return Worded(brief, Rendering(prompt, "", tuple(notes.sentences)), self._manner(brief), rewritten=False)

    def _with_loras(self, worded: Worded) -> Worded:
        return replace(worded, picked=self._picked(worded.manner.style))

    def _picked(self, style: Style | None) -> Picked:
        return self._loras.pick(style, self._arguments, self._context)

    async def _count(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        return await self._context.engine.tokens(self._card.model, texts)

    @property
    def _is_shaped(self) -> bool:
        return shaped(self._message, self._arguments) or kept(self._arguments, self._context) is not None

    def _set(self, brief: Brief) -> Brief:
        """A brief with the shape that was set by hand."""
        aspect = self._message.wishes.aspect
        return replace(brief, aspect=aspect) if aspect else brief

    def _manner(self, brief: Brief) -> Manner:
        asked = self._set(brief)
        manner = choose(self._library, self._message.wishes.style, asked, self._card, self._wants.style)
        return replace(manner, shape=self._wants.aspect)

    def _bare(self, brief: Brief) -> Brief:
        """The brief with its shape, and without any free item that nobody asked for."""
        filled = self._manner(brief).fill(self._set(brief), shaped=self._is_shaped)
        gone: dict[str, Any] = {name: "" for name in FREE if name in filled.added}
        return replace(filled, added=tuple(name for name in filled.added if name not in gone), **gone)

    def _full(self, brief: Brief) -> Brief:
        """The brief with all that style, house rules and modesty fill in."""
        manner = self._manner(brief)
        filled = manner.fill(self._set(brief), shaped=self._is_shaped)
        return filled if self._card.vocabulary else modest(filled, manner.style)

    def _render(self, asked: Brief, filled: Brief, *, bare: bool = False) -> Rendering:
        manner = self._manner(asked)
        rendering = self._in_manner(manner if manner.chosen or not bare else replace(manner, style=None), asked, filled)
        self._made[rendering.prompt] = filled
        return rendering

    def _in_manner(self, manner: Manner, asked: Brief, filled: Brief) -> Rendering:
        """The prompt in the style and by the house rules, which add and keep out only what was left open."""
        rendering = render(filled, self._card, manner.heeding(asked))
        avoid = manner.avoid(asked) if self._card.negative_prompt and not self._card.vocabulary else ""
        negative = ", ".join(filter(None, [rendering.negative_prompt, avoid]))
        made = Rendering(rendering.prompt, negative, rendering.notes + manner.rules(filled))
        return self._picked(self._manner(asked).style).on(made)

    def _also(self, brief: Brief) -> str:
        """What a style and a pack say in every prompt, in either language."""
        manner = self._manner(brief)
        said = [manner.style.phrase(self._card.dialect), manner.style.phrases.chinese] if manner.style else []
        said += self._picked(manner.style).words
        added = list(manner.pack.adds.model_dump().values()) if manner.pack else []
        return ", ".join(filter(None, [*said, *added, *(FREE_ITEMS.get(item, "") for item in added)]))
