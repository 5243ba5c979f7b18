"""Chinese words that no table holds but that are made like others: 奶茶色, 钟声, 护林员, 皮皮."""

from bot.director import dictionary
from bot.director.lexicon_kinds_zh import KINDS, VALUES
from bot.director.trades_zh import AGENTS
from bot.director.word_zh import Word

_SENSED = frozenset("声味")
_NAMES = frozenset("noun place".split())
_TRADES = {"员": "worker", "师": "master", "匠": "craftsman"}
_TRADE, _DOUBLED, _FOUR = 3, 2, 4
_SOUNDS = frozenset("嗷嘎咕咚哗啦噜哒嗒叽叭啪砰嘭喵汪咩哞嗡嗖唰咻嘟呱吱嘶咔嚓哇")


def coined(piece: str) -> Word | None:
    """The piece as a word of its own making, where it is in neither the lexicon nor the dictionary."""
    if len(piece) < _DOUBLED or piece in KINDS or dictionary.is_word(piece):
        return None
    return _look(piece) or _doubled(piece) or _worker(piece) or _pet_name(piece)


def _look(piece: str) -> Word | None:
    """'奶茶色' is how something looks; a sound or a smell is nothing to see."""
    if KINDS.get(piece[:-1]) not in _NAMES:
        return None
    if piece[-1] == "色":
        return Word(piece, "adjective", f"{VALUES[piece[:-1]]}-coloured")
    return Word(piece, "skip") if piece[-1] in _SENSED else None


def _doubled(piece: str) -> Word | None:
    """干干净净 is how 干净 looks, and 嗷嗷 is a sound."""
    if len(piece) == _FOUR and piece[0] == piece[1] and piece[2] == piece[3]:
        plain = piece[::2]
        known = VALUES.get(plain, "") if KINDS.get(plain) == "adjective" else ""
        found = known or next((sense.gloss for sense in dictionary.senses(plain) if sense.kind == "adjective"), "")
        return Word(piece, "adjective", found) if found else None
    sound = len(piece) == _DOUBLED and piece[0] == piece[1] and piece[0] in _SOUNDS
    return Word(piece, "skip") if sound else None


def _worker(piece: str) -> Word | None:
    """Somebody by a trade that no dictionary names is one person: 护林员, 缉毒员."""
    if agent := _agent(piece):
        return agent
    if len(piece) != _TRADE or piece[-1] not in _TRADES or piece[0] in KINDS:
        return None
    if piece[1:] in KINDS or dictionary.is_word(piece[1:]):
        return None
    trade = dictionary.senses(piece[:-1])
    return Word(piece, "noun", f"{trade[0].gloss} {_TRADES[piece[-1]]}") if trade else Word(piece, "unknown")


def _agent(piece: str) -> Word | None:
    """补锅匠 and 卖花人: who does this to that for a living."""
    if piece[-1] not in "匠人工贩" or piece[0] not in AGENTS or len(piece) < _TRADE:
        return None
    done_to = piece[1:-1]
    known = VALUES.get(done_to, "") if KINDS.get(done_to) == "noun" else ""
    found = known or next((sense.gloss for sense in dictionary.senses(done_to) if sense.kind == "noun"), "")
    return Word(piece, "noun", f"{found} {AGENTS[piece[0]]}") if found else None


def _pet_name(piece: str) -> Word | None:
    """A character that is no word of the lexicon, twice: somebody's name."""
    doubled = len(piece) == _DOUBLED and piece[0] == piece[1] and piece[0] not in KINDS
    return Word(piece, "unknown") if doubled and "\u4e00" <= piece[0] <= "\u9fff" else None
