"""Who goes next at the meeting, how long a group waits for more, and what everybody is told of when they are done."""

import pytest

from tools.engine.painter.calls import Call
from tools.engine.painter.joining import Share
from tools.engine.painter.order import LONGEST_PATIENCE_S, PATIENCE_SHARE, USUAL_SHARE, Guest, Order


class Desk:
    """A seat that answers nothing: only who comes to it matters here."""

    caches = False

    def __init__(self, name="unet", *, steps=True):
        self.name = name
        self.steps = steps

    def run(self, calls):
        return [None for _ in calls]

    def worn(self, guest):
        return guest.adapters


def call(guest, desk):
    return Call(desk, guest, Share({}, 1, "key"))


def guest(name, left, since_s=0.0, **more):
    return Guest(name, left, since_s, model="m", **more)


@pytest.fixture
def desk():
    return Desk()


def taught(order, desk, step_s=1.0, together=1):
    """An order that has seen a step of so many requests take so long."""
    order.served([call(guest(str(number), 1), desk) for number in range(together)], step_s)
    return order


def names(calls):
    return [one.guest.id for one in calls]


def test_the_shortest_goes_first(desk):
    """Of those that came together the one with the least left is next."""
    order = taught(Order(lambda _: 1), desk)
    waiting = [call(guest("long", 50), desk), call(guest("short", 4), desk)]
    assert names(order.choose(waiting, 0.0)) == ["short"]


def test_before_anything_was_measured_the_first_goes_first(desk):
    """Where nobody knows how long a step takes, they are served as they came."""
    waiting = [call(guest("second", 1, since_s=2.0), desk), call(guest("first", 50, since_s=1.0), desk)]
    assert names(Order(lambda _: 1).choose(waiting, 3.0)) == ["first"]


def test_nobody_starves(desk):
    """Short ones that keep coming outrun a long one for about its own length only."""
    order = taught(Order(lambda _: 1), desk)
    long, now_s, outrun = guest("long", 20), 0.0, 0
    while names(order.choose([call(long, desk), call(guest("short", 4, since_s=now_s), desk)], now_s)) == ["short"]:
        now_s += 4.0
        outrun += 1
    assert 3 <= outrun <= 6


def test_what_it_was_served_for_is_no_waiting(desk):
    """A request that the device works for does not age by that."""
    order = taught(Order(lambda _: 1), desk)
    served = guest("served", 10, served_s=30.0)
    waiting = [call(served, desk), call(guest("other", 9, since_s=30.0), desk)]
    assert names(order.choose(waiting, 30.0)) == ["other"]


def test_reading_and_decoding_go_before_steps(desk):
    """They are short, and begin or end somebody's picture."""
    order = taught(Order(lambda _: 1), desk)
    waiting = [call(guest("step", 1), desk), call(guest("decode", 90), Desk("vae", steps=False))]
    assert names(order.choose(waiting, 0.0)) == ["decode"]


def test_a_group_is_of_one_kind_and_within_the_cap(desk):
    """Only calls of equal keys run together, and no more than pay off."""
    order = taught(Order(lambda _: 2), desk)
    other = Desk("transformer")
    waiting = [
        call(guest("a", 1), desk),
        call(guest("b", 2), other),
        call(guest("c", 3), desk),
        call(guest("d", 4), desk),
    ]
    assert names(order.choose(waiting, 0.0)) == ["a", "c"]


@pytest.mark.parametrize(
    ("takes_s", "together"),
    [
        (lambda number: 0.1 * number, ["a", "b"]),
        (lambda number: 0.1, ["a", "b", "c", "d"]),
        (lambda number: 0.1 + 0.01 * number, ["a", "b", "c", "d"]),
        (lambda number: 0.1 + 0.02 * number, ["a", "b", "c"]),
    ],
    ids=["arithmetic", "overhead", "little slower", "slower by the second"],
)
def test_the_short_are_not_slowed_down_for_the_long(desk, takes_s, together):
    """Those with about as much left share steps; those with much more do where it hardly costs the others anything."""
    order = taught(Order(lambda _: 8, lambda _call, number: takes_s(number)), desk)
    waiting = [call(guest(name, left), desk) for name, left in (("a", 4), ("b", 8), ("c", 50), ("d", 60))]
    assert names(order.choose(waiting, 0.0)) == together


def test_patience_is_what_it_brings(desk):
    """A group waits for others of its kind for a share of what is saved, for others not at all, and never for long."""
    order = Order(lambda _: 8, lambda _call, _number: 0.01)
    group = [call(guest("a", 2), desk)]
    order.served(group, 0.004)
    like = guest("b", 5, kind=group[0].key)
    assert order.patience_s(group, [], 0.0) == 0
    assert order.patience_s(group, [like], 0.0) == pytest.approx(0.01 * PATIENCE_SHARE)
    slow = Order(lambda _: 8, lambda _call, _number: 1.0)
    assert slow.patience_s(group, [like] * 7, 0.0) == LONGEST_PATIENCE_S
    arithmetic = Order(lambda _: 8, lambda _call, number: 0.01 * number)
    assert arithmetic.patience_s(group, [like], 0.0) == 0
    assert order.patience_s(group, [guest("long", 50, kind=group[0].key)], 0.0) == 0
    assert order.patience_s(group, [guest("c", 5, kind="another")], 0.0) == 0
    full = [call(guest(str(number), 1), desk) for number in range(8)]
    assert order.patience_s(full, [like], 0.0) == 0


def test_patience_for_whoever_goes_first(desk):
    """A short request that has just been served is waited for, though it can't share a step."""
    order = taught(Order(lambda _: 1), desk, step_s=0.05)
    group = [call(guest("long", 50), desk)]
    assert order.patience_s(group, [guest("short", 2)], 0.0) == pytest.approx(0.05 * USUAL_SHARE)
    assert order.patience_s(group, [guest("longer", 60)], 0.0) == 0


def test_estimates(desk):
    """Nothing is said before a step was measured; then those who go first count, sharing steps as they did."""
    order = Order(lambda _: 4)
    assert order.estimate_s(guest("a", 10), []) is None
    alone = taught(order, desk, step_s=1.0)
    assert alone.estimate_s(guest("a", 10), []) == 10
    assert alone.estimate_s(guest("a", 10), [guest("b", 5)]) == 15
    crowd = taught(Order(lambda _: 4), desk, step_s=2.0, together=4)
    others = [guest(str(number), 10) for number in range(3)]
    assert crowd.estimate_s(guest("a", 10), others) == pytest.approx(20)
    assert crowd.estimate_s(guest("a", 10), []) == pytest.approx(20)
    assert crowd.mean_batch == 4


def test_estimates_know_what_is_no_step(desk):
    """Reading words and decoding are learned from finished pictures, and what was done of them is over."""
    order = taught(Order(lambda _: 1), desk)
    done = guest("done", 0, beside_s=3.0)
    order.done(done)
    assert order.estimate_s(guest("a", 2), []) == 5
    assert order.estimate_s(guest("a", 2, beside_s=1.0), []) == 4


def test_whose_turn_comes_before(desk):
    """Those ahead are those with less left, not oneself."""
    order = taught(Order(lambda _: 1), desk)
    a, b, c = guest("a", 5), guest("b", 3), guest("c", 9)
    assert order.before(a, [a, b, c], 0.0) == [b]
