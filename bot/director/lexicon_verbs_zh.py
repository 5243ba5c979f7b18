"""Chinese verbs of one character, read as verbs only where no longer word takes them in, and adverbs of how they are done."""

_SINGLE = """
herding 赶 撵|pouncing 扑|bumping 撞|lifting 掀|tearing 撕 扯|folding 折|breaking 掰|pouring 灌 泼 斟|swinging 晃 甩|shaking 摇|throwing 抛 投|shooting 射|aiming 瞄|smashing 砸|stomping 蹬|rubbing 蹭|stepping_over 跨|crawling_through 钻|rolling 滚|turning_over 翻|twisting 拧 扭|winding 缠|pressing 按 摁|poking 戳 捅|burying 埋|filling 填|ploughing 犁 耙|sowing 播|pulling_out 拔|mowing 割|ironing 熨|toasting 烘|baking 烙
boiling 涮|frying 炸|stewing 焖|stirring 拌 搅|grinding 磨|pressing 榨|pounding 捣 舂|planing 刨|carving 凿 雕|welding 焊|forging 锻|dyeing 染|tracing 描|smearing 涂|bringing 送|taking 取|kissing 吻|smelling 嗅|looking_at 瞧 瞅|glaring_at 瞪|gazing_at 望|glancing_at 瞥|shouting 喊|reciting 念|mending 补|unloading 卸|building 建 砌|teasing 逗|coaxing 哄|raising 养|floating 浮|sinking 沉|hopping 蹦|leaping 跃|dashing 奔|strolling 逛
looking_for 找 寻|guarding 守 护|rescuing 救|hitting 揍|catching 捕|hunting 猎|pulling_out 掏|spearing 叉|holding 衔|swallowing 吞 咽|spitting 吐|inhaling 吸|sipping 抿|tasting 尝|resting 搁 撂|tying 拴 捆|shaving 剃|sticking 粘|pickling 腌|giving_off 冒|flowing 淌 流|leaking 漏|splashing 溅|falling 掉|collapsing 塌|cracking 裂|sticking_up 翘|blocking 挡 拦|circling 绕|taking_off 脱|opening 开|closing 关|carrying 扛 驮|rowing 摇|hooking 勾 钩|splitting 劈|peeling 剥|twirling 旋|flapping 扇|escaping 逃
teaching 教|counting 数着|showing 亮|serving 盛|serving 端|making 造|cleaning 掸|brushing 刷
""".strip()
SINGLE_VERBS = {
    word: row.split()[0].replace("_", " ") for row in _SINGLE.replace("\n", "|").split("|") for word in row.split()[1:]
}
# How something is done, which a brief can't show, and turns of speech around a wish.
MANNERS = """
死命 拼命 使劲 用力 奋力 狠狠 紧紧 牢牢 轻轻 慢慢 缓缓 悄悄 静静 默默 呆呆地 赶紧 赶快 急忙 连忙 匆匆 匆忙 突然 忽然 终于 一直 不停 不断 不停地 永远 经常 常常 总 总是 老是 依然 仍然 还是 仍 仍旧 又在 已然 几乎 简直 竟然 居然 果然 原来 本来 到底 究竟 尤其 特别是 比如 例如 像是 好像 似乎 仿佛 似的 一般 一样的 般 般的 一起来 一同 共同 各自 亲自 亲手 当场 当众 顺手 随手 一下子 一口气 有说有笑 拼了命 半天 老半天 好一会儿 整天 天天 每天 刚好 恰好 正巧 笑死 笑死我了 绝了 绝绝子 救命啊 无语 离谱 破防 巴适 巴适得很 巴适惨 安逸 要得 得劲 得劲儿 灵额 好伐 好哇 好呗 好嘞 好嘛 行呗 行吗 中不中 得行 晓得伐 晓得不 可中 噶 嘎 哈子 啥子 撒子 咧 咩 咩啊 嘅 啦喂 喔喔 唔该 唔该晒 多谢晒 哥们 哥们儿 爷们儿 集美 宝宝们 亲们 亲亲 侬 吾 阿拉 伊 伲 额额 老子 老娘 洒家 本宫 本人 在下 俺家 俺家的 咱家 咱家的 俺们家 帮吾 同我 帮手 去 出去 过来 回来 回去 上去 下去 进去 进来 起 光光 成了 看着办 你看着办 都行 都可以 随意发挥 自由发挥 自己发挥
""".strip()
# Verbs whose object is put or kept somewhere, and verbs by which a surface bears what is named next.
MORE_PLAIN = "露 透出 透着 冒着 对着 面对 系 长出 长出来 映出 映出了 映着 泡着 浸着 漂着 留下 变出 探出 伸出 露着 冒出 探出了 搁 搁着 搁了 撂 撂着 摞着 码 码着 搭着 晒着 摊开 立有 支起 挂起 摆上 放上 加上了 结着 结了 结满 爬满 缠满 堆了 落着 蒙着 罩着 拴着 拴 绑着 捆着 缠着 套上 插上 沾着 沾满 粘着 映着 倒映着 配上 种了 晾满 晒满 铺上 塞进 撒满 撒着 缺了 系上 披上 带上 拎上 抱起 背起 扛起 叼走 叼走了 衔着 衔"
