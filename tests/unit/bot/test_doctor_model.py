"""The doctor on the painting model: absent, incomplete, damaged, too large."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest

from bot.doctor.finding import GIB, Finding, Level
from bot.doctor.memory import Memory, system_memory
from bot.doctor.model import fits, look_at_model
from bot.doctor.weights import Weights, weigh
from tests.helpers.sick import SKETCH, case, copied_sketch

UNET = "unet/diffusion_pytorch_model.safetensors"
WHOLE = (SKETCH / UNET).stat().st_size
LOOK = """
import asyncio, sys
from pathlib import Path
from bot.doctor.model import look_at_model
from tests.helpers.sick import case
table = {"engines": {"local": {"device": "cpu"}}}
found = asyncio.run(look_at_model(case(Path(sys.argv[1]), model=sys.argv[2], **table)))
print(found.level.value, found.found, found.remedy, sep="\\n")
"""


async def looked_at(folder: Path, model: str) -> Finding:
    return await look_at_model(case(folder, model=model, engines={"local": {"device": "cpu"}}))


async def test_the_built_in_model_is_whole(tmp_path: Path) -> None:
    """Sketch comes complete, and fits everywhere."""
    found = await looked_at(tmp_path, "sketch")
    assert found.level is Level.OK, found
    assert "21 million parameters" in found.found
    parts = [SKETCH / name for name in ("text_encoder", "unet", "vae")]  # the family beside them is not loaded to paint
    weights = [file for part in parts for file in part.glob("*.safetensors")]
    assert weigh(SKETCH).stored_bytes == sum(file.stat().st_size for file in weights)


def truncate(folder: Path) -> None:
    file = folder / UNET
    file.write_bytes(file.read_bytes()[:-1000])


def point(folder: Path) -> None:
    (folder / UNET).write_text("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n")


def overwrite(value: float) -> Callable[[Path], None]:
    def do(folder: Path) -> None:
        """Fill the first matrix with one number."""
        file = folder / UNET
        data = bytearray(file.read_bytes())
        length = int.from_bytes(data[:8], "little")
        head = json.loads(data[8 : 8 + length])
        first, last = next(about["data_offsets"] for name, about in head.items() if len(about.get("shape", ())) > 1)
        begin = 8 + length + first
        data[begin : begin + last - first] = numpy.full((last - first) // 2, value, "<f2").tobytes()
        file.write_bytes(data)

    return do


def garble(folder: Path) -> None:
    (folder / UNET).write_bytes(b"\xff" * 4096)


def lose(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def empty(folder: Path) -> None:
    for file in (folder / "tokenizer").iterdir():
        file.unlink()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (truncate, f"{UNET} is damaged (it has {WHOLE - 1000} bytes, and should have {WHOLE})"),
        (point, f"{UNET} is damaged (it is a Git LFS pointer: git lfs pull)"),
        (overwrite(float("nan")), "make no sense"),
        (overwrite(0.0), "make no sense"),
        (garble, f"{UNET} is damaged (it is no safetensors file)"),
        (lose(UNET), "unet/ has no .safetensors file"),
        (lose("unet/config.json"), "unet/config.json is missing"),
        (lose("model_index.json"), "model_index.json can't be read"),
        (lambda folder: shutil.rmtree(folder / "vae"), "the folder vae/ is missing"),
        (empty, "the folder tokenizer/ is empty"),
    ],
    ids=[
        "truncated",
        "pointer",
        "nan",
        "zeros",
        "garbled",
        "no weights",
        "no config",
        "no index",
        "no part",
        "no tokenizer",
    ],
)
async def test_a_damaged_model(tmp_path: Path, damage: Callable[[Path], None], words: str) -> None:
    """A copy of Sketch with one thing wrong is told by file, with what to do."""
    folder = copied_sketch(tmp_path)
    assert weigh(folder).faults == ()
    damage(folder)
    found = await looked_at(tmp_path, str(folder))
    assert found.level is Level.PROBLEM
    assert words in found.found
    assert found.remedy == "Download or copy the model again"


async def test_a_model_in_pieces(tmp_path: Path) -> None:
    """Weights in several files are counted together, and a missing one is named."""
    folder = copied_sketch(tmp_path)
    part = folder / "unet"
    (folder / UNET).rename(part / "model-00001-of-00002.safetensors")
    pieces = {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}
    (part / "model.safetensors.index.json").write_text(json.dumps({"weight_map": {"a": pieces["a"]}}))
    assert weigh(folder) == weigh(SKETCH)
    (part / "model.safetensors.index.json").write_text(json.dumps({"weight_map": pieces}))
    assert weigh(folder).faults == ("unet/model-00002-of-00002.safetensors is missing",)


def test_other_precisions_beside_the_weights_are_not_counted(tmp_path: Path) -> None:
    """A repository often holds its weights twice; only those that are loaded count."""
    folder = copied_sketch(tmp_path)
    (folder / "unet" / "diffusion_pytorch_model.fp16.safetensors").write_bytes((folder / UNET).read_bytes())
    assert weigh(folder) == weigh(SKETCH)


async def test_no_model_of_that_name(tmp_path: Path) -> None:
    """A name that is neither a folder nor a repository says what is expected."""
    found = await looked_at(tmp_path, "./no-such-folder")
    assert found.level is Level.PROBLEM
    assert "there is no model './no-such-folder'" in found.found
    assert "'owner/name'" in found.remedy


def in_cache(cache: Path, repository: str, snapshot: Path) -> None:
    """Lay a model into a cache as the hub's library would."""
    folder = cache / f"models--{repository.replace('/', '--')}"
    (folder / "refs").mkdir(parents=True)
    (folder / "refs" / "main").write_text("abc")
    (folder / "snapshots").mkdir()
    snapshot.rename(folder / "snapshots" / "abc")


