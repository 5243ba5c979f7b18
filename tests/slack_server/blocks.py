"""Block Kit: which blocks and elements there are, how long their texts may be, and how ids are filled in."""

from collections.abc import Callable
from typing import Any

from tests.slack_server.errors import invalid

Json = dict[str, Any]
MESSAGE_BLOCKS, VIEW_BLOCKS, TEXT_IN_ALL = 50, 100, 13_000
SECTION, FIELD, HEADER, ALT_TEXT, URL, LABEL, MARKDOWN = 3000, 2000, 150, 2000, 3000, 2000, 12_000
BUTTON, VALUE, OPTION_TEXT, OPTION_VALUE, PLACEHOLDER, ID, INPUT = 75, 2000, 75, 150, 150, 255, 3000
COUNTS = {"actions": ("elements", 25), "context": ("elements", 10), "context_actions": ("elements", 5)}
CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
CHOICES = {"static_select": 100, "multi_static_select": 100, "overflow": 5, "radio_buttons": 10, "checkboxes": 10}
BLOCKS = frozenset(
    "actions context context_actions divider file header image input markdown rich_text section table video".split()
)
ELEMENTS = frozenset(
    "button datepicker datetimepicker timepicker plain_text_input number_input email_text_input url_text_input "
    "rich_text_input file_input external_select multi_external_select users_select multi_users_select "
    "conversations_select multi_conversations_select channels_select multi_channels_select feedback_buttons "
    "icon_button workflow_button".split()
).union(CHOICES)
Ready = Callable[[Json], bool]


def parts(block: Json) -> list[Json]:
    inside = [*(block.get("elements") or []), block.get("accessory"), block.get("element")]
    return [one for one in inside if isinstance(one, dict)]


def elements(blocks: list[Json]) -> list[tuple[Json, Json]]:
    """Every interactive element with its block."""
    return [(block, part) for block in blocks for part in parts(block) if part.get("type") in ELEMENTS]


def named(blocks: list[Json]) -> list[Json]:
    """The blocks with every id that the client left out, as Slack sends them back."""
    made = []
    for number, block in enumerate(blocks):
        one = {**block, "block_id": block.get("block_id") or f"b{number}"}
        if block.get("elements") and block["type"] in ("actions", "context_actions"):
            one["elements"] = [with_id(part, f"{number}.{at}") for at, part in enumerate(block["elements"])]
        one |= {key: with_id(block[key], str(number)) for key in ("accessory", "element") if block.get(key)}
        made.append(one)
    return made


def with_id(part: Json, name: str) -> Json:
    return part | ({"action_id": part.get("action_id") or f"a{name}"} if part.get("type") in ELEMENTS else {})


def check_blocks(blocks: Any, most: int, ready: Ready, error: str = "invalid_blocks", at: str = "blocks") -> None:
    """Everything that can be wrong with blocks; `ready` tells whether a slack_file can be shown.

    Raises:
        Refused: At the first fault.
    """
    if not isinstance(blocks, list) or any(not isinstance(one, dict) for one in blocks):
        raise invalid(error, at, "must be a list of blocks")
    if len(blocks) > most:
        raise invalid(error, at, f"no more than {most} items allowed")
    check = Checks(error, ready)
    ids = [one["block_id"] for one in blocks if one.get("block_id")]
    if len(set(ids)) < len(ids):
        raise invalid(error, at, "block_id must be unique")
    for number, block in enumerate(blocks):
        check.block(block, f"{at}.{number}")
    if characters(blocks) > TEXT_IN_ALL:
        raise invalid("msg_blocks_too_long", at, f"texts of over {TEXT_IN_ALL} characters in all")


def characters(inside: Any) -> int:
    if isinstance(inside, dict):
        own = len(inside["text"]) if isinstance(inside.get("text"), str) else 0
        return own + sum(characters(value) for value in inside.values() if not isinstance(value, str))
    return sum(characters(one) for one in inside) if isinstance(inside, list) else 0


