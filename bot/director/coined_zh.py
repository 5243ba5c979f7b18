"""Chinese words that no table holds but that are made like others: 奶茶色, 钟声, 护林员, 皮皮."""

from bot.director import dictionary
from bot.director.lexicon_kinds_zh import KINDS, VALUES
from bot.director.word_zh import Word

_SENSED = frozenset("声味")
_NAMES = frozenset("noun place".split())
_TRADES = {"员": "worker", "师": "master", "匠": "craftsman"}
_TRADE, _DOUBLED = 3, 2


def coined(piece: str) -> Word | None:
    """The piece as a word of its own making, where it is in neither the lexicon nor the dictionary."""
    if len(piece) < _DOUBLED or piece in KINDS or dictionary.is_word(piece):
        return None
    return _look(piece) or _worker(piece) or _pet_name(piece)


def _look(piece: str) -> Word | None:
    """'奶茶色' is how something looks; a sound or a smell is nothing to see."""
    if KINDS.get(piece[:-1]) not in _NAMES:
        return None
    if piece[-1] == "色":
        return Word(piece, "adjective", f"{VALUES[piece[:-1]]}-coloured")
    return Word(piece, "skip") if piece[-1] in _SENSED else None


def _worker(piece: str) -> Word | None:
    """Somebody by a trade that no dictionary names is one person: 护林员, 缉毒员."""
    if len(piece) != _TRADE or piece[-1] not in _TRADES or piece[0] in KINDS:
        return None
    if piece[1:] in KINDS or dictionary.is_word(piece[1:]):
        return None
    trade = dictionary.senses(piece[:-1])
    return Word(piece, "noun", f"{trade[0].gloss} {_TRADES[piece[-1]]}") if trade else Word(piece, "unknown")


def _pet_name(piece: str) -> Word | None:
    """A character that is no word of the lexicon, twice: somebody's name."""
    doubled = len(piece) == _DOUBLED and piece[0] == piece[1] and piece[0] not in KINDS
    return Word(piece, "unknown") if doubled and "\u4e00" <= piece[0] <= "\u9fff" else None
