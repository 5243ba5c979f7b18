"""What a message means: a text reply, a change to the earlier picture, or a wish of its own."""

from bot.brief_arguments import ImagineArguments
from bot.director import followup, smalltalk
from bot.director.reader import read_wish


def understand(text: str, earlier: ImagineArguments | None) -> ImagineArguments | str:
    """The call of `imagine` that a message stands for, or a short reply where it wishes for no picture.

    What can't be read is passed through: the asker's words as they are, with no other field filled.
    """
    if reply := smalltalk.reply(text):
        return reply
    if earlier is not None and len(text) <= followup.LONGEST and (changed := followup.change(text, earlier)):
        return changed
    draft = read_wish(text)
    return draft.arguments(text)