class Checks:
    """The rules of single blocks and elements."""

    def __init__(self, error: str, ready: Ready) -> None:
        self.error, self.ready = error, ready

    def fail(self, at: str, words: str) -> None:
        raise invalid(self.error, at, words)

    def length(self, value: Any, most: int, at: str, *, least: int = 1) -> None:
        if value is None and least:
            self.fail(at, "missing required field")
        if not isinstance(value or "", str):
            self.fail(at, "must be a string")
        if not least <= len(value or "") <= most:
            self.fail(at, f"must be {least} to {most} characters, not {len(value or '')}")

    def text(self, made: Any, most: int, at: str, *, plain: bool = False) -> None:
        if not isinstance(made, dict) or made.get("type") not in (
            {"plain_text"} if plain else {"plain_text", "mrkdwn"}
        ):
            self.fail(at, f"must be a {'plain_text' if plain else 'text'} object")
        self.length(made.get("text"), most, f"{at}.text")

    def block(self, block: Json, at: str) -> None:
        kind = block.get("type")
        if kind not in BLOCKS:
            self.fail(at, f"unsupported type: {kind}")
        if block.get("block_id"):
            self.length(block["block_id"], ID, f"{at}.block_id")
        if kind in COUNTS:
            name, most = COUNTS[kind]
            if not 1 <= len(block.get(name) or []) <= most:
                self.fail(f"{at}.{name}", f"must be 1 to {most} items")
        if special := getattr(self, f"_{kind}", None):
            special(block, at)
        for number, part in enumerate(parts(block) if kind != "rich_text" else ()):
            self.part(part, f"{at}.elements.{number}")
        ids = [part["action_id"] for part in parts(block) if part.get("action_id")]
        if len(set(ids)) < len(ids):
            self.fail(at, "action_id must be unique in its block")

    def _section(self, block: Json, at: str) -> None:
        if block.get("text") is None and not block.get("fields"):
            self.fail(at, "a section needs text or fields")
        if block.get("text") is not None:
            self.text(block["text"], SECTION, f"{at}.text")
        if len(block.get("fields") or []) > 10:
            self.fail(f"{at}.fields", "no more than 10 items allowed")
        for number, one in enumerate(block.get("fields") or []):
            self.text(one, FIELD, f"{at}.fields.{number}")

    def _header(self, block: Json, at: str) -> None:
        self.text(block.get("text"), HEADER, f"{at}.text", plain=True)

    def _markdown(self, block: Json, at: str) -> None:
        self.length(block.get("text"), MARKDOWN, f"{at}.text")

    def _input(self, block: Json, at: str) -> None:
        self.text(block.get("label"), LABEL, f"{at}.label", plain=True)
        if not isinstance(block.get("element"), dict):
            self.fail(f"{at}.element", "missing required field")

    def _image(self, image: Json, at: str) -> None:
        self.length(image.get("alt_text"), ALT_TEXT, f"{at}.alt_text")
        if bool(image.get("image_url")) == bool(image.get("slack_file")):
            self.fail(at, "an image needs either image_url or slack_file")
        if image.get("image_url"):
            self.length(image["image_url"], URL, f"{at}.image_url")
        elif not self.ready(image["slack_file"]):
            self.fail(f"{at}.slack_file", "invalid slack file: not there, or not processed yet")
        if image.get("title"):
            self.text(image["title"], 2000, f"{at}.title", plain=True)

    def part(self, part: Json, at: str) -> None:
        kind = part.get("type")
        if kind == "image":
            return self._image(part, at)
        if kind in ("plain_text", "mrkdwn"):
            return self.text(part, SECTION, at)
        if kind not in ELEMENTS:
            self.fail(at, f"unsupported element: {kind}")
        for name, most in (("action_id", ID), ("value", VALUE), ("url", URL), ("accessibility_label", BUTTON)):
            if part.get(name) is not None:
                self.length(part[name], most, f"{at}.{name}")
        if kind == "button":
            self.text(part.get("text"), BUTTON, f"{at}.text", plain=True)
            if part.get("style", "primary") not in ("primary", "danger"):
                self.fail(f"{at}.style", "must be primary or danger")
        self._words(part, at)
        return self.choices(part, at) if kind in CHOICES else None

    def _words(self, part: Json, at: str) -> None:
        if part.get("placeholder"):
            self.text(part["placeholder"], PLACEHOLDER, f"{at}.placeholder", plain=True)
        for name, most in CONFIRM.items():
            if part.get("confirm", {}).get(name):
                self.text(part["confirm"][name], most, f"{at}.confirm.{name}")
        if part["type"] == "plain_text_input":
            self.length(part.get("initial_value"), int(part.get("max_length") or INPUT), at, least=0)

    def choices(self, part: Json, at: str) -> None:
        options = [*(part.get("options") or []), *(o for g in part.get("option_groups") or [] for o in g["options"])]
        if not 1 <= len(options) <= CHOICES[part["type"]] and not part.get("option_groups"):
            self.fail(f"{at}.options", f"must be 1 to {CHOICES[part['type']]} items")
        check_options(options, self, at)
        first = [
            *(part.get("initial_options") or []),
            *([part["initial_option"]] if part.get("initial_option") else []),
        ]
        if any(one not in options for one in first):
            self.fail(f"{at}.initial_option", "must be among the options")


def check_options(options: list[Json], check: Checks, at: str) -> None:
    for number, one in enumerate(options):
        check.text(one.get("text"), OPTION_TEXT, f"{at}.options.{number}.text")
        check.length(one.get("value"), OPTION_VALUE, f"{at}.options.{number}.value")
