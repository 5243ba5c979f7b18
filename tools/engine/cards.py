"""Cards of models: what their files tell, put right by what settings say of them."""

import contextlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from pydantic import TypeAdapter, ValidationError

from bot.errors import ModelUnavailable, SettingsError
from bot.model_settings import ModelSettings
from bot.tasks import ModelCard
from tools.engine.families import FAMILIES, card_for, folder_of

# The tiny decoder that is known for a model's family.
OF_FAMILY = "family"
_SAID = TypeAdapter(dict[str, ModelSettings])
_NOTHING: Mapping[str, ModelSettings] = MappingProxyType({})


class Cards:
    """Describes models.

    Args:
        said: What settings say of models, by the name that these go by.

    Raises:
        SettingsError: They name a family that there is not.
    """

    def __init__(self, said: Mapping[str, ModelSettings] = _NOTHING) -> None:
        for name, words in said.items():
            if words.family is not None and words.family not in FAMILIES:
                raise SettingsError(
                    f"There is no family '{words.family}', which the settings name for the model '{name}'",
                    f"Name one of {', '.join(FAMILIES)}.",
                    f"models.{name}.family",
                )
        self.said = {absolute(name): words for name, words in said.items()}

    def of(self, folder: Path, model: str) -> ModelCard:
        """The card of the model in `folder` that goes by the name `model`.

        Raises:
            ModelUnavailable: As `card_for`.
        """
        return card_for(folder, model, self.said.get(absolute(model)))

    def preview_vae(self, card: ModelCard) -> str:
        """The tiny decoder for a model's previews, a folder or a repository; empty where none was asked for."""
        words = self.said.get(absolute(card.model))
        named = words.preview_vae if words else ""
        return FAMILIES[card.family].tiny_vae if named == OF_FAMILY else named

    def written(self) -> str:
        """What settings say, as JSON that `read` understands."""
        return _SAID.dump_json(self.said, exclude_unset=True).decode()


def read(written: str) -> Cards:
    """The cards of another process, as its `Cards.written` told them.

    Raises:
        SettingsError: They make no sense.
    """
    try:
        return Cards(_SAID.validate_json(written))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, ("models", *first["loc"])))
        raise SettingsError(f"'{key}' is not right: {first['msg']}", "Correct what --models says.", key) from None


def absolute(model: str) -> str:
    """The model's name with its whole path, since a painter that another process started may stand elsewhere."""
    with contextlib.suppress(ModelUnavailable):  # to be said when it is painted with
        folder = None if model == "sketch" else folder_of(model)
        return str(folder or model)
    return model
