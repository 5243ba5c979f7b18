"""Carries out what a follow-up asks for on the draft of the earlier picture: swaps, counts, colours, removals."""

import re

from bot.director.draft import SCENE, Draft, Thing
from bot.director.lexicon import ADJECTIVES, COLOURS
from bot.director.lexicon_followup import (
    A_RED_ONE,
    ADDS,
    ADDS_TEXT,
    ALL_OF_THEM,
    AT_SIDE_ZH,
    BACKGROUND,
    BECOMES,
    COLOURED_BACKGROUND,
    COMPARED,
    COUNTS,
    DESCRIBES,
    LETTERING,
    LOOKS_LIKE,
    MAKES_DO,
    MAKES_WEATHER,
    MOVES,
    ONE,
    ONE_OF_ROW_ZH,
    PARTED,
    REMOVES,
    REWORDS,
    SIDES,
    SOME_OF_THEM,
    SWAPS,
    TAKE_OFF,
    TAKES_AWAY,
)
from bot.director.lexicon_zh import PLACES as PLACES_ZH
from bot.director.noun_words import is_adjective, is_noun
from bot.director.numbers import value_of
from bot.director.pointing import plain_form, several
from bot.director.reader import read
from bot.director.scenes import STYLES
from bot.director.tokens import KNOWN, VERB_FORMS
from bot.director.tokens_zh import words
from bot.director.traditional import simplified
from bot.grammar import singular


def revise(text: str, draft: Draft) -> None:
    """Change the draft as the words say."""
    text = MAKES_WEATHER.sub(r"\g<verb>ing", A_RED_ONE.sub(r"\g<like>", TAKES_AWAY.sub(r"不要\1", text.strip())))
    text = TAKE_OFF.sub(r"without \g<what>", AT_SIDE_ZH.sub("", text))
    if _says_how(text, draft):
        return
    if (match := LOOKS_LIKE.search(text)) and (style := _style(match["what"])):
        text = style
    plain = simplified(text).strip()
    if ALL_OF_THEM.search(plain) and (colour := _colour(plain)) and not read(plain).things:
        for thing in draft.things:
            thing.colour = colour
        return
    for pattern in SWAPS:
        if (match := pattern.search(plain)) and _swap(match["old"], match["new"], draft):
            return
    if (match := BECOMES.search(plain)) and _become(
        match["new"] or match["now"] or match["alone"] or match["chinese"] or match["bare"], draft
    ):
        return
    if (match := COUNTS.match(plain)) and draft.things:
        counted = several(draft) or draft.main() or draft.things[0]
        counted.count = value_of(match["english"] or match["chinese"])
        draft.focus = counted
        text = match["rest"] or match["also"] or ""
    if text:
        _add(REMOVES.sub("without ", text), draft)


def _says_how(text: str, draft: Draft) -> bool:
    """Whether the words only say what the background, or one thing, is like."""
    if (match := COLOURED_BACKGROUND.search(simplified(text))) and _coloured_background(match, draft):
        return True
    return (match := DESCRIBES.fullmatch(text)) is not None and _describe(match, draft)


# What has a colour of its own in a scene and is no thing in it.
_SCENERY = frozenset("sky sea water ground floor grass walls wall light snow horizon background".split())


def _describe(match: re.Match[str], draft: Draft) -> bool:
    """'Make the postbox wonky': an unknown word after 'make' says what something is like."""
    what, who = match["what"].casefold(), match["who"].casefold()
    thing = draft.focus if who in {"it", "him", "her", "them"} else draft.find(singular(who.split()[-1]))
    if what in COLOURS and thing is None and who.split()[-1] in _SCENERY:
        draft.composition = f"{what} {who.split()[-1]}"
        return True
    if what in KNOWN or is_noun(what) or is_adjective(what) or thing is None:
        return False
    thing.describe(what)
    return True


def _coloured_background(match: re.Match[str], draft: Draft) -> bool:
    colour = _colour(next(filter(None, match.groups())))
    draft.composition = f"{colour} background" if colour else draft.composition
    return bool(colour)


