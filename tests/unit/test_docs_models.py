"""docs/models.md is held to the table of families."""

import re
from pathlib import Path

import pytest

from tools.engine import families
from tools.engine.families import FAMILIES, Family

TEXT = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")


def pipelines(family: Family) -> str:
    """Names of the pipelines that have a family's habits."""
    special = {"sketch": "by its limner.json", "unknown": "any other"}
    stems = [stem for stem, name in families._STEMS.items() if name == family.name]
    return special.get(family.name) or ", ".join(stems)


def row(family: Family) -> str:
    """The line that the page must have for a family."""
    cells = [
        f"`{family.name}`",
        pipelines(family),
        f"{family.width_px}x{family.height_px}",
        family.steps,
        family.guidance_scale,
        "yes" if family.negative_prompt else "no",
        family.token_limit,
        family.dialect,
        ", ".join(family.languages),
        family.size_multiple_px,
        family.cuda_dtype,
        family.mps_dtype,
    ]
    return f"| {' | '.join(map(str, cells))} |"


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_every_family_is_described(family: Family) -> None:
    """The page has exactly the table's facts of each family, and its tiny autoencoder."""
    assert row(family) in TEXT
    assert (f"| `{family.name}` | `{family.tiny_vae}` |" in TEXT) is bool(family.tiny_vae)


def test_no_family_is_described_that_there_is_not() -> None:
    """Every line that begins with a family's name is one of those above."""
    known = {row(family) for family in FAMILIES.values()}
    known |= {f"| `{family.name}` | `{family.tiny_vae}` |" for family in FAMILIES.values()}
    assert set(re.findall(r"^\| `\w+` \|.*$", TEXT, re.MULTILINE)) <= known
