"""More Chinese words: rarer nouns, famous places, particles, and characters that pens and keyboards confuse."""

MORE_NOUNS = """
thief 小偷 贼 窃贼|stone_pillar 石柱 石头柱子|graduation_cap 学士帽 博士帽|padded_jacket 棉袄 棉衣 羽绒服|filter 滤芯 过滤网 滤网|water_purifier 净水器|handbag 挎包 单肩包 斜挎包|canvas_bag 帆布袋|tote_bag 托特包|water_heater 热水器|humidifier 加湿器|rangefinder_camera 旁轴相机|tuxedo 燕尾服 礼服|grandson 孙子|granddaughter 孙女|note 纸条 字条|bookmark 书签|straw 吸管|paper_cup 纸杯|lunch_box 饭盒 便当盒|birdcage 鸟笼|coriander 香菜|scallion 葱 葱花 小葱|beef_noodles 牛肉面|dried_fish 鱼干 小鱼干|rice_cooker 电饭锅
little_girl 小女孩 小姑娘|little_boy 小男孩|old_hen 老母鸡|swordfish 剑鱼|sheepdog 牧羊犬|greyhound 灰狗 灵缇|yak 牦牛|cub 幼崽|lynx 猞猁|red_panda 小熊猫|hyena 鬣狗|mantis 螳螂|firefly 萤火虫|silkworm 蚕 蚕宝宝|crane_fly 大蚊|swan_goose 大雁|toucan 巨嘴鸟 犀鸟|chameleon 变色龙|gecko 壁虎|toad 蟾蜍 癞蛤蟆|clam 蛤蜊 蚌|scallop 扇贝|oyster 牡蛎 生蚝|abalone 鲍鱼|sea_cucumber 海参|sea_urchin 海胆|conch 海螺|manatee 海牛|narwhal 独角鲸|orca 虎鲸|beluga 白鲸|manta_ray 魔鬼鱼
rickshaw 黄包车 人力车|tuk-tuk 嘟嘟车|snowplough 铲雪车|road_roller 压路机|concrete_mixer 搅拌车|garbage_truck 垃圾车|hoverboard 平衡车|unicycle 独轮车|roller_skate 轮滑|bean_bag 懒人沙发|screen 屏风|cupboard 橱柜 碗柜|bedside_lamp 床头灯|paper_lamp 纸灯|oil_lamp 油灯 煤油灯|incense_burner 香炉|tea_tray 茶盘|gaiwan 盖碗|wind_instrument 唢呐|gong 锣 铜锣|bamboo_flute 竹笛 箫|drum_kit 架子鼓|tambourine 铃鼓|xylophone 木琴|loudspeaker 大喇叭 扩音器|abacus 算盘|bamboo_basket 竹筐 箩筐|straw_mat 草席 凉席|mosquito_net 蚊帐|feather_duster 鸡毛掸子|clothes_hanger 晾衣架|washboard 搓衣板|hot_water_bottle 热水袋|thermos_flask 暖水瓶 暖壶|enamel_mug 搪瓷杯 搪瓷缸|kite_reel 风筝线轴|brain 大脑 脑子
""".strip()
MORE_PLACES = """
West_Lake 西湖|the_Bund 外滩|Gulangyu 鼓浪屿|Forbidden_City 故宫 紫禁城|Tiananmen_Square 天安门 天安门广场|Potala_Palace 布达拉宫|Mount_Fuji 富士山|Mount_Tai 泰山|Mount_Huangshan 黄山|Mount_Everest 珠穆朗玛峰 珠峰|Yangtze_River 长江|Yellow_River 黄河|Beijing 北京|Shanghai 上海|Hong_Kong 香港|Taipei 台北|Hangzhou 杭州|Suzhou 苏州|Chengdu 成都|Chongqing 重庆|Xi'an 西安|Guangzhou 广州|Shenzhen 深圳|Guilin 桂林|Dunhuang 敦煌|Lhasa 拉萨|Tokyo 东京|Kyoto 京都|Paris 巴黎|London 伦敦|New_York 纽约|Venice 威尼斯|Rome 罗马|Moscow 莫斯科|Sydney 悉尼
subway_platform 地铁站台 地铁月台|moon_surface 月球表面 月面 月球上|mars_surface 火星表面|podium 讲台 讲台上 演讲台|corner 角落 墙角|rooftop 天台 楼顶 屋顶上|food_court 美食广场|barn 牛棚 马厩|pigsty 猪圈|henhouse 鸡舍 鸡窝|internet_cafe 网吧|karaoke_room KTV|alley 胡同 弄堂 里弄|canal 运河|reservoir 水库|dam 大坝|cliff 悬崖 峭壁
""".strip()
MORE_ADJECTIVES = """
canvas 帆布|folding 折叠|cotton 棉 棉布 纯棉|linen 亚麻|fat 胖墩墩 胖滚滚 圆墩墩|silly 傻乎乎 傻傻 呆呆 呆萌|dazed 呆头呆脑|blue 湛蓝湛蓝|shaggy 乱蓬蓬|tiny 小不点|gloomy 阴沉沉 阴森森|bright 亮堂堂|fragrant 香喷喷|white 白花花 白茫茫|black 黑不溜秋|lazy 懒洋洋 懒懒|fierce 凶巴巴 凶猛|pitiful 可怜巴巴 可怜兮兮|curved 弯弯曲曲|glittering 金闪闪 闪闪|dense 密密麻麻|crowded 挤满人|deserted 冷清清 冷冷清清
""".strip()
# Makers whose name is read as a name and not as a word.
BRANDS = "红牛 农夫山泉 王老吉 娃哈哈 旺旺 茅台 大白兔 华为 小米牌 联想 比亚迪 特斯拉 奔驰 宝马 奥迪 丰田 本田 耐克 阿迪达斯 星巴克 麦当劳 肯德基 可口可乐 百事可乐 海尔 格力 索尼 佳能 尼康"
MORE_VERBS = "making_dumplings 包饺子|ordering 点单 点餐|racing 赛跑|digging 挖洞"
# Verbs that say what one thing does with another, as a brief's relation has it.
ACTION_VERBS = {
    **dict.fromkeys("穿 穿着 身穿 戴 戴着 头戴 披着 系着 穿上 戴上".split(), "wearing"),
    **dict.fromkeys(
        "拿 拿着 手拿 手持 举 举着 举起 提着 提 握着 叼着 叼 捧着 撑着 撑 打着 端着 抱着 抱 搂着 手捧".split(),
        "holding",
    ),
    **dict.fromkeys("背 背着 驮着".split(), "carrying"),
    **dict.fromkeys("牵 牵着 领着".split(), "leading"),
    **dict.fromkeys("围着 围绕着 环绕着 围绕 环绕".split(), "surrounding"),
    **dict.fromkeys("开着 驾驶".split(), "driving"),
    "顶着": "on top",
}
PARTICLES = "互相 相互 呗 咯 呐 哟 哇 哎呀 哎 嘿 诶 欸 喔 噢 哩 喽 我家 我们家 他家 她家 顺便 直接 那种 这样的 怎么 怎样 怎么样 如何 哪个 哪里 哪儿 怎么换 怎么装 怎么插 怎么用 最好 一字 老板您好 亲 各位"
NO_MORE = "不放 不加 不准有 不许有 不得有 不能出现 也别出现 别出现 也别 也不要有 别有 都别有 勿 切勿 严禁 别放 别加 不用有 也没有 也别画 没戴 没穿 没拿 没带 不戴 不穿 没有戴 没有穿"
SURNAMES = "李王刘陈杨赵周吴徐孙胡朱郭何罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘董袁蒋杜苏魏吕沈姚卢傅姜崔谭廖汪贾邹孟秦尹薛顾郝龚邵钱严孔"
# Each group sounds or looks alike; where one gives no known word and another gives one, that is what was meant.
CONFUSED = """
囗口 项顶 镜境竟 帽冒 蓝兰篮 戴带袋 在再 座坐 象像向 圆园员 鱼渔 鸭压 晴睛情 青清请蜻 孩核 跑泡炮 桌卓 椅倚 狮师 包抱胞 墙强 塔搭 桥侨 花化华 草早 树竖 海每 蝴糊 蝶碟谍 猫描喵 兔免
鸟乌岛 马玛码 红洪虹 绿录 黄皇 粉份 白百 灰恢 黑嘿 褐喝 橙澄 雪血 雨语 船传 飞非 狗苟够 熊态 虎唬 猴候侯 鹿录 鹅饿 鹤贺 燕雁 龟归 蜂峰锋 蚂妈 蚁蚊 蛇舌 狐弧 狸理 松忪 鼠署 企启 鹰英 鹦婴 鹉武 灯登 笼龙拢 窗窄 床庄
伞散 裙群 裤库 鞋协 袜抹 衫杉 围为 巾斤 手首 套陶 眼演 表标 钟中 杯怀 碗婉 瓶平苹 盘盆 筷快 勺匀 锅祸 壶湖 茶荼 糖塘 蛋但 糕高羔 苹平萍 蕉焦 莓梅霉 萄陶 葡扑 桃逃 梨犁 瓜爪 茄加 椒叔 菇姑 薯署 星醒 阳杨扬 亮量
""".strip()
