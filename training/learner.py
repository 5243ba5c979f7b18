"""Updates weights: gradients averaged over processes and clipped, AdamW on a schedule, a moving average."""

import copy
import math
from collections.abc import Iterable
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn


def schedule(progress: float, warm: float = 0.01, hold: float = 0.6) -> float:
    """Share of the full rate at that progress in [0, 1]: a short rise, level, half a cosine down to a hundredth."""
    if progress < warm:
        return (progress + 1e-4) / warm
    if progress < hold:
        return 1.0
    return 0.01 + 0.99 * (0.5 + 0.5 * math.cos(math.pi * min(1.0, (progress - hold) / (1 - hold))))


def average_gradients(parameters: Iterable[nn.Parameter]) -> None:
    """Give every process the mean of all their gradients; nothing to do in a single process."""
    if not (dist.is_available() and dist.is_initialized()):
        return
    gradients = [p.grad for p in parameters if p.grad is not None]
    flat = torch.cat([g.flatten() for g in gradients])
    dist.all_reduce(flat)
    flat /= dist.get_world_size()
    for gradient, part in zip(gradients, torch.split(flat, [g.numel() for g in gradients]), strict=True):
        gradient.copy_(part.view_as(gradient))


class Learner:
    """One set of modules with its AdamW; `rates` gives each module's share of the learning rate."""

    def __init__(
        self,
        modules: dict[str, nn.Module],
        rate: float,
        *,
        rates: dict[str, float] | None = None,
        betas: tuple[float, float] = (0.9, 0.99),
        weight_decay: float = 0.01,
        average: float = 0.0,
    ) -> None:
        shares = rates or {}
        self.modules = modules
        self._rate = rate
        groups = [{"params": list(m.parameters()), "share": shares.get(name, 1.0)} for name, m in modules.items()]
        self._optimiser = torch.optim.AdamW(groups, lr=rate, betas=betas, weight_decay=weight_decay)
        self._decay = average
        self.averaged = {n: copy.deepcopy(m).requires_grad_(False) for n, m in modules.items()} if average else modules
        self._updates = 0

    def parameters(self) -> list[nn.Parameter]:
        """Every parameter that learns."""
        return [p for m in self.modules.values() for p in m.parameters() if p.requires_grad]

    def update(self, loss: Tensor, progress: float) -> None:
        """One step down the loss at the rate that the progress in [0, 1] asks for."""
        parameters = self.parameters()
        for p in parameters:
            p.grad = None
        torch.autograd.backward(loss)
        average_gradients(parameters)
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate * group["share"] * schedule(progress)
        self._optimiser.step()
        self._updates += 1
        if self._decay:
            self._follow()

    @torch.no_grad()
    def _follow(self) -> None:
        """Move the averaged weights towards the current ones, faster at first (a young average has little to keep)."""
        decay = min(self._decay, self._updates / (self._updates + 10))
        for name, module in self.modules.items():
            torch._foreach_lerp_(list(self.averaged[name].parameters()), list(module.parameters()), 1 - decay)

    def state(self) -> dict[str, Any]:
        """All that `load` needs to go on as if nothing had happened."""
        return {
            "modules": {name: module.state_dict() for name, module in self.modules.items()},
            "averaged": {name: module.state_dict() for name, module in self.averaged.items()} if self._decay else {},
            "optimiser": self._optimiser.state_dict(),
            "updates": self._updates,
        }

    def load(self, state: dict[str, Any]) -> None:
        """Take up the state that `state` gave."""
        for name, weights in state["modules"].items():
            self.modules[name].load_state_dict(weights)
        for name, weights in state["averaged"].items():
            self.averaged[name].load_state_dict(weights)
        self._optimiser.load_state_dict(state["optimiser"])
        self._updates = state["updates"]
