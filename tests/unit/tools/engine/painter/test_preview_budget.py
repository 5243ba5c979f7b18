"""All previews together stay within their share of the painting time, however many are painted at once."""

import threading

import pytest
import torch
from diffusers import DDIMScheduler

from tools.engine.painter.preview_budget import SAVED_S, Budget, stopwatch
from tools.engine.painter.previews import Glimpses, Pace, Viewer

SHARE = 0.02


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.s = 0.0

    def __call__(self) -> float:
        return self.s


class Pipe:
    """What a viewer reads of a pipeline."""

    scheduler = DDIMScheduler()


def paint(requests: int, steps: int, cost_s: float, step_s: float = 0.1) -> tuple[float, float]:
    """What previews cost of so many requests that are painted at once, one waiting never; and the time it took."""
    clock = Clock()
    budget, spent_s, seen_s = Budget(clock), 0.0, [0.0] * requests
    for _ in range(steps):
        clock.s += step_s
        for number in range(requests):
            budget.painted(seen_s[number], clock.s)
            taken_s = budget.take(SHARE)
            if taken_s is not None:
                budget.spent(taken_s, cost_s, SHARE)
                spent_s += cost_s
            seen_s[number] = clock.s
    return spent_s, clock.s


@pytest.mark.parametrize("requests", [1, 16])
@pytest.mark.parametrize("cost_s", [0.001, 0.05, 0.4])
def test_the_share_is_of_all_that_is_painted(requests: int, cost_s: float) -> None:
    """Previews cost at most their share, beyond the first, whose cost nobody knew; and they are made."""
    spent_s, painted_s = paint(requests, steps=1200, cost_s=cost_s)
    assert spent_s <= SHARE * painted_s + cost_s
    wanted_s = min(SHARE * painted_s, 1200 * requests * cost_s)
    assert spent_s >= 0.9 * wanted_s - cost_s


def test_time_that_several_paint_counts_once() -> None:
    """Ten requests that paint for a minute together have a minute's budget, and an idle hour has none."""
    budget = Budget()
    budget.spent(0.0, 0.1, SHARE)  # a debt of 5 s of painting, and 5 s for the next
    for _ in range(10):
        budget.painted(0.0, 9.9)
    assert budget.take(SHARE) is None
    budget.painted(3600.0, 3600.2)
    assert budget.take(SHARE) == 0.1


def test_a_quiet_hour_is_not_followed_by_a_burst() -> None:
    """Only so much is saved up."""
    budget = Budget()
    budget.spent(0.0, 0.01, SHARE)
    budget.painted(0.0, 3600.0)
    made = 0
    while budget.take(SHARE) is not None:
        made += 1
    assert made == pytest.approx(SAVED_S * SHARE / 0.01, abs=1)


def test_threads_share_one_budget() -> None:
    """Whoever asks at the same moment does not spend what another has taken."""
    budget = Budget()
    budget.spent(0.0, 0.001, SHARE)
    budget.painted(0.0, 10.05)
    made, all_here = [], threading.Barrier(8)

    def ask() -> None:
        all_here.wait()
        for _ in range(200):
            taken_s = budget.take(SHARE)
            if taken_s is not None:
                budget.spent(taken_s, 0.001, SHARE)
                made.append(taken_s)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    saved = SAVED_S * SHARE / 0.001
    assert saved - 5 <= len(made) <= saved + 1


def test_each_request_waits_for_its_own_time() -> None:
    """A request is shown every half second at most, whenever the others were."""
    clock = Clock()
    viewer = Viewer(lambda latents: latents[0, :3].movedim(0, -1), scale=8, budget=Budget(clock))
    pace = Pace(share=1.0)  # room for previews of seconds
    first = Glimpses(viewer, pace, 64, 64)
    clock.s = 400.0
    second = Glimpses(viewer, pace, 64, 64)
    latents = torch.zeros(1, 4, 8, 8)
    assert first.look(Pipe(), latents)
    clock.s += 0.4
    assert not first.look(Pipe(), latents)
    assert not second.look(Pipe(), latents)
    clock.s += 0.11
    assert first.look(Pipe(), latents)
    assert second.look(Pipe(), latents)


def test_a_viewer_fails_once_for_all_threads(caplog: pytest.LogCaptureFixture) -> None:
    """Several requests whose previews fail at the same moment leave one line in the log."""
    viewer, all_here = Viewer(torch.linalg.inv, scale=8), threading.Barrier(8)  # no latents are a square matrix

    def look() -> None:
        all_here.wait()
        viewer.show(Pipe(), None, torch.zeros(1, 4, 16, 8), (64, 64))

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not viewer.works
    assert len([record for record in caplog.records if "no previews of" in record.message]) == 1


def test_the_stopwatch_counts_this_thread_alone() -> None:
    """What others do on the CPU meanwhile, or waiting for them, costs a preview nothing."""
    read_s = stopwatch(torch.device("cpu"))
    before_s = read_s()
    threading.Event().wait(0.2)
    assert read_s() - before_s < 0.1
    total = sum(range(300_000))
    assert read_s() > before_s
    assert total


def test_a_picture_that_is_nearly_ready_needs_no_preview() -> None:
    """What is ready before another preview would be due is not shown half done."""
    clock = Clock()
    viewer = Viewer(lambda latents: latents[0, :3].movedim(0, -1), scale=8, budget=Budget(clock))
    quick, slow = (Glimpses(viewer, Pace(every_s=0.5, share=1.0), 64, 64) for _ in range(2))
    clock.s += 0.6
    assert not quick.look(Pipe(), torch.zeros(1, 4, 8, 8), done=0.75)
    assert slow.look(Pipe(), torch.zeros(1, 4, 8, 8), done=0.25)
