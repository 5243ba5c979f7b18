"""The table [adapters.discord]."""

import ipaddress
import re
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from bot.errors import SettingsError
from bot.usual_names import USUAL_NAME

API = "https://discord.com/api/v10"
GATEWAY = "wss://gateway.discord.gg/"


class DiscordSettings(BaseModel):
    """What can be set of the Discord adapter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token: SecretStr = Field(
        description="The bot's token; usually DISCORD_TOKEN.",
        examples=["..."],
        json_schema_extra={USUAL_NAME: "DISCORD_TOKEN"},
    )
    message_content: bool = Field(
        False,
        description="Use the privileged intent of that name, so that replies without a mention and messages in a "
        "picture's thread are read too; it must be on in the developer portal.",
    )
    roles: list[str] = Field(
        default_factory=list, description="Roles, by id or name, whose members may ask in servers; empty: everybody."
    )
    channels: list[str] = Field(
        default_factory=list, description="Ids of the only channels that are answered in; empty: all."
    )
    channels_off: list[str] = Field(default_factory=list, description="Ids of channels that are not answered in.")
    shards: int | None = Field(None, ge=1, le=10_000, description="Shards to open; unset takes Discord's advice.")
    api_base_url: str = Field(API, description="Where Discord's REST API is: a proxy that shares rate limits, a test.")
    gateway_url: str = Field(GATEWAY, description="Where Discord's gateway is.")
    attachment_hosts: list[str] = Field(
        default_factory=lambda: ["cdn.discordapp.com", "media.discordapp.net"],
        description="Hosts that pictures which people bring are fetched from.",
    )
    attachment_networks: list[str] = Field(
        default_factory=list,
        description="Networks such as '10.0.0.0/8' in which those hosts may stand, where a proxy of one's own keeps "
        "the files; empty: the public internet only.",
    )
    mention_after_s: float = Field(
        60.0, ge=0, description="Seconds of waiting after which a reply tells the asker that it is ready."
    )

    @field_validator("channels", "channels_off")
    @classmethod
    def _are_ids(cls, value: list[str]) -> list[str]:
        """Names of channels may change, and are not what Discord tells."""
        if wrong := [one for one in value if not one.isdecimal()]:
            raise ValueError(f"'{wrong[0]}' is no channel's id (Developer Mode, right-click, Copy Channel ID)")
        return value

    @field_validator("attachment_networks")
    @classmethod
    def _are_networks(cls, value: list[str]) -> list[str]:
        for one in value:
            ipaddress.ip_network(one)
        return value

    @field_validator("api_base_url", "gateway_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        place = urlsplit(value)
        if place.scheme not in ("http", "https", "ws", "wss") or not place.hostname:
            raise ValueError("an address such as https://... or, for the gateway, wss://... is expected")
        return value


def check_token(settings: DiscordSettings) -> None:
    """Refuse what can't be a token, before Discord does.

    Raises:
        SettingsError: It is empty, a placeholder, or has spaces or quotes in it.
    """
    token = settings.token.get_secret_value()
    if not token.strip(".") or re.search(r"[\s'\"]", token):
        raise SettingsError(
            "adapters.discord.token is no bot token",
            "Copy it from the developer portal (Bot, Reset Token), the token alone, there or into DISCORD_TOKEN.",
            "adapters.discord.token",
        )
