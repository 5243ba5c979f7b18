"""The lock that decides which of several processes on one home folder starts what they share."""

from bot.lock import FileLock


def test_lock(tmp_path):
    """One at a time holds the lock, and whoever comes next may have it when it is free."""
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.take()
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()
