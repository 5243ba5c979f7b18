"""The checker, kind by kind: what it finds, and what it must let pass."""

from dataclasses import replace

import pytest

from bot.brief import Brief, Relation, Subject
from bot.checker import Finding, Kind, check
from bot.checker.budget import tokens_at_most
from bot.checker.checks import check_brief, check_prompt
from bot.dialects import Rendering, render
from bot.messages import Plan
from bot.store import pack, unpack
from bot.tasks import ModelCard
from tools.engine.families import card_for, folder_of

SDXL = ModelCard("xl", "sdxl", "plain", 1024, 1024, 30, 5.0, negative_prompt=True, token_limit=75)
FLUX = ModelCard("flux", "flux1", "plain", 1024, 1024, 28, 3.5, negative_prompt=False, token_limit=511)
QWEN = ModelCard("qwen", "qwenimage", "bilingual", 1024, 1024, 30, 4.0, True, 507, languages=("en", "zh"))
CAT, DOG = Subject("cat", 2, "red"), Subject("dog", 1, "blue")


def kinds(found: tuple[Finding, ...]) -> set[Kind]:
    return {one.kind for one in found}


def of_brief(request: str, *subjects: Subject, previous: Brief | None = None, **others: object) -> set[Kind]:
    return kinds(check_brief(request, Brief(request, subjects, **others), previous))  # type: ignore[arg-type]


def of_prompt(brief: Brief, prompt: str, negative: str = "", card: ModelCard = SDXL, *notes: str) -> set[Kind]:
    return kinds(check_prompt(brief.words, brief, Rendering(prompt, negative, notes), card))


@pytest.mark.parametrize(
    ("request_", "subjects"),
    [
        ("a kitten and a couch", [Subject("cat", 1), Subject("sofa")]),
        ("a small house", [Subject("house", attributes=("little",))]),
        ("a crimson car", [Subject("car", 1, "red")]),
        ("a woman in a red dress", [Subject("woman", attributes=("wearing a red dress",))]),
        ("cats and a ball", [Subject("cat", 3), Subject("ball", 1)]),
        ("a bird and trees", [Subject("sparrow", 1), Subject("tree")]),
        ("一只小猫", [Subject("kitten", 1)]),
        ("一间木屋", [Subject("cabin", 1, attributes=("wooden",))]),
        ("a glorbix and a cat", [Subject("alien", 1), Subject("cat", 1)]),
        ("five dogs, one of them brown", [Subject("dog", 4), Subject("dog", 1, "brown")]),
        ("someone riding a bike", [Subject("cyclist", 1), Subject("bicycle", 1)]),
        ("something that feels like summer", [Subject("ice cream", 1), Subject("sunglasses")]),
    ],
)
def test_another_way_of_saying_it_is_no_fault(request_: str, subjects: list[Subject]) -> None:
    """Synonyms, translations, kinds, and what is elsewhere in the brief or can't be known raise no alarm."""
    assert of_brief(request_, *subjects) == set()


@pytest.mark.parametrize(
    ("request_", "subjects", "kind"),
    [
        ("two red cats and a blue dog", [CAT], Kind.ENTITY),
        ("two red cats and a blue dog", [CAT, Subject("horse", 1, "blue")], Kind.ENTITY),
        ("two red cats and a blue dog", [CAT, Subject("horse", 1, "blue")], Kind.INVENTED_ENTITY),
        ("two red cats", [Subject("cat", 3, "red")], Kind.COUNT),
        ("two red cats", [Subject("cat", None, "red")], Kind.COUNT),
        ("两只红猫", [Subject("cat", 4, "red")], Kind.COUNT),
        ("two red cats and a blue dog", [Subject("cat", 2, "blue"), Subject("dog", 1, "red")], Kind.COLOUR),
        ("一只黑猫和一只白狗", [Subject("cat", 1, "white"), Subject("dog", 1, "black")], Kind.COLOUR),
        ("a fluffy cat and a dog", [Subject("cat", 1), Subject("dog", 1, attributes=("fluffy",))], Kind.ATTRIBUTE),
        ("a fluffy cat", [Subject("cat", 1)], Kind.ATTRIBUTE),
        ("a red cat and a dog", [Subject("cat", 1, "red"), Subject("dog", 1), Subject("parrot")], Kind.INVENTED_ENTITY),
    ],
)
def test_faults_of_things_in_a_brief(request_: str, subjects: list[Subject], kind: Kind) -> None:
    """A thing, number, colour or adjective that was said and is gone or elsewhere is found."""
    assert kind in of_brief(request_, *subjects)


