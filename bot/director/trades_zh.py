"""People and places by their trade, a verb with its object before whoever or wherever it is: 卖鱼大婶, 修车铺."""

from bot.director.lexicon import PEOPLE
from bot.director.word_zh import Word
from bot.grammar import singular

# Who lives by doing this to something, and what such a shop is called.
_TRADES = """
repairer 修|mender 补|sharpener 磨|seller 卖|keeper 养 守|grower 种|catcher 捕|picker 采|herder 放|deliverer 送
maker 做 造 制|weaver 织|collector 收|brewer 酿|fisher 钓|washer 洗|renter 租
"""
AGENTS = {word: row.split()[0] for row in _TRADES.strip().replace("\n", "|").split("|") for word in row.split()[1:]}
_SHOPS = {"修": "repair", "补": "repair", "磨": "sharpening", "洗": "wash", "租": "rental", "养": "breeding"}
_HEADS = {
    "铺": ("place", "shop"),
    "店": ("place", "shop"),
    "坊": ("place", "workshop"),
    "摊": ("noun", "stall"),
    "亭": ("noun", "booth"),
}
_BEFORE = frozenset("mark skip picture classifier 的 adjective colour number and this time place".split())
_LONGEST_OBJECT = 2


def by_trade(said: list[Word]) -> list[Word]:
    """The words with each trade as one noun."""
    result: list[Word] = []
    at = 0
    while at < len(said):
        verb, done_to, head = (said[at + step] if at + step < len(said) else Word("", "mark") for step in range(3))
        starts = not result or result[-1].kind in _BEFORE
        named = _named(verb, done_to, head) if starts and verb.text[:1] in AGENTS else None
        result.append(named or verb)
        at += (2 if named.text == verb.text + done_to.text else 3) if named else 1
    return result


def _named(verb: Word, done_to: Word, head: Word) -> Word | None:
    if len(verb.text) == 2 and done_to.text in _HEADS and verb.kind == "verb":
        kind, name = _HEADS[done_to.text]
        what = singular(verb.value.rpartition(" ")[2])
        return Word(verb.text + done_to.text, kind, " ".join(filter(None, [what, _SHOPS.get(verb.text[0], ""), name])))
    if done_to.kind != "noun" or len(done_to.text) > _LONGEST_OBJECT or not done_to.value:
        return None
    written = verb.text + done_to.text + head.text
    if head.kind == "noun" and head.value.rpartition(" ")[2] in PEOPLE:
        return Word(written, "noun", f"{done_to.value}-{verb.value} {head.value}")
    if head.text in _HEADS:
        kind, name = _HEADS[head.text]
        return Word(written, kind, " ".join(filter(None, [done_to.value, _SHOPS.get(verb.text, ""), name])))
    return None
