"""What stands in a style file and in a pack file."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.brief import ASPECTS
from bot.limits import MAX_LORA_WEIGHT

GROUPS = {
    "photo": {"en": "Photo and film", "zh": "摄影与电影"},
    "painting": {"en": "Painting", "zh": "绘画"},
    "drawing": {"en": "Drawing", "zh": "线描"},
    "print": {"en": "Prints and periods", "zh": "版画与流派"},
    "graphic": {"en": "Graphic design", "zh": "平面设计"},
    "digital": {"en": "Games and 3D", "zh": "游戏与三维"},
    "craft": {"en": "Craft", "zh": "手工"},
    "own": {"en": "Your own", "zh": "自定"},
}


def _aspect(value: str) -> str:
    if value not in ("", *ASPECTS):
        raise ValueError(f"it is none of {', '.join(ASPECTS)}")
    return value


def _one_line(text: str) -> str:
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise ValueError("it is more than one line, or has control characters")
    return text


def _filled(text: str) -> str:
    if not text:
        raise ValueError("it is empty")
    return text


def _language(code: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", code):
        raise ValueError("a language is written like en or zh")
    return code


Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(_one_line)]
Words = Annotated[Text, AfterValidator(_filled)]
Language = Annotated[str, AfterValidator(_language)]
Said = dict[Language, Words]
Aspect = Annotated[str, AfterValidator(_aspect)]
Group = Literal["photo", "painting", "drawing", "print", "graphic", "digital", "craft", "own"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Phrases(_Strict):
    """What a style adds to a prompt, by dialect (bot/dialects)."""

    plain: Text = Field("", description="English that may stand in a sentence; serves every dialect without its own.")
    tags: Text = Field("", description="Short phrases with commas, for models such as SDXL.")
    chinese: Text = Field("", description="For prompts in Chinese, to models that read it.")

    @model_validator(mode="after")
    def _says_something(self) -> "Phrases":
        if not any(self.model_dump().values()):
            raise ValueError("it says nothing in any dialect")
        return self


class Lora(_Strict):
    """Weights that teach a model this style."""

    name: Words = Field(description="A LoRA of the settings, or else a file, a folder or a repository.")
    weight: float | None = Field(
        None, ge=-MAX_LORA_WEIGHT, le=MAX_LORA_WEIGHT, description="How strongly it counts; 1 where nobody says."
    )
    family: Text = Field("", description="Family of models that it was made for; with others it is left out.")


class Named(_Strict):
    """What styles and packs have in common."""

    name: str = Field("", description="The file's name without its ending.")
    title: Said = Field(
        min_length=1, description='What people see, such as title = { en = "watercolour", zh = "水彩" }.'
    )
    words: tuple[Words, ...] = Field((), description="Other names that people use for it.")
    avoid: Text = Field("", description="Goes into the negative prompt, where the model heeds one and nobody asked.")
    aspect: Aspect = Field("", description="Shape of the picture where none is asked for, such as 3:2.")

    @property
    def names(self) -> tuple[str, ...]:
        """All that it goes by, its own name first."""
        return tuple(dict.fromkeys([self.name, *self.title.values(), *self.words]))

    def called(self, language: str) -> str:
        """Its title in a language, else in English, else in whatever there is."""
        return self.title.get(language) or self.title.get("en") or next(iter(self.title.values()))


class Style(Named):
    """One style file."""

    kind: Literal["style"] = "style"
    group: Group = Field("own", description=f"Where it is listed: one of {', '.join(GROUPS)}.")
    phrases: Phrases = Field(description='What is added to a prompt, by dialect, such as plain = "..." in [phrases].')
    lora: Lora | None = Field(None, description="Weights that teach a model this style.")

    def phrase(self, dialect: str) -> str:
        """What to add in a dialect; empty where the style has nothing to say there."""
        own: str = self.phrases.model_dump().get(dialect, "")
        return own or self.phrases.plain or (self.phrases.chinese if dialect == "bilingual" else "")


class Additions(_Strict):
    """What a pack adds to a picture where the asker left it open."""

    light: Text = ""
    composition: Text = ""
    mood: Text = ""
    camera: Text = ""


class Pack(Named):
    """House rules for one field of work; nothing in them outweighs what the asker said."""

    kind: Literal["pack"] = "pack"
    when: Said = Field(min_length=1, description="In a sentence, what it is for.")
    style: Text = Field("", description="Name of the style to paint in where none is asked for.")
    adds: Additions = Field(default_factory=Additions, description="Light, composition, mood, camera where left open.")
    note: Said = Field(default_factory=dict, description="A sentence that the asker always gets with the picture.")
    examples: tuple[Words, ...] = Field((), description="Requests that show what it is for.")
