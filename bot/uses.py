"""What was done with pictures, as rows: kept, painted again, deleted; from these a team's tastes are learned."""

from dataclasses import dataclass
from operator import attrgetter

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Message, Plan
from bot.store import Store, unpack
from bot.tables import pictures, uses

KEEP, REROLL, DELETE = "keep", "reroll", "delete"
_LOOK = attrgetter("prompt", "negative_prompt", "model", "style", "width_px", "height_px", "source", "strength")
WINDOW = 200
WINDOW_S = 90 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A painted picture and what people did with it.

    Attributes:
        style, style_by: As in `Plan`.
        use: The last that was done with it: KEEP, REROLL or DELETE; empty where nothing was.
    """

    style: str = ""
    style_by: str = ""
    use: str = ""


class Uses:
    """The uses of all teams' pictures; where learning is off, nothing is written down.

    Args:
        on: Whether anything is learned.
    """

    def __init__(self, store: Store, *, on: bool = True) -> None:
        self._store = store
        self._on = on

    def team_of(self, message: Message, plan: Plan) -> str | None:
        """The team that a planned picture counts for; none for one that is only shown again."""
        return team_key(message.adapter, message.team) if self._on and not plan.same_as else None

    async def note_in(self, connection: AsyncConnection, picture_id: str, kind: str) -> None:
        """Write down a use inside the caller's transaction; the last one of a picture weighs."""
        counts = sa.select(pictures.c.team).where(pictures.c.id == picture_id)
        if not self._on or (await connection.execute(counts)).scalar_one_or_none() is None:
            return
        await self.withdraw_in(connection, picture_id, kind)
        await connection.execute(uses.insert().values(picture_id=picture_id, kind=kind))

    async def withdraw_in(self, connection: AsyncConnection, picture_id: str, kind: str) -> None:
        """Take a use back: a mark was taken away."""
        await connection.execute(uses.delete().where(uses.c.picture_id == picture_id, uses.c.kind == kind))

    async def plan_in(self, connection: AsyncConnection, plan: Plan) -> None:
        """Write down what a new plan says of the picture that it comes from; one that is only proposed says nothing."""
        if plan.parent is None or plan.held:
            return
        query = sa.select(pictures.c.plan, pictures.c.sha256).where(pictures.c.id == plan.parent)
        row = (await connection.execute(query)).one_or_none()
        if row and (kind := said_by(plan, unpack(Plan, row.plan), row.sha256)):
            await self.note_in(connection, plan.parent, kind)

    async def of_team(self, team: str) -> list[Judged]:
        """A team's latest pictures, WINDOW of them at most and none older than WINDOW_S, oldest first."""
        last = sa.select(uses.c.kind).where(uses.c.picture_id == pictures.c.id).order_by(uses.c.id.desc()).limit(1)
        plan = pictures.c.plan
        columns = plan["style"].as_string(), plan["style_by"].as_string(), last.scalar_subquery()
        query = sa.select(*columns).where(pictures.c.team == team, pictures.c.sha256.is_not(None))
        query = query.where(pictures.c.created_at > self._store.clock() - WINDOW_S)
        async with self._store.read() as connection:
            rows = list(await connection.execute(query.order_by(pictures.c.seq.desc()).limit(WINDOW)))
        return [Judged(*(text or "" for text in row)) for row in rows[::-1]]

    async def teams(self) -> list[tuple[str, str]]:
        """Adapter and team of all that anything counts for."""
        query = sa.select(pictures.c.team).where(pictures.c.team.is_not(None)).distinct().order_by(pictures.c.team)
        async with self._store.read() as connection:
            found = [team.partition("/") for team in (await connection.execute(query)).scalars()]
        return [(adapter, team) for adapter, _, team in found]

    async def forget(self, team: str) -> None:
        """Let all that a team did and had so far count for nothing."""
        theirs = pictures.c.team == team
        async with self._store.write() as connection:
            await connection.execute(uses.delete().where(uses.c.picture_id.in_(sa.select(pictures.c.id).where(theirs))))
            await connection.execute(pictures.update().where(theirs).values(team=None))


def team_key(adapter: str, team: str) -> str:
    """A team's name in the database; where a platform has no teams, all who come through it are one."""
    return f"{adapter}/{team}"


def said_by(plan: Plan, parent: Plan, sha256: str | None) -> str | None:
    """What it says of a picture that another one was planned from it.

    Painting that starts from its pixels (a variation, an edit) means interest: it counts as kept. The same once more
    with nothing but another seed means that it was not what was wanted.
    """
    if plan.source is not None and plan.source == sha256:
        return KEEP
    return REROLL if plan.seed != parent.seed and _LOOK(plan) == _LOOK(parent) else None
