"""The plain dialect: one natural sentence that keeps everything that was asked for."""

from bot.brief import FREE, Brief, Subject
from bot.dialects.phrases import at_time, describe, in_place, in_weather
from bot.dialects.rendering import CHINESE_RUN, Notes, Rendering, is_chinese
from bot.errors import RequestError
from bot.grammar import listed
from bot.style import Style, find
from bot.tasks import ModelCard

SIDES = ("left of", "right of")
_QUOTES = ('"{}"', "“{}”", "「{}」", "『{}』")


def plain(brief: Brief, card: ModelCard, style: Style | None) -> Rendering:
    """Render for models that read ordinary sentences; what has no subjects is passed on in the asker's words.

    Raises:
        RequestError: There is not a word to paint from.
    """
    sentence = _sentence(brief)
    parts = [sentence, *_written(brief, sentence), *_style(brief, style, card, sentence)]
    parts += [item for name in FREE if (item := getattr(brief, name))]
    prompt = ", ".join(filter(None, parts))
    if not prompt:
        raise RequestError("There is nothing in this request to paint", "Say in words what you would like to see.")
    avoid = [*brief.exclusions, *([style.avoid] if style and style.avoid else [])] if card.negative_prompt else []
    notes = Notes(brief.words)
    _note_what_differs(notes, brief, card, style)
    _note_chinese(notes, brief, card, prompt)
    return Rendering(prompt, ", ".join(avoid), tuple(notes.sentences))


def _sentence(brief: Brief) -> str:
    scene = [in_place(brief.place), at_time(brief.time), in_weather(brief.weather)]
    scene = [phrase for phrase in scene if phrase]
    subjects = [subject for subject in brief.subjects if subject.name.strip()]
    if subjects:
        return " ".join([_things(brief, subjects), *scene])
    # The words say the scene already, unless they are Chinese and it was understood in English, or there are none.
    words = brief.words.strip()
    return ", ".join([words, *scene]) if words and is_chinese(words) else words or " ".join(scene)


def _things(brief: Brief, subjects: list[Subject]) -> str:
    """All subjects, each in full the first time: those in relations as clauses, the others listed before."""
    left = list(subjects)
    clauses = []
    for relation in brief.relations:
        first, second = (_mention(name, left) for name in (relation.subject, relation.object))
        clauses.append(f"{first} {'to the ' if relation.kind in SIDES else ''}{relation.kind} {second}")
    return ", ".join([listed([describe(subject) for subject in left])] * bool(left) + clauses)


def _mention(name: str, left: list[Subject]) -> str:
    """The next subject of that name in full, taken from those that are left; then as 'the cat'."""
    subject = next((one for one in left if one.name == name), None)
    if subject is None:
        return f"the {name}"
    left.remove(subject)
    return describe(subject)


def _written(brief: Brief, sentence: str) -> list[str]:
    texts = [f'"{text}"' for text in brief.texts if not any(mark.format(text) in sentence for mark in _QUOTES)]
    names = [name for name in brief.names if name not in sentence]
    return ([f"with the text {listed(texts)}"] if texts else []) + names


def _style(brief: Brief, style: Style | None, card: ModelCard, sentence: str) -> list[str]:
    if style:
        return [style.phrase(card.dialect)]
    if not brief.style or brief.style.casefold() in sentence.casefold():
        return []
    return [brief.style if brief.style.casefold().endswith("style") else f"in {brief.style} style"]


def _note_what_differs(notes: Notes, brief: Brief, card: ModelCard, style: Style | None) -> None:
    if style and brief.style and not find({style.name: style}, brief.style):
        notes.add(
            f"The style '{style.name}' was chosen, so '{brief.style}' is left out.",
            f"选用了“{style.title.get('zh', style.name)}”风格，所以没有用“{brief.style}”。",
        )
    elif style:
        notes.add(
            f"The style '{style.name}' adds its own words.",
            f"“{style.title.get('zh', style.name)}”风格加上了自己的描述。",
        )
    if added := _added(brief, style):
        notes.add(f"Added, since you left it open: {listed(added)}.", f"你没有限定，所以加上了：{'、'.join(added)}。")
    if brief.exclusions and not card.negative_prompt:
        left_out = listed(list(brief.exclusions), "or")
        notes.add(
            f"{card.model} heeds no negative prompt, so a picture without {left_out} can't be promised.",
            f"{card.model} 不支持反向提示词，无法保证画面里没有{'、'.join(map(notes.said, brief.exclusions))}。",
        )


def _added(brief: Brief, style: Style | None) -> list[str]:
    """What was filled in unasked and went into the prompt: without subjects only the free items do."""
    shown = (*FREE, *(("place", "time", "weather") if brief.subjects else ()), *(() if style else ("style",)))
    return [value for name in shown if name in brief.added and (value := getattr(brief, name))]


def _note_chinese(notes: Notes, brief: Brief, card: ModelCard, prompt: str) -> None:
    """Chinese that is to be drawn stays Chinese by right; any other is more than most models of these families read."""
    for text in (*brief.texts, *brief.names):
        prompt = prompt.replace(text, "")
    if not is_chinese(prompt):
        return
    kept = list(dict.fromkeys(CHINESE_RUN.findall(prompt)))
    notes.add(
        f"I have no English for {listed(kept)}, and {card.model} may read English only.",
        f"“{'、'.join(kept)}”没有译成英文，{card.model} 可能只懂英文。",
    )
