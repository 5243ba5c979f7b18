"""The LoRAs of one loaded model: taken in, switched on for the calls that want them, and let go."""

import hashlib
import warnings
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

from bot import log
from bot.errors import EngineError, ModelUnavailable
from bot.tasks import Lora
from tools.engine.painter import device as devices
from tools.engine.painter import libraries
from tools.engine.painter.hub import first_line
from tools.engine.painter.lora_files import file_of

_log = log.get("painter")
MOST_LOADED = 8

Worn = tuple[tuple[str, float], ...]
"""LoRAs by the names that they have within a model, each with its weight."""


def worn_by(loras: Iterable[Lora]) -> Worn:
    """What a picture with these LoRAs wears, in an order that does not hang on the asker's."""
    return tuple(sorted((_name(lora), lora.weight) for lora in loras))


class Adapters:
    """The LoRAs of one pipeline (Hu et al., 2021, arXiv:2106.09685), beside its weights, which stay as they are.

    `take` may only be called while nobody paints, `wear` only by the one thread that runs the modules. A module that
    is called elsewhere wears none.

    Args:
        pipe: The pipeline, or any other of the same modules.
        most: So many stay loaded; what was not worn for the longest time goes first.
    """

    def __init__(self, pipe: Any, most: int = MOST_LOADED) -> None:
        self._pipe = pipe
        self._most = most
        self._loaded: OrderedDict[str, frozenset[int]] = OrderedDict()  # with the ids of the modules that it changes
        self._layers: dict[int, list[Any]] = {}  # those of a module that hold LoRAs, by its id
        self._worn: dict[int, Worn] = {}

    def has(self, loras: Iterable[Lora]) -> bool:
        """Whether `take` has nothing to do."""
        return all(_name(lora) in self._loaded for lora in loras)

    def of(self, module: Any, wanted: Worn) -> Worn:
        """Those of the wanted that change a module; without them its answers are the same."""
        return tuple((name, weight) for name, weight in wanted if id(module) in self._loaded.get(name, ()))

    def wear(self, module: Any, wanted: Worn) -> None:
        """Let a module heed exactly these of its LoRAs; without any it is the bare one, bit for bit."""
        worn = self.of(module, wanted)
        for name, _ in worn:
            self._loaded.move_to_end(name)
        if self._worn.get(id(module), ()) != worn:
            _switch(self._layers[id(module)], worn)
            self._worn[id(module)] = worn

    def wear_everywhere(self, wanted: Worn) -> None:
        """`wear` for all modules of the pipeline."""
        for module in self._modules():
            self.wear(module, wanted)

    def take(self, loras: Sequence[Lora]) -> None:
        """Load what is not loaded yet. The model stays as it was where that fails.

        Raises:
            ModelUnavailable: A file is not to be had, or damaged.
            EngineError: It does not fit the model, or there is not enough memory.
        """
        wanted = {_name(lora) for lora in loras}
        for lora in loras:
            if _name(lora) not in self._loaded:
                self._make_room(wanted)
                self._load(lora)

    def _make_room(self, wanted: set[str]) -> None:
        idle = [name for name in self._loaded if name not in wanted]
        for name in idle[: max(len(self._loaded) + 1 - self._most, 0)]:
            self._let_go(name)

    def _load(self, lora: Lora) -> None:
        name, model = _name(lora), type(self._pipe).__name__
        if not hasattr(self._pipe, "load_lora_weights"):
            raise EngineError(f"{model} takes no LoRA", f"Leave '{lora.name}' out, or set another model.")
        file = file_of(lora)
        try:
            with libraries.LOADING, warnings.catch_warnings():
                warnings.simplefilter("ignore")  # that several are loaded is what we want
                self._pipe.load_lora_weights(
                    str(file.parent), weight_name=file.name, adapter_name=name, use_safetensors=True
                )
                changed = frozenset(id(module) for module in self._modules() if _has(module, name))
        except Exception as error:
            self._let_go(name)
            raise _explain(lora, error) from error
        if not changed:
            self._let_go(name)
            raise _unfitting(lora, "nothing in it is for this model")
        self._loaded[name] = changed
        self._take_off()
        _log.info("LoRA %s (%s) is loaded into %s", lora.name, file, model)

    def _let_go(self, name: str) -> None:
        """Take a LoRA, or what was loaded of it, out of the modules; without any left they are as they came."""
        self._take_off()
        self._loaded.pop(name, None)
        if self._loaded:
            self._pipe.delete_adapters(name)
        else:
            self._pipe.unload_lora_weights()
        self._take_off()

    def _take_off(self) -> None:
        """Loading and deleting make other layers, and leave some of them switched on."""
        from peft.tuners.tuners_utils import BaseTunerLayer

        self._worn.clear()
        for module in self._modules():
            layers = [layer for layer in module.modules() if isinstance(layer, BaseTunerLayer)]
            self._layers[id(module)] = layers
            _switch(layers, ())

    def _modules(self) -> list[Any]:
        names = getattr(self._pipe, "_lora_loadable_modules", ())
        return [module for name in names if (module := getattr(self._pipe, name, None)) is not None]


def _name(lora: Lora) -> str:
    """A name for each file: without a dot, as modules go by it, and without 'lora', by which weights are found."""
    return f"file-{hashlib.sha256(lora.file.encode()).hexdigest()[:16]}"


def _has(module: Any, name: str) -> bool:
    return name in getattr(module, "peft_config", {})


def _switch(layers: Iterable[Any], worn: Worn) -> None:
    """What `set_adapters` of diffusers comes to, without what is for training: that takes as long as a step of SDXL."""
    names = [name for name, _ in worn]
    for layer in layers:
        layer._active_adapter = names  # noqa: SLF001 - the setter goes through the weights of all that are loaded
        for name, weight in worn:
            layer.set_scale(name, weight)


def _unfitting(lora: Lora, why: str) -> EngineError:
    return EngineError(
        f"The LoRA '{lora.name}' does not fit the model: {why}",
        "Leave it out, or name the model that it was made for; `family` in its table of the settings keeps it away.",
    )


def _explain(lora: Lora, error: Exception) -> EngineError:
    import safetensors

    if isinstance(error, KeyError) and error.__context__:  # cleaning up after the error that it was
        error = error.__context__  # type: ignore[assignment]
    known = devices.explain(error, f"to load the LoRA '{lora.name}'")
    if known is not None:
        return known
    if isinstance(error, OSError | safetensors.SafetensorError):
        return ModelUnavailable(
            f"The LoRA '{lora.name}' can't be read: {first_line(error)}",
            "Its file is damaged: download or copy it again.",
            lora.file,
        )
    return _unfitting(lora, "its layers have other sizes" if "size mismatch" in str(error) else first_line(error))
