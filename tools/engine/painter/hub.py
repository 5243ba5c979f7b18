"""Cards of models wherever they lie: in a folder, or in a repository of the Hugging Face hub."""

from pathlib import Path

from bot.errors import ModelUnavailable
from bot.tasks import ModelCard
from tools.engine.cards import Cards
from tools.engine.families import folder_of

_CONFIGS = ["model_index.json", "limner.json", "*/config.json", "*/scheduler_config.json"]
_TOKENIZERS = ["tokenizer*/*"]


def card(model: str, cards: Cards | None = None) -> ModelCard:
    """Describe a model; of a repository only the small config files are downloaded. Blocks.

    Args:
        model: Its name.
        cards: Know what settings say of it.

    Raises:
        ModelUnavailable: There is none of that name, or it can't be reached.
    """
    return (cards or Cards()).of(folder(model), model)


def folder(model: str) -> Path:
    """Where a model's configs are, downloaded where they are not yet, and its weights once they are. Blocks.

    Raises:
        ModelUnavailable: As `card`.
    """
    return folder_of(model) or _part(model, _CONFIGS)


def tokenizers(repository: str) -> Path:
    """A folder with the configs and tokenizers of a repository, downloaded where they are not yet. Blocks.

    Raises:
        ModelUnavailable: As `card`.
    """
    return _part(repository, _CONFIGS + _TOKENIZERS)


def _part(repository: str, patterns: list[str]) -> Path:
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(repository, allow_patterns=patterns))
    except Exception as error:
        raise explain(repository, error) from error


def explain(repository: str, error: Exception) -> ModelUnavailable:
    """What an error of the hub's library means to whoever wanted the model."""
    from huggingface_hub import errors

    if isinstance(error, errors.GatedRepoError):
        return ModelUnavailable(
            f"'{repository}' is only for people who accepted its terms",
            f"Accept them at https://huggingface.co/{repository} and set HF_TOKEN to a token of that account.",
            repository,
        )
    if isinstance(error, errors.RepositoryNotFoundError):
        return ModelUnavailable(
            f"There is no repository '{repository}' on the hub, or it is private",
            "Check its name; for a private one set HF_TOKEN.",
            repository,
        )
    if isinstance(error, (errors.LocalEntryNotFoundError, errors.OfflineModeIsEnabled, ConnectionError)):
        return ModelUnavailable(
            f"'{repository}' is not on this machine, and the hub can't be reached",
            "Connect to the network (and unset HF_HUB_OFFLINE), or name a model folder.",
            repository,
        )
    return ModelUnavailable(
        f"'{repository}' can't be had from the hub: {first_line(error)}",
        "Try again later, or name a model folder.",
        repository,
    )


def first_line(error: Exception) -> str:
    """Type and first line of an error, short enough to be shown."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0][:200]}" if lines else type(error).__name__
