"""The table [adapters.webhook]."""

from typing import Literal

from pydantic import Field, SecretStr

from adapters.desk.intake import HookSettings
from adapters.desk.signing import TOLERANCE_S, Scheme

SCHEMES = {
    "hex": Scheme("x-limner-signature", "x-limner-timestamp", between="."),
    "base64": Scheme("x-limner-signature", "x-limner-timestamp", encoding="base64", between="."),
    "github": Scheme("x-hub-signature-256", prefix="sha256="),
    "standard-webhooks": Scheme(
        "webhook-signature", "webhook-timestamp", "v1,", encoding="base64", between=".", id_header="webhook-id"
    ),
}


class WebhookSettings(HookSettings):
    """What can be set of the generic webhook."""

    port: int = Field(
        3002, ge=0, le=65535, description="Port that webhooks are listened for at; each desk has its own."
    )
    path: str = Field("/webhook", pattern="^/", description="Path that the desk calls.")
    secret: SecretStr = Field(
        SecretStr(""),
        description="What both sides sign with; usually DESK_WEBHOOK_SECRET.",
        json_schema_extra={"usual_name": "DESK_WEBHOOK_SECRET"},
    )
    scheme: Literal["hex", "base64", "github", "standard-webhooks"] = Field(
        "hex", description="How webhooks are signed: 'hex', 'base64', 'github' or 'standard-webhooks'."
    )
    signature_header: str = Field("", description="Header of the signature; empty is the scheme's own.")
    timestamp_header: str = Field("", description="Header of the timestamp; empty is the scheme's own.")
    delivery_header: str = Field(
        "", description="Header of a callback's id, the same when it is sent again; empty is the scheme's own."
    )
    tolerance_s: float = Field(TOLERANCE_S, gt=0, description="Seconds that the clocks of both sides may be apart.")
    callback_url: str = Field("", description="Where answers, notes and hand-overs are sent.")
    callback_secret: SecretStr = Field(
        SecretStr(""), description="What callbacks are signed with; empty is the same `secret`."
    )
