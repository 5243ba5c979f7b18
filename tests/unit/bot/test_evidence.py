"""The rules of learning from use: never outside the bounds, little from little, and back the way it came."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evidence import ENOUGH, Evidence, Share, best_of_at, default_style, level, quantile, steps_at
from bot.learning import learned
from bot.preferences import LEAST_STEPS, MOST_STEPS, UNSET
from bot.uses import DELETE, KEEP, REROLL, Judged

STYLES = {"ink": "水墨", "pixel": "像素", "watercolour": "水彩"}
PICTURES = st.builds(
    Judged,
    style=st.sampled_from(["", "ink", "pixel", "gone"]),
    style_by=st.sampled_from(["", "", "learned", "pack", "user"]),
    use=st.sampled_from(["", KEEP, REROLL, DELETE]),
)
# Histories of single pictures are mostly balanced, so those of runs of the same one make rules bite.
RUNS = st.lists(st.tuples(PICTURES, st.integers(1, 60)), max_size=6)
HISTORIES = RUNS.map(lambda runs: [one for one, times in runs for _ in range(times)][-200:])


def of(style: str, *, kept: int = 0, again: int = 0, deleted: int = 0, by: str = "") -> list[Judged]:
    uses = [KEEP] * kept + [REROLL] * again + [DELETE] * deleted
    return [Judged(style, by, use) for use in uses]


def style_of(pictures: Sequence[Judged]) -> str:
    return default_style(Evidence(tuple(pictures)), STYLES)


def level_of(pictures: Sequence[Judged]) -> int:
    return level(Evidence(tuple(pictures)))


@settings(max_examples=60, deadline=None)
@given(HISTORIES, st.randoms(use_true_random=False))
def test_no_history_leads_outside_the_bounds(history: list[Judged], dice: random.Random) -> None:
    """Steps, candidates and style stay in bounds, are explained, and the order of pictures changes nothing."""
    taught = learned(history, STYLES, "en")
    wanted = taught.preferences
    assert wanted.steps == 0 or LEAST_STEPS <= wanted.steps <= MOST_STEPS
    assert wanted.best_of in (0, 2, 3)
    assert wanted.said.keys() <= {"style", "steps", "best_of"}
    assert wanted.style in ("", *STYLES)
    if wanted.style:
        share = Evidence(tuple(history)).kept(wanted.style)
        assert share.trials >= ENOUGH
        assert share.yes * 2 > share.trials
    assert wanted.notes.keys() == wanted.sources.keys() == wanted.said.keys()
    assert taught.why.keys() == taught.counts.keys()
    shuffled = list(history)
    dice.shuffle(shuffled)
    assert learned(shuffled, STYLES, "en") == taught


@settings(max_examples=60, deadline=None)
@given(HISTORIES, PICTURES)
def test_moves_are_small(history: list[Judged], one: Judged) -> None:
    """One more picture moves quality by two steps of a twentieth at most, up or down."""
    assert abs(level_of([*history, one]) - level_of(history)) <= 2


@pytest.mark.parametrize("few", [[], of("ink", kept=ENOUGH - 1), of("", again=ENOUGH - 1)])
def test_little_evidence_changes_nothing(few: list[Judged]) -> None:
    """Below twenty judged pictures nothing follows, however clear they are."""
    assert learned(few, STYLES, "en").preferences == UNSET


def test_a_style_that_is_surely_liked_becomes_the_default_and_is_dropped_again() -> None:
    """It is chosen once it is kept clearly more often than pictures without one; rerolls of the default end it."""
    plain = of("", kept=10, again=10)
    liked = of("ink", kept=24, again=6)
    assert style_of(plain + liked) == "ink"
    assert style_of(plain + of("ink", kept=17, again=13)) == ""
    assert style_of(plain + liked + of("ink", again=10, by="learned")) == ""
    assert style_of(plain + liked + of("ink", kept=10, by="learned")) == "ink"


def test_a_style_must_beat_pictures_without_one() -> None:
    """Where nearly everything is kept anyway, a style that is kept as often is no taste; nor is one of two bad ones."""
    assert style_of(of("", kept=40) + of("ink", kept=30)) == ""
    assert style_of(of("", again=40) + of("ink", kept=12, again=18)) == ""


@pytest.mark.parametrize("by", ["pack", "user", "channel", "team", "settings"])
def test_what_a_setting_decided_is_nobodys_choice(by: str) -> None:
    """Pictures in a style that a pack or a preference set make no default of it."""
    assert style_of(of("ink", kept=60, by=by)) == ""


def test_of_several_styles_the_surest_is_taken() -> None:
    """Thirty of thirty are surer than twenty of twenty; a style that there is no more is left out."""
    pictures = of("ink", kept=20) + of("pixel", kept=30) + of("gone", kept=60)
    assert style_of(pictures) == "pixel"
    why = learned(pictures, STYLES, "en").why
    assert why["pixel"].startswith("The default")
    assert '"像素"' in why["ink"]
    assert why["gone"].startswith("No default")


def test_quality_goes_up_and_comes_back_the_same_way() -> None:
    """The more pictures are painted again, the more steps and candidates; as they become fewer, it is all undone."""
    shares = [0, 30, 60, 110, 120, 130, 140, 150, 200]
    up = [level_of(of("", again=bad) + [Judged()] * (200 - bad)) for bad in shares]
    assert up == sorted(up)
    assert (up[0], up[2], up[-1]) == (0, 0, 5)
    assert [(steps_at(one), best_of_at(one)) for one in range(6)] == [
        (1.0, 1),
        (1.05, 1),
        (1.1, 2),
        (1.15, 2),
        (1.2, 3),
        (1.25, 3),
    ]
    assert (steps_at(-5), best_of_at(-5)) == (LEAST_STEPS, 1)


def test_less_is_spent_only_where_people_say_that_they_are_content() -> None:
    """Pictures that nobody judged lower nothing; many kept ones do, and a tenth of rerolls among them does not."""
    assert level_of([Judged()] * 200) == 0
    assert level_of(of("", kept=200)) == -5
    assert level_of(of("", kept=180, again=20)) == 0


def test_evidence_allows_a_move_for_every_ten_pictures() -> None:
    """Twenty bad pictures raise quality by one step, sixty by five."""
    assert [level_of(of("", again=bad)) for bad in (19, 20, 29, 30, 40, 50, 60, 200)] == [0, 1, 1, 2, 3, 4, 5, 5]


def test_the_intervals_are_those_of_the_beta_distribution() -> None:
    """Quantiles agree with closed forms: Beta(1, 1) is uniform, Beta(n, 1) has x**n below x, mirrored for (1, n)."""
    assert quantile(1, 1, 0.05) == pytest.approx(0.05, abs=1e-8)
    assert quantile(21, 1, 0.05) == pytest.approx(0.05 ** (1 / 21), abs=1e-8)
    assert quantile(1, 201, 0.95) == pytest.approx(1 - 0.05 ** (1 / 201), abs=1e-8)
    assert quantile(7, 4, 0.05) == pytest.approx(1 - quantile(4, 7, 0.95), abs=1e-8)
    share = Share(24, 30)
    assert share.low < share.mean < share.high
    assert (share.mean, Share(0, 0).mean) == (25 / 32, 0.5)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", 'Style "watercolour", since this team kept 24 of 30 of its pictures in it; `limner learned --reset`'),
        (
            "zh",
            "用“水彩”风格：这个团队用它画的、有过反馈的 30 张里留下了 24 张；`limner learned --reset` 可以重新开始。",
        ),
    ],
)
def test_what_is_learned_says_why(language: str, said: str) -> None:
    """The note names style, figures and the way back, in the asker's language."""
    titles = STYLES if language == "zh" else {name: name for name in STYLES}
    taught = learned(of("watercolour", kept=24, again=6), titles, "zh" if language == "zh" else "en")
    assert taught.preferences.notes["style"].startswith(said)
    assert taught.counts == {"watercolour": {"kept": 24, "again": 6, "deleted": 0}}
    more = learned(of("", again=100), titles, "zh" if language == "zh" else "en").preferences
    assert "100" in more.notes["steps"]
    assert "3" in more.notes["best_of"]
