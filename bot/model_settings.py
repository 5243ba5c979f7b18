"""What may be said of one model: by settings, in its table [models."NAME"], and by the limner.json beside it."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.limits import MAX_GUIDANCE, MAX_SIDE_PX, MAX_STEPS


class ModelWords(BaseModel):
    """What both may say. It wins over what a model's files tell; what is unset is left to them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    family: str | None = Field(None, description="Family whose habits it has, such as 'sdxl'; see docs/models.md.")
    width_px: int | None = Field(None, ge=8, le=MAX_SIDE_PX, description="Width that it paints best.")
    height_px: int | None = Field(None, ge=8, le=MAX_SIDE_PX, description="Height that it paints best.")
    steps: int | None = Field(None, ge=1, le=MAX_STEPS, description="Steps where nobody asks for a number.")
    guidance_scale: float | None = Field(
        None, ge=0, le=MAX_GUIDANCE, description="Guidance scale where nobody asks for one."
    )
    negative_prompt: bool | None = Field(None, description="Whether it heeds a negative prompt.")
    token_limit: int | None = Field(None, ge=1, description="Tokens of a prompt that it reads.")
    dialect: Literal["plain", "tags", "bilingual", "sketch"] | None = Field(
        None, description="Form of its prompts: sentences, tags, or sentences in the asker's language."
    )
    languages: tuple[str, ...] | None = Field(None, description="Languages that it reads, such as 'en', 'zh'.")
    size_multiple_px: int | None = Field(None, ge=1, le=256, description="Sides must be multiples of this.")
    max_side_px: int | None = Field(None, ge=8, le=MAX_SIDE_PX, description="Longest side that may be asked for.")
    img2img: bool | None = Field(None, description="Whether it can start from a picture.")

    @field_validator("languages", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        """TOML and JSON have lists; the environment has one text with commas."""
        value = [name.strip() for name in value.split(",")] if isinstance(value, str) else value
        return tuple(value) if isinstance(value, list) else value

    def changes(self) -> dict[str, Any]:
        """All that is said, but for the family."""
        return self.model_dump(include=set(ModelWords.model_fields) - {"family"}, exclude_none=True)


class ModelSettings(ModelWords):
    """What settings may say of a model."""

    preview_vae: str = Field(
        "",
        description="Tiny decoder for its previews, a folder or a repository; 'family' takes the one known for its "
        "family; empty needs none.",
    )
