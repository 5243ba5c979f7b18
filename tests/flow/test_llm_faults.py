"""Whatever an LLM's server does wrong, the person gets an answer, the next turn is whole, and no key is told.

The chain is the real one, with the unmodified client of OpenAI, over HTTP; the server checks each request as the
strictest do.
"""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from bot.jobs import State
from tests.helpers.chat_server import (
    ChatServer,
    Piece,
    Reply,
    answers,
    call,
    calls,
    chunk,
    fails,
    hangs_up,
    says,
    sends,
    stalls,
    streams,
    whole,
)
from tests.helpers.talk import CALL_LIMIT, KEY, Talk, talk

pytestmark = pytest.mark.asyncio(loop_scope="module")
WISH = "a red car on a beach"
ARGUMENTS = {"prompt": "a red car on a beach", "subjects": [{"name": "car", "colour": "red"}], "place": "beach"}
CAR = call("imagine", ARGUMENTS)
GOOD = calls(CAR)
WRITTEN = json.dumps({"name": "imagine", "arguments": ARGUMENTS})
PROSE = " ".join(f"The {number}th car of the row is parked near hall {number * 7 % 61}." for number in range(25_000))
PNG = "http://elsewhere.example/p.png"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Talk]:
    """One chain for all faults: opening it takes longer than meeting one."""
    async with talk(tmp_path_factory.mktemp("faults")) as one:
        yield one


@pytest.fixture
def one(opened: Talk) -> Talk:
    """The chain as if just opened, with nothing said yet in this place."""
    opened.channel = uuid4().hex
    opened.now_s += 3600
    opened.server.requests.clear()
    opened.server.problems.clear()
    opened.platform.seen.clear()
    return opened


def events(*data: Any) -> bytes:
    """A stream's events in one piece."""
    texts = [one if isinstance(one, str) else json.dumps(one) for one in data]
    return "".join(f"data: {text}\n\n" for text in texts).encode()


def the_call(**changes: Any) -> Reply:
    """The good call with something about it changed."""
    return calls({name: value for name, value in (CAR | changes).items() if value is not None})


# Each line: what the server does, and how often it is asked at most.
PAINTED: dict[str, tuple[list[Reply], int]] = {
    "a good call": ([GOOD], 1),
    "malformed arguments": ([calls(call("imagine", '{"prompt": "a car", subjects: [}')), GOOD], 2),
    "arguments in Python's notation": ([calls(call("imagine", "{'prompt': 'a red car', 'count': None}"))], 1),
    "arguments encoded twice": ([calls(call("imagine", json.dumps(json.dumps(ARGUMENTS))))], 1),
    "arguments that are a list": ([calls(call("imagine", [1, 2])), GOOD], 2),
    "arguments that are a number": ([calls(call("imagine", "7")), GOOD], 2),
    "arguments as an object": ([calls(call("imagine", ARGUMENTS, as_is=True))], 1),
    "a field of the wrong type": ([calls(call("imagine", {"subjects": {"car": "red"}})), GOOD], 2),
    "a wrong tool name": ([calls(call("paint_picture", ARGUMENTS)), GOOD], 2),
    "no tool name": ([calls(call("", ARGUMENTS)), GOOD], 2),
    "a null tool name": ([calls(call(None, ARGUMENTS)), GOOD], 2),
    "no call id": ([the_call(id=None)], 1),
    "an empty call id": ([the_call(id="")], 1),
    "no type": ([the_call(type=None)], 1),
    "a call without a number": ([streams(events(chunk({"tool_calls": [CAR]}), chunk({}, "tool_calls"), "[DONE]"))], 1),
    "words beside a call": ([calls(CAR, text="With pleasure.")], 1),
    "finish 'stop' on a call": ([calls(CAR, finish="stop")], 1),
    "cut arguments": ([calls(call("imagine", '{"prompt": "a red car", "sub'), finish="length"), GOOD], 2),
    "a stream without an end": ([streams(events(chunk({"content": "Let me"}))), GOOD], 2),
    "JSON instead of a stream": (
        [sends(200, json.dumps(whole({"role": "assistant", "tool_calls": [CAR]})).encode())] * 2,
        2,
    ),
    "JSON called a web page": (
        [sends(200, json.dumps(whole({"role": "assistant", "tool_calls": [CAR]})).encode(), "text/html"), GOOD],
        2,
    ),
    "an empty stream": ([streams(), GOOD], 2),
    "a claim, then the call": ([says("Here is your picture of a red car!"), GOOD], 2),
    "a promise, then the call": ([says("Sure! I'll paint a red car for you now."), GOOD], 2),
    "a picture from elsewhere, then the call": ([says(f"![a red car]({PNG})"), GOOD], 2),
    "a call in a fence": ([says(f"Of course.\n```json\n{WRITTEN}\n```")], 1),
    "a call in a fence without a name": ([says(f"```\n{json.dumps(ARGUMENTS)}\n```")], 1),
    "a call in tags": ([says(f"<tool_call>\n{WRITTEN}\n</tool_call>")], 1),
    "a call in a tag that never ends": ([says(f"Sure! <tool_call>{WRITTEN}")], 1),
    "a broken call in tags": ([says('<tool_call>{"name": "imagine", "arguments": {"prompt": </tool_call>'), GOOD], 2),
    "a bare call": ([says(WRITTEN.replace("arguments", "parameters"))], 1),
    "a call after Mistral's mark": ([says(f"[TOOL_CALLS][{WRITTEN}]")], 1),
    "a call as XML": ([says("<function=imagine><parameter=prompt>a red car</parameter></function>")], 1),
    "a call as a function": ([says('imagine(prompt="a red car", subjects=[{"name": "car"}])')], 1),
    "a call after thoughts": ([says(f"<think>They want {{a}} car.</think>\n<tool_call>{WRITTEN}</tool_call>")], 1),
}


