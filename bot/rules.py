"""What is not painted, or only behind a veil: rules about words, each with the name that people are told."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from bot.errors import RequestError
from bot.language import Language
from bot.messages import Message
from bot.policy_settings import RuleSettings

# Han, kana, Thai, Lao, Khmer and Burmese are written without spaces between words.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_LETTER = rf"[^\W{_UNSPACED}]"


class Rules:
    """The rules of a team, ready to be compared with texts."""

    def __init__(self, settings: Mapping[str, RuleSettings]) -> None:
        self._settings = settings
        self._patterns = {name: _pattern(rule.words) for name, rule in settings.items()}

    def check(self, message: Message) -> None:
        """Refuse what a person says against a rule. Raises RequestError that names the rule."""
        wishes = message.wishes
        self.check_texts([message.text, wishes.prompt or ""], message.tongue)

    def check_texts(self, texts: Iterable[str], language: Language) -> None:
        """Refuse texts that go against a rule. Raises RequestError that names the rule."""
        if broken := self._met(texts, "refuse"):
            raise _refusal(broken, self._settings[broken].says, language)

    def veils(self, texts: Iterable[str]) -> bool:
        """Whether a picture of these words is shown only to who chooses to look."""
        return bool(self._met(texts, "spoiler"))

    def _met(self, texts: Iterable[str], action: str) -> str:
        several = [_folded(text) for text in texts if text]
        for name, rule in self._settings.items():
            if rule.action == action and any(self._patterns[name].search(text) for text in several):
                return name
        return ""


NO_RULES = Rules({})


def _refusal(name: str, says: str, language: Language) -> RequestError:
    if language == "zh":
        return RequestError(f"这里有一条规则不允许画这个：{name}", says or "请换个说法或换个内容。")
    return RequestError(f"A rule of this team does not allow that: {name}", says or "Ask for something else.")


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(_one(_folded(word.strip())) for word in words))


def _folded(text: str) -> str:
    """Without upper case, and without the wide letters of Chinese keyboards."""
    return unicodedata.normalize("NFKC", text).casefold()


def _one(word: str) -> str:
    """A word stands alone in languages that part words by spaces; in Chinese and its like it may stand anywhere."""
    inner = r"\s+".join(f"{_LETTER}*".join(map(re.escape, part.split("*"))) for part in word.split())
    before = "" if re.match(f"[{_UNSPACED}]", word) else f"(?<!{_LETTER})"
    after = "" if re.search(f"[{_UNSPACED}]$", word) else f"(?!{_LETTER})"
    return before + inner + after
