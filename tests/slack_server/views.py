"""Modals and Home tabs: what they may hold, their stacks, and the 3 s of a trigger_id."""

import secrets
from typing import TYPE_CHECKING

from tests.slack_server.blocks import ID, VIEW_BLOCKS, Checks, Json, Ready, check_blocks
from tests.slack_server.errors import Refused, invalid
from tests.slack_server.state import User, View

if TYPE_CHECKING:
    from tests.slack_server.interactions import Interaction, Interactions
    from tests.slack_server.world import World

TITLE, METADATA, DEPTH = 24, 3000, 3
ERROR = "invalid_arguments"


def check_view(view: Json, kind: str, ready: Ready) -> None:
    """A view of this kind.

    Raises:
        Refused: At the first fault.
    """
    check = Checks(ERROR, ready)
    if view.get("type") != kind:
        raise invalid(ERROR, "view.type", f"must be {kind}")
    check.length(view.get("private_metadata"), METADATA, "view.private_metadata", least=0)
    check.length(view.get("callback_id"), ID, "view.callback_id", least=0)
    check_blocks(view.get("blocks"), VIEW_BLOCKS, ready, ERROR, "view.blocks")
    for name in ("title", "submit", "close") if kind == "modal" else ():
        if view.get(name) or name == "title":
            check.text(view.get(name), TITLE, f"view.{name}", plain=True)
    if kind == "modal" and not view.get("submit") and any(block["type"] == "input" for block in view["blocks"]):
        raise invalid(ERROR, "view.submit", "a modal with inputs needs submit")


class Views:
    """All views: what is open before whom, and everybody's Home tab."""

    def __init__(self, world: "World", interactions: "Interactions") -> None:
        self.world, self.interactions = world, interactions
        self.all: dict[str, View] = {}
        self.top: dict[User, View] = {}
        self.homes: dict[User, View] = {}

    def open(self, trigger_id: str, body: Json) -> View:
        """Open a modal; one that is open already makes way."""
        one = self._exchange(trigger_id, body)
        if old := self.top.get(one.user):
            self._close_all(old)
        return self._show(one, body, None)

    def push(self, trigger_id: str, body: Json) -> View:
        """Put a modal on top of the one that it was asked from."""
        one = self._exchange(trigger_id, body)
        below = self.top.get(one.user)
        if below is None or one.view is None:
            raise Refused("invalid_trigger_id", "pushed a view where no modal is open")
        return self._show(one, body, below)

    def _exchange(self, trigger_id: str, body: Json) -> "Interaction":
        one = self.interactions.triggered(trigger_id)
        check_view(body, "modal", self.world.showable)
        one.exchanged = True
        return one

    def _show(self, one: "Interaction", body: Json, below: View | None) -> View:
        one.opened = self.put(one.user, body, below)
        return one.opened

    def put(self, user: User, body: Json, below: View | None) -> View:
        if below and below.depth >= DEPTH:
            raise Refused("push_limit_reached", f"over {DEPTH} views in a stack")
        self.top[user] = self._make(user, body, below)
        self.world.changed()
        return self.top[user]

    def _make(self, user: User, body: Json, below: View | None = None) -> View:
        view = View(self.world.id("V"), user, body, secrets.token_hex(6), below)
        self.all[view.id] = view
        return view

    def update(self, view_id: str, body: Json, expected: str | None = None) -> View:
        """Change a view that is still there."""
        view = self.all.get(view_id) or next(
            (v for v in self.all.values() if v.body.get("external_id") == view_id), None
        )
        if view is None or view.closed:
            raise Refused("not_found")
        if expected and expected != view.hash:
            raise Refused("hash_conflict")
        check_view(body, view.body["type"], self.world.showable)
        view.body, view.hash = body, secrets.token_hex(6)
        self.world.changed()
        return view

    def publish(self, user: User, body: Json, expected: str | None = None) -> View:
        if user in self.homes:
            return self.update(self.homes[user].id, body, expected)
        check_view(body, "home", self.world.showable)
        self.homes[user] = self._make(user, body)
        self.world.changed()
        return self.homes[user]

    def close(self, view: View) -> None:
        view.closed = True
        self.top.pop(view.user, None)
        if view.previous:
            self.top[view.user] = view.previous
        self.world.changed()

    def _close_all(self, view: View) -> None:
        while view.user in self.top:
            self.close(self.top[view.user])

    def answer(self, view: View, answer: Json) -> dict[str, str]:
        """Do what the answer to a submission says; the errors that it names, by block."""
        action = answer.get("response_action")
        if action == "errors":
            for block_id in set(answer["errors"]) - {one.get("block_id") for one in view.body["blocks"]}:
                raise Refused("invalid_errors", f"an error at {block_id!r}, which is no block of the view")
            return dict(answer["errors"])
        if action in ("update", "push"):
            check_view(answer["view"], "modal", self.world.showable)
        if action == "update":
            self.update(view.id, answer["view"])
        elif action == "push":
            self.put(view.user, answer["view"], view)
        elif action == "clear":
            self._close_all(view)
        elif not view.closed:
            self.close(view)
        return {}
