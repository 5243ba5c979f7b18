"""Personal data is found in whatever it is glued to, nothing else is touched, and only its kind is told."""

import json
import logging
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import Attachment, Wishes, log
from bot.director.understand import understand
from bot.inbox import Inbox
from bot.privacy import note, scrub, scrub_message, without_placeholders
from bot.store import open_store
from tests.helpers.personal_data import Sample, clean, telling
from tests.support import database, message, rig

ONE_EACH = {
    "e-mail": "ana@example.com",
    "phone": "13812345678",
    "card": "4111 1111 1111 1111",
    "id number": "11010519491231002X",
    "IBAN": "DE89 3704 0044 0532 0130 00",
    "key": "ghp_0123456789abcdefABCDEF0123456789abcd",
}
FILES = ("personal_data", "personal_data_more")


def test_the_strings_are_what_the_goal_asks_for() -> None:
    """There are 200 strings, half of them Chinese, with every kind among them, and 100 and more clean ones."""
    given_strings = telling("personal_data")
    assert Counter(sample.language for sample in given_strings) == {"en": 100, "zh": 100}
    assert {kind for sample in given_strings for kind, _ in sample.values} == set(ONE_EACH)
    assert len(clean("personal_data")) >= 100
    assert len({sample.text for sample in [*given_strings, *clean("personal_data")]}) == 200 + len(
        clean("personal_data")
    )


@pytest.mark.parametrize("sample", telling(*FILES), ids=lambda sample: ascii(sample.text[:40]))
def test_every_value_goes_and_nothing_beside_it(sample: Sample) -> None:
    """Each value is replaced whole by the placeholder of its kind, and every other character stays."""
    scrubbed = scrub(sample.text)
    assert scrubbed.text.replace("\u200b", "") == sample.scrubbed
    assert sorted(scrubbed.found) == sorted(kind for kind, _ in sample.values)


def test_clean_texts_stay_as_they_are() -> None:
    """Sizes, seeds, years, prices, versions, coordinates, colours and order numbers are nobody's data."""
    touched = [sample.text for sample in clean(*FILES) if scrub(sample.text).text != sample.text]
    assert touched == []


@pytest.mark.parametrize(("kind", "value"), ONE_EACH.items())
@pytest.mark.parametrize(
    ("before", "after"), [("我的是", "谢谢"), ("“", "”"), ("（", "），画猫"), ("it is ", ", ok"), ("", "")]
)
def test_boundaries(kind: str, value: str, before: str, after: str) -> None:
    """What stands right beside a value, Chinese text above all, neither hides it nor goes with it."""
    assert scrub(f"{before}{value}{after}").text == f"{before}[{kind}]{after}"


@pytest.mark.parametrize("value", ["4111111111111111", "11010519491231002X", "DE89370400440532013000"])
def test_a_wrong_digit_is_no_number_of_that_kind(value: str) -> None:
    """Check digits are checked: a change of any one digit is noticed."""
    assert scrub(value).found
    for at in range(value.index("9") if value[0] == "D" else 0, len(value)):
        wrong = value[:at] + ("5" if value[at] != "5" else "6") + value[at + 1 :]
        assert scrub(f"no. {wrong} of it").found == (), wrong


@pytest.mark.parametrize("issuer", ["1", "7", "9", "0"])
def test_a_number_of_no_issuer_is_no_card(issuer: str) -> None:
    """Long ids pass Luhn's check once in ten times: the range of an issuer is asked for too."""
    rest = "00000000000000"
    passing = [number for last in range(100) if _luhn(number := f"{issuer}{rest}{last:02}"[:16])]
    assert passing
    assert [number for number in passing if scrub(number).found] == []


def _luhn(number: str) -> bool:
    return sum(sum(divmod(int(n) * (1 + at % 2), 10)) for at, n in enumerate(reversed(number))) % 10 == 0


def test_other_forms_of_characters_are_seen_through() -> None:
    """Full-width, Arabic and Chinese digits are recognised; text around them keeps its own forms."""
    assert scrub("Ｈｉ！ａｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ（画１只猫）").text == "Ｈｉ！[e-mail]（画１只猫）"
    assert scrub("٠١٢ ١٣٨١٢٣٤٥٦٧٨").text == "٠١٢ [phone]"
    assert scrub("幺三八一二三四五六七八，一只猫").text == "[phone]，一只猫"
    assert scrub("ﬁne ㎞ 1\ufe0f\u20e3 ana@example.com ﬁne").text == "ﬁne ㎞ 1\ufe0f\u20e3 [e-mail] ﬁne"


