"""Forms as Slack's modals: what they are about travels inside, so that they outlive a restart."""

import json
from dataclasses import asdict
from typing import Any

from adapters.slack.address import Address
from adapters.slack.blocks import cut, image, plain
from bot.chat import Field, Form, Place
from bot.language import Language

Json = dict[str, Any]
TITLE_CHARACTERS, BUTTON_CHARACTERS, LABEL_CHARACTERS, INPUT_CHARACTERS = 24, 24, 2_000, 3_000
FORM, PICTURE = "form", "picture"


def modal_of(form: Form, place: Place, address: Address, language: Language) -> Json:
    """A form as a modal view."""
    about = json.dumps({"key": form.key, "place": asdict(place), "address": asdict(address)}, separators=(",", ":"))
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain(cut(form.title, TITLE_CHARACTERS)),
        "submit": plain(cut(form.send, BUTTON_CHARACTERS)),
        "close": plain("取消" if language == "zh" else "Cancel"),
        "private_metadata": about,
        "blocks": [_input(field) for field in form.fields],
    }


def waiting_view(title: str) -> Json:
    """What stands there until the picture is uploaded."""
    words = {"type": "section", "text": plain("…")}
    return {"type": "modal", "callback_id": PICTURE, "title": plain(cut(title, TITLE_CHARACTERS)), "blocks": [words]}


def picture_view(file_id: str, alt_text: str, title: str) -> Json:
    """A modal that shows one picture to who chose to look."""
    return {
        "type": "modal",
        "callback_id": PICTURE,
        "title": plain(cut(title, TITLE_CHARACTERS)),
        "blocks": [image(file_id, alt_text)],
    }


def sent(view: Json) -> tuple[str, Place, Address, dict[str, str]]:
    """What a form that was sent is about, and its values by field."""
    about = json.loads(view["private_metadata"])
    values = {name: _value(element) for block in view["state"]["values"].values() for name, element in block.items()}
    return about["key"], Place(**about["place"]), Address(**about["address"]), values


def _input(field: Field) -> Json:
    element: Json = {"type": "plain_text_input", "action_id": field.name, "multiline": field.long}
    element["max_length"] = min(field.limit, INPUT_CHARACTERS)
    if field.options:
        options = [{"text": plain(cut(label, 75)), "value": value} for value, label in field.options]
        element = {"type": "static_select", "action_id": field.name, "options": options}
        chosen = [one for one in options if one["value"] == field.value]
        element |= {"initial_option": chosen[0]} if chosen else {}
    elif field.value:
        element["initial_value"] = cut(field.value, element["max_length"])
    if field.hint:
        element["placeholder"] = plain(cut(field.hint, 150))
    label = plain(cut(field.label, LABEL_CHARACTERS))
    return {"type": "input", "block_id": field.name, "label": label, "element": element, "optional": not field.required}


def _value(element: Json) -> str:
    chosen = element.get("selected_option")
    return str(chosen["value"] if chosen else element.get("value") or "")
