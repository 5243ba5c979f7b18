"""/queue: what is under way, with a button to call off each of one's own requests."""

from adapters.discord.intake import Intake, respond
from adapters.discord.options import Command, command
from adapters.discord.people import Use, asker_of
from adapters.discord.rendering import content_of, view_of
from adapters.discord.whispers import show


def queue_command(intake: Intake) -> Command:
    """The command."""

    async def queue(use: Use) -> None:
        await intake.guarded(use, _show(intake, use))

    return command(queue, "queue", "See what is under way, and cancel your own requests")


async def cancel(intake: Intake, use: Use, job_id: str) -> None:
    """Call a request off by the button in this list, and show the list anew, also where the request is over by now."""
    await respond(lambda: use.response.defer())
    try:
        card = await intake.front.cancel(job_id, asker_of(use))
        if exchange := await intake.limner.exchange(job_id):
            await intake.posts.replace(exchange.message, job_id, card)
    finally:
        await _show(intake, use)


async def _show(intake: Intake, use: Use) -> None:
    card = await intake.front.line(asker_of(use), intake.posts.told)
    await show(use, content_of(card), view_of(card.rows))
