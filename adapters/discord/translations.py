"""What Discord shows of the commands, in Chinese."""

import discord
from discord import app_commands

from bot.chat import panel

CHINESE: dict[str, str] = {
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
    "prompt": "描述",
    "style": "风格",
    "size": "尺寸",
    "count": "数量",
    "seed": "种子",
    "reference": "参考图",
    "model": "模型",
    "lora": "lora",
    "private": "仅自己可见",
    "exact": "原话",
    "name": "名称",
    "Set your default style, or see all styles": "设置默认风格，或查看全部风格",
    "A style, or 'none' for no default style": "风格；填“无”则不用默认风格",
    "queue": "队列",
    "See what is under way, and cancel your own requests": "查看正在进行的请求，取消自己的请求",
    "history": "历史",
    "See your last pictures": "查看你最近的图片",
    "settings": "设置",
    "See and change your settings, the channel's or the server's": "查看和更改你、频道或服务器的设置",
    "rewriting": "改写",
    "language": "语言",
    "visibility": "可见范围",
    "answers": "启用",
    "of": "范围",
    "The style where nobody asks for one": "没有指定时用的风格",
    "The shape of pictures, such as 3:2": "图片的比例，例如 3:2",
    "What paints where nobody says": "没有指定时用的模型",
    "Whether your words are made into a prompt": "是否把你的话改写成提示词",
    "What Limner speaks": "Limner 说什么语言",
    "Who sees answers to commands": "谁能看到命令的回答",
    "Whether Limner answers in this channel or server": "在这个频道或服务器里是否启用 Limner",
    "Whose settings: yours, or as a moderator the channel's or the server's": "谁的设置：你自己、频道或服务器的",
    "me": "我",
    "this channel": "本频道",
    "this server": "本服务器",
    "default": "默认",
    "help": "帮助",
    "What Limner can do, and how to ask for it": "Limner 能做什么，怎么要图",
} | dict(labels for named in panel.CHOICES.values() for labels in named.values())
LOCALES = (discord.Locale.chinese, discord.Locale.taiwan_chinese)


class Translations(app_commands.Translator):
    """Gives the Chinese of names, descriptions and choices; what is not in the table stays English."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """The text in a locale, or None where English does."""
        return CHINESE.get(string.message) if locale in LOCALES else None
