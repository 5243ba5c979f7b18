"""Messages for one person alone that hold more than words: buttons, selects, pictures."""

from collections.abc import Sequence

import discord

from adapters.discord.intake import respond
from adapters.discord.people import Use
from adapters.discord.rendering import Upload
from adapters.discord.trouble import tried


async def show(use: Use, words: str, view: discord.ui.View | None = None, uploads: Sequence[Upload] = ()) -> None:
    """Show a message to whoever used this alone.

    It is the first response; once there was one, it takes the place of what that stands for: of the words that
    something is being done, or of the message whose button was pressed.

    Raises:
        DeliveryError: Discord is not to be had.
        discord.HTTPException: It does not take the message.
    """

    def files() -> list[discord.File]:
        return [one.open() for one in uploads]

    if use.response.is_done():
        await tried(lambda: use.edit_original_response(content=words, view=view, attachments=files()))
        return
    shown = view or discord.utils.MISSING
    await respond(lambda: use.response.send_message(words, ephemeral=True, view=shown, files=files()))