def _style(what: str) -> str:
    """Words that name a style outright where 'it looks like' does, else ''."""
    forms = (f"as {what}", f"{re.sub('^(?:an?|the) ', '', what)} style")
    return next((form for form in forms if (found := read(form)).style and not found.things), "")


def _swap(old: str, new: str, draft: Draft) -> bool:
    """Put one thing, colour or count in the place of another; False where neither names anything that is there."""
    if any(word.kind == "body" for word in words(old)):
        return False
    new = ONE.sub(" ", new)
    wanted, unwanted = read(new), read(old)
    if BACKGROUND.match(old.strip()):
        _scene_from(wanted, draft)
        if wanted.things and not wanted.place:
            draft.place = wanted.things[0].name
        return True
    if (place := draft.standing.get("place")) and place in {unwanted.place, *(one.name for one in unwanted.things)}:
        draft.place = wanted.place or (wanted.things[0].name if wanted.things else "")
        return bool(draft.place)
    target = _target(old, unwanted, draft)
    if wanted.things and target is not None:
        target.name = wanted.things[0].name
        target.count = (
            wanted.things[0].count
            if re.match(r"\W*(?:an?|one|[一两三四五\d]|two|three|four)", new) and not re.match(r"\W*(?:an?|一)", new)
            else target.count
        )
        target.colour = wanted.things[0].colour or target.colour
        target.attributes = list(wanted.things[0].attributes) or target.attributes
    elif target is not None and (counted := COUNTS.match(simplified(new))) and not counted["rest"]:
        target.count = value_of(counted["english"] or counted["chinese"])
    elif colour := _colour(new):
        _recolour(old, colour, target, draft)
    elif not _scene_from(wanted, draft):
        return False
    return True


def _recolour(old: str, colour: str, target: Thing | None, draft: Draft) -> None:
    """Paint what is meant; 'the one in the middle' of several alike is parted from the others."""
    main = draft.things[0] if draft.things else None
    if ONE_OF_ROW_ZH.match(old.strip()) and main and (main.count or 0) > 1:
        main.count = (main.count or 0) - 1
        draft.things.insert(1, Thing(main.name, 1, colour, list(main.attributes)))
        return
    old_colour = _colour(old)
    named = [one for one in draft.things if old_colour and one.colour == old_colour]
    for one in named or ([target] if target else draft.things[:1]):
        one.colour = colour


def _target(old: str, unwanted: Draft, draft: Draft) -> Thing | None:
    if unwanted.things:
        return draft.find(unwanted.things[0].name)
    return (
        draft.focus
        if re.fullmatch(r"\W*(?:it|him|her|them|that|this|它|他|她|这个|它们)\W*", old, re.IGNORECASE)
        else None
    )


def _colour(text: str) -> str:
    probe = Draft(things=[Thing("thing")])
    probe.focus = probe.things[0]
    read(text, probe)
    return probe.things[0].colour


def _scene_from(wanted: Draft, draft: Draft) -> bool:
    named = [name for name in SCENE if getattr(wanted, name)]
    for name in named:
        setattr(draft, name, getattr(wanted, name))
    return bool(named)


def _become(new: str, draft: Draft) -> bool:
    """'Make it a dog' keeps everything but what the main thing is; 'make it a watercolour' is a style."""
    if new in PLACES_ZH:
        draft.place = PLACES_ZH[new]
        return True
    wanted = read(new)
    named = _scene_from(wanted, draft)
    if not wanted.things or draft.focus is None:
        return named
    thing = wanted.things[0]
    if thing.name in STYLES and not (draft.find(thing.name) or named or thing.colour):
        draft.style = STYLES[thing.name]
        return True
    if (thing.count or 1) > 1:
        draft.focus.count = thing.count
    draft.focus.name, draft.focus.colour = thing.name, thing.colour or draft.focus.colour
    draft.focus.attributes = thing.attributes or draft.focus.attributes
    return True


