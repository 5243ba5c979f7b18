"""Cards as Discord's messages: words within its limits, files, and buttons that outlive every restart."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.chat import Button, Card
from bot.chat.fitting import File, fitted

CONTENT_CHARACTERS = 2_000
ALT_TEXT_CHARACTERS = 1_024
LABEL_CHARACTERS = 80
REQUEST_BYTES = 25 * 1024 * 1024
HEAD_BYTES = 64 * 1024  # what a request holds besides its files
STYLES = {
    "plain": discord.ButtonStyle.secondary,
    "main": discord.ButtonStyle.primary,
    "danger": discord.ButtonStyle.danger,
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that can be sent more than once."""

    file: File
    description: str = ""
    spoiler: bool = False

    def open(self) -> discord.File:
        """discord.py's file, good for one attempt."""
        described = self.description[:ALT_TEXT_CHARACTERS] or None
        return discord.File(io.BytesIO(self.file.data), self.file.name, spoiler=self.spoiler, description=described)


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message, ready to be sent or to take another's place.

    Attributes:
        whole: Files that stand there and are not among its own go; else they stay.
    """

    content: str
    uploads: tuple[Upload, ...] = ()
    rows: tuple[tuple[Button, ...], ...] = ()
    whole: bool = True

    def files(self) -> list[discord.File]:
        """Fresh files for one attempt."""
        return [upload.open() for upload in self.uploads]

    def view(self) -> discord.ui.View | None:
        """The buttons; nobody waits for them in memory, since their ids say everything."""
        return view_of(self.rows)


async def rendered(card: Card, limit_bytes: int, *, for_whom: str = "") -> Rendered:
    """A card as a message.

    Args:
        card: What to show.
        limit_bytes: A file's size at most.
        for_whom: A mention to stand in front, where the message is no reply to the person's own.

    Raises:
        OSError: A picture's file can't be read.
    """
    return Rendered(content_of(card, for_whom), await _uploads(card, limit_bytes), card.rows)


def content_of(card: Card, for_whom: str = "") -> str:
    """The words of a card in Discord's markdown, cut where they are too long: the small print goes last."""
    head = [f"**{escaped(card.heading)}**"] if card.heading else []
    words = [for_whom] * bool(for_whom) + head + [escaped(card.text)] * bool(card.text)
    small = [f"-# {escaped(' '.join(line.split()))}" for line in card.small]
    room = CONTENT_CHARACTERS - sum(len(line) + 1 for line in small)
    kept = cut("\n".join(words), max(room, CONTENT_CHARACTERS // 2))
    return cut("\n".join([kept] * bool(kept) + small), CONTENT_CHARACTERS)


def escaped(text: str) -> str:
    """Text that Discord shows as it is: no formatting, no mention, no link's preview."""
    return discord.utils.escape_mentions(discord.utils.escape_markdown(text)).replace("://", ":\u200b//")


def cut(text: str, most: int) -> str:
    """At most so many characters, with a sign where something is missing."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def view_of(rows: Sequence[Sequence[Button]]) -> discord.ui.View | None:
    """Rows of buttons; None where there are none."""
    if not rows:
        return None
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(rows[:5]):
        for button in row[:5]:
            label, style = cut(button.label, LABEL_CHARACTERS), STYLES[button.style]
            view.add_item(discord.ui.Button(label=label, custom_id=button.key, style=style, row=number))
    # discord.py would keep it until a timeout that never comes; presses are told by their ids alone.
    view.stop()
    return view


async def _uploads(card: Card, limit_bytes: int) -> tuple[Upload, ...]:
    if not card.pictures:
        return (Upload(File(f"preview.{_kind(card.preview)}", card.preview)),) if card.preview else ()
    share = min(limit_bytes, (REQUEST_BYTES - HEAD_BYTES) // len(card.pictures))
    return tuple(
        [
            Upload(await fitted(one.picture.path, f"limner-{one.picture.id[:8]}", share), one.alt_text, card.veiled)
            for one in card.pictures
        ]
    )


def _kind(preview: bytes) -> str:
    return "png" if preview.startswith(b"\x89PNG") else "jpg"
