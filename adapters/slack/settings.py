"""The table [adapters.slack]."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

API = "https://slack.com/api/"


class SlackSettings(BaseModel):
    """What can be set of the Slack adapter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: Literal["socket", "http"] = Field(
        "socket", description="How Slack reaches the bot: 'socket' (from behind a firewall) or 'http' (public address)."
    )
    bot_token: SecretStr = Field(
        SecretStr(""),
        description="The bot's token, xoxb-..., which `client_id` replaces; usually SLACK_BOT_TOKEN.",
        json_schema_extra={"usual_name": "SLACK_BOT_TOKEN"},
    )
    app_token: SecretStr = Field(
        SecretStr(""),
        description="The app-level token, xapp-..., that mode 'socket' needs; usually SLACK_APP_TOKEN.",
        json_schema_extra={"usual_name": "SLACK_APP_TOKEN"},
    )
    signing_secret: SecretStr = Field(
        SecretStr(""),
        description="What mode 'http' checks requests with; usually SLACK_SIGNING_SECRET.",
        json_schema_extra={"usual_name": "SLACK_SIGNING_SECRET"},
    )
    client_id: str = Field(
        "",
        description="The app's Client ID: with it any workspace may install Limner; usually SLACK_CLIENT_ID.",
        json_schema_extra={"usual_name": "SLACK_CLIENT_ID"},
    )
    client_secret: SecretStr = Field(
        SecretStr(""),
        description="The app's Client Secret, which `client_id` needs; usually SLACK_CLIENT_SECRET.",
        json_schema_extra={"usual_name": "SLACK_CLIENT_SECRET"},
    )
    public_url: str = Field(
        "", description="Address at which Slack and browsers reach the bot, such as https://limner.example.com."
    )
    teams: list[str] = Field(
        default_factory=list, description="Ids of the only workspaces that may install Limner (T...); empty: any."
    )
    host: str = Field("127.0.0.1", description="Address that mode 'http' listens at.")
    port: int = Field(3000, ge=0, le=65535, description="Port that mode 'http' listens at.")
    path: str = Field("/slack/events", description="Path that Slack calls in mode 'http'.")
    api_base_url: str = Field(API, description="Where Slack's Web API is; GovSlack's is https://slack-gov.com/api/.")
    channels: list[str] = Field(
        default_factory=list, description="Ids of the only channels that are answered in; empty: all."
    )
    channels_off: list[str] = Field(default_factory=list, description="Ids of channels that are not answered in.")
    file_hosts: list[str] = Field(
        default_factory=lambda: ["files.slack.com"],
        description="Hosts that pictures which people bring are fetched from.",
    )
    file_networks: list[str] = Field(
        default_factory=list,
        description="Networks such as '10.0.0.0/8' in which those hosts may stand; empty: the public internet only.",
    )
    rate: float = Field(
        1.0,
        gt=0,
        description="How many times Slack's published rate limits are used; less where other apps share the token.",
    )
    mention_after_s: float = Field(
        60.0, ge=0, description="Seconds of waiting after which a reply tells the asker that it is ready."
    )

    @property
    def listens(self) -> bool:
        """Whether Slack calls the bot, and not the other way round."""
        return self.mode == "http"
