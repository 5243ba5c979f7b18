"""What the styles that come with Limner are called, read from their own files, so that the director knows them all."""

import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "styles"


@cache
def style_names() -> dict[str, str]:
    """Every name of every style, in small letters, with the style's English title; read once, in some milliseconds."""
    names: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        with path.open("rb") as file:
            values = tomllib.load(file)
        titles = values.get("title", {})
        for name in (path.stem, *titles.values(), *values.get("words", ())):
            names.setdefault(name.casefold(), titles.get("en", path.stem))
    return names


def english_names() -> dict[str, str]:
    """Those in Latin letters."""
    return {name: title for name, title in style_names().items() if name.isascii()}


def chinese_names() -> dict[str, str]:
    """Those in Chinese, also with the word for style behind them."""
    found = {name: title for name, title in style_names().items() if not name.isascii()}
    return {f"{name}风格": title for name, title in found.items() if not name.endswith("风格")} | found
