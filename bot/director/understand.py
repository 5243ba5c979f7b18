"""What a message means: a text reply, a change to the earlier picture, or a wish of its own."""

from bot.brief_arguments import ImagineArguments
from bot.director import followup, smalltalk
from bot.director.reader import read_wish
from bot.privacy import without_placeholders


def understand(text: str, earlier: ImagineArguments | None) -> ImagineArguments | str:
    """The call of `imagine` that a message stands for, or a short reply where it wishes for no picture.

    What can't be read is passed through: the asker's words as they are, with no other field filled.
    """
    words = without_placeholders(text)
    if reply := smalltalk.reply(words):
        return reply
    if earlier is not None and len(words) <= followup.LONGEST and (changed := followup.change(words, earlier)):
        return changed
    draft = read_wish(words)
    return draft.arguments(text)
