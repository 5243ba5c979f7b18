"""The ways to damage a faithful prompt: each yields one case for every place where it can be done.

Each breaks exactly one locked thing. `wrong language` is a fault for English-only families, `exclusion lost` for those
with a negative prompt; all others are faults anywhere.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from bot.grammar import plural
from tests.craft.locate import NUMBERS, SPELLED, NounPhrase, comma_phrases, masked, noun_phrase, relation_words, tidied
from tests.craft.prompts import Case

Damage = Callable[[Case, random.Random], Iterable[Case]]
TOO_MANY_WORDS = 1200
UNCOUNTED = ("people", "coriander")
COLOURS = ("red", "blue", "green", "yellow", "pink", "brown", "black", "turquoise")
OPPOSITES = {
    "left of": "to the right of", "right of": "to the left of", "above": "below", "below": "above",
    "behind": "in front of", "in front of": "behind", "inside": "underneath", "on": "beneath", "next to": "far from",
}  # fmt: skip
STRANGERS = ("a golden trumpet", "a red balloon", "a barking poodle", "two clowns", "a wooden ladder", "a steam engine")
INVENTED_TEXTS = ("GRAND OPENING", "Welcome", "Made with love", "欢迎光临")
CHINESE = ("画面精美", "高清细节", "柔和的光线", "大师作品")
LEADS = r"that says|the \w+ says|(?:printed |engraved )?with the words|(?:and )?below it the words"


def _subject_dropped(case: Case, _: random.Random) -> Iterator[Case]:
    """'Something' stands where the subject stood; a request for one thing alone would be left without any."""
    for subject, phrase in case.subjects():
        others = [one for one in case.expect["subjects"] if one is not subject]
        noun, many = case.prompt[phrase.head : phrase.end], NUMBERS.get(phrase.opener.casefold(), 1) > 1
        left = case.with_span(phrase.start, phrase.end, "some things" if many else "something", f"no {noun}")
        left = replace(left, prompt=re.sub(rf"\b(?:the |an? )?{re.escape(noun)}\b", "it", left.prompt))
        shared = any(set(one["name"].split("|")) & set(subject["name"].split("|")) for one in others)
        if others and not shared and not noun_phrase(left.prompt, {"name": subject["name"]}):
            yield left


def _count_dropped(case: Case, _: random.Random) -> Iterator[Case]:
    for _subject, phrase in case.subjects():
        if NUMBERS.get(phrase.opener.casefold(), 1) > 1:
            yield case.with_span(phrase.start, phrase.start + len(phrase.opener), "", f"{phrase.opener} is gone")


def _count_changed(case: Case, rng: random.Random) -> Iterator[Case]:
    for subject, phrase in case.subjects():
        opener, noun = phrase.opener.casefold(), case.prompt[phrase.head : phrase.end]
        if not opener or opener == "the" or "count" not in subject:
            continue
        old = NUMBERS.get(opener, 1)
        new = rng.choice((old - 1, old + 1)) if old > 2 else old + 1
        words = f"{SPELLED[new]} {phrase.adjectives}{plural(noun) if old == 1 else noun}"
        yield case.with_span(phrase.start, phrase.end, words, f"{new} instead of {old} {noun}")


def _coloured(case: Case) -> Iterator[tuple[str, int, int]]:
    """Every colour of the truth in its noun phrase: the word, where it starts, where it ends."""
    for subject, phrase in case.subjects():
        start = case.prompt.find(phrase.adjectives, phrase.start) if phrase.adjectives else -1
        for colour in str(subject.get("colour", "")).split("|"):
            found = re.search(rf"(?i)\b{colour}\b", phrase.adjectives) if colour and start >= 0 else None
            if found:
                yield found[0], start + found.start(), start + found.end()
                break


def _colours_swapped(case: Case, _: random.Random) -> Iterator[Case]:
    coloured = sorted(_coloured(case), key=lambda one: one[1])
    for (one, start, end), (other, other_start, other_end) in pairwise(coloured):
        if one != other:
            between = case.prompt[end:other_start]
            yield case.with_span(start, other_end, f"{other}{between}{one}", f"{one} and {other} change places")


def _colour_changed(case: Case, rng: random.Random) -> Iterator[Case]:
    for colour, start, end in _coloured(case):
        new = rng.choice([one for one in COLOURS if one not in case.prompt and one not in case.words])
        yield case.with_span(start, end, new, f"{new} instead of {colour}")


def _colour_dropped(case: Case, _: random.Random) -> Iterator[Case]:
    for colour, start, end in _coloured(case):
        yield case.with_span(start, end, "", f"{colour} is gone")


def _bound(case: Case) -> Iterator[tuple[str, NounPhrase, dict[str, Any]]]:
    """Every attribute of the truth that stands right before its noun, with its 'very'."""
    for subject, phrase in case.subjects():
        words = {one for item in subject.get("attributes", []) for one in item.split("|")}
        for word in sorted(words, key=len, reverse=True):
            spaced = re.escape(word).replace(r"\ ", "[ -]")
            if found := re.search(rf"(?i)(?<![\w-])(?:(?:very|super) )?{spaced}(?![\w-])", phrase.adjectives):
                yield found[0], phrase, subject
                break


def _attribute_moved(case: Case, _: random.Random) -> Iterator[Case]:
    for word, phrase, owner in _bound(case):
        rest = phrase.adjectives.replace(word, "").strip()
        for subject, other in case.subjects():
            if subject is owner or word in other.adjectives or word in str(subject):
                continue
            bare = (phrase.head - len(phrase.adjectives), phrase.head, f"{rest} " if rest else "")
            added = (other.head, other.head, f"{word} ")
            moved = case
            for start, end, words in sorted((bare, added), reverse=True):
                moved = replace(moved, prompt=moved.prompt[:start] + words + moved.prompt[end:])
            yield replace(moved, prompt=tidied(moved.prompt), damage=f"{word} is at {subject['name']}")


def _attribute_dropped(case: Case, _: random.Random) -> Iterator[Case]:
    for word, phrase, _owner in _bound(case):
        rest = phrase.adjectives.replace(word, "").strip()
        words = f"{rest} " if rest else ""
        yield case.with_span(phrase.head - len(phrase.adjectives), phrase.head, words, f"{word} is gone")


def _related(case: Case) -> Iterator[tuple[str, re.Match[str]]]:
    by_name = {name: phrase for subject, phrase in case.subjects() for name in subject["name"].split("|")}
    for one, kinds, other in case.expect.get("relations", []):
        if one in by_name and other.split("|")[0] in by_name:
            for kind in kinds.split("|"):
                if found := relation_words(case.prompt, by_name[one], kind, by_name[other.split("|")[0]]):
                    yield kind, found
                    break


def _relation_reversed(case: Case, _: random.Random) -> Iterator[Case]:
    for kind, found in _related(case):
        yield case.with_span(*found.span(), OPPOSITES[kind], f"{OPPOSITES[kind]} instead of {found[0]}")


def _relation_dropped(case: Case, _: random.Random) -> Iterator[Case]:
    for _kind, found in _related(case):
        yield case.with_span(*found.span(), "with", f"{found[0]} is gone")


def _action_dropped(case: Case, _: random.Random) -> Iterator[Case]:
    """'With' stands where the verb stood, unless the truth would take that for it."""
    for _who, kinds, what in case.expect.get("actions", []):
        verbs = "|".join(kind for kind in kinds.split("|") if kind.endswith("ing"))
        found = re.search(rf"\b(?:is )?(?:{verbs})(?: up| hands with)?\b", masked(case.prompt)) if verbs else None
        if found and "with" not in kinds.split("|"):
            yield case.with_span(*found.span(), "with", f"no {found[0]} of {what}")


def _scene_dropped(case: Case, _: random.Random) -> Iterator[Case]:
    """A comma phrase that says only the place, time, weather, style or look is left out."""
    wanted = [case.expect.get(key, "") for key in ("place", "time", "weather", "style")]
    wanted += [*case.expect.get("settings", []), *case.expect.get("look", [])]
    phrases = comma_phrases(case.prompt) if case.form == "phrases" else []
    stated = [phrase.head for _subject, phrase in case.subjects()]
    for phrase in phrases:
        start = case.prompt.index(phrase)
        taken = any(start <= head < start + len(phrase) for head in stated)
        said = [one for one in wanted if one and any(re.search(rf"\b{word}", phrase) for word in one.split("|"))]
        if said and not taken and len(phrases) > 1:
            rest = ", ".join(one for one in phrases if one != phrase)
            yield replace(case, prompt=tidied(rest), damage=f"{phrase} is gone")


def _texts(case: Case) -> list[str]:
    return [text for text in case.expect.get("texts", []) if f'"{text}"' in case.prompt]


def _rewritten(case: Case, text: str, new: str, damage: str) -> Case:
    return replace(case, prompt=case.prompt.replace(f'"{text}"', f'"{new}"'), damage=damage)


def _text_translated(case: Case, _: random.Random) -> Iterator[Case]:
    for text in _texts(case):
        yield _rewritten(case, text, case.others[text], f"{text} is translated")


def _text_misspelt(case: Case, rng: random.Random) -> Iterator[Case]:
    """Two neighbours change places, or one is left out."""
    for text in _texts(case):
        pairs = [at for at in range(len(text) - 1) if text[at] != text[at + 1] and text[at : at + 2].isalnum()]
        at = rng.choice(pairs)
        new = text[:at] + rng.choice((text[at + 1] + text[at], text[at + 1])) + text[at + 2 :]
        yield _rewritten(case, text, new, f"{text} became {new}")


def _text_changed(case: Case, _: random.Random) -> Iterator[Case]:
    """The last word or mark is lost, or the capitals are."""
    for text in _texts(case):
        shorter = text.rsplit(" ", 1)[0] if " " in text else text[:-1]
        for new in {shorter, text.title(), text.rstrip(".!?")} - {text}:
            yield _rewritten(case, text, new, f"{text} became {new}")


def _text_dropped(case: Case, _: random.Random) -> Iterator[Case]:
    for text in _texts(case):
        bare = re.sub(rf',? (?:and )?(?:{LEADS}) "{re.escape(text)}"', "", case.prompt)
        if f'"{text}"' not in bare:
            yield replace(case, prompt=tidied(bare), damage=f"{text} is gone")


def _names(case: Case) -> list[str]:
    names = (name for one in case.expect.get("names", []) for name in one.split("|"))
    return [name for name in names if name in case.prompt and name in case.others]


def _name_changed(case: Case, _: random.Random) -> Iterator[Case]:
    for name in _names(case):
        new = case.others[name][0]
        yield replace(case, prompt=case.prompt.replace(name, new), damage=f"{new} instead of {name}")


def _name_misspelt(case: Case, rng: random.Random) -> Iterator[Case]:
    """Two neighbouring letters inside a name change places."""
    for name in _names(case):
        pairs = [at for at in range(1, len(name) - 1) if name[at] != name[at + 1] and name[at : at + 2].isalpha()]
        at = rng.choice(pairs)
        new = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        yield replace(case, prompt=case.prompt.replace(name, new), damage=f"{name} became {new}")


def _name_dropped(case: Case, _: random.Random) -> Iterator[Case]:
    for name in _names(case):
        start = case.prompt.index(name)
        yield case.with_span(start, start + len(name), case.others[name][1], f"{name} is gone")


def _exclusion_lost(case: Case, _: random.Random) -> Iterator[Case]:
    items = [item for item in case.negative.split(", ") if item]
    for item in items:
        yield replace(case, negative=", ".join(one for one in items if one != item), damage=f"{item} may be there")


def _added(case: Case, phrase: str, sentence: str, damage: str) -> Case:
    prompt = f"{case.prompt}, {phrase}" if case.form == "phrases" else f"{case.prompt} {sentence}"
    return replace(case, prompt=prompt, damage=damage)


def _exclusion_named(case: Case, _: random.Random) -> Iterator[Case]:
    for item in filter(None, case.negative.split(", ")):
        many = item if item in UNCOUNTED else plural(item)
        yield _added(case, many, f"One sees {many} too.", f"{many} are there")


def _entity_invented(case: Case, rng: random.Random) -> Iterator[Case]:
    stranger = rng.choice([one for one in STRANGERS if one.split()[-1] not in f"{case.words} {case.prompt}"])
    yield _added(case, stranger, f"Beside it one sees {stranger}.", f"{stranger} was not asked for")


def _text_invented(case: Case, rng: random.Random) -> Iterator[Case]:
    text = rng.choice(INVENTED_TEXTS)
    yield _added(case, f'with the words "{text}"', f'It says "{text}".', f"{text} was not asked for")


def _wrong_language(case: Case, rng: random.Random) -> Iterator[Case]:
    words = rng.choice(CHINESE)
    yield _added(case, words, f"{words}。", f"{words} is left in")


def _too_long(case: Case, _: random.Random) -> Iterator[Case]:
    """Over every family's budget, and yet nothing is said that wasn't said before."""
    times = TOO_MANY_WORDS // len(case.prompt.split()) + 1
    joint = ", " if case.form == "phrases" else " "
    yield replace(case, prompt=joint.join([case.prompt] * times), damage=f"said {times} times")


ANYWHERE = ("entity invented", "text invented", "wrong language", "too long")
DAMAGES: dict[str, Damage] = {
    "subject dropped": _subject_dropped, "count dropped": _count_dropped, "count changed": _count_changed,
    "colours swapped": _colours_swapped, "colour changed": _colour_changed, "colour dropped": _colour_dropped,
    "attribute moved": _attribute_moved, "attribute dropped": _attribute_dropped,
    "relation reversed": _relation_reversed, "relation dropped": _relation_dropped, "action dropped": _action_dropped,
    "scene dropped": _scene_dropped, "text translated": _text_translated, "text misspelt": _text_misspelt,
    "text changed": _text_changed, "text dropped": _text_dropped, "name changed": _name_changed,
    "name misspelt": _name_misspelt, "name dropped": _name_dropped, "exclusion lost": _exclusion_lost,
    "exclusion named": _exclusion_named, "entity invented": _entity_invented, "text invented": _text_invented,
    "wrong language": _wrong_language, "too long": _too_long,
}  # fmt: skip
