"""What a chat message shows, before any platform's form: words, pictures, small print and buttons."""

from dataclasses import dataclass
from typing import Literal

from bot.messages import Picture


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press; `key` says what it does for ever, in at most 45 characters."""

    key: str
    label: str
    style: Literal["plain", "main", "danger"] = "plain"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture in a message, with what those hear of it who can't see it."""

    picture: Picture
    alt_text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One message, plain text throughout: the adapter escapes what its platform would read as formatting.

    Attributes:
        heading: What was asked for, in the asker's words.
        text: What Limner says.
        small: Small print, a line each.
        pictures: Finished ones.
        veiled: They are hidden until one chooses to look.
        preview: A small PNG or JPEG of what is being painted.
        rows: Rows of buttons, at most five in each.
    """

    heading: str = ""
    text: str = ""
    small: tuple[str, ...] = ()
    pictures: tuple[Shown, ...] = ()
    veiled: bool = False
    preview: bytes = b""
    rows: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form; `options` are (value, label) to choose from, and without any it is written in.

    Attributes:
        value: What stands in it at first.
        limit: Characters at most.
    """

    name: str
    label: str
    value: str = ""
    limit: int = 100
    long: bool = False
    required: bool = False
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked before something is done; `key` is that of the button that it came from."""

    key: str
    title: str
    fields: tuple[Field, ...]
    send: str
