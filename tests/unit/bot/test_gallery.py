"""The gallery keeps each picture whole and once, knows where it came from, and forgets it when told to."""

import asyncio
import hashlib
import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot import Plan
from bot.errors import GalleryError
from bot.gallery import write_whole
from bot.jobs import Job
from bot.testing import blank_png
from tests.support import PLAN, Rig, message, rig

pytestmark = pytest.mark.usefixtures("database_url")  # everything here holds on each database


async def planned(one: Rig, *plans: Plan, user: str = "ana", channel: str = "studio") -> tuple[Job, list[str]]:
    """A job with these plans; the ids of its pictures."""
    job = await one.taken(message(user=user, channel=channel))
    async with one.store.write() as connection:
        await one.gallery.plan(connection, job, "0-0", plans)
    await one.inbox.cancel(job.id)
    return job, [picture_id for picture_id, _ in await one.gallery.unpainted(job.id)]


async def kept(one: Rig, plan: Plan = PLAN, colour: bytes = b"red") -> str:
    """The id of a picture that is planned and painted."""
    _, [picture_id] = await planned(one, plan)
    await one.gallery.keep(picture_id, plan, blank_png(8, 8, colour), 1.5)
    return picture_id


def files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "gallery").rglob("*") if path.is_file())


async def test_a_picture_is_kept_under_its_content(tmp_path: Path) -> None:
    """A painted picture is a readable PNG under its sha256, with plan, time and words for who can't see it."""
    async with rig(tmp_path) as one:
        picture = await one.gallery.find(await kept(one))
        content = picture.path.read_bytes()
        assert picture.path.name == f"{hashlib.sha256(content).hexdigest()}.png" == f"{picture.sha256}.png"
        assert Image.open(io.BytesIO(content)).size == (8, 8)
        assert (picture.plan, picture.seconds) == (PLAN, 1.5)
        assert picture.alt_text == "Picture made by AI: a red car"


async def test_pictures_keep_their_order(tmp_path: Path) -> None:
    """A job's pictures stay in the order in which they were planned, whichever is painted first."""
    async with rig(tmp_path) as one:
        plans = [replace(PLAN, seed=seed) for seed in range(3)]
        job, ids = await planned(one, *plans)
        assert [plan.seed for _, plan in await one.gallery.unpainted(job.id)] == [0, 1, 2]
        await one.gallery.keep(ids[2], plans[2], blank_png(8, 8, b"abc"), 1.0)
        assert [plan.seed for _, plan in await one.gallery.unpainted(job.id)] == [0, 1]
        await one.gallery.keep(ids[0], plans[0], blank_png(8, 8, b"abd"), 1.0)
        assert [picture.plan.seed for picture in await one.gallery.of_job(job.id)] == [0, 2]


async def test_the_same_picture_kept_twice_is_one_file(tmp_path: Path) -> None:
    """Keeping a picture again after a crash leaves one file, one row, and nothing beside them."""
    async with rig(tmp_path) as one:
        _, [picture_id] = await planned(one, PLAN)
        for _ in range(3):
            await one.gallery.keep(picture_id, PLAN, blank_png(8, 8, b"red"), 1.0)
        picture = await one.gallery.find(picture_id)
        assert files(tmp_path) == [picture.path]
        assert len(await one.gallery.latest(10)) == 1


async def test_what_was_painted_first_stays(tmp_path: Path) -> None:
    """A process that lost its job and paints on can't change the picture that was kept, perhaps posted, meanwhile."""
    async with rig(tmp_path) as one:
        _, [picture_id] = await planned(one, PLAN)
        await one.gallery.keep(picture_id, PLAN, blank_png(8, 8, b"red"), 1.0)
        before = await one.gallery.find(picture_id)
        await one.gallery.keep(picture_id, PLAN, blank_png(8, 8, b"sky"), 9.0)
        assert await one.gallery.find(picture_id) == before


async def test_deleting_takes_the_file_and_the_listing(tmp_path: Path) -> None:
    """A deleted picture is gone from the disk, the listing, and the search."""
    async with rig(tmp_path) as one:
        gone, stays = await kept(one), await kept(one, colour=b"sky")
        await one.gallery.delete(await one.gallery.find(gone))
        assert [picture.id for picture in await one.gallery.latest(10)] == [stays]
        assert len(files(tmp_path)) == 1
        with pytest.raises(GalleryError):
            await one.gallery.find(gone)


async def test_deleting_keeps_a_shared_file(tmp_path: Path) -> None:
    """The file of two equal pictures stays until the second is deleted too."""
    async with rig(tmp_path) as one:
        first, second = await kept(one), await kept(one)
        assert len(files(tmp_path)) == 1
        await one.gallery.delete(await one.gallery.find(first))
        assert (await one.gallery.find(second)).path.exists()
        await one.gallery.delete(await one.gallery.find(second))
        assert files(tmp_path) == []


async def test_deleting_what_is_missing_is_no_error(tmp_path: Path) -> None:
    """A picture whose file somebody removed by hand can still be deleted."""
    async with rig(tmp_path) as one:
        picture = await one.gallery.find(await kept(one))
        picture.path.unlink()
        await one.gallery.delete(picture)
        assert await one.gallery.latest(10) == []


