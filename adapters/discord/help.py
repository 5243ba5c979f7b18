"""/help: what one can say and do here, in the asker's language."""

from discord import AppCommandType

from adapters.discord.intake import Intake
from adapters.discord.options import Command, Tree, command
from adapters.discord.people import Use, address_of, asker_of
from adapters.discord.rendering import CONTENT_CHARACTERS, cut
from adapters.discord.translations import CHINESE, LOCALES
from adapters.discord.whispers import show
from bot.language import Language

_TEXT: dict[str, tuple[str, str]] = {
    "who": (
        "**I paint what you describe.** I am a program: every picture is made by AI, and says so.",
        "**你描述，我来画。**我是程序：每张图都由 AI 生成，并且会注明。",
    ),
    "ask": (
        "**Ask** in your own words. In a channel mention me ({me} a red fox in the snow, as a woodcut), "
        "or send me a direct message, or use a command:",
        "**怎么要图**：用你自己的话说。在频道里可以提及我（{me} 雪地里的红狐狸，木刻风格）、给我发私信，或使用命令：",
    ),
    "ask_by_command": ("**Ask** in your own words, by a command:", "**怎么要图**：使用命令，用你自己的话说："),
    "menus": (
        "**Of a message**, in its menu (right-click or hold it, then Apps): {menus}",
        "**对一条消息**，在它的菜单里（右键或长按，再选“应用”）：{menus}",
    ),
    "change": (
        "**Change a picture** by a reply to it, such as 'the same, but at night' or 'undo', or by its buttons, which "
        "vary it, edit its prompt or paint it again for as long as the picture is there.",
        "**修改图片**：回复那张图，例如“同样的画面，换成夜晚”或“撤销”；也可以用它下面的按钮换个变化、修改提示词、"
        "再来一张。只要图片还在，按钮就一直有效。",
    ),
    "change_by_button": (
        "**Change a picture** by its buttons, which vary it, edit its prompt or paint it again for as long as the "
        "picture is there.",
        "**修改图片**：用它下面的按钮换个变化、修改提示词、再来一张。只要图片还在，按钮就一直有效。",
    ),
    "settings": (
        "**Settings**: **/{settings}** has yours. With its option '{of}', moderators set what holds for a channel, and "
        "those who manage the server what holds for all of it.",
        "**设置**：**/{settings}** 里是你自己的设置。用其中的“{of}”选项，管理员可以设置频道，"
        "服务器管理者可以设置整个服务器。",
    ),
}


def help_command(intake: Intake, tree: Tree) -> Command:
    """The command; it tells of those that are in the tree when it is used."""

    async def tell(use: Use) -> None:
        await intake.guarded(use, _show(intake, use, tree))

    return command(tell, "help", "What Limner can do, and how to ask for it")


async def _show(intake: Intake, use: Use, tree: Tree) -> None:
    language = await intake.front.language(asker_of(use))
    can_hear = address_of(use, private=True).member
    me = use.client.user.mention if use.client.user else ""
    slash = [
        f"- **/{_name(one.name, use)}**: {_in(language, one.description)}"
        for one in tree.get_commands(type=AppCommandType.chat_input)
    ]
    menus = " · ".join(_name(one.name, use) for one in tree.get_commands(type=AppCommandType.message))
    parts = [
        _say("who", language),
        _say("ask" if can_hear else "ask_by_command", language, me=me),
        *slash,
        _say("menus", language, menus=menus),
        _say("change" if can_hear else "change_by_button", language),
        _say("settings", language, settings=_name("settings", use), of=_name("of", use)),
    ]
    await show(use, cut("\n".join(parts), CONTENT_CHARACTERS))


def _name(name: str, use: Use) -> str:
    """What the client shows as the name of a command or an option: it goes by the client's language alone."""
    return CHINESE.get(name, name) if use.locale in LOCALES else name


def _in(language: Language, words: str) -> str:
    return CHINESE.get(words, words) if language == "zh" else words


def _say(key: str, language: Language, **values: str) -> str:
    return _TEXT[key][language == "zh"].format(**values)
