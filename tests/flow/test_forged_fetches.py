"""Forged addresses meet real listeners: none gets out, and the same fetcher does fetch what it may."""

import pytest

from bot.errors import FetchError
from bot.fetch import Fetcher
from tests.helpers.forged import FORGED, PICTURE, Forged, Names, listening, naively, world

MIB = 2**20
PNG = ("image/png",)


async def fetch(fetcher: Fetcher, url: str, hosts: tuple[str, ...] | None = None) -> bytes:
    return (await fetcher.get(url, media_types=PNG, max_bytes=MIB, hosts=hosts)).data


def test_there_are_enough_kinds() -> None:
    """At least 40 kinds, no two of them alike."""
    assert len({forged.name for forged in FORGED}) == len(FORGED) >= 40
    assert len({(forged.url, str(forged.answers)) for forged in FORGED}) == len(FORGED)


@pytest.mark.parametrize("forged", FORGED, ids=lambda forged: forged.name)
async def test_no_forged_fetch_gets_out(forged: Forged) -> None:
    """The fetch is refused by the rules; no listener was reached, and no socket was even opened to elsewhere."""
    async with world() as here:
        with pytest.raises(FetchError) as error:
            await fetch(here.fetcher(forged, Names(forged.answers)), here.url(forged), forged.hosts)
        assert here.visits == []
        assert here.escaped() == []
    assert error.value.refused
    assert "\n" not in str(error.value)


async def test_what_is_allowed_is_fetched() -> None:
    """The positive control: the same fetcher gets the picture from the allowed server, through a redirect too."""
    allowed = Forged("control", "http://door.example:{door}/picture")
    async with world() as here:
        for path in ("picture", "302/%2Fpicture", "307/%2F301%2F%252Fpicture"):
            fetcher = here.fetcher(allowed, Names({}))
            assert await fetch(fetcher, f"http://door.example:{here.door}/{path}") == PICTURE
        assert len(here.connects) == 6
        assert here.escaped() == []


async def test_a_listener_would_have_noticed() -> None:
    """The other control: told that a victim is its own server, the fetcher reaches it and is counted."""
    async with world() as here:
        fetcher = Fetcher(own={"127.0.0.1": ["127.0.0.0/8"]}, ports={here.victim}, plain_http=True)
        assert await fetch(fetcher, f"http://127.0.0.1:{here.victim}/") == PICTURE
        assert here.visits == ["victim"]
        assert here.escaped() == [("127.0.0.1", here.victim)]


async def test_a_plain_client_would_get_out() -> None:
    """Most of the forged fetches are no straw men: a client that only resolves and connects follows them."""
    async with world() as here:
        followed = [forged.name for forged in FORGED if await naively(here, forged)]
    assert len(followed) >= 40
    assert {"loopback", "decimal", "ipv4-mapped", "user name", "redirect by 302"} <= set(followed)


async def test_a_name_is_resolved_once_and_pinned() -> None:
    """A resolver that answers an allowed address first and another one next can't move the connection (rebinding)."""
    names = Names({"door.example": [["127.0.0.1"], ["127.0.0.2"], ["127.0.0.2"]]})
    async with world() as here:
        fetcher = here.fetcher(Forged("rebinding", ""), names)
        assert await fetch(fetcher, f"http://door.example:{here.door}/picture") == PICTURE
        assert names.asked == ["door.example"]
        assert here.connects == [("127.0.0.1", here.door)]
        with pytest.raises(FetchError) as error:
            await fetch(fetcher, f"http://door.example:{here.door}/picture")
    assert error.value.refused


async def test_the_environment_names_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proxies that the environment names are not used: they would resolve the name anew."""
    async with world() as here:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{here.victim}")
        fetcher = here.fetcher(Forged("proxy", ""), Names({}))
        assert await fetch(fetcher, f"http://door.example:{here.door}/picture") == PICTURE
        assert here.visits == []


async def test_the_next_address_is_tried() -> None:
    """Of several allowed addresses the first that answers is taken."""
    async with world() as here, listening(_nothing) as closed:
        names = Names({"two.example": [["127.0.0.3", "127.0.0.1"]]})
        fetcher = Fetcher(own={"two.example": ["127.0.0.0/8"]}, ports={here.door}, plain_http=True, resolve=names)
        assert closed != here.door
        assert await fetch(fetcher, f"http://two.example:{here.door}/picture") == PICTURE
        assert here.connects == [("127.0.0.3", here.door), ("127.0.0.1", here.door)]


async def _nothing(head: str, writer: object) -> None:
    return None
