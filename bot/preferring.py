"""Preferences as rows: set by scope, checked before they are kept, and merged for the message that they are about."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from bot.errors import ModelUnavailable, RequestError
from bot.language import Language, language_of
from bot.learning import Learning
from bot.limits import MAX_BEST_OF, MAX_REVISIONS, check_aspect
from bot.messages import Message
from bot.preferences import (
    ANSWERS,
    LANGUAGES,
    LEAST_STEPS,
    MOST_STEPS,
    REWRITING,
    UNSET,
    VISIBILITY,
    Preferences,
    scopes,
)
from bot.store import Store, unpack
from bot.style import Library, Pack, Style, find, nearest
from bot.tables import preferences as rows
from bot.tasks import ModelCard

Describe = Callable[[str], Awaitable[ModelCard]]
MAX_SCOPE_CHARACTERS = 512
_SCOPE = re.compile(r"(user|channel|team):[^/]+/.+", re.DOTALL)
_RANGES = {"best_of": (1, MAX_BEST_OF), "revisions": (0, MAX_REVISIONS), "steps": (LEAST_STEPS, MOST_STEPS)}
_CHOICES = {"rewriting": REWRITING, "language": LANGUAGES, "visibility": VISIBILITY, "answers": ANSWERS}
_WHO: dict[str, dict[Language, str]] = {
    "asker": {"en": "as you asked", "zh": "按你的要求"},
    "user": {"en": "as your preferences say", "zh": "按你的偏好设置"},
    "channel": {"en": "as this channel's preferences say", "zh": "按这个频道的偏好设置"},
    "team": {"en": "as this team's preferences say", "zh": "按这个团队的偏好设置"},
    "settings": {"en": "as Limner's settings say", "zh": "按 Limner 的设置"},
}
_SENTENCES: dict[str, dict[Language, str]] = {
    "off": {"en": "Painted from the words as they are, {who}.", "zh": "{who}，直接用原话来画。"},
    "ask": {"en": "The prompt was shown first, {who}.", "zh": "{who}，提示词先给你看过。"},
    "style": {"en": 'Style "{value}", {who}.', "zh": "{who}，用“{value}”风格。"},
    "aspect": {"en": "Painted at {value}, {who}.", "zh": "{who}，画幅用 {value}。"},
    "model": {"en": "Painted by {value}, {who}.", "zh": "{who}，用模型 {value}。"},
    "best_of": {"en": "The best of {value}, {who}.", "zh": "{who}，画 {value} 张选最好的一张。"},
    "revisions": {"en": "Looked at and mended up to {value} times, {who}.", "zh": "{who}，看过后最多重画 {value} 次。"},
    "steps": {"en": "{value} of the model's own steps, {who}.", "zh": "{who}，步数是模型默认的 {value}。"},
}


class Preferring:
    """What is wanted in every scope.

    Args:
        library: Styles and packs that may be set.
        describe: Gives a model's card, or raises ModelUnavailable.
        learning: What teams have taught.
        settings: What the settings say; use teaches nothing else.
    """

    def __init__(
        self, store: Store, library: Library, describe: Describe, learning: Learning, settings: Preferences
    ) -> None:
        self._store = store
        self._library = library
        self._describe = describe
        self._learning = learning
        self._settings = _by("settings", settings)

    async def get(self, scope: str) -> Preferences:
        """What is set in one scope, and nothing from those around it. Raises RequestError for what is no scope."""
        return (await self._read((_checked_scope(scope),))).get(scope, UNSET)

    async def set(self, scope: str, preferences: Preferences) -> Preferences:
        """Set a scope's preferences, all at once: an empty field clears what was set; as they are kept.

        Raises:
            RequestError: It is no scope, or a value is none that there is.
            EngineError: Whether there is such a model can't be found out.
        """
        is_it = rows.c.scope == _checked_scope(scope)
        kept = await self._checked(preferences)
        if kept.answers and scope.startswith("user:"):
            raise RequestError("Answers are switched on and off for a channel or a team", "Leave out answers.")
        async with self._store.write() as connection:
            await connection.execute(rows.delete().where(is_it))
            if kept.said:
                values = {"scope": scope, "preferences": kept.said, "changed_at": self._store.clock()}
                await connection.execute(rows.insert().values(values))
        return kept

    async def wanted(self, message: Message) -> Preferences:
        """What asker, channel, team, settings and the team's use want, each where those before say nothing."""
        around = scopes(message.adapter, message.team, message.channel, message.user)
        found = await self._read(around)
        wanted = _by("asker", Preferences(rewriting="ask" if message.wishes.ask else ""))
        for scope in around:
            wanted = wanted.over(_by(scope.partition(":")[0], found.get(scope, UNSET)))
        language: Language = "zh" if (wanted.language or language_of(message.text)) == "zh" else "en"
        taught = await self._learning.of(message.adapter, message.team, language)
        return self._explained(wanted.over(self._settings).over(taught.preferences), language)

    async def _read(self, around: tuple[str, ...]) -> dict[str, Preferences]:
        query = sa.select(rows.c.scope, rows.c.preferences).where(rows.c.scope.in_(around))
        async with self._store.read() as connection:
            found = {row.scope: unpack(Preferences, row.preferences) for row in await connection.execute(query)}
        # A style whose file is gone since it was set must not stop every picture.
        return {
            scope: one if not one.style or self._find(one.style) else replace(one, style="")
            for scope, one in found.items()
        }

    async def _checked(self, preferences: Preferences) -> Preferences:
        for name, value in preferences.said.items():
            if name in _CHOICES and value not in _CHOICES[name]:
                raise RequestError(f"There is no {name} '{value}'", f"Choose one of: {', '.join(_CHOICES[name])}.")
            lowest, highest = _RANGES.get(name, (value, value))
            if not lowest <= value <= highest:
                raise RequestError(f"The {name} {value:g} is out of range", f"Choose {lowest:g} to {highest:g}.")
        if preferences.model:
            await self._check_model(preferences.model)
        style = self._named(preferences.style) if preferences.style else ""
        aspect = check_aspect(preferences.aspect) if preferences.aspect else ""
        return replace(preferences, style=style, aspect=aspect, notes={}, sources={})

    async def _check_model(self, model: str) -> None:
        try:
            await self._describe(model)
        except ModelUnavailable as error:
            raise RequestError(error.problem, error.remedy) from error

    def _named(self, style: str) -> str:
        if found := self._find(style):
            return found.name
        raise RequestError(f"There is no style '{style}'", nearest(style, self._library.styles))

    def _find(self, style: str) -> Style | Pack | None:
        return find(self._library.styles, style) or find(self._library.packs, style)

    def _explained(self, wanted: Preferences, language: Language) -> Preferences:
        """With a sentence for every field that has none yet, apart from rewriting that is on, as it always was."""
        notes = dict(wanted.notes)
        for name, value in wanted.said.items():
            sentence = _SENTENCES.get(value if name == "rewriting" else name)
            if sentence and name not in notes:
                who = _WHO[wanted.sources[name]][language]
                said = sentence[language].format(value=self._shown(name, value, language), who=who)
                notes[name] = said[0].upper() + said[1:]
        return replace(wanted, notes=notes)

    def _shown(self, name: str, value: Any, language: Language) -> str:
        if name == "style" and (found := self._find(value)):
            return found.name if language == "en" else found.called(language)
        return f"{value:.0%}" if name == "steps" else str(value)


def _by(source: str, preferences: Preferences) -> Preferences:
    return replace(preferences, sources=dict.fromkeys(preferences.said, source))


def _checked_scope(scope: str) -> str:
    if not _SCOPE.fullmatch(scope) or len(scope) > MAX_SCOPE_CHARACTERS:
        raise RequestError(f"'{scope[:80]}' is no scope", "Expected is user:ADAPTER/NAME, channel:... or team:...")
    return scope
