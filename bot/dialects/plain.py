"""The plain dialect: one natural sentence that keeps everything that was asked for."""

from bot.brief import Brief, Subject
from bot.dialects.rendering import CHINESE, Rendering, in_language_of
from bot.grammar import listed, plural, with_article
from bot.messages import ModelCard
from bot.style import Style

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TIMES = {"day": "in daylight", "dawn": "at dawn", "sunset": "at sunset", "night": "at night"}
WEATHER = {
    "sunny": "in bright sunshine",
    "rain": "in the rain",
    "snow": "in falling snow",
    "fog": "in fog",
    "storm": "in a storm",
    "cloudy": "under a cloudy sky",
    "wind": "in strong wind",
}
PLACES = {
    "sea": "at sea",
    "snow": "in the snow",
    "space": "in space",
    "beach": "on a beach",
    "meadow": "on a meadow",
    "city": "in a city",
    "desert": "in a desert",
    "mountain": "in the mountains",
    "underwater": "under water",
    "sky": "in the sky",
}


def plain(brief: Brief, card: ModelCard, style: Style | None) -> Rendering:
    """Render for models that read ordinary sentences; what has no subjects is passed on in the asker's words."""
    sentence = _sentence(brief) if brief.subjects else brief.words
    parts = [sentence, *_written(brief, sentence), *_style(brief, style, card, sentence)]
    parts += [item for item in (brief.light, brief.composition, brief.mood, brief.camera) if item]
    prompt = ", ".join(parts)
    avoid = [*brief.exclusions, *([style.avoid] if style and style.avoid else [])] if card.negative_prompt else []
    return Rendering(prompt, ", ".join(avoid), tuple(_notes(brief, card, style, prompt)))


def describe(subject: Subject) -> str:
    """A subject with all that is bound to it: 'two small red cars'."""
    words = [*subject.attributes, *([subject.colour] if subject.colour else [])]
    if CHINESE.search(subject.name):
        return " ".join([*([str(subject.count)] if subject.count else []), *words, subject.name])
    if subject.count == 1 or (subject.count is None and not words and subject.name[0].isupper()):
        phrase = " ".join([*words, subject.name])
        return phrase if subject.name[0].isupper() else with_article(phrase)
    if subject.count is None:
        return with_article(" ".join([*words, subject.name]))
    number = NUMBERS[subject.count] if subject.count < len(NUMBERS) else str(subject.count)
    return " ".join([number, *words, plural(subject.name)])


def _sentence(brief: Brief) -> str:
    described = {subject.name: describe(subject) for subject in brief.subjects}
    said: set[str] = set()
    clauses = []
    for relation in brief.relations:
        ends = [_again(name, described, said) for name in (relation.subject, relation.object)]
        clauses.append(
            f"{ends[0]} {'to the ' if relation.kind in ('left of', 'right of') else ''}{relation.kind} {ends[1]}"
        )
    rest = [text for name, text in described.items() if name not in said]
    scene = [PLACES.get(brief.place, _in(brief.place)), TIMES.get(brief.time, brief.time)]
    scene.append(WEATHER.get(brief.weather, brief.weather))
    return " ".join([", ".join([listed(rest)] * bool(rest) + clauses), *filter(None, scene)])


def _again(name: str, described: dict[str, str], said: set[str]) -> str:
    """A subject in full the first time, then as 'the cat'."""
    if name in said or name not in described:
        return f"the {name}"
    said.add(name)
    return described[name]


def _in(place: str) -> str:
    return place and f"in {place if CHINESE.search(place) else with_article(place)}"


def _written(brief: Brief, sentence: str) -> list[str]:
    texts = [f'"{text}"' for text in brief.texts if text not in sentence]
    names = [name for name in brief.names if name not in sentence]
    return ([f"with the text {listed(texts)}"] if texts else []) + names


def _style(brief: Brief, style: Style | None, card: ModelCard, sentence: str) -> list[str]:
    if style:
        return [style.phrase(card.dialect)]
    return [f"in {brief.style} style"] if brief.style and brief.style.casefold() not in sentence.casefold() else []


def _notes(brief: Brief, card: ModelCard, style: Style | None, prompt: str) -> list[str]:
    notes = []
    if style:
        notes.append(
            in_language_of(
                brief, f"The style '{style.name}' adds its own words.", f"“{style.name}”风格加上了它的描述。"
            )
        )
    if brief.exclusions and not card.negative_prompt:
        left_out = listed(list(brief.exclusions))
        notes.append(
            in_language_of(
                brief,
                f"{card.model} heeds no negative prompt, so that there is no {left_out} can't be promised.",
                f"{card.model} 不支持反向提示词，无法保证画面中没有{left_out}。",
            )
        )
    if brief.subjects and CHINESE.search(prompt.replace("".join(brief.texts), "")):
        kept = "、".join(dict.fromkeys(subject.name for subject in brief.subjects if CHINESE.search(subject.name)))
        if kept:
            notes.append(
                in_language_of(
                    brief, f"I know no English word for {kept}.", f"“{kept}”没有找到英文词，按原文写进了提示词。"
                )
            )
    return notes