# One fault breaks the types that the client was written for, and pydantic says so.
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
@pytest.mark.parametrize("fault", PAINTED)
async def test_a_call_is_understood_or_asked_for_again(one: Talk, fault: str) -> None:
    """What can be understood is carried out, and what can't is told to the LLM, which then does it right."""
    script, asked = PAINTED[fault]
    one.server.next(*script)
    job, [picture] = await one.ask(WISH)
    assert (job.state, job.notes) == (State.POSTED, ())
    assert "car" in picture.plan.prompt
    assert len(one.server.requests) == asked
    assert one.server.problems == []
    await next_turn_is_whole(one)
    nothing_but_words_was_shown(one)


Script = Callable[[ChatServer], list[Reply]]
RULES: dict[str, tuple[Script, str]] = {
    "no words": (lambda _: [says("")], "it gave no answer"),
    "null words": (lambda _: [says(None)], "it gave no answer"),
    "blank words": (lambda _: [says("  \n\u200b ")], "it gave no answer"),
    "no choices": (
        lambda _: [streams(events({"id": "c", "choices": []}, "[DONE]")), sends(200, b'{"choices": []}')],
        "read",
    ),
    "null choices": (
        lambda _: [streams(events({"choices": None}, "[DONE]")), sends(200, b'{"choices": null}')],
        "read",
    ),
    "thoughts alone": (lambda _: [says("<think>A red car, then.</think>")], "it gave no answer"),
    "thoughts without an end": (lambda _: [says("<think>A red car, then. Or should")], "it gave no answer"),
    "the same wrong call for ever": (lambda _: [calls(call("imagine", {"count": 99}))], "it came to no answer"),
    "a wrong tool for ever": (lambda _: [calls(call("dall_e", {}))], "it came to no answer"),
    "broken arguments for ever": (lambda _: [calls(call("imagine", "{{"))], "it came to no answer"),
    "cut arguments for ever": (lambda _: [calls(call("imagine", '{"pro'), finish="length")], "it came to no answer"),
    "claims, twice": (lambda _: [says("Here is the image you asked for.")], "it spoke of a picture"),
    "claims in Chinese": (lambda _: [says("已经为您画好了！")], "it spoke of a picture"),
    "signs instead of words": (lambda _: [says("}{;;)( ##@@ %% $$ }}{{ ))(( ;;;; !!== ++--")], "could not be read"),
    "letters instead of words": (lambda _: [says("qzxvkjhw" * 40)], "could not be read"),
    "the same word for ever": (lambda _: [says("the car the car " * 60_000)], "could not be read"),
    "JSON instead of words": (lambda _: [says('{"thought": "they want a car", "mood": 3}')], "could not be read"),
    "JSON without a bottom": (lambda _: [says("[" * 100_000)], "could not be read"),
    "a wish answered at length": (lambda _: [says("A car is a thing that", finish="length")], "its answer was cut off"),
    "400": (lambda _: [fails(400, "Unsupported parameter: 'tools'")], "it did not take the request"),
    "400, context": (lambda _: [fails(400, "This model's maximum context length is 512 tokens")], "too long for it"),
    "401": (lambda _: [fails(401, f"Incorrect API key provided: {KEY}")], "it did not accept the key"),
    "403": (lambda _: [fails(403)], "it did not accept the key"),
    "404": (lambda _: [fails(404, "model 'm' not found")], "there is no such model or address"),
    "408": (lambda _: [fails(408)], "it took too long"),
    "413": (lambda _: [fails(413)], "too long for it"),
    "422": (lambda _: [fails(422, "Unexpected fields in the request")], "it did not take the request"),
    "429": (lambda _: [fails(429, "quota")], "it is overloaded, or its quota is used up"),
    "429 with a time": (lambda _: [fails(429, retry_after="30")], "it is overloaded, or its quota is used up"),
    "500": (lambda _: [fails(500)], "its server has a fault"),
    "502 as a page": (lambda _: [sends(502, b"<html>Bad gateway</html>", "text/html")], "its server has a fault"),
    "503": (lambda _: [fails(503, retry_after="Wed, 21 Oct 2099 07:28:00 GMT")], "its server has a fault"),
    "a page": (lambda _: [sends(200, b"<html>Log in</html>", "text/html")], "could not be read"),
    "an error that calls itself fine": (lambda _: [sends(200, b'{"error": {"message": "no"}}')], "could not be read"),
    "an error inside the stream": (
        lambda _: [streams(events(chunk({"content": "A"}), {"error": {"message": "no"}}))],
        "fault",
    ),
    "half a stream": (
        lambda _: [streams(events(chunk({"content": "Here"})), breaks=True)],
        "the connection to it failed",
    ),
    "no answer at all": (lambda _: [hangs_up], "the connection to it failed"),
    "no JSON in the stream": (lambda _: [streams(events("{{{"))], "could not be read"),
    "no UTF-8": (lambda _: [sends(200, b'{"choices": "\xff\xfe"}')], "could not be read"),
    "no JSON": (lambda _: [sends(200, b"{", "application/json")], "could not be read"),
    "a redirect to a page": (lambda _: [sends(302, b"", location="/login")], "could not be read"),
    "a redirect in a circle": (lambda _: [sends(307, b"", location="/v1/chat/completions")], "connection to it failed"),
}


