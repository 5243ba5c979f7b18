"""The arithmetic of measurements: percentiles, spans, and whether a line grows."""

import math
import statistics
from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of all lies, straight between the two nearest (definition 7 of Hyndman and Fan).

    Args:
        values: At least one, in any order.
        share: 0 to 1.
    """
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below, above = ordered[math.floor(place)], ordered[math.ceil(place)]
    return below + (above - below) * (place - math.floor(place))


def p50(values: Sequence[float]) -> float:
    """The median."""
    return percentile(values, 0.5)


def p95(values: Sequence[float]) -> float:
    """What one of twenty exceeds."""
    return percentile(values, 0.95)


def median_ratio(values: Sequence[float], others: Sequence[float]) -> float:
    """The median of what each value is of its partner: both were taken in turn, so that slow moments hit both."""
    return statistics.median(one / other for one, other in zip(values, others, strict=True))


def growth(came_s: Sequence[float], left_s: Sequence[float]) -> float:
    """How many requests each one that comes adds to the line, by least squares over all but the first quarter.

    0 is a line that does not grow, 0.33 one that is served at two thirds of the pace at which requests come.

    Args:
        came_s: When each request came, in order.
        left_s: When each of them had its picture.
    """
    there = [sum(left > came for left in left_s[: number + 1]) for number, came in enumerate(came_s)]
    settled = there[len(there) // 4 :]
    return statistics.linear_regression(range(len(settled)), settled).slope if len(settled) > 1 else 0.0
