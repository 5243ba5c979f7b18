"""Chinese questions about Limner and its pictures, which wish for no picture: '你画的图别人能看见吗？'."""

from bot.director.lexicon_questions_zh import ABOUT, ASKS, WISH


def asks(plain: str) -> bool:
    """Whether a text in simplified characters asks something about Limner or its pictures, and wishes for nothing."""
    return bool(ASKS.search(plain) and ABOUT.search(plain)) and not WISH.search(plain)
