"""The API's preferences: what somebody wants where a message says nothing, and what use has taught."""

from fastapi import APIRouter

from adapters.web import models, shapes, taken
from adapters.web.desk import ADAPTER, SIGNED, Asker, OurSite, Tongue
from adapters.web.identity import Person
from adapters.web.models import failures
from bot.preferences import Preferences

router = APIRouter(prefix="/api/v1", tags=["preferences"], dependencies=SIGNED, responses=failures(401, 421, 500, 503))


@router.get("/preferences", summary="What I want where a message says nothing")
async def preferences(asker: Asker, site: OurSite) -> taken.Preferences:
    """Mine alone: what use has taught stands in /api/v1/learned, and a message's wishes win over both."""
    return shapes.wanted(await site.limner.preferences(_scope(asker)))


@router.put("/preferences", summary="Set what I want", responses=failures(400, 403, 408, 413, 422))
async def prefer(wanted: taken.Preferences, asker: Asker, site: OurSite) -> taken.Preferences:
    """All of them at once: what is left out or null is set no more."""
    await site.limner.prefer(_scope(asker), Preferences(**wanted.model_dump(exclude_none=True)))
    return shapes.wanted(await site.limner.preferences(_scope(asker)))


@router.get("/learned", summary="What use has taught")
async def learned(asker: Asker, site: OurSite, tongue: Tongue) -> models.Learned:
    """From what everybody here kept, had painted again and deleted; in English or Chinese by Accept-Language."""
    return shapes.learned(await site.limner.learned(ADAPTER, language=tongue))


@router.delete("/learned", status_code=204, summary="Begin to learn anew", responses=failures(403))
async def forget(asker: Asker, site: OurSite) -> None:
    """For everybody here; pictures and their marks stay."""
    await site.limner.forget(ADAPTER)


def _scope(asker: Person) -> str:
    """A person is the channel of their messages too, and a team has none here: there is but one scope to set."""
    return f"user:{ADAPTER}/{asker.id}"
