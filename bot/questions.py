"""What a picture is looked at for: each thing that a brief locks, as a question and as statements to compare."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.brief import Brief, Relation, Subject
from bot.checker.checks import check_prompt
from bot.checker.finding import Kind
from bot.checker.shown import in_words_of
from bot.dialects import Rendering, render
from bot.dialects.phrases import describe
from bot.dialects.rendering import Notes
from bot.dialects.vocabulary import Vocabulary
from bot.errors import RequestError
from bot.grammar import with_article
from bot.messages import Plan
from bot.tasks import ModelCard

MOST = 12
_COLOURS = "red orange yellow green blue purple pink brown white black grey".split()
_OTHER_SIDE = {"left of": "right of", "above": "below", "behind": "in front of"}
_OTHER_SIDE |= {other: side for side, other in _OTHER_SIDE.items()}
_CHINESE_SIDE = {
    "left of": "的左边", "right of": "的右边", "above": "上方", "below": "下方", "behind": "后面",
    "in front of": "前面", "inside": "里面", "on": "上", "next to": "旁边",
}  # fmt: skip
_CHINESE_COUNT = r"[一二两三四五六七八九十\d]+\s*[\u4e00-\u9fff]{0,4}?"


@dataclass(frozen=True, slots=True)
class Check:
    """One locked item of a brief.

    Attributes:
        kind: What about it is asked.
        about: The subject or subjects that it is about.
        item: The item in the asker's language: 'two cats'.
        question: To be answered with yes or no by whoever sees the picture.
        wanted: The answer where the picture is as asked; False for what must not be in it.
        statement: What is true of the picture then, in words of the model that painted it.
        contrasts: What would be true of it otherwise; none where a judge can't be asked.
        emphasis: How a prompt says the item once more.
    """

    kind: Kind
    about: str
    item: str
    question: str
    wanted: bool = True
    statement: str = ""
    contrasts: tuple[str, ...] = ()
    emphasis: str = ""


def checks_of(plan: Plan, card: ModelCard) -> tuple[Check, ...]:
    """The checks of a planned picture, `MOST` at most: only what its prompt asks for can be missed in it."""
    brief = in_words_of(card, plan.brief)
    asked = Rendering(plan.prompt, plan.negative_prompt, plan.notes)
    lost = {(one.kind, one.about) for one in check_prompt(plan.request, plan.brief, asked, card)}
    gone = {about for kind, about in lost if kind is Kind.ENTITY}
    known = _Few(brief, plan, card) if card.vocabulary else _Any(brief, plan, card)
    found = [
        one for one in known.checks() if (one.kind, one.about) not in lost and not gone & set(one.about.split("|"))
    ]
    return tuple(found[:MOST])


class _Any:
    """Of a model that reads any words: a statement is the item alone, so that the rest of the scene does not weigh."""

    def __init__(self, brief: Brief, plan: Plan, card: ModelCard) -> None:
        self._brief, self._card = brief, card
        self._notes = Notes(plan.request)

    def checks(self) -> Iterator[Check]:
        """All of them, things first."""
        for subject in self._brief.subjects:
            if subject.name.strip():
                yield from self._of_subject(subject)
        for relation in self._brief.relations:
            yield self._of_relation(relation)
        for text in self._brief.texts:
            question = f'Is the text "{text}" written in the picture, spelled exactly so?'
            yield Check(Kind.TEXT, text, f'"{text}"', question, emphasis=f'the text "{text}" clearly written')
        for name in self._brief.exclusions:
            question = f"Is there any {name} in the picture?"
            yield Check(Kind.EXCLUSION, name, self._notes.said(name), question, wanted=False)

    def _of_subject(self, subject: Subject) -> Iterator[Check]:
        name, bare = subject.name, replace(subject, colour=None, attributes=())
        if subject.count and subject.count > 1:
            exactly = f"exactly {describe(bare)}"
            others = [replace(subject, count=count) for count in self._other_counts(subject.count)]
            others += self._other_things(subject)
            question = f"Are there {exactly} in the picture?"
            yield self._compared(Kind.COUNT, subject, self._said(bare), question, others, exactly)
        else:  # 'a dog' forbids no second one
            there = f"more than one {name}" if subject.plural else with_article(name)
            item, question = self._said(bare), f"Is there {there} in the picture?"
            yield self._compared(Kind.ENTITY, subject, item, question, self._other_things(subject), describe(bare))
        if subject.colour:
            coloured = replace(subject, count=1, attributes=())
            question = f"Is the {name} {subject.colour}?"
            colours = [replace(subject, colour=colour) for colour in self._other_colours(subject.colour)]
            emphasis = f"{subject.colour} {name}"
            yield self._compared(Kind.COLOUR, subject, self._said(coloured), question, colours, emphasis)
        for attribute in subject.attributes:
            item = self._said(replace(subject, count=None, colour=None, attributes=(attribute,)))
            question = f"Is the {name} as described by '{attribute}'?"
            yield Check(Kind.ATTRIBUTE, name, item, question, emphasis=f"{attribute} {name}")

    def _of_relation(self, relation: Relation) -> Check:
        first, kind, second = relation.subject, relation.kind, relation.object
        to = "to the " if kind in ("left of", "right of") else ""
        said = f"the {first} {to}{kind} the {second}"
        item, question = said, f"Is the {first} {to}{kind} the {second}?"
        if self._notes.in_chinese:
            one, other = self._notes.said(first), self._notes.said(second)
            side = _CHINESE_SIDE.get(kind)
            item = f"{one}在{other}{side}" if side else f"{one}{self._notes.said(kind)}{other}"
        turned = _OTHER_SIDE.get(kind)
        contrasts = [replace(relation, kind=turned)] if turned else []
        statement, others = self._statements(relation, contrasts)
        return Check(
            Kind.RELATION, f"{first}|{second}", item, question, statement=statement, contrasts=others, emphasis=said
        )

    def _compared(
        self, kind: Kind, subject: Subject, item: str, question: str, others: list[Subject], emphasis: str
    ) -> Check:
        statement, contrasts = self._statements(subject, others)
        return Check(kind, subject.name, item, question, statement=statement, contrasts=contrasts, emphasis=emphasis)

    def _statements(
        self, item: Subject | Relation, others: list[Subject] | list[Relation]
    ) -> tuple[str, tuple[str, ...]]:
        """What is true, and what would be instead; without the statement itself, and each once."""
        statement = self._scene(item, item)
        scenes = dict.fromkeys(self._scene(item, other) for other in others)
        return statement, tuple(scene for scene in scenes if scene not in (statement, ""))

    def _scene(self, item: Subject | Relation, other: Subject | Relation) -> str:
        if isinstance(other, Relation):
            pair = [one for one in self._brief.subjects if one.name in (other.subject, other.object)]
            scene = Brief("", subjects=tuple(pair), relations=(other,))
        else:
            scene = Brief("", subjects=(other,))
        return self._rendered(scene)

    def _rendered(self, scene: Brief) -> str:
        try:
            return render(scene, self._card).prompt
        except RequestError:
            return ""

    def _other_counts(self, count: int) -> list[int]:
        return [other for other in (count - 1, count + 1) if other]

    def _other_colours(self, colour: str) -> list[str]:
        return [other for other in _COLOURS if other != colour]

    def _other_things(self, subject: Subject) -> list[Subject]:
        return []  # of all that there is nothing stands to reason

    def _said(self, subject: Subject) -> str:
        """A subject as the asker would name it; in Chinese a count as they wrote it, measure word and all."""
        if not self._notes.in_chinese:
            return describe(subject)
        name = self._notes.said(subject.name)
        described = [self._notes.said(word) for word in (*subject.attributes, subject.colour or "") if word]
        whole = "的".join([*described, name])
        if not subject.count or subject.count == 1:
            return whole
        own = re.search(rf"{_CHINESE_COUNT}{re.escape(name)}", self._notes.words)
        return own.group() if own and not described else f"{subject.count} 个{whole}"


class _Few(_Any):
    """Of a model with a small world of words: a statement is the whole scene, as its captions were.

    What leaves the prompt as it is when it is changed is not in the prompt, and is not asked about.
    """

    def __init__(self, brief: Brief, plan: Plan, card: ModelCard) -> None:
        super().__init__(brief, plan, card)
        self._vocabulary = Vocabulary.of(card)

    def checks(self) -> Iterator[Check]:
        """Those that the model's words can hold."""
        counts = {one.name: one.count or 1 for one in self._brief.subjects}
        for one in super().checks():
            too_many = one.kind is Kind.COUNT and counts[one.about] > self._vocabulary.most
            known = all(name in self._vocabulary.subjects for name in one.about.split("|"))
            if one.contrasts and known and not too_many:
                yield one

    def _scene(self, item: Subject | Relation, other: Subject | Relation) -> str:
        if isinstance(item, Relation):
            instead = tuple(other if one == item else one for one in self._brief.relations)
            return self._rendered(replace(self._brief, relations=instead))  # type: ignore[arg-type]
        subjects = tuple(other if one == item else one for one in self._brief.subjects)
        return self._rendered(replace(self._brief, subjects=subjects))  # type: ignore[arg-type]

    def _other_counts(self, count: int) -> list[int]:
        return [other for other in range(1, self._vocabulary.most + 1) if other != count]

    def _other_colours(self, colour: str) -> list[str]:
        return [other for other in self._vocabulary.colours if other != colour]

    def _other_things(self, subject: Subject) -> list[Subject]:
        there = {one.name for one in self._brief.subjects}
        return [replace(subject, name=name) for name in self._vocabulary.subjects if name not in there]
