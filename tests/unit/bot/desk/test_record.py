"""The record of desks: exported whole, and emptied of what a customer said without losing count."""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from bot.cli import Session
from bot.commands.desk import desk as command
from bot.desk.events import CustomerSaid, Rated, Verdict
from bot.desk.record import PAGE
from bot.errors import RequestError
from bot.jobs import State
from bot.messages import Attachment
from bot.tables import desk_events, jobs, metadata
from bot.testing import blank_png
from tests.helpers.desk import DeskRig, desk_rig
from tests.support import until

SECRET = "swordfish"


async def everything(rig: DeskRig) -> str:
    """All that the database holds, as text."""
    async with rig.store.read() as connection:
        rows = [[str(row) for row in await connection.execute(sa.select(table))] for table in metadata.sorted_tables]
    return "\n".join(line for lines in rows for line in lines)


async def talk(rig: DeskRig, customer: str, conversation: str) -> list[str]:
    """A customer who brings a picture, is answered with one that was painted twice, rates it, and asks once more."""
    sha256 = await rig.gallery.keep_source(blank_png(8, 8, customer.encode()[:3]))
    brought = (Attachment(f"{SECRET}.png", sha256, 8, 8),)
    said = CustomerSaid(f"e-{customer}", conversation, customer, f"paint my {SECRET}", brought)
    first = await rig.took(said)
    await rig.reaches(first, State.AWAITING)
    await rig.rule(Verdict.REPAINT, conversation=conversation)
    await rig.reaches(first, State.AWAITING)
    await rig.rule(Verdict.APPROVE, f"It is a {SECRET}.", conversation)
    await rig.reaches(first, State.POSTED)
    await rig.took(Rated(conversation, False, f"no {SECRET}"))
    second = await rig.ask(f"another {SECRET}?", conversation, customer)
    await rig.reaches(second, State.AWAITING)
    return [first, second]


async def test_forgetting_a_customer(tmp_path: Path, database_url: str) -> None:
    """Nothing that one customer said, brought or got is left; others keep theirs, and reports count as before."""
    async with desk_rig(tmp_path) as rig, rig.working():
        lin, ben = await talk(rig, "lin", "talk-lin"), await talk(rig, "ben", "talk-ben")
        files = {path.name for path in (tmp_path / "gallery").rglob("*.png")}
        before = (await rig.office.archive.report(7)).total.values()
        assert (await everything(rig)).count(SECRET) > 10
        assert await rig.office.archive.forget(rig.desk.name, "lin") == 2
        kept = await everything(rig)
        assert "'lin'" not in kept
        assert not any(SECRET in line for line in kept.split("\n") if any(mine in line for mine in ["talk-lin", *lin]))
        assert (await rig.draft(ben[0])).sent == f"It is a {SECRET}."
        assert len(files - {path.name for path in (tmp_path / "gallery").rglob("*.png")}) >= 1
        after = (await rig.office.archive.report(7)).total.values()
        # What waited is stopped.
        assert after == before | {"waiting": 1, "withdrawn": 1}
        assert (await rig.job(lin[1])).state is State.CANCELLED
        again = CustomerSaid("e-lin", "talk-lin", "lin", f"paint my {SECRET}")
        assert await rig.took(again) == lin[0]
        assert await rig.office.archive.forget(rig.desk.name, "ben") == 2
        assert SECRET not in await everything(rig)
        assert list((tmp_path / "gallery").rglob("*.png")) == []


async def test_nobody_is_no_customer(tmp_path: Path) -> None:
    """An empty name forgets nobody: those who are forgotten have it."""
    async with desk_rig(tmp_path) as rig:
        with pytest.raises(RequestError, match="No customer"):
            await rig.office.archive.forget(rig.desk.name, "")


async def test_what_is_old_expires(tmp_path: Path) -> None:
    """After so many days words are gone, newer ones stay, and a second time there is nothing left to do."""
    async with desk_rig(tmp_path) as rig, rig.working():
        await talk(rig, "lin", "c-lin")
        new = await talk(rig, "ben", "c-ben")
        async with rig.store.write() as connection:
            for table, column, mine in (
                (jobs, jobs.c.created_at, jobs.c.conversation == f"{rig.desk.name}/c-lin/"),
                (desk_events, desk_events.c.at, desk_events.c.conversation == "c-lin"),
            ):
                await connection.execute(table.update().where(mine).values({column.name: column - 31 * 86_400}))
        assert await rig.office.archive.expire(30) == 2
        kept = await everything(rig)
        assert not any(SECRET in line for line in kept.split("\n") if "c-lin" in line)
        assert (await rig.draft(new[0])).sent == f"It is a {SECRET}."
        assert await rig.office.archive.expire(30) == 0
        assert await everything(rig) == kept


