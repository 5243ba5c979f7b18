"""Of what an LLM writes, only what is meant for the person is shown, while it writes and after."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.llm.readable import is_readable
from bot.llm.spoken import MAX_CHARACTERS, for_person, so_far, without_thoughts


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<think>a</think>b", "b"),
        ("<think>a</think>b<thinking>c</thinking>d", "bd"),
        ("<THINK>a</THINK>b", "b"),
        ("[THINK]a[/THINK]b", "b"),
        ("<think>never ends", ""),
        ("begun by the template</think>\nb", "\nb"),
        ("a < b and <b>bold</b>", "a < b and <b>bold</b>"),
    ],
)
def test_thoughts_are_kept_to_itself(text: str, left: str) -> None:
    """What a reasoning model thinks aloud is taken out, also where only one end of it is marked."""
    assert without_thoughts(text) == left


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see ![a car](http://x.example/a.png) here", "see a car here"),
        ("![a](data:image/png;base64,AAAA)", "a"),
        ("![a][ref] b", "a b"),
        ('a <img src="http://x.example/a.png" onerror=x> b', "a  b"),
        ("a<script>alert(1)</script>", "aalert(1)"),
        ("a <img src=http://x.example/", "a"),
        ("[a link](https://x.example) stays", "[a link](https://x.example) stays"),
        ("\u202eevil\u2066\u200b \x00\x1b[0m\ttab\nline", "evil [0m\ttab\nline"),
        ("family: 👨\u200d👩", "family: 👨\u200d👩"),
        ("done<|im_end|></s>", "done"),
    ],
)
def test_what_no_person_means_is_taken_out(text: str, shown: str) -> None:
    """Pictures from elsewhere, elements of pages, control characters and a model's own marks are not passed on."""
    assert for_person(text) == shown


def test_words_without_end_are_cut() -> None:
    """At most as many characters are shown as a message may have, with a sign that more was said."""
    shown = for_person("word " * 10_000)
    assert len(shown) <= MAX_CHARACTERS
    assert shown.endswith("…")
    assert for_person("w" * MAX_CHARACTERS) == "w" * MAX_CHARACTERS


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Which co", "Which co"),
        ("Sure! <", "Sure!"),
        ("Sure! <tool_ca", "Sure!"),
        ("Sure! ``", "Sure!"),
        ("Sure! ```json", "Sure!"),
        ("Sure! [TOOL", "Sure!"),
        ("Look: ![a](http", "Look:"),
        ('{"name": "imag', ""),
        ("[TOOL_CALLS]", ""),
        ("<think>They wa", ""),
        ("<think>They want it.</think>Whi", "Whi"),
        ("}{;;)( #", ""),
    ],
)
def test_half_an_answer(text: str, shown: str) -> None:
    """While an answer is written, what may turn into a thought or a tool call is held back."""
    assert so_far(text) == shown


@given(st.text(max_size=300))
def test_any_text_can_be_shown(text: str) -> None:
    """Whatever stands in an answer, nothing of it breaks the showing, and shown words are stable."""
    assert for_person(for_person(text)) == for_person(text) or "<" in text or "[" in text or "!" in text
    assert "<think>" not in so_far(text)
    assert is_readable(text) in (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "Which colour?",
        "Ok!",
        "👍",
        "42",
        "好的!要什么颜色?",
        "プロンプトを教えてください。AIのLimnerです、どんな絵にしましょうか？",
        "Привет! Какой цвет вы хотите для машины?",
        "سلام، أي لون تريد للسيارة الجميلة؟",
        "안녕하세요, 어떤 색으로 할까요? 자동차는 몇 대인가요?",
        "สวัสดี คุณต้องการให้รถเป็นสีอะไรดีครับผม",
        "Grüße! Soll es das Donaudampfschifffahrtsgesellschaftsschiff sein?",
        "Try `--size 512x512` or `--seed=7`, as in https://x.example/a?b=c&d=e#f.",
        "1. red\n2. blue\n3. green\nWhich one shall it be?",
        "Žluťoučký kůň úpěl ďábelské ódy, strč prst skrz krk.",
    ],
)
def test_words_are_readable(text: str) -> None:
    """Ordinary answers in many languages are taken for words."""
    assert is_readable(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "...",
        "b_qJyFYg<nT!u8>IqJY[^s8",
        "}{;;)( ##@@ %% $$ }}{{ ))((",
        "qzxvkjhw" * 10,
        "the car " * 200,
        "zq xv kj wq zx vb nm qp lk jh gf ds zx cv bn mq",
        "a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h",
        "Привет машина красная 汽车红色海滩日落 seven cars سيارة حمراء على الشاطئ 자동차 빨간색 해변",
        "well \ufffd\ufffd\ufffd then",
    ],
)
def test_noise_is_not_readable(text: str) -> None:
    """What a broken or random model says is told from words by its form."""
    assert not is_readable(text)
