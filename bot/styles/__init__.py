"""The styles that come with Limner, one TOML file each."""

from pathlib import Path

FOLDER = Path(__file__).parent
