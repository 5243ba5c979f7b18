"""The words that a command is given: its arguments, or standard input."""

import sys
from collections.abc import Sequence

from bot.errors import RequestError

STANDARD_INPUT = "-"
READ_AT_MOST_BYTES = 2**20


def read_words(arguments: Sequence[str]) -> str:
    """The arguments as one text; standard input for a single '-', or for none where it is no terminal.

    Raises:
        RequestError: There are no words, too many, or they are no text.
    """
    from bot.cleaning import clean

    if list(arguments) == [STANDARD_INPUT] or (not arguments and not sys.stdin.isatty()):
        return clean(_standard_input())
    return clean(" ".join(arguments))


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read(READ_AT_MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RequestError("Standard input is no text in UTF-8", "Say in words what you would like to see.") from error
