"""What people may set for themselves, a channel or a team, and how it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.language import Language
from bot.preferences import Preferences

SCOPES = ("user", "channel", "team")
# Values that are chosen from a short list; styles and models are too many for one.
CHOICES: dict[str, dict[str, tuple[str, str]]] = {
    "rewriting": {
        "on": ("Rewrite my words into a prompt", "把我的话改写成提示词"),
        "off": ("Paint from my words as they are", "直接用我的原话画"),
        "ask": ("Show me the prompt first", "先把提示词给我看"),
    },
    "language": {"en": ("English", "英文"), "zh": ("Chinese", "中文")},
    "visibility": {
        "public": ("Everybody here sees the answer", "这里的人都能看到回答"),
        "private": ("Only I see answers to my commands", "命令的回答只有我能看到"),
    },
    "answers": {"on": ("Limner answers here", "在这里启用 Limner"), "off": ("Limner is off here", "在这里关闭 Limner")},
    "aspect": {
        "1:1": ("Square", "方形"),
        "3:2": ("Wide 3:2", "横幅 3:2"),
        "2:3": ("Tall 2:3", "竖幅 2:3"),
        "16:9": ("Very wide 16:9", "宽屏 16:9"),
        "9:16": ("Very tall 9:16", "竖屏 9:16"),
        "4:3": ("Wide 4:3", "横幅 4:3"),
        "3:4": ("Tall 3:4", "竖幅 3:4"),
    },
}
LABELS: dict[str, tuple[str, str]] = {
    "style": ("Style", "风格"),
    "aspect": ("Size", "画幅"),
    "model": ("Model", "模型"),
    "rewriting": ("Rewriting", "改写"),
    "language": ("Language", "语言"),
    "visibility": ("Visibility", "可见范围"),
    "answers": ("Answers", "启用"),
}
_TITLES: dict[str, tuple[str, str]] = {
    "user": ("Your settings", "你的设置"),
    "channel": ("Settings of this channel", "本频道的设置"),
    "team": ("Settings of this server", "本服务器的设置"),
}
_UNSET = ("not set", "未设置")


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the panel: a name, how it is called, and what it says in words."""

    name: str
    label: str
    value: str
    shown: str


def title(scope: str, language: Language) -> str:
    """What a scope's settings are called."""
    return _TITLES[scope][language == "zh"]


def settings(scope: str, wanted: Preferences, language: Language) -> tuple[Setting, ...]:
    """Everything that can be set in a scope, with what it is."""
    names = [name for name in LABELS if name != "answers" or scope != "user"]
    return tuple(_setting(name, str(getattr(wanted, name)), language) for name in names)


def choices(name: str, language: Language) -> tuple[tuple[str, str], ...]:
    """The (value, label) pairs of what is chosen from a short list."""
    return tuple((value, labels[language == "zh"]) for value, labels in CHOICES[name].items())


def label(name: str, language: Language) -> str:
    """What a setting is called."""
    return LABELS[name][language == "zh"]


def changed(wanted: Preferences, changes: Mapping[str, str]) -> Preferences:
    """The preferences with some of them set, or cleared where the value is empty."""
    return Preferences(**(wanted.said | {name: value for name, value in changes.items() if name in LABELS}))


def _setting(name: str, value: str, language: Language) -> Setting:
    at = language == "zh"
    shown = CHOICES[name][value][at] if value in CHOICES.get(name, {}) else value
    return Setting(name, LABELS[name][at], value, shown or _UNSET[at])
