"""What the painter refuses, in one plain line each, with the status that HTTP has for it."""

import asyncio
import json
from dataclasses import replace

import httpx
import pytest
import pytest_asyncio

from bot.errors import EngineError, ModelUnavailable
from bot.tasks import PaintTask
from tests.helpers.serving import painter, serving
from tools.engine import wire
from tools.engine.client import PainterClient
from tools.engine.families import card_for
from tools.engine.painter.guard import Guard

pytestmark = pytest.mark.asyncio(loop_scope="module")
TASK = PaintTask("1", "sketch", "a cat", "", 256, 256, 8, 2.5, 1)
FIELDS = json.loads(wire.task_parts(TASK)["task"][1])


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where the painter that all tests share listens."""
    return tmp_path_factory.mktemp("painter") / "s"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def http(address, models):
    """A plain HTTP client to a painter that wants the token 'secret'."""
    transport = httpx.AsyncHTTPTransport(uds=str(address))
    headers = {wire.HEADER: wire.VERSION, "Authorization": "Bearer secret"}
    async with (
        painter(address, str(models / "sd15"), token="secret"),
        httpx.AsyncClient(transport=transport, base_url="http://painter", headers=headers) as client,
    ):
        yield client


async def post(http, content, path="/jobs/1", part="task"):
    return await http.post(path, files={part: (None, content)})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("no json", "can't be read"),
        ("{}", "can't be read: id"),
        (json.dumps(FIELDS | {"steps": "8"}), "can't be read: steps"),
        (json.dumps(FIELDS | {"id": "2"}), "not the one in the address"),
        (json.dumps(FIELDS | {"steps": 0}), "Steps can't be 0"),
        (json.dumps(FIELDS | {"loras": [{"name": "a"}]}), "can't be read: loras.0.file"),
        (
            json.dumps(FIELDS | {"loras": [{"name": "a", "file": "a", "weight": 3}]}),
            "A LoRA's weight can't be 3",
        ),
        (json.dumps(FIELDS | {"loras": [{"name": "a", "file": ""}]}), "A LoRA has no name or no file"),
        (json.dumps(FIELDS | {"loras": [{"name": "a", "file": "a"}] * 2}), "too many LoRAs, or one twice"),
    ],
)
async def test_wrong_task(http, content, words):
    """A task that makes no sense is answered at once, with what is wrong in it."""
    response = await post(http, content)
    assert response.status_code == 400
    assert words in response.json()["problem"]


async def test_no_task(http):
    """A request without the part 'task' says so, whatever its body is."""
    for response in (await post(http, "{}", part="job"), await http.post("/jobs/1", content=b"{}")):
        assert response.status_code == 400
        assert "no part 'task'" in response.json()["problem"]


async def test_picture_in_the_wrong_place(http):
    """The picture to start from is a file in a part of its own: not text, not in the JSON, not empty."""
    task = json.dumps(FIELDS | {"task": "img2img"})
    for files in (
        {"task": (None, task), "image": (None, "text")},
        {"task": (None, task), "image": ("image.png", b"")},
        {"task": (None, json.dumps(FIELDS | {"task": "img2img", "image": "iVBORw0KGgo="}))},
    ):
        response = await http.post("/jobs/1", files=files)
        assert response.status_code == 400
        assert "picture that comes with a task can't be read" in response.json()["problem"]


async def test_no_preview(http):
    """A preview of what is not being painted is 404."""
    for path in ("/jobs/1/preview/1", "/jobs/1/preview/x", "/jobs/1/preview/-1"):
        response = await http.get(path)
        assert response.status_code in (404, 405)
        assert response.json()["code"] == "refused"


async def test_unknown_model(http, tmp_path):
    """A model that is not there is 404, before anything waits in line."""
    response = await post(http, json.dumps(FIELDS | {"model": str(tmp_path)}))
    assert response.status_code == 404
    assert response.json()["code"] == "model"


async def test_unknown_route(http):
    """Other addresses and methods are answered in the same form."""
    for response in (await http.get("/"), await http.put("/health")):
        assert response.status_code in (404, 405)
        assert response.json()["code"] == "refused"
        assert response.headers[wire.HEADER] == wire.VERSION


@pytest.mark.parametrize("given", ["", "Bearer wrong", "Bearer secret2", "Bearer sécret", "secret"])
async def test_token(http, given):
    """Without the token nothing is told, not even the version."""
    for path in ("/health", "/models", "/jobs/1/result"):
        response = await http.get(path, headers={"Authorization": given.encode(), wire.HEADER: "7"})
        if given == "secret":
            assert response.status_code == 400
        else:
            assert response.status_code == 401
            assert "token" in response.json()["problem"]


@pytest.mark.parametrize(("version", "words"), [("1", "the request version 1"), ("", "names none")])
async def test_other_version(http, version, words):
    """A request of another version is refused, with what to do."""
    response = await http.get("/health", headers={wire.HEADER: version})
    assert response.status_code == 400
    assert words in response.json()["problem"]
    assert "same version" in response.json()["remedy"]


async def test_announced_body(http, address):
    """A body that announces more than the limit is refused before it is sent."""
    reader, writer = await asyncio.open_unix_connection(str(address))
    writer.write(b"POST /jobs/1 HTTP/1.1\r\nHost: p\r\nLimner-Painter: 4\r\nAuthorization: Bearer secret\r\n")
    writer.write(b"Content-Length: 99999999999\r\n\r\n")
    assert b" 413 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_unannounced_body(tmp_path):
    """A body without a length is counted as it arrives, and no more of it is read than allowed."""
    read = []

    async def read_all(receive):
        while (message := await receive())["more_body"]:
            read.append(len(message["body"]))

    async def app(scope, receive, send):
        if scope["type"] == "http":
            with pytest.raises(EngineError, match="larger than"):
                await read_all(receive)
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})

    async def body():
        for _ in range(100):
            yield b"x" * 1000

    transport = httpx.AsyncHTTPTransport(uds=str(tmp_path / "s"))
    async with (
        serving(tmp_path / "s", Guard(app, body_limit_bytes=10_000)),
        httpx.AsyncClient(transport=transport, base_url="http://p", headers={wire.HEADER: wire.VERSION}) as client,
    ):
        response = await client.post("/", content=body())
    assert response.headers[wire.HEADER] == wire.VERSION
    assert sum(read) <= 10_000


async def test_a_body_that_never_ends(tmp_path):
    """A request that does not arrive is given up in the protocol's own words, and holds nothing."""

    async def app(scope, receive, send):
        if scope["type"] == "http":
            with pytest.raises(EngineError, match=r"did not arrive within 0\.2 s"):
                await receive()
            await send({"type": "http.response.start", "status": 400, "headers": []})
            await send({"type": "http.response.body", "body": b""})

    async with serving(tmp_path / "s", Guard(app, body_limit_s=0.2)):
        reader, writer = await asyncio.open_unix_connection(str(tmp_path / "s"))
        writer.write(f"POST / HTTP/1.1\r\nHost: p\r\n{wire.HEADER}: {wire.VERSION}\r\n".encode())
        writer.write(b"Content-Length: 100\r\n\r\n")
        assert b" 400 " in await reader.readline()
        writer.close()
        await writer.wait_closed()


async def test_describe(tmp_path, models):
    """A model's card can be asked for without loading its weights."""
    async with painter(tmp_path / "s", str(models / "sd15")) as jobs, PainterClient(socket=tmp_path / "s") as client:
        card = card_for(models / "flux1", str(models / "flux1"))
        assert await client.describe(str(models / "flux1")) == replace(card, batch_cap=jobs.limits.at_once)
        with pytest.raises(ModelUnavailable) as raised:
            await client.describe(str(tmp_path / "gone"))
        assert raised.value.model == str(tmp_path / "gone")
        assert not jobs.painting


async def test_fault_in_the_app(tmp_path, models):
    """A fault of the painter's own is an answer of the protocol still."""
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "model_index.json").write_text('{"_class_name": "FluxPipeline"}')
    (folder / "limner.json").write_text('{"vocabulary": {"subjects": NaN}}')  # Python reads it, JSON has no word for it
    async with painter(tmp_path / "s", str(models / "sd15")), PainterClient(socket=tmp_path / "s") as client:
        with pytest.raises(EngineError, match="has a fault"):
            await client.describe(str(folder))
        assert (await client.health())["queued"] == 0
