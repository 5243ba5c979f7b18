"""What watches a service asks: does it live, can it serve, how much has it done."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot import Limner, alive

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


async def lives(_request: Request) -> Response:
    """Say that the process lives."""
    return PlainTextResponse(alive.WORDS, headers=alive.HEADERS)


def routes(limner: Limner, may_see: Callable[[Request], bool]) -> list[Route]:
    """`/healthz`, `/readyz` and `/metrics`.

    Args:
        limner: What is watched.
        may_see: Whether a request may learn more than that the process lives.
    """

    async def readyz(request: Request) -> Response:
        if not may_see(request):
            return PlainTextResponse("Ask from this machine, or with an API key.\n", 403)
        problems = await limner.health()
        return JSONResponse({"ready": not problems, "problems": problems}, 503 if problems else 200)

    async def metrics(request: Request) -> Response:
        if not may_see(request):
            return PlainTextResponse("Ask from this machine, or with an API key.\n", 403)
        return Response(await limner.metrics(), media_type=PROMETHEUS)

    return [Route(alive.PATH, lives), Route("/readyz", readyz), Route("/metrics", metrics)]
