"""Of several candidates the best one is kept, looked at, and painted again where it does not show what was asked."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot import EngineError, Picture, Plan
from bot.brief import Brief, Subject
from bot.choice import Score
from bot.choosing import Budget, best, seed_of
from bot.commission import Means
from bot.errors import AssistantError, EngineBusy, EngineLost
from bot.jobs import Job
from bot.limits import MAX_SEED
from bot.painting import Painting
from bot.tasks import JudgeTask, Painted, PaintEvent, PaintTask, Verdict
from bot.testing import PaperEngine
from tests.support import PLAN, Rig, message, rig, until

TWO_CATS = Brief("two cats", (Subject("cat", 2),))


class Marked(PaperEngine):
    """An engine whose judge gives marks by seed: consistency and quality, none to those that are not named.

    Args:
        marks: By seed.
        failing: Seeds that can't be painted.
        judging: What the judge raises instead of judging, in turn.
    """

    def __init__(
        self,
        marks: dict[int, tuple[float, float]] | None = None,
        failing: Sequence[int] = (),
        judging: Sequence[Exception] = (),
        step_s: float = 0.0,
    ) -> None:
        super().__init__(PaperEngine.Settings(step_s=step_s))
        self.marks, self.failing, self.judging = marks or {}, failing, list(judging)
        self.tasks: list[PaintTask] = []
        self.seeds: dict[bytes, int] = {}

    async def paint(self, task: PaintTask) -> AsyncIterator[PaintEvent]:
        self.tasks.append(task)
        if task.seed in self.failing:
            raise EngineError("That can't be painted")
        async for event in super().paint(task):
            if isinstance(event, Painted):
                self.seeds[self._sheets[task.id]] = task.seed
            yield event

    async def judge(self, task: JudgeTask) -> Verdict:
        if self.judging:
            raise self.judging.pop(0)
        consistency, quality = self.marks.get(self.seeds[task.image], (0.0, 0.0))
        return Verdict("marks", (consistency,) * len(task.texts), quality)

    @property
    def painted_seeds(self) -> list[int]:
        return [task.seed for task in self.tasks]


class SeesFrom:
    """Eyes that say yes to everything from the n-th look on, and before that no to everything."""

    name = "openai:eyes"

    def __init__(self, good: int, error: Exception | None = None) -> None:
        self.good, self.error = good, error
        self.asked: list[list[str]] = []

    async def answers(self, questions: Sequence[str], png: bytes) -> tuple[bool | None, ...]:
        self.asked.append(list(questions))
        if self.error:
            raise self.error
        return (len(self.asked) >= self.good,) * len(questions)


def clock_of(engine: Marked) -> Callable[[], float]:
    """A clock that shows ten seconds more for each picture that was painted."""
    return lambda: 10.0 * len(engine.tasks)


@asynccontextmanager
async def planned(
    folder: Path, engine: PaperEngine, *plans: Plan, means: Means | None = None, text: str = "a red car"
) -> AsyncIterator[tuple[Rig, Job, Painting]]:
    """A job with these pictures to paint, and what paints them."""
    async with rig(folder, engine=engine) as one:
        job = await one.taken(message(text))
        async with one.store.write() as connection:
            await one.gallery.plan(connection, job, "0-0", plans)
        yield one, job, Painting(engine, one.gallery, one.platform.progress, means)


async def kept(folder: Path, engine: PaperEngine, plan: Plan, means: Means | None = None) -> Picture:
    async with planned(folder, engine, plan, means=means) as (one, job, painting):
        await painting.paint(job)
        [picture] = await one.gallery.of_job(job.id)
        return picture


def test_seeds_follow_from_the_plans_and_never_meet() -> None:
    """The first candidate has the plan's seed, and four pictures of a request share no candidate, even at the end."""
    for begins in (7, MAX_SEED - 1):
        plans = [replace(PLAN, seed=(begins + number) % (MAX_SEED + 1)) for number in range(4)]
        seeds = [seed_of(plan, number) for plan in plans for number in range(10)]
        assert [seed_of(plan, 0) for plan in plans] == [plan.seed for plan in plans]
        assert len(set(seeds)) == len(seeds)
        assert all(0 <= seed <= MAX_SEED for seed in seeds)


