"""The table [adapters.widget]."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic.networks import IPvAnyNetwork

from bot.language import Language

# A space or a semicolon would write rules of its own into the content security policy.
_ORIGIN = r"https?://[a-z0-9.:\[\]-]+"
Origin = Annotated[str, Field(pattern=f"^{_ORIGIN}$")]


class WidgetSettings(BaseModel):
    """What can be set of the widget."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    colleague_key: SecretStr = Field(
        min_length=16,
        examples=["a-long-random-text"],
        description="What colleagues log in with at /widget/desk, 16 characters or more; usually WIDGET_COLLEAGUE_KEY.",
        json_schema_extra={"usual_name": "WIDGET_COLLEAGUE_KEY"},
    )
    host: str = Field("127.0.0.1", description="Address that the widget is served at.")
    port: int = Field(8090, ge=0, le=65535, description="Port that the widget is served at; 0 takes any that is free.")
    public_url: str = Field(
        "", pattern=f"^({_ORIGIN})?$", description="Address that browsers see, such as 'https://limner.example.com'."
    )
    sites: tuple[Origin, ...] = Field(
        (), description="Origins that may embed it, such as 'https://shop.example.com'; empty: any."
    )
    trusted_proxies: tuple[IPvAnyNetwork, ...] = Field(
        (), description="Addresses or networks of reverse proxies to believe."
    )
    title: dict[Language, str] = Field({}, description="What stands above the chat: {en = 'Support', zh = '客服'}.")
    greeting: dict[Language, str] = Field({}, description="What the chat begins with: {en = '...', zh = '...'}.")
    colour: str = Field("#33409c", pattern=r"^#[0-9a-fA-F]{6}$", description="Of the button and of visitors' words.")
    messages_per_minute: int = Field(
        10, ge=1, le=10_000, description="Messages, pictures and ratings that one visitor may send."
    )
    address_messages_per_minute: int = Field(
        60, ge=1, le=100_000, description="The same for all visitors of one address together."
    )
    upload_bytes: int = Field(
        10 * 2**20, ge=1024, le=20 * 2**20, description="Largest picture that may be brought, in bytes."
    )
