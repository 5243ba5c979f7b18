"""What was done with pictures, and what is preferred, is counted alike on SQLite and PostgreSQL."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from bot import Plan
from bot.gallery import Gallery
from bot.inbox import Inbox
from bot.jobs import Job
from bot.learning import Learning
from bot.preferences import UNSET, Preferences
from bot.preferring import Preferring
from bot.store import Store, open_store
from bot.style import Library
from bot.tables import pictures, uses
from bot.testing import PaperEngine, blank_png
from bot.uses import WINDOW, WINDOW_S, Judged, Uses
from tests.support import PLAN, message

PNG = blank_png(8, 8, b"rgb")
GUILD = "paper/guild"


class Team:
    """A team that has pictures painted and does things with them."""

    def __init__(self, store: Store, folder: Path, *, learning: bool = True) -> None:
        self.store = store
        self.gallery = Gallery(store, folder / "gallery", learning=learning)
        self.uses = Uses(store, on=learning)
        self._inbox = Inbox(store, ["paper"], 60.0)

    async def paint(self, *plans: Plan, team: str = "guild") -> list[str]:
        """Plan and paint these; their ids."""
        await self._inbox.beat()
        job_id = await self._inbox.accept(message(team=team, channel=uuid4().hex))
        job = await self._inbox.get(job_id)
        assert job is not None
        await self._plan(job, plans)
        planned = await self.gallery.unpainted(job_id)
        for picture_id, plan in planned:
            await self.gallery.keep(picture_id, plan, PNG, 0.1)
        return [picture_id for picture_id, _ in planned]

    async def _plan(self, job: Job, plans: Sequence[Plan]) -> None:
        async with self.store.write() as connection:
            await self.gallery.plan(connection, job, "0-0", tuple(plans))

    async def delete(self, picture_id: str, *, by_asker: bool = True) -> None:
        await self.gallery.delete(await self.gallery.get(picture_id), by_asker=by_asker)

    async def seen(self, team: str = GUILD) -> list[str]:
        return [one.use for one in await self.uses.of_team(team)]


async def test_the_last_use_of_a_picture_weighs(database_url: str, tmp_path: Path) -> None:
    """Kept, exported, painted again, varied and deleted are told apart; each counts once, the last one for the team."""
    async with open_store(database_url) as store:
        team = Team(store, tmp_path)
        first, second, third, fourth, fifth = await team.paint(*[replace(PLAN, style="ink", seed=n) for n in range(5)])
        await team.gallery.mark(first, kept=True)
        await team.gallery.exported(first)
        await team.gallery.exported(second)
        await team.delete(second)
        await team.delete(third, by_asker=False)
        sha256 = (await team.gallery.get(fourth)).sha256
        await team.paint(replace(PLAN, style="ink", seed=9, parent=fourth))
        await team.paint(replace(PLAN, style="ink", seed=9, parent=fourth))
        await team.paint(replace(PLAN, prompt="a blue car", style="ink", seed=4, parent=fifth))
        assert await team.seen() == ["keep", "delete", "", "reroll", "", "", "", ""]
        await team.paint(replace(PLAN, seed=8, parent=fourth, source=sha256, strength=0.7))
        await team.gallery.mark(first, kept=False)
        assert (await team.seen())[:5] == ["", "delete", "", "keep", ""]
        async with store.read() as connection:
            kinds = list(await connection.execute(sa.select(uses.c.picture_id, uses.c.kind)))
        assert len(kinds) == len(set(kinds))


async def test_only_a_teams_own_painted_pictures_count(database_url: str, tmp_path: Path) -> None:
    """Another team's pictures, proposals, and pictures that are only shown again are left out; styles come along."""
    async with open_store(database_url) as store:
        team = Team(store, tmp_path)
        [ink] = await team.paint(replace(PLAN, style="ink", style_by="learned"))
        await team.paint(replace(PLAN, seed=1, parent=ink, held=True), replace(PLAN, same_as=ink))
        [theirs] = await team.paint(PLAN, team="")
        await team.gallery.mark(theirs, kept=True)
        assert await team.uses.of_team(GUILD) == [Judged("ink", "learned", "")]
        assert await team.seen("paper/") == ["keep"]
        assert await team.uses.teams() == [("paper", ""), ("paper", "guild")]


async def test_only_the_latest_pictures_count(database_url: str, tmp_path: Path) -> None:
    """What is older than the window's days, or further back than its pictures, is forgotten by itself."""
    async with open_store(database_url) as store:
        team = Team(store, tmp_path)
        old, *_ = await team.paint(*[replace(PLAN, seed=n) for n in range(3)])
        await team.gallery.mark(old, kept=True)
        async with store.write() as connection:
            aged = pictures.update().where(pictures.c.id == old)
            await connection.execute(aged.values(created_at=store.clock() - WINDOW_S - 60))
        assert await team.seen() == ["", ""]
        async with store.write() as connection:
            row = (await connection.execute(sa.select(pictures).where(pictures.c.id != old).limit(1))).mappings().one()
            copies = [
                {**row, "seq": 1000 + n, "id": uuid4().hex, "number": n + 10, "kept_at": None} for n in range(WINDOW)
            ]
            await connection.execute(pictures.insert(), copies)
        await team.gallery.mark(str(copies[0]["id"]), kept=True)
        assert await team.seen() == ["keep"] + [""] * (WINDOW - 1)


async def test_forgetting_means_as_new(database_url: str, tmp_path: Path) -> None:
    """After a reset nothing counts that was painted before, not even what is done with it later; marks stay."""
    async with open_store(database_url) as store:
        team, learning = Team(store, tmp_path), Learning(store, Library({}, {}))
        first, second = await team.paint(PLAN, replace(PLAN, seed=1))
        [other] = await team.paint(PLAN, team="")
        for picture_id in (first, other):
            await team.gallery.mark(picture_id, kept=True)
        await learning.forget("paper", "guild")
        assert await learning.of("paper", "guild") == await learning.of("paper", "never seen")
        await team.delete(second)
        assert await team.seen() == []
        assert await team.seen("paper/") == ["keep"]
        assert (await team.gallery.get(first)).kept
        await team.paint(PLAN)
        assert (await learning.of("paper", "guild")).pictures == 1


async def test_nothing_is_written_down_where_learning_is_off(database_url: str, tmp_path: Path) -> None:
    """Without learning a picture counts for nobody, even when learning is switched on later; marks work as ever."""
    async with open_store(database_url) as store:
        team = Team(store, tmp_path, learning=False)
        [picture] = await team.paint(PLAN)
        await team.gallery.mark(picture, kept=True)
        later = Team(store, tmp_path)
        await later.gallery.exported(picture)
        assert (await team.gallery.get(picture)).kept
        assert await later.uses.teams() == []
        async with store.read() as connection:
            assert list(await connection.execute(sa.select(uses))) == []


async def test_preferences_are_kept_alike(database_url: str) -> None:
    """A scope's row is written, replaced and taken away on both databases."""
    async with open_store(database_url) as store:
        library = Library({}, {})
        one = Preferring(store, library, PaperEngine().describe, Learning(store, library), UNSET)
        scope = "user:paper/安娜/of 'two' names"
        await one.set(scope, Preferences(rewriting="ask", steps=0.9))
        await one.set(scope, Preferences(rewriting="off", revisions=0))
        assert (await one.get(scope)).said == {"rewriting": "off", "revisions": 0}
        assert (await one.wanted(message(user="安娜/of 'two' names"))).rewriting == "off"
        await one.set(scope, UNSET)
        assert await one.get(scope) == UNSET