@pytest.mark.parametrize(("weight", "index"), [(0.0, 1), (0.5, 1), (1.0, 2), (10.0, 2)])
def test_lambda_decides_what_counts_more(weight: float, index: int) -> None:
    """The score is consistency + lambda * quality, and of equal ones the earlier is best."""
    scores = [Score(1, 0.5, 0.1), Score(2, 0.75, 0.25), Score(3, 0.5, 0.75), Score(4, 0.5, 0.75)]
    assert best(scores, weight) == index


def test_a_budget_that_is_over_stays_over() -> None:
    """A budget lets things begin until its seconds are over, and remembers that it was asked for more."""
    now = [0.0]
    budget = Budget(10.0, lambda: now[0])
    assert budget.allows_more()
    now[0] = 9.9
    assert budget.allows_more()
    assert not budget.ran_out
    now[0] = 10.0
    assert not budget.allows_more()
    assert budget.ran_out


async def test_the_best_of_four_is_kept_once_with_all_scores(tmp_path: Path) -> None:
    """Four candidates are painted, the best is kept with its own seed, and all scores stand with it."""
    engine = Marked({7: (0.2, 0.9), 11: (0.6, 0.5), 15: (0.6, 0.6), 19: (0.5, 0.6)})
    async with planned(tmp_path, engine, replace(PLAN, best_of=4)) as (one, job, painting):
        await painting.paint(job)
        [picture] = await one.gallery.of_job(job.id)
        assert engine.painted_seeds == [7, 11, 15, 19]
        assert len({task.id for task in engine.tasks}) == 4
        assert (picture.plan.seed, picture.plan.best_of, picture.choice is not None) == (15, 4, True)
        assert picture.choice
        assert (picture.choice.judge, picture.choice.weight, picture.choice.chosen) == ("marks", 0.5, 2)
        assert [(one.seed, one.consistency, one.quality) for one in picture.choice.scores] == [
            (7, 0.2, 0.9), (11, 0.6, 0.5), (15, 0.6, 0.6), (19, 0.5, 0.6),
        ]  # fmt: skip
        assert picture.notes == ()
        assert [path.stem for path in (tmp_path / "gallery").rglob("*.png")] == [picture.sha256]


async def test_one_candidate_is_painted_as_ever(tmp_path: Path) -> None:
    """Without a choice nobody is asked to judge, and the picture's task keeps the picture's own id."""
    engine = Marked(judging=[AssertionError("nobody asked")])
    picture = await kept(tmp_path, engine, PLAN)
    assert picture.choice is None
    assert [task.id for task in engine.tasks] == [picture.id]


async def test_every_step_is_shown(tmp_path: Path) -> None:
    """The asker sees which candidate is painted, that it is judged and looked at, and steps counted over all."""
    engine = Marked({7: (0.1, 0.1), 11: (0.2, 0.2)})
    plan = replace(PLAN, best_of=2, revisions=1, brief=TWO_CATS, prompt="two cats")
    means = Means(eyes=SeesFrom(2))
    async with planned(tmp_path, engine, plan, means=means) as (one, job, painting):
        await painting.paint(job)
        seen = [progress for progress in one.platform.seen if not progress.preview]
        stages = [(told.stage, told.candidate, told.candidates) for told in seen if told.stage != "waiting"]
        assert list(dict.fromkeys(stages)) == [
            ("painting", 1, 2), ("judging", 1, 2), ("painting", 2, 2), ("judging", 2, 2),
            ("looking", 0, 0), ("painting", 0, 0), ("judging", 0, 0),
        ]  # fmt: skip
        assert [told.step for told in seen if told.stage == "painting" and told.step] == list(range(1, 13))
        assert [told.steps for told in seen if told.step == 12] == [12] * 3


async def test_without_a_judge_the_first_is_kept_and_told(tmp_path: Path) -> None:
    """Where nothing can judge, no further candidate is painted in vain, and the asker is told why."""
    for words, told in (
        ("a red car", "nothing could judge them: No judge here."),
        ("一辆红色的车", "没有可用的评判模型"),
    ):
        engine = Marked(judging=[EngineError("No judge here")])
        picture = await kept(tmp_path / words, engine, replace(PLAN, best_of=3, request=words))
        assert engine.painted_seeds == [7]
        assert picture.plan.seed == 7
        assert told in picture.notes[0]