async def test_export(tmp_path: Path) -> None:
    """Every event is a line, in order, also where they fill more than a page; earlier ones can be left out."""
    async with desk_rig(tmp_path) as rig:
        async with rig.store.write() as connection:
            at = {"adapter": "a", "conversation": "c", "kind": "asked"}
            rows = [at | {"at": float(n), "who": f"w{n}"} for n in range(PAGE + 2)]
            await connection.execute(desk_events.insert(), rows)
        await rig.office.record("a", "c", "sent", customer="林", job_id="j", data={"text": "好"})
        lines = [json.loads(line) async for line in rig.office.archive.export()]
        assert [line["who"] for line in lines] == [*(f"w{n}" for n in range(PAGE + 2)), ""]
        assert lines[0]["at"] == "1970-01-01T00:00:00.000+00:00"
        assert (lines[-1]["customer"], lines[-1]["data"]) == ("林", {"text": "好"})
        assert len([line async for line in rig.office.archive.export(since=PAGE)]) == 3
        [event] = await rig.office.archive.events(since=PAGE, until=PAGE + 1, adapter="a", conversation="c")
        assert asdict(event)["who"] == f"w{PAGE}"


async def test_what_was_looked_up(tmp_path: Path, database_url: str) -> None:
    """The record has the words that were searched for, personal data taken out, and what was found but not cited."""
    async with desk_rig(tmp_path) as rig, rig.working():
        job_id = await rig.ask("find the button, I am at lin@example.com")
        await rig.reaches(job_id, State.AWAITING)
        kinds = {event.kind: event for event in await rig.office.archive.events()}
        assert list(kinds) == ["asked", "retrieved", "drafted", "shown"]
        told = kinds["retrieved"].data
        assert told["searched"].startswith("find the button")
        assert "lin@example.com" not in str(kinds)
        assert told["passages"] == [{"id": "p1", "title": "Reset", "source": "/a.md", "covered": 0.5}]
        await rig.office.archive.forget(rig.desk.name, "lin")
        assert "button" not in await everything(rig)


def test_the_command(tmp_path: Path) -> None:
    """`limner desk` lists, approves once, exports and forgets."""

    async def waiting() -> str:
        async with desk_rig(tmp_path) as rig, rig.working():
            job_id = await rig.ask("Where is the button?")
            await rig.reaches(job_id, State.AWAITING)
            return job_id

    job_id = asyncio.run(waiting())
    settings = tmp_path / "limner.toml"
    settings.write_text(f'database = "sqlite+aiosqlite:///{tmp_path / "limner.db"}"\n')

    def said(*arguments: str) -> str:
        session = Session(settings, tmp_path / "home", verbose=1)
        done = CliRunner().invoke(command, list(arguments), obj=session)
        return done.output if done.exception is None else f"{type(done.exception).__name__}: {done.exception}"

    assert "Where is the button?" in said("drafts")
    assert said("approve", job_id[:6]) == f"{job_id[:8]}: approved.\n"
    assert "has been approved" in said("approve", job_id)
    assert "has been approved" in said("reject", job_id, "late")
    assert said("drafts") == "No draft waits.\n"
    kinds = [json.loads(line)["kind"] for line in said("export", "--since", "2020-01-01").splitlines()]
    assert kinds == ["asked", "drafted", "shown", "approved"]
    assert said("forget", "paper-desk", "lin", "--yes") == "Forgotten: 1 messages.\n"
    assert "button" not in said("export")


async def test_retention(tmp_path: Path, database_url: str) -> None:
    """What is older than the setting's days is emptied by itself; what is younger stays."""
    async with desk_rig(tmp_path, retention_days=30) as rig:
        async with rig.working():
            old, young = await rig.ask(f"my {SECRET}", "c1"), await rig.ask("the young one", "c2")
            await asyncio.gather(rig.reaches(old, State.AWAITING), rig.reaches(young, State.AWAITING))
        async with rig.store.write() as connection:
            long_ago = {"created_at": jobs.c.created_at - 31 * 86_400}
            await connection.execute(jobs.update().where(jobs.c.id == old).values(long_ago))
            await connection.execute(
                desk_events.update().where(desk_events.c.job_id == old).values(at=desk_events.c.at - 31 * 86_400)
            )
        keeping = asyncio.create_task(rig.office.keep())

        async def is_gone() -> bool:
            return SECRET not in await everything(rig)

        await until(is_gone)
        keeping.cancel()
        assert "the young one" in await everything(rig)
