"""What can be set for the web chat, and what would let everybody in."""

from pathlib import Path
from typing import Any

import pytest

from adapters.web.adapter import Web
from adapters.web.settings import WebSettings, check_exposure, is_local
from bot.errors import SettingsError
from bot.settings import check

PASSPHRASE = {"passphrase": "open sesame please"}
KEY = {"keys": {"ana": "a-key-that-is-long-enough"}}


def settings(**options: Any) -> WebSettings:
    return check(WebSettings, options, at="adapters.web")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("localhost.example", False),
        ("", False),
    ],
)
def test_which_addresses_are_this_machines_own(host: str, expected: bool) -> None:
    """Loopback alone is; all addresses at once are not."""
    assert is_local(host) is expected


@pytest.mark.parametrize(
    ("options", "anonymous"),
    [
        ({}, True),
        ({"host": "::1"}, True),
        ({"public_url": "http://localhost:8080"}, True),
        (KEY, True),
        (PASSPHRASE, False),
        ({"host": "0.0.0.0"} | PASSPHRASE, False),
        ({"host": "0.0.0.0"} | KEY, False),
        ({"public_url": "https://limner.example"} | PASSPHRASE, False),
        ({"proxy_user_header": "Remote-User", "trusted_proxies": ["10.0.0.0/8"]}, False),
        ({"host": "0.0.0.0", "proxy_user_header": "Remote-User", "trusted_proxies": ["10.0.0.1", "fd00::/8"]}, False),
    ],
)
def test_what_is_safe_is_taken(options: dict[str, Any], anonymous: bool) -> None:
    """This machine's users need no login; all others need one of three."""
    made = settings(**options)
    check_exposure(made)
    assert made.anonymous is anonymous


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ({"host": "0.0.0.0"}, "adapters.web.passphrase"),
        ({"host": "192.168.1.5"}, "adapters.web.passphrase"),
        ({"public_url": "https://limner.example"}, "adapters.web.passphrase"),
        ({"proxy_user_header": "Remote-User"}, "adapters.web.trusted_proxies"),
    ],
)
def test_what_would_let_everybody_in_is_refused(tmp_path: Path, options: dict[str, Any], key: str) -> None:
    """An address beyond this machine without a login, or a header that anyone could send, stops the start."""
    with pytest.raises(SettingsError) as raised:
        Web(settings(**options), home=tmp_path)
    assert raised.value.key == key
    assert raised.value.remedy
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"port": 70_000}, "adapters.web.port"),
        ({"prot": 80}, "Did you mean 'port'?"),
        ({"passphrase": "short"}, "at least 8 characters"),
        ({"keys": {"ana": "short-secret"}}, "at least 16 characters"),
        ({"trusted_proxies": ["nonsense"]}, "adapters.web.trusted_proxies"),
        ({"public_url": "limner.example"}, "expected http:// or https://"),
        ({"public_url": "https://limner.example/sub"}, "no path"),
        ({"upload_bytes": 10**9}, "adapters.web.upload_bytes"),
    ],
)
def test_what_is_wrong_is_named(options: dict[str, Any], said: str) -> None:
    """A wrong setting stops the start with its name and what was expected, never with a secret."""
    with pytest.raises(SettingsError) as raised:
        settings(**options)
    assert said in str(raised.value)
    assert "short" not in str(raised.value)


def test_secrets_are_not_shown() -> None:
    """Neither passphrase nor keys are in what is printed of the settings."""
    shown = repr(settings(**PASSPHRASE, **KEY))
    assert PASSPHRASE["passphrase"] not in shown
    assert KEY["keys"]["ana"] not in shown
