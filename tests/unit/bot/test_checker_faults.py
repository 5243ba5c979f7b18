"""Faithful prompts with exactly one locked item damaged: the checker must see it, and nothing where all is well."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import pytest

from bot.brief import Brief, Relation, Subject
from bot.checker import check
from bot.checker.checked import checked
from bot.dialects import Rendering, render
from bot.director.understand import understand
from bot.tasks import ModelCard

SDXL = ModelCard("xl", "sdxl", "plain", 1024, 1024, 30, 5.0, negative_prompt=True, token_limit=75)
FLUX = ModelCard("flux", "flux1", "plain", 1024, 1024, 28, 3.5, negative_prompt=False, token_limit=511)
REQUESTS = (
    "two red cats and a blue dog on a beach at sunset",
    "three yellow birds on a fence, no people",
    "a green frog to the left of a purple car",
    "a black horse behind a white fence in the rain",
    "a sign that says \"OPEN LATE\" above a wooden door, at night",
    "five balloons and one kite over a meadow",
    "a woman with a red umbrella next to a grey elephant",
    'a poster of a white owl with the words "Good Night" under it, watercolour',
    "two small robots in front of a yellow house, without clouds",
    "a fluffy grey rabbit in a blue basket",
    "a dog called Momo on a green sofa",
    "four penguins on an iceberg, no text, 16:9",
    "a brown bear below a tall tree at night",
    "a shiny black motorcycle and a red truck in the snow",
    "a pilot, two suitcases and a yellow taxi at an airport",
    "a cup of coffee to the right of a blue laptop, morning",
    'a cake with "Happy 30th, Ann!" on it and three candles',
    "a giraffe above a small boat, no birds",
    "six oranges in a white bowl on a wooden table",
    "a knight and a green dragon in a castle at dawn",
    "两只红色的猫和一只蓝色的狗，海滩，日落",
    "三只黄色的鸟，不要人",
    "一只绿色的青蛙在一辆紫色的汽车左边",
    "一匹黑马在白色的房子后面，下雨",
    "一块木牌，上面写着“今日特价”，夜晚",
    "五个气球和一只风筝",
    "一个女孩和一头灰色的大象，不要树",
    "两个机器人在一栋黄色的房子前面",
    "一只白色的猫头鹰在一棵树上，夜晚",
    "四只企鹅，16:9，不要文字",
    "一辆红色的卡车和一辆黑色的摩托车，雪地",
    "一位医生和三个孩子在教室里",
    "一条蓝色的鲸鱼在一艘白色的船下面",
    "海报，写着“HELLO 你好”，一只红色的狐狸",
    "三个 red apples 和一个 laptop，不要 people",
    "一只 cat 在一张 table 左边，水彩",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A request with what was made of it."""

    request: str
    brief: Brief
    rendering: Rendering
    card: ModelCard


def _brief(request: str) -> Brief:
    read = understand(request, None)
    assert not isinstance(read, str)
    return read.to_brief()


def _case(request: str, card: ModelCard) -> Case:
    brief = _brief(request)
    return Case(request, brief, render(brief, card), card)


TAGS = replace(SDXL, dialect="tags")
QWEN = replace(SDXL, family="qwenimage", dialect="bilingual", token_limit=507, languages=("en", "zh"))
CASES = [_case(request, card) for request in REQUESTS for card in (SDXL, FLUX)]


def _of_subjects(brief: Brief) -> Iterator[tuple[str, Brief]]:
    for at, one in enumerate(brief.subjects):
        others = brief.subjects[:at] + brief.subjects[at + 1 :]
        relations = tuple(item for item in brief.relations if one.name not in (item.subject, item.object))
        if others:
            yield f"dropped {one.name}", replace(brief, subjects=others, relations=relations)

        def but(at: int = at, **changed: object) -> Brief:
            subjects = list(brief.subjects)
            subjects[at] = replace(subjects[at], **changed)  # type: ignore[arg-type]
            return replace(brief, subjects=tuple(subjects))

        if (one.count or 0) > 1:
            yield f"one more {one.name}", but(count=(one.count or 0) + 1)
            yield f"no number of {one.name}", but(count=None)
        if one.colour:
            yield f"another colour of {one.name}", but(colour="pink")
            yield f"no colour of {one.name}", but(colour=None)
        if one.attributes:
            yield f"nothing said of {one.name}", but(attributes=())


def _of_pairs(brief: Brief) -> Iterator[tuple[str, Brief]]:
    for first, second in zip(brief.subjects, brief.subjects[1:], strict=False):
        if first.colour != second.colour:
            swapped = {first: replace(first, colour=second.colour), second: replace(second, colour=first.colour)}
            yield "swapped colours", replace(brief, subjects=tuple(swapped.get(one, one) for one in brief.subjects))
        if first.count != second.count and None not in (first.count, second.count):
            swapped = {first: replace(first, count=second.count), second: replace(second, count=first.count)}
            yield "swapped counts", replace(brief, subjects=tuple(swapped.get(one, one) for one in brief.subjects))
    for one in brief.relations:
        if one.kind not in {"next to", "on", "inside"}:
            turned = Relation(one.object, one.kind, one.subject)
            yield "turned relation", replace(brief, relations=(turned,))
    if brief.relations:
        yield "no relation", replace(brief, relations=())


