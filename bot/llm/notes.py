"""What a reply says in small print about who read the request, in the asker's language."""

from collections.abc import Sequence

from bot.language import Language
from bot.llm.reader import Reader
from bot.llm.trouble import Trouble, why

Failures = Sequence[tuple[str, Trouble]]
_RULES: dict[Language, str] = {"en": "the built-in rules", "zh": "内置规则"}
_FELL_BACK: dict[Language, str] = {
    "en": "The LLM could not be used ({why}), so {who} read this request.",
    "zh": "无法使用大语言模型（{why}），因此由{who}来理解这条请求。",
}
_STAND: dict[Language, str] = {
    "en": "The LLM could not be used any further ({why}); what it had planned by then is painted.",
    "zh": "大语言模型中途无法继续使用（{why}）；此前已计划的图片照常绘制。",
}
_NO_PICTURE: dict[Language, str] = {
    "en": "No picture was painted for this message.",
    "zh": "这条消息没有生成图片。",
}


def fell_back(failures: Failures, reader: Reader, language: Language) -> str:
    """For an asker whose request was read by another than the first."""
    who = _RULES[language] if reader.trusted else reader.name
    return _FELL_BACK[language].format(why=why(failures, language), who=who)


def plans_stand(failures: Failures, language: Language) -> str:
    """For an asker whose LLM failed after it had planned pictures."""
    return _STAND[language].format(why=why(failures, language))


def no_picture(language: Language) -> str:
    """For an asker whose command could only mean a picture, and who gets words."""
    return _NO_PICTURE[language]
