"""A request as the handlers see it: its route, its JSON and its files."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from tests.discord_server.errors import Refused, too_large
from tests.discord_server.rules import REQUEST_BYTES, Upload
from tests.discord_server.state import Json


@dataclass(frozen=True)
class Asked:
    """One request; `route` is its method and the template of its path."""

    route: str
    params: dict[str, str]
    query: dict[str, str]
    token: str | None
    body: Any = field(default_factory=dict)
    uploads: list[Upload] = field(default_factory=list)

    def flag(self, name: str) -> bool:
        return self.query.get(name, "").lower() in ("1", "true")


@dataclass(frozen=True)
class Record:
    """What was asked and answered, for tests that count."""

    at: float
    route: str
    path: str
    status: int
    body: Json


async def read(request: web.Request, route: str) -> Asked:
    """The request, whole.

    Raises:
        Refused: When it is over 25 MiB or no JSON.
    """
    authorization = request.headers.get("Authorization", "")
    token = authorization.removeprefix("Bot ") if authorization.startswith("Bot ") else None
    about = (route, dict(request.match_info), dict(request.query), token)
    if (request.content_length or 0) > REQUEST_BYTES:
        await request.read()
        raise too_large(f"a request of {request.content_length} bytes, {REQUEST_BYTES} allowed")
    if request.content_type == "multipart/form-data":
        return Asked(*about, *await _form(request))
    data = await request.read()
    return Asked(*about, _json(data) if data else {})


async def _form(request: web.Request) -> tuple[Any, list[Upload]]:
    body: Any = {}
    uploads: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise Refused(400, 50035, "Invalid Form Body", "a form within a form")
        name, data = part.name or "", bytes(await part.read())
        if name == "payload_json":
            body = _json(data)
        elif (number := re.fullmatch(r"files\[(\d+)\]", name)) and part.filename:
            uploads.append(Upload(number[1], part.filename, data, part.headers.get("Content-Type")))
        else:
            raise Refused(400, 50035, "Invalid Form Body", f"a part named {name!r}")
    return body, uploads


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        raise Refused(400, 50109, "The request body contains invalid JSON.", "a body that is no JSON") from None
