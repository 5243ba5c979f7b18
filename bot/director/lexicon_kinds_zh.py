"""What kind of word each known Chinese word is, and what it stands for; later lines win over earlier ones."""

from bot.director import (
    lexicon_broad_zh,
    lexicon_formats_zh,
    lexicon_more_zh,
    lexicon_open_zh,
    lexicon_verbs_zh,
    lexicon_wide_zh,
    lexicon_zh,
)

PUNCTUATION = "，。,.！!；;、：:？?\n（）()~～…"
SKIPPED = """
请 我想看 想看 看看 会 其他 其它 别的 任何 请 帮我 帮忙 帮 给我 给 我要 我想要 我想 我 想要 想 要 画 画一下 绘制 绘 生成 做 制作 设计 创作 来 弄 整 出 搞 麻烦 麻烦你 拜托 劳驾 能不能 能否 能 可不可以 可以 可否 是否 一下 谢谢 谢谢你 多谢 感谢 吗 吧 呢 啊 呀
哦 哈 嘛 啦 了 你 您 你好 您好 大家好 好 好的 嗯 正在 正 在那 着 地 得 很 非常 特别 十分 超级 超 最 太 真 有点 也 还 就 又 再 把 被 让 使 将 向 往 对着 为 为了 用 以 当 时 时候 时分 的时候 画面 画面里 画面中 图中 图里 图片里 一起 正好 那种 这种 样子 看起来
联系 联络 咨询 显得 希望 需要 需求 主题 内容 场景 展示 显示 表现 描绘 描述 关于 一样 刚刚 刚才 现在 今天 它 他 她 它们 他们 她们 其中 另外 另 分别 各 每 全部 整个 之一 所有 只要 就行 就好 尺寸 比例 画幅 构图 版式 出来 一点 一点儿 点儿 地上 地面上 窗外 外面 屋外 颜色 白底 黑底 红底 蓝底 分别 起来 下来 过去 过来 而 而是 但 但是 不过 然后 比较 好吗 行吗 好不好 景色 风景 景 氛围 气氛 场面 一会儿
"""
WORDS_OF_PICTURES = "特写 近景 远景 全景 图 图片 画 画儿 插画 插图 图像 照 作品 配图 画作 壁纸 头像 封面 风格 风 画风 效果 效果图 质感 感觉 版 版本 海报图 示意图 绘画 艺术 表现 画法 手法 风的"
ACTIONS = lexicon_wide_zh.WIDE_ACTIONS | lexicon_more_zh.ACTION_VERBS | lexicon_broad_zh.BROAD_ACTIONS
KINDS: dict[str, str] = {
    **dict.fromkeys(lexicon_wide_zh.WIDE_PARTICLES.split(), "skip"), **dict.fromkeys(lexicon_wide_zh.WIDE_CLASSIFIERS.split(), "classifier"),
    **dict.fromkeys([*lexicon_open_zh.OPEN_SAYS_NOTHING.split(), *lexicon_verbs_zh.MANNERS.split(), *SKIPPED.split(), *lexicon_more_zh.PARTICLES.split(), *lexicon_broad_zh.BROAD_SKIPPED.split()], "skip"),
    **dict.fromkeys([*WORDS_OF_PICTURES.split(), *lexicon_formats_zh.FORMATS.split(), *lexicon_broad_zh.BROAD_FORMATS.split()], "picture"),
    **dict.fromkeys(lexicon_more_zh.BRANDS.split(), "brand"),
    **dict.fromkeys("和 与 跟 及 以及 还有 加上 加 或 或者 或是 同".split(), "and"),
    **dict.fromkeys("不要 不要有 没有 别有 别 别画 不带 不含 不包含 不要出现 不能有 无 除了 去掉 删掉 删除 去除 移除 拿掉 不出现 不需要 避免 不要画 也不要 不想要 不加".split(), "not"),
    **dict.fromkeys([*lexicon_more_zh.NO_MORE.split(), *lexicon_wide_zh.WIDE_NOT.split()], "not"),
    **dict.fromkeys("不是 并不是 不再是".split(), "isnt"),
    **dict.fromkeys("是 变成 改成 换成 变 成 为 涂成 染成 应该是 就是 改为 变为".split(), "is"),
    **dict.fromkeys("浅 深 淡 暗 亮".split(), "shade"),
    **dict.fromkeys("这 那 这个 那个 这只 那只 这辆 那辆 这些 那些 这位 那位 这座 那座 这条 那条".split(), "this"),
    **dict.fromkeys("都 全都 全部都 全".split(), "all"),
    "更正为": "skip", **dict.fromkeys("它俩 他俩 她俩 它们俩 他们俩 她们俩 这俩".split(), "both"), "背景": "background", "底色": "background", "的": "的", "之": "的", "在": "在", "位于": "在", "从": "在", "于": "在",
    **dict.fromkeys(lexicon_zh.NUMBERS, "number"), **dict.fromkeys(lexicon_zh.VAGUE_NUMBERS, "vague"),
    **dict.fromkeys(lexicon_zh.CLASSIFIERS, "classifier"), **dict.fromkeys(lexicon_zh.LOCATIONS, "where"), **dict.fromkeys(lexicon_zh.BODY, "body"),
    **dict.fromkeys(lexicon_zh.PLAIN_VERBS, "verb"), **dict.fromkeys(lexicon_zh.NEAR_VERBS, "verb"), **dict.fromkeys(ACTIONS, "verb"), **dict.fromkeys(lexicon_zh.VERBS, "verb"),
    **dict.fromkeys(lexicon_zh.ADJECTIVES, "adjective"), **dict.fromkeys(lexicon_zh.COLOURS, "colour"), **dict.fromkeys(lexicon_zh.STYLES, "style"),
    **dict.fromkeys(lexicon_zh.WEATHER, "weather"), **dict.fromkeys(lexicon_zh.TIMES, "time"), **dict.fromkeys(lexicon_zh.PLACES, "place"),
    **dict.fromkeys((word for word in lexicon_zh.NOUNS if word != "背景"), "noun"), "头": "body", "面": "classifier",
}  # fmt: skip
VALUES: dict[str, str] = {
    **lexicon_zh.VERBS, **lexicon_zh.ADJECTIVES, **lexicon_zh.COLOURS, **lexicon_zh.STYLES, **lexicon_zh.WEATHER, **lexicon_zh.TIMES,
    **lexicon_zh.PLACES, **lexicon_zh.NOUNS, **lexicon_zh.BODY, **lexicon_zh.LOCATIONS, **dict.fromkeys(lexicon_zh.PLAIN_VERBS, ""),
}  # fmt: skip
