"""`limner queue`: the jobs that are not over, in the order in which they will be served."""

from typing import TYPE_CHECKING, Any

import click

from bot.cli import Session, run

if TYPE_CHECKING:
    from bot.jobs import Job
    from bot.settings import Settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def queue(session: Session, as_json: bool) -> None:
    """Show the requests that wait or are worked on."""
    from bot.console import print_json

    records = [_record(place, job) for place, job in enumerate(run(_line(session.start())), 1)]
    if as_json:
        print_json({"jobs": records})
    else:
        _show(records)


async def _line(settings: "Settings") -> "list[Job]":
    from bot.inbox import Inbox
    from bot.store import open_store

    async with open_store(settings.database_url) as store:
        return await Inbox(store, (), settings.lease_s).line()


def _record(place: int, job: "Job") -> dict[str, Any]:
    return {
        "place": place,
        "id": job.id,
        "state": job.state.value,
        "working": job.owner is not None,
        "adapter": job.message.adapter,
        "user": job.message.user,
        "words": job.message.text,
    }


def _show(records: list[dict[str, Any]]) -> None:
    from bot.console import console, table

    if not records:
        click.echo("Nobody waits.")
        return
    rows = [
        [
            str(record["place"]),
            record["state"] if record["working"] else f"{record['state']}, waits",
            f"{record['user']} ({record['adapter']})",
            record["words"],
        ]
        for record in records
    ]
    table(console(), ["", "state", "asked by", "words"], rows)
