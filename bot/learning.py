"""What a team's use has taught, explained: the rules of bot/evidence.py in words that the team can check."""

from bot.evidence import (
    ENOUGH,
    Evidence,
    Share,
    best_of_at,
    default_style,
    is_surely_liked,
    level,
    needed,
    steps_at,
)
from bot.language import Language
from bot.preferences import UNSET, Learned, Preferences
from bot.store import Store
from bot.style import Library
from bot.uses import Judged, Uses, team_key

RESET: dict[Language, str] = {
    "en": "; `limner learned --reset` begins anew.",
    "zh": "；`limner learned --reset` 可以重新开始。",
}
WORDS: dict[str, dict[Language, str]] = {
    "style": {
        "en": 'Style "{title}", since this team kept {yes} of {trials} of its pictures in it',
        "zh": "用“{title}”风格：这个团队用它画的、有过反馈的 {trials} 张里留下了 {yes} 张",
    },
    "more": {
        "en": "More steps ({steps:.0%} of the model's own), since {yes} of this team's last {trials} pictures were "
        "painted again or deleted",
        "zh": "步数加到模型默认的 {steps:.0%}：这个团队最近 {trials} 张里有 {yes} 张被重画或删除",
    },
    "fewer": {
        "en": "Fewer steps ({steps:.0%} of the model's own), since only {yes} of {trials} pictures that this team "
        "judged were painted again or deleted",
        "zh": "步数减到模型默认的 {steps:.0%}：这个团队有过反馈的 {trials} 张里只有 {yes} 张被重画或删除",
    },
    "best_of": {
        "en": "The best of {best_of}, since {yes} of this team's last {trials} pictures were painted again or deleted",
        "zh": "画 {best_of} 张选最好的一张：这个团队最近 {trials} 张里有 {yes} 张被重画或删除",
    },
    "as_is": {
        "en": "Steps are the model's own: {yes} of the last {trials} pictures were painted again or deleted.",
        "zh": "步数就是模型默认的：最近 {trials} 张里有 {yes} 张被重画或删除。",
    },
    "base": {
        "en": "What styles are measured by: about {mean:.0%} are kept.",
        "zh": "各种风格与它相比：大约留下 {mean:.0%}。",
    },
    "few": {
        "en": "Too few to say: {trials} of at least {enough} were judged.",
        "zh": "还太少：至少要有 {enough} 张有反馈，现在是 {trials} 张。",
    },
    "unsure": {
        "en": "Not surely better: at least {low:.0%} are kept, and it takes {needed:.0%}: half, and more "
        "than without a style.",
        "zh": "还不能肯定更受欢迎：至少留下 {low:.0%}，要达到 {needed:.0%}，过半而且多于不指定风格的。",
    },
    "chosen": {
        "en": "The default: at least {low:.0%} are kept, and {needed:.0%} is enough.",
        "zh": "默认风格：至少留下 {low:.0%}，达到 {needed:.0%} 就够了。",
    },
    "second": {
        "en": 'Kept often enough, but not as surely as "{other}".',
        "zh": "也够受欢迎，但不如“{other}”肯定。",
    },
    "barred": {
        "en": "No default: the house rules set the style, or there is no such style any more.",
        "zh": "不作默认：风格由规则决定，或者已经没有这个风格。",
    },
}


class Learning:
    """What every team has taught.

    Args:
        library: Styles that may become a default, unless its house rules set one.
        on: Whether anything follows from what people do.
    """

    def __init__(self, store: Store, library: Library, *, on: bool = True) -> None:
        self._uses = Uses(store, on=on)
        self._on = on
        free = library.house is None or not library.house.style
        self._styles = library.styles if free else {}

    async def of(self, adapter: str, team: str = "", language: Language = "en") -> Learned:
        """What a team has taught, explained in a language; nothing where learning is off."""
        if not self._on:
            return Learned()
        pictures = await self._uses.of_team(team_key(adapter, team))
        return learned(pictures, {name: style.called(language) for name, style in self._styles.items()}, language)

    async def teams(self) -> list[tuple[str, str]]:
        """Adapter and team of all that have any picture to learn from."""
        return await self._uses.teams()

    async def forget(self, adapter: str, team: str = "") -> None:
        """Begin anew."""
        await self._uses.forget(team_key(adapter, team))


def learned(pictures: list[Judged], titles: dict[str, str], language: Language) -> Learned:
    """What follows from a team's pictures, and why.

    Args:
        pictures: Oldest first; only how many of which kind there are matters.
        titles: Of the styles that may become the default.
        language: Of the sentences.
    """
    evidence = Evidence(tuple(pictures))
    style = default_style(evidence, titles)
    preferences, quality = _quality(evidence, language)
    if style:
        share = evidence.kept(style)
        note = _say("style", language, title=titles[style], yes=share.yes, trials=share.trials) + RESET[language]
        preferences = _by_learning({"style": (style, note)}).over(preferences)
    why = {name: _why(name, style, evidence, titles, language) for name in evidence.counts()}
    return Learned(preferences, evidence.counts(), why, quality, len(pictures))


def _quality(evidence: Evidence, language: Language) -> tuple[Preferences, str]:
    """What follows for steps and candidates, and one sentence on it."""
    reached = level(evidence)
    share = evidence.bad_of_judged() if reached < 0 else evidence.bad()
    numbers = {"yes": share.yes, "trials": share.trials, "steps": steps_at(reached), "best_of": best_of_at(reached)}
    if not reached:
        return UNSET, _say("as_is", language, **numbers)
    steps = _say("more" if reached > 0 else "fewer", language, **numbers) + RESET[language]
    said: dict[str, tuple[object, str]] = {"steps": (steps_at(reached), steps)}
    if best_of_at(reached) > 1:
        said["best_of"] = (best_of_at(reached), _say("best_of", language, **numbers) + RESET[language])
    return _by_learning(said), steps


def _by_learning(said: dict[str, tuple[object, str]]) -> Preferences:
    values: dict[str, object] = {name: value for name, (value, _) in said.items()}
    notes = {name: note for name, (_, note) in said.items()}
    return Preferences(**values, notes=notes, sources=dict.fromkeys(said, "learned"))  # type: ignore[arg-type]


def _why(style: str, default: str, evidence: Evidence, titles: dict[str, str], language: Language) -> str:
    share = evidence.kept(style)
    numbers = {"low": share.low, "mean": share.mean, "trials": share.trials, "needed": needed(evidence)}
    kind = _kind(style, default, share, evidence, titles)
    return _say(kind, language, **numbers, enough=ENOUGH, other=titles.get(default, ""))


def _kind(style: str, default: str, share: Share, evidence: Evidence, titles: dict[str, str]) -> str:
    if not style:
        return "base"
    if style not in titles:
        return "barred"
    if share.trials < ENOUGH:
        return "few"
    if not is_surely_liked(share, evidence):
        return "unsure"
    return "chosen" if style == default else "second"


def _say(kind: str, language: Language, **values: object) -> str:
    return WORDS[kind][language].format(**values)
