"""Where the file of a LoRA is: on this machine, or in a repository of the Hugging Face hub."""

import re
from pathlib import Path

from bot.errors import ModelUnavailable
from bot.tasks import Lora
from tools.engine.painter import hub

USUAL_FILE = "pytorch_lora_weights.safetensors"
_ENDING = ".safetensors"
_IN_REPOSITORY = re.compile(r"(\w[\w.-]*/\w[\w.-]*)(?:/((?:\w[\w. -]*/)*\w[\w. -]*))?")


def file_of(lora: Lora) -> Path:
    """The file, downloaded where it is not yet. Blocks.

    Raises:
        ModelUnavailable: It is none in safetensors, there is none, there are several, or the hub can't be reached.
    """
    path = Path.home() / lora.file[2:] if lora.file.startswith("~/") else Path(lora.file)
    if path.is_dir():
        return path / _only([file.name for file in path.glob(f"*{_ENDING}")], lora)
    if not path.is_file():
        return _from_hub(lora)
    if path.suffix != _ENDING:
        raise _wrong(lora, f"'{lora.file}' is no {_ENDING} file", "Other formats may run code: convert it.")
    return path.absolute()


def _from_hub(lora: Lora) -> Path:
    match = None if lora.file.startswith(("/", ".", "~")) else _IN_REPOSITORY.fullmatch(lora.file)
    if match is None or (match[2] and not match[2].endswith(_ENDING)):
        raise _wrong(
            lora,
            f"there is no '{lora.file}' on the painter's machine",
            f"Name a {_ENDING} file, a folder with one, or 'OWNER/REPOSITORY', with '/FILE{_ENDING}' behind it.",
        )
    return _downloaded(match[1], match[2] or _of_repository(match[1], lora))


def _of_repository(repository: str, lora: Lora) -> str:
    """The name of a repository's one file; of the usual one nobody needs to ask the hub where it is here already."""
    from huggingface_hub import HfApi, try_to_load_from_cache

    if isinstance(try_to_load_from_cache(repository, USUAL_FILE), str):
        return USUAL_FILE
    try:
        names = HfApi().list_repo_files(repository)
    except Exception as error:
        raise hub.explain(repository, error) from error
    return _only([name for name in names if name.endswith(_ENDING) and "/" not in name], lora)


def _downloaded(repository: str, name: str) -> Path:
    from huggingface_hub import hf_hub_download

    try:
        return Path(hf_hub_download(repository, name))
    except Exception as error:
        raise hub.explain(repository, error) from error


def _only(names: list[str], lora: Lora) -> str:
    if USUAL_FILE in names:
        return USUAL_FILE
    if not names:
        raise _wrong(lora, f"there is no {_ENDING} file in '{lora.file}'", "Name another folder or repository.")
    if len(names) > 1:
        listed = ", ".join(sorted(names)[:5])
        raise _wrong(lora, f"'{lora.file}' has several files ({listed})", f"Name one: '{lora.file}/{min(names)}'.")
    return names[0]


def _wrong(lora: Lora, problem: str, remedy: str) -> ModelUnavailable:
    return ModelUnavailable(f"The LoRA '{lora.name}' can't be had: {problem}", remedy, lora.file)
