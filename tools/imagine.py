"""The imagine tool: a checked request becomes plans of pictures; painting comes after the turn."""

from dataclasses import replace

from bot import Plan, RequestError, ToolContext, ToolResult, Wishes
from bot.brief import Brief
from bot.brief_arguments import ImagineArguments
from bot.checker.checked import Checked, checked
from bot.dialects import Rendering, render
from bot.limits import (
    MAX_COUNT,
    MAX_SEED,
)
from bot.manner import Manner, choose
from bot.style import Library, load_library
from bot.tasks import ModelCard
from tools.numbers import first, numbers, seed, shaped, sizes, start, within


class Imagine:
    """Plans one to four pictures of one wish.

    Args:
        library: The styles and packs that there are; those that are installed where none are given.
    """

    name = "imagine"
    description = (
        "Plan pictures from what the person asked for. Call it once per message that wishes for a picture, with "
        "everything they said in the fields it belongs to. Painting starts by itself when your turn is over."
    )
    arguments = ImagineArguments

    def __init__(self, library: Library | None = None) -> None:
        self._library = library or load_library()

    async def run(self, arguments: ImagineArguments, context: ToolContext) -> ToolResult:
        """Check the request and plan its pictures.

        Raises:
            RequestError: A number is out of range, the style is unknown, or the model can't paint such a thing.
        """
        wishes, card = context.message.wishes, context.card
        by_hand = _by_hand(context)
        done = Checked(arguments.to_brief(), by_hand) if by_hand else self._checked(arguments, context)
        brief, rendering = _as_set(done.brief, wishes), done.rendering
        manner = choose(self._library, wishes.style, brief, card)
        if by_hand is None:
            brief = manner.fill(brief, shaped=shaped(context.message, arguments))
        begun = Plan(
            request=context.message.text,
            brief=brief,
            prompt=rendering.prompt,
            negative_prompt=_negative(wishes, arguments, rendering, card),
            model=card.model,
            family=card.family,
            **sizes(context.message, arguments, brief, card),
            **numbers(wishes, arguments, card),
            seed=seed(wishes, arguments, context),
            style=manner.style.name if manner.style else "",
            notes=rendering.notes + manner.caution(brief),
            findings=done.findings,
            parent=context.previous_id if arguments.follows_up else None,
            **start(arguments, context),
        )
        count = within("count", first(wishes.count, arguments.count), 1, MAX_COUNT, "pictures at once")
        plans = tuple(replace(begun, seed=(begun.seed + number) % (MAX_SEED + 1)) for number in range(count))
        what = "1 picture" if count == 1 else f"{count} pictures"
        return ToolResult(f"{what} will be painted from: {begun.prompt}", plans, ends_turn=True)

    def _checked(self, arguments: ImagineArguments, context: ToolContext) -> Checked:
        """The brief and its prompt, in the style and by the house rules, with all that the person said still in it."""
        wishes, card, is_shaped = context.message.wishes, context.card, shaped(context.message, arguments)

        def rendered(brief: Brief) -> Rendering:
            asked = _as_set(brief, wishes)
            manner = choose(self._library, wishes.style, asked, card)
            return _in_manner(manner, asked, manner.fill(asked, shaped=is_shaped), card)

        brief = arguments.to_brief()
        previous = context.previous.brief if arguments.follows_up and context.previous else None
        also = _added_by(choose(self._library, wishes.style, _as_set(brief, wishes), card), card)
        return checked(context.message.text, brief, card, rendered, previous, also)


def _as_set(brief: Brief, wishes: Wishes) -> Brief:
    """A brief with the shape that was set by hand."""
    return replace(brief, aspect=wishes.aspect) if wishes.aspect else brief


def _added_by(manner: Manner, card: ModelCard) -> str:
    """What a style and a pack say in every prompt."""
    said = [manner.style.phrase(card.dialect)] if manner.style else []
    return ", ".join([*said, *(manner.pack.adds.model_dump().values() if manner.pack else ())])


def _in_manner(manner: Manner, asked: Brief, filled: Brief, card: ModelCard) -> Rendering:
    """The prompt in the style and by the house rules, which add and keep out only what was left open."""
    rendering = render(filled, card, manner.heeding(asked))
    avoid = manner.avoid(asked) if card.negative_prompt and not card.vocabulary else ""
    negative = ", ".join(filter(None, [rendering.negative_prompt, avoid]))
    return Rendering(rendering.prompt, negative, rendering.notes + manner.rules(filled))


def _by_hand(context: ToolContext) -> Rendering | None:
    """The prompt that the person wrote, or their words where they want them painted as they are."""
    if context.message.wishes.prompt is not None:
        return Rendering(_written(context.message.wishes.prompt), "", ("Painted from the prompt as you wrote it.",))
    if context.message.wishes.as_is:
        return Rendering(context.message.text, "", ("Painted from your words as they are, as you asked.",))
    return None


def _written(prompt: str) -> str:
    if not prompt.strip():
        raise RequestError("The prompt is empty", "Write what is to be painted.")
    return prompt.strip()


def _negative(wishes: Wishes, arguments: ImagineArguments, rendering: Rendering, card: ModelCard) -> str:
    said = wishes.negative_prompt if wishes.negative_prompt is not None else arguments.negative_prompt
    if said and not card.negative_prompt:
        raise RequestError(f"{card.model} heeds no negative prompt", "Leave it out, or choose another model.")
    return ", ".join(part for part in (said, rendering.negative_prompt) if part)
