"""The rules of learning from use: what was kept, painted again and deleted gives a style and quality, within bounds.

Nothing is stored but what people did. What follows is worked out anew from the last pictures each time, so it goes back
the way it came, and to forget is to leave pictures out.

Every picture is one trial: kept or not, put up with or not. Shares are judged by their posterior under a uniform prior,
Beta(1 + yes, 1 + no), and by the ends of its equal-tailed 90 % interval (Brown, Cai and DasGupta, Interval Estimation
for a Binomial Proportion, Statistical Science 16, 2001): few trials leave it wide, so little follows from little.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from math import comb

from bot.uses import DELETE, KEEP, REROLL, Judged

ENOUGH = 20
MARGIN = 0.1
LEAST_KEPT = 0.5
TAIL = 0.05
# A share of all pictures that was not put up with, and more surely so at each edge, gets one more step of quality.
TOO_MUCH = (0.50, 0.55, 0.60, 0.65, 0.70)
# Where even the upper end of the share among judged pictures is so low, less will do.
HARDLY_ANY = (0.10, 0.08, 0.06, 0.04, 0.02)
MOVE = 0.05
BEST_OF_2, BEST_OF_3 = 2, 4  # from these steps of quality on
PICTURES_A_MOVE = 10
BADLY = (REROLL, DELETE)


@dataclass(frozen=True, slots=True)
class Share:
    """How often something came true.

    Attributes:
        yes: How often, of so many `trials`.
    """

    yes: int
    trials: int

    @property
    def low(self) -> float:
        """Lower end of the 90 % interval, 0 to 1."""
        return quantile(1 + self.yes, 1 + self.trials - self.yes, TAIL)

    @property
    def high(self) -> float:
        """Upper end of the 90 % interval, 0 to 1."""
        return quantile(1 + self.yes, 1 + self.trials - self.yes, 1 - TAIL)

    @property
    def mean(self) -> float:
        """Of the posterior; 0.5 where nothing is known."""
        return (1 + self.yes) / (2 + self.trials)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A team's last pictures, counted.

    Only pictures in a style that somebody asked for, or that was learned, and those without any, tell about styles;
    what a setting, a pack or a channel decided was nobody's choice.
    """

    pictures: tuple[Judged, ...]

    def counts(self) -> dict[str, dict[str, int]]:
        """By style: how many were kept, painted again, deleted."""
        told = Counter((one.style, one.use) for one in self.pictures if one.style_by in ("", "learned") and one.use)
        names = {"kept": KEEP, "again": REROLL, "deleted": DELETE}
        styles = sorted({style for style, _ in told})
        return {style: {name: told[style, use] for name, use in names.items()} for style in styles}

    def kept(self, style: str) -> Share:
        """Of the judged pictures in a style, those that were kept."""
        counts = self.counts().get(style, {})
        return Share(counts.get("kept", 0), sum(counts.values()))

    def bad(self) -> Share:
        """Of all pictures, those that were painted again or deleted; what nobody judged was put up with."""
        return Share(sum(one.use in BADLY for one in self.pictures), len(self.pictures))

    def bad_of_judged(self) -> Share:
        """Of the judged pictures, those that were painted again or deleted."""
        return Share(self.bad().yes, sum(bool(one.use) for one in self.pictures))


def level(evidence: Evidence) -> int:
    """Steps of quality up or down, -5 to 5: both are hard to get, and ten more pictures allow one more.

    Up needs a large share of all pictures, most of which nobody judges; down a small one of the judged alone.
    """
    bad, of_judged = evidence.bad(), evidence.bad_of_judged()
    up = sum(bad.low >= edge for edge in TOO_MUCH)
    down = sum(of_judged.high <= edge for edge in HARDLY_ANY)
    return min(up, _moves_allowed(bad)) - min(down, _moves_allowed(of_judged))


def _moves_allowed(share: Share) -> int:
    return max(0, 1 + (share.trials - ENOUGH) // PICTURES_A_MOVE)


def default_style(evidence: Evidence, styles: Collection[str]) -> str:
    """Of these styles the one that is surely kept more often than pictures without one; of several the surest.

    Empty where there is none.
    """
    judged = {style: evidence.kept(style) for style in evidence.counts() if style in styles}
    sure = {style: share for style, share in judged.items() if is_surely_liked(share, evidence)}
    return max(sure, key=lambda style: (sure[style].low, style), default="")


def needed(evidence: Evidence) -> float:
    """The share of a style's pictures that must surely be kept: more than without a style, and at least half."""
    return max(LEAST_KEPT, evidence.kept("").mean + MARGIN)


def is_surely_liked(share: Share, evidence: Evidence) -> bool:
    """Whether a style that was kept so often may become the default."""
    return share.trials >= ENOUGH and share.low >= needed(evidence)


def steps_at(quality: int) -> float:
    """The share of the model's own steps at a level of quality: 0.75 to 1.25."""
    return round(1 + MOVE * quality, 2)


def best_of_at(quality: int) -> int:
    """How many candidates a picture is chosen from at a level of quality: 1 to 3."""
    return 1 + (quality >= BEST_OF_2) + (quality >= BEST_OF_3)


@cache
def quantile(a: int, b: int, probability: float) -> float:
    """Where Beta(a, b), both whole, has that much of its mass below; by bisection, to 1e-9.

    Its distribution function is a binomial tail: I_x(a, b) = P(Bin(a + b - 1, x) >= a) (NIST Handbook, DLMF 8.17.5).
    """
    n, low, high = a + b - 1, 0.0, 1.0
    for _ in range(30):
        x = (low + high) / 2
        below = sum(comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
        low, high = (x, high) if below < probability else (low, x)
    return (low + high) / 2
