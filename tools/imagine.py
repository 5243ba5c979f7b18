"""The imagine tool: a checked request becomes plans of pictures; painting comes after the turn."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot import Plan, RequestError, ToolContext, ToolResult, Wishes
from bot.brief_arguments import MOST_ITEMS, ImagineArguments
from bot.dialects import Rendering
from bot.language import language_of
from bot.limits import MAX_COUNT, MAX_SEED
from bot.lineage import meaning
from bot.lora_settings import LoraSettings
from bot.style import Library, load_library
from bot.tasks import ModelCard
from tools.loras import NO_LORAS, Loras
from tools.numbers import first, kept, numbers, quality, seed, sizes, within
from tools.preferred import reasons, style_by
from tools.starting import start
from tools.wording import Worded, Wording


class Imagine:
    """Plans one to four pictures of one wish.

    Args:
        library: The styles and packs that there are; those that are installed where none are given.
        loras: The LoRAs that settings name.

    Raises:
        SettingsError: A LoRA is for a family of models that there is not.
    """

    name = "imagine"
    description = (
        "Plan pictures from what the person asked for. Call it once per message that wishes for a picture, with "
        "everything they said in the fields it belongs to. Painting starts by itself when your turn is over."
    )
    arguments = ImagineArguments

    def __init__(self, library: Library | None = None, loras: Mapping[str, LoraSettings] = NO_LORAS) -> None:
        self._library = library or load_library()
        self._loras = Loras(loras, self._library)

    async def run(self, arguments: ImagineArguments, context: ToolContext) -> ToolResult:
        """Check the request and plan its pictures.

        Raises:
            RequestError: A number is out of range, the style or a LoRA is unknown, there is no such picture to change,
                or the model can't paint such a thing.
        """
        if arguments.which:
            context = meaning(context, arguments.which, language_of(context.message.text))
            arguments = arguments.model_copy(update={"follows_up": True})
        count = within("count", first(context.message.wishes.count, arguments.count), 1, MAX_COUNT, "pictures at once")
        begins = seed(context.message.wishes, arguments, context)
        worded = await Wording(self._library, self._loras, arguments, context).prompts(count, begins)
        plans = tuple(
            _plan(one, arguments, context, (begins + number) % (MAX_SEED + 1)) for number, one in enumerate(worded)
        )
        return ToolResult(_said(plans, context), plans, ends_turn=True)


def _plan(worded: Worded, arguments: ImagineArguments, context: ToolContext, seed: int) -> Plan:
    wishes, card, wants = context.message.wishes, context.card, context.preferences
    size = sizes(context.message, arguments, worded.brief, card, kept(arguments, context))
    plan = Plan(
        request=context.message.text,
        brief=worded.brief,
        prompt=worded.rendering.prompt,
        negative_prompt=_negative(wishes, arguments, worded.rendering, card),
        model=card.model,
        family=card.family,
        **size,
        **numbers(wishes, arguments, card, wants.steps, kept(arguments, context)),
        **quality(wishes, wants),
        seed=seed,
        style=worded.manner.style.name if worded.manner.style else "",
        style_by=style_by(worded.manner, wants),
        loras=worded.picked.loras,
        findings=worded.findings,
        parent=_changed(context) if arguments.follows_up else None,
        **start(arguments, worded.brief, (size["width_px"], size["height_px"]), context),
    )
    held = worded.rewritten and wants.rewriting == "ask" and not _is_said(plan)
    notes = (
        *worded.rendering.notes,
        *worded.picked.notes,
        *_unread(arguments, context),
        *reasons(replace(plan, held=held), worded.manner, arguments, context),
    )
    return replace(plan, held=held, notes=(*notes, *worded.manner.caution(worded.brief)))


def _changed(context: ToolContext) -> str | None:
    """The picture that is changed; of a proposal, which is none, the one that it would have changed."""
    return context.previous.parent if context.previous and context.previous.held else context.previous_id


def _unread(arguments: ImagineArguments, context: ToolContext) -> tuple[str, ...]:
    """Which lists were longer than anybody reads."""
    return tuple(
        f"一幅画最多 {MOST_ITEMS} 项，多出来的没有看（{many}）。"
        if language_of(context.message.text) == "zh"
        else f"{many} are more than a picture takes; only the first {MOST_ITEMS} are looked at."
        for many in arguments.beyond()
    )


def _is_said(plan: Plan) -> bool:
    """Whether the prompt is the person's words, up to case and spaces."""
    return plan.prompt.casefold().split() == plan.request.casefold().split()


def _said(plans: Sequence[Plan], context: ToolContext) -> str:
    """What the LLM reads, and the person where they get no other words."""
    if plans[0].held:
        if language_of(context.message.text) == "zh":
            return f"还没有画。我打算用这样的提示词：{plans[0].prompt}"
        return f"Nothing is painted yet. This is what I would paint from: {plans[0].prompt}"
    what = "1 picture" if len(plans) == 1 else f"{len(plans)} pictures"
    return f"{what} will be painted from: {plans[0].prompt}"


def _negative(wishes: Wishes, arguments: ImagineArguments, rendering: Rendering, card: ModelCard) -> str:
    said = wishes.negative_prompt if wishes.negative_prompt is not None else arguments.negative_prompt
    if said and not card.negative_prompt:
        raise RequestError(f"{card.model} heeds no negative prompt", "Leave it out, or choose another model.")
    return ", ".join(part for part in (said, rendering.negative_prompt) if part)
