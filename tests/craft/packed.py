"""Books that are seldom looked at are kept packed beside the others: `zcat` shows them."""

import gzip
from pathlib import Path

FOLDER = Path(__file__).parent


def text_of(file: Path) -> str:
    """The text of a file that may be packed, as FILE.gz or in the place of FILE."""
    packed = file if file.suffix == ".gz" else file.with_name(f"{file.name}.gz")
    return gzip.decompress(packed.read_bytes()).decode() if packed.exists() else file.read_text(encoding="utf-8")