def test_invisible_characters_hide_nothing() -> None:
    """Zero-width characters within a value don't split it; those that emoji are spelled with stay."""
    assert scrub("ana\u200d@exam\u200bple.com").text == "[e-mail]"
    assert scrub("1381\u200b2345\u2060678").text == "[phone]"
    family = "👨\u200d👩\u200d👧"
    assert scrub(f"{family} 13812345678 {family}").text == f"{family} [phone] {family}"


def test_ids_of_ours_are_left_alone() -> None:
    """Neither job ids nor hashes are mistaken for numbers, so that a log stays of use."""
    chance = random.Random(7)
    ids = ["".join(chance.choices("0123456789abcdef", k=length)) for length in (32, 64) for _ in range(3000)]
    assert [one for one in ids if scrub(f"job={one} done").found] == []


def test_what_was_found_is_told_in_order_without_values() -> None:
    """`found` has kinds in the order of the text."""
    scrubbed = scrub("13812345678 ana@example.com 13912345678")
    assert scrubbed.found == ("phone", "e-mail", "phone")
    assert "138" not in repr(scrubbed)


GLUE = ("电话", "phone ", "密码是", "password=", "://", ":", "@", "at ", " dot com", "+86 ", "0", "12345678", " ", "，")
GLUE += ("x", "-", ".", "护照号", "Bearer ", "abc1", "a.b", "(212) 555-0100", "212-555-0100", "+44 20 7946 0018")
PIECES = st.sampled_from([*ONE_EACH.values(), *(f"[{kind}]" for kind in ONE_EACH), *GLUE])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=5).map("".join) | st.text(max_size=60))
def test_scrubbing_twice_is_scrubbing_once(text: str) -> None:
    """A scrubbed text holds nothing more to scrub, whatever stands glued to what."""
    once = scrub(text)
    assert scrub(once.text).text == once.text
    assert bool(once.found) == (once.text != text)


HOSTILE = (
    "a",
    "1",
    "a@",
    "a@a.",
    "@",
    "1 ",
    "1-",
    "+1 ",
    "(0",
    "138",
    "DE89 ",
    "4111 ",
    "sk-",
    "eyJaaaaaaaa.",
    "://a:",
)
HOSTILE += (
    "-----BEGIN PRIVATE KEY-----",
    "a at a dot ",
    "a (at) ",
    "call me at ",
    "电话号码是",
    "一",
    "\u200b",
    "a\u200b",
)
HOSTILE += ("身份证号", "password=a", "M-", "06 12 34 56 ", "13812345678 ", "ana@example.com ", "0a", "１", "[e-mail]")


@pytest.mark.parametrize("unit", HOSTILE, ids=ascii)
def test_time_grows_with_the_length_and_not_faster(unit: str) -> None:
    """16 times the hostile text costs about 16 times the work (a quadratic pattern would cost 256 times)."""

    def spent(characters: int) -> float:
        text = (unit * characters)[:characters]
        times = []
        for _ in range(2):
            started = time.process_time()
            scrub(text)
            times.append(time.process_time() - started)
        return min(times)

    assert spent(100_000) / spent(6_250) < 90


def test_every_part_of_a_message_is_scrubbed() -> None:
    """Text, wishes that are words and file names lose their personal data; who said it where stays."""
    said = message(
        "mail ana@example.com",
        user="ana@example.com",
        channel="13812345678",
        wishes=Wishes(prompt="a card 4111111111111111", negative_prompt="13812345678", seed=1381234567, as_is=True),
        attachments=(Attachment("ana@example.com.png", "0" * 64, 8, 8),),
    )
    scrubbed = scrub_message(said)
    assert scrubbed.text == "mail [e-mail]"
    assert scrubbed.wishes == Wishes(prompt="a card [card]", negative_prompt="[phone]", seed=1381234567, as_is=True)
    assert [one.name for one in scrubbed.attachments] == ["[e-mail].png"]
    assert (scrubbed.user, scrubbed.channel, scrubbed.event_id) == (said.user, said.channel, said.event_id)
    assert note(scrubbed).endswith("left out and not kept: an e-mail address, a card number, a phone number.")


