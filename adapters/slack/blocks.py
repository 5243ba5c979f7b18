"""Cards as Block Kit: words that can't be read as formatting, pictures with alt text, buttons named by their keys."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.chat import Button, Card

Json = dict[str, Any]
SECTION_CHARACTERS = 3_000
CONTEXT_CHARACTERS = 2_000
ALT_TEXT_CHARACTERS = 2_000
BUTTON_CHARACTERS = 75
FALLBACK_CHARACTERS = 1_000
STYLES = {"main": {"style": "primary"}, "danger": {"style": "danger"}, "plain": {}}
# Opens a veiled picture for whoever presses it.
SHOW = "show"


def blocks_of(card: Card, files: Mapping[str, str], mention: str = "", show: str = "") -> list[Json]:
    """A card as blocks.

    Args:
        card: What to show.
        files: By the pictures' ids: Slack's ids of their files.
        mention: Of the asker, to stand in front where the message is no reply to theirs.
        show: What the button says that shows a veiled picture.
    """
    blocks = [_mention(mention)] if mention else []
    blocks += [_plain(card.heading, bold=True)] if card.heading else []
    blocks += [_plain(card.text)] if card.text else []
    if card.veiled and card.pictures:
        blocks.append(actions([Button(f"{SHOW}:{one.picture.id}", show) for one in card.pictures]))
    else:
        blocks += [image(files[one.picture.id], one.alt_text) for one in card.pictures if one.picture.id in files]
    if card.small:
        blocks.append(context(card.small))
    return blocks + [actions(row) for row in card.rows]


def fallback(card: Card) -> str:
    """What notifications and screen readers have of a card."""
    words = " – ".join(filter(None, [card.heading, card.text, *(one.alt_text for one in card.pictures[:1])]))
    return escaped(cut(words, FALLBACK_CHARACTERS)) or "…"


def image(file_id: str, alt_text: str) -> Json:
    """A picture that was uploaded."""
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": cut(alt_text, ALT_TEXT_CHARACTERS)}


def section(words: str, accessory: Json | None = None) -> Json:
    """Words in Slack's own markup, which must be escaped already."""
    text = {"type": "mrkdwn", "text": cut(words, SECTION_CHARACTERS)}
    return {"type": "section", "text": text} | ({"accessory": accessory} if accessory else {})


def context(lines: Sequence[str]) -> Json:
    """Small print."""
    words = cut("\n".join(" ".join(line.split()) for line in lines), CONTEXT_CHARACTERS)
    return {"type": "context", "elements": [plain(words)]}


def actions(row: Sequence[Button]) -> Json:
    """A row of buttons; what each does stands in its id."""
    return {"type": "actions", "elements": [_button(one) for one in row]}


def plain(words: str) -> Json:
    """Text that Slack shows as it is."""
    return {"type": "plain_text", "text": words, "emoji": False}


def escaped(text: str) -> str:
    """Text for places where Slack reads its markup: nothing in it mentions or links."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Words on one line, in which Slack reads no markup of its own."""
    return escaped(" ".join(text.split())).replace("*", "∗").replace("~", "∼").replace("_", "\u200b_").replace("`", "ˋ")


def cut(text: str, most: int) -> str:
    """At most so many characters, with a sign where something is missing."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _plain(words: str, *, bold: bool = False) -> Json:
    part: Json = {"type": "text", "text": cut(words, SECTION_CHARACTERS)} | ({"style": {"bold": True}} if bold else {})
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [part]}]}


def _mention(user: str) -> Json:
    part = {"type": "user", "user_id": user}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [part]}]}


def _button(button: Button) -> Json:
    label = plain(cut(button.label, BUTTON_CHARACTERS))
    return {"type": "button", "action_id": button.key, "text": label, "value": button.key, **STYLES[button.style]}
