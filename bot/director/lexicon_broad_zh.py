"""Chinese words of trades, street food, festivals and chat that a dictionary lacks or glosses too loosely."""

BROAD_NOUNS = """
storyteller 说书先生 说书人 说书的|fisherman 渔翁 老渔翁 渔家 钓鱼佬 钓鱼人|aunt 大婶 婶子 婶婶 阿姆|stall_owner 摊主|book_restorer 古籍修复师|administrator 管理员|swordswoman 女侠 女剑客|interviewer 面试官|fresh_graduate 应届生|storekeeper 店长 店家|ferryman 摆渡人 船夫 艄公|lock_repairer 修锁匠|fishmonger 鱼贩 卖鱼佬|hairdresser 美发师 托尼老师|projectionist 放映员|conductor 列车员 售票员|dispatcher 调度员|referee 边裁 裁判|net_friend 网友|street_performer 街头艺人|newscaster 播音员|groundskeeper 护林员|beautician 美容师 美甲师|dj DJ|old_villager 老乡|middle-aged_person 中年人|elderly_couple 老两口|salted_fish 咸鱼|granddaughter 外孙女|grandson 外孙|nurse 护士阿姨 护士姐姐|policeman 警察叔叔 民警|postman 邮差|worker 打工人|matchmaker 红娘 媒婆
gavel 醒木 惊堂木|hair_tie 头绳 皮筋 发圈 橡皮筋|bouquet 手捧花 捧花|well_edge 井沿|figurine 摆件 手办 小摆件|dashboard 仪表台 仪表盘 中控台|harvester 收割机 联合收割机|scanner 扫码枪 扫描枪|felt_hat 毡帽|lemon_tea 冻柠茶 柠檬茶 冻柠|oil-splashed_noodles 油泼面 油泼辣子面|qingtuan 青团 青团子|willow_branch 柳条 柳枝|slate 青石板 石板|shaved_noodles 刀削面|parcel_locker 快递柜 丰巢|red_cross_mark 红叉|long_table 长桌|grand_piano 三角钢琴|water_pump 压水井|short_flute 短笛|ham_sausage 火腿肠|nameplate 名牌 铭牌|spatula 锅铲 炒勺|vat 大缸 水缸 缸 米缸 酱缸|edge 边沿 边缘|red_bull_can 红牛罐|egg_waffle 鸡蛋仔|fish_ball 鱼丸 鱼蛋|prawn_dumpling 虾饺|siu_mai 烧卖 烧麦|pineapple_bun 菠萝包|stinky_tofu 臭豆腐|grilled_squid 烤鱿鱼 铁板鱿鱼|roasted_sweet_potato 烤红薯 烤地瓜|mantis_shrimp 濑尿虾|steamed_roll 花卷|soup_dumpling 小笼包 灌汤包|oden 关东煮|pickle 咸菜 泡菜 酸菜|smoked_meat 腊肉 熏肉|sausage 腊肠 香肠|persimmon_cake 柿饼|sesame_ball 麻团|sachima 沙琪玛|milk_foam 奶泡|bubble_tea 珍珠奶茶|coconut 椰子 椰青|baby's_breath 满天星
cat_litter_box 猫砂盆|cat_teaser 逗猫棒|cat_food 猫粮|phone_case 手机壳|canvas_bag 帆布包|fridge_magnet 冰箱贴|standee 立牌|blackboard_eraser 黑板擦|loofah 丝瓜|wax_apple 莲雾|selfie_stick 自拍杆|red_carpet 红毯|boarding_pass 登机牌|double_happiness_sign 喜字 囍字|wedding_candy 喜糖|cloth_tiger 布老虎|rattle_drum 拨浪鼓|bamboo_dragonfly 竹蜻蜓|sandbag 沙包 沙袋|shuttlecock 毽子|chinese_chess_set 象棋|dough_figurine 面人|pottery_wheel 陶轮 拉坯机|embroidery_hoop 刺绣绷 绣绷|tricycle 小三轮 三轮 三蹦子|sidecar 挎斗|waterproof_boots 雨鞋 水靴|swim_ring 泳圈 游泳圈|life_jacket 救生衣|steam 白气 白烟 热气 水汽 蒸汽|magnifying_glass 放大镜 老花放大镜|reading_glasses 老花镜|glow_stick 荧光棒|light_sign 灯牌|ring_light 补光灯|curling_iron 卷发棒|hair_roller 卷发筒|hair_clippers 理发推子 推子|shaver 剃须刀|thermos 保温壶|gas_cylinder 煤气罐|pressure_cooker 高压锅|clay_pot 砂锅|charcoal_grill 烧烤架 烤架|tablecloth 台布|water_gun 水枪|sprinkler 洒水器|dumpling_wrapper 饺子皮|bicycle_basket 车筐 车篓|back_seat 后座 车后座|clothes_rack 晾衣架|clothes_pole 晾衣杆 竹竿|road_roller 压路机|shoulder_pole 扁担|dustpan 簸箕|wind_chime 风铃|cricket 蛐蛐|katydid 蝈蝈|goldfish_bowl 金鱼缸|white_egret 白鹭|sea_otter 海獭|arctic_fox 北极狐|snow_leopard 雪豹|tibetan_antelope 藏羚羊|finless_porpoise 江豚|tabby_cat 狸花|orange_cat 大橘|leaf_fan 蒲扇 芭蕉扇|banana_plant 芭蕉|flag 锦旗|certificate 奖状 荣誉证书 证书|qingming_flag 酒旗|shop_sign 招牌 店招|invitation 邀请函 请帖 请柬|stage_light 追光 舞台灯|mooncake_box 月饼盒|guide_sign 指路牌|parking_space 车位|moped 小电驴|tire 轮胎|charm 挂件 小挂件|calico_cat 花猫|door_gap 门缝|floating_lantern 荷花灯 河灯|longevity_peach 仙桃 蟠桃|palace_lantern 宫灯|jack 千斤顶|server 服务器|wrist_rest 腕托|tree_hole 树洞|shadow_puppet 皮影|sedan_chair 花轿|pottery_bowl 粗陶碗 陶碗|earthenware_jar 陶罐 土陶罐|blue-and-white_porcelain 青花瓷
""".strip()
BROAD_PLACES = """
tofu_workshop 豆腐坊|wet_market 菜场 菜市|parking_garage 地下车库 地库|stone_path 石板路 石子路|slate_alley 石板巷 青石巷|far_bank 对岸|city_wall 城墙 城墙上 城楼|bus_stop 公交站台|driver's_cab 驾驶室|tea_restaurant 茶餐厅|haunted_house 鬼屋|blacksmith's_shop 铁匠铺|bun_shop 包子铺|farmyard 农家小院 农家院子|outer_ring_road 环路|rooftop 天台 楼顶|exam_hall 考场|delivery_room 产房|village_street 村道|pedestrian_bridge 过街天桥|mahjong_parlour 麻将馆 棋牌室|hair_salon 美发店 发廊|nail_salon 美甲店|pet_clinic 宠物医院|veterinary_clinic 兽医站|kindergarten 幼儿园|nursing_home 养老院 敬老院|service_area 服务区|toll_station 收费站|sandbox 沙坑|ball_pit 海洋球池|photo_studio 照相馆|karaoke_room 包厢|ferry 轮渡|tatami_room 榻榻米
""".strip()
BROAD_ADJECTIVES = """
shirtless 光着膀子 光膀子 赤膊|side-by-side 并排 并肩|ponytailed 扎马尾 扎着马尾 梳马尾|coarse_pottery 粗陶|peeling 掉漆 脱漆 掉皮|asleep 睡着 睡着了 睡着的|shy 社恐|healing 治愈 治愈系 疗愈|gentle 柔和|reluctant 不情愿 不情不愿|guilty 心虚|aggrieved 委屈 委屈屈|one-eared 独耳 缺耳|brand-new 全新|mini 袖珍|stray 流浪|sticky 黏糊糊 黏|sparkling 闪亮亮 亮闪闪|crumpled 皱 皱皱|hairy 毛糙 毛茸|slim 苗条 纤细|barren 光秃|flat 扁 扁扁|pointed 尖 尖尖 尖顶|low 矮矮|dazed 懵 一脸懵|rosy 红扑扑 红润|greasy 油腻 油乎乎 油汪汪|thick 厚实 浓|grand 气派 霸气|naive 憨 憨憨 憨态可掬|composed 淡定 从容|stunned 愣住 发愣|melted 化掉 融化了|toppled 倒了 翻倒 倒下|broken-down 抛锚|broken 断裂 断了|cracked 裂了 裂缝|leaky 漏水 漏雨|half-open 半掩 虚掩 半开着|ajar 敞开 敞着|steamed 清蒸|salt-and-pepper 椒盐|braised 红烧 卤|pickled 腌制|frozen 冻|iced 冰
""".strip()
BROAD_VERBS = """
reading 念诗 翻看 翻书|cutting_hair 剪头发 剪发 理发 剃头|frothing_milk 打奶泡|djing 打碟|swinging_fan_dance 舞扇子|doing_fan_dance 跳扇子舞 扇子舞|square_dancing 跳广场舞|repairing_shoes 修鞋|mending_umbrellas 修伞|repairing_watches 修表|making_a_call 通电话|slipping 滑倒 打滑|falling_over 摔倒 摔了一跤 摔跤了|pulling_a_tooth 拔牙|getting_an_injection 打针|on_a_drip 打点滴 输液 挂水|blow-drying 吹头发|falling_asleep 睡着了|sleeping_face_down 趴着睡着 趴着睡着了|squatting 圪蹴|eating 咥 恰 吃着 大口吃|practising_swordplay 练剑 舞剑|swaying 飘飘|chasing 撵 撵着|stuck 堵 被堵 堵住|overflowing 漫 溢 漫出|arranged_in_a_circle 摆成一圈 围成一圈 站成一圈 坐成一圈 排成一圈|waiting 等车 等人 等公交 等红灯|road-tripping 自驾 自驾游|closing_eyes 闭着眼 闭着眼睛 闭眼|sharpening 磨|unplugging 拔 拔掉|collecting 收|singing_opera 唱戏|telling_stories 说书|watching_opera 看戏 听戏|sighing 叹气 叹息|hatching 孵蛋|steaming 蒸|guessing_riddles 猜灯谜|paying_new_year_calls 拜年|handing_out 派发|looking_back 回头看|looking_up 抬头看|looking_down 低头看|peeping 扒门缝|wiping_tears 抹眼泪 擦眼泪|spacing_out 走神 放空|hugging 抱抱|cuddling 贴贴|stealing_food 偷吃|napping 打个盹 眯觉|clinking_glasses 碰杯|playing_hide_and_seek 躲猫猫 捉迷藏|skipping_stones 打水漂|catching_crickets 斗蛐蛐|picking_tea 采茶|transplanting_rice 插秧|threshing 打谷|drying_grain 晒谷|making_pots 拉坯
""".strip()
BROAD_COLOURS = "champagne 香槟色|beige 米色 米白色 米白 杏色 裸色|grey 银灰 银灰色|navy 藏青 藏青色 藏蓝 藏蓝色 海军蓝|turquoise 湖蓝 湖蓝色 孔雀蓝|teal 青绿 青绿色 松石绿|burgundy 酒红 酒红色 枣红 枣红色|khaki 卡其 卡其色|cream 奶油色 奶白 奶白色|green 薄荷绿 薄荷色 橄榄绿 军绿 军绿色 墨绿 墨绿色|magenta 玫红 玫红色 玫瑰红|pink 珊瑚色 珊瑚粉 蜜桃色 蜜桃粉 桃粉|lilac 香芋紫 丁香紫 淡紫色|cyan 天青 天青色|yellow 柠檬黄|brown 焦糖色 驼色"
# What one does to another that a coverb tells.
BROAD_ACTIONS = {
    **dict.fromkeys("对着 面对 面向 正对着".split(), "facing"),
    **dict.fromkeys("系 系上".split(), "wearing"),
}
BROAD_TIMES = "night 月下 夜幕下 月夜下"
BROAD_STYLES = "shadow_puppet 皮影戏风格 皮影风 皮影风格|new_year_painting 年画 年画风 年画风格|paper_cut 窗花风|ink 水墨效果|risograph 孔版 孔版印刷|y2k 千禧风 Y2K风|batik 蜡染 蜡染风|blue-and-white_porcelain 青花瓷风|cloisonne 景泰蓝风|embroidery 苏绣 湘绣|rubber_stamp 印章风 橡皮章|screen_print 丝网印刷 丝网版画|crochet 钩针 钩织风|clay 软陶"
# What people have pictures made for; none of it is drawn.
BROAD_FORMATS = "值日表 课程表 日程表 时间表 排班表 名单 邀请卡 喜帖 提醒图 提示图 梗图 首图 会员日 招聘 招生 招募 节目单 门贴 车贴 班牌 装饰画 床头画 宣传图 科普图 鼓励卡 打卡图 打卡 签到 朋友圈图 群图 班会 课件 寻狗启事 寻猫启事 寻物启事 启事 社团 文宣 联名款 周边图 封底 扉页 内页 插图页 手账 贺图 海报用 背景板 背景墙 应援 应援图 战队 战队头像 贴图 通知配图 门牌图 温馨提示 告示 提醒"
BROAD_SKIPPED = "味儿 帮做 帮画 帮弄 帮忙做 朝 朝着 冲着 天色 上联 下联 横批 视角 角度 镜头 真是 采光 念想 气势 手感 满屋子 满屋 满院 满街 满村 满地 统一 老是 又一次 来着 罢了 而已 居委会 中介 求助 善终 起个名 满眼 一脸 最舍不得 舍不得 谁懂啊 谁懂 嗷嗷 哈欠连天 各自的 俩人 两人 咱队 我队 咱班 我班 咱店 我店 咱村 新款 限定 限量 福利 优惠 打折 主打 主打一个 招笑 马上 第一个 第二个 第三个 第四个 超有 超级无敌 多点 多一点 素一点 淡一点 整点 就够了 够了"
_TENS = {"二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
DECADES = {
    f"{before}{said}年代": f"19{tens}0s"
    for ten, tens in _TENS.items()
    for before, said in (("", f"{ten}十"), ("", f"{tens}0"), ("上世纪", f"{ten}十"), ("上世纪", f"{tens}0"))
}
# What a picture is made for, which nobody draws where nothing counts it or stands in it.
OCCASIONS = frozenset(
    "婚礼 生日 满月 周岁 百日 毕业 毕业典礼 聚会 同学聚会 年会 团建 晚会 比赛 运动会 开业 周年 周年庆 讲座 培训 会议 面试 入职 读书会 家长会 招聘会 音乐节 漫展 展览 作品展 促销 春节 元旦 清明 清明节 中秋 端午 七夕 重阳 国庆 圣诞 圣诞节 万圣节 感恩节 父亲节 母亲节 教师节 儿童节 情人节 双十一 朗诵 早会 例会 答辩 军训 升学宴 寿宴 乔迁 校庆 艺术节 科技节 文化节 跨年 新年 拜年 halloween christmas birthday wedding easter thanksgiving anniversary".split()
)
BROAD_LOCATIONS = {
    "隔篱": "next to", "沿上": "on", "头顶上方": "above", "正当中": "between", "顶儿": "on", "里边儿": "inside",
    "旮旯": "inside", "后背": "behind", "正对面": "in front of", "左手": "left of", "右手": "right of",
}  # fmt: skip
