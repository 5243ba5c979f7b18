"""Sessions: what a cookie is good for, and what ends it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.web.sessions import DAY_S, ENDED_FILE, SECRET_FILE, Sessions
from bot.errors import SettingsError


def test_a_cookie_says_who(tmp_path: Path) -> None:
    """What was signed is read again, by the next process too."""
    cookie = Sessions(tmp_path, "", 30).begin("name-1", "Ana Müller")
    opened = Sessions(tmp_path, "", 30).open(cookie)
    assert opened is not None
    assert (opened.session.person, opened.session.name) == ("name-1", "Ana Müller")


def test_a_cookie_grows_old(tmp_path: Path) -> None:
    """It is good for the days that were set, and again as long when it is renewed; a clock set back ends nothing."""
    now_s = [1_000_000.0]
    sessions = Sessions(tmp_path, "", 2, lambda: now_s[0])
    cookie = sessions.begin("ana")
    now_s[0] += 2 * DAY_S - 1
    opened = sessions.open(cookie)
    assert opened is not None
    renewed = sessions.renew(opened.session)
    now_s[0] += 2
    assert sessions.open(cookie) is None
    again = sessions.open(renewed)
    assert again is not None
    assert again.session == opened.session
    now_s[0] -= DAY_S
    early = sessions.open(renewed)
    assert early is not None
    assert early.age_s == 0


def test_an_ended_session_stays_ended(tmp_path: Path) -> None:
    """Ending it ends every copy, renewed ones as well, in the next process too, and no other session."""
    now_s = [1_000_000.0]
    sessions = Sessions(tmp_path, "", 1, lambda: now_s[0])
    cookie, other = sessions.begin("ana"), sessions.begin("ana")
    opened = sessions.open(cookie)
    assert opened is not None
    renewed = sessions.renew(opened.session)
    sessions.end(opened.session)
    for reader in (sessions, Sessions(tmp_path, "", 1, lambda: now_s[0])):
        assert reader.open(cookie) is None
        assert reader.open(renewed) is None
        assert reader.open(other) is not None
    now_s[0] += DAY_S + 1
    last = sessions.open(sessions.begin("bob"))
    assert last is not None
    sessions.end(last.session)
    assert opened.session.id not in (tmp_path / ENDED_FILE).read_text()


@given(st.text(max_size=80) | st.integers(0, 200))
def test_a_forged_cookie_is_nobodys(tmp_path_factory: pytest.TempPathFactory, change: str | int) -> None:
    """Neither anything made up nor a genuine cookie with one character changed is good."""
    home = tmp_path_factory.getbasetemp() / "forged"
    sessions = Sessions(home, "", 30)
    cookie = sessions.begin("ana")
    if isinstance(change, int):
        # The last character of base64 carries bits that don't count.
        place = change % (len(cookie) - 1)
        change = cookie[:place] + ("A" if cookie[place] != "A" else "B") + cookie[place + 1 :]
    assert sessions.open(change) is None


def test_another_secret_or_passphrase_knows_no_old_cookie(tmp_path: Path) -> None:
    """A new secret, or another passphrase, ends all sessions."""
    cookie = Sessions(tmp_path, "", 30).begin("ana")
    assert Sessions(tmp_path, "open sesame", 30).open(cookie) is None
    (tmp_path / SECRET_FILE).unlink()
    assert Sessions(tmp_path, "", 30).open(cookie) is None


def test_the_secret_is_made_once(tmp_path: Path) -> None:
    """It is for its owner alone, and nothing is left beside it."""
    home = tmp_path / "new"
    Sessions(home, "", 30)
    first = (home / SECRET_FILE).read_bytes()
    Sessions(home, "", 30)
    assert (home / SECRET_FILE).read_bytes() == first
    assert (home / SECRET_FILE).stat().st_mode & 0o777 == 0o600
    assert [file.name for file in home.iterdir()] == [SECRET_FILE]


@pytest.mark.parametrize(
    ("name", "content", "mode", "said"),
    [
        (SECRET_FILE, b"short", 0o600, "damaged"),
        (SECRET_FILE, b"x" * 32, 0o640, "others may read it"),
        (ENDED_FILE, b"[]", 0o600, "can't be read"),
        (ENDED_FILE, b"{", 0o600, "can't be read"),
        (ENDED_FILE, b'{"a": null}', 0o600, "can't be read"),
    ],
)
def test_damaged_files_are_named(tmp_path: Path, name: str, content: bytes, mode: int, said: str) -> None:
    """A damaged file stops the start with its name and what to do."""
    (tmp_path / name).write_bytes(content)
    (tmp_path / name).chmod(mode)
    with pytest.raises(SettingsError, match=said) as raised:
        Sessions(tmp_path, "", 30)
    assert name in str(raised.value)


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    """A home folder that can't be used is said in one line."""
    (tmp_path / "home").write_text("in the way")
    with pytest.raises(SettingsError, match="can't be kept"):
        Sessions(tmp_path / "home", "", 30)
