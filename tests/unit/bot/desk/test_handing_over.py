"""Who gets a person, what is small talk, and what a hand-over tells."""

import pytest

from bot.desk.draft import Kind
from bot.desk.handing_over import handed_over, needs_person, small_talk
from bot.desk.question import Question, Spoken
from bot.desk.settings import DeskSettings
from bot.knowledge.passage import Hit, Passage
from bot.language import language_of
from bot.messages import Message

SETTINGS = DeskSettings(hand_over_words=["wholesale", "代理商"])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("I want to talk to a human", "person"),
        ("human please", "person"),
        ("转人工", "人工"),
        ("帮我找一下你们经理", "人工"),
        ("This is outrageous, you liars", "angry"),
        ("WHY DOES NOBODY EVER ANSWER ME!!", "angry"),
        ("你们就是一群骗子", "激动"),
        ("The adapter smells burnt", "danger"),
        ("There is smoke coming out of the back", "danger"),
        ("How do I stop it, I got an electric shock", "danger"),
        ("插头有糊味", "危险"),
        ("My lawyer will write to you", "law"),
        ("我要打12315投诉", "法律"),
        ("I want my money back", "money"),
        ("Please refund me now", "money"),
        ("马上给我退款", "退款"),
        ("Delete all my personal data", "personal data"),
        ("删除我的所有数据", "个人数据"),
        ("Do you have wholesale prices?", "wholesale"),
        ("我想做代理商", "代理商"),
    ],
)
def test_a_person_is_wanted_or_needed(text: str, why: str) -> None:
    """Requests, anger, danger, law, money, data and the words of the settings each lead to a person, and say why."""
    assert why in needs_person(text, SETTINGS, language_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "this stupid router again, why is it so slow",
        "damn, I lost the cable",
        "这破路由器又断网了",
        "How long does a refund take?",
        "Can I get my money back within 30 days?",
        "退款多久到账？",
        "How do I delete my data in the app?",
        "Does the smoke detector work with it?",
        "Is there a firewall on it?",
        "Which person may change the settings?",
        "人工客服的营业时间是几点",
        "Does it have a wholesaler?",
    ],
)
def test_blunt_words_and_general_questions_are_answered(text: str) -> None:
    """Being rude about a thing is no anger, and asking how refunds work is not asking for one."""
    assert needs_person(text, SETTINGS, language_of(text)) == ""


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("Hello!", "hello", ""),
        ("你好，在吗？", "hello", ""),
        ("Thanks a lot 😊", "thanks", ""),
        ("好的，谢谢", "thanks", ""),
        ("Are you a bot?", "who", ""),
        ("hi, are you a real person or a bot?", "who", ""),
        ("你是机器人吗", "who", ""),
        ("👍", "well", ""),
        ("Hi! How do I reset it?", "hello", "How do I reset it?"),
        ("您好，请问怎么重启？", "hello", "请问怎么重启？"),
        ("How are the lamps called?", "", "How are the lamps called?"),
        ("", "", ""),
    ],
)
def test_small_talk_is_told_apart(text: str, kind: str, rest: str) -> None:
    """A greeting alone is small talk; with a question it is left out of what is searched for."""
    talk = small_talk(text)
    assert (talk.kind, talk.rest.strip()) == (kind, rest)


def test_a_summary_tells_what_was_asked_tried_and_found_without_personal_data() -> None:
    """Colleagues read it all; an address of the customer's stands in none of it, and the customer gets no promise."""
    said = (Spoken(True, "My mail is jane@example.com"), Spoken(False, "Thank you"))
    text = "Call me: +49 170 1234567. Do you sell lamps?"
    passage = Passage("p", "d", "s", "Lamps of the Heron", (), "…", "", "v", "en")
    question = Question(Message("desk", "e", "c", text), text, "en", said)
    made = handed_over(question, "Nothing fits.", DeskSettings(), [Hit(passage, 1.0, 0.25)], "sell lamps")
    assert made.kind is Kind.HAND_OVER
    for words in ("Do you sell lamps?", "sell lamps", "Lamps of the Heron (25%)", "Nothing fits.", "[e-mail]"):
        assert words in made.summary
    assert "1234567" not in made.summary
    assert "jane@" not in made.summary
    assert not any(word in made.text.casefold() for word in ("refund", "today", "soon", "hours"))
