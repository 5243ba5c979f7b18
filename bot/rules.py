"""What is not painted, or only behind a veil: rules about words, each with the name that people are told."""

import re
from collections.abc import Iterable, Mapping

from bot.errors import RequestError
from bot.language import Language, language_of
from bot.messages import Message
from bot.policy_settings import RuleSettings


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
        several = [text.casefold() for text in texts if text]
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
    return re.compile("|".join(_one(word.strip().casefold()) for word in words if word.strip()) or r"(?!)")


def _one(word: str) -> str:
    """A word stands alone in languages that part words by spaces; in Chinese it may stand anywhere."""
    stem, star = word.rstrip("*"), word.endswith("*")
    inner = r"\s+".join(re.escape(part) for part in stem.split())
    if language_of(stem) == "zh":
        return inner
    return rf"(?<!\w){inner}" + ("" if star else r"(?!\w)")
