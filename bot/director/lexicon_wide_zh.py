"""Everyday Chinese words that a dictionary glosses too loosely for a picture: what is done, by whom, and with what."""

WIDE_NOUNS = """
pharmacist 药剂师 药师|young_man 小伙子 小伙 青年 小哥 小哥哥 帅哥|young_woman 小姐姐 美女 姑娘家 大姐|old_man 老头子 大爷 老大爷 老伯 老汉 老爷子|old_woman 大妈 大娘 老太婆 阿婆|child 娃 小娃娃 小娃 小屁孩 熊孩子|farmer 农妇 老农|shopkeeper 掌柜 店主 老板娘|peddler 小贩 摊主|seamstress 女裁缝|tailor 裁缝|watchmaker 修表匠 钟表匠|potter 陶艺师 陶工|blacksmith 铁匠|beekeeper 养蜂人|florist 花艺师 花店老板|veterinarian 兽医|dentist 牙医|lifeguard 救生员|goalkeeper 守门员|referee 裁判|lion_dancer 舞狮人 舞狮者
cloth 布 布料 绸布 布匹|silk_cloth 丝绸布|tape 胶带 胶布 透明胶|basket 竹篮 篮子 篮筐|bamboo_basket 竹篓|chopping_board 砧板 菜板 案板|sign 木牌 牌子 指示牌 告示牌 门牌|banner 锦旗 条幅|pothos 绿萝|public_bus 公交|steamer 蒸笼 蒸屉|rolling_pin 擀面杖|wok 炒锅 铁锅|spatula 锅铲|ladle 汤勺|teapot 茶壶|jug 水壶|pot 壶|jar 罐子 坛子|cookie_jar 饼干罐|bucket 水桶 桶子|box 箱子 纸箱 木箱|cardboard_box 纸板箱|bag 袋子 口袋|plastic_bag 塑料袋|paper_bag 纸袋|shell 蛋壳|broom 扫把 扫帚|mop 拖把|watering_can 洒水壶 喷壶|hose 水管 软管|ladder 梯子|toolbox 工具箱|screwdriver 螺丝刀|wrench 扳手|hammer 锤子 榔头|saw 锯子|nail 钉子|rope 绳子 麻绳|clothesline 晾衣绳 晒衣绳|bed_sheet 床单|quilt 被子 棉被|sheep_skin 羊皮|rapeseed_flower 油菜花|rapeseed_field 油菜花田 油菜田|sunflower_field 向日葵花田 向日葵田|lavender_field 薰衣草田|steamed_bun 馒头|congee 粥 白粥|liquor 酒 白酒|rice_wine 黄酒|rabbit_head 兔头|decoration 装饰 装饰品 装饰物|ornament 挂饰|traffic_light 红绿灯|small_stool 小板凳 马扎|braid 麻花辫|arrow 箭头|logo 徽标 商标|thermos 保温杯|mug 马克杯|paper_crane 千纸鹤 纸鹤|paper_boat 纸船|paper_plane 纸飞机|snow_globe 水晶球|spring_couplets 春联 对联|firecracker 鞭炮 爆竹|firework 焰火|mooncake 月饼|zongzi 粽子|sugar_figurine 糖人|round_fan 团扇|folding_fan 折扇 扇子|hairpin 发簪 簪子|hair_clip 发卡 发夹|wok_lid 锅盖|light_bulb 灯泡|lamp_post 路灯杆 灯柱|clothes 衣裳|steam 蒸汽 热气|shade 树荫
""".strip()
WIDE_PLACES = """
rapeseed_field 油菜花海|orchard 果园|breakfast_stall 早餐摊 早点摊|food_stall 路边摊 大排档|canteen 食堂|bathhouse 澡堂|laundry 洗衣房 洗衣店|barbershop 理发馆|flower_market 花市|roadside 路边 路旁 街边|riverbank 河岸|lakeside 湖畔|treetop 树梢|mountain_path 山路 山间小路|country_road 乡间小路 乡村公路|sky 天空中 半空 半空中 空中 云端 天上 天边 蓝天|ground 地面|underwater 水底|water 水面 水面上|front_door 大门口|entrance 入口
""".strip()
WIDE_ADJECTIVES = """
low 低矮 低|wicker 藤编 柳条|old-fashioned 老式 老派|ceramic 陶 陶制|mini 迷你版|salted 咸|shallow 浅浅|silver-grey 银灰 银灰色|in_love 谈恋爱 恋爱中 热恋|serious 一脸认真 认真|barefoot 赤着脚 光着脚 打赤脚|lit 亮着 点亮 亮着灯|wrinkled 皱巴巴 满脸皱纹|smiling 笑眯眯 笑嘻嘻 笑呵呵 笑盈盈 乐呵呵 乐开花|crying 泪汪汪 哭唧唧|tearful 眼泪汪汪|sweaty 满头大汗 汗流浃背|dusty 落满灰尘 灰扑扑 积灰|worn 破破烂烂 破洞|shiny 亮闪闪 油亮 锃亮 亮晃晃|plump 圆鼓鼓 鼓鼓囊囊|dizzy 晕乎乎|drunk 醉醺醺 喝醉|muddy 泥泞 沾满泥|neat 整整齐齐|layered 层层叠叠|upright 竖着 直立|tilted 斜着 倾斜 歪着|vintage 复古款 民国|spicy 辣|sour 酸 酸溜溜|bitter 苦|crispy 酥脆 脆|sliced 切好|freshly_baked 刚烤好 刚烤好的|two-story 两层 双层|high 高高|rainbow-coloured 彩虹色|lifelike 栩栩如生|hunched 弓着背 驼背
""".strip()
# Verbs of hands; with 着 after them they are the same.
WIDE_VERBS = """
writing 写|standing 立 立着 竖 伫立 矗立 耸立|lifting 抬 举起 抬起 托|measuring 量 测量 丈量|reaching 够 伸手够|picking 摘 采 采摘 捡 拾|drying 晾 晾晒 晒|cutting 剪 裁 裁剪|slicing 切|sewing 缝 缝制 缝衣服|kneading 揉 和面 揉面|rolling 擀|wrapping 包着 裹 裹着|frying 炒 煎|boiling 煮 炖 熬|steaming 蒸|grilling 烧烤|peeling 削 剥 削皮|touching 摸 抚摸|petting 撸 撸猫|pinching 捏|grabbing 抓 抓住 抓着 揪|listening 听 听歌 听音乐|tapping 敲 敲击|knocking 敲门|shooting 投篮|catching 接 接住 抓捕 捉|handing 递|receiving 收|unpacking 拆 拆开|moving 搬 搬运|dragging 拖 拖着|pulling 拽 拽着 扯着|walking 遛 遛狗 溜达 漫步 走来走去|fishing 钓 垂钓|scooping 捞 舀 盛|shooting_arrows 射箭|hugging 搂 抱一起 抱在一块 拥着|supporting 扶 搀扶 搀着|squeezing 挤 挤进|sweeping 扫|wiping 擦 擦拭 抹|brushing 刷|brushing_teeth 刷牙|combing 梳 梳头|folding 叠衣服 叠被子|stacking 垒|embroidering 绣 刺绣中|chopping 砍 剁 劈 切菜|sawing 锯|shovelling 铲 铲雪|braiding 扎辫子 编辫子 梳辫子 扎头发|tying 扎 系 绑|dispensing 配药 抓药|crashing 拍打 撞击 冲击|clapping 拍手 拍掌|patting 拍|bouncing 拍球|stepping 踮脚 踮着脚|standing_on_tiptoe 踮着脚尖 踮起脚 踮|facing 面对 面向|following 跟着 跟随|leading 带领|guarding 守着 守护 看守|riding 骑行|driving 开车 赶车|steering 掌舵|piloting 驾驶飞机|crossing 穿过 横穿 越过 穿越 翻过 翻越 划过 游过 驶过|passing 经过 路过 驶过|flying_over 飞过 飞越 掠过|jumping_over 跳过 跨过 跃过|circling 绕着 盘旋 围着转|emerging 冒出 冒出来 钻出 钻出来 露头|entering 走进 钻进 进入|leaving 离开 走出|arriving 到达 抵达|returning 回家 归来|going_to_school 上学|leaving_school 放学|skipping_rope 跳绳|playing_chess 下象棋 下围棋 下棋 对弈|playing_cards 打牌 打扑克 斗地主|playing_mahjong 打麻将 搓麻将|playing_piano 弹琴|blowing 吹|making_latte_art 拉花|brewing 泡 沏 冲|pouring 倒|toasting 干杯 碰杯 举杯|watering 浇水|spraying_water 喷水 洒水|spraying 喷|making 制作着|painting 画着画|coding 写代码 敲代码 编程|working_overtime 加班|slacking_off 摸鱼|napping 打瞌睡 打盹儿 午睡 小憩|sunbathing 晒日头|warming_up 烤火 取暖|making_a_wish 许愿|shaking 抖 颤抖 发抖|shivering 瑟瑟发抖|sweating 流汗 冒汗|drooling 流口水|sticking_out_tongue 吐舌头|rubbing_eyes 揉眼睛|scratching 挠 抓痒 挠痒痒|wagging_tail 摇尾巴|flapping 拍翅膀 扇翅膀|spreading_wings 张开翅膀 展翅|curling_up 蜷着身子|lying_on_its_back 四脚朝天 仰面朝天 仰着|lying_face_down 趴着睡|leaning 靠着 倚着 倚|looking_back 回头 回眸|looking_up 抬头 仰望 仰头|looking_down 低头 俯身|hiding 躲 躲进 藏|sneaking 偷偷 溜|stealing 偷 偷吃|robbing 抢|escaping 逃 逃跑|arguing 吵架 争吵|wrestling 摔跤|playing_tug_of_war 拔河|parachuting 跳伞|bungee_jumping 蹦极|rock_climbing 攀岩|sledding 滑雪橇 坐雪橇|building_a_snowman 堆雪人|having_a_snowball_fight 打雪仗|dragon_dancing 舞龙|lion_dancing 舞狮|performing 表演 演出|juggling 杂耍 抛球|directing 指挥|interviewing 采访|handing_out 发传单|selling 卖 摆摊 叫卖|buying 买 挑选 选购|weighing 称重|paying 付钱 结账 付款|scanning 扫码|voting 投票|signing 签字 签名|reporting 汇报 做汇报|giving_a_speech 做演讲|queuing 排队等 排着队|competing 比赛 比拼|training 训练|lifting_weights 举铁 撸铁|jogging 慢跑 晨跑|doing_tai_chi 打太极拳|square_dancing 跳广场舞|soaking 泡澡 泡脚 泡温泉|bathing 洗澡|showering 淋浴|shaving 刮胡子|putting_on_makeup 化妆|looking_in_the_mirror 照镜子|getting_dressed 穿衣服|splashing 溅起 戏水 玩水|blazing 熊熊燃烧|flashing 一闪一闪 闪着光|turning 转 旋转着|rising 升起 冉冉升起|setting 落山 西沉|gleaming 闪着|flowing 流淌 流动|dripping 滴|drifting 飘|scattering 散落 撒落 洒落|piling_up 堆积
""".strip()
WIDE_TIMES = "day 大早上 上午|sunset 傍晚时分 黄昏时分|night 大半夜 大晚上 三更半夜 夜深人静 万家灯火"
WIDE_WEATHER = "sunny 天晴 大太阳 晴 太阳很大 阳光灿烂 烈日|wind 风很大 刮大风 刮着风 大风天 起风了|storm 台风天 暴风天|rain 雨很大 下雨天 雨季 梅雨|snow 雪很大 下雪天 雪天里|fog 起雾了 大雾天|cloudy 阴沉沉的天 乌云密布"
# Words for so many at once, besides the measure words that everybody uses.
WIDE_CLASSIFIERS = "卷 叶 丛 捧 层 滩 行 尾 篇 页 缸 锅 勺 屋 车 班 伙 帮 窝 筐 笼 屉 沓 簇 挂 杆 泓 队 阵 席 扎 打 座儿 个儿 只儿 朵儿 株儿 抹 匣 听 盅 坛 发 具 乘 门 副 眼 片儿 枝儿"
WIDE_MEASURES = {
    "锅": "pot", "缸": "tank", "筐": "basket", "笼": "steamer", "勺": "spoon", "卷": "roll", "沓": "stack",
    "坛": "jar", "扎": "bundle", "捧": "handful",
}  # fmt: skip
WIDE_LOOSE = "丛 捧 层 滩 行 屋 车 班 伙 帮 窝 簇 队 阵 抹"
WIDE_NUMBERS = {"仨": 3, "百": 100}
WIDE_PARTICLES = """
我们 我们的 咱 咱们 咱们的 俺 俺们 自己 人家 谁 大伙 大伙儿 你们 您们 老铁 宝子 姐妹们 家人们 兄弟 兄弟们 师傅 天气 今年 明年 去年 明天 昨天 周末 这周 上周 下周 本周 这会儿 待会儿 远处 近处 远方 不远处 眼前 四周 到处 处处 上头 已 已经 刚 正要 准备 打算 快要 将要 一边 同时 或许 可能 大概 差不多 左右 大约 约 至少 最多 剩 只剩 只剩下 剩下 换一下 看一下 来一下 整一个 来上 来点 搞点 弄点 画点 整点 点 用来 用作 用于 拿来 老样子 随便 随意 任意 啥 啥的 什么 什么的 之类 之类的 等等 那种 那样 有没有 有木有 行不行 可否 能不能够 要不 要不然 不然 反正 其实 应该 必须 一定 务必 尽量 稍微 稍 略微 略 有些 有点儿 些许 特 蛮 挺 怪 好 够 一脸 满脸 模样 神情 表情 的样子 之间的 给我来 给我整 给我搞 帮忙弄 帮忙搞 帮忙画 急 急用 在线等 求 求图 跪求 蟹蟹 谢啦 多谢啦 辛苦啦 辛苦了 爱你 么么哒 哈哈 哈哈哈 嘻嘻 嘿嘿 呵呵 呜呜 哟喂 呗呗 哒 捏 滴说 喏 嘞 噻 撒 啵 耶 呃 额 唔 喂 那个啥 就那个 那啥 就是那种
""".strip()
WIDE_NOT = "不带 不要带 不要加 不要放 不要画上 不要任何 别出现任何 不要出现任何 没有任何 不画 别带 别给 别整 不能 不可以有 不许 禁止 甭 甭画 少了 去了 免 免去 排除 缺 千万别 千万不要 千万别画 请勿 不用画 不必画 不需要画 不含任何 拒绝"
WIDE_PLAIN = "露出 露着 印 刻 钉 钉着 镶 镶着 嵌 嵌着 绣着 印了 贴了 挂了 放了 摆了 停了 落了 长了 开了 立有 设有 缀 缀着 点缀 点缀着 配有 带有 附有 留着 梳着 扎着 盛 装有 压着 支 支着 架着 架 悬着 吊着 吊 铺 铺了 堆了 摊 摊着 晾着 扣着 含着 塞着 塞 夹着 夹 拖着长长"
WIDE_ACTIONS = {
    **dict.fromkeys("围 裹着 套着 套 佩戴 佩戴着 身披 脚穿 脚蹬 身着".split(), "wearing"), "头顶": "on top",
    **dict.fromkeys("拎 拎着 拎起 握 捧 端 托着 攥着 攥 抓着 夹着 打起 撑起 持 手握 手里拿着 手提 拄着 拄 揣着 怀抱 挽着 挽 含着".split(), "holding"),
    **dict.fromkeys("驮 扛 扛着 挑着 挑 挎着 挎 背上 载着 载 运 运着".split(), "carrying"),
    **dict.fromkeys("牵 领".split(), "leading"),
    **dict.fromkeys("推着".split(), "pushing"),
}  # fmt: skip
WIDE_LOCATIONS = {
    "背面": "on", "正面": "on", "表面": "on", "顶端": "on", "顶部": "on", "底部": "below", "两端": "on", "脚边": "next to", "手边": "next to", "缝里": "inside", "尖上": "on", "枝头": "on", "跟前": "in front of", "头顶上": "above", "身下": "below", "身前": "in front of", "怀里": "inside", "腿上": "on", "肩上": "on", "肩膀上": "on", "背上": "on",
    "胸口": "on", "胸前": "on", "外": "next to",
    "之上": "above", "之下": "below", "之内": "inside", "里头": "inside", "上头": "on", "底": "below", "外头": "next to",
    "对面": "next to", "两边": "next to", "两侧": "next to", "两旁": "next to", "周围": "next to", "四周": "next to",
    "旁边儿": "next to", "后头": "behind", "前头": "in front of", "当中": "between", "正中间": "between",
    "左手边": "left of", "右手边": "right of", "左前方": "left of", "右前方": "right of", "左下角": "left of",
    "正前方": "in front of", "正后方": "behind", "正下方": "below",
}  # fmt: skip
