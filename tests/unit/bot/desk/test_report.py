"""Reports count what became of questions, by day and by desk."""

import csv
import io
from pathlib import Path

import pytest

from bot.desk.events import Rated, Verdict
from bot.desk.report import COUNTS, Line
from bot.jobs import State
from bot.tables import desk_events, drafts, jobs, pictures
from tests.helpers.desk import DeskRig, desk_rig

DAY_S = 86_400


async def answered(rig: DeskRig, text: str, conversation: str, verdict: Verdict, words: str = "") -> str:
    job_id = await rig.ask(text, conversation)
    await rig.reaches(job_id, State.AWAITING)
    await rig.rule(verdict, words, conversation)
    await rig.reaches(job_id, State.CANCELLED if verdict is Verdict.REJECT else State.POSTED)
    return job_id


async def moved(rig: DeskRig, job_id: str, *, days: int, waited_s: float) -> None:
    """As if it had been answered so many days ago, after so long."""
    async with rig.store.write() as connection:
        sent = desk_events.c.at - days * DAY_S
        await connection.execute(desk_events.update().where(desk_events.c.job_id == job_id).values(at=sent))
        made = drafts.c.created_at - days * DAY_S
        await connection.execute(drafts.update().where(drafts.c.id == job_id).values(created_at=made))
        answer = (desk_events.c.job_id == job_id) & (desk_events.c.kind == "sent")
        asked = desk_events.select().with_only_columns(desk_events.c.at - waited_s).where(answer).scalar_subquery()
        await connection.execute(jobs.update().where(jobs.c.id == job_id).values(created_at=asked))
        await connection.execute(pictures.update().where(pictures.c.job_id == job_id).values(seconds=4.5))


async def test_what_became_of_questions(tmp_path: Path, database_url: str) -> None:
    """Every question counts once, under what became of it, on the day on which it was answered."""
    async with desk_rig(tmp_path) as rig, rig.working():
        plain = await answered(rig, "one", "c1", Verdict.APPROVE)
        edited = await answered(rig, "paint two", "c2", Verdict.APPROVE, "Better words.")
        await answered(rig, "three", "c3", Verdict.REJECT, "wrong")
        await rig.reaches(await rig.ask("a person please", "c4"), State.POSTED)
        await rig.reaches(await rig.ask("five", "c5"), State.AWAITING)
        await rig.took(Rated("c1", True))
        await rig.took(Rated("c2", False, "no"))
        await rig.office.record(rig.desk.name, "c1", "drafted", data={"tokens": 120})
        await moved(rig, plain, days=2, waited_s=30)
        await moved(rig, edited, days=0, waited_s=90)
        report = await rig.office.archive.report(7)
        total = report.total
        assert total.counts.items() >= {
            *(("questions", 5), ("messages", 5), ("unchanged", 1), ("edited", 1), ("rejected", 1), ("handed_over", 1)),
            *(("waiting", 1), ("painted", 1), ("bare", 1), ("helped", 1), ("not_helped", 1), ("tokens", 120)),
        }
        assert total.answered == 2
        assert total.counts["gpu_seconds"] == 4.5
        assert [total.wait_s(part) for part in (0.5, 0.9)] == pytest.approx([30, 90], abs=0.01)
        by_day = {line.day: line.counts["questions"] for line in report.by_day()}
        assert list(by_day) == list(report.days)
        assert (list(by_day.values())[-3:], sum(by_day.values())) == ([1, 0, 4], 5)
        assert [line.counts["questions"] for line in report.by_day(7)] == [5]
        assert [(line.desk, line.counts) for line in report.by_desk()] == [(rig.desk.name, total.counts)]
        # Of an older question only what happened within the range counts.
        today = (await rig.office.archive.report(1)).total
        assert (today.counts["unchanged"], today.counts["questions"]) == (0, 4)


async def test_files(tmp_path: Path) -> None:
    """CSV and JSON hold the same lines; without anything there are a head and zeros."""
    async with desk_rig(tmp_path) as rig, rig.working():
        empty = await rig.office.archive.report(30)
        assert empty.as_csv().splitlines() == [",".join(["day", "desk", *COUNTS, "median_s", "p90_s"])]
        assert empty.as_json()["total"] == dict.fromkeys(COUNTS, 0) | {"tokens": None, "median_s": None, "p90_s": None}
        await answered(rig, "one", "c1", Verdict.APPROVE)
        full = await rig.office.archive.report(30)
        [row] = csv.DictReader(io.StringIO(full.as_csv()))
        [line] = full.as_json()["lines"]
        assert row == {name: "" if value is None else str(value) for name, value in line.items()}
        assert (line["day"], line["desk"], line["unchanged"]) == (full.days[-1], rig.desk.name, 1)


@pytest.mark.parametrize(
    ("waits_s", "median", "p90"), [((), None, None), ((5,), 5, 5), ((4, 1, 3, 2), 2, 4), (tuple(range(1, 11)), 5, 9)]
)
def test_percentiles(waits_s: tuple[float, ...], median: float | None, p90: float | None) -> None:
    """They are times that really occurred, by nearest rank."""
    line = Line("2026-01-01", "desk", waits_s=waits_s)
    assert (line.wait_s(0.5), line.wait_s(0.9)) == (median, p90)
