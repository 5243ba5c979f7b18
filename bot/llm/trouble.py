"""What can be wrong with an LLM, told from whatever its client raises, in words for the asker and for the log."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from langchain_core.exceptions import ContextOverflowError

from bot.errors import AssistantError
from bot.language import Language


class Trouble(StrEnum):
    """Why an LLM can't be used for a turn."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    NOT_STARTED = "not started"
    KEY = "key"
    NOT_FOUND = "not found"
    BUSY = "busy"
    BROKEN = "broken"
    REFUSED = "refused"
    TOO_LONG = "too long"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    CUT = "cut"
    CLAIMED = "claimed"
    CALLS = "calls"
    FILTERED = "filtered"


# What the next request would meet as well: such an LLM is left alone for a while.
LASTING = frozenset(
    {
        Trouble.UNREACHABLE,
        Trouble.SLOW,
        Trouble.NOT_STARTED,
        Trouble.KEY,
        Trouble.NOT_FOUND,
        Trouble.BUSY,
        Trouble.BROKEN,
    }
)
_WHY: dict[Trouble, dict[Language, str]] = {
    Trouble.UNREACHABLE: {"en": "the connection to it failed", "zh": "连接失败"},
    Trouble.SLOW: {"en": "it took too long", "zh": "响应超时"},
    Trouble.NOT_STARTED: {"en": "it could not be started", "zh": "无法启动"},
    Trouble.KEY: {"en": "it did not accept the key", "zh": "密钥未被接受"},
    Trouble.NOT_FOUND: {"en": "there is no such model or address", "zh": "没有这个模型或地址"},
    Trouble.BUSY: {"en": "it is overloaded, or its quota is used up", "zh": "请求过多或额度已用完"},
    Trouble.BROKEN: {"en": "its server has a fault", "zh": "服务器出错"},
    Trouble.REFUSED: {"en": "it did not take the request", "zh": "请求未被接受"},
    Trouble.TOO_LONG: {"en": "the conversation is too long for it", "zh": "对话过长"},
    Trouble.EMPTY: {"en": "it gave no answer", "zh": "没有给出回答"},
    Trouble.UNREADABLE: {"en": "its answer could not be read", "zh": "回答无法读懂"},
    Trouble.CUT: {"en": "its answer was cut off", "zh": "回答被截断"},
    Trouble.CLAIMED: {"en": "it spoke of a picture that it had not asked for", "zh": "它提到了并未生成的图片"},
    Trouble.CALLS: {"en": "it came to no answer", "zh": "没有得出结果"},
    Trouble.FILTERED: {"en": "its provider held the answer back", "zh": "服务方拦截了回答"},
}
_STATUS = {
    400: Trouble.REFUSED,
    401: Trouble.KEY,
    403: Trouble.KEY,
    404: Trouble.NOT_FOUND,
    408: Trouble.SLOW,
    413: Trouble.TOO_LONG,
    429: Trouble.BUSY,
    504: Trouble.SLOW,
}
_TOO_LONG = re.compile(
    r"context.{0,20}(length|size|window)|maximum context|too many tokens|prompt is too long", re.IGNORECASE
)
_KEY = re.compile(r"\b(?:sk|hf|gsk|key)[-_][\w*.-]{6,}|(?<=Bearer )\S+")
_REMEDY = 'Whoever runs Limner finds out why in the log, or sets llm = "director" to do without.'


@dataclass(eq=False)
class LlmError(AssistantError):
    """An LLM can't be used for this turn.

    Args:
        trouble: Why.
        detail: For the log: what it said itself, without keys.
        retry_after_s: When its server wants to be asked again; 0 where it did not say.
    """

    trouble: Trouble = Trouble.UNREADABLE
    detail: str = ""
    retry_after_s: float = 0.0

    @classmethod
    def of(cls, trouble: Trouble, detail: str = "", retry_after_s: float = 0.0) -> "LlmError":
        """The error in words for the asker."""
        if trouble is Trouble.EMPTY:
            problem, remedy = "The LLM gave no answer", "Say it again, perhaps in other words."
        elif trouble is Trouble.CALLS:
            problem, remedy = f"The LLM came to no answer in {detail}", "Say it in other words."
        elif trouble is Trouble.FILTERED:
            problem, remedy = "The LLM's provider held its answer back", "Say it in other words."
        else:
            problem, remedy = f"The LLM can't be used: {_WHY[trouble]['en']}", _REMEDY
        return cls(problem, remedy, trouble, detail, retry_after_s)


def translated(error: Exception, secrets: Sequence[str] = ()) -> LlmError:
    """What an LLM's client raised, as one of the troubles.

    Args:
        error: Anything: clients raise what they like over a broken answer.
        secrets: Words that must not come into the detail.
    """
    said = " ".join(str(error).split())
    for secret in filter(None, secrets):
        said = said.replace(secret, "[key]")
    detail = f"{type(error).__name__}: {_KEY.sub('[key]', said)[:300]}"
    return LlmError.of(_trouble(error, said), detail, _retry_after_s(error))


def why(failures: Sequence[tuple[str, Trouble]], language: Language) -> str:
    """The reasons in one phrase; each with its LLM's name where there are several."""
    if len(failures) == 1:
        return _WHY[failures[0][1]][language]
    colon, semicolon = ("：", "；") if language == "zh" else (": ", "; ")
    return semicolon.join(f"{name}{colon}{_WHY[trouble][language]}" for name, trouble in failures)


def _trouble(error: Exception, said: str) -> Trouble:
    status = getattr(error, "status_code", None)
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, ContextOverflowError) or (status in (400, 413, 422, 500) and _TOO_LONG.search(said)):
        return Trouble.TOO_LONG
    if status == 400 and ("content_filter" in said or "content management policy" in said):
        return Trouble.FILTERED
    if isinstance(status, int):
        return _STATUS.get(status) or (Trouble.BROKEN if status >= 500 else Trouble.REFUSED)
    if isinstance(error, TimeoutError) or any("Timeout" in kind for kind in kinds):
        return Trouble.SLOW
    if isinstance(error, OSError) or kinds & {"APIConnectionError", "TransportError", "ConnectError"}:
        return Trouble.UNREACHABLE
    if kinds & {"APIError"} and not kinds & {"APIResponseValidationError"}:
        return Trouble.BROKEN  # a server that fails amid its stream says so inside it
    return Trouble.CUT if "No generation" in said else Trouble.UNREADABLE


def _retry_after_s(error: Exception) -> float:
    headers: Any = getattr(getattr(error, "response", None), "headers", {})
    try:
        return max(0.0, float(headers.get("retry-after", 0)))
    except ValueError:
        return 0.0
