"""Sessions: a signed cookie says who somebody is; the secret that signs it lies in the home folder."""

import hashlib
import json
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from itsdangerous import BadSignature, URLSafeSerializer

from bot.errors import SettingsError
from bot.whole_file import write_whole

COOKIE = "limner_session"
DAY_S = 86_400
SECRET_FILE = "web-secret"  # noqa: S105 - a file's name
ENDED_FILE = "web-ended-sessions.json"
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """What a cookie says.

    Attributes:
        id: Of this session, new at each login, so that it can be ended.
        person: Id of whose it is.
        name: What they are called on the page; empty for somebody who needed no login.
    """

    id: str
    person: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A cookie that is genuine, and how old it is."""

    session: Session
    age_s: float


class Sessions:
    """Signs and reads cookies.

    Args:
        home: The home folder; the secret and the list of ended sessions are kept there.
        passphrase: Changing it ends all sessions.
        days: How long a cookie is good for.
        clock: Seconds since 1970.

    Raises:
        SettingsError: The home folder can't be used.
    """

    def __init__(self, home: Path, passphrase: str, days: int, clock: Callable[[], float] = time.time) -> None:
        self.max_age_s = days * DAY_S
        self._clock = clock
        self._ended_file = home / ENDED_FILE
        salt = hashlib.sha256(f"limner session {passphrase}".encode()).digest()
        options = {"digest_method": hashlib.sha256}
        self._signer = URLSafeSerializer(_secret(home / SECRET_FILE), salt=salt, signer_kwargs=options)
        self._ended: dict[str, float] = _read_ended(self._ended_file)

    def begin(self, person: str, name: str = "") -> str:
        """A cookie for a new session."""
        return self.renew(Session(secrets.token_hex(8), person, name))

    def renew(self, session: Session) -> str:
        """A cookie for the same session, good for as long as a new one."""
        return str(self._signer.dumps(asdict(session) | {"at": int(self._clock())}))

    def open(self, cookie: str) -> Opened | None:
        """What a cookie says; None where it is forged, too old, or its session was ended."""
        try:
            values = self._signer.loads(cookie)
            age_s = max(0.0, self._clock() - values.pop("at"))  # a clock that was set back ends no session
            session = Session(**values)
        except (BadSignature, KeyError, TypeError):  # the latter: signed by a Limner with other fields
            return None
        return Opened(session, age_s) if age_s <= self.max_age_s and session.id not in self._ended else None

    def end(self, session: Session) -> None:
        """End a session for good, wherever copies of its cookie are."""
        now_s = self._clock()
        current = {key: until_s for key, until_s in self._ended.items() if until_s > now_s}
        self._ended = current | {session.id: now_s + self.max_age_s}
        write_whole(self._ended_file, json.dumps(self._ended).encode())


def _secret(file: Path) -> bytes:
    """The secret of this home folder, made by whoever comes first; only its owner may read it."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            _write_secret(file)
        found = file.read_bytes()
    except OSError as error:
        raise SettingsError(
            f"The secret that signs sessions can't be kept in {file}: {error.strerror}",
            "Let Limner's user own the home folder, or choose another with LIMNER_HOME.",
            "home",
        ) from error
    if len(found) != SECRET_BYTES or file.stat().st_mode & 0o077:
        raise SettingsError(
            f"{file} is damaged, or others may read it", "Remove it: a new one is made, and people log in anew.", "home"
        )
    return found


def _write_secret(file: Path) -> None:
    """Whole or not at all, and never over one that another process made at the same moment."""
    own = file.with_name(f".{file.name}-{secrets.token_hex(4)}")
    handle = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(secrets.token_bytes(SECRET_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        if not file.exists():
            os.link(own, file)
    except FileExistsError:
        pass  # another process was first, and its secret is everybody's
    finally:
        own.unlink()


def _read_ended(file: Path) -> dict[str, float]:
    try:
        return {str(key): float(until_s) for key, until_s in json.loads(file.read_bytes()).items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise SettingsError(
            f"{file} can't be read", "Remove it: then sessions that were ended are good again."
        ) from error