def test_a_relation_the_other_way_round_is_found() -> None:
    """Left is not right, in a brief and in a prompt, in English and Chinese; the mirrored form says the same."""
    things = (Subject("cat", 1), Subject("dog", 1))
    turned, mirrored = Relation("dog", "left of", "cat"), Relation("dog", "right of", "cat")
    for request in ("a cat to the left of a dog", "一只猫在一只狗左边"):
        assert of_brief(request, *things, relations=(turned,)) == {Kind.RELATION}
        assert of_brief(request, *things, relations=(mirrored,)) == set()
        brief = Brief(request, things, (Relation("cat", "left of", "dog"),))
        assert of_prompt(brief, "a dog to the left of a cat") == {Kind.RELATION}
        assert of_prompt(brief, "a dog to the right of a cat") == set()
        assert of_prompt(brief, "a cat and a dog") == {Kind.RELATION}
        assert of_prompt(brief, "a cat on the left, a dog on the right") == set()


def test_who_does_what_to_whom_stays() -> None:
    """An action between two things is in the prompt as a verb, and its passive says the same."""
    brief = Brief(
        "a girl feeding pigeons", (Subject("girl", 1), Subject("pigeon")), (Relation("girl", "feeding", "pigeon"),)
    )
    assert of_prompt(brief, "a girl feeding pigeons") == set()
    assert of_prompt(brief, "pigeons fed by a girl") == set()
    assert of_prompt(brief, "a girl with pigeons") == {Kind.RELATION}


def test_text_is_drawn_to_the_letter() -> None:
    """Quoted words stay as they are, in every language; nothing else is put into quotes."""
    request = 'a sign that says "Open 24h"'
    sign = Subject("sign", 1)
    assert of_brief(request, sign, texts=("Open 24h",)) == set()
    assert of_brief(request, sign, texts=("OPEN 24h",)) == {Kind.TEXT}
    assert of_brief(request, sign, texts=("24 小时营业",)) == {Kind.TEXT}
    assert of_brief(request, sign) == {Kind.TEXT}
    assert of_brief("a sign", sign, texts=("Welcome",)) == {Kind.INVENTED_TEXT}
    assert of_brief("un panneau avec «Ouvert»", sign, texts=("Open",)) == {Kind.TEXT}
    brief = Brief(request, (sign,), texts=("Open 24h",))
    assert of_prompt(brief, 'a sign, with the text "Open 24h"') == set()
    assert of_prompt(brief, 'a sign, with the text "Open 24h" and "Welcome"') == {Kind.INVENTED_TEXT}


def test_names_stay() -> None:
    """Names that were given are in brief and prompt."""
    request = "a cat called Momo"
    assert of_brief(request, Subject("cat", 1), names=("Momo",)) == set()
    assert of_brief(request, Subject("cat", 1), names=("Mimi",)) == {Kind.NAME, Kind.INVENTED_DETAIL}
    brief = Brief(request, (Subject("cat", 1),), names=("Momo",))
    assert of_prompt(brief, "a cat, Moma") == {Kind.NAME}
    assert of_brief("ねこの Momo を描いて", Subject("cat", 1), names=("Mimi",)) == {Kind.NAME}


def test_exclusions_are_kept_out_and_not_named() -> None:
    """What must not be there is in the negative prompt where that is heeded, and never asked for."""
    beach = {"place": "beach"}
    assert of_brief("a cat on a beach, no people", Subject("cat", 1), **beach) == {Kind.EXCLUSION}
    assert of_brief("a cat on a beach, no people", Subject("cat", 1), exclusions=("humans", "person"), **beach) == set()
    brief = Brief("a cat, no people", (Subject("cat", 1),), exclusions=("person",))
    assert of_prompt(brief, "a cat", "people") == set()
    assert of_prompt(brief, "a cat", "") == {Kind.EXCLUSION}
    assert of_prompt(brief, "a cat", "", FLUX) == set()
    assert of_prompt(brief, "a cat, two people", "person") == {Kind.EXCLUSION}
    assert of_prompt(brief, "a cat without any people", "", FLUX) == set()
    brief = replace(brief, subjects=(Subject("cat", 1, attributes=("wearing a blue hat",)),), exclusions=("red hat",))
    assert of_prompt(brief, "a cat wearing a blue hat", "red hat") == set()
    assert of_prompt(brief, "a cat wearing a blue hat and a red hat", "red hat") == {Kind.EXCLUSION}


