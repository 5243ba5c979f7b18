"""The API's pictures: what they were painted from, their bytes, their buttons; and the ones that people bring."""

import asyncio
import unicodedata
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from fastapi import APIRouter, Header, Path, Query, Request, Response
from starlette.responses import FileResponse

from adapters.web import models, picture_models, picture_shapes, shapes, taken
from adapters.web.desk import (
    SIGNED,
    Asker,
    OurSite,
    OwnExchange,
    OwnPicture,
    Site,
    Tongue,
    accepted,
    check_prompt,
    place,
)
from adapters.web.errors import Refused, not_found, too_many
from adapters.web.identity import Person
from adapters.web.models import failures, link
from adapters.web.taken import ID, SHA256
from bot import Wishes
from bot.actions import PROMPT, VARY, pressed
from bot.language import Language

router = APIRouter(prefix="/api/v1", tags=["pictures"], dependencies=SIGNED, responses=failures(401, 421, 500, 503))
IMMUTABLE = {"Cache-Control": "private, max-age=31536000, immutable"}
BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
PNG: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/png": BINARY}},
    206: {"content": {"image/png": BINARY}, "description": "The part that Range asked for."},
}
BROUGHT: dict[int | str, dict[str, Any]] = {201: {"links": link("brought", "sha256", "/sha256")}}
KINDS = ("image/png", "image/jpeg", "image/webp", "image/gif")
FILE = {"requestBody": {"required": True, "content": dict.fromkeys(KINDS, BINARY)}}


@router.get("/pictures/{picture}", summary="A picture and what it was painted from", responses=failures(404, 422))
async def picture(found: OwnPicture) -> picture_models.Picture:
    """The prompt, how it differs from the words, the seed and all the rest."""
    return picture_shapes.picture(found.picture, found.said)


@router.get("/pictures/{picture}/image", summary="The PNG", response_class=Response, responses=PNG | failures(404, 422))
async def image(
    found: OwnPicture,
    site: OurSite,
    download: Annotated[Literal["0", "1"], Query(description="1: to be saved to a file.")] = "0",
) -> Response:
    """The picture itself; it never changes. One that is saved to a file counts as kept in what use teaches."""
    if not await asyncio.to_thread(found.picture.path.is_file):
        raise not_found("picture")
    if download == "1":
        await site.limner.exported(found.picture.id)
    name = f"limner-{found.picture.id[:8]}.png" if download == "1" else None
    headers = IMMUTABLE | {"ETag": f'"{found.picture.sha256}"'}
    return FileResponse(found.picture.path, media_type="image/png", filename=name, headers=headers)


@router.post(
    "/pictures/{picture}/actions/{kind}",
    status_code=202,
    summary="Press a button",
    responses=failures(400, 403, 404, 408, 413, 422, 429),
)
async def act(
    kind: Literal["again", "vary", "own_words", "prompt", "undo"],
    press: taken.Press,
    found: OwnPicture,
    asker: Asker,
    site: OurSite,
    tongue: Tongue,
) -> models.Exchange:
    """again: another seed; vary: like it, yet different; own_words: from the words as they were; prompt: from yours.

    undo: back to the picture that it was changed from.
    """
    return await _pressed(f"{kind}:{found.picture.id}", press, asker, site, tongue)


@router.post(
    "/messages/{job}/proposals/{proposal}/{kind}",
    status_code=202,
    summary="Say yes to a proposal",
    responses=failures(400, 403, 404, 408, 413, 422, 429),
)
async def agree(
    kind: Literal["use", "own_words", "prompt"],
    proposal: Annotated[str, Path(pattern=ID)],
    press: taken.Press,
    exchange: OwnExchange,
    asker: Asker,
    site: OurSite,
    tongue: Tongue,
) -> models.Exchange:
    """use: from the prompt as it was shown; own_words: from the words as they were; prompt: from yours."""
    proposed = exchange.reply.proposals if exchange.reply else ()
    if proposal not in {one.id for one in proposed}:
        raise not_found("proposal")
    return await _pressed(f"{kind}:{proposal}", press, asker, site, tongue)


async def _pressed(key: str, press: taken.Press, asker: Person, site: Site, language: Language) -> models.Exchange:
    kind = key.partition(":")[0]
    if kind == PROMPT:
        check_prompt(press.prompt or "")
    wishes = Wishes(prompt=press.prompt if kind == PROMPT else None, strength=press.strength if kind == VARY else None)
    message = pressed(key, language=language, wishes=wishes, **place(asker, press.thread, press.id))
    return shapes.exchange(await accepted(site, asker, message))


@router.put(
    "/pictures/{picture}/keep", status_code=204, summary="Mark as one to keep", responses=failures(403, 404, 422)
)
async def keep(found: OwnPicture, site: OurSite) -> None:
    """Say that this one is good; what people keep teaches Limner what they like."""
    await site.limner.keep(found.picture.id)


@router.delete(
    "/pictures/{picture}/keep", status_code=204, summary="Take the mark away", responses=failures(403, 404, 422)
)
async def unkeep(found: OwnPicture, site: OurSite) -> None:
    """The picture itself stays."""
    await site.limner.keep(found.picture.id, kept=False)


@router.delete("/pictures/{picture}", status_code=204, summary="Delete for good", responses=failures(403, 404, 422))
async def delete(found: OwnPicture, site: OurSite) -> None:
    """Take the picture away, its file included."""
    await site.limner.delete(found.picture.id)


@router.post(
    "/uploads",
    status_code=201,
    summary="Bring a picture",
    responses=BROUGHT | failures(403, 408, 413, 415, 422, 429),
    openapi_extra=FILE,
)
async def bring(
    request: Request,
    asker: Asker,
    site: OurSite,
    x_filename: Annotated[str, Header(max_length=1000, description="Its name, percent-encoded.")] = "",
) -> models.Upload:
    """The bytes of a PNG, JPEG, WebP or GIF; its pixels are kept, and its sha256 goes into a message's `uploads`."""
    if not request.headers.get("content-type", "").startswith("image/"):
        raise Refused("This is no picture by its Content-Type", "Send image/png or its kin.", 415, "request")
    if wait_s := site.uploads.take(asker.id):
        raise too_many("pictures within a minute", wait_s)
    with site.incoming.place(asker.id):
        kept = await site.limner.upload(await request.body(), _name(x_filename), f"web/{asker.id}")
    return shapes.upload(kept)


@router.get(
    "/uploads/{sha256}", summary="A picture that I brought", response_class=Response, responses=PNG | failures(404, 422)
)
async def brought(sha256: Annotated[str, Path(pattern=SHA256)], asker: Asker, site: OurSite) -> Response:
    """As it was kept: a PNG without metadata."""
    found = await site.limner.uploaded(f"web/{asker.id}", sha256)
    if found is None:
        raise not_found("upload")
    return Response(found[1], media_type="image/png", headers=IMMUTABLE)


def _name(encoded: str) -> str:
    """A file's name without what no name has: control characters and folders."""
    name = unquote(encoded, errors="replace").replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in name if unicodedata.category(letter)[0] != "C").strip()
