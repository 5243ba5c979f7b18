"""The doctor on the home folder: not a folder, not writable, open to others, too long, on a full disk."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot.doctor import home
from bot.doctor.finding import Level
from tests.helpers.sick import case

READ_ONLY = Path("/proc/limner")  # not even root can make anything in /proc


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


async def test_a_good_home(own: Path) -> None:
    """A folder of one's own is well, and nothing is left in it."""
    found = await home.look_at_home(case(own.parent))
    assert found.level is Level.OK, found
    assert list(own.iterdir()) == []


async def test_a_home_that_is_still_to_be_made(tmp_path: Path) -> None:
    """A folder that is not there is well where it can be made, and the doctor doesn't make it."""
    found = await home.look_at_home(case(tmp_path, home=tmp_path / "a" / "b"))
    assert found.level is Level.OK
    assert "the first request makes it" in found.found
    assert list(tmp_path.iterdir()) == []


async def test_a_file_in_the_place_of_the_home(tmp_path: Path) -> None:
    """A home that is a file, or below one, is told with the way to choose another."""
    (tmp_path / "home").touch()
    for place in (tmp_path / "home", tmp_path / "home" / "below"):
        found = await home.look_at_home(case(tmp_path, home=place))
        assert found.level is Level.PROBLEM
        assert found.found == f"{tmp_path / 'home'} is no folder"
        assert "--home or LIMNER_HOME" in found.remedy


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="only Linux has a folder that nobody can write to")
async def test_a_home_that_can_not_be_written_to(tmp_path: Path) -> None:
    """A disk that takes nothing is found out by writing, for which permissions are not asked."""
    found = await home.look_at_home(case(tmp_path, home=READ_ONLY))
    assert found.level is Level.PROBLEM
    assert found.found.startswith("/proc can't be written to: ")
    assert "LIMNER_HOME" in found.remedy
    assert (await home.look_at_pictures(case(tmp_path, home=READ_ONLY))).level is Level.PROBLEM


async def test_a_home_that_others_can_read(own: Path) -> None:
    """A folder that is open to others is told with the chmod that closes it."""
    own.chmod(0o755)
    found = await home.look_at_home(case(own.parent))
    assert found.level is Level.WARNING
    assert "(mode 755)" in found.found
    assert found.remedy == f"chmod 700 {own}."


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
async def test_a_home_that_belongs_to_somebody_else(own: Path) -> None:
    """A folder of another user's is told with the chown that takes it back."""
    os.chown(own, 12345, -1)
    found = await home.look_at_home(case(own.parent))
    assert found.level is Level.WARNING
    assert found.remedy == f"chown 0 {own}."


async def test_a_home_with_a_long_path(tmp_path: Path) -> None:
    """A path that leaves no room for a Unix socket is told with the length that would do."""
    long = tmp_path / ("x" * 100)
    long.mkdir(mode=0o700)
    found = await home.look_at_home(case(tmp_path, home=long))
    assert found.level is Level.WARNING
    assert "too long a path for the painter's socket" in found.found
    assert "A path of 87 bytes would do" in found.remedy


async def test_a_file_in_the_place_of_the_pictures(own: Path) -> None:
    """A gallery that is no folder is told."""
    (own / "gallery").touch()
    found = await home.look_at_pictures(case(own.parent))
    assert found.level is Level.PROBLEM
    assert found.found == f"{own / 'gallery'} is no folder"
    assert found.remedy


async def test_pictures_are_counted(own: Path) -> None:
    """What lies in the gallery is told by number and size."""
    (own / "gallery" / "ab").mkdir(parents=True)
    (own / "gallery" / "ab" / "ab.png").write_bytes(b"x" * 2048)
    found = await home.look_at_pictures(case(own.parent))
    assert (found.level, found.found) == (Level.OK, f"1 files, 2 KiB in {own / 'gallery'}")


async def test_a_full_disk(own: Path) -> None:
    """Too little room is a problem, and little room a warning; both say what to do."""
    free = os.statvfs(own).f_bavail * os.statvfs(own).f_frsize
    well = case(own.parent)
    assert (await home.look_at_disk(well)).level is Level.OK
    full = await home.look_at_disk(replace(well, least_free_bytes=2 * free))
    assert full.level is Level.PROBLEM
    assert "less than" in full.found
    assert "Free some" in full.remedy
    assert (await home.look_at_disk(replace(well, least_free_bytes=free // 2))).level is Level.WARNING