async def test_pictures_are_found_by_the_start_of_their_id(tmp_path: Path) -> None:
    """Four characters or more that fit one picture find it; others are refused with the way to go on."""
    async with rig(tmp_path) as one:
        picture_id = await kept(one)
        assert (await one.gallery.find(picture_id[:8])).id == picture_id
        for prefix, said in [
            ("abc", "too short"),
            ("", "too short"),
            ("zzzzzz", "No picture's id starts with 'zzzzzz'"),
            ("%%%%", "No picture's id starts"),
            ("____", "No picture's id starts"),
        ]:
            with pytest.raises(GalleryError, match=said):
                await one.gallery.find(prefix)


async def test_unpainted_pictures_are_not_shown(tmp_path: Path) -> None:
    """A plan without its picture is neither listed nor found."""
    async with rig(tmp_path) as one:
        job, [picture_id] = await planned(one, PLAN)
        assert await one.gallery.latest(10) == []
        assert await one.gallery.of_job(job.id) == []
        with pytest.raises(GalleryError):
            await one.gallery.find(picture_id)


async def test_the_latest_come_first(tmp_path: Path) -> None:
    """The listing begins with the newest and is as long as asked for."""
    async with rig(tmp_path) as one:
        ids = [await kept(one, colour=bytes([n, n, n])) for n in range(4)]
        assert [picture.id for picture in await one.gallery.latest(3)] == ids[:0:-1]


async def test_a_follow_up_means_the_askers_own_last_picture_here(tmp_path: Path) -> None:
    """Without a reply the asker's last picture in this conversation is meant; with one, the picture replied to."""
    async with rig(tmp_path) as one:
        _, [mine] = await planned(one, PLAN)
        _, [theirs] = await planned(one, replace(PLAN, prompt="theirs"), user="bob")
        await planned(one, replace(PLAN, prompt="elsewhere"), channel="other")
        job = await one.taken(message("make it blue"))
        assert await one.gallery.previous(job) == (mine, PLAN, None)
        reply = replace(job, message=replace(job.message, reply_to=theirs))
        found = await one.gallery.previous(reply)
        assert found is not None
        assert (found[0], found[1].prompt) == (theirs, "theirs")
        stranger = replace(job, message=replace(job.message, user="cai"))
        assert await one.gallery.previous(stranger) is None


async def test_a_picture_is_exported_whole(tmp_path: Path) -> None:
    """An export is the same file, in folders that are made for it, over what was there before."""
    async with rig(tmp_path) as one:
        picture = await one.gallery.find(await kept(one))
        to = tmp_path / "new" / "folder" / "car.png"
        for _ in range(2):
            await one.gallery.export(picture, to)
            assert to.read_bytes() == picture.path.read_bytes()
        assert list(to.parent.iterdir()) == [to]


@pytest.mark.parametrize("where", ["file/car.png", "folder", "/proc/car.png"])
async def test_an_export_that_cannot_be_written_is_one_line(tmp_path: Path, where: str) -> None:
    """An export below a file, over a folder or into a place that takes none is one line, and leaves nothing."""
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    async with rig(tmp_path) as one:
        picture = await one.gallery.find(await kept(one))
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(GalleryError, match="can't be written") as raised:
            await one.gallery.export(picture, tmp_path / where)
        assert "\n" not in str(raised.value)
        assert sorted(tmp_path.rglob("*")) == before


async def test_an_export_of_a_lost_file_is_one_line(tmp_path: Path) -> None:
    """A picture whose file is gone can't be exported, and says where it should have been."""
    async with rig(tmp_path) as one:
        picture = await one.gallery.find(await kept(one))
        picture.path.unlink()
        with pytest.raises(GalleryError, match=f"{picture.id[:8]} is missing from {tmp_path / 'gallery'}"):
            await one.gallery.export(picture, tmp_path / "car.png")
        assert not (tmp_path / "car.png").exists()


async def test_what_is_no_png_is_not_kept(tmp_path: Path) -> None:
    """Bytes that are no picture leave neither file nor row."""
    async with rig(tmp_path) as one:
        job, [picture_id] = await planned(one, PLAN)
        with pytest.raises(GalleryError, match="no PNG"):
            await one.gallery.keep(picture_id, PLAN, b"<html>", 1.0)
        assert files(tmp_path) == []
        assert len(await one.gallery.unpainted(job.id)) == 1


FULL = """
import resource, sys
from pathlib import Path
from bot.errors import GalleryError
from bot.gallery import write_whole

resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_whole(Path(sys.argv[1]), b"x" * 100_000)
except GalleryError as error:
    print(error)
"""


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    """A file that does not fit is one line, the old one stays, and no rest of the new one lies about."""
    target = tmp_path / "picture.png"
    write_whole(target, b"old")
    done = subprocess.run([sys.executable, "-c", FULL, str(target)], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.startswith(f"{target} can't be written: File too large.")
    assert done.stdout.count("\n") == 1
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


async def test_readers_never_see_half_a_file(tmp_path: Path) -> None:
    """While a file is written over and over, whoever reads it finds one whole version."""
    target = tmp_path / "picture.png"
    versions = [bytes([number]) * 200_000 for number in range(4)]
    write_whole(target, versions[0])
    writing = asyncio.gather(*[asyncio.to_thread(write_whole, target, version) for version in versions])
    while not writing.done():
        assert target.read_bytes() in versions
        await asyncio.sleep(0)
    await writing
    assert list(tmp_path.iterdir()) == [target]