@pytest.mark.parametrize("fault", RULES)
async def test_the_rules_step_in(one: Talk, fault: str, caplog: pytest.LogCaptureFixture) -> None:
    """An LLM that can't be used costs nobody a picture: the built-in rules read the request, and one note says why."""
    script, why = RULES[fault]
    one.server.next(*script(one.server))
    job, [picture] = await one.ask(WISH)
    [note] = job.notes
    assert note.startswith("The LLM could not be used (")
    assert note.endswith("), so the built-in rules read this request.")
    assert why in note
    assert (job.state, job.text) == (State.POSTED, "")
    assert [(subject.name, subject.colour) for subject in picture.plan.brief.subjects] == [("car", "red")]
    assert len(one.server.requests) <= (21 if "circle" in fault else CALL_LIMIT)
    assert one.server.problems == []
    await next_turn_is_whole(one)
    nothing_but_words_was_shown(one)
    assert KEY not in caplog.text + "".join(job.notes)


@pytest.mark.parametrize("begins", [False, True], ids=["before the first word", "amid the words"])
async def test_a_server_that_falls_silent_is_left(tmp_path: Path, begins: bool) -> None:
    """A server that says nothing more is given up after the set time, however far it came."""
    async with talk(tmp_path, llm_timeout_s=1.5) as one:
        first = [{"role": "assistant", "content": "Which"}, {"content": " colour"}] if begins else []
        one.server.next(stalls(one.server, *first))
        job, [_] = await one.ask(WISH)
        assert "it took too long" in job.notes[0]
        assert len(one.server.requests) <= 1  # none where the time was over before it came there


