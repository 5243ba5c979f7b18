"""Couples noise to layout: training noise has its highest patch where the subject is, so that it says where to draw.

A plain Gaussian sample has a highest patch somewhere anyway. Rolling the first channel so that this patch lies on the
subject leaves the noise Gaussian to the eye of a sampler, but spares the model from averaging over all places. A simple
relative of coupling by optimal transport (Pooladian et al. 2023, arXiv:2304.14772; Tong et al. 2023, arXiv:2302.00482).
"""

import torch
import torch.nn.functional as F
from torch import Tensor

CELLS = 32
_PATCH = 5
_CANDIDATES = 6
_COLUMNS = (9, 23)
_ROWS = {False: (15, 24), True: (11, 17)}


def _patch_means(noise: Tensor) -> Tensor:
    """Mean of each 5 x 5 patch with wrap-around, same shape as (n, k, 32, 32)."""
    return F.avg_pool2d(F.pad(noise, (_PATCH // 2,) * 4, mode="circular"), _PATCH, 1)


def _band(floats: Tensor) -> Tensor:
    """0 where a lone subject's centre may lie, very low elsewhere; shape (n, 1, 32, 32)."""
    bands = torch.full((2, CELLS, CELLS), -1e9)
    for floating, (top, bottom) in _ROWS.items():
        bands[int(floating), top : bottom + 1, _COLUMNS[0] : _COLUMNS[1] + 1] = 0
    return bands[floats.long().cpu()][:, None].to(floats.device)


def _roll(planes: Tensor, down: Tensor, right: Tensor) -> Tensor:
    """Each (32, 32) plane of (n, k, 32, 32) moved by its own whole steps, with wrap-around."""
    n, k = planes.shape[:2]
    cells = torch.arange(CELLS, device=planes.device)
    rows = (cells[None, None] - down[..., None]) % CELLS
    columns = (cells[None, None] - right[..., None]) % CELLS
    moved = planes.gather(2, rows[..., None].expand(n, k, CELLS, CELLS))
    return moved.gather(3, columns[:, :, None].expand(n, k, CELLS, CELLS))


def couple(noise: Tensor, centres: Tensor, floats: Tensor, chosen: Tensor) -> Tensor:
    """The noise with channel 0 of the chosen samples redrawn so that its highest allowed patch lies on the centre.

    noise is (n, 4, 32, 32); centres is (n, 2) as column and row in cells; floats and chosen are boolean, shape (n,).
    """
    picked = chosen.nonzero().flatten()
    if not len(picked):
        return noise
    band = _band(floats[picked])
    column = centres[picked, 0].clamp(*_COLUMNS)[:, None]
    row = centres[picked, 1].clamp(_ROWS[False][0] - 4, _ROWS[False][1])[:, None]
    planes = torch.randn(len(picked), _CANDIDATES, CELLS, CELLS, device=noise.device)
    peak = (_patch_means(planes) + band).flatten(2).argmax(-1)
    rolled = _roll(planes, row - peak // CELLS, column - peak % CELLS)
    means = (_patch_means(rolled) + band).flatten(2)
    here = means.gather(2, (row * CELLS + column)[..., None].expand(-1, _CANDIDATES, 1))[..., 0]
    best = (means.max(-1).values - here).argmin(1)
    coupled = noise.clone()
    coupled[picked, 0] = rolled[torch.arange(len(picked), device=noise.device), best]
    return coupled
