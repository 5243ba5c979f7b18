"""The batch cap follows the measured step times, and what was measured outlives the process."""

from pathlib import Path

import pytest

from tools.engine.painter.curve import BATCHES, Curves, cap_of, measure


@pytest.mark.parametrize(
    ("step_s", "cap"),
    [
        (lambda batch: 0.1 * batch, 1),
        (lambda batch: 0.1 * batch**0.98, 1),
        (lambda batch: 0.1 * batch**0.8, 16),
        (lambda batch: 0.1, 16),
        (lambda batch: 0.1 + 0.02 * batch, 16),
        (lambda batch: max(0.1, 0.03 * batch), 4),
    ],
    ids=[
        "arithmetic",
        "hardly any gain",
        "some gain",
        "overhead",
        "overhead and some arithmetic",
        "saturated from 3 on",
    ],
)
def test_the_cap_ends_where_more_no_longer_pays(step_s, cap):
    """A bigger batch is taken only where it brings 5 % more samples a second than all smaller ones."""
    assert cap_of(measure(step_s)) == cap


def test_measuring_ends_when_nothing_pays():
    """An arithmetic-bound model is not made to paint sixteen samples to find out."""
    tried = []
    measure(lambda batch: tried.append(batch) or 0.1 * batch)
    assert tried == [1, 2, 4]


def test_a_batch_that_wakes_more_threads_than_it_feeds_is_passed_over():
    """Two may be slower than one after the other, and eight be worth it all the same."""
    assert cap_of(measure({1: 0.009, 2: 0.018, 4: 0.02, 8: 0.024, 16: 0.06}.__getitem__)) == 8


def test_a_batch_that_does_not_fit_is_no_failure():
    """Out of memory at eight: four is the most."""

    def step_s(batch: int) -> float:
        if batch > 4:
            raise RuntimeError("out of memory")
        return 0.1

    assert cap_of(measure(step_s)) == 4


def test_curves_are_kept_in_a_folder(tmp_path: Path):
    """Another process finds what was measured; each model, size and device has its own; a torn file counts as none."""
    curve = {1: 0.1, 2: 0.11}
    Curves(tmp_path).keep("sketch 256x256 cpu", curve)
    assert Curves(tmp_path).find("sketch 256x256 cpu") == curve
    assert Curves(tmp_path).find("sketch 512x512 cpu") is None
    for kept in tmp_path.iterdir():
        kept.write_text("{")
    assert Curves(tmp_path).find("sketch 256x256 cpu") is None


def test_a_folder_that_cannot_be_written_costs_nothing_but_measuring(tmp_path: Path):
    """The curve is known for this process all the same."""
    (tmp_path / "file").write_text("")
    curves = Curves(tmp_path / "file" / "curves")
    curves.keep("a", dict.fromkeys(BATCHES, 1.0))
    assert curves.find("a") == dict.fromkeys(BATCHES, 1.0)
