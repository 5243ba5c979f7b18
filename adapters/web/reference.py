"""The API's description as a page to read, made from its OpenAPI schema, without a script or another host."""

import html
import json
from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

Schema = dict[str, Any]
STYLE = """
:root { color-scheme: light dark; --line: #8884; --dim: #777; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
h2 { border-bottom: 1px solid var(--line); margin-top: 2.5rem; }
h3 { margin: 2rem 0 0.25rem; font-size: 1rem; overflow-wrap: anywhere; }
h3 b { display: inline-block; min-width: 4.5rem; }
table { border-collapse: collapse; margin: 0.5rem 0; width: 100%; }
td, th { border-top: 1px solid var(--line); padding: 0.25rem 0.75rem 0.25rem 0; text-align: left; vertical-align: top; }
td:first-child { white-space: nowrap; }
code, pre { font: 0.9em/1.4 ui-monospace, monospace; }
pre { border: 1px solid var(--line); border-radius: 4px; overflow-x: auto; padding: 0.75rem; }
small, .dim { color: var(--dim); }
"""


def routes() -> list[BaseRoute]:
    """`/api` and its style sheet."""
    return [Route("/api", page), Route("/api/reference.css", style_sheet)]


async def page(request: Request) -> Response:
    """The whole reference on one page."""
    schema: Schema = request.app.openapi()
    return HTMLResponse("\n".join(_page(schema)), headers={"Cache-Control": "no-cache"})


async def style_sheet(_request: Request) -> Response:
    """How it looks."""
    return PlainTextResponse(STYLE, headers={"Cache-Control": "no-cache"}, media_type="text/css")


def _page(schema: Schema) -> Iterator[str]:
    info = schema["info"]
    yield '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width"><title>Limner\'s API</title>'
    yield '<link rel="stylesheet" href="/api/reference.css"></head><body><main>'
    yield f"<h1>{_text(info['title'])}</h1>"
    yield from (f"<p>{_text(paragraph)}</p>" for paragraph in info["description"].split("\n\n"))
    yield '<p>For programs: <a href="/api/v1/openapi.json">openapi.json</a>.</p><h2>Who asks</h2><table>'
    for name, scheme in schema["components"]["securitySchemes"].items():
        yield _row(name, scheme["type"], scheme["description"])
    yield "</table><h2>Calls</h2>"
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield from _operation(path, method, operation)
    yield "<h2>Things</h2>"
    for name, thing in schema["components"]["schemas"].items():
        yield from _thing(name, thing)
    yield "</main></body></html>"


def _operation(path: str, method: str, operation: Schema) -> Iterator[str]:
    yield f"<h3><b>{method.upper()}</b> <code>{_text(path)}</code></h3>"
    yield f"<p>{_text(operation['summary'])}. {_text(operation.get('description', ''))}</p><table>"
    for parameter in operation.get("parameters", ()):
        about = parameter.get("description", "")
        yield _row(parameter["name"], f"{parameter['in']}, {_kind(parameter['schema'])}", about)
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        yield _row("body", f"{media}, {_kind(content['schema'])}", "")
    for status, response in operation["responses"].items():
        kinds = [f"{media}, {_kind(body.get('schema', {}))}" for media, body in response.get("content", {}).items()]
        yield _row(status, "; ".join(kinds), response.get("description", ""))
    yield "</table>"


def _thing(name: str, thing: Schema) -> Iterator[str]:
    yield f'<h3 id="{_text(name)}"><code>{_text(name)}</code></h3><p>{_text(thing.get("description", ""))}</p><table>'
    for key, field in thing.get("properties", {}).items():
        needed = "" if key in thing.get("required", ()) else " (optional)"
        yield _row(key, _kind(field) + needed, field.get("description", ""))
    yield "</table>"
    for example in thing.get("examples", ()):
        yield f"<pre>{_text(json.dumps(example, ensure_ascii=False, indent=2))}</pre>"


def _row(name: str, kind: str, about: str) -> str:
    return f"<tr><td><code>{_text(name)}</code></td><td>{kind}</td><td>{_text(about)}</td></tr>"


def _kind(schema: Schema) -> str:
    """A type in a few words, with a link where it is a thing of ours."""
    if reference := schema.get("$ref"):
        name = _text(reference.rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if choices := schema.get("anyOf"):
        return " or ".join(_kind(choice) for choice in choices)
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    if values := schema.get("enum"):
        return _text(" | ".join(map(str, values)))
    return _text(schema.get("type", "anything"))


def _text(words: object) -> str:
    return html.escape(str(words))
