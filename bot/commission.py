"""The work on one picture: candidates, the choice among them, looks at it and rounds of revision, until it is kept."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bot import choosing, log
from bot.brush import Brush
from bot.choice import Choice, Score
from bot.choosing_notes import ChoosingNotes
from bot.contracts import Engine
from bot.errors import EngineError
from bot.gallery import Gallery
from bot.looking import Eyes, Look, look
from bot.messages import Plan
from bot.revising import revised
from bot.tasks import JudgeTask, PaintTask, Verdict

logger = log.get("painting")


@dataclass(frozen=True, slots=True)
class Means:
    """What choosing and revising are done with.

    Attributes:
        weight: Lambda: a candidate's score is consistency + weight * quality.
        budget_s: Seconds that a job may take beyond painting each of its pictures once.
        eyes: A vision model that looks at pictures; without one the judge does.
        clock: Seconds that only go forward.
    """

    weight: float = 0.5
    budget_s: float = 120.0
    eyes: Eyes | None = None
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class Candidate:
    """One painted picture, as yet in memory only."""

    plan: Plan
    png: bytes = field(repr=False)
    seconds: float
    score: Score


class Commission:
    """The work on one planned picture of a job.

    Args:
        brush: The job's.
        picture_id, plan: What is planned.
        budget_s: Seconds that may be spent beyond painting it once.
    """

    def __init__(
        self, engine: Engine, gallery: Gallery, brush: Brush, picture_id: str, plan: Plan, means: Means, budget_s: float
    ) -> None:
        self._engine = engine
        self._gallery = gallery
        self._brush = brush
        self._id = picture_id
        self._plan = plan
        self._means = means
        self._budget_s = budget_s
        self._notes = ChoosingNotes(plan.request)
        self._candidates: list[Candidate] = []
        self._seen: dict[int, Look] = {}
        self._judge = ""
        self._rounds = 0

    async def finish(self) -> None:
        """Paint, choose, revise, keep.

        Raises:
            EngineError: It can't be painted even once.
            GalleryError: It can't be kept.
        """
        wanted, revisions = self._plan.best_of, self._plan.revisions
        self._brush.share.show(1 if wanted > 1 else 0, wanted)
        self._candidates.append(await self._painted(self._plan))
        kept = 0
        if wanted > 1 or revisions:
            budget = choosing.Budget(self._budget_s, self._means.clock)
            kept = await self._choose(budget)
            if revisions:
                kept = await self._revise(kept, budget)
        await self._keep(kept)

    async def _choose(self, budget: choosing.Budget) -> int:
        """Paint the other candidates, as many as are wanted, can be judged and may be afforded; index of the best."""
        wanted, share = self._plan.best_of, self._brush.share
        try:
            self._candidates[0] = await self._scored(self._candidates[0])
            while len(self._candidates) < wanted and budget.allows_more():
                share.show(len(self._candidates) + 1, wanted)
                another = await self._painted(replace(self._plan, seed=self._seed()))
                self._candidates.append(await self._scored(another))
        except EngineError as error:
            logger.warning("a choice among fewer: %s", error)
            if self._judge:
                self._notes.fewer(len(self._candidates), wanted)
            elif wanted > 1:
                self._notes.no_judge(wanted, error)
        if budget.ran_out:
            self._notes.time_over(len(self._candidates), wanted)
        share.of -= wanted - len(self._candidates)
        share.show(0, 0)
        return choosing.best([one.score for one in self._candidates], self._means.weight)

    async def _revise(self, chosen: int, budget: choosing.Budget) -> int:
        """Look at the chosen one, and paint it again where it does not show what was asked; index of what is kept."""
        if not budget.allows_more():
            self._notes.no_time()
            return chosen
        try:
            await self._looked(chosen)
        except EngineError as error:
            self._notes.nobody_looked(error)
            return chosen
        kept = chosen
        while self._seen[kept].failed and self._rounds < self._plan.revisions and budget.allows_more():
            if not await self._round(self._seen[kept]):
                break
            kept = self._least_faulty(chosen)
        if kept != chosen:
            self._notes.painted_again(self._seen[chosen])
        if self._seen[kept].failed:
            self._notes.missing(self._seen[kept])
            if budget.ran_out:
                self._notes.no_time()
        return kept

    async def _round(self, seen: Look) -> bool:
        """Paint anew with what failed changed, and look at that; False where it can't be done."""
        self._brush.share.of += 1
        try:
            model = await self._engine.describe(self._plan.model)
            again = await self._painted(revised(self._plan, seen.failed, self._seed(), model))
            self._candidates.append(await self._scored(again) if self._judge else again)
            self._rounds += 1
            await self._looked(len(self._candidates) - 1)
        except EngineError as error:
            logger.warning("a round less: %s", error)
            return False
        return True

    def _least_faulty(self, chosen: int) -> int:
        """The one to keep: the chosen one unless others fail fewer checks, of those the one that scores highest."""
        first, weight = self._seen[chosen], self._means.weight
        faults = {index: seen.faults_since(first) for index, seen in self._seen.items()}
        fewer = [index for index, count in faults.items() if count < len(first.failed)]
        ranks = {index: (-faults[index], choosing.total(self._candidates[index].score, weight)) for index in fewer}
        return max(fewer, key=lambda index: ranks[index], default=chosen)

    async def _painted(self, plan: Plan) -> Candidate:
        png, seconds = await self._brush.paint(self._id, await self._task(plan))
        return Candidate(plan, png, seconds, Score(plan.seed, 0.0, 0.0))

    async def _scored(self, candidate: Candidate) -> Candidate:
        """With its score, by the prompt as it was asked for. Raises EngineError where nobody judges."""
        await self._brush.show("judging")
        verdict = await self._judged(JudgeTask(self._plan.model, (self._plan.prompt,), candidate.png))
        self._judge = verdict.judge
        score = Score(candidate.plan.seed, verdict.consistencies[0], verdict.quality)
        return replace(candidate, score=score)

    async def _judged(self, task: JudgeTask) -> Verdict:
        return await self._brush.judge(self._id, task)

    async def _looked(self, index: int) -> None:
        """Look at a candidate, by the plan as it was asked for. Raises EngineError where nobody can."""
        await self._brush.show("looking")
        one = self._candidates[index]
        model = await self._engine.describe(self._plan.model)
        self._seen[index] = seen = await look(self._plan, one.png, model, self._means.eyes, self._judged)
        if seen.asked:
            self._candidates[index] = replace(one, score=replace(one.score, missing=seen.missing(self._plan.request)))

    def _seed(self) -> int:
        return choosing.seed_of(self._plan, len(self._candidates))

    async def _task(self, plan: Plan) -> PaintTask:
        """The task of the next candidate; the first one's id is the picture's."""
        start: dict[str, Any] = {}
        if plan.source:
            start = {"task": "img2img", "image": await self._gallery.source(plan.source), "strength": plan.strength}
        number = len(self._candidates)
        # An id stands for one task alone, and what a round paints hangs on what was seen.
        told = hashlib.sha256(f"{plan.prompt}\0{plan.negative_prompt}".encode()).hexdigest()[:8]
        return PaintTask(
            id=f"{self._id}-{number}-{told}" if number else self._id,
            model=plan.model,
            prompt=plan.prompt,
            negative_prompt=plan.negative_prompt,
            width_px=plan.width_px,
            height_px=plan.height_px,
            steps=plan.steps,
            guidance_scale=plan.guidance_scale,
            seed=plan.seed,
            loras=plan.loras,
            priority=1 if number else 0,  # others' first pictures go before a further candidate
            **start,
        )

    async def _keep(self, index: int) -> None:
        """Keep one candidate; the others are forgotten."""
        kept, choice = self._candidates[index], None
        if self._plan.best_of > 1 or self._plan.revisions:
            scores = tuple(one.score for one in self._candidates)
            choice = Choice(self._judge, self._means.weight, scores, index, self._rounds, self._notes.sentences)
        await self._gallery.keep(self._id, kept.plan, kept.png, kept.seconds, choice)
