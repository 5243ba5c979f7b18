"""Machines with something really wrong with them, for the doctor to look at."""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import metadata
from pathlib import Path
from typing import Any

from bot.doctor.aside import Once
from bot.doctor.finding import Case
from bot.doctor.machine import explore
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SKETCH = ROOT / "tools" / "sketch"
ENTRY = "[limner.{group}]\n{name} = {name}:Thing\n"


def case(folder: Path, environment: dict[str, str] | None = None, **settings: Any) -> Case:
    """A doctor's case with a home in `folder` and a painter that needs no GPU."""
    environment = environment or {}
    return Case(
        settings=Settings.model_validate({"home": folder / "home", "engine": "paper"} | settings),
        file=None,
        environment=environment,
        folder=folder,
        machine=Once(partial(explore, environment)),
    )


def program(folder: Path, name: str, script: str) -> Path:
    """Put a shell script of that name into a folder of programs; that folder."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return folder


def package(folder: Path, name: str, source: str = "", **about: str) -> Path:
    """Install a distribution with one module, as pip would; `about` are further files of its metadata."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.py").write_text(source)
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{about.pop('metadata', '')}")
    for file, text in about.items():
        (info / f"{file}.txt").write_text(text)
    return folder


def other_limner(folder: Path, **changed: str) -> Path:
    """A copy of Limner's own metadata that asks for other things: `changed` are old and new words."""
    found = metadata.distribution("limner")
    info = folder / "limner-0.1.0.dist-info"
    info.mkdir(parents=True)
    text = found.read_text("METADATA") or found.read_text("PKG-INFO") or ""
    for line in text.splitlines():
        name, _, value = line.partition(": ")
        if name == "Requires-Python" and "python" in changed:
            text = text.replace(line, f"{name}: {changed['python']}", 1)
        if name == "Requires-Dist" and value.startswith("click>") and "click" in changed:
            text = text.replace(line, f"{name}: {changed['click']}", 1)
    (info / "METADATA").write_text(text)
    (info / "entry_points.txt").write_text(found.read_text("entry_points.txt") or "")
    return folder


def copied_sketch(folder: Path) -> Path:
    """The built-in model in a folder of its own, to be damaged."""
    return Path(shutil.copytree(SKETCH, folder / "copied"))


@contextmanager
def answering(routes: dict[str, Any]) -> Iterator[str]:
    """An HTTP server on a free port of 127.0.0.1: path to status and body, or to what makes them; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("content-length", 0))
            asked = self.rfile.read(length)
            route = routes.get(self.path, (404, "no such page"))
            status, body = route(asked) if callable(route) else route
            data = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(status)
            self.send_header("content-type", "text/plain" if isinstance(body, str) else "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: Any) -> None:
            """Nothing: the tests' output is for failures."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