def _of_words(brief: Brief) -> Iterator[tuple[str, Brief]]:
    for text in brief.texts:
        yield "no text", replace(brief, texts=())
        yield "translated text", replace(brief, texts=("Bienvenue",))
        yield "misspelt text", replace(brief, texts=(text[:-2] + text[-1],))
    if not brief.texts:
        yield "invented text", replace(brief, texts=("SALE",))
    for name in brief.names:
        yield "no name", replace(brief, names=())
        yield "another name", replace(brief, names=(f"{name[:-1]}a",))
    for name in brief.exclusions:
        yield "no exclusion", replace(brief, exclusions=())
        if name != "text":
            yield "exclusion as a thing", replace(brief, subjects=(*brief.subjects, Subject(name)))
    if brief.subjects:
        yield "invented thing", replace(brief, subjects=(*brief.subjects, Subject("parrot", 1)))


def _of_scene(brief: Brief) -> Iterator[tuple[str, Brief]]:
    if brief.time:
        yield "another time", replace(brief, time="day")
        yield "no time", replace(brief, time="")
    if brief.weather:
        yield "no weather", replace(brief, weather="")
    if brief.place:
        yield "no place", replace(brief, place="")
        yield "another place", replace(brief, place="kitchen")
    if brief.aspect:
        yield "another shape", replace(brief, aspect="9:16")


def _in_briefs() -> Iterator[tuple[str, Case]]:
    for case in CASES[::2]:
        for damage in (_of_subjects, _of_pairs, _of_words, _of_scene):
            for what, brief in damage(case.brief):
                yield what, replace(case, brief=brief, rendering=render(brief, case.card))


def _swap_words(prompt: str, first: str, second: str) -> str:
    return re.sub(rf"\b(?:{first}|{second})\b", lambda match: second if match[0] == first else first, prompt)


def _prompts(case: Case) -> Iterator[tuple[str, str]]:
    """Damages that a dialect could do."""
    brief, prompt = case.brief, case.rendering.prompt
    numbers = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
    for one in brief.subjects:
        yield f"no {one.name}", re.sub(rf"\b{one.name.split()[-1]}(?:s|es)?\b", "thing", prompt)
        if one.count in numbers:
            yield f"seven {one.name}", prompt.replace(numbers[one.count], "seven")
        if one.colour:
            yield f"no {one.colour}", prompt.replace(f"{one.colour} ", "")
    coloured = [one.colour for one in brief.subjects if one.colour]
    if len(set(coloured)) > 1:
        yield "swapped colours", _swap_words(prompt, *coloured[:2])
    for text in brief.texts:
        yield "another text", prompt.replace(text, text[::-1])
    if any(one.kind in {"left of", "right of"} for one in brief.relations):
        yield "other side", _swap_words(prompt, "left", "right")
    if "person" in brief.exclusions:
        yield "named exclusion", f"{prompt}, two people"
    yield "invented text", f'{prompt}, with the text "SALE"'
    yield "invented thing", f"{prompt}, and a parrot"
    yield "Chinese left", f"{prompt}, 霓虹灯"
    yield "endless", f"{prompt}, {'very sharp focus, ' * 200}"


def _in_prompts() -> Iterator[tuple[str, Case]]:
    for case in CASES:
        damaged = [(what, prompt) for what, prompt in _prompts(case) if prompt != case.rendering.prompt]
        for what, prompt in damaged:
            yield what, replace(case, rendering=replace(case.rendering, prompt=prompt))
        if case.card.negative_prompt and case.brief.exclusions:
            yield "not kept out", replace(case, rendering=replace(case.rendering, negative_prompt=""))


def _missed(faults: list[tuple[str, Case]]) -> list[str]:
    return [
        f"{what}: {case.request} -> {case.rendering.prompt}"
        for what, case in faults
        if not check(case.request, case.brief, case.rendering, case.card)
    ]


@pytest.mark.parametrize("faults", [_in_briefs, _in_prompts])
def test_planted_faults_are_found(faults: Callable[[], Iterator[tuple[str, Case]]]) -> None:
    """Of more than 200 briefs and prompts with one locked item damaged, at least 95 % give a finding."""
    planted = list(faults())
    missed = _missed(planted)
    assert len(planted) > 200
    assert len(missed) <= 0.05 * len(planted), "\n".join(missed)


def test_faithful_prompts_raise_no_alarm() -> None:
    """What the director reads and any dialect renders is taken for what it is."""
    cases = [*CASES, *(_case(request, card) for request in REQUESTS for card in (TAGS, QWEN))]
    found = {case.request: check(case.request, case.brief, case.rendering, case.card) for case in cases}
    assert {request: faults for request, faults in found.items() if faults} == {}


async def test_mended_briefs_give_prompts_that_pass() -> None:
    """Every damaged brief is put right by code: what is painted passes, and nobody's own words are needed."""
    for what, case in _in_briefs():
        done = await checked(case.request, case.brief, case.card, partial(render, card=case.card))
        known = "dropped poster" in what
        assert known or done.findings, what
        assert not any("own words" in note or "原话" in note for note in done.rendering.notes), what
        assert check(case.request, done.brief, done.rendering, case.card) == (), what
