"""Turns what Limner knows into what the API gives."""

import zlib

from adapters.web import models
from bot import Attachment, Exchange, Message, Picture, Progress, Reply
from bot.actions import offered
from bot.difference import difference
from bot.language import Language, language_of
from bot.style import Style

MAX_TITLE_CHARACTERS = 80


def exchange(one: Exchange) -> models.Exchange:
    """A message with what has come of it."""
    said = one.message
    return models.Exchange(
        id=one.job_id,
        thread=said.thread,
        text=said.text,
        action=said.action,
        reply_to=said.reply_to,
        uploads=[upload(brought) for brought in said.attachments],
        created_at=one.created_at,
        state=one.reply.outcome.value if one.reply else "working",
        progress=_progress(one.progress) if one.progress else None,
        reply=_reply(one.reply) if one.reply else None,
    )


def conversation(first: Exchange) -> models.Conversation:
    """A conversation, by its first message."""
    title = " ".join(first.message.text.split())
    if len(title) > MAX_TITLE_CHARACTERS:
        title = f"{title[: MAX_TITLE_CHARACTERS - 1]}…"
    return models.Conversation(thread=first.message.thread, title=title, created_at=first.created_at)


def upload(brought: Attachment) -> models.Upload:
    """A picture that somebody brought."""
    return models.Upload(
        sha256=brought.sha256, name=brought.name, width_px=brought.width_px, height_px=brought.height_px
    )


def picture(painted: Picture, said: Message) -> models.Picture:
    """A picture, with its buttons in the language that it was asked for in."""
    plan = painted.plan
    buttons = [(action.key.partition(":")[0], action.label) for action in offered([painted], language_of(said.text))]
    parts = difference(plan.request, plan.prompt)
    return models.Picture(
        id=painted.id,
        request=plan.request,
        prompt=plan.prompt,
        negative_prompt=plan.negative_prompt,
        difference=[models.Stretch(kind=part.kind, text=part.text) for part in parts],
        model=plan.model,
        style=plan.style,
        seed=plan.seed,
        steps=plan.steps,
        guidance_scale=plan.guidance_scale,
        width_px=plan.width_px,
        height_px=plan.height_px,
        seconds=painted.seconds,
        alt_text=painted.alt_text,
        notes=list(plan.notes),
        parent=plan.parent,
        source=plan.source,
        strength=plan.strength,
        image=f"/api/v1/pictures/{painted.id}/image",
        actions=[models.Button.model_validate({"kind": kind, "label": label}) for kind, label in buttons],
    )


def styles(known: dict[str, Style], language: Language) -> list[models.StyleName]:
    """What can be wished for, with its name in a language."""
    return [
        models.StyleName(name=name, description=style.title.get(language, style.title.get("en", name)))
        for name, style in known.items()
    ]


def _progress(told: Progress) -> models.Progress:
    preview = None
    if told.preview:
        preview = f"/api/v1/messages/{told.job_id}/preview?v={zlib.crc32(told.preview)}"
    return models.Progress.model_validate(
        {
            "stage": told.stage,
            "position": told.position,
            "step": told.step,
            "steps": told.steps,
            "estimate_s": told.estimate_s,
            "text": told.text,
            "preview": preview,
        }
    )


def _reply(reply: Reply) -> models.Reply:
    pictures = [picture(painted, reply.message) for painted in reply.pictures]
    return models.Reply(text=reply.text, notes=list(reply.notes), pictures=pictures)
