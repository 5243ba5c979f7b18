"""Packs a folder into parts of at most 15 MB and back, for machines that are reached by small transfers only.

python -m training.bundle pack FOLDER PARTS_FOLDER, and python -m training.bundle unpack PARTS_FOLDER FOLDER
"""

import io
import sys
import tarfile
from pathlib import Path

PART_BYTES = 15_000_000
_NAME = "bundle-{:02d}.part"


def pack(folder: Path, parts: Path, part_bytes: int = PART_BYTES) -> list[Path]:
    """Write the folder's files as numbered parts, older parts removed; returns their paths in order."""
    parts.mkdir(parents=True, exist_ok=True)
    for old in parts.glob("bundle-*.part"):
        old.unlink()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=1) as tar:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            tar.add(path, path.relative_to(folder).as_posix())
    content = packed.getvalue()
    written = []
    for number, start in enumerate(range(0, len(content), part_bytes)):
        written.append(parts / _NAME.format(number))
        written[-1].write_bytes(content[start : start + part_bytes])
    return written


def unpack(parts: Path, folder: Path) -> None:
    """Restore the folder; raises FileNotFoundError when a part is missing from the start or the middle."""
    found = sorted(parts.glob("bundle-*.part"))
    wanted = [parts / _NAME.format(number) for number in range(len(found))]
    if not found or found != wanted:
        raise FileNotFoundError(
            f"{parts} holds {[p.name for p in found]}; bundle-00.part and all that follow are needed"
        )
    content = io.BytesIO(b"".join(path.read_bytes() for path in found))
    with tarfile.open(fileobj=content, mode="r:gz") as tar:
        tar.extractall(folder, filter="data")


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("pack", "unpack"):
        sys.exit("usage: python -m training.bundle pack|unpack FROM TO")
    if sys.argv[1] == "pack":
        pack(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        unpack(Path(sys.argv[2]), Path(sys.argv[3]))
