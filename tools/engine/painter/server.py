"""The painter as one small ASGI app: jobs in, events and pictures out."""

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from bot import __version__
from bot.errors import EngineBusy, EngineError
from bot.limits import MAX_LORA_WEIGHT, MAX_LORAS
from bot.tasks import JudgeTask, Lora, ModelCard, PaintTask
from tools.engine import wire
from tools.engine.cards import Cards
from tools.engine.painter import hub, pictures
from tools.engine.painter.beside import Beside
from tools.engine.painter.guard import Guard
from tools.engine.painter.jobs import Jobs

PROMPT_LIMIT = 10_000
STEPS_LIMIT = 200
TEXTS_LIMIT = 64
_Task = TypeVar("_Task", PaintTask, JudgeTask)
_Asked = TypeVar("_Asked")


@dataclass(frozen=True, slots=True)
class _Texts:
    """What /tokens is asked."""

    model: str
    texts: tuple[str, ...]


_STATUS = {"model": 404, "busy": 429, "stopping": 503, "crashed": 503}


def make_app(jobs: Jobs, beside: Beside, model: str, token: str = "", cards: Cards | None = None) -> ASGIApp:
    """Put the app together.

    Args:
        jobs: The line; its worker runs as long as the app.
        beside: What counts and judges as long as the app runs.
        model: Loaded at start-up.
        token: Demanded of every request unless empty.
        cards: Know what settings say of models.
    """
    endpoints = Endpoints(jobs, beside, model, cards or Cards())

    @asynccontextmanager
    async def working(_app: Starlette) -> AsyncIterator[None]:
        worker = asyncio.create_task(jobs.work(model))
        try:
            yield
        finally:
            worker.cancel()
            beside.stop()

    app = Starlette(
        routes=[
            Route("/health", endpoints.health),
            Route("/models", endpoints.describe),
            Route("/tokens", endpoints.tokens, methods=["POST"]),
            Route("/judge", endpoints.judge, methods=["POST"]),
            Route("/jobs/{job_id:path}/result", endpoints.result),
            Route("/jobs/{job_id:path}/preview/{step:int}", endpoints.preview),
            Route("/jobs/{job_id:path}", endpoints.submit, methods=["POST"]),
            Route("/jobs/{job_id:path}", endpoints.cancel, methods=["DELETE"]),
        ],
        exception_handlers={EngineError: _answer_error, HTTPException: _answer_http_error, Exception: _answer_fault},
        lifespan=working,
    )
    return Guard(app, token)


class Endpoints:
    """One method for each route."""

    def __init__(self, jobs: Jobs, beside: Beside, model: str, cards: Cards) -> None:
        self._jobs = jobs
        self._beside = beside
        self._model = model
        self._known = cards
        self._cards: dict[str, ModelCard] = {}

    async def health(self, _request: Request) -> Response:
        """Who is there, how busy it is, and how it paints."""
        return JSONResponse({"version": __version__, "model": self._model} | self._jobs.state())

    async def describe(self, request: Request) -> Response:
        """The card of ?model=..., without loading its weights."""
        return JSONResponse(asdict(await self._card(request.query_params.get("model", self._model))))

    async def tokens(self, request: Request) -> Response:
        """How many tokens each of some texts takes."""
        asked = _validated(_Texts, await request.body())
        _check_texts(asked.texts, least=0)
        return JSONResponse({"tokens": await self._beside.tokens(asked.model, asked.texts)})

    async def judge(self, request: Request) -> Response:
        """What the judge says of a picture."""
        task = await _read_task(request, JudgeTask)
        _check_texts(task.texts, least=1)
        pictures.check(task.image, "to be judged")
        verdict = await self._beside.judge(task, request.is_disconnected)
        return JSONResponse(asdict(verdict)) if verdict else Response(status_code=204)

    async def submit(self, request: Request) -> Response:
        """Begin or join a job, and stream its events."""
        task = await _read_task(request, PaintTask)
        if task.id != request.path_params["job_id"]:
            raise EngineError("The task's id is not the one in the address", "Send it to /jobs/ID with its own id.")
        job = self._jobs.find(task)
        if job is None:
            check(task, await self._card(task.model))
            job = self._jobs.submit(task)
        return StreamingResponse(self._jobs.listen(job), media_type="application/x-ndjson")

    async def result(self, request: Request) -> Response:
        """The PNG of a finished job."""
        png = self._jobs.result(request.path_params["job_id"])
        if png is None:
            return _problem(EngineError("The picture is not kept any more", "Send its task again."), 404)
        return Response(png, media_type="image/png")

    async def preview(self, request: Request) -> Response:
        """The JPEG of how a job looks now: after the step in the address, or a later one."""
        jpeg = self._jobs.preview(request.path_params["job_id"])
        if not jpeg:
            return _problem(EngineError("There is no preview of this any more", "Fetch the picture instead."), 404)
        return Response(jpeg, media_type="image/jpeg")

    async def cancel(self, request: Request) -> Response:
        """Stop a job."""
        self._jobs.cancel(request.path_params["job_id"])
        return Response(status_code=204)

    async def _card(self, model: str) -> ModelCard:
        if model not in self._cards:
            card = await asyncio.to_thread(hub.card, model, self._known)
            self._cards[model] = replace(card, batch_cap=min(card.batch_cap, self._jobs.limits.at_once))
        return self._cards[model]


