"""Signatures of webhooks: HMAC over the very bytes, compared in constant time, within a window against replays."""

import base64
import binascii
import hmac
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from adapters.desk.api import Refused

TOLERANCE_S = 300.0
MAX_DIGITS = 15
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a desk signs.

    Attributes:
        header: Its signature's, in lower case.
        timestamp_header: That of the moment it was signed at, which is signed with it; empty where there is none.
        prefix: What stands before the signature, such as 'sha256='.
        encoding: Of the signature.
        digest: 'sha256', or 'sha1' where a desk has nothing better.
        between: What stands between timestamp and body in what is signed.
        id_header: That of the delivery's id, which is signed first, then `between`; empty where it is not signed.
    """

    header: str
    timestamp_header: str = ""
    prefix: str = ""
    encoding: Literal["hex", "base64"] = "hex"
    digest: Literal["sha256", "sha1"] = "sha256"
    between: str = ""
    id_header: str = ""

    def sign(self, secret: bytes, body: bytes, timestamp: str = "", delivery: str = "") -> str:
        """The signature's header for a body."""
        told = ([delivery] if self.id_header else []) + ([timestamp] if self.timestamp_header else [])
        signed = "".join(one + self.between for one in told).encode() + body
        mac = hmac.digest(secret, signed, self.digest)
        return self.prefix + (mac.hex() if self.encoding == "hex" else base64.b64encode(mac).decode())

    def check(
        self,
        secret: bytes,
        headers: Mapping[str, str],
        body: bytes,
        tolerance_s: float = TOLERANCE_S,
        now: Clock = time.time,
    ) -> None:
        """Believe a webhook. Raises Refused (401) for one that is not signed, wrongly signed, or signed long ago.

        Args:
            secret: Both sides' own; an empty one believes nothing.
            headers: With names in lower case.
            body: As it came.
            tolerance_s: How far the two clocks may be apart.
            now: Seconds since 1970.
        """
        given = headers.get(self.header, "")
        if not secret or not given:
            raise Refused("The webhook is not signed", "Set the same secret on both sides.", 401)
        timestamp, delivery = headers.get(self.timestamp_header, ""), headers.get(self.id_header, "")
        expected = self.sign(secret, body, timestamp, delivery).encode()
        # Standard Webhooks sends several signatures while a secret is being changed.
        tried = [hmac.compare_digest(expected, one.encode()) for one in given.split(" ")]
        if not any(tried):
            raise Refused("The webhook's signature is not right", "Set the same secret on both sides.", 401)
        if self.timestamp_header and not abs(_seconds(timestamp) - now()) <= tolerance_s:
            raise Refused("The webhook was signed too long ago", "Look at the clocks of both machines.", 401)


def standard_secret(secret: str) -> bytes:
    """The key in a secret of Standard Webhooks, 'whsec_' and base64; another secret stands for itself."""
    if not secret.startswith("whsec_"):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        return secret.encode()


def _seconds(timestamp: str) -> float:
    """Seconds since 1970 of a timestamp: such a number, or milliseconds, or ISO 8601; NaN for anything else."""
    try:
        if timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= MAX_DIGITS:
            number = int(timestamp)
            return number / 1000 if number > 10**11 else float(number)
        told = datetime.fromisoformat(timestamp)
        return told.timestamp() if told.tzinfo else float("nan")
    except ValueError:
        return float("nan")
