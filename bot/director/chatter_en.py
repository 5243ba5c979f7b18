"""Leaves out of an English wish what people tell of themselves and of those whom they ask for: 'I said I'd ask'."""

import re

from bot.director.lexicon_chatter import ASIDE, CLAUSE, SAYS_SO, SENTENCES, WHAT_FOR, WISHES


def without_chatter(text: str) -> str:
    """An English text without sentences, clauses and asides that speak of whoever asks, as long as a wish is left."""
    text = ASIDE.sub(" ", text)
    text = text if WISHES.search(text.partition(":")[0]) else WHAT_FOR.sub("", text)
    sentences = SENTENCES.split(text)
    kept = [one for one in sentences if not SAYS_SO.match(one) or WISHES.search(one)]
    text = " ".join(kept) if any(re.search(r"\w", one) for one in kept) else text
    return re.sub(" {2,}", " ", CLAUSE.sub("", text))