def check(task: PaintTask, card: ModelCard) -> None:
    """Refuse what would fail or never end.

    Raises:
        EngineError: In one line, what is wrong and what is expected.
    """
    multiple = card.size_multiple_px
    for name, side_px in (("width", task.width_px), ("height", task.height_px)):
        if not multiple <= side_px <= card.max_side_px or side_px % multiple:
            raise EngineError(
                f"A {name} of {side_px} px can't be painted by '{card.model}'",
                f"Ask for a multiple of {multiple} up to {card.max_side_px}.",
            )
    bounds = (
        ("Steps", task.steps, 1, STEPS_LIMIT),
        ("The guidance scale", task.guidance_scale, 0, 30),
        ("The seed", task.seed, 0, 2**32 - 1),
        ("The priority", task.priority, 0, 1),
        ("The prompt's length", len(task.prompt), 1, PROMPT_LIMIT),
        ("The negative prompt's length", len(task.negative_prompt), 0, PROMPT_LIMIT),
    )
    for name, value, least, most in bounds:
        if not least <= value <= most:
            raise EngineError(f"{name} can't be {value}", f"Expected is {least} to {most}.")
    if task.task not in ("paint", "img2img"):
        raise EngineError(f"This painter has no task '{task.task[:40]}'", "It can 'paint' and 'img2img'.")
    if not 0 < task.strength <= 1:
        raise EngineError(f"The strength can't be {task.strength:g}", "Expected is over 0 to 1.")
    if (task.task == "img2img") != bool(task.image):
        raise EngineError(
            f"A task '{task.task}' comes {'with' if task.image else 'without'} a picture to start from",
            "Send a part 'image' with the task 'img2img', and with no other.",
        )
    if task.image:
        _check_start(task, card)
    _check_loras(task.loras)


def _check_start(task: PaintTask, card: ModelCard) -> None:
    if not card.img2img:
        raise EngineError(f"'{card.model}' can't start from a picture", "Ask with words alone, or set another model.")
    pictures.check(task.image)


def _check_loras(loras: tuple[Lora, ...]) -> None:
    if len(loras) > MAX_LORAS or len({lora.file for lora in loras}) < len(loras):
        raise EngineError("There are too many LoRAs, or one twice", f"Expected are {MAX_LORAS} different ones at most.")
    for lora in loras:
        if not (0 < len(lora.file) <= PROMPT_LIMIT and lora.name):
            raise EngineError("A LoRA has no name or no file", "Expected are both.")
        if not -MAX_LORA_WEIGHT <= lora.weight <= MAX_LORA_WEIGHT:
            raise EngineError(
                f"A LoRA's weight can't be {lora.weight:g}", f"Expected is -{MAX_LORA_WEIGHT:g} to {MAX_LORA_WEIGHT:g}."
            )


def _check_texts(texts: tuple[str, ...], least: int) -> None:
    if not least <= len(texts) <= TEXTS_LIMIT:
        raise EngineError(f"There can't be {len(texts)} texts", f"Expected are {least} to {TEXTS_LIMIT}.")
    if any(len(text) > PROMPT_LIMIT for text in texts):
        raise EngineError("A text is too long", f"Expected are at most {PROMPT_LIMIT} characters.")


async def _read_task(request: Request, kind: type[_Task]) -> _Task:
    async with request.form(max_files=8, max_fields=8) as form:
        part, file = form.get("task"), form.get("image")
        image = await file.read() if isinstance(file, UploadFile) else b""
    if not isinstance(part, str):
        raise EngineError("The request has no part 'task'", "Send multipart/form-data with the task as JSON in it.")
    task = _validated(kind, part)
    if task.image or (file is not None and not image):
        raise EngineError("The picture that comes with a task can't be read", "Send it as a file in the part 'image'.")
    return replace(task, image=image)


def _validated(kind: type[_Asked], text: str | bytes) -> _Asked:
    try:
        return TypeAdapter(kind).validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "it"
        raise EngineError(f"The task can't be read: {key}: {first['msg']}", "Correct it.") from error


async def _answer_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, EngineError)
    status = _STATUS.get(wire.problem_of(error)["code"], 400)
    headers = {"Retry-After": str(math.ceil(error.retry_after_s))} if isinstance(error, EngineBusy) else None
    return _problem(error, status, headers)


async def _answer_http_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _problem(EngineError(f"The painter can't answer this request: {error.detail}"), error.status_code)


async def _answer_fault(_request: Request, _error: Exception) -> Response:
    return _problem(EngineError("The painter has a fault", "Its log says more."), 500)


def _problem(error: EngineError, status: int, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse(wire.problem_of(error), status, headers)