@pytest.mark.parametrize(
    ("repository", "offline", "expected"),
    [
        ("somebody/whole", "1", ("ok", "21 million parameters", "")),
        ("somebody/absent", "0", ("warning", "is not on this machine yet", "`hf download somebody/absent`")),
        ("somebody/absent", "1", ("problem", "HF_HUB_OFFLINE keeps the hub out of reach", "Unset it")),
    ],
    ids=["in the cache", "to be downloaded", "out of reach"],
)
def test_a_repository(tmp_path: Path, repository: str, offline: str, expected: tuple[str, str, str]) -> None:
    """A repository is looked for in the hub's cache; nothing is downloaded for a check-up."""
    in_cache(tmp_path / "hub", "somebody/whole", copied_sketch(tmp_path))
    root = Path(__file__).resolve().parents[3]
    environment = {
        "HF_HOME": str(tmp_path),
        "HF_HUB_OFFLINE": offline,
        "PYTHONPATH": str(root),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(tmp_path), repository], env=environment, capture_output=True, text=True
    )
    level, found, remedy = (done.stdout + "\n\n").splitlines()[:3]
    assert level == expected[0], done.stderr
    assert expected[1] in found
    assert expected[2] in remedy


LARGE = Weights(12_000_000_000, 24 * 10**9, ())


@pytest.mark.parametrize(
    ("where", "memory", "level", "words"),
    [
        ("GPU", Memory(80 * GIB, 79 * GIB), Level.OK, "22.4 GiB in the GPU's memory of 80.0 GiB"),
        ("GPU", Memory(24 * GIB, 23 * GIB), Level.WARNING, "leave little of its 24.0 GiB for painting"),
        ("GPU", Memory(80 * GIB, 8 * GIB), Level.WARNING, "of which only 8.0 GiB are free now"),
        ("GPU", Memory(12 * GIB, 12 * GIB), Level.PROBLEM, "which has only 12.0 GiB"),
        ("system", Memory(32 * GIB, 30 * GIB), Level.PROBLEM, "44.7 GiB in the system's memory, which has only 32.0"),
    ],
    ids=["room", "tight", "in use", "too large", "too large for the system"],
)
def test_whether_a_model_fits(where: str, memory: Memory, level: Level, words: str) -> None:
    """The weights' size in the form they are loaded in is held against the memory they will lie in."""
    found = fits("big", LARGE, where, memory)
    assert found.level is level
    assert words in found.found
    assert bool(found.remedy) is (level is not Level.OK)


def test_this_machine_has_memory() -> None:
    """What is free is part of what there is."""
    memory = system_memory()
    assert 0 < memory.free_bytes <= memory.total_bytes
