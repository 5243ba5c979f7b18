"""The large libraries, which several threads use, and what those may not do at the same time."""

import threading

from bot.errors import EngineError
from tools.engine.painter.hub import first_line

LOADING = threading.Lock()
"""Held while a model is loaded or judges: loading changes torch for all threads (what modules are made of, the default
number format), so that another one that is loaded meanwhile gets no weights, and what it computes may be wrong."""
# Half-imported modules that another thread meets are broken.
_IMPORTING = threading.Lock()


def bring_in() -> None:
    """Import torch, diffusers and transformers with what the painter's threads share of them; blocks for seconds once.

    Raises:
        EngineError: One of them is not as it should be.
    """
    with _IMPORTING:
        try:
            import torch  # noqa: F401 - the parts below need it, and it is the one that fails
            from diffusers import DiffusionPipeline  # noqa: F401
            from diffusers.utils import logging as diffusers_logging
            from transformers import AutoModel, AutoProcessor, AutoTokenizer  # noqa: F401
            from transformers.utils import logging as transformers_logging
        except ImportError as error:
            raise EngineError(
                f"The painter can't start: {first_line(error)}", "Install Limner with its requirements again."
            ) from error
        diffusers_logging.disable_progress_bar()
        transformers_logging.disable_progress_bar()
        # It reports weights of the model as missing from a LoRA, where they belong to another.
        transformers_logging.get_logger("transformers.integrations.peft").setLevel(transformers_logging.ERROR)


def versions() -> dict[str, str]:
    """Those of the libraries that decide how fast it is; they are imported already."""
    import diffusers
    import torch

    return {"torch": torch.__version__, "diffusers": diffusers.__version__}
