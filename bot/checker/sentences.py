"""What the checker tells the asker: one modest sentence for each kind of fault that it put right."""

from bot.brief import Brief
from bot.checker.finding import Finding, Kind
from bot.dialects.phrases import NUMBERS, describe
from bot.dialects.rendering import Notes
from bot.errors import RequestError
from bot.grammar import listed, plural, with_article
from bot.tasks import ModelCard

MOST_NAMED = 5
LONGEST_VALUE = 60


def tell_mended(notes: Notes, found: tuple[Finding, ...], asked: Brief) -> None:
    """Say what had been lost, taken for something else, or invented."""
    lost = [one for one in found if one.wanted and not one.found]
    if lost:
        said = [_lost(one, asked, notes) for one in lost]
        back = "they are back" if len(said) > 1 or _is_several(lost[0], asked) else "it is back"
        notes.add(f"I had lost {listed(said)}; {back}.", f"我漏掉了{'、'.join(said)}，已经补上。")
    for one in found:
        if one.wanted and one.found:
            wanted, wrong = _thing(one, one.wanted, notes), _thing(one, one.found, notes)
            notes.add(
                f"I had {wrong} where you asked for {wanted}; that is right now.",
                f"我把{wanted}弄成了{wrong}，已经改正。",
            )
    replaced = {one.found for one in found if one.wanted}
    invented = [one for one in found if one.found and not one.wanted and one.found not in replaced]
    if gone_again := _few(list(dict.fromkeys(_thing(one, one.found, notes) for one in invented)), notes):
        gone = "it is gone" if len(gone_again) == 1 else "they are gone"
        notes.add(
            f"I had added {listed(gone_again)}, which you didn't ask for; {gone}.",
            f"我多加了你没有要的{'、'.join(gone_again)}，已经去掉。",
        )


def tell_own_words(notes: Notes) -> None:
    """Say that the person's own words are painted from."""
    notes.add(
        "My prompt did not keep to what you asked, so this is painted from your own words.",
        "我写的提示词没有完全照你的意思，所以直接用了你的原话来画。",
    )


def tell_shortened(notes: Notes, card: ModelCard, left_out: str) -> None:
    """Say what a model can't read any more."""
    notes.add(
        f"{card.model} reads about {card.token_limit} words at a time, so I left out: {left_out}",
        f"{card.model} 一次只能读大约 {card.token_limit} 个词，所以没有写：{left_out}",
    )


def not_in_english(notes: Notes, card: ModelCard, left: str) -> RequestError:
    """The refusal for words that nobody here can translate; an LLM that reads it can."""
    if notes.in_chinese:
        return RequestError(f"{card.model} 只懂英文，我不会翻译“{left}”", "请换个说法，或者用英文说")
    return RequestError(f"{card.model} reads English only, and I have no English for '{left}'", "Say it in English.")


def _few(said: list[str], notes: Notes) -> list[str]:
    """As many as one likes to read, and how many more there are."""
    more = len(said) - MOST_NAMED
    if more <= 0:
        return said
    return [*said[:MOST_NAMED], f"另外 {more} 项" if notes.in_chinese else f"{more} more"]


def _short(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else f"{value[:LONGEST_VALUE]}…"


def _lost(finding: Finding, asked: Brief, notes: Notes) -> str:
    """'The two cats': a thing that was missing, with all that was said of it."""
    subject = next((one for one in asked.subjects if one.name == finding.about), None)
    if finding.kind is not Kind.ENTITY or subject is None or notes.in_chinese:
        return _thing(finding, finding.wanted, notes)
    phrase = describe(subject)
    return f"the {phrase.removeprefix('an ').removeprefix('a ')}"


def _is_several(finding: Finding, asked: Brief) -> bool:
    several = {one.name for one in asked.subjects if (one.count or 1) > 1}
    return finding.kind in {Kind.ENTITY, Kind.COUNT} and finding.about in several


def _thing(finding: Finding, value: str, notes: Notes) -> str:
    """'Three cats', 'a red cat', 'the text "SALE"': a value with what it is said of."""
    said, about = _short(notes.said(value)), notes.said(finding.about)
    match finding.kind:
        case Kind.COUNT:
            return _several(value, about, notes)
        case Kind.COLOUR | Kind.ATTRIBUTE:
            return f"“{said}”的{about}" if notes.in_chinese else f"the {said} {about}"
        case Kind.RELATION:
            return _standing(finding, value, notes)
        case Kind.TEXT | Kind.INVENTED_TEXT:
            return f"文字“{value}”" if notes.in_chinese else f'the text "{value}"'
        case Kind.EXCLUSION if value.startswith("no "):
            return f"“不要{about}”" if notes.in_chinese else f"'no {plural(about)}'"
        case Kind.INVENTED_ENTITY | Kind.EXCLUSION | Kind.ENTITY:
            return said if notes.in_chinese else with_article(said)
        case _:
            return f"“{said}”" if notes.in_chinese else f"'{said}'"


def _several(value: str, about: str, notes: Notes) -> str:
    if not about:
        return value
    if notes.in_chinese:
        return f"{value} 个{about}"
    number = NUMBERS[int(value)] if int(value) < len(NUMBERS) else value
    return f"{number} {about if value == '1' else plural(about)}"


def _standing(finding: Finding, value: str, notes: Notes) -> str:
    """'Cat left of dog' in a sentence."""
    names = sorted(finding.about.split("|"), key=value.find)
    kind = value.removeprefix(names[0]).removesuffix(names[-1]).strip()
    if notes.in_chinese:
        return f"“{notes.said(names[0])}在{notes.said(names[-1])}{notes.said(kind)}”"
    return f"'{names[0]} {kind} {names[-1]}'"
