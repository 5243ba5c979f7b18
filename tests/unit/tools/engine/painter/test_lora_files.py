"""Where the file of a LoRA is found: in a folder, in what was downloaded before; or one line that says what to name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import ModelUnavailable
from bot.tasks import Lora
from tools.engine.painter.lora_files import USUAL_FILE, file_of

SCRIPT = """
from bot.errors import ModelUnavailable
from bot.tasks import Lora
from tools.engine.painter.lora_files import file_of
for file in ("a/b", "a/b/deep/x.safetensors", "c/d", "c/d/x.safetensors"):
    try:
        print(file_of(Lora("it", file)).name)
    except ModelUnavailable as error:
        print(error)
"""


def test_what_was_downloaded_is_found_without_a_network(tmp_path: Path) -> None:
    """The usual file of a repository, and the one that is named; of a repository that is not here, why not."""
    repository = tmp_path / "hub" / "models--a--b"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text("0" * 40)
    for name in (USUAL_FILE, "deep/x.safetensors"):
        file = repository / "snapshots" / ("0" * 40) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    environment = os.environ | {"HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "1"}
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True)
    usual, named, *others = done.stdout.splitlines()
    assert (usual, named) == (USUAL_FILE, "x.safetensors")
    assert len(others) == 2
    assert all("'c/d' is not on this machine, and the hub can't be reached" in line for line in others)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["one.safetensors", "notes.txt"], "one.safetensors"),
        (["one.safetensors", USUAL_FILE], USUAL_FILE),
        (["one.bin"], "there is no .safetensors file in '{}'"),
        (
            ["b.safetensors", "a.safetensors"],
            "'{0}' has several files (a.safetensors, b.safetensors). Name one: '{0}/a.",
        ),
    ],
)
def test_a_folder_stands_for_one_file(names: list[str], found: str, tmp_path: Path) -> None:
    """The usual name goes before others; of several the person names one."""
    for name in names:
        (tmp_path / name).touch()
    if found in names:
        assert file_of(Lora("it", str(tmp_path))) == tmp_path / found
        return
    with pytest.raises(ModelUnavailable) as raised:
        file_of(Lora("it", str(tmp_path)))
    assert found.format(tmp_path) in str(raised.value)


@pytest.mark.parametrize(
    "file", ["nonsense", "/none/x.safetensors", "../x", "a/b/x.bin", "a/../../x.safetensors", "~x"]
)
def test_what_is_neither_file_nor_repository(file: str) -> None:
    """One line that names the LoRA and the forms that there are; nothing is asked of the network."""
    with pytest.raises(ModelUnavailable, match=r"^The LoRA 'it' can't be had: .* Name a \.safetensors file"):
        file_of(Lora("it", file))
