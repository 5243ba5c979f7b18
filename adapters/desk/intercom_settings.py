"""The table [adapters.intercom]."""

from pydantic import Field, SecretStr

from adapters.desk.intake import HookSettings


class IntercomSettings(HookSettings):
    """What can be set of the Intercom adapter."""

    port: int = Field(
        3005, ge=0, le=65535, description="Port that webhooks are listened for at; each desk has its own."
    )
    path: str = Field("/intercom", pattern="^/", description="Path that the desk calls.")
    base_url: str = Field(
        "https://api.intercom.io",
        description="Where Intercom's API is; https://api.eu.intercom.io or https://api.au.intercom.io elsewhere.",
    )
    version: str = Field("2.14", description="Intercom-Version that is spoken.")
    access_token: SecretStr = Field(
        SecretStr(""),
        description="The app's access token; usually INTERCOM_ACCESS_TOKEN.",
        json_schema_extra={"usual_name": "INTERCOM_ACCESS_TOKEN"},
    )
    secret: SecretStr = Field(
        SecretStr(""),
        description="The app's client secret; usually INTERCOM_CLIENT_SECRET.",
        json_schema_extra={"usual_name": "INTERCOM_CLIENT_SECRET"},
    )
    admin: str = Field("", description="Number of the teammate that Limner answers as.")
    hand_over_team: str = Field("", description="Number of the team that takes over where a conversation has none.")
    attachment_hosts: list[str] = Field(
        default_factory=lambda: ["*.intercomcdn.com", "*.intercomcdn.eu", "*.intercom-attachments-1.com"],
        description="Hosts that customers' pictures are fetched from.",
    )
