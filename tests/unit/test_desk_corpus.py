"""The corpus of the support desk keeps the counts and rules that its README states."""

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

DESK = Path(__file__).parents[1] / "desk"
PICTURES = DESK / "articles" / "pictures"
ARTICLES = {path.stem: path.read_text(encoding="utf-8") for path in (DESK / "articles").glob("*.md")}
HEAD = re.compile(
    r"---\ntitle: (?P<title>.+)\nurl: (?P<url>\S+)\nlanguage: (?P<language>en|zh)\n---\n\n# (?P=title)\n\n"
)
FIGURE = re.compile(r"!\[(.+)\]\((.+)\)")
HAN = re.compile("[\u3400-\u9fff]+")


def questions(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DESK / name).read_text(encoding="utf-8").splitlines()]


QUESTIONS = questions("questions.jsonl")
# Each with its first letter and its counts: all, unanswerable, near misses, in the other language, no shared word.
OF_ALL_ARTICLES = (
    pytest.param(QUESTIONS, "q", (200, 40, 20, 20, 80), id="held out"),
    pytest.param(questions("questions_open.jsonl"), "o", (150, 30, 15, 15, 60), id="open"),
    pytest.param(questions("questions_more.jsonl"), "m", (160, 80, 40, 8, 52), id="more"),
)
NEAR = pytest.param(questions("questions_near.jsonl"), "n", (240, 120, 80, 0, 85), id="near")
WHOLE = pytest.mark.parametrize(("asked", "letter", "counts"), OF_ALL_ARTICLES)
SETS = pytest.mark.parametrize(("asked", "letter", "counts"), [*OF_ALL_ARTICLES, NEAR])
FIELDS = "id language question article also unanswerable no_shared_word other_language illustrate why".split()
FUNCTION_WORDS = set(
    "a about after an and any are as at be been before by can could do does for from got has have how i if in into is "
    "it its just may me mine must my no not of off on one onto or our out over please should so some than that the "
    "their them then there these they this those to too up was way we what when where which while who why will with "
    "would yes you your yours".split()
)
FUNCTION_CHARACTERS = set("的了吗呢吧啊么是在和与或把给怎什哪谁我你您他她它们这那有没不也就都还很能会要到一个")
ENDINGS = ("ation", "ment", "ings", "ing", "ies", "ied", "ers", "ed", "er", "es", "al", "ly", "s", "e", "y")


