"""What goes wrong, as HTTP says it: a status, and one clear line with a remedy."""

import json
import math
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Match

from bot import EngineError, LimnerError, RequestError, log
from bot.errors import EngineBusy, GalleryError, StoreError

API = "/api/"

logger = log.get("web")


@dataclass(eq=False)
class Refused(LimnerError):
    """A request that is not served.

    Args:
        status: 4xx.
        code: What a program goes by.
        retry_after_s: When to come again, where that helps.
    """

    status: int = 400
    code: str = "request"
    retry_after_s: float | None = None


def not_found(what: str) -> Refused:
    """The same for what is not there and for what is somebody else's."""
    return Refused(f"There is no such {what} here", "It may have been deleted.", 404, "not_found")


def too_many(what: str, retry_after_s: float) -> Refused:
    """Somebody goes too fast."""
    return Refused(f"Too many {what}", f"Wait {math.ceil(retry_after_s)} s.", 429, "too_many", retry_after_s)


BY_STATUS = {
    400: ("request", "The request can't be read", "The API is described at /api."),
    404: ("not_found", "There is nothing at this address", "The API is described at /api."),
    405: ("method", "This address knows no such method", "The API is described at /api."),
    408: ("timeout", "The request came too slowly", "Send it again."),
    413: ("too_large", "The request is too large", "Send less at once."),
}


def answer(request: Request, error: LimnerError) -> Response:
    """The response that says an error: JSON under /api/, else a line of text."""
    status, code, retry_after_s = _kind(error)
    headers = {} if retry_after_s is None else {"Retry-After": str(math.ceil(retry_after_s))}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if not request.url.path.startswith(API):
        return PlainTextResponse(f"{error}\n", status, headers)
    body = {"error": {"code": code, "problem": error.problem, "remedy": error.remedy}}
    # With \u escapes: what is quoted from a request may be no valid Unicode.
    return Response(json.dumps(body).encode("ascii"), status, headers, "application/json")


async def on_limner_error(request: Request, error: Exception) -> Response:
    """Our own errors bring their words."""
    assert isinstance(error, LimnerError)
    if not isinstance(error, RequestError | Refused):
        logger.warning("%s", error, exc_info=error.__cause__)
    return answer(request, error)


async def on_http_error(request: Request, error: Exception) -> Response:
    """The framework's errors get words."""
    assert isinstance(error, HTTPException)
    response = answer(request, refused(error.status_code))
    response.headers.update(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = ", ".join(_methods(request))
    return response


def _methods(request: Request) -> list[str]:
    """What an address knows (RFC 9110 15.5.6); the framework tells only what one of its routes does."""
    return [
        method
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE")
        for route in request.app.routes
        if route.matches({**request.scope, "method": method})[0] is Match.FULL
    ]


async def on_invalid(request: Request, error: Exception) -> Response:
    """The first field that is wrong, by name."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return answer(request, Refused("The body is no JSON", "Send JSON as described at /api."))
    where = ".".join(str(part) for part in first["loc"][1:]) or "The body"
    problem = f"{where}: {first['msg']}" if first["loc"][1:] else f"{where} is not right: {first['msg']}"
    return answer(request, Refused(problem[:300], "The API is described at /api.", 422))


async def on_crash(request: Request, error: Exception) -> Response:
    """A fault of ours; the server logs it."""
    return answer(request, LimnerError("Something went wrong on my side", "The log has the details."))


def refused(status: int) -> Refused:
    """The words for a status that the framework gives."""
    code, problem, remedy = BY_STATUS.get(
        status, ("request", HTTPStatus(status).phrase, "The API is described at /api.")
    )
    return Refused(problem, remedy, status, code)


HANDLERS: dict[Any, Any] = {
    LimnerError: on_limner_error,
    HTTPException: on_http_error,
    RequestValidationError: on_invalid,
    Exception: on_crash,
}


def _kind(error: LimnerError) -> tuple[int, str, float | None]:
    match error:
        case Refused(status=status, code=code, retry_after_s=retry_after_s):
            return status, code, retry_after_s
        case RequestError():
            return 422, "request", None
        case EngineBusy(retry_after_s=retry_after_s):
            return 503, "engine", retry_after_s
        case EngineError():
            return 503, "engine", None
        case StoreError() | GalleryError():
            return 503, "store", None
        case _:
            return 500, "internal", None
