"""Webhooks that a desk signed, but that are made otherwise than its documentation says."""

import json
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest

from tests.contract.desk import test_chatwoot, test_intercom, test_webhook, test_zendesk
from tests.contract.desk.stages import playing

ODD: list[Any] = [1, "x", [1], ["x"], {"id": [1]}, [{"type": "conversation:message", "payload": 7}], True]
FIELDS = ("account", "sender", "conversation", "events", "data", "ticket", "comment", "text", "content_attributes")
KINDS = (
    {"event": "message_created", "id": 1, "message_type": "incoming"},
    {"event": "message_updated", "content_type": "input_csat"},
    {"event": "customer", "ticket": 1, "comment": 1},
    {"event": "rated", "ticket": 1, "rating": ["good"]},
    {"type": "message", "id": "1"},
    {"topic": "conversation.user.replied"},
)


@pytest.mark.parametrize(
    "stage",
    [test_chatwoot.stage, test_intercom.intercom, test_webhook.stage, test_zendesk.messaging, test_zendesk.support],
)
async def test_it_is_refused_or_left_alone(tmp_path: Path, stage: Any) -> None:
    """None is answered with a server's error, upon which a desk may send it for hours; the doctor knows the server."""
    opened: AbstractAsyncContextManager[Any] = stage()
    async with opened as made, playing(made, tmp_path), httpx.AsyncClient(trust_env=False) as doctor:
        assert (await doctor.get(urljoin(made.desk.hook, "/healthz"))).headers["server"] == "Limner"
        for kind in KINDS:
            for name in FIELDS:
                for odd in ODD:
                    body = json.dumps(kind | {name: odd}).encode()
                    status = await made.desk.tell(body, dict(made.desk.signed(body)))
                    assert status == 200 or 400 <= status < 500, (kind, name, odd)
