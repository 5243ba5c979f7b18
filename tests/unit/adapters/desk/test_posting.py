"""A process dies at every moment of an answer and of a hand-over: the next one goes on, and doubles nothing."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from adapters.desk.posting import Poster
from bot import DeliveryError, Message, Outcome, Reply
from bot.desk.draft import Draft, Kind
from bot.errors import OutcomeUnknown, Silenced

DRAFT = Draft("j1", "desk", "c1", "lin", Kind.ANSWER, "where?", "There.", "en")
REPLY = Reply("j1", "j1", Message("desk", "e1", "lin", "where?", channel="c1"), Outcome.DONE, "There.")


class Death(BaseException):
    """The process ends here."""


@dataclass
class Desk:
    """A desk and a database in one, which outlive the process; it dies before or after its n-th effect."""

    looks: bool = True
    dies_at: int = -1
    effects: int = 0
    done: list[str] = field(default_factory=list)
    journal: str = ""
    taken: bool = False
    silent: bool = False

    def _effect(self, what: str) -> None:
        for moment in ("before", "after"):
            self.effects += 1
            if self.effects == self.dies_at:
                raise Death
            if what and moment == "before":
                self.done.append(what)

    @property
    def people(self) -> bool:
        return self.taken or "handed over" in self.done

    @property
    def desk(self) -> "Desk":
        return self

    async def is_silent(self, adapter: str, conversation: str) -> bool:
        return self.silent

    async def note(self, *about: Any) -> str:
        """Both `Limner.note`, the journal, and a desk's private note."""
        if isinstance(about[1], str):
            self._effect("")
            self.journal = about[1]
            return ""
        self._effect(f"note {about[1].key}")
        return str(len(self.done))

    async def say(self, conversation: str, post: Any) -> str:
        self._effect(f"said {post.key}")
        return str(len(self.done))

    async def find(self, conversation: str, key: str, *, private: bool) -> str | None:
        if not self.looks:
            raise OutcomeUnknown("nobody can look")
        name = f"{'note' if private else 'said'} {key}"
        return str(self.done.index(name) + 1) if name in self.done else None

    async def may_speak(self, conversation: str) -> bool:
        return not self.people

    async def hand_over(self, conversation: str) -> None:
        self._effect("" if self.people else "handed over")

    async def is_handed_over(self, conversation: str) -> bool:
        return self.people


async def attempt(desk: Any, draft: Draft) -> str:
    """What the outbox does after a process that may have posted."""
    reply = replace(REPLY, draft=draft, posted_as=desk.journal)
    poster = Poster(desk, "desk", desk, "")
    return await poster.find(reply) or await poster.deliver(reply)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("looks", [True, False])
async def test_dying_anywhere_doubles_nothing(kind: Kind, looks: bool) -> None:
    """Where the desk can be asked all is done once; where not, it is done once or a person is told, never twice."""
    draft = replace(DRAFT, kind=kind, summary="Asked: where?")
    expected = ["said j1"] if kind is Kind.ANSWER else ["handed over", "note j1-summary", "said j1"]
    whole = Desk()
    await attempt(whole, draft)
    assert whole.done == expected
    for dies_at in range(1, whole.effects + 1):
        desk = Desk(looks, dies_at)
        with pytest.raises(Death):
            await attempt(desk, draft)
        try:
            await attempt(desk, draft)
            assert desk.done[-1] == "said j1"
        except OutcomeUnknown:
            assert not looks
        said = [one for one in desk.done if one != "note j1-summary"]
        assert said == [one for one in expected if one in said]
        assert len(desk.done) == len(set(desk.done)) or not looks


@pytest.mark.parametrize("kind", list(Kind))
async def test_nothing_is_said_or_handed_over_where_a_person_speaks(kind: Kind) -> None:
    """A person who took it by the desk's state, or by Limner's, is not talked over."""
    for desk in (Desk(taken=True), Desk(silent=True)):
        with pytest.raises(Silenced):
            await attempt(desk, replace(DRAFT, kind=kind))
        assert not desk.done


async def test_a_hand_over_that_did_nothing_is_not_claimed() -> None:
    """The desk takes the call and does not change: the customer is told nothing, and it is tried again."""

    class Deaf(Desk):
        async def hand_over(self, conversation: str) -> None:
            return

    desk = Deaf()
    for _ in range(2):
        with pytest.raises(DeliveryError, match="has not handed"):
            await attempt(desk, replace(DRAFT, kind=Kind.HAND_OVER))
    assert not desk.done
