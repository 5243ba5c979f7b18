"""What Discord shows of the commands, in Chinese."""

import discord
from discord import app_commands

CHINESE = {
    "imagine": "画图",
    "Paint a picture from your words": "把你的话画成图",
    "What to paint, in your own words": "要画什么，用你自己的话说",
    "A style, such as watercolour": "风格，例如水彩",
    "A size such as 768x512, or a shape such as 3:2": "尺寸（如 768x512）或比例（如 3:2）",
    "How many pictures": "要几张图",
    "The same seed and words give the same picture": "种子和文字相同，图就相同",
    "A picture to start from": "参考图，从它开始画",
    "What paints": "用哪个模型画",
    "A LoRA of this team": "团队的 LoRA",
    "Show the answer to me alone": "只给我一个人看",
    "Paint from my very words, without rewriting": "不改写，直接用我的原话画",
    "Illustrate this": "给这段话配图",
    "Use as reference": "用作参考图",
    "Describe": "描述图片",
}
LOCALES = (discord.Locale.chinese, discord.Locale.taiwan_chinese)


class Translations(app_commands.Translator):
    """Gives the Chinese of names, descriptions and choices; what is not in the table stays English."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """The text in a locale, or None where English does."""
        return CHINESE.get(string.message) if locale in LOCALES else None
