"""The sentences around an answer are there in both languages, and each is said somewhere."""

import re

import pytest

from bot.chat.words import WORDS, say
from tests.unit.test_rules import FILES, ROOT

OWN = ROOT / "bot" / "chat" / "words.py"
HAN = re.compile(r"[\u3400-\u9fff]")


def gaps(key: str) -> list[set[str]]:
    """The gaps of a sentence in English and in Chinese, found by filling them with their own names."""
    names: dict[str, str] = {}
    while True:
        try:
            return [set(re.findall(r"<(\w+)>", say(key, language, **names))) for language in ("en", "zh")]
        except KeyError as missing:
            names[str(missing.args[0])] = f"<{missing.args[0]}>"


@pytest.mark.parametrize("key", sorted(WORDS))
def test_a_sentence_is_there_in_both_languages(key: str) -> None:
    """The Chinese one is Chinese, and has the gaps of the English one."""
    english, chinese = gaps(key)
    assert english == chinese
    given = dict.fromkeys(english, "x")
    assert not HAN.search(say(key, "en", **given))
    assert HAN.search(say(key, "zh", **given))


def test_every_sentence_is_said_somewhere_and_there_where_it_is_said() -> None:
    """Each key stands between quotes in other code, and no `say` names one that there is not."""
    code = {path: path.read_text(encoding="utf-8").replace("'", '"') for path in FILES if path != OWN}
    assert {key for key in WORDS if not any(f'"{key}"' in text for text in code.values())} == set()
    speakers = [text for text in code.values() if "chat.words import say" in text]
    assert {key for text in speakers for key in re.findall(r"\bsay\(\s*\"(\w+)\"", text)} <= WORDS
