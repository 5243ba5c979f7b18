"""Pictures that people brought before they said what for: whose they are, so that each sees and uses only their own."""

import sqlalchemy as sa

from bot.messages import Attachment
from bot.store import Store, pack, unpack
from bot.tables import uploads


class Uploads:
    """Who brought which picture; the pictures themselves lie in the gallery."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def note(self, owner: str, brought: Attachment) -> None:
        """Write down that `owner`, such as 'web/PERSON', brought a picture; the last name that it came by counts."""
        mine = (uploads.c.owner == owner) & (uploads.c.sha256 == brought.sha256)
        async with self._store.write() as connection:
            done = await connection.execute(uploads.update().where(mine).values(attachment=pack(brought)))
            if done.rowcount == 0:
                values = {"owner": owner, "sha256": brought.sha256, "attachment": pack(brought)}
                await connection.execute(uploads.insert().values(values | {"created_at": self._store.clock()}))

    async def find(self, owner: str, sha256: str) -> Attachment | None:
        """The picture of that sha256, if `owner` brought it."""
        query = sa.select(uploads.c.attachment).where(uploads.c.owner == owner, uploads.c.sha256 == sha256)
        async with self._store.read() as connection:
            found = (await connection.execute(query)).scalar_one_or_none()
        return unpack(Attachment, found) if found else None
