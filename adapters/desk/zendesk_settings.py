"""The tables [adapters.zendesk] and [adapters.zendesk_messaging]."""

from collections.abc import Sequence

from pydantic import Field, SecretStr

from adapters.desk.intake import HookSettings
from adapters.desk.signing import TOLERANCE_S
from bot.errors import SettingsError


class SupportSettings(HookSettings):
    """What can be set of the adapter to Zendesk's tickets."""

    port: int = Field(
        3003, ge=0, le=65535, description="Port that webhooks are listened for at; each desk has its own."
    )
    path: str = Field("/zendesk", pattern="^/", description="Path that the desk calls.")
    base_url: str = Field("", description="Where Zendesk is, such as 'https://acme.zendesk.com'.")
    email: str = Field("", description="E-mail address of the agent that Limner answers as.")
    api_token: SecretStr = Field(
        SecretStr(""),
        description="An API token; usually ZENDESK_API_TOKEN.",
        json_schema_extra={"usual_name": "ZENDESK_API_TOKEN"},
    )
    secret: SecretStr = Field(
        SecretStr(""),
        description="The webhook's signing secret; usually ZENDESK_WEBHOOK_SECRET.",
        json_schema_extra={"usual_name": "ZENDESK_WEBHOOK_SECRET"},
    )
    tolerance_s: float = Field(TOLERANCE_S, gt=0, description="Seconds that the clocks of both sides may be apart.")
    agent: int = Field(0, ge=0, description="Number of that agent: what stands behind /agents/ in their address.")
    group: int = Field(0, ge=0, description="Number of the group whose tickets are answered; 0 is any, or none.")
    hand_over_group: int = Field(0, ge=0, description="Number of the group that takes over.")
    attachment_hosts: list[str] = Field(
        default_factory=lambda: ["*.zendesk.com", "*.zdusercontent.com"],
        description="Hosts that customers' pictures are fetched from.",
    )


class MessagingSettings(HookSettings):
    """What can be set of the adapter to Zendesk Messaging, through Sunshine Conversations."""

    port: int = Field(
        3004, ge=0, le=65535, description="Port that webhooks are listened for at; each desk has its own."
    )
    path: str = Field("/zendesk-messaging", pattern="^/", description="Path that the desk calls.")
    base_url: str = Field(
        "", description="Where Sunshine Conversations is, such as 'https://acme.zendesk.com/sc' or that of a region."
    )
    app: str = Field("", description="The app's id.")
    key_id: str = Field("", description="Id of the API key.")
    key_secret: SecretStr = Field(
        SecretStr(""),
        description="The API key's secret; usually ZENDESK_MESSAGING_KEY.",
        json_schema_extra={"usual_name": "ZENDESK_MESSAGING_KEY"},
    )
    secret: SecretStr = Field(
        SecretStr(""),
        description="The webhook's shared secret; usually ZENDESK_MESSAGING_SECRET.",
        json_schema_extra={"usual_name": "ZENDESK_MESSAGING_SECRET"},
    )
    integration: str = Field("limner", description="Name of Limner's integration in the switchboard.")
    hand_over_to: str = Field("next", description="Name of the integration that takes over; 'next' is the one after.")
    display_name: str = Field("Limner", description="Name that customers see.")
    attachment_hosts: list[str] = Field(
        default_factory=lambda: ["*.zendesk.com", "*.smooch.io"],
        description="Hosts that customers' pictures are fetched from.",
    )


def needs(name: str, settings: HookSettings, keys: Sequence[str]) -> None:
    """Make sure that a desk has what it can't do without. Raises SettingsError."""
    for key in keys:
        value = getattr(settings, key)
        if not (value.get_secret_value() if isinstance(value, SecretStr) else value):
            at = f"adapters.{name}.{key}"
            usual = (type(settings).model_fields[key].json_schema_extra or {}).get("usual_name")  # type: ignore[union-attr]
            raise SettingsError(
                f"'{name}' needs {at}", f"Set it{f', or {usual} in the environment' if usual else ''}.", at
            )