def test_the_scene_stays() -> None:
    """Place, time, weather, style and shape that were named are kept; other words for them are no fault."""
    cat = Subject("cat", 1)
    request = "a cat on a beach at night in the rain, watercolour, 16:9"
    scene = {"place": "seaside", "time": "midnight", "weather": "rainy", "style": "watercolor painting"}
    assert of_brief(request, cat, aspect="16:9", **scene) == set()
    assert of_brief(request, cat, aspect="1:1", **scene) == {Kind.ASPECT}
    for lost in scene:
        assert of_brief(request, cat, aspect="16:9", **(scene | {lost: ""})) == {Kind.SCENE}
    brief = Brief(request, (cat,), place="beach", time="night", weather="rain", light="soft light")
    assert of_prompt(brief, "a cat on a beach at night in the rain, soft light") == set()
    assert of_prompt(brief, "a cat on a beach in the rain, soft light") == {Kind.SCENE}
    assert of_prompt(brief, "a cat on a beach at night in the rain") == {Kind.SCENE}
    assert of_prompt(replace(brief, added=("light",), light=""), "a cat on a beach at night in the rain") == set()


def test_prompts_lose_no_binding() -> None:
    """Numbers, colours and adjectives stand with their own thing in a prompt, in sentences, tags and Chinese."""
    brief = Brief("two red cats and a small blue dog", (CAT, replace(DOG, attributes=("small",))))
    for prompt in (
        "two red cats and a small blue dog",
        "(2 red cats:1.3), small blue dog, beach",
        "Two red cats sit beside a small blue dog.",
        "两只红色的猫和一只蓝色的小狗",
    ):
        assert (
            of_prompt(brief, prompt, card=QWEN) <= {Kind.ATTRIBUTE} if "狗" in prompt else not of_prompt(brief, prompt)
        )
    assert of_prompt(brief, "two blue cats and a small red dog") == {Kind.COLOUR}
    assert of_prompt(brief, "two red cats and a blue dog") == {Kind.ATTRIBUTE}
    assert of_prompt(brief, "two small red cats and a blue dog") == {Kind.ATTRIBUTE}
    assert of_prompt(brief, "three red cats and a small blue dog") == {Kind.COUNT}
    assert of_prompt(brief, "red cats and a small blue dog") == {Kind.COUNT}
    assert of_prompt(brief, "two red cats and two small blue dogs") == {Kind.COUNT}
    assert of_prompt(brief, "两只蓝色的猫和一只红色的狗，小", card=QWEN) == {Kind.COLOUR}
    assert of_prompt(Brief("a cat", (Subject("cat"),)), "three white cats") == {Kind.COUNT, Kind.COLOUR}


def test_language_and_length() -> None:
    """English-only families get no Chinese but for what is drawn; no model gets more than it reads."""
    brief = Brief("a sign", (Subject("sign", 1),), texts=("你好",))
    assert of_prompt(brief, 'a sign, with the text "你好"') == set()
    assert of_prompt(brief, 'a sign 霓虹, with the text "你好"') == {Kind.LANGUAGE}
    for card in (QWEN, replace(SDXL, dialect="bilingual", languages=("zh",)), replace(SDXL, languages=())):
        assert of_prompt(brief, '霓虹 a sign, with the text "你好"', card=card) == set()
    assert of_prompt(Brief("a cat", (Subject("cat", 1),)), "a cat" + ", soft warm light" * 30) == {Kind.TOO_LONG}


def test_stated_omissions_are_no_faults() -> None:
    """What a small model's notes say that it leaves out or paints instead is known to the asker; the rest is not."""
    card = card_for(folder_of("sketch"), "sketch")  # type: ignore[arg-type]
    request = "five fluffy lions beside a router, no people, in the rain"
    brief = Brief(
        request,
        (Subject("lion", 5, attributes=("fluffy",)), Subject("router", 1)),
        (Relation("lion", "next to", "router"),),
        exclusions=("person",),
        weather="rain",
    )
    rendering = render(brief, card)
    assert check_prompt(request, brief, rendering, card) == ()
    assert Kind.ENTITY in kinds(check_prompt(request, brief, replace(rendering, notes=()), card))
    cat = Brief("a red cat", (Subject("cat", 1, "red"),))
    painted = render(cat, card)
    damaged = replace(painted, prompt=painted.prompt.replace("cat", "dog"))
    assert Kind.ENTITY in kinds(check_prompt("a red cat", cat, damaged, card))


PICTURE = Brief(
    "two red cats and a blue dog on a beach",
    (CAT, DOG),
    (Relation("cat", "left of", "dog"),),
    texts=("HI",),
    exclusions=("person",),
    place="beach",
    light="soft light",
    added=("light",),
)


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ("same, but at night", {"time": "night"}),
        ("make the dog green", {"subjects": (CAT, replace(DOG, colour="green"))}),
        ("remove the dog", {"subjects": (CAT,), "relations": ()}),
        ("add a bird", {"subjects": (CAT, DOG, Subject("bird", 1))}),
        ("swap their colours", {"subjects": (replace(CAT, colour="blue"), replace(DOG, colour="red"))}),
        ("make it blue", {"subjects": (replace(CAT, colour="blue"), DOG)}),
        ("make it blue", {"subjects": (replace(CAT, colour="blue"), DOG), "light": ""}),
        ("夜晚", {"time": "night"}),
        ("不要狗", {"subjects": (CAT,), "relations": (), "exclusions": ("person", "dog")}),
    ],
)
def test_faithful_changes_pass(words: str, changed: dict[str, object]) -> None:
    """A follow-up may change what it names, and what was nobody's wish."""
    brief = replace(PICTURE, **changed)  # type: ignore[arg-type]
    assert check_brief(words, brief, PICTURE) == ()