def stem(word: str) -> str:
    """A word without its commonest English endings, coarser than a dictionary so that it errs towards 'shared'."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return re.sub(r"(.)\1$", r"\1", word.removesuffix(ending))
    return word


def content(text: str) -> set[str]:
    """Stems of content words in Latin script, and pairs of neighbouring Han characters without a function character."""
    words = re.findall(r"[a-z0-9]+", text.lower().replace("wi-fi", "wifi").replace("'s", ""))
    pairs = (first + second for run in HAN.findall(text) for first, second in pairwise(run))
    return {stem(word) for word in words if word not in FUNCTION_WORDS} | {
        pair for pair in pairs if not set(pair) & FUNCTION_CHARACTERS
    }


def language(article: str) -> str:
    return HEAD.match(ARTICLES[article])["language"]  # type: ignore[index]


def title(article: str) -> str:
    return HEAD.match(ARTICLES[article])["title"]  # type: ignore[index]


def answering(question: dict[str, Any]) -> list[str]:
    """Stems of all articles that answer, the best one first."""
    return [question["article"], *question["also"]] if question["article"] else []


def test_at_least_sixty_articles_half_in_each_language() -> None:
    """Each has its title, a page of the invented help centre and a language, and none is there twice."""
    heads = {name: HEAD.match(text) for name, text in ARTICLES.items()}
    assert {name for name, head in heads.items() if head is None} == set()
    assert len(ARTICLES) >= 60
    assert min(Counter(map(language, ARTICLES)).values()) >= 0.45 * len(ARTICLES)
    assert len({title(name) for name in ARTICLES}) == len(ARTICLES)
    folders = {"en": "en", "zh": "zh-cn"}
    pages = {name: f"https://help.tavrelo.example/{folders[language(name)]}/{name}" for name in ARTICLES}
    assert {name: head["url"] for name, head in heads.items() if head} == pages


def test_articles_are_as_long_as_real_ones() -> None:
    """90 to 220 English words or 180 to 450 Han characters, headings counted, the head not."""
    lengths = {}
    for name, text in ARTICLES.items():
        body = HEAD.sub("", text)
        english = language(name) == "en"
        count = len(re.findall(r"[A-Za-z0-9][\w'.-]*", body)) if english else len("".join(HAN.findall(body)))
        lengths[name] = count / (90 if english else 180), count / (220 if english else 450)
    assert {name for name, (of_least, of_most) in lengths.items() if of_least < 1 or of_most > 1} == set()


def test_pictures_are_small_and_each_is_shown() -> None:
    """An article shows at most one picture, captioned; four are screenshots and say so."""
    figures = {name: FIGURE.findall(text) for name, text in ARTICLES.items() if "](pictures/" in text}
    assert {name for name, found in figures.items() if len(found) != 1} == set()
    shown = {path: caption for [(caption, path)] in figures.values()}
    assert {f"pictures/{path.name}" for path in PICTURES.iterdir()} == set(shown)
    assert sum(bool(re.search("^Screenshot|截图", caption)) for caption in shown.values()) == 4
    for path in PICTURES.iterdir():
        with Image.open(path) as picture:
            picture.load()
            assert picture.format == "WEBP"
        assert path.stat().st_size <= 1500, path.name


Asked = list[dict[str, Any]]
Counts = tuple[int, int, int, int, int]


@SETS
def test_questions_name_articles_that_exist(asked: Asked, letter: str, counts: Counts) -> None:
    """Every line has the same fields, and no question is there twice."""
    assert [question["id"] for question in asked] == [f"{letter}{number:03}" for number in range(1, counts[0] + 1)]
    assert {tuple(question) for question in asked} == {tuple(FIELDS)}
    assert len({question["question"] for question in asked}) == counts[0]
    assert {name for question in asked for name in answering(question)} <= set(ARTICLES)
    assert all(len(set(answering(question))) == len(answering(question)) for question in asked)
    assert {question["language"] for question in asked} == {"en", "zh"}


@WHOLE
def test_every_article_is_asked_about(asked: Asked, letter: str, counts: Counts) -> None:
    """And each label stands at enough questions to tell something."""
    assert {question["article"] for question in asked if question["article"]} == set(ARTICLES), letter
    assert min(Counter(question["illustrate"] for question in asked).values()) >= 0.15 * counts[0], letter


@SETS
def test_those_without_an_answer(asked: Asked, letter: str, counts: Counts) -> None:
    """Half of those or more come near an article that is there."""
    open_ones = [question for question in asked if question["unanswerable"]]
    assert len(open_ones) == counts[1], letter
    assert open_ones == [question for question in asked if not answering(question)]
    assert sum(question["why"].startswith(("near miss", "相近")) for question in open_ones) == counts[2]


@SETS
def test_those_in_the_other_language(asked: Asked, letter: str, counts: Counts) -> None:
    """No article in the customer's language answers them; all others have one, and it is named first."""
    assert sum(question["other_language"] for question in asked) == counts[3], letter
    for question in asked:
        known = {language(name) for name in answering(question)}
        assert question["other_language"] == (bool(known) and question["language"] not in known), question["id"]
    assert all(
        language(question["article"]) == question["language"]
        for question in asked
        if not question["unanswerable"] and not question["other_language"]
    )


@SETS
def test_many_questions_share_no_content_word_with_a_title(asked: Asked, letter: str, counts: Counts) -> None:
    """The flag is worked out anew for the questions in their article's language, also against the titles of 'also'."""
    for question in asked:
        comparable = not question["unanswerable"] and not question["other_language"]
        titles: set[str] = set().union(*(content(title(name)) for name in answering(question)))
        shared = titles & content(question["question"])
        assert question["no_shared_word"] == (comparable and not shared), (question["id"], shared)
    assert sum(question["no_shared_word"] for question in asked) == counts[4], letter


@SETS
def test_labels_follow_the_rule_where_code_can_tell(asked: Asked, letter: str, counts: Counts) -> None:
    """An unanswerable question gets no picture, and 'article picture' needs an answering article that has one."""
    for question in asked:
        pictured = any(FIGURE.search(ARTICLES[name]) for name in answering(question))
        assert question["illustrate"] in {"none", "article picture", "paint"}, question["id"]
        assert question["illustrate"] != "article picture" or pictured, question["id"]
        assert question["illustrate"] == "none" or not question["unanswerable"], question["id"]


def test_the_readme_counts_what_is_there() -> None:
    """The numbers in the README are those of the files, and the corpus stays within 285 kB."""
    readme = (DESK / "README.md").read_text(encoding="utf-8")
    labels = Counter(question["illustrate"] for question in QUESTIONS)
    languages = Counter(map(language, ARTICLES))
    for line in (
        f"{len(ARTICLES)} articles: {languages['en']} in English, {languages['zh']} in Chinese",
        f"{len(list(PICTURES.iterdir()))} pictures",
        f"{labels['none']} none, {labels['article picture']} article picture, {labels['paint']} paint",
    ):
        assert line in readme
    assert sum(path.stat().st_size for path in DESK.rglob("*") if path.is_file()) <= 285_000
