"""The API's surroundings: who is asking, what paints, which styles there are."""

import asyncio
import contextlib

from fastapi import APIRouter

from adapters.web import models, shapes
from adapters.web.desk import SIGNED, Asker, OurSite, Site, Tongue
from adapters.web.models import CRASH, failures
from bot import EngineError, ModelCard
from bot.cleaning import MAX_TEXT_CHARACTERS
from bot.limits import MAX_BEST_OF, MAX_COUNT, MAX_REVISIONS

router = APIRouter(prefix="/api/v1", tags=["about"], dependencies=SIGNED, responses=failures(401, 421) | CRASH)
AI_NOTICE = {
    "en": "You are talking to a program. Every picture here is made by AI and says so in its file.",
    "zh": "与你对话的是程序。这里的图片都由人工智能生成，文件中已注明。",
}
CARD_PATIENCE_S = 3.0


@router.get("/me", summary="Who I am, and what there is")
async def me(asker: Asker, site: OurSite, tongue: Tongue) -> models.Me:
    """What a page needs to know before it shows anything; in English or Chinese by Accept-Language."""
    card = await _card(site)
    return models.Me(
        user=asker.id,
        name=asker.name,
        login=asker.how == "session" and bool(asker.name),
        language=tongue,
        styles=shapes.styles(site.styles, tongue),
        model=_model(card) if card else None,
        limits=models.Limits(
            text_characters=MAX_TEXT_CHARACTERS,
            upload_bytes=site.settings.upload_bytes,
            count=MAX_COUNT,
            best_of=MAX_BEST_OF,
            revisions=MAX_REVISIONS,
        ),
        ai_notice=AI_NOTICE[tongue],
    )


@router.get("/styles", summary="Styles that can be wished for")
async def styles(asker: Asker, site: OurSite, tongue: Tongue) -> models.Styles:
    """Their names go into `wishes.style`."""
    return models.Styles(styles=shapes.styles(site.styles, tongue))


async def _card(site: Site) -> ModelCard | None:
    with contextlib.suppress(EngineError, TimeoutError):
        async with asyncio.timeout(CARD_PATIENCE_S):
            return await site.limner.card()
    return None


def _model(card: ModelCard) -> models.ModelInfo:
    return models.ModelInfo(
        name=card.model, width_px=card.width_px, height_px=card.height_px, steps=card.steps, img2img=card.img2img
    )
