"""Pictures that people brought: whose they are."""

from pathlib import Path

from bot import Attachment
from bot.store import open_store
from bot.uploads import Uploads
from tests.support import database

CAT = Attachment("cat.png", "a" * 64, 32, 16)


async def test_a_picture_belongs_to_who_brought_it(tmp_path: Path, database_url: str) -> None:
    """Each finds what they brought, under the name that they gave it last, and nothing of others'."""
    async with open_store(database(tmp_path)) as store:
        uploads = Uploads(store)
        await uploads.note("web/ana", CAT)
        assert await uploads.find("web/ana", CAT.sha256) == CAT
        assert await uploads.find("web/bob", CAT.sha256) is None
        assert await uploads.find("web/ana", "b" * 64) is None
        renamed = Attachment("kitten.png", CAT.sha256, 32, 16)
        await uploads.note("web/ana", renamed)
        await uploads.note("web/bob", CAT)
        assert await uploads.find("web/ana", CAT.sha256) == renamed
        assert await uploads.find("web/bob", CAT.sha256) == CAT
