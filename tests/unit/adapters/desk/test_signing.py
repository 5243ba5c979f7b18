"""Signatures of webhooks: known answers, and everything that is near one."""

import base64
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.desk.api import Refused
from adapters.desk.signing import Scheme, standard_secret
from adapters.desk.webhook_settings import SCHEMES

NOW = 1_700_000_000.0
STAMPED = Scheme("sig", "at", prefix="sha256=", between=".")


def check(scheme: Scheme, headers: dict[str, str], body: bytes = b"{}", secret: bytes = b"key") -> None:
    scheme.check(secret, headers, body, now=lambda: NOW)


def test_it_agrees_with_what_others_publish() -> None:
    """GitHub's and Standard Webhooks' own examples come out as they print them."""
    github = SCHEMES["github"].sign(b"It's a Secret to Everybody", b"Hello, World!")
    assert github == "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    secret = standard_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body, about = b'{"test": 2432232314}', ("1614265330", "msg_p5jXN8AQM9LWM0D4loKWxJek")
    assert SCHEMES["standard-webhooks"].sign(secret, body, *about) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("stamp", ["1700000000", "1700000000000", "2023-11-14T22:13:20Z", "2023-11-14T22:13:20+00:00"])
def test_timestamps_may_be_written_in_several_ways(stamp: str) -> None:
    """Seconds, milliseconds and ISO 8601 are the same moment."""
    check(STAMPED, {"sig": STAMPED.sign(b"key", b"{}", stamp), "at": stamp})


@pytest.mark.parametrize("stamp", ["", "soon", "1699999699", "1700000301", "2023-11-14T22:13:20", "9" * 400, "²"])
def test_other_moments_are_refused(stamp: str) -> None:
    """Too old, too far ahead, without a zone or no moment at all: refused, though the signature is right."""
    with pytest.raises(Refused, match="too long ago"):
        check(STAMPED, {"sig": STAMPED.sign(b"key", b"{}", stamp), "at": stamp})


@pytest.mark.parametrize(
    ("given_", "secret"),
    [("", b"key"), ("sha256=", b"key"), ("sha256=é", b"key"), ("right", b""), ("right", b"other"), ("bare", b"key")],
)
def test_what_is_not_signed_so_is_refused(given_: str, secret: bytes) -> None:
    """No signature, another one, one without its prefix, or no secret of ours."""
    right = STAMPED.sign(b"key", b"{}", "1700000000")
    told = {"right": right, "bare": right.removeprefix("sha256=")}.get(given_, given_)
    with pytest.raises(Refused) as caught:
        check(STAMPED, {"sig": told, "at": "1700000000"}, secret=secret)
    assert caught.value.status == 401


@given(st.binary(max_size=64), st.integers(0, 63), st.integers(1, 255))
def test_any_other_byte_breaks_it(body: bytes, at: int, change: int) -> None:
    """A body in which one byte differs does not go with the signature."""
    signature = STAMPED.sign(b"key", body, "1700000000")
    assert signature == "sha256=" + hmac.new(b"key", b"1700000000." + body, hashlib.sha256).hexdigest()
    check(STAMPED, {"sig": signature, "at": "1700000000"}, body)
    if at < len(body):
        forged = bytearray(body)
        forged[at] ^= change
        with pytest.raises(Refused):
            check(STAMPED, {"sig": signature, "at": "1700000000"}, bytes(forged))


def test_while_a_secret_is_changed_either_is_believed() -> None:
    """Standard Webhooks sends the signatures of both secrets."""
    scheme = SCHEMES["standard-webhooks"]
    both = " ".join(scheme.sign(one, b"{}", "1700000000", "m1") for one in (b"old", b"key"))
    check(scheme, {"webhook-signature": both, "webhook-timestamp": "1700000000", "webhook-id": "m1"})
    assert standard_secret("whsec_?") == b"whsec_?"
    assert standard_secret("whsec_" + base64.b64encode(b"k").decode()) == b"k"
