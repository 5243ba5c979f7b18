"""The gallery: pictures kept by what they are (sha256), each with its plan and where it came from."""

import asyncio
import hashlib
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.choice import Choice
from bot.contracts import Earlier
from bot.errors import GalleryError
from bot.jobs import Job, is_open_to
from bot.messages import Message, Picture, Plan, Proposal
from bot.provenance import stamp
from bot.store import Store, pack, unpack
from bot.tables import jobs, pictures
from bot.uses import DELETE, KEEP, Uses
from bot.whole_file import write_whole

SHORTEST_ID = 4


class Gallery:
    """Pictures of one database, in one folder.

    Args:
        learning: Whether what is done with them is written down, so that it can be learned from.
    """

    def __init__(self, store: Store, folder: Path, *, learning: bool = True) -> None:
        self._store = store
        self._folder = folder
        self._uses = Uses(store, on=learning)

    async def plan(self, connection: AsyncConnection, job: Job, call_id: str, plans: tuple[Plan, ...]) -> None:
        """Write down pictures to be painted, inside the caller's transaction."""
        for number, plan in enumerate(plans):
            values = {
                "id": uuid4().hex,
                "job_id": job.id,
                "call_id": call_id,
                "number": number,
                "plan": pack(plan),
                "held": plan.held,
                "parent": plan.parent,
                "team": self._uses.team_of(job.message, plan),
                "created_at": self._store.clock(),
            }
            if plan.same_as:
                values |= await self._content(connection, plan.same_as)
            await connection.execute(pictures.insert().values(values))
            await self._uses.plan_in(connection, plan)

    async def _content(self, connection: AsyncConnection, picture_id: str) -> dict[str, Any]:
        """What a picture that is the very same one has without being painted; nothing where that one was deleted."""
        columns = pictures.c.sha256, pictures.c.seconds, pictures.c.choice
        query = sa.select(*columns).where(pictures.c.id == picture_id, pictures.c.deleted_at.is_(None))
        row = (await connection.execute(query)).mappings().one_or_none()
        return dict(row) if row else {}

    async def unpainted(self, job_id: str) -> list[tuple[str, Plan]]:
        """Ids and plans of a job's pictures that are still to be painted, in order."""
        waits = pictures.c.sha256.is_(None) & pictures.c.deleted_at.is_(None) & sa.not_(pictures.c.held)
        async with self._store.read() as connection:
            rows = (await connection.execute(self._of_job(job_id).where(waits))).mappings()
            return [(row["id"], unpack(Plan, row["plan"])) for row in rows]

    async def proposals(self, job_id: str) -> list[Proposal]:
        """What a job would paint if its asker said so, in order."""
        async with self._store.read() as connection:
            rows = (await connection.execute(self._of_job(job_id).where(pictures.c.held))).mappings()
            return [Proposal(row["id"], unpack(Plan, row["plan"])) for row in rows]

    async def proposal(self, prefix: str) -> Proposal:
        """The proposal whose id starts with `prefix`. Raises GalleryError where there is none, or more than one."""
        row = await self._only(prefix, pictures.c.held, "proposal", "`limner imagine --ask` makes some.")
        return Proposal(row["id"], unpack(Plan, row["plan"]))

    async def of_job(self, job_id: str) -> list[Picture]:
        """A job's painted pictures, in order."""
        query = self._of_job(job_id).where(pictures.c.sha256.is_not(None), pictures.c.deleted_at.is_(None))
        async with self._store.read() as connection:
            return [self._picture(row) for row in (await connection.execute(query)).mappings()]

    async def keep(self, picture_id: str, plan: Plan, png: bytes, seconds: float, choice: Choice | None = None) -> None:
        """Keep a painted picture: the file first, whole or not at all, then its row.

        Args:
            picture_id: Of the row that `plan` made.
            plan: What it was painted from, which differs from what was planned where it was chosen or revised.
            png: The picture.
            seconds: Time it took to paint.
            choice: How it was chosen, if it was.

        Raises:
            GalleryError: The disk is full or the folder can't be written.
        """
        marked = stamp(png, plan)
        sha256 = hashlib.sha256(marked).hexdigest()
        await asyncio.to_thread(write_whole, self._path(sha256), marked)
        async with self._store.write() as connection:
            # What was kept first may be posted already: a process that lost the job changes nothing.
            row = pictures.update().where(pictures.c.id == picture_id, pictures.c.sha256.is_(None))
            chosen = {} if choice is None else {"choice": pack(choice), "plan": pack(plan)}
            await connection.execute(row.values(sha256=sha256, seconds=seconds, **chosen))

    async def count_death(self, picture_id: str) -> int:
        """Note that the painter died over this picture; how often by now."""
        async with self._store.write() as connection:
            deaths = pictures.c.painter_deaths + 1
            await connection.execute(pictures.update().where(pictures.c.id == picture_id).values(painter_deaths=deaths))
            query = sa.select(pictures.c.painter_deaths).where(pictures.c.id == picture_id)
            return int((await connection.execute(query)).scalar_one())

    async def previous(self, job: Job) -> tuple[str, Plan, str | None] | None:
        """The picture that a follow-up means: the one replied to, else the asker's own last one in the conversation.

        Returns:
            Its id, its plan, and the sha256 of its content unless that is not painted yet or was deleted.
        """
        columns = pictures.c.id, pictures.c.plan, pictures.c.sha256, pictures.c.deleted_at
        query = sa.select(*columns).join(jobs, jobs.c.id == pictures.c.job_id)
        if job.message.reply_to:
            query = query.where(pictures.c.id == job.message.reply_to)
        else:
            said = job.message
            query = query.where(jobs.c.conversation == said.conversation, jobs.c.user == said.user)
            query = query.where(jobs.c.id != job.id)
        async with self._store.read() as connection:
            row = (await connection.execute(query.order_by(pictures.c.seq.desc()).limit(1))).one_or_none()
        return (row.id, unpack(Plan, row.plan), None if row.deleted_at else row.sha256) if row else None

    async def earlier(self, job: Job, limit: int = 50) -> tuple[Earlier, ...]:
        """The asker's pictures in this conversation before this job, oldest first, the last ones where there are more.

        With them come those of the reply that the message replies to, and the picture that the one it means was made
        of, unless another asked for it elsewhere or privately. Proposals that nobody said yes to are none of them.
        """
        said = job.message
        columns = pictures.c.seq, pictures.c.id, pictures.c.job_id, pictures.c.plan, pictures.c.sha256
        query = sa.select(*columns, pictures.c.deleted_at).join(jobs, jobs.c.id == pictures.c.job_id)
        query = query.where(jobs.c.id != job.id, sa.not_(pictures.c.held)).order_by(pictures.c.seq.desc())
        mine = query.where(jobs.c.conversation == said.conversation, jobs.c.user == said.user).limit(limit)
        meant = await self.previous(job)
        picture_id, parent = (meant[0], meant[1].parent) if meant else (None, None)
        of_reply = sa.select(pictures.c.job_id).where(pictures.c.id == picture_id)
        beside = query.where(pictures.c.job_id.in_(of_reply) | ((pictures.c.id == parent) & is_open_to(said)))
        async with self._store.read() as connection:
            rows = {row.seq: row for row in [*await connection.execute(mine), *await connection.execute(beside)]}
        found = [rows[seq] for seq in sorted(rows)]
        shown = [(row, None if row.deleted_at else row.sha256) for row in found]
        return tuple(Earlier(row.id, row.job_id, unpack(Plan, row.plan), sha256) for row, sha256 in shown)

    async def has_plans(self, job_id: str, *, held: bool = True) -> bool:
        """Whether a job has planned any picture, painted or not; with `held` a proposal counts too."""
        query = sa.select(pictures.c.id).where(pictures.c.job_id == job_id).limit(1)
        query = query if held else query.where(sa.not_(pictures.c.held))
        async with self._store.read() as connection:
            return (await connection.execute(query)).first() is not None

    async def mark(self, picture_id: str, *, kept: bool) -> None:
        """Mark a picture as one to keep, or take the mark away. Raises GalleryError where there is none."""
        await self.get(picture_id)
        kept_at = self._store.clock() if kept else None
        async with self._store.write() as connection:
            row = pictures.update().where(pictures.c.id == picture_id)
            await connection.execute(row.values(kept_at=kept_at))
            await (self._uses.note_in if kept else self._uses.withdraw_in)(connection, picture_id, KEEP)

    async def exported(self, picture_id: str) -> None:
        """Somebody took a copy of a picture, which says as much as keeping it, without the mark."""
        async with self._store.write() as connection:
            await self._uses.note_in(connection, picture_id, KEEP)

    async def get(self, picture_id: str) -> Picture:
        """The painted picture of that whole id.

        Raises:
            GalleryError: There is none, or it was deleted.
        """
        query = sa.select(pictures).where(pictures.c.id == picture_id)
        query = query.where(pictures.c.sha256.is_not(None), pictures.c.deleted_at.is_(None))
        async with self._store.read() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        if row is None:
            raise GalleryError("There is no such picture", "It may have been deleted.")
        return self._picture(row)

    async def plan_of(self, picture_id: str) -> Plan:
        """What a picture, painted or only proposed, is made from. Raises GalleryError where there is none."""
        query = sa.select(pictures.c.plan).where(pictures.c.id == picture_id, pictures.c.deleted_at.is_(None))
        async with self._store.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            raise GalleryError("There is no such picture", "It may have been deleted.")
        return unpack(Plan, row.plan)

    async def origin(self, picture_id: str) -> tuple[str, Message] | None:
        """The job that painted a picture, and what was said when it was asked for."""
        query = sa.select(jobs.c.id, jobs.c.message).join(pictures, pictures.c.job_id == jobs.c.id)
        async with self._store.read() as connection:
            found = (await connection.execute(query.where(pictures.c.id == picture_id))).one_or_none()
        return (found.id, unpack(Message, found.message)) if found else None

    async def keep_source(self, png: bytes) -> str:
        """Keep a picture that somebody brought, so that others can start from it; its sha256."""
        sha256 = hashlib.sha256(png).hexdigest()
        await asyncio.to_thread(write_whole, self._path(sha256), png)
        return sha256

    async def source(self, sha256: str) -> bytes:
        """The PNG that a plan starts from. Raises GalleryError where it is not there any more."""
        try:
            return await asyncio.to_thread(self._path(sha256).read_bytes)
        except OSError as error:
            raise GalleryError("The picture to start from is not there any more", "Send it again.") from error

    async def drop_source(self, sha256: str) -> None:
        """Take the file of a picture away that somebody brought, and that nothing else is."""
        await asyncio.to_thread(self._path(sha256).unlink, missing_ok=True)

    async def latest(self, limit: int) -> list[Picture]:
        """The last painted pictures that were not deleted, newest first."""
        query = sa.select(pictures).where(pictures.c.sha256.is_not(None), pictures.c.deleted_at.is_(None))
        async with self._store.read() as connection:
            rows = await connection.execute(query.order_by(pictures.c.seq.desc()).limit(limit))
            return [self._picture(row) for row in rows.mappings()]

    async def find(self, prefix: str) -> Picture:
        """The picture whose id starts with `prefix`, of at least four characters.

        Raises:
            GalleryError: There is none, or more than one.
        """
        painted = pictures.c.sha256.is_not(None) & pictures.c.deleted_at.is_(None)
        return self._picture(await self._only(prefix, painted, "picture", "`limner gallery` lists them."))

    async def _only(self, prefix: str, kind: sa.ColumnElement[bool], name: str, remedy: str) -> RowMapping:
        """The row of that kind whose id starts so."""
        if len(prefix) < SHORTEST_ID:
            raise GalleryError(f"'{prefix}' is too short for a {name}'s id", "Give at least its first 4 characters.")
        query = sa.select(pictures).where(pictures.c.id.startswith(prefix, autoescape=True), kind).limit(2)
        async with self._store.read() as connection:
            rows = list((await connection.execute(query)).mappings())
        if len(rows) != 1:
            found = f"No {name}'s id starts" if not rows else f"More than one {name}'s id starts"
            raise GalleryError(f"{found} with '{prefix}'", remedy)
        return rows[0]

    async def export(self, picture: Picture, to: Path) -> None:
        """Copy a picture to a file of the person's choice, whole or not at all.

        Raises:
            GalleryError: It can't be written there, or its file is gone from the gallery.
        """
        try:
            png = await asyncio.to_thread(picture.path.read_bytes)
        except OSError as error:
            raise GalleryError(f"Picture {picture.id[:8]} is missing from {self._folder}") from error
        await asyncio.to_thread(write_whole, to, png)

    async def delete(self, picture: Picture, *, by_asker: bool = False) -> None:
        """Take a picture away for good; its file goes unless another picture has the same content."""
        async with self._store.write() as connection:
            gone = pictures.update().where(pictures.c.id == picture.id).values(deleted_at=self._store.clock())
            await connection.execute(gone)
            if by_asker:
                await self._uses.note_in(connection, picture.id, DELETE)
            same = sa.select(sa.func.count()).where(
                pictures.c.sha256 == picture.sha256, pictures.c.deleted_at.is_(None)
            )
            others = (await connection.execute(same)).scalar_one()
        if not others:
            await asyncio.to_thread(picture.path.unlink, missing_ok=True)

    def _of_job(self, job_id: str) -> sa.Select[tuple[object, ...]]:
        return sa.select(pictures).where(pictures.c.job_id == job_id).order_by(pictures.c.seq)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / f"{sha256}.png"

    def _picture(self, row: RowMapping) -> Picture:
        plan = unpack(Plan, row["plan"])
        return Picture(
            id=row["id"],
            plan=plan,
            path=self._path(row["sha256"]),
            sha256=row["sha256"],
            seconds=row["seconds"],
            alt_text=f"Picture made by AI: {plan.prompt}",
            choice=unpack(Choice, row["choice"]) if row["choice"] else None,
            kept=row["kept_at"] is not None,
        )
