"""Turns what Limner knows into what the API gives."""

import zlib

from adapters.web import models, taken
from adapters.web.picture_shapes import picture, proposal
from bot import Attachment, Exchange, Progress, Reply
from bot.language import Language
from bot.preferences import Learned, Preferences
from bot.style import GROUPS, Style

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


def styles(known: dict[str, Style], language: Language) -> list[models.StyleName]:
    """What can be wished for, with its name in a language."""
    return [
        models.StyleName(name=name, description=style.called(language), group=GROUPS[style.group][language])
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
            "candidate": told.candidate,
            "candidates": told.candidates,
        }
    )


def _reply(reply: Reply) -> models.Reply:
    return models.Reply(
        text=reply.text,
        notes=list(reply.notes),
        pictures=[picture(painted, reply.message, reply.actions) for painted in reply.pictures],
        proposals=[proposal(proposed, reply.actions) for proposed in reply.proposals],
    )


def wanted(preferences: Preferences) -> taken.Preferences:
    """Somebody's preferences; null where they say nothing."""
    known = taken.Preferences.model_fields
    return taken.Preferences.model_validate({name: value for name, value in preferences.said.items() if name in known})


def learned(known: Learned) -> models.Learned:
    """What use has taught."""
    return models.Learned(
        pictures=known.pictures,
        uses=[
            models.Use(style=style, **counts, why=known.why.get(style, "")) for style, counts in known.counts.items()
        ],
        quality=known.quality,
        preferences=wanted(known.preferences),
        notes=list(known.preferences.notes.values()),
    )