def _add(text: str, draft: Draft) -> None:
    """Read the words on top of what is there: 'it' and 'the car' mean what was named before."""
    before, excluded, texts = list(draft.things), set(draft.exclusions), list(draft.texts)
    relations = list(draft.relations)
    if draft.texts and REWORDS.search(text):
        draft.texts = []
    if SIDES.search(text):
        draft.relations = [one for one in relations if one[1] not in {"left of", "right of"}]
    read(MAKES_DO.sub(_doing, COMPARED.sub(plain_form, text)), draft)
    draft.texts = draft.texts or texts
    if len(draft.texts) > len(texts) and not ADDS_TEXT.search(text):
        draft.texts = draft.texts[len(texts) :]
    if not any(one[1] in {"left of", "right of"} for one in draft.relations):
        draft.relations += [one for one in relations if one not in draft.relations]
    for lettering in [one for one in draft.things if one.name in LETTERING and one not in before]:
        draft.drop(lettering)
    for name in [name for name in draft.exclusions if name not in excluded]:
        _remove(name, draft)
    fresh = {(one[0], one[2]) for one in draft.relations if one not in relations}
    draft.relations = [one for one in draft.relations if one not in relations or (one[0], one[2]) not in fresh]
    if MOVES.search(text):
        _move([one for one in draft.relations if one not in relations], draft, before)
    if not (SOME_OF_THEM.search(text) or PARTED.fullmatch(text)):
        _merge(text, draft, before)


def _move(new: list[tuple[Thing, str, Thing]], draft: Draft, before: list[Thing]) -> None:
    """What is put somewhere is no longer where it was; what it was on goes if nothing else is there."""
    for subject, kind, other in new:
        draft.relations = [one for one in draft.relations if one in new or {one[0], one[2]} != {subject, other}]
        left = [one for one in draft.relations if one[0] is subject and one[1] == kind and one[2] is not other]
        if subject not in before:
            continue
        draft.relations = [one for one in draft.relations if one not in left]
        held = {id(one) for relation in draft.relations for one in (relation[0], relation[2])}
        for _, _, place in left:
            if id(place) not in held:
                draft.drop(place)


def _merge(text: str, draft: Draft, before: list[Thing]) -> None:
    """A thing named again is the one that was there, unless one more of it is asked for."""
    known_names = {thing.name: thing for thing in before if thing in draft.things}
    adds = ADDS.search(text) and not re.search(r"\bonly\b|只要|只画", text)
    for thing in [one for one in draft.things if one not in before]:
        known = known_names.get(thing.name)
        if known is None and not adds:
            known = next((one for one in known_names.values() if one.name.endswith(f" {thing.name}")), None)
        if known is None:
            continue
        if adds:
            if known.colour == thing.colour and not thing.attributes and thing.count and known.count:
                known.count += thing.count
                draft.drop(thing)
            continue
        known.count = thing.count or known.count
        known.colour = thing.colour or known.colour
        known.attributes += [item for item in thing.attributes if item not in known.attributes]
        draft.relations = [tuple(known if one is thing else one for one in relation) for relation in draft.relations]  # type: ignore[misc]
        draft.drop(thing)


def _doing(match: re.Match[str]) -> str:
    """'Make it fly' as 'it flying'."""
    verb = match["verb"].casefold()
    plain = verb in ADJECTIVES or verb in COLOURS or verb not in VERB_FORMS
    return match[0] if plain else f"{match['who']} {VERB_FORMS[verb]}"


def _remove(name: str, draft: Draft) -> None:
    """What is excluded now is no longer in the picture."""
    described, _, one = name.rpartition(" ")
    if one == "one" and (same := [thing for thing in draft.things if thing.colour == described]):
        draft.exclusions.remove(name)
        draft.drop(same[-1])
        return
    while thing := draft.find(name) or draft.find(name.split()[-1]):
        draft.drop(thing)
    for thing in draft.things:
        thing.attributes = [item for item in thing.attributes if item.split()[-1] != name]
