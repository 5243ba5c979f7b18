"""The bot's way to a painter, over a Unix socket or a URL; every transport error becomes an EngineError here."""

import hashlib
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr, TypeAdapter, ValidationError

from bot.errors import EngineError, EngineLost
from bot.tasks import JudgeTask, ModelCard, Painted, PaintEvent, PaintTask, Preview, Verdict
from tools.engine import wire

# Reading waits through several heartbeats before the painter counts as gone.
_TIMEOUT = httpx.Timeout(10.0, read=6 * wire.HEARTBEAT_S)
# A connection is dropped before the painter may drop it (after 5 s), so that no task is sent into a closing one.
_LIMITS = httpx.Limits(keepalive_expiry=2.0)
# The hub may take its time to hand out a model's configs or tokenizers, and longer for a judge's weights.
_CONFIGS_TIMEOUT = httpx.Timeout(10.0, read=120.0)
_JUDGE_TIMEOUT = httpx.Timeout(10.0, read=600.0)
_Answer = TypeVar("_Answer")


class PainterClient:
    """Speaks the painter's protocol; satisfies `bot.contracts.Engine`.

    Args:
        url: Where the painter answers; with a socket, any name will do.
        token: Sent with every request unless empty.
        socket: Path of the Unix socket to go through.
    """

    def __init__(self, url: str = "http://painter", token: str = "", socket: Path | None = None) -> None:
        self._url = url
        headers = {wire.HEADER: wire.VERSION} | ({"Authorization": f"Bearer {token}"} if token else {})
        transport = httpx.AsyncHTTPTransport(uds=str(socket), verify=False) if socket else None
        with translated(url):
            self._http = httpx.AsyncClient(
                base_url=url, headers=headers, timeout=_TIMEOUT, transport=transport, limits=_LIMITS
            )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def health(self) -> dict[str, Any]:
        """Version, model, busy, queued, batch_cap and memory_mib of the painter.

        Once a model was loaded also device, torch, diffusers, mean_batch (steps that were made together) and lightened
        (what was done about memory that ran out, by model).
        """
        return await self._json("GET", "/health")

    async def describe(self, model: str) -> ModelCard:
        """The card of a model; see `bot.contracts.Engine`."""
        fields = await self._json("GET", f"/models?model={quote(model, safe='')}", patience=_CONFIGS_TIMEOUT)
        return _read(ModelCard, fields)

    async def paint(self, task: PaintTask) -> AsyncGenerator[PaintEvent, None]:
        """Paint one picture; see `bot.contracts.Engine`. Leaving early lets the painter cancel after a while."""
        painted: Painted | None = None
        with translated(self._url):
            async with self._http.stream("POST", _path(task.id), files=wire.task_parts(task)) as response:
                await self._check(response)
                async for line in response.aiter_lines():
                    event = wire.read_line(line) if line else None
                    if isinstance(event, Painted):
                        painted = event
                    elif event is not None:
                        yield event
        if painted is None:
            raise EngineLost("The painter stopped in the middle of a picture", "Send the task again.")
        yield painted  # the stream is over by now, so that its connection can be used again

    async def fetch(self, painted: Painted | Preview) -> bytes:
        """The PNG of a picture, or a preview's JPEG, a later one if there is; see `bot.contracts.Engine`."""
        with translated(self._url):
            response = await self._http.get(painted.url)
            if response.status_code == httpx.codes.NOT_FOUND:
                raise EngineLost(
                    "The painter does not keep this picture any more", "Send its task again.", crashed=False
                )
            await self._check(response)
        if isinstance(painted, Painted) and hashlib.sha256(response.content).hexdigest() != painted.sha256:
            raise EngineLost("The picture arrived damaged", "Send its task again.", crashed=False)
        return response.content

    async def cancel(self, task_id: str) -> None:
        """Stop a task; see `bot.contracts.Engine`."""
        with translated(self._url):
            await self._check(await self._http.delete(_path(task_id)))

    async def tokens(self, model: str, texts: tuple[str, ...]) -> tuple[int, ...]:
        """Tokens of each text; see `bot.contracts.Engine`."""
        asked = {"model": model, "texts": texts}
        fields = await self._json("POST", "/tokens", json=asked, patience=_CONFIGS_TIMEOUT)
        return _read(tuple[int, ...], fields.get("tokens"))

    async def judge(self, task: JudgeTask) -> Verdict:
        """How well a picture shows what it should; see `bot.contracts.Engine`."""
        fields = await self._json("POST", "/judge", files=wire.task_parts(task), patience=_JUDGE_TIMEOUT)
        return _read(Verdict, fields)

    async def _json(self, method: str, path: str, *, patience: httpx.Timeout = _TIMEOUT, **body: Any) -> dict[str, Any]:
        with translated(self._url):
            response = await self._http.request(method, path, timeout=patience, **body)
            await self._check(response)
        return _fields(response)

    async def _check(self, response: httpx.Response) -> None:
        """Raise what the painter answered instead of what was wanted."""
        version = response.headers.get(wire.HEADER)
        if version is None:
            raise EngineError(f"What answers at {self._url} is no Limner painter", "Check engines.remote.url.")
        if version != wire.VERSION:
            raise EngineError(
                f"The painter at {self._url} speaks version {version[:20]} of its protocol, not {wire.VERSION}",
                "Install the same version of Limner on both sides.",
            )
        if response.is_error:
            await response.aread()
            fields = _fields(response)
            try:
                raise wire.error_of(fields)
            except (KeyError, TypeError, ValueError) as error:
                raise wire.unreadable(response.text) from error


class RemoteEngine(PainterClient):
    """A painter that runs by itself on another machine (`limner painter`)."""

    class Settings(BaseModel):
        """Options in [engines.remote]."""

        model_config = ConfigDict(frozen=True, extra="forbid")

        url: str = Field(description="Address of the painter, such as 'http://gpu-box:8765'.")
        token: SecretStr = Field(SecretStr(""), description="The painter's token.")

    def __init__(self, settings: Settings, home: Path, model: str) -> None:
        super().__init__(settings.url, settings.token.get_secret_value())


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Turn what httpx raises into errors of ours, here and nowhere else.

    Raises:
        EngineLost: The painter can't be reached or went away; the same request may be sent again.
        EngineError: The address or the answer is wrong, and sending it again would not help.
    """
    try:
        yield
    except (httpx.NetworkError, httpx.TimeoutException, httpx.RemoteProtocolError) as error:
        raise EngineLost(f"The painter does not answer ({type(error).__name__})", "Send the task again.") from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpx.CookieConflict) as error:
        raise EngineError(
            f"The painter at {url} can't be spoken to: {type(error).__name__}: {error}", "Check engines.remote.url."
        ) from error


def _read(kind: type[_Answer], fields: Any) -> _Answer:
    try:
        return TypeAdapter(kind).validate_python(fields)
    except ValidationError as error:
        raise wire.unreadable(str(fields)) from error


def _path(task_id: str) -> str:
    return f"/jobs/{quote(task_id, safe='')}"


def _fields(response: httpx.Response) -> dict[str, Any]:
    try:
        fields = response.json()
    except ValueError as error:
        raise wire.unreadable(response.text) from error
    if not isinstance(fields, dict):
        raise wire.unreadable(response.text)
    return fields
