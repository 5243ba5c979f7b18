"""Chinese words out of the dictionary: short English glosses, and where one word ends and the next begins."""

import pytest

from bot.director.dictionary import gerund, senses
from bot.director.tokens_zh import words
from tests.helpers.briefs import shown, wish


@pytest.mark.parametrize(
    ("word", "kind", "gloss"),
    [
        ("门框", "noun", "door frame"),
        ("青椒", "noun", "green pepper"),  # and not its name in Latin
        ("农妇", "noun", "peasant woman"),  # without what stands in brackets
        ("砧板", "noun", "chopping board"),  # the first of 'chopping board or block'
        ("樱桃", "noun", "cherry"),
        ("摘", "verb", "picking"),
        ("低矮", "adjective", "short"),
        ("尴尬", "adjective", "embarrassed"),
        ("埃菲尔铁塔", "name", "Eiffel Tower"),
        ("北京", "place", "Beijing"),
        ("已经", "skip", "already"),
    ],
)
def test_short_glosses(word: str, kind: str, gloss: str) -> None:
    """Each kind of word is told from its gloss, and the shortest that names something to draw is taken."""
    assert gloss in {sense.gloss for sense in senses(word) if sense.kind == kind}


@pytest.mark.parametrize("word", ["晓萌", "皮卡丘", "呱呱呱呱呱"])
def test_what_the_dictionary_lacks_has_no_sense(word: str) -> None:
    """A word that is in no dictionary stays unknown."""
    assert senses(word) == ()


@pytest.mark.parametrize(
    ("verb", "done"),
    [("make", "making"), ("run", "running"), ("tie", "tying"), ("dye", "dyeing"), ("sniff", "sniffing")],
)
def test_gerunds(verb: str, done: str) -> None:
    """Verbs are named by their -ing."""
    assert gerund(verb) == done


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("三只鹭鸶", ["三", "只", "鹭鸶"]),
        ("一个人偶", ["一", "个", "人偶"]),  # and not 个人
        ("阿杰和晓萌在跑", ["阿杰", "和", "晓萌", "在", "跑"]),
        ("哆啦A梦在跑", ["哆啦A梦", "在", "跑"]),
        ("老头儿", ["老头"]),
    ],
)
def test_grammar_is_not_swallowed(text: str, cut: list[str]) -> None:
    """No word of the dictionary reaches over a measure word, a particle or the end of a name."""
    assert [word.text for word in words(text)] == cut


@pytest.mark.parametrize(
    ("request_zh", "meaning"),
    [
        ("一只鹭鸶站在芦苇旁边", "1 egret (standing), reed; egret next to reed"),
        ("两只夜莺", "2 nightingale"),
        ("一只皮卡丘", "1 皮卡丘"),
        ("画阿杰和晓萌", "阿杰, 晓萌"),
        ("一块牌子，写着“螺旋桨”", "1 sign; says 螺旋桨"),
        ("一个拟人的蘑菇", "1 mushroom (personification)"),
    ],
)
def test_unknown_words_are_translated_and_names_and_texts_are_not(request_zh: str, meaning: str) -> None:
    """What the lexicon lacks comes out in English; a name that no dictionary has, and quoted words, stay as written."""
    assert shown(wish(request_zh)) == meaning
