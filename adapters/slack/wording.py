"""What Limner says on Slack alone, in its languages: help, settings, Home, suggestions."""

from bot.language import Language

_WORDS: dict[str, tuple[str, str]] = {
    "who": (
        "*I paint what you describe.* I am a program: every picture is made by AI, and says so.",
        "*你描述，我来画。*我是程序：每张图都由 AI 生成，并且会注明。",
    ),
    "ask": (
        "*Ask* in your own words: mention me in a channel or a thread ({me} a red fox in the snow, as a woodcut), "
        "send me a direct message, or use `/imagine` (Slack has no commands in threads). What is set by hand stands "
        "behind two dashes: `/imagine a red fox --style ink --size 3:2 --count 4 --private`",
        "*怎么要图*：用你自己的话说。在频道或消息列里提及我（{me} 雪地里的红狐狸，木刻风格）、给我发私信，"
        "或使用 `/imagine`（消息列里不能用命令）。手动设置写在两个短横后面："
        "`/imagine 红狐狸 --style ink --size 3:2 --count 4 --private`",
    ),
    "commands": (
        "`/limner settings` what you want by default, and what holds for the channel and the workspace\n"
        "`/limner styles` all styles; `/limner styles ink` sets your default\n"
        "`/limner queue` what is under way, with a way to call it off\n"
        "`/limner history` your last pictures\n"
        "`/limner help` this",
        "`/limner settings` 你的默认设置，以及频道和工作区的设置\n"
        "`/limner styles` 所有风格；`/limner styles ink` 设置你的默认风格\n"
        "`/limner queue` 正在进行的请求，可以取消\n"
        "`/limner history` 你最近的图片\n"
        "`/limner help` 本说明",
    ),
    "menus": (
        "*Of a message*, in its menu (More actions): {menus}. *From anywhere*: the shortcut 'Make a picture'.",
        "*对一条消息*，在它的菜单里（更多操作）：{menus}。*在任何地方*：快捷方式“Make a picture”（画一张图）。",
    ),
    "illustrate": ("'Illustrate this'", "“Illustrate this”（为它配图）"),
    "reference": ("'Use as reference'", "“Use as reference”（用作参考图）"),
    "describe": ("'Describe picture'", "“Describe picture”（描述图片）"),
    "change": (
        "*Change a picture* by a reply in its thread, such as 'the same, but at night' or 'undo', or by its buttons, "
        "which work for as long as the picture is there.",
        "*修改图片*：在它的消息列里回复，例如“同样的画面，换成夜晚”或“撤销”；也可以用它下面的按钮。"
        "只要图片还在，按钮就一直有效。",
    ),
    "settings": ("Settings", "设置"),
    "close": ("Close", "关闭"),
    "user": ("Your settings", "你的设置"),
    "channel": ("This channel", "本频道的设置"),
    "team": ("This workspace", "本工作区的设置"),
    "admins": (
        "What holds for the channel or the workspace is set by the workspace's admins.",
        "频道和工作区的设置只有工作区管理员可以更改。",
    ),
    "no_setting": (
        "There is no such setting any more. `/limner settings` shows what there is.",
        "已经没有这个设置了。请用 `/limner settings` 查看。",
    ),
    "no_style": (
        "There is no style '{name}'. `/limner styles` shows all of them.",
        "没有“{name}”这个风格。用 `/limner styles` 可以查看全部。",
    ),
    "went_wrong": ("Something went wrong on my side. The log has the details.", "出了点问题，日志里有详情。"),
    "no_words": (
        "There are no words in that message to paint from. Use it on one with text.",
        "那条消息里没有文字可以画。请对有文字的消息使用。",
    ),
    "not_member": (
        "I am not in this channel, so your answer comes as a direct message. To have it here: `/invite` {me}",
        "我不在这个频道里，所以回答会用私信发给你。想让我在这里回答，请输入：`/invite` {me}",
    ),
    "hello": (
        "*Hello {name}, I am Limner.* I am a program: tell me what you want to see, and AI paints it.",
        "*{name}，你好，我是 Limner。*我是程序：告诉我你想看到什么，由 AI 画出来。",
    ),
    "status": ("is painting…", "正在画……"),
    "try": ("What shall I paint? I am an AI.", "要画什么？我是 AI。"),
}
_PROMPTS: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = (
    (("A woodcut", "A red fox in the snow, as a woodcut"), ("木刻", "雪地里的红狐狸，木刻风格")),
    (
        ("A header", "A wide, calm header picture for a post about teamwork"),
        ("题图", "一张安静的横幅题图，主题是团队合作"),
    ),
    (("Four drafts", "Four drafts of a friendly robot mascot"), ("四张草图", "画四张友好的机器人吉祥物草图")),
    (("What can you do?", "What can you do?"), ("你会什么？", "你会什么？")),
)
WORDS = frozenset(_WORDS)


def tell(key: str, language: Language, **values: object) -> str:
    """A text in a language, with its gaps filled; what goes into them must be escaped already."""
    return _WORDS[key][language == "zh"].format(**values)


def suggested(language: Language) -> list[dict[str, str]]:
    """The agent view's suggestions: Slack shows four at most."""
    chosen = [one[language == "zh"] for one in _PROMPTS]
    return [{"title": title, "message": message} for title, message in chosen]
