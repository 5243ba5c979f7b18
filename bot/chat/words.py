"""The sentences around an answer, in the languages that Limner speaks."""

from bot.language import Language

_WORDS: dict[str, tuple[str, str]] = {
    "first": ("You are next in line", "下一个就是你"),
    "place": ("Number {place} in line", "排在第 {place} 位"),
    "received": ("Got it", "收到"),
    "thinking": ("Reading your request…", "正在读你的要求……"),
    "loading": ("The model is being loaded…", "正在加载模型……"),
    "painting": ("Painting", "正在画"),
    "candidate": ("Painting candidate {one} of {all}", "正在画第 {one} 张候选，共 {all} 张"),
    "judging": ("Choosing the best of them…", "正在挑选最好的一张……"),
    "looking": ("Looking whether it shows what you asked for…", "正在检查画面是否符合要求……"),
    "step": ("step {step} of {steps}", "第 {step} 步，共 {steps} 步"),
    "about": ("ready in {time}", "大约 {time}"),
    "cancelled": ("Stopped. Nothing more is painted.", "已停止，不再画了。"),
    "cancelled_by": ("Stopped by {who}.", "已被 {who} 停止。"),
    "deleted": ("Deleted.", "已删除。"),
    "deleted_by": ("Deleted by {who}.", "已被 {who} 删除。"),
    "ready": ("Your picture is ready.", "你的图画好了。"),
    "answered": ("Here is your answer.", "你要的回答在这里。"),
    "seed": ("seed {seed}", "种子 {seed}"),
    "ai": ("made by AI", "由 AI 生成"),
    "style": ("style {style}", "风格 {style}"),
    "left": ("{left} of {limit} pictures left within 24 hours", "24 小时内还可画 {left} 张（共 {limit} 张）"),
    "more_notes": ("{count} more notes behind '{button}'", "“{button}”里还有 {count} 条说明"),
    "proposal": ("This is what I would paint from:", "我打算这样画："),
    "your_words": ("Your words", "你的原话"),
    "my_prompt": ("My prompt", "我的提示词"),
    "negative": ("Negative prompt", "反向提示词"),
    "no_difference": ("Painted from your words as they are.", "直接用你的原话画的。"),
    "notes": ("Notes", "说明"),
    "alt": ("Picture made by AI: {prompt}", "由 AI 生成的图片：{prompt}"),
    "not_yours": (
        "Only the person who asked for it can do that here. Ask for one of your own any time.",
        "这里只有提出要求的人可以这样做。你可以随时自己要一张。",
    ),
    "moderators": (
        "Only the person who asked for it, or a moderator, can do that.",
        "只有提出要求的人或管理员可以这样做。",
    ),
    "no_role": (
        "Pictures are for members with one of these roles here: {roles}. Ask a moderator for one.",
        "这里只有拥有以下身份组的成员可以要图：{roles}。请找管理员开通。",
    ),
    "off_here": (
        "Limner is switched off in this channel. Ask in another one, or a moderator to switch it on (/settings).",
        "这个频道关闭了 Limner。请换个频道，或请管理员用 /settings 打开。",
    ),
    "over": ("That is over already.", "已经结束了。"),
    "gone": (
        "That picture is not there any more: it was deleted. Ask for a new one any time.",
        "这张图已经不在了：它被删除了。随时可以再要一张。",
    ),
    "tool_off": ("That is switched off here by now.", "这里已经关闭了这个功能。"),
    "later": (
        "If it takes longer than 15 minutes, you get it as a direct message.",
        "如果超过 15 分钟，会用私信发给你。",
    ),
    "edit_title": ("Edit the prompt", "修改提示词"),
    "edit_send": ("Paint", "开始画"),
    "seed_title": ("Same seed, with a change", "同一种子，改一点"),
    "change": ("What is to change?", "要改什么？"),
    "change_hint": ("the same, but at night", "同样的画面，换成夜晚"),
    "prompt": ("Prompt", "提示词"),
    "size": ("Size, such as 768x512", "尺寸，例如 768x512"),
    "style_field": ("Style (empty for none)", "风格（留空则不用）"),
    "seed_field": ("Seed (empty for a new one)", "种子（留空则换新的）"),
    "no_picture": ("There is no picture in that message.", "那条消息里没有图片。"),
    "reference_title": ("Paint from this picture", "以这张图为参考"),
    "reference_field": ("What to paint from it", "想画成什么样"),
    "words": ("Your words / My prompt", "原话 / 提示词"),
    "same_seed": ("Same seed", "同一种子"),
    "delete": ("Delete", "删除"),
    "cancel": ("Cancel", "取消"),
    "retry": ("Try again", "再试一次"),
    "use_mine": ("Use mine", "用我的原话"),
    "use_this": ("Use this", "就用这个"),
    "edit": ("Edit", "修改"),
    "default": ("default", "默认"),
    "none": ("none", "无"),
    "style_set": (
        "Your pictures are painted in the style '{style}' from now on, wherever you don't ask for another.",
        "从现在起，你的图默认用“{style}”风格，除非你另外指定。",
    ),
    "style_cleared": ("You have no default style any more.", "已清除你的默认风格。"),
    "styles": ("Styles to ask for:", "可以用的风格："),
    "style_yours": ("Your default style: {style}", "你的默认风格：{style}"),
    "style_yours_none": ("You have no default style.", "你还没有默认风格。"),
    "more_styles": ("…and {count} more: begin to type a name to find them.", "……还有 {count} 个：输入名称即可查找。"),
    "no_style": (
        "There is no style '{name}'. /style without a name shows all of them.",
        "没有“{name}”这个风格。用不带名称的 /style 可以查看全部。",
    ),
    "no_model": ("There is no model '{name}' here. There are: {all}.", "这里没有模型“{name}”。可用的有：{all}。"),
    "no_aspect": (
        "'{name}' is no shape that can be painted. Say it like 3:2, from 1:4 to 4:1.",
        "“{name}”不是可用的比例。请写成 3:2 这样，范围从 1:4 到 4:1。",
    ),
    "no_setting": (
        "There is no such setting any more. /settings shows what there is.",
        "已经没有这个设置了。请用 /settings 查看。",
    ),
    "own_only": (
        "There is only you to set something for here: leave out whose settings these are.",
        "这里只能更改你自己的设置：请不要选择范围。",
    ),
    "answers_scope": (
        "Answers are switched on and off for a channel or a server, not for a person.",
        "启用或关闭只能针对频道或服务器，不能针对个人。",
    ),
    "channel_moderators": (
        "What holds for the channel is set by its moderators (those who may manage messages).",
        "频道的设置只有管理员（可管理消息的人）可以更改。",
    ),
    "team_managers": (
        "What holds for the server is set by those who may manage it.",
        "服务器的设置只有可管理服务器的人可以更改。",
    ),
    "saved": ("Saved.", "已保存。"),
    "unset": ("nothing set", "没有设置"),
    "unlimited": ("There is no limit to your pictures.", "你的图片数量没有限制。"),
    "line_all": ("Requests under way in all: {count}", "正在进行的请求共 {count} 个"),
    "line_yours": ("Yours: {count}", "其中你的：{count} 个"),
    "line_none": ("None of them is yours.", "其中没有你的请求。"),
    "line_empty": ("Nothing is under way.", "现在没有正在进行的请求。"),
    "more_own": ("…and {count} more of yours", "……你还有 {count} 个"),
    "pictures": ("Your last pictures, the newest first:", "你最近的图片，新的在前："),
    "pictures_none": ("You have no pictures yet. Ask for one any time.", "你还没有图片。随时可以要一张。"),
    "show_message": ("show", "查看"),
}
WORDS = frozenset(_WORDS)


def say(key: str, language: Language, **values: object) -> str:
    """A sentence in a language, with its gaps filled."""
    english, chinese = _WORDS[key]
    return (chinese if language == "zh" else english).format(**values)
