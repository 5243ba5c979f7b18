"""The API for a support desk's colleagues: drafts of answers, and what they decide of them."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, Field

from adapters.web.desk import SIGNED, Asker, OurSite
from adapters.web.errors import Refused, not_found
from adapters.web.identity import Person
from adapters.web.models import failures
from adapters.web.taken import ID, Taken
from bot import Limner, RequestError
from bot.cleaning import MAX_TEXT_CHARACTERS, clean
from bot.desk.draft import Draft, Status
from bot.desk.events import Verdict

router = APIRouter(
    prefix="/api/v1/desk", tags=["desk"], dependencies=SIGNED, responses=failures(401, 403, 421, 422, 500, 503)
)
STRANGER = Refused(
    "Only people of the desk may see this", "The setting adapters.web.desk_people names them.", 403, "forbidden"
)


class Drafts(BaseModel):
    """Drafts, the newest first."""

    drafts: list[Draft]


class Decision(Taken):
    """What a person decides of a draft."""

    verdict: Literal["approve", "reject", "repaint"]
    text: str = Field(
        default="",
        max_length=MAX_TEXT_CHARACTERS,
        description="With 'approve': what to send instead, empty for the draft as it is; with 'reject': why.",
    )


async def _colleague(asker: Asker, site: OurSite) -> Person:
    if not site.doorman.may_decide(asker):
        raise STRANGER
    return asker


async def _known(draft: Annotated[str, Path(pattern=ID)], _: "Colleague", site: OurSite) -> Draft:
    return await found(site.limner, draft)


Colleague = Annotated[Person, Depends(_colleague)]
Known = Annotated[Draft, Depends(_known)]


async def found(limner: Limner, draft_id: str) -> Draft:
    """A draft. Raises Refused where there is none."""
    draft = await limner.desk.draft(draft_id)
    if draft is None:
        raise not_found("draft")
    return draft


async def decide(limner: Limner, draft_id: str, verdict: Verdict, who: str, text: str) -> Draft:
    """Decide on a draft for good; of what is approved is sent once.

    Raises:
        Refused: It is decided already (409), or there is none.
        RequestError: A rejection without a reason, a text that is too long, or no picture to paint again.
    """
    if verdict is Verdict.REJECT and not text.strip():
        raise RequestError("A reason is missing", "Say in a few words why it is rejected.")
    try:
        return await limner.desk.rule(draft_id, verdict, who, clean(text) if text.strip() else "")
    except RequestError as error:
        if (await found(limner, draft_id)).status is Status.OPEN:
            raise
        raise Refused(error.problem, error.remedy, 409, "decided") from error


@router.get("/drafts", summary="Drafts of answers to a desk's customers")
async def drafts(
    _: Colleague,
    site: OurSite,
    status: Annotated[
        list[Status] | None, Query(description="'open' waits for a person; all where none is named.")
    ] = None,
    desk: Annotated[str, Query(max_length=64)] = "",
    before: Annotated[float, Query(ge=0, allow_inf_nan=False, description="Made before, in seconds since 1970.")] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> Drafts:
    """The newest first; `before` pages back."""
    return Drafts(drafts=await site.limner.desk.drafts(*(status or ()), adapter=desk, before=before, limit=limit))


@router.get("/drafts/{draft}", summary="One draft", responses=failures(404))
async def draft(known: Known) -> Draft:
    """What is proposed, what it rests on, and what became of it."""
    return known


@router.post("/drafts/{draft}/decision", summary="Decide", responses=failures(400, 404, 408, 409, 413))
async def decision(decided: Decision, known: Known, colleague: Colleague, site: OurSite) -> Draft:
    """approve: it is sent, once; reject: it is dropped; repaint: its picture is painted anew, and it waits again."""
    return await decide(site.limner, known.id, Verdict(decided.verdict), colleague.name, decided.text)
