"""`limner bench` as a person meets it, and the benchmark of the painter in rehearsal."""

import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.terminal import limner, on_screen, one_line

ROOT = Path(__file__).parents[2]
LONG_S = 900.0


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_table_to_paste(home: Path) -> None:
    """The table and nothing else on standard output, each run named on standard error."""
    done = limner(home, "bench", "--users", "2,3", "--steps", "6", "--size", "32x16")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.decode().splitlines()
    assert all(line.startswith("|") for line in lines)
    assert any("paper, 32x16 px, 6 steps" in line for line in lines)
    assert sum("people at once" in line for line in lines) == 2
    assert any(line.startswith("| 3 steps among 12 ") for line in lines)
    assert done.stderr.decode().splitlines()[2].startswith("2 people at once (")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--users", "0,4"], "--users 0,4: expected numbers from 1 to 64. Such as --users 4,16."),
        (["--users", "4,,"], "--users 4,,: expected numbers"),
        (["--size", "512"], "--size 512: expected width and height in pixels. Such as --size 512x512."),
        (["--steps", "0"], "Invalid value for '--steps'"),
    ],
)
def test_wrong_usage_is_one_line(home: Path, arguments: list[str], said: str) -> None:
    """Exit code 2, before anything is started."""
    done = limner(home, "bench", *arguments)
    assert said in one_line(done)
    assert done.returncode == 2
    assert not home.exists()


def test_a_painter_that_is_not_there_is_one_line(home: Path) -> None:
    """Exit code 1 and where to look."""
    done = limner(home, "bench", env={"LIMNER_ENGINE": "remote", "LIMNER_ENGINES__REMOTE__URL": "http://127.0.0.1:9"})
    assert done.returncode == 1
    assert one_line(done).startswith("The painter can't be had: The painter does not answer")


def test_ctrl_c_ends_it(home: Path) -> None:
    """Exit code 130, with progress on the terminal and no trace of Python's."""
    with on_screen(home, "bench", LIMNER_ENGINES__PAPER__STEP_S="600") as screen:
        screen.wait_for("warming up: 0 of")
        screen.type(chr(3))
        assert screen.wait() == 130
    assert "Traceback" not in screen.text
    assert "|" not in screen.text


@pytest.mark.proof
@pytest.mark.painter
def test_on_the_real_painter(home: Path) -> None:
    """Sketch is measured in its own process: one object, and with --quick one run of four people."""
    env = {"LIMNER_ENGINE": "local", "LIMNER_ENGINES__LOCAL__DEVICE": "cpu", "HF_HUB_OFFLINE": "1"}
    done = limner(home, "bench", "--quick", "--json", "--steps", "2", "--size", "128x128", env=env)
    told = json.loads(done.stdout)
    assert told["machine"]["device"] == "CPU"
    assert set(told["machine"]["versions"]) == {"torch", "diffusers"}
    assert [one["users"] for one in told["companies"]] == [4]
    assert told["scale"]["width_px"] == 128
    assert told["alone"]["picture_s"] > 0


def test_no_torch_in_the_process_of_the_bot() -> None:
    """Neither the command nor what it measures with imports torch."""
    script = "import sys, bot.commands.bench, bot.bench.report, bot.bench.machine; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"


@pytest.mark.proof
@pytest.mark.painter
def test_the_painter_benchmark_in_rehearsal(tmp_path: Path) -> None:
    """All goals are measured on both models, told with their goals, kept as JSON and drawn in a small PNG."""
    values, plot = tmp_path / "values.json", tmp_path / "plot.png"
    command = [sys.executable, "-m", "benchmarks.painter", "--quick", "--threads", "1"]
    done = subprocess.run(
        [*command, "--json", values, "--plot", plot], capture_output=True, text=True, cwd=ROOT, timeout=LONG_S
    )
    assert done.returncode == 0, done.stderr
    assert "these figures mean nothing" in done.stdout
    titles = [section["title"] for section in json.loads(values.read_text())["sections"]]
    assert [sum(word in title for title in titles) for word in ("Sketch", "overhead-bound")] == [9, 9]
    png = plot.read_bytes()
    assert png.startswith(b"\x89PNG")
    assert len(png) <= 40_000
    assert struct.unpack(">II", png[16:24]) == (840, 320)


@pytest.mark.proof
@pytest.mark.painter
def test_the_gpu_script_in_rehearsal(tmp_path: Path) -> None:
    """A goal on a tiny model is measured once and kept; the second call only prints it."""
    env = os.environ | {"PYTHON": sys.executable, "WHEELS": str(tmp_path), "OUT": str(tmp_path), "WORK": str(tmp_path)}
    command = ["benchmarks/gpu.sh", "5", "sdxl", "--rehearse"]
    first, again = (
        subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env, timeout=LONG_S) for _ in range(2)
    )
    assert first.returncode == again.returncode == 0, first.stderr
    assert "goal 5: sdxl" in first.stderr
    assert again.stderr == ""
    assert first.stdout == again.stdout != ""
