"""Reads the mentions of an English text with the director's noun phrases."""

from collections.abc import Collection

from bot.brief import RELATIONS
from bot.checker.mentions import Mention, Said, Standing
from bot.director.lexicon import BODY, COLOURS
from bot.director.noun_words import NounPhrase, is_adjective, is_noun
from bot.director.nouns import Scanner
from bot.director.scenes import RELATION_PHRASES
from bot.director.tokens import capitalised, tokens
from bot.grammar import is_plural

_NEGATES = frozenset("no without not excluding minus except never free don't".split())
_LEAVE_OUT = frozenset("include show add draw have want".split())
_NEGATED_LIST = _LEAVE_OUT | frozenset("or nor any of a an the with".split())
_ENDS = frozenset({".", ";", "!", "?", ":", "\n"})
_TO_WHERE = frozenset({"into", "onto"})  # where something goes, and may not be yet
_CLOSES = _ENDS | {",", "and"}


def read_english(text: str) -> Said:
    """All noun phrases of an English text, and the relations whose phrase stands right before one of them."""
    words = tokens(text)
    mentions = _mentions(words, capitalised(text).keys())
    return Said(tuple(mentions), tuple(_standings(words, mentions)))


def _mentions(words: list[str], capitals: Collection[str]) -> list[Mention]:
    scanner, found, negated, at = Scanner(words), list[Mention](), False, 0
    while at < len(words):
        phrase = None if negated and words[at] in _LEAVE_OUT else scanner.noun_phrase(at, opened=negated)
        if phrase and phrase.head and phrase.end > at:
            found.append(_mention(phrase, words[at : phrase.end], capitals))
            found[-1].negated, found[-1].start, found[-1].end = negated, at, phrase.end
            if phrase.content:
                content = phrase.content
                found.append(Mention(content.head, content.count, set(content.colours), set(content.attributes)))
                found[-1].start, found[-1].end = at, phrase.end
            at = phrase.end
            if " of " not in phrase.head and scanner.at(at) == "of" and scanner.at(at + 1).isalpha():
                found[-1].name += f" of {scanner.at(at + 1)}"  # 'bars of soap'
                if is_noun(scanner.at(at + 1)):
                    at += 2
                    found[-1].end = at
            negated = negated and scanner.at(at) in {"or", "nor", "and"}
            continue
        word = words[at]
        _say_of(found, word, at)
        left_out = word == "out" and words[at - 1 : at] == ["leave"]
        negated = left_out or word in _NEGATES or (negated and word in _NEGATED_LIST)
        at += 1
    return found


def _mention(phrase: NounPhrase, said: list[str], capitals: Collection[str]) -> Mention:
    name = _common(phrase.head, capitals)
    mention = Mention(name, phrase.count, set(phrase.colours), set(phrase.attributes))
    mention.known, mention.definite, mention.plural = phrase.known, phrase.definite, _is_plural(said)
    return mention


def _common(head: str, capitals: Collection[str]) -> str:
    """The noun before a name: 'the cat Momo' is a cat."""
    words = head.split()
    while len(words) > 1 and words[-1] in capitals and is_noun(words[-2]):
        words.pop()
    return " ".join(words)


def _is_plural(phrase: list[str]) -> bool:
    """Whether there are several: cups of tea, but not a stack of books."""
    return is_plural(phrase[phrase.index("of") - 1] if "of" in phrase[1:] else phrase[-1])


def _say_of(found: list[Mention], word: str, at: int) -> None:
    """'The cat is black': a colour or adjective outside of any phrase is said of the mention before it."""
    if not found or at - found[-1].end > 12:
        return
    if word in COLOURS:
        found[-1].said_of.add(COLOURS[word])
    elif is_adjective(word):
        found[-1].said_of.add(word)


def _standings(words: list[str], mentions: list[Mention]) -> list[Standing]:
    found: list[Standing] = []
    for at, word in enumerate(words):
        kind = RELATION_PHRASES.get(word, "") if word not in _TO_WHERE else ""
        if kind.startswith("SIDE"):
            _side(kind[5:], at, words, mentions)
        bearer = next((one for one in mentions if one.start > at), None)
        kind = "inside" if word == "in" else kind
        if kind not in RELATIONS or bearer is None or _CLOSES & set(words[at + 1 : bearer.start]):
            continue
        sentence = max((end for end in range(at) if words[end] in _ENDS), default=-1)
        before = [one.name for one in reversed(mentions) if sentence < one.start < at and not one.negated]
        found.append(Standing(tuple(before), kind, bearer.name))
        if bearer.name in BODY and len(before) > 1:  # 'a dog with a hat on its head'
            found.append(Standing((before[0],), kind, before[1]))
    return found


def _side(side: str, at: int, words: list[str], mentions: list[Mention]) -> None:
    """'A cat on the left' says it of the cat; 'on the left a cat' of what follows."""
    before = next((one for one in reversed(mentions) if one.end <= at), None)
    after = next((one for one in mentions if one.start > at), None)
    starts = at == 0 or words[at - 1] in {",", "and", *_ENDS}
    target = after if starts and after else before
    if target and not target.side:
        target.side = side
