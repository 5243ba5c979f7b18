"""Messages that are posted once: each carries a mark, and after a doubtful attempt Limner looks for it first."""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.address import Address, Posted
from adapters.slack.trouble import PASSING, is_limited, tried

EVENT = "limner_answer"
LOOKED_AT = 200
PAGES = 10


class Poster:
    """Posts for one workspace."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def once(self, place: Address, key: str, draft: dict[str, Any], *, unsure: bool = False) -> Posted:
        """Post a message, unless one with this key is there.

        Args:
            place: Channel and thread.
            key: Its mark.
            draft: What chat.postMessage takes beside them.
            unsure: It may be there already.

        Raises:
            DeliveryError: Slack is not to be had.
            SlackApiError: It does not take the message.
        """
        where: dict[str, Any] = {"channel": place.channel} | ({"thread_ts": place.thread_ts} if place.thread_ts else {})
        mark = {"event_type": EVENT, "event_payload": {"job": key}}

        async def send() -> Posted:
            nonlocal unsure
            if unsure and (found := await self._found(place, key)):
                return found
            try:
                sent = await self._client.chat_postMessage(**where, **draft, metadata=mark)
            except PASSING:
                unsure = True
                raise
            except SlackApiError as error:
                unsure = unsure or not is_limited(error)
                raise
            return Posted(sent["channel"], sent["ts"])

        done: Posted = await tried(send)
        return done

    async def look(self, place: Address, key: str, since: str = "") -> Posted | None:
        """A message by its mark, among those since then: a thread's are read from the first, others from the last.

        Raises:
            DeliveryError: Slack is not to be had.
            SlackApiError: The bot can't read there.
        """
        more: dict[str, Any] = {"channel": place.channel, "include_all_metadata": True, "limit": LOOKED_AT}
        more |= {"oldest": since} if since else {}
        for _ in range(PAGES):
            if place.thread_ts:
                found = await tried(lambda: self._client.conversations_replies(ts=place.thread_ts, **more))
            else:
                found = await tried(lambda: self._client.conversations_history(**more))
            for one in found["messages"]:
                if one.get("metadata", {}).get("event_payload", {}).get("job") == key:
                    return Posted(place.channel, one["ts"])
            more["cursor"] = (found.get("response_metadata") or {}).get("next_cursor")
            if not more["cursor"]:
                break
        return None

    async def _found(self, place: Address, key: str) -> Posted | None:
        try:
            return await self.look(place, key)
        except SlackApiError:
            return None  # nobody may look there
