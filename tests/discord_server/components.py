"""What buttons, selects and modals may look like."""

from typing import Any

from tests.discord_server.errors import invalid, required, too_long, wrong_length
from tests.discord_server.state import Json, walk

ROW, BUTTON, STRING_SELECT, TEXT_INPUT, TEXT, LABEL, FILE_UPLOAD = 1, 2, 3, 4, 10, 18, 19
SELECTS = {3, 5, 6, 7, 8}
LAYOUTS = {9, 10, 11, 12, 13, 14, 17}
FIELDS = SELECTS | {TEXT_INPUT, FILE_UPLOAD, 21, 22, 23}
CUSTOM_ID, BUTTON_LABEL, URL, PLACEHOLDER, OPTION = 100, 80, 512, 150, 100
MODAL_TITLE, MODAL_LABEL, MODAL_TEXT = 45, 45, 4000
V2_PARTS, V2_TEXT = 40, 4000


def check_components(components: list[Json], at: str, *, v2: bool = False) -> None:
    """5 rows of 5 buttons or one select; ids of 1 to 100 characters, each once."""
    if not v2 and len(components) > 5:
        raise wrong_length(at, 1, 5)
    parts = walk(components)
    if v2 and len(parts) > V2_PARTS:
        raise invalid(at, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", f"At most {V2_PARTS} components")
    if v2 and sum(len(part.get("content") or "") for part in parts if part["type"] == TEXT) > V2_TEXT:
        raise invalid(at, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", f"At most {V2_TEXT} characters of text")
    for number, component in enumerate(components):
        where = f"{at}.{number}"
        if component.get("type") == ROW:
            check_row(component, where)
        elif not (v2 and component.get("type") in LAYOUTS):
            raise invalid(f"{where}.type", "UNION_TYPE_CHOICES", "Value of field 'type' must be one of (1,).")
    unique(parts, at)


def unique(parts: list[Json], at: str) -> None:
    ids: set[str] = set()
    for part in parts:
        own = part.get("custom_id")
        if own is not None and own in ids:
            raise invalid(
                f"{at}.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
            )
        ids |= {own} if own is not None else set()


def check_row(row: Json, at: str) -> None:
    inside = row.get("components") or []
    kinds = {part.get("type") for part in inside}
    if not 1 <= len(inside) <= 5:
        raise wrong_length(f"{at}.components", 1, 5)
    if kinds - SELECTS - {BUTTON}:
        raise invalid(f"{at}.components", "COMPONENT_TYPE_INVALID", f"A row of a message can't hold {kinds}")
    if kinds & SELECTS and len(inside) > 1:
        raise invalid(f"{at}.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A select fills its row")
    for number, part in enumerate(inside):
        where = f"{at}.components.{number}"
        (check_button if part["type"] == BUTTON else check_select)(part, where)


def check_id(part: Json, at: str) -> None:
    if not part.get("custom_id"):
        raise required(f"{at}.custom_id")
    if len(part["custom_id"]) > CUSTOM_ID:
        raise wrong_length(f"{at}.custom_id", 1, CUSTOM_ID)


def check_button(button: Json, at: str) -> None:
    style = button.get("style")
    if style not in (1, 2, 3, 4, 5, 6):
        raise invalid(f"{at}.style", "BASE_TYPE_CHOICES", "Must be one of 1 to 6")
    if style == 5:
        if not button.get("url") or button.get("custom_id"):
            raise invalid(f"{at}.url", "BUTTON_COMPONENT_INVALID_URL", "A link has a url and no custom_id")
        limited(button, "url", URL, at)
    elif style != 6:
        check_id(button, at)
    if not (button.get("label") or button.get("emoji") or style == 6):
        raise required(f"{at}.label")
    limited(button, "label", BUTTON_LABEL, at)


def check_select(select: Json, at: str) -> None:
    check_id(select, at)
    limited(select, "placeholder", PLACEHOLDER, at)
    options = select.get("options") or []
    if select["type"] != STRING_SELECT:
        return
    if not 1 <= len(options) <= 25:
        raise wrong_length(f"{at}.options", 1, 25)
    for number, option in enumerate(options):
        for name in ("label", "value"):
            if not option.get(name):
                raise required(f"{at}.options.{number}.{name}")
        for name in ("label", "value", "description"):
            limited(option, name, OPTION, f"{at}.options.{number}")
    if len({option["value"] for option in options}) < len(options):
        raise invalid(
            f"{at}.options", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used"
        )
    for name, least in (("min_values", 0), ("max_values", 1)):
        if not least <= int(select.get(name, 1)) <= len(options):
            raise invalid(f"{at}.{name}", "NUMBER_TYPE_MAX", f"Must be between {least} and {len(options)}")


def limited(part: Json, name: str, most: int, at: str) -> None:
    if len(part.get(name) or "") > most:
        raise too_long(f"{at}.{name}", most)


def check_modal(modal: Json, at: str = "data") -> None:
    """A title of at most 45 characters, an id, 1 to 5 components."""
    check_id(modal, at)
    if not modal.get("title"):
        raise required(f"{at}.title")
    limited(modal, "title", MODAL_TITLE, at)
    inside = modal.get("components") or []
    if not 1 <= len(inside) <= 5:
        raise wrong_length(f"{at}.components", 1, 5)
    for number, part in enumerate(inside):
        check_field(part, f"{at}.components.{number}")
    unique(walk(inside), f"{at}.components")


def check_field(part: Json, at: str) -> None:
    """One line of a modal: a label around a field, a row with a text input (the old way), or text."""
    if part.get("type") == TEXT:
        return
    label = part.get("type") == LABEL
    field: Any = part.get("component") if label else (part.get("components") or [None])[0]
    if part.get("type") not in (ROW, LABEL) or not isinstance(field, dict):
        raise invalid(f"{at}.type", "UNION_TYPE_CHOICES", "Value of field 'type' must be one of (1, 10, 18).")
    if field.get("type") not in (FIELDS if label else {TEXT_INPUT}):
        raise invalid(f"{at}.type", "COMPONENT_TYPE_INVALID", f"A modal can't hold {field.get('type')} here")
    if label or field.get("label") is None:
        if not part.get("label"):
            raise required(f"{at}.label")
        limited(part, "label", MODAL_LABEL, at)
        limited(part, "description", 100, at)
    check_id(field, at)
    limited(field, "label", MODAL_LABEL, at)
    limited(field, "placeholder", 100, at)
    limited(field, "value", MODAL_TEXT, at)
    if field["type"] == TEXT_INPUT and not 1 <= int(field.get("max_length") or MODAL_TEXT) <= MODAL_TEXT:
        raise invalid(f"{at}.max_length", "NUMBER_TYPE_MAX", f"int value should be less than or equal to {MODAL_TEXT}.")
    if field["type"] == STRING_SELECT:
        check_select(field, at)