async def test_a_judge_that_is_busy_or_lost_is_asked_again(tmp_path: Path) -> None:
    """A painter that is busy or restarted while it judges costs no candidate."""
    engine = Marked(
        {11: (1.0, 1.0)}, judging=[EngineBusy("full", retry_after_s=0.0), EngineLost("gone", crashed=False)]
    )
    picture = await kept(tmp_path, engine, replace(PLAN, best_of=2))
    assert (picture.plan.seed, engine.painted_seeds, picture.notes) == (11, [7, 11], ())


async def test_a_candidate_that_fails_costs_only_itself(tmp_path: Path) -> None:
    """When a later candidate can't be painted, the best of those before it is kept, and the asker is told."""
    engine = Marked({7: (0.1, 0.0), 11: (0.9, 0.0)}, failing=[15])
    picture = await kept(tmp_path, engine, replace(PLAN, best_of=4))
    assert picture.plan.seed == 11
    assert picture.notes == ("This is the best of 2 instead of 4: the others could not be painted or judged.",)


async def test_the_budget_ends_choosing(tmp_path: Path) -> None:
    """What may be spent is shared evenly by a request's pictures; each is painted once, and what was left is told."""
    engine = Marked()
    means = Means(budget_s=40.0, clock=clock_of(engine))
    plans = [replace(PLAN, seed=seed, best_of=8, prompt=f"car {seed}") for seed in (7, 8)]
    async with planned(tmp_path, engine, *plans, means=means) as (one, job, painting):
        await painting.paint(job)
        told = [picture.notes for picture in await one.gallery.of_job(job.id)]
        assert engine.painted_seeds == [7, 11, 15, 8, 12, 16]
        assert told == [("The time for choosing was over after 3 of 8 candidates.",)] * 2


async def test_no_budget_means_one_picture(tmp_path: Path) -> None:
    """With no seconds to spend the picture is painted once, and not looked at."""
    eyes = SeesFrom(1)
    engine = Marked()
    plan = replace(PLAN, best_of=2, revisions=2, brief=TWO_CATS, prompt="two cats")
    picture = await kept(tmp_path, engine, plan, Means(budget_s=0.0, clock=clock_of(engine), eyes=eyes))
    assert engine.painted_seeds == [7]
    assert eyes.asked == []
    assert picture.notes == (
        "The time for choosing was over after 1 of 2 candidates.",
        "There was no time left to look at it and paint it again.",
    )


async def test_what_failed_is_painted_again_and_told(tmp_path: Path) -> None:
    """A round changes the prompt only in what failed, takes the next seed, and is kept when it fails fewer checks."""
    engine = Marked({7: (0.9, 0.9), 11: (0.1, 0.1)})
    plan = replace(PLAN, revisions=2, brief=TWO_CATS, prompt="two cats", request="two cats")
    plan = replace(plan, prompt="two cats, soft light")
    eyes = SeesFrom(2)
    picture = await kept(tmp_path, engine, plan, Means(eyes=eyes))
    assert eyes.asked == [["Are there exactly two cats in the picture?"]] * 2
    assert [(task.seed, task.prompt) for task in engine.tasks] == [
        (7, "two cats, soft light"),
        (11, "exactly two cats, two cats, soft light"),
    ]
    assert (picture.plan.seed, picture.plan.prompt) == (11, "exactly two cats, two cats, soft light")
    assert picture.choice
    assert (picture.choice.chosen, picture.choice.rounds) == (1, 1)
    assert [score.missing for score in picture.choice.scores] == [("I could not see: two cats.",), ()]
    assert picture.notes == ("Painted again after a look at it; at first this was not right: two cats.",)


async def test_rounds_that_mend_nothing_are_not_kept(tmp_path: Path) -> None:
    """After two rounds that fail as many checks the first picture is kept, and what is missing is told."""
    engine = Marked({11: (1.0, 1.0)})
    plan = replace(PLAN, revisions=2, brief=TWO_CATS, prompt="two cats", request="两只猫")
    picture = await kept(tmp_path, engine, plan, Means(eyes=SeesFrom(99)))
    assert engine.painted_seeds == [7, 11, 15]
    assert len({task.id for task in engine.tasks}) == 3
    assert picture.plan.seed == 7
    assert picture.choice
    assert (picture.choice.chosen, picture.choice.rounds) == (0, 2)
    assert picture.notes == ("没有看到：两只猫。",)