def test_the_note_is_in_the_askers_language() -> None:
    """A Chinese message gets a Chinese sentence, and one that was clean gets none."""
    assert note(scrub_message(message("画猫，13812345678"))) == "消息里的个人信息（电话号码）已略去，没有保存。"
    assert note(message("画猫")) == ""


async def test_the_reply_says_what_was_left_out(tmp_path: Path) -> None:
    """The outbox adds the sentence to the reply's notes, of a message that it knows only scrubbed."""
    async with rig(tmp_path) as one:
        job = await one.taken(message("a cat for ana@example.com"))
        assert job.message.text == "a cat for [e-mail]"
        reply = await one.outbox.reply(job)
        assert reply.notes == ("Personal data in your message was left out and not kept: an e-mail address.",)
        other = await one.taken(message("a cat", channel="other"))
        assert (await one.outbox.reply(other)).notes == ()


@pytest.mark.parametrize(("on", "kept"), [(True, "call [phone]"), (False, "call 13812345678")])
async def test_it_can_be_switched_off(tmp_path: Path, on: bool, kept: str) -> None:
    """An inbox that isn't to scrub keeps messages as they came."""
    async with open_store(database(tmp_path)) as store:
        inbox = Inbox(store, {"paper"}, 5.0, scrub=on)
        job = await inbox.get(await inbox.accept(message("call 13812345678")))
        assert job is not None
        assert job.message.text == kept


@pytest.mark.parametrize(
    ("words", "things"),
    [
        ("画一只猫，联系[phone]", ["cat"]),
        ("a red car, my key [key]", ["car", "key"]),
        ("a cat on a beach [IBAN]", ["cat"]),
    ],
)
def test_a_placeholder_is_not_painted(words: str, things: list[str]) -> None:
    """The director doesn't take '[phone]' for a phone that somebody wants to see."""
    understood = understand(words, None)
    assert not isinstance(understood, str)
    assert [subject.name for subject in understood.subjects] == things
    assert without_placeholders("a sign “[phone]” and [phone]") == "a sign “[phone]” and"


@pytest.fixture
def log_as_before() -> Iterator[None]:
    """Logging as pytest set it up comes back."""
    root, own = logging.getLogger(), logging.getLogger("limner")
    before = (list(root.handlers), root.level, own.level)
    yield
    root.handlers[:], root.level = before[0], before[1]
    own.setLevel(before[2])


@pytest.mark.usefixtures("log_as_before")
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_log_line_has_personal_data(form: Literal["text", "json"]) -> None:
    """An argument, an exception, its cause and another library's line are written without it; ids are."""
    stream, job_id = StringIO(), "4f13812345678ae0912ffab3c1d2e3f4"
    log.set_up("info", form, stream)
    with log.about_job(job_id):
        log.get("worker").info("said %s", "ana@example.com")
        try:
            try:
                raise KeyError("call 13812345678")
            except KeyError as cause:
                raise ValueError("card 4111111111111111") from cause
        except ValueError:
            log.get("worker").exception("failed for %r", {"user": "ana@example.com"})
        logging.getLogger("sqlalchemy").warning("parameters: ('ana@example.com',)")
    written = stream.getvalue()
    assert "ana@" not in written
    assert "13812345678" not in written.replace(job_id, "")
    assert "4111" not in written
    assert written.count("[e-mail]") == 3
    assert "ValueError: card [card]" in written
    assert written.count(job_id) == 3
    if form == "json":
        assert [json.loads(line)["job"] for line in written.splitlines()] == [job_id] * 3


def test_it_is_light() -> None:
    """The command line loads it with the log: it brings neither pydantic nor SQLAlchemy, and compiles nothing yet."""
    script = (
        "import sys, bot.privacy; from bot.privacy import recogniser; compiled = recogniser._compiled.cache_info();"
        "print({'pydantic', 'sqlalchemy', 'langchain_core', 'torch'} & set(sys.modules), compiled.currsize)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["set()", "0"]
