"""Texts are taken apart the same way whether they are kept or asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.tokens import LONGEST_TOKEN, fold, stem, terms_of, tokens_of


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("AX-3000", "ax3000"),
        ("the AX3000 router", "AX 3000"),
        ("2.4 GHz", "2.4GHz"),
        ("Wi-Fi", "WLAN"),
        ("ＷｉＦｉ", "wifi"),
        ("無線網絡的設置", "无线网络设置"),
        ("登录密码", "登陆口令"),
        ("Größe der Räder", "GROSSE RADER"),
        ("Einstellungen", "einstellen"),
        ("installation of batteries", "install the battery"),
        ("resetting", "how do I reset it"),
        ("192.168.1.1", "192.168.1.1"),
        ("café's", "cafe"),
        ("ルーターをリセット", "リセット"),
        ("비밀번호를 변경", "비밀번호"),
    ],
)
def test_what_is_asked_meets_what_is_written(written: str, asked: str) -> None:
    """Each thing that counts in the question is found in the text by one of its ways to be said."""
    there = set(tokens_of(written))
    counted = [term for term in terms_of(asked) if term.counts]
    assert counted
    assert all(any(there.issuperset(option) for option in term.options) for term in counted), (there, counted)


@pytest.mark.parametrize(
    ("one", "other"), [("2.4GHz", "5GHz 24"), ("AX-3000", "AX-300"), ("router", "root"), ("密码", "密度")]
)
def test_what_differs_stays_apart(one: str, other: str) -> None:
    """Another number, model or word is not taken for the same."""
    there = set(tokens_of(other))
    assert not all(any(there.issuperset(option) for option in term.options) for term in terms_of(one) if term.counts)


def test_chinese_is_kept_by_signs_and_pairs() -> None:
    """Signs and pairs within a script, none across; a model name inside stays whole."""
    assert tokens_of("重置AX3路由") == ["重", "置", "重置", "ax3", "ax", "3", "路", "由", "路由"]


@pytest.mark.parametrize("question", ["", " ?!", "how do I do it", "请问怎么", "was ist das", "?" * 9999])
def test_questions_without_content_ask_nothing(question: str) -> None:
    """Stop words and signs leave nothing to look for."""
    assert terms_of(question) == []


@given(st.text(max_size=200))
def test_any_text_gives_tokens_that_a_space_separates(text: str) -> None:
    """No token is empty, holds a space or a quotation mark, or is too long for an index."""
    for token in tokens_of(text):
        assert token
        assert not any(sign.isspace() or sign in "\"'" for sign in token)
        assert len(token) <= LONGEST_TOKEN
    assert tokens_of(text) == tokens_of(fold(text))


@given(st.text("abcdefghinorstuy", min_size=1, max_size=14))
def test_a_stem_begins_its_word(word: str) -> None:
    """Stemming only takes ends away, of which three letters are left."""
    stemmed = stem(word)
    assert word.startswith(stemmed[:-1])
    assert len(stemmed) >= min(3, len(word))