async def test_what_is_not_answered_again_is_not_mended(tmp_path: Path) -> None:
    """A round whose look can't be read counts as failing what failed before, and is not kept."""

    class Tired(SeesFrom):
        async def answers(self, questions: Sequence[str], png: bytes) -> tuple[bool | None, ...]:
            self.asked.append(list(questions))
            return (False if len(self.asked) == 1 else None,) * len(questions)

    plan = replace(PLAN, revisions=1, brief=TWO_CATS, prompt="two cats", request="two cats")
    picture = await kept(tmp_path, Marked({11: (1.0, 1.0)}), plan, Means(eyes=Tired(9)))
    assert picture.plan.seed == 7
    assert picture.notes == ("I could not see: two cats.",)


async def test_a_round_that_cannot_be_painted_costs_only_itself(tmp_path: Path) -> None:
    """When painting again fails, the first picture is kept with what is missing, and no round is counted."""
    plan = replace(PLAN, revisions=2, brief=TWO_CATS, prompt="two cats", request="two cats")
    picture = await kept(tmp_path, Marked(failing=[11]), plan, Means(eyes=SeesFrom(9)))
    assert picture.choice
    assert (picture.plan.seed, picture.choice.rounds, len(picture.choice.scores)) == (7, 0, 1)
    assert picture.notes == ("I could not see: two cats.",)


async def test_eyes_that_fail_leave_it_to_the_judge(tmp_path: Path) -> None:
    """A vision model that can't be asked fails no job: the judge answers what it can, and here that is nothing."""
    engine = Marked()
    plan = replace(PLAN, revisions=1, brief=TWO_CATS, prompt="two cats")
    picture = await kept(tmp_path, engine, plan, Means(eyes=SeesFrom(1, AssistantError("down"))))
    assert (engine.painted_seeds, picture.notes) == ([7], ())
    assert picture.choice
    assert picture.choice.scores[0].missing is None


async def test_nobody_to_look_is_told(tmp_path: Path) -> None:
    """Where there is neither a vision model nor a judge the picture is kept as it is, and the asker is told."""
    plan = replace(PLAN, revisions=1, brief=Brief("a red car", (Subject("car", colour="red"),)))
    engine = Marked(judging=[EngineError("No judge here")] * 2)
    picture = await kept(tmp_path, engine, plan)
    assert picture.notes == ("Nobody could look whether it shows what you asked for: No judge here.",)
    assert picture.choice
    assert picture.choice.judge == ""


async def test_a_look_without_a_judge_still_counts(tmp_path: Path) -> None:
    """Eyes alone are enough to revise: what was seen stands with the picture, unscored."""
    plan = replace(PLAN, revisions=1, brief=TWO_CATS, prompt="two cats")
    engine = Marked(judging=[EngineError("No judge here")] * 9)
    picture = await kept(tmp_path, engine, plan, Means(eyes=SeesFrom(2)))
    assert picture.plan.seed == 11
    assert picture.choice
    assert (picture.choice.judge, picture.choice.chosen) == ("", 1)


async def test_cancelled_between_candidates_leaves_nothing(tmp_path: Path) -> None:
    """A job that is cancelled amid its candidates stops the one under way and keeps no picture."""
    engine = Marked(step_s=0.01)
    plan = replace(PLAN, best_of=8, steps=50)
    async with planned(tmp_path, engine, plan) as (one, job, painting):
        work = asyncio.create_task(painting.paint(job))
        await until(lambda: len(engine.tasks) == 3)
        work.cancel()
        await asyncio.wait([work])
        assert work.cancelled()
        assert engine.cancelled == [engine.tasks[-1].id]
        assert await one.gallery.of_job(job.id) == []
        assert list((tmp_path / "gallery").rglob("*.png")) == []
        assert [left for _, left in await one.gallery.unpainted(job.id)] == [plan]
