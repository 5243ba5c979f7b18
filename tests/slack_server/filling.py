"""How a person fills in a form: what each field holds, and what Slack's client wouldn't send."""

from typing import TYPE_CHECKING, Any

from tests.slack_server import wire
from tests.slack_server.blocks import elements, named
from tests.slack_server.state import Json, User, View, called

if TYPE_CHECKING:
    from tests.slack_server.world import World

PICKED = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}
ONE, MANY = ("static_select", "external_select", "radio_buttons", "overflow"), ("checkboxes", "multi_")


def fill(world: "World", user: User, view: View, given: Json) -> Json:
    """The state of a form; each value by its action_id, block_id or label, else what the form begins with.

    Raises:
        LookupError: For a field or a choice that isn't there.
        ValueError: For an empty field that must be filled, or a text of a wrong length.
    """
    left, state = dict(given), dict(view.values)
    for block, part in elements(named(view.body["blocks"])):
        if block["type"] != "input":
            continue
        name = next((one for one in called(block, part) if one in left), None)
        if name is None and block["block_id"] in state:
            continue
        entry = held(world, user, part, left.pop(name) if name else None)
        if not block.get("optional") and not any(value for key, value in entry.items() if key != "type"):
            raise ValueError(f"{called(block, part)[-1]} must be filled in")
        state[block["block_id"]] = {part["action_id"]: entry}
    if left:
        raise LookupError(f"no fields {sorted(left)}")
    return state


def held(world: "World", user: User, part: Json, given: Any) -> Json:
    """What one element holds, as in `state.values` and in actions."""
    kind = part["type"]
    if kind in PICKED:
        return {"type": kind, PICKED[kind]: given or part.get(f"initial_{PICKED[kind].split('_')[1]}")}
    if kind == "file_input":
        files = [world.store(user, name, data) for name, data in given or ()]
        return {"type": kind, "files": [wire.file(one, world) for one in files]}
    if kind in ONE:
        return {"type": kind, "selected_option": option(part, given) if given else part.get("initial_option")}
    if kind.startswith(MANY):
        chosen = part.get("initial_options") or [] if given is None else [option(part, one) for one in given]
        return {"type": kind, "selected_options": chosen}
    value = part.get("initial_value") if given is None else str(given)
    least, most = int(part.get("min_length") or 0), int(part.get("max_length") or 3000)
    if value and not least <= len(value) <= most:
        raise ValueError(f"{len(value)} characters where {least} to {most} are allowed")
    return {"type": kind, "value": value or None}


def option(part: Json, given: str) -> Json:
    """The option with this value or text; of an external select, any."""
    known = [
        *(part.get("options") or []),
        *(one for group in part.get("option_groups") or [] for one in group["options"]),
    ]
    for one in known:
        if given in (one["value"], one["text"]["text"]):
            return dict(one)
    if part["type"].endswith("external_select"):
        return {"text": {"type": "plain_text", "text": given}, "value": given}
    raise LookupError(f"{given!r} is not among {[one['value'] for one in known]}")
