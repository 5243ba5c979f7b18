"""What workspaces have installed, kept in Limner's database; and OAuth states, which are not kept at all."""

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Sequence
from typing import Any

from slack_bolt.error import BoltError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot import Limner, log

STATE_S = 600.0

logger = log.get("slack")


class Installations(AsyncInstallationStore):
    """One installation for each workspace; `slack_sdk` says what the methods do.

    Args:
        teams: Ids of the only workspaces that count; empty: all do.
    """

    def __init__(self, limner: Limner, teams: Sequence[str]) -> None:
        self._limner, self._teams = limner, teams

    async def token(self, team: str) -> str:
        """The bot's token in a workspace; empty where it is not installed, or may not be."""
        found = await self.async_find_bot(enterprise_id=None, team_id=team)
        return found.bot_token if found else ""

    async def async_save(self, installation: Installation) -> None:
        """Keep an installation. Raises BoltError for a workspace that may not install it."""
        team, name = installation.team_id, installation.team_name
        if not team or installation.is_enterprise_install:
            raise BoltError("Nothing was installed: Limner is for single workspaces, not for a whole organization.")
        if not self._may(team):
            raise BoltError(
                f"The workspace {team} ({name}) may not install this Limner. Who runs it can add that to "
                "adapters.slack.teams; otherwise remove the app on Slack."
            )
        await self._limner.remember("slack", f"team/{team}", json.dumps(vars(installation.to_bot())))
        logger.info("installed in the workspace %s (%s) by %s", team, name, installation.user_id)

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The bot of a workspace that has installed it, and may."""
        kept = await self._limner.recall("slack", f"team/{team_id}") if team_id and self._may(team_id) else ""
        return Bot(**json.loads(kept)) if kept else None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget an installation."""
        await self._limner.remember("slack", f"team/{team_id}", "")
        logger.info("not installed in the workspace %s any more", team_id)

    def _may(self, team: str) -> bool:
        return not self._teams or team in self._teams


class States(AsyncOAuthStateStore):
    """States that are good by their signature, so that nobody can fill a table by asking for them.

    Bolt binds each to its browser by a cookie, and Slack takes each code once.

    Args:
        secret: Key of the HMAC-SHA256 over expiry and nonce.
        life_s: How long a state is good.
    """

    def __init__(self, secret: str, life_s: float = STATE_S) -> None:
        self._secret, self._life_s = secret.encode(), life_s

    async def async_issue(self, *_: Any, **__: Any) -> str:
        """A new state."""
        said = f"{time.time() + self._life_s:.0f}.{secrets.token_urlsafe(16)}"
        return f"{said}.{self._signature(said)}"

    async def async_consume(self, state: str) -> bool:
        """Whether it was issued here, and not too long ago."""
        said, _, signature = state.rpartition(".")
        is_ours = hmac.compare_digest(signature.encode(), self._signature(said).encode())
        return is_ours and float(said.partition(".")[0]) > time.time()

    def _signature(self, said: str) -> str:
        return hmac.new(self._secret, f"slack-install {said}".encode(), hashlib.sha256).hexdigest()
