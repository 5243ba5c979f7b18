"""Which of the pictures that are there a person means, and where 'back', 'undo' and 'redo' lead."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from bot.contracts import Earlier, ToolContext
from bot.errors import RequestError
from bot.language import Language
from bot.messages import Plan

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_CARDINALS = "one two three four five six seven eight nine ten".split()
_CHINESE = "一二三四五六七八九十"
_PLACES = {"left": 0, "right": -1, "top left": 0, "top right": 1, "bottom left": 2, "bottom right": 3}
_SHORTEST_ID = 4
_REFUSALS: dict[str, dict[Language, tuple[str, str]]] = {
    "none": {
        "en": ("There is no picture yet to do that with", "Ask for one first."),
        "zh": ("这里还没有图片，没法这样做", "先让我画一张吧。"),
    },
    "few": {
        "en": ("There {are} only {count} {pictures} here", "Say which of them."),
        "zh": ("这里只有{count}张图片", "请说是其中哪一张。"),
    },
    "which": {
        "en": ("There is no such picture here", "Say 'the first', 'the last' or reply to the one that you mean."),
        "zh": ("这里没有这张图片", "请说“第一张”“最后一张”，或者直接回复那张图。"),
    },
    "undo": {
        "en": ("There is nothing to undo: that picture changes no earlier one", "Say 'the first' to see another."),
        "zh": ("没有可以撤销的：这张图不是由更早的图改来的", "想看别的图，可以说“第一张”。"),
    },
    "redo": {
        "en": ("There is nothing to redo", "Say what is to change."),
        "zh": ("没有可以恢复的改动", "请说说想怎么改。"),
    },
}


@dataclass(frozen=True)
class Lineage:
    """Pictures that a person can speak of.

    Every change keeps the picture that it changes as its plan's `parent`. A picture that is shown again is a row of its
    own whose plan says `same_as`: 'undo' and 'redo' show one as it was, so that its own parent is the next to go back
    to; 'back' is a change like any other, with the picture that one stood at as its parent. So a chain of undos needs
    no memory of its own, and ends at the first picture.

    Attributes:
        pictures: Oldest first.
        here: The one that a follow-up means where the words name none; it may be none of `pictures`.
        language: Of what is said where there is no such picture.
    """

    pictures: tuple[Earlier, ...] = ()
    here: Earlier | None = None
    language: Language = "en"

    def pick(self, which: str) -> Earlier:
        """The picture that a person calls so.

        Args:
            which: '' for the one that they stand at; 'first', 'second' or a number, of the last reply with several
                pictures, else of all; 'last'; 'previous', 'next'; 'original'; 'left', 'right', 'middle'; or an id.

        Raises:
            RequestError: There is none.
        """
        if self.here is None:
            raise self._refusal("none")
        which = re.sub(r"\b(?:the|one|picture|image|version|number)\b|[#第张幅个版]", " ", which.casefold()).strip()
        which = " ".join(which.split())
        return self._by_name(which) or self._by_number(which) or self._by_id(which)

    def undo(self) -> Earlier:
        """The picture that the one here was made of. Raises RequestError where it was made of none."""
        if self.here is None:
            raise self._refusal("none")
        before = self._with_id(self.here.plan.parent or "")
        if before is None:
            raise self._refusal("undo")
        return before

    def redo(self) -> Earlier:
        """The latest picture that was made of the one here. Raises RequestError where none was."""
        if self.here is None:
            raise self._refusal("none")
        root = self._root(self.here)
        parents = {one.id for one in self.pictures if self._root(one) == root}
        made = [one for one in self.pictures if one.plan.parent in parents and self._root(one) != root]
        if not made:
            raise self._refusal("redo")
        return made[-1]

    @property
    def count(self) -> int:
        """How many pictures there are, those that were only shown again apart."""
        return len(self._distinct)

    @property
    def together(self) -> int:
        """How many pictures the reply has that the one here belongs to."""
        return sum(one.job_id == self.here.job_id for one in self._distinct) if self.here else 0

    @property
    def has_group(self) -> bool:
        """Whether any reply has several pictures."""
        return len({one.job_id for one in self._distinct}) < len(self._distinct)

    def _by_name(self, which: str) -> Earlier | None:
        if which in ("", "this", "that", "it"):
            return self.here
        if which in ("last", "latest", "newest", "最后一", "最后"):
            return self.pictures[-1] if self.pictures else self.here
        if which in ("previous", "before", "上一"):
            return self._beside(-1)
        if which in ("next", "下一"):
            return self._beside(1)
        if which in ("original", "very first"):
            return self._original()
        group = self._numbered if self.has_group else ()
        if which in ("middle", "centre", "center") and len(group) > 1:
            return group[len(group) // 2]
        place = _PLACES.get(which)
        return group[place] if place is not None and 1 < len(group) > place else None

    def _by_number(self, which: str) -> Earlier | None:
        number = number_of(which)
        if not number:
            return None
        most = max((self._numbered, self._distinct), key=len)
        for pictures in (self._numbered, self._distinct):
            if number <= len(pictures):
                return pictures[number - 1]
        raise self._refusal("few", len(most))

    def _by_id(self, which: str) -> Earlier:
        found = [one for one in self.pictures if one.id.startswith(which)] if len(which) >= _SHORTEST_ID else []
        if len(found) != 1:
            raise self._refusal("which")
        return found[0]

    def _with_id(self, picture_id: str) -> Earlier | None:
        return next((one for one in self.pictures if one.id == picture_id), None)

    def _root(self, picture: Earlier) -> str:
        """The id of the picture that this one shows again, or its own."""
        while same := picture.plan.same_as:
            earlier = self._with_id(same)
            if earlier is None:
                return same
            picture = earlier
        return picture.id

    @cached_property
    def _distinct(self) -> tuple[Earlier, ...]:
        """The pictures without those that were only shown again."""
        return tuple(one for one in self.pictures if one.plan.same_as is None)

    @cached_property
    def _numbered(self) -> tuple[Earlier, ...]:
        """Those that a number counts: the last reply with several pictures, else all; a reply means its own first."""
        replies = [tuple(group) for _, group in groupby(self._distinct, key=lambda one: one.job_id)]
        several = [reply for reply in replies if len(reply) > 1]
        own = [reply for reply in several if self.here and self.here.job_id == reply[0].job_id]
        return (own or several or [self._distinct])[-1]

    def _beside(self, step: int) -> Earlier:
        """The picture before or after the one here; of a reply with several pictures, before or after them all."""
        assert self.here is not None
        roots = [one.id for one in self._distinct]
        root = self._root(self.here)
        at = roots.index(root) if root in roots else len(roots)
        job_id = self._distinct[at].job_id if at < len(roots) else ""
        at += step
        while 0 <= at < len(roots) and self._distinct[at].job_id == job_id:
            at += step
        if not 0 <= at < len(roots):
            raise self._refusal("few", len(roots)) if len(roots) > 1 else self._refusal("which")
        return self._distinct[at]

    def _original(self) -> Earlier:
        """The first picture of those that this one came from, change by change."""
        assert self.here is not None
        picture, seen = self.here, set[str]()
        while (before := self._with_id(picture.plan.parent or "")) and before.id not in seen:
            seen.add(before.id)
            picture = before
        return picture

    def _refusal(self, kind: str, count: int = 0) -> RequestError:
        problem, remedy = _REFUSALS[kind][self.language]
        names = _CARDINALS if self.language == "en" else _CHINESE.replace("二", "两")
        said = names[count - 1] if 0 < count <= len(names) else str(count)
        one = count == 1
        text = problem.format(count=said, are="is" if one else "are", pictures="picture" if one else "pictures")
        return RequestError(text, remedy)


def lineage_of(context: ToolContext, language: Language) -> Lineage:
    """What the asker of a message can speak of."""
    here = None
    if context.previous is not None and context.previous_id is not None:
        known = next((one.job_id for one in context.earlier if one.id == context.previous_id), "")
        here = Earlier(context.previous_id, known, context.previous, context.previous_sha256)
    return Lineage(context.earlier, here, language)


def meaning(context: ToolContext, which: str, language: Language) -> ToolContext:
    """The same context, with the picture that is called `which` as the one that a follow-up refers to.

    Raises:
        RequestError: There is no such picture.
    """
    if not which:
        return context
    meant = lineage_of(context, language).pick(which)
    return replace(context, previous=meant.plan, previous_id=meant.id, previous_sha256=meant.sha256)


def shown_again(meant: Earlier, parent: str | None) -> Plan:
    """The plan of a picture that is shown once more; it is painted anew only where its content was deleted."""
    return replace(meant.plan, same_as=meant.id, parent=parent, held=False)


def number_of(which: str) -> int | None:
    """The number that 'second', '2nd', 'two', '二' or '2' stand for."""
    if match := re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)?", which):
        return int(match[1])
    for names in (_ORDINALS, _CARDINALS, _CHINESE):
        if which in names and which:
            return names.index(which) + 1
    return 2 if which == "两" else None
