"""The table [adapters.chatwoot]."""

from pydantic import Field, SecretStr

from adapters.desk.intake import HookSettings


class ChatwootSettings(HookSettings):
    """What can be set of the Chatwoot adapter."""

    path: str = Field("/chatwoot", pattern="^/", description="Path that the desk calls.")
    base_url: str = Field(
        "https://app.chatwoot.com", description="Where Chatwoot is; one of your own may be at http://chatwoot:3000."
    )
    account_id: int = Field(1, ge=1, description="The account's number: what stands behind /accounts/ in addresses.")
    token: SecretStr = Field(
        SecretStr(""),
        description="The agent bot's access token; usually CHATWOOT_BOT_TOKEN.",
        json_schema_extra={"usual_name": "CHATWOOT_BOT_TOKEN"},
    )
    user_token: SecretStr = Field(
        SecretStr(""),
        description="An agent's access token: looks for missed messages and lost answers; usually CHATWOOT_USER_TOKEN.",
        json_schema_extra={"usual_name": "CHATWOOT_USER_TOKEN"},
    )
    secret: SecretStr = Field(
        SecretStr(""),
        description="What the agent bot's webhooks are signed with; usually CHATWOOT_SECRET.",
        json_schema_extra={"usual_name": "CHATWOOT_SECRET"},
    )
    allow_unsigned: bool = Field(
        False, description="Believe webhooks without a signature, as Chatwoot before April 2026 sends them."
    )
    inboxes: list[int] = Field(
        default_factory=list, description="Numbers of the inboxes in which missed messages are looked for; empty: all."
    )