@pytest.mark.parametrize(
    ("words", "changed", "kind"),
    [
        ("same, but at night", {}, Kind.SCENE),
        ("same, but at night", {"time": "night", "place": "forest"}, Kind.SCENE),
        ("same, but at night", {"time": "night", "texts": ()}, Kind.TEXT),
        ("same, but at night", {"time": "night", "exclusions": ()}, Kind.EXCLUSION),
        ("same, but at night", {"time": "night", "subjects": (CAT,), "relations": ()}, Kind.ENTITY),
        ("same, but at night", {"time": "night", "subjects": (replace(CAT, count=3), DOG)}, Kind.COUNT),
        ("same, but at night", {"time": "night", "relations": ()}, Kind.RELATION),
        ("make the dog green", {}, Kind.COLOUR),
        ("make the dog green", {"subjects": (replace(CAT, colour="green"), DOG)}, Kind.COLOUR),
        ("add a bird", {}, Kind.ENTITY),
        ("remove the dog", {"subjects": (DOG,), "relations": ()}, Kind.ENTITY),
        ("夜晚", {"time": "night", "subjects": (CAT,), "relations": ()}, Kind.ENTITY),
        ("add the text “BYE”", {}, Kind.TEXT),
    ],
)
def test_what_a_change_does_not_name_stays(words: str, changed: dict[str, object], kind: Kind) -> None:
    """What was locked before and is not named must still be there, and what is named must have changed."""
    brief = replace(PICTURE, **changed)  # type: ignore[arg-type]
    assert kind in kinds(check_brief(words, brief, PICTURE))


def test_in_other_languages_only_what_needs_none_is_checked() -> None:
    """Of French nobody here reads more than quotes and digits."""
    assert of_brief("3 chats rouges sur une plage", Subject("cat", 3, "red"), place="beach") == set()
    assert of_brief("3 chats rouges sur une plage", Subject("dog", 3)) == set()
    assert of_brief("3 chats rouges sur une plage", Subject("cat", 2)) == {Kind.COUNT}
    assert of_brief("кот и 4 собаки", Subject("cat", 1), Subject("dog", 4)) == set()


def test_check_looks_at_both_steps() -> None:
    """What the brief lost and what the prompt lost of the rest come together, each under its place."""
    brief = Brief("two red cats and a blue dog", (CAT,))
    found = check(brief.words, brief, Rendering("two cats", ""), SDXL)
    assert [(one.where, one.kind) for one in found] == [("brief", Kind.ENTITY), ("prompt", Kind.COLOUR)]


def test_findings_survive_the_database() -> None:
    """A plan keeps its findings, and one from before there were any has none."""
    found = (Finding(Kind.COUNT, "brief", "cat", "2", "3"),)
    plan = Plan("r", Brief("r"), "p", "", "m", "sketch", 64, 64, 4, 1.0, 7, findings=found)
    packed = pack(plan)
    assert unpack(Plan, packed) == plan
    del packed["findings"]
    assert unpack(Plan, packed).findings == ()


def test_the_estimate_of_tokens_is_never_too_low() -> None:
    """For what Sketch is asked in its own world the estimate covers its real tokenizer's count and fits its limit."""
    from tokenizers import Tokenizer

    folder = folder_of("sketch")
    assert folder
    tokenizer, card = Tokenizer.from_file(str(folder / "tokenizer" / "tokenizer.json")), card_for(folder, "sketch")
    tokenizer.no_padding()
    for first in card.vocabulary["subjects"]:
        for colour in card.vocabulary["colours"]:
            for kind in ("left of", "above", "next to"):
                things = (Subject(first, 1, colour), Subject("house" if first != "house" else "tree", 1, colour))
                brief = Brief("", things, (Relation(first, kind, things[1].name),), place="beach", time="sunset")
                prompt = render(replace(brief, style="pixel art"), card).prompt
                counted = len(tokenizer.encode(prompt, add_special_tokens=False).ids)
                assert counted <= tokens_at_most(prompt, card) <= card.token_limit, prompt
    assert tokens_at_most("两只猫", SDXL) >= len("两只猫".encode())
    assert tokens_at_most("a photograph of an extraordinarily ornate cathedral", SDXL) >= 9
