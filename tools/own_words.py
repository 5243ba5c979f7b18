"""A person's own words as the prompt: all that they said of a picture, and what its model reads of that."""

from dataclasses import replace

from bot import Plan, ToolContext
from bot.brief import Brief
from bot.brief_arguments import ImagineArguments
from bot.checker.budget import Budget, Count
from bot.checker.checked import Checked, checked, shortened
from bot.checker.checks_prompt import wrong_language
from bot.checker.sentences import not_in_english
from bot.checker.wanted import quoted
from bot.dialects import Rendering, render
from bot.dialects.rendering import Notes, is_chinese
from bot.director.understand import understand
from bot.style import Style
from bot.tasks import ModelCard


def spoken(arguments: ImagineArguments, context: ToolContext) -> str:
    """What was said of the picture: just now, and before where this changes it; in the words that were used."""
    if not (arguments.follows_up and context.previous):
        return context.message.text
    return _joined([*_requests(context.previous, context), context.message.text])


def spoken_of(plan: Plan, context: ToolContext) -> str:
    """What was said of a picture that is there, and of those that it came from."""
    return _joined(_requests(plan, context))


def _joined(said: list[str]) -> str:
    whole = [" ".join(words.split()).rstrip(",，.。 ") for words in dict.fromkeys(said)]
    return ("，" if is_chinese(whole[0]) else ", ").join(filter(None, whole))


def _requests(plan: Plan, context: ToolContext) -> list[str]:
    """What was said of a picture and of those that it came from, oldest first."""
    by_id = {one.id: one.plan for one in context.earlier}
    said = [plan.request]
    while plan.parent and (parent := by_id.pop(plan.parent, None)):
        plan = parent
        said.insert(0, plan.request)
    return said


def in_own_words(words: str, style: Style | None, card: ModelCard) -> Rendering:
    """The words, and behind them the phrases of a style."""
    if style is None:
        return Rendering(words, "")
    chinese = is_chinese(words) and card.dialect == "bilingual"
    phrase = style.phrase("chinese" if chinese else card.dialect)
    return Rendering(("，" if chinese else ", ").join(filter(None, [words, phrase])), "")


def named(style: Style, words: str) -> bool:
    """Whether words name a style."""
    return any(name.casefold() in words.casefold() for name in style.names)


def unread(words: str, brief: Brief, card: ModelCard) -> str:
    """What of some words a model can't read, apart from texts to be drawn and names; empty where it reads all."""
    texts = tuple(dict.fromkeys((*brief.texts, *quoted(words))))
    return next((one.found for one in wrong_language(replace(brief, texts=texts), Rendering(words, ""), card, 0)), "")


def understood(brief: Brief, words: str) -> Brief:
    """A brief of the words: that which somebody filled in, else what the director makes of them."""
    read = words if brief.subjects else understand(words, None)
    return brief if isinstance(read, str) else replace(read.to_brief(), words=brief.words, aspect=brief.aspect)


async def translated(
    request: str,
    brief: Brief,
    card: ModelCard,
    previous: Brief | None = None,
    style: Style | None = None,
    *,
    also: str = "",
    count: Count | None = None,
) -> Checked:
    """Own words that the model can't read, in English, with nothing added but the phrases of a style.

    What it can't read it would paint at random, which is further from the words than their translation.

    Raises:
        RequestError: Nobody here knows one of the words in English.
    """
    meant = understood(brief, request)
    done = await checked(request, meant, card, lambda one: render(one, card, style), previous, also, count=count)
    notes = Notes(brief.words)
    notes.add(
        f"{card.model} reads English only, so your words are translated; nothing else is changed.",
        f"{card.model} 只懂英文，所以把你的话译成了英文，其他都没有改。",
    )
    return replace(
        done,
        brief=replace(done.brief, words=brief.words),
        rendering=replace(done.rendering, notes=(*done.rendering.notes, *notes.sentences)),
    )


async def own_words_of(plan: Plan, context: ToolContext, count: Count) -> Rendering:
    """The prompt for a picture that is there, from the words that were said of it, all of them.

    Raises:
        RequestError: The model reads English only, and nobody here can say them in English.
    """
    words, card = spoken_of(plan, context), context.card
    if unread(words, plan.brief, card):
        parent = next((one.plan.brief for one in context.earlier if one.id == plan.parent), None)
        return (await translated(plan.request, plan.brief, card, parent, count=count)).rendering
    notes = Notes(words)
    rendering = await shortened(Rendering(words, ""), card, Budget(card, count), notes)
    return replace(rendering, notes=tuple(notes.sentences))


async def read_to_the_end(prompt: str, brief: Brief, card: ModelCard, budget: Budget, notes: Notes) -> None:
    """Note what a model does not see of a prompt that was written by hand, and that stays as it is.

    Raises:
        RequestError: It is in a language that the model can't read.
    """
    if left := unread(prompt, brief, card):
        raise not_in_english(notes, card, left)
    if not await budget.fits(prompt):
        _, unseen = await budget.cut(prompt)
        notes.add(
            f"{card.model} reads no more than {card.token_limit} tokens, so it does not see: {unseen}",
            f"{card.model} 最多只读 {card.token_limit} 个词元，所以看不到：{unseen}",
        )
