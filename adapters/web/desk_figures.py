"""The page of figures: what desks did, as numbers, plots drawn by the server, and tables."""

import math
from collections.abc import Sequence

from adapters.web.desk_markup import Html, Speaker, tag
from adapters.web.desk_views import main
from bot.desk.report import COUNTS, ENDS, PICTURES, WAITS, Line, Report

RANGES, FILES = (7, 30, 90), ("csv", "json")
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 360, 190, 36, 24, 24
DATES_SHOWN = 4
# Title, unit, and what is stacked.
PLOTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("what_became", "questions", ENDS),
    ("time_to_answer", "minutes_unit", tuple(WAITS)),
    ("pictures", "answers_unit", tuple(PICTURES.values())),
    ("ratings", "ratings_unit", ("helped", "not_helped")),
    ("cost", "seconds_unit", ("gpu_seconds",)),
)


def figures(say: Speaker, found: Report) -> Html:
    """The whole page; 90 days are drawn by the week."""
    days = len(found.days)
    spans = found.by_day(7 if days > RANGES[1] else 1)
    ranges = [tag("a", say("days", n=n), href=f"?days={n}", aria_current=n == days and "true") for n in RANGES]
    files = [tag("a", kind.upper(), href=f"/desk/reports.{kind}?days={days}", download=True) for kind in FILES]
    heads = [tag("div", tag("dt", say(name)), tag("dd", value)) for name, value in _heads(say, found.total)]
    return main(
        tag("h1", say("reports")),
        tag("p", ranges, " ", say("as_file"), files, class_="chooser"),
        tag("dl", heads, class_="heads"),
        [_section(say, title, unit, spans, names) for title, unit, names in PLOTS],
        tag("section", tag("h2", say("by_desk")), _table(say, "by_desk", found.by_desk(), (*COUNTS, *WAITS), "desk")),
        tag("p", say("days_are_utc"), class_="small"),
    )


def _heads(say: Speaker, total: Line) -> list[tuple[str, str]]:
    counts, questions = total.counts, total.counts["questions"]
    decided = counts["unchanged"] + counts["edited"] + counts["rejected"]
    waits = {name: total.wait_s(part) for name, part in WAITS.items()}
    return [
        ("questions", str(questions)),
        ("answered", _share(total.answered, questions)),
        ("handed_over", _share(counts["handed_over"], questions)),
        ("unchanged", _share(counts["unchanged"], decided)),
        ("edited", _share(counts["edited"], decided)),
        ("rejected", _share(counts["rejected"], decided)),
        *((name, "–" if wait is None else say("minutes_n", n=f"{wait / 60:.1f}")) for name, wait in waits.items()),
        ("illustrated", _share(counts["article"] + counts["painted"], total.answered)),
        ("helped", _share(counts["helped"], counts["helped"] + counts["not_helped"])),
        ("gpu_seconds", f"{counts['gpu_seconds']:.0f}"),
        ("tokens", str(counts["tokens"]) if "tokens" in counts else say("not_counted")),
    ]


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.0%} ({part:.0f})" if whole else "–"


def _value(line: Line, name: str) -> float | None:
    """As it is drawn and shown: times in minutes."""
    if name not in WAITS:
        return round(line.counts[name], 1)
    wait_s = line.wait_s(WAITS[name])
    return None if wait_s is None else round(wait_s / 60, 1)


def _section(say: Speaker, title: str, unit: str, lines: Sequence[Line], names: Sequence[str]) -> Html:
    used = [name for name in names if name == names[0] or any(_value(line, name) for line in lines)]
    legend = [tag("li", tag("i", class_=f"c{names.index(name)}"), say(name)) for name in used]
    plot = tag("figure", _bars(say, title, unit, lines, names), tag("figcaption", tag("ul", legend, class_="legend")))
    return tag(
        "section", tag("h2", say(title)), tag("div", plot, _table(say, title, lines, used, "day"), class_="sides")
    )


def _stack(line: Line, names: Sequence[str]) -> list[float]:
    """How tall each part is; the 90th percentile stands on top of the median, and says where it ends."""
    values = [_value(line, name) or 0.0 for name in names]
    return [values[0], values[1] - values[0]] if names[0] in WAITS else values


def _bars(say: Speaker, title: str, unit: str, lines: Sequence[Line], names: Sequence[str]) -> Html:
    stacks = [_stack(line, names) for line in lines]
    top = _ceiling(max(sum(stack) for stack in stacks))
    high, step = HEIGHT - TOP - BOTTOM, (WIDTH - LEFT) / len(lines)
    parts: list[Html] = [tag("text", say(unit), x=0, y=10)]
    for n in range(5):
        y = TOP + high * (1 - n / 4)
        parts.append(tag("line", x1=LEFT, x2=WIDTH, y1=y, y2=y))
        parts.append(tag("text", f"{top * n / 4:g}", x=LEFT - 4, y=y + 3, class_="y"))
    for at, (line, stack) in enumerate(zip(lines, stacks, strict=True)):
        x, foot = round(LEFT + (at + 0.1) * step, 1), float(TOP + high)
        for n, value in enumerate(stack):
            tall = high * value / top
            foot -= tall
            parts.append(
                tag("rect", x=x, y=round(foot, 1), width=round(0.8 * step, 1), height=round(tall, 1), class_=f"c{n}")
            )
        if at % math.ceil(len(lines) / DATES_SHOWN) == 0:
            parts.append(tag("text", line.day[5:], x=x, y=HEIGHT - 8))
    described = say("plot_of", title=say(title), unit=say(unit))
    return tag("svg", parts, viewBox=f"0 0 {WIDTH} {HEIGHT}", class_="plot", role="img", aria_label=described)


def _ceiling(most: float) -> float:
    """The least round number from which four equal steps lead down to 0; at least 4, as most of it is counted."""
    size = 10.0 ** math.floor(math.log10(max(most, 4) / 4))
    return next(4 * size * step for step in (1, 2, 2.5, 5, 10) if 4 * size * step >= most)


def _table(say: Speaker, title: str, lines: Sequence[Line], names: Sequence[str], first: str) -> Html:
    heads = [tag("th", say(name), scope="col") for name in (first, *names)]
    values = [(getattr(line, first), [_value(line, name) for name in names]) for line in reversed(lines)]
    rows = [tag("tr", tag("th", name, scope="row"), (tag("td", _shown(v)) for v in row)) for name, row in values]
    table = tag(
        "table", tag("caption", say(title), class_="unseen"), tag("thead", tag("tr", heads)), tag("tbody", rows)
    )
    return tag("div", table, class_="scroll", tabindex=0, role="region", aria_label=say(title))


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:,.10g}"
