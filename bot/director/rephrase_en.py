"""Says in the reader's words what English says in several: sides of 'it', corrections, auxiliaries."""

from bot.director.lexicon_phrasings import PHRASINGS
from bot.director.lexicon_turns import DOES, PATTERNS
from bot.director.tokens import VERB_FORMS


def rephrased(text: str) -> str:
    """An English text with these turns of phrase said as the reader knows them; all else as it is."""
    for pattern, said in (*PHRASINGS, *PATTERNS):
        text = pattern.sub(said, text)
    return DOES.sub(lambda match: _ing(match[1]), text)


def _ing(base: str) -> str:
    """'Trying to open' shows somebody opening."""
    return VERB_FORMS.get(base.casefold(), f"{base.removesuffix('e')}ing")
