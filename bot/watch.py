"""Notices what changes in conversations, in whatever process, with one look at the database for all watchers."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa

from bot import log
from bot.errors import StoreError
from bot.jobs import LIVE
from bot.store import Store
from bot.tables import jobs, progress

LOOK_S = 0.2
PAUSE_S = 2.0

logger = log.get("watch")


@dataclass(eq=False)
class Watcher:
    """Somebody who wants to know; jobs that changed while they were busy are told once."""

    changed: dict[str, None] = field(default_factory=dict)
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, job_id: str) -> None:
        """A job has changed."""
        self.changed[job_id] = None
        self.woken.set()

    async def jobs(self) -> AsyncIterator[str]:
        """Ids of changed jobs, for ever."""
        while True:
            await self.woken.wait()
            self.woken.clear()
            while self.changed:
                job_id = next(iter(self.changed))
                del self.changed[job_id]
                yield job_id


class Watch:
    """All watchers of one process. It looks at the database only while there are any."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._watchers: dict[str, set[Watcher]] = defaultdict(set)
        self._wanted = asyncio.Event()
        self._known: dict[str, tuple[str, int]] = {}
        self._last_seq: int | None = None
        self._looking = asyncio.Lock()

    @asynccontextmanager
    async def watching(self, conversation: str) -> AsyncIterator[Watcher]:
        """A watcher of one conversation, to whom nothing is lost that happens inside the block."""
        watcher = Watcher()
        self._watchers[conversation].add(watcher)
        self._wanted.set()
        try:
            if self._last_seq is None:
                await self.look()
            yield watcher
        finally:
            self._watchers[conversation].discard(watcher)
            if not self._watchers[conversation]:
                del self._watchers[conversation]

    def tell(self, conversation: str, job_id: str) -> None:
        """Tell this process's watchers of a change; for one to a job that is over, which no look finds."""
        for watcher in self._watchers.get(conversation, ()):
            watcher.tell(job_id)

    async def run(self) -> None:
        """Look for changes until cancelled."""
        while True:
            await self._wanted.wait()
            try:
                await self.look()
            except StoreError as error:
                logger.warning("%s", error)  # whoever watches sees what came meanwhile at the next look
                await asyncio.sleep(PAUSE_S)
                continue
            if not self._watchers:
                self._wanted.clear()
                self._known, self._last_seq = {}, None
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Tell the watchers what has changed since the last look; the first look after a rest tells all live jobs."""
        live: dict[str, tuple[str, int]] = {}
        async with self._looking:
            for row in await self._rows():
                now = (row.state, row.version or 0)
                if self._known.get(row.id) != now:
                    self.tell(row.conversation, row.id)
                self._last_seq = max(self._last_seq or 0, row.seq)
                if row.state in LIVE:
                    live[row.id] = now
            self._known = live

    async def _rows(self) -> list[sa.Row[tuple[str, str, int, str, int]]]:
        """Jobs that are not over, those that were not at the last look, and those that came since."""
        query = sa.select(jobs.c.id, jobs.c.conversation, jobs.c.seq, jobs.c.state, progress.c.version)
        query = query.join(progress, progress.c.job_id == jobs.c.id, isouter=True)
        async with self._store.read() as connection:
            if self._last_seq is None:
                latest = sa.select(sa.func.coalesce(sa.func.max(jobs.c.seq), 0))
                self._last_seq = int((await connection.execute(latest)).scalar_one())
            new = jobs.c.seq > self._last_seq
            return list(
                await connection.execute(query.where(jobs.c.state.in_(LIVE) | jobs.c.id.in_(self._known) | new))
            )
