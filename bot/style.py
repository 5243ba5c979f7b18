"""Styles: small TOML files that say in each dialect how a picture in that style is asked for."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot import plugins
from bot.errors import SettingsError


class Style(BaseModel):
    """One style file.

    `phrases` maps a dialect's name to what is added to the prompt; 'plain' serves every dialect without its own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field("", description="The file's name without its ending.")
    title: dict[str, str] = Field(description="What people see, by language: en, zh.")
    words: tuple[str, ...] = Field((), description="Other names that people use for it.")
    phrases: dict[str, str] = Field(description="What is added to a prompt, by dialect.")
    avoid: str = Field("", description="What goes into the negative prompt, where the model heeds one.")

    def phrase(self, dialect: str) -> str:
        """What to add in a dialect; empty where the style has nothing to say there."""
        return self.phrases.get(dialect, self.phrases.get("plain", ""))


def load_styles() -> dict[str, Style]:
    """All styles of all installed style folders, by name.

    Raises:
        SettingsError: A file is wrong; the line names it and says why.
        PluginError: A folder's package can't be loaded.
    """
    folders = [Path(plugins.load("styles", name)) for name in plugins.available("styles")]
    return {style.name: style for folder in folders for style in read_folder(folder)}


def find(styles: dict[str, Style], wanted: str) -> Style | None:
    """The style that goes by this name or one of its other names, in any case of letters."""
    wanted = wanted.strip().casefold()
    for style in styles.values():
        names = (style.name, *style.title.values(), *style.words)
        if wanted in (name.casefold() for name in names):
            return style
    return None


def read_folder(folder: Path) -> Iterator[Style]:
    """The styles of one folder.

    Raises:
        SettingsError: A file is wrong; the line names it and says why.
    """
    for file in sorted(folder.glob("*.toml")):
        try:
            yield Style.model_validate(tomllib.loads(file.read_text(encoding="utf-8")) | {"name": file.stem})
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"Style file {file} can't be read: {error}", "Correct that line.", str(file)) from error
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise SettingsError(f"Style file {file}: '{where}': {first['msg']}", "", str(file)) from error
