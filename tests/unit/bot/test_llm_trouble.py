"""What LLM clients raise is told in one plain line, without keys."""

from typing import Any

import httpx2
import openai
import pytest

from bot.llm.reader import Breaker, Reader
from bot.llm.trouble import LASTING, LlmError, Trouble, translated, why
from bot.testing import ScriptedModel

KEY = "sk-proj-0123456789abcdef"


def status(code: int, said: str = "no", **headers: str) -> Exception:
    """What OpenAI's client raises for a status."""
    response = httpx2.Response(code, request=httpx2.Request("POST", "http://x.example"), headers=headers)
    return openai.APIStatusError(said, response=response, body=None)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (status(400), Trouble.REFUSED),
        (status(400, "maximum context length is 512 tokens"), Trouble.TOO_LONG),
        (status(400, "the request exceeds the available context size"), Trouble.TOO_LONG),
        (status(400, "code: content_filter"), Trouble.FILTERED),
        (status(401), Trouble.KEY),
        (status(404), Trouble.NOT_FOUND),
        (status(418), Trouble.REFUSED),
        (status(429), Trouble.BUSY),
        (status(500), Trouble.BROKEN),
        (status(504), Trouble.SLOW),
        (status(529), Trouble.BROKEN),
        (openai.APITimeoutError(request=httpx2.Request("POST", "http://x.example")), Trouble.SLOW),
        (openai.APIConnectionError(request=httpx2.Request("POST", "http://x.example")), Trouble.UNREACHABLE),
        (httpx2.ReadError("broke off"), Trouble.UNREACHABLE),
        (ConnectionResetError(), Trouble.UNREACHABLE),
        (TimeoutError(), Trouble.SLOW),
        (ValueError("No generations found in stream."), Trouble.CUT),
        (ValueError("no JSON"), Trouble.UNREADABLE),
        (TypeError("null"), Trouble.UNREADABLE),
    ],
)
def test_each_is_one_of_the_troubles(error: Exception, trouble: Trouble) -> None:
    """A client's error becomes one line for the asker, whatever it is."""
    told = translated(error)
    assert told.trouble is trouble
    assert "\n" not in str(told)
    assert str(told)[0].isupper()


def test_no_key_is_told() -> None:
    """Neither the key of the settings nor anything that looks like one comes into the detail."""
    told = translated(ValueError(f"key my-own-word and {KEY} and Bearer abcdef.ghijk\nsecond line"), ["my-own-word"])
    assert told.detail == "ValueError: key [key] and [key] and Bearer [key] second line"


def test_when_to_come_back() -> None:
    """A server that names a time is left alone that long; a date or nonsense is no time."""
    assert translated(status(429, **{"retry-after": "40"})).retry_after_s == 40
    assert translated(status(429, **{"retry-after": "Wed, 21 Oct 2099 07:28:00 GMT"})).retry_after_s == 0
    assert translated(status(429)).retry_after_s == 0


def test_every_trouble_has_words() -> None:
    """Each is told in both languages, and as an error."""
    for trouble in Trouble:
        assert why([("a", trouble)], "en")
        assert why([("a", trouble)], "zh")
        assert why([("a", trouble), ("b", trouble)], "en").startswith("a: ")
        assert str(LlmError.of(trouble, "3 calls")).endswith(".")


class Clock:
    """Seconds that stand until they are moved."""

    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_a_breaker_opens_and_closes() -> None:
    """After a failure nobody gets through for a while; then one does, and after its success all do."""
    clock = Clock()
    breaker = Breaker(clock)
    assert breaker.refuses() is None
    breaker.failed(Trouble.SLOW)
    assert breaker.refuses() is Trouble.SLOW
    clock.now_s += 15
    assert breaker.refuses() is None
    assert breaker.refuses() is Trouble.SLOW
    breaker.did_well()
    assert breaker.refuses() is None
    assert breaker.refuses() is None


def test_a_breaker_waits_twice_as_long_each_time() -> None:
    """Further failures double the pause up to five minutes; what a server asks for counts up to the same."""
    clock = Clock()
    breaker = Breaker(clock)
    pauses_s: list[float] = []
    for _ in range(7):
        breaker.failed(Trouble.BROKEN)
        begun_s = clock.now_s
        while breaker.refuses():
            clock.now_s += 5
        pauses_s.append(clock.now_s - begun_s)
    assert pauses_s == [15, 30, 60, 120, 240, 300, 300]
    breaker.did_well()
    breaker.failed(Trouble.BUSY, retry_after_s=10_000)
    clock.now_s += 299
    assert breaker.refuses() is Trouble.BUSY
    clock.now_s += 1
    assert breaker.refuses() is None


@pytest.mark.parametrize("trouble", [trouble for trouble in Trouble if trouble not in LASTING])
def test_what_one_request_met_leaves_the_breaker_closed(trouble: Trouble) -> None:
    """An answer that only this request got keeps nobody else away."""
    breaker = Breaker(Clock())
    breaker.failed(trouble)
    assert breaker.refuses() is None


@pytest.mark.parametrize("fault", [ZeroDivisionError(), AssertionError(), NameError()])
async def test_our_own_faults_are_not_blamed_on_an_llm(fault: Exception) -> None:
    """What only a bug of Limner's raises comes out as it is."""

    async def ask() -> Any:
        raise fault

    with pytest.raises(type(fault)):
        await Reader("m", ScriptedModel(script=[])).call(ask)


async def test_a_trusted_reader_hides_nothing() -> None:
    """Whatever goes wrong in the built-in rules is a bug and shows as one."""

    async def ask() -> Any:
        raise ValueError("bug")

    with pytest.raises(ValueError, match="bug"):
        await Reader("director", ScriptedModel(script=[]), trusted=True).call(ask)


async def test_a_key_does_not_hang_on_the_error() -> None:
    """An error that a log may show with all that caused it has no cause that quotes the key."""

    async def ask() -> Any:
        raise status(401, f"Incorrect API key provided: {KEY}")

    with pytest.raises(LlmError) as raised:
        await Reader("m", ScriptedModel(script=[]), secrets=[KEY]).call(ask)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
    assert KEY not in repr(raised.value)
