"""How much people may have: pictures within a day, requests under way; and the rules on what is painted."""

from dataclasses import replace

import sqlalchemy as sa

from bot.actions import DESCRIBE, UNDO
from bot.contracts import Allowance, ToolResult
from bot.errors import RequestError
from bot.jobs import IN_LINE, State
from bot.language import Language
from bot.messages import Message, Plan
from bot.policy_settings import PolicySettings
from bot.rules import Rules
from bot.store import Store
from bot.tables import jobs, pictures

DAY_S = 24 * 3600.0
# Nothing is painted for these.
FREE_ACTIONS = (UNDO, DESCRIBE)
PICTURES_LOOKED_AT = 20
_WORDS: dict[str, dict[Language, tuple[str, str]]] = {
    "used": {
        "en": ("You have had your {limit} picture{s} of the last 24 hours", "The next one is free in {time}."),
        "zh": ("过去 24 小时的 {limit} 张图已经用完了", "{time}后可以再画一张。"),
    },
    "own": {
        "en": ("You have {limit} request{s} under way already", "One more can come in {time}."),
        "zh": ("你已经有 {limit} 个请求在进行中", "大约{time}后可以再提一个。"),
    },
    "full": {
        "en": ("The line is full, with {limit} request{s} under way", "Try again in {time}."),
        "zh": ("队伍已满：有 {limit} 个请求在进行中", "请大约{time}后再试。"),
    },
}

_CUT: dict[Language, str] = {
    "en": "{kept} of {wanted} pictures: that is what is left of your {limit} within 24 hours.",
    "zh": "只画 {wanted} 张里的 {kept} 张：24 小时 {limit} 张的额度只剩这些了。",
}


class Policy:
    """The rules of one installation.

    Attributes:
        rules: What is not painted, or only behind a veil.
    """

    def __init__(self, store: Store, settings: PolicySettings) -> None:
        self._store = store
        self._settings = settings
        self.rules = Rules(settings.rules)

    async def check(self, message: Message) -> None:
        """Refuse what may not be asked for, now or at all.

        Raises:
            RequestError: It is against a rule, the person's pictures are used up, or too much is under way; with the
                time after which it is worth trying again.
        """
        self.rules.check(message)
        allowance = await self.allowance(message.adapter, message.user)
        if allowance.left == 0 and message.action not in FREE_ACTIONS:
            raise _refusal("used", allowance.limit, allowance.next_s, message.tongue)
        await self._check_line(message)

    async def allowance(self, adapter: str, user: str) -> Allowance:
        """How many pictures a person may still have: what failed or was called off does not count."""
        limit = self._settings.pictures_per_day
        if not limit:
            return Allowance()
        now = self._store.clock()
        # Of a picture that is proposed or shown again nothing was painted.
        counted = sa.not_(pictures.c.held) & (pictures.c.plan["same_as"].as_string().is_(None))
        query = (
            sa.select(pictures.c.created_at, now.label("now"))
            .join(jobs, jobs.c.id == pictures.c.job_id)
            .where(jobs.c.adapter == adapter, jobs.c.user == user, counted)
            .where(jobs.c.state.not_in((State.FAILED, State.CANCELLED)), pictures.c.created_at > now - DAY_S)
            .order_by(pictures.c.created_at.desc())
            .limit(limit)
        )
        async with self._store.read() as connection:
            rows = list(await connection.execute(query))
        next_s = rows[-1].created_at + DAY_S - rows[-1].now if len(rows) == limit else 0.0
        return Allowance(limit, len(rows), max(next_s, 0.0))

    async def admitted(self, message: Message, result: ToolResult) -> ToolResult:
        """What may be painted of what a tool plans: as many pictures as the person has left, each told.

        Raises:
            RequestError: A prompt is against a rule, or none is left.
        """
        if not result.plans:
            return result
        self.rules.check_texts((plan.prompt for plan in result.plans), message.tongue)
        wanted = sum(_is_painted(plan) for plan in result.plans)
        allowance = await self.allowance(message.adapter, message.user)
        if allowance.left is None or allowance.left >= wanted:
            return result
        if not allowance.left:
            raise _refusal("used", allowance.limit, allowance.next_s, message.tongue)
        kept = [plan for plan in result.plans if _is_painted(plan)][: allowance.left]
        note = _CUT[message.tongue].format(kept=len(kept), wanted=wanted, limit=allowance.limit)
        plans = tuple(replace(plan, notes=(*plan.notes, note)) for plan in kept)
        return replace(result, text=f"{result.text} {note}", plans=plans)

    async def _check_line(self, message: Message) -> None:
        live = jobs.c.state.in_(IN_LINE)
        own = live & (jobs.c.adapter == message.adapter) & (jobs.c.user == message.user)
        query = sa.select(sa.func.count().filter(live), sa.func.count().filter(own)).where(live)
        async with self._store.read() as connection:
            everybody, mine = (await connection.execute(query)).one()
        for kind, count, limit in (
            ("own", mine, self._settings.waiting_per_person),
            ("full", everybody, self._settings.waiting),
        ):
            if count >= limit:
                raise _refusal(kind, limit, await self._painting_s(), message.tongue)

    async def _painting_s(self) -> float:
        """What a picture has taken lately, on average."""
        last = sa.select(pictures.c.seconds).where(pictures.c.seconds.is_not(None)).order_by(pictures.c.seq.desc())
        seconds = last.limit(PICTURES_LOOKED_AT).subquery().c.seconds
        async with self._store.read() as connection:
            return float((await connection.execute(sa.select(sa.func.avg(seconds)))).scalar_one() or 0.0)


def _is_painted(plan: Plan) -> bool:
    """Whether it counts: of a picture that is proposed or shown again nothing is painted."""
    return not plan.held and plan.same_as is None


def _refusal(kind: str, limit: int, seconds: float, language: Language) -> RequestError:
    problem, remedy = _WORDS[kind][language]
    plural = "" if limit == 1 else "s"
    return RequestError(problem.format(limit=limit, s=plural), remedy.format(time=duration(seconds, language)))


def duration(seconds: float, language: Language) -> str:
    """Roughly how long that is: 'a few seconds', '40 seconds', '5 minutes', '3 hours'."""
    if seconds < 10:
        return "几秒钟" if language == "zh" else "a few seconds"
    for most, size, english, chinese in ((90, 1, "seconds", "秒"), (90 * 60, 60, "minutes", "分钟")):
        if seconds < most:
            number = max(round(seconds / size), 1)
            return f"{number} {chinese}" if language == "zh" else f"{number} {english if number > 1 else english[:-1]}"
    hours = round(seconds / 3600)
    return f"{hours} 小时" if language == "zh" else f"{hours} hours"