WORDS: dict[str, tuple[list[Reply], str]] = {
    "a question": ([says("Which colour shall the car have?")], "Which colour shall the car have?"),
    "no tools at all": ([says("I see no tools here, sorry.")], "I see no tools here, sorry."),
    "thoughts first": ([says("<think>Here is the picture!</think>\n\nWhich colour?")], "Which colour?"),
    "thoughts that only end": ([says("They want a car.\n</think>\nWhich colour?")], "Which colour?"),
    "a refusal": ([answers(Piece(refusal="I can't help with that."))], "I can't help with that."),
    "marks that nobody sees": (
        [says("Which \u202ecolour\u0000\x07\u2066 shall\x1b[31m it be?")],
        "Which colour shall[31m it be?",
    ),
    "marks of the model's": ([says("Which colour?<|im_end|></s>")], "Which colour?"),
    "a claim, then the truth": ([says("Here is your picture!"), says("I can't paint that.")], "I can't paint that."),
    "a picture from elsewhere": ([says(f"![x]({PNG})"), says("Which colour?")], "Which colour?"),
    "an element of a page": (
        [says(f'<img src="{PNG}">'), says('Hm<script src="x">. Which colour?')],
        "Hm. Which colour?",
    ),
    "a code fence that is no call": (
        [says("Say it like ```a red car```, please.")],
        "Say it like ```a red car```, please.",
    ),
}


@pytest.mark.parametrize("fault", WORDS)
async def test_words_are_cleaned_and_shown(one: Talk, fault: str) -> None:
    """Of what the LLM says, the person reads what is meant for them, and nothing that is untrue."""
    script, shown = WORDS[fault]
    one.server.next(*script)
    job, pictures = await one.ask(WISH)
    assert (job.state, job.text, job.notes, pictures) == (State.POSTED, shown, (), [])
    assert len(one.server.requests) == len(script)
    await next_turn_is_whole(one)
    nothing_but_words_was_shown(one)


async def test_a_million_characters_are_cut(one: Talk) -> None:
    """An answer without end is shown up to the limit of a message."""
    assert len(PROSE) > 1_000_000
    one.server.next(says(PROSE))
    job, _ = await one.ask("hello there")
    assert len(job.text) == 8000
    assert PROSE.startswith(job.text.removesuffix("…"))
    await next_turn_is_whole(one)


@pytest.mark.parametrize(
    "script",
    [says("", finish="content_filter"), says("A red ca", finish="content_filter"), fails(400, "content_filter")],
    ids=["no words", "some words", "status 400"],
)
async def test_what_a_provider_holds_back_is_not_had_elsewhere(one: Talk, script: Reply) -> None:
    """A request that the LLM's provider filters is not painted by the built-in rules instead."""
    one.server.next(script)
    job, pictures = await one.ask(WISH)
    assert (job.state, pictures) == (State.FAILED, [])
    assert job.text == "The LLM's provider held its answer back. Say it in other words."
    await next_turn_is_whole(one)


@pytest.mark.parametrize("same_id", [True, False])
async def test_two_calls_at_once(one: Talk, same_id: bool) -> None:
    """Two calls in one answer are two pictures, even under one id; of very many only some are heard."""
    many = [call("imagine", ARGUMENTS | {"prompt": f"car {n}"}, id="x" if same_id else f"x{n}") for n in range(9)]
    one.server.next(calls(*many[:2]))
    _, pictures = await one.ask("two red cars, in two pictures")
    assert len(pictures) == 2
    one.server.next(calls(*many))
    _, pictures = await one.ask("very many of them", user="bob")
    assert len(pictures) == 4
    await next_turn_is_whole(one)


async def test_a_command_that_gets_words_says_so(one: Talk) -> None:
    """A command that can only mean a picture, answered in words twice, ends with these words and a note."""
    one.server.next(says("Which colour?"))
    job, pictures = await one.ask("a car", wants_picture=True)
    assert (job.text, job.notes) == ("Which colour?", ("No picture was painted for this message.",))
    assert pictures == []
    assert len(one.server.requests) == 2


async def next_turn_is_whole(one: Talk) -> None:
    """The next message of the same person, an hour later, is read by the LLM from a conversation in good order."""
    one.now_s += 3600
    asked = len(one.server.requests)
    one.server.next(GOOD)
    job, pictures = await one.ask("and now a red car")
    assert (job.state, job.notes, len(pictures)) == (State.POSTED, (), 1)
    assert len(one.server.requests) == asked + 1
    assert one.server.problems == []


def nothing_but_words_was_shown(one: Talk) -> None:
    """What was shown while the LLM wrote holds no thoughts, calls or pictures."""
    shown = [progress.text for progress in one.platform.seen]
    assert not [text for text in shown if any(mark in text for mark in ("<", "{", "![", "[TOOL", "\u202e"))]
