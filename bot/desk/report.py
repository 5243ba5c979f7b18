"""What desks did, counted by day and desk from drafts and events: figures alone, nothing that anybody said."""

import csv
import io
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.desk.draft import Draft, Illustration, Kind, Status
from bot.store import Store, unpack
from bot.tables import desk_events, drafts, jobs, pictures

ANSWERED = ("unchanged", "edited", "automatic")
ENDS = (*ANSWERED, "handed_over", "rejected", "withdrawn", "unknown", "waiting")
PICTURES = {Illustration.ARTICLE: "article", Illustration.PAINTED: "painted", Illustration.NONE: "bare"}
COUNTS = ("messages", "questions", *ENDS, *PICTURES.values(), "helped", "not_helped", "gpu_seconds", "tokens")
WAITS = {"median_s": 0.5, "p90_s": 0.9}


@dataclass(frozen=True, slots=True)
class Line:
    """Figures of a day, a desk, or both.

    Attributes:
        day: ISO 8601, UTC; of several days the first.
        counts: By the names of `COUNTS`. A draft counts on the day on which it was made, as one question; each of
            these has one of the `ENDS`.
        waits_s: From the customer's last message to the answer, for each answer that was sent.
    """

    day: str
    desk: str
    counts: Counter[str] = field(default_factory=Counter)
    waits_s: tuple[float, ...] = ()

    @property
    def answered(self) -> int:
        """Answers that were sent, by a person's approval or without."""
        return sum(self.counts[name] for name in ANSWERED)

    def wait_s(self, part: float) -> float | None:
        """Time within which this part of the answers came (nearest rank); None where nothing was answered."""
        waits = sorted(self.waits_s)
        return waits[math.ceil(part * len(waits)) - 1] if waits else None

    def values(self) -> dict[str, Any]:
        """All figures; tokens are None where nobody counted any."""
        counts = {name: round(self.counts[name], 1) for name in COUNTS} | {"tokens": self.counts.get("tokens")}
        waits = {name: self.wait_s(part) for name, part in WAITS.items()}
        return counts | {name: None if wait is None else round(wait, 1) for name, wait in waits.items()}


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of some days, oldest first, by day and desk."""

    days: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def total(self) -> Line:
        """All together."""
        return _sum(self.days[0], "", self.lines)

    def by_desk(self) -> list[Line]:
        """A line for each desk."""
        desks = sorted({line.desk for line in self.lines})
        return [_sum(self.days[0], desk, (line for line in self.lines if line.desk == desk)) for desk in desks]

    def by_day(self, together: int = 1) -> list[Line]:
        """A line for so many days at a time, also where nothing happened."""
        spans = [self.days[start : start + together] for start in range(0, len(self.days), together)]
        return [_sum(span[0], "", (line for line in self.lines if line.day in span)) for span in spans]

    def as_json(self) -> dict[str, Any]:
        """Everything, for programs."""
        lines = [{"day": line.day, "desk": line.desk} | line.values() for line in self.lines]
        return {"since": self.days[0], "until": self.days[-1], "total": self.total.values(), "lines": lines}

    def as_csv(self) -> str:
        """A line for each day and desk, for spreadsheets."""
        out = io.StringIO()
        writer = csv.DictWriter(out, ["day", "desk", *COUNTS, *WAITS], lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.as_json()["lines"])
        return out.getvalue()


async def report(store: Store, days: int) -> Report:
    """The last so many days by UTC, today included."""
    async with store.read() as connection:
        now = datetime.fromtimestamp(float((await connection.execute(sa.select(store.clock()))).scalar_one()), UTC)
        first = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days - 1)
        happened = sa.select(desk_events).where(desk_events.c.at >= first.timestamp()).order_by(desk_events.c.id)
        events = (await connection.execute(happened)).mappings().all()
        spent = sa.select(sa.func.sum(pictures.c.seconds)).where(pictures.c.job_id == drafts.c.id).scalar_subquery()
        made = sa.select(drafts, jobs.c.created_at.label("asked_at"), spent.label("seconds"))
        made = made.join(jobs, jobs.c.id == drafts.c.id).where(drafts.c.created_at >= first.timestamp())
        rows = (await connection.execute(made)).mappings().all()
    edited = {row["job_id"] for row in events if row["kind"] == "approved" and row["data"].get("edited")}
    sent = {row["job_id"]: row["at"] for row in events if row["kind"] == "sent"}
    found = [_of_event(row) for row in events]
    found += [_of_draft(row, row["id"] in edited, sent.get(row["id"])) for row in rows]
    together: dict[tuple[str, str], list[Line]] = {}
    for line in found:
        together.setdefault((line.day, line.desk), []).append(line)
    lines = [_sum(*at, several) for at, several in sorted(together.items())]
    return Report(tuple((first + timedelta(days=n)).date().isoformat() for n in range(days)), tuple(lines))


def _of_event(row: sa.RowMapping) -> Line:
    counts: Counter[str] = Counter()
    if row["kind"] == "asked":
        counts["messages"] = 1
    elif row["kind"] == "rated":
        counts["helped" if row["data"].get("helped") else "not_helped"] = 1
    if "tokens" in row["data"]:
        counts["tokens"] = row["data"]["tokens"]
    return Line(_day(row["at"]), row["adapter"], counts)


def _of_draft(row: sa.RowMapping, edited: bool, sent_at: float | None) -> Line:
    draft, status = unpack(Draft, row["draft"]), Status(row["status"])
    end = {Status.APPROVED: "edited" if edited else "unchanged", Status.MADE: "waiting", Status.OPEN: "waiting"}.get(
        status, str(status)
    )
    if draft.kind is Kind.HAND_OVER and end in ANSWERED:
        end = "handed_over"
    counts = Counter({"questions": 1, end: 1, "gpu_seconds": row["seconds"] or 0})
    waits: tuple[float, ...] = ()
    if end in ANSWERED:
        counts[PICTURES[draft.illustration]] = 1
        waits = () if sent_at is None else (sent_at - row["asked_at"],)
    return Line(_day(row["created_at"]), row["adapter"], counts, waits)


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()


def _sum(day: str, desk: str, lines: Iterable[Line]) -> Line:
    several = list(lines)
    counts = sum((line.counts for line in several), Counter[str]())
    return Line(day, desk, counts, tuple(wait for line in several for wait in line.waits_s))
