"""Token buckets and growing delays, with a clock of the test's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.rates import LONGEST_DELAY_S, MOST_REMEMBERED, Buckets, Delays


class Clock:
    """Seconds that the test sets."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_a_bucket_gives_what_it_holds_and_fills_again() -> None:
    """So many at once, then one for each share of a minute, and never more than the bucket holds."""
    clock = Clock()
    buckets = Buckets(6, clock)
    assert [buckets.take("ana") for _ in range(6)] == [0.0] * 6
    assert buckets.take("ana") == pytest.approx(10.0)
    assert buckets.take("bob") == 0.0
    clock.now_s += 10
    assert buckets.take("ana") == 0.0
    assert buckets.take("ana") > 0
    clock.now_s += 3600
    assert [buckets.take("ana") > 0 for _ in range(7)] == [False] * 6 + [True]


@given(st.lists(st.floats(0, 100), max_size=60), st.integers(1, 20))
def test_no_bucket_gives_too_much(pauses_s: list[float], a_minute: int) -> None:
    """In any stretch of time it gives at most its size and what flowed in, and what it says to wait is enough."""
    clock = Clock()
    buckets = Buckets(a_minute, clock)
    given_out = 0
    for pause_s in pauses_s:
        clock.now_s += pause_s
        wait_s = buckets.take("ana")
        given_out += wait_s == 0
        if wait_s:
            clock.now_s += wait_s + 1e-6
            assert buckets.take("ana") == 0
            given_out += 1
    assert given_out <= a_minute + (clock.now_s - 100) * a_minute / 60 + 1e-6


def test_delays_grow_and_end() -> None:
    """Three failures are free; then the delay doubles up to five minutes; success and time forget them."""
    clock = Clock()
    delays = Delays(clock)
    waits = []
    for _ in range(14):
        waits.append(delays.wait_s("1.2.3.4"))
        clock.now_s += waits[-1]
        delays.failed("1.2.3.4")
    assert waits[:7] == [0, 0, 0, 1, 2, 4, 8]
    assert waits[-1] == LONGEST_DELAY_S
    assert delays.wait_s("1.2.3.5") == 0
    clock.now_s += LONGEST_DELAY_S / 2
    assert delays.wait_s("1.2.3.4") == pytest.approx(LONGEST_DELAY_S / 2)
    delays.succeeded("1.2.3.4")
    assert delays.wait_s("1.2.3.4") == 0


def test_an_hour_forgets() -> None:
    """Failures of long ago don't count with those of today."""
    clock = Clock()
    delays = Delays(clock)
    for _ in range(3):
        delays.failed("a")
    clock.now_s += 3601
    delays.failed("a")
    assert delays.wait_s("a") == 0


def test_made_up_names_do_not_fill_the_memory() -> None:
    """Only so many are remembered, those seen last."""
    buckets, delays = Buckets(1, Clock()), Delays(Clock())
    for number in range(MOST_REMEMBERED + 10):
        buckets.take(str(number))
        delays.failed(str(number))
    assert len(buckets._buckets) == len(delays._records) == MOST_REMEMBERED
    assert buckets.take(str(MOST_REMEMBERED + 9)) > 0
    assert buckets.take("0") == 0
