"""Chinese words that the director knows, each with the English word that it stands for in a brief."""

import re

from bot.director import lexicon_broad_zh, lexicon_more_zh, lexicon_open_zh, lexicon_verbs_zh, lexicon_wide_zh
from bot.director.style_names import chinese_names

_NOUNS = """
cat 猫 猫咪 喵星人 猫猫|kitten 小猫 小猫咪 幼猫 奶猫|dog 狗 狗狗 犬|puppy 小狗 幼犬 小奶狗|horse 马 骏马|pony 小马|cow 牛 奶牛 母牛|bull 公牛|pig 猪|piglet 小猪|sheep 羊 绵羊|lamb 小羊 羊羔|goat 山羊|donkey 驴 毛驴|camel 骆驼
rabbit 兔 兔子 小兔子 小兔|mouse 老鼠 小老鼠 鼠|hamster 仓鼠|squirrel 松鼠 小松鼠|hedgehog 刺猬|fox 狐狸 小狐狸|wolf 狼|bear 熊 小熊 棕熊|polar_bear 北极熊|panda 熊猫 大熊猫 小熊猫|koala 考拉|kangaroo 袋鼠|lion 狮子 狮|tiger 老虎 虎|leopard 豹子 豹 猎豹|elephant 大象 象 小象
giraffe 长颈鹿|zebra 斑马|monkey 猴子 猴 小猴子|gorilla 猩猩 大猩猩|deer 鹿 小鹿 梅花鹿|reindeer 驯鹿|moose 驼鹿|otter 水獭|raccoon 浣熊|bird 鸟 小鸟 鸟儿|parrot 鹦鹉|owl 猫头鹰|eagle 老鹰 鹰|crow 乌鸦|sparrow 麻雀|swallow 燕子|pigeon 鸽子|seagull 海鸥|duck 鸭子 鸭|duckling 小鸭子 小鸭|goose 鹅|swan 天鹅|chicken 鸡|hen 母鸡|rooster 公鸡|chick 小鸡|peacock 孔雀|flamingo 火烈鸟|crane 鹤 仙鹤 丹顶鹤|penguin 企鹅 小企鹅
fish 鱼 小鱼|goldfish 金鱼|shark 鲨鱼|whale 鲸 鲸鱼|dolphin 海豚|seal 海豹|octopus 章鱼|jellyfish 水母|crab 螃蟹|lobster 龙虾|shrimp 虾|starfish 海星|seahorse 海马|koi 锦鲤|turtle 乌龟 海龟 龟|frog 青蛙 蛙|lizard 蜥蜴|crocodile 鳄鱼|snake 蛇|dinosaur 恐龙 小恐龙|dragon 龙 巨龙 飞龙|unicorn 独角兽|phoenix 凤凰|bee 蜜蜂|butterfly 蝴蝶|dragonfly 蜻蜓|ladybug 瓢虫|ant 蚂蚁|spider 蜘蛛|caterpillar 毛毛虫|snail 蜗牛|corgi 柯基|husky 哈士奇|shiba 柴犬|golden_retriever 金毛 金毛犬|alpaca 羊驼|capybara 水豚 卡皮巴拉|animal 动物 小动物|monster 怪兽 怪物
person 人 人物 路人|people 人们 人群 行人|man 男人 男子 男士 大叔|woman 女人 女子 女士|boy 男孩 男孩子 小男孩 男生|girl 女孩 女孩子 小女孩 姑娘 小姑娘 女生 少女|child 孩子 小孩 儿童 小朋友 小孩子 娃娃|baby 婴儿 宝宝 小宝宝|teenager 少年 青少年|old_man 老人 老爷爷 老头|old_woman 老奶奶 老太太|grandfather 爷爷 外公|grandmother 奶奶 外婆|father 爸爸 父亲|mother 妈妈 母亲|couple 情侣 夫妻 夫妇|family 一家人 家庭|friend 朋友|king 国王|queen 女王 王后|prince 王子|princess 公主|knight 骑士|soldier 士兵 军人|warrior 战士 武士|samurai 日本武士|ninja 忍者|pirate 海盗|cowboy 牛仔|wizard 巫师 魔法师|witch 女巫 巫婆|fairy 精灵 仙子 小仙女|ghost 鬼 幽灵|vampire 吸血鬼|zombie 僵尸|alien 外星人|robot 机器人 小机器人|astronaut 宇航员 航天员 太空人
doctor 医生 大夫|nurse 护士|teacher 老师 教师|student 学生|scientist 科学家|engineer 工程师|programmer 程序员|artist 艺术家|painter 画家|musician 音乐家|singer 歌手|dancer 舞者|chef 厨师 大厨|waiter 服务员|farmer 农民 农夫|fisherman 渔夫 渔民|firefighter 消防员|policeman 警察|pilot 飞行员|driver 司机|sailor 水手|captain 船长|courier 快递员 快递小哥 外卖员 外卖小哥 骑手|worker 工人|agent 客服 客服人员 坐席|customer 顾客 客户|colleague 同事|boss 老板|clown 小丑|magician 魔术师|superhero 超级英雄|detective 侦探|monk 和尚 僧人|angel 天使|snowman 雪人|skeleton 骷髅|bride 新娘|groom 新郎|athlete 运动员|mermaid 美人鱼|tourist 游客|technician 技术员 维修工 维修人员|mascot 吉祥物|santa 圣诞老人
hat 帽子 帽|cap 棒球帽 鸭舌帽|helmet 头盔 安全帽|crown 皇冠 王冠|scarf 围巾|glove 手套|shirt 衬衫|t-shirt T恤 t恤|jacket 夹克 外套|coat 大衣|raincoat 雨衣|sweater 毛衣|dress 裙子 连衣裙 长裙|skirt 短裙|trousers 裤子|jeans 牛仔裤|sock 袜子|shoe 鞋 鞋子|boot 靴子|glasses 眼镜|sunglasses 墨镜 太阳镜|mask 面具 口罩|tie 领带|bow_tie 领结 蝴蝶结|apron 围裙|cape 披风 斗篷|robe 长袍 袍子|kimono 和服|hanfu 汉服|suit 西装 西服|uniform 制服 校服|spacesuit 宇航服 太空服|headphones 耳机|headset 耳麦|watch 手表|necklace 项链|ring 戒指|ribbon 丝带 彩带|backpack 背包 书包|clothes 衣服|qipao 旗袍
car 车 汽车 小汽车 轿车 小车|sports_car 跑车|bus 公交车 巴士 公共汽车|school_bus 校车|truck 卡车 货车|van 面包车|taxi 出租车|train 火车 列车|subway_train 地铁列车|high-speed_train 高铁|tram 电车 有轨电车|bicycle 自行车 单车 脚踏车|motorcycle 摩托车 摩托|scooter 滑板车 电动车|skateboard 滑板|tractor 拖拉机|excavator 挖掘机|ambulance 救护车|fire_truck 消防车|police_car 警车|plane 飞机|helicopter 直升机|drone 无人机|rocket 火箭|spaceship 飞船 宇宙飞船 太空船|ufo 飞碟|satellite 卫星|hot_air_balloon 热气球|balloon 气球|boat 船|ship 轮船 大船|sailboat 帆船|submarine 潜水艇 潜艇|carriage 马车|sled 雪橇|surfboard 冲浪板|kite 风筝|parachute 降落伞
house 房子 房屋 小屋 小房子 屋子|hut 茅屋|wooden_house 木屋 小木屋|tent 帐篷|igloo 冰屋|castle 城堡|palace 宫殿|tower 塔|lighthouse 灯塔|windmill 风车|barn 谷仓|church 教堂|temple 寺庙 庙|pavilion 亭子 凉亭|pagoda 宝塔|skyscraper 摩天大楼 高楼 摩天楼|building 楼 大楼 建筑|bridge 桥|gate 大门|door 门|window 窗户 窗 窗子|roof 屋顶|wall 墙 墙壁|windowsill 窗台|wheel 轮子 车轮|lotus_leaf 荷叶|fence 栅栏 篱笆|stairs 楼梯 台阶|ladder 梯子|fountain 喷泉|statue 雕像|treehouse 树屋|mailbox 邮箱 信箱|sign 牌子 招牌 标牌 指示牌 木牌|billboard 广告牌|poster 海报|banner 横幅|flag 旗 旗帜 旗子|street_lamp 路灯|traffic_light 红绿灯|snow_mountain 雪山
chair 椅子 椅|sofa 沙发|bench 长椅 长凳|stool 凳子|table 桌子 桌 餐桌|desk 书桌 办公桌|bed 床|wardrobe 衣柜|bookshelf 书架|shelf 架子 货架|drawer 抽屉|cabinet 柜子|lamp 台灯|light 灯 灯光|ice 冰 冰块|lantern 灯笼|candle 蜡烛|mirror 镜子|clock 钟 时钟 钟表|alarm_clock 闹钟|carpet 地毯|curtain 窗帘|pillow 枕头|cushion 垫子 靠垫|blanket 毯子 被子|painting 油画作品 挂画|vase 花瓶|pot 花盆 锅|fridge 冰箱|oven 烤箱|microwave 微波炉|washing_machine 洗衣机|bathtub 浴缸|fan 风扇 电扇|fireplace 壁炉|towel 毛巾|broom 扫帚|bucket 桶 水桶
cup 杯子 杯|mug 马克杯|teacup 茶杯|teapot 茶壶|glass 玻璃杯|bottle 瓶子 瓶|bowl 碗|plate 盘子|fork 叉子|knife 刀 刀子|spoon 勺子|chopsticks 筷子|basket 篮子|box 盒子 箱子 纸箱 纸盒|bag 包 袋子|suitcase 行李箱|handbag 手提包|wallet 钱包|umbrella 伞 雨伞|parasol 遮阳伞 太阳伞|key 钥匙|lock 锁|rope 绳子|gift 礼物 礼盒|parcel 包裹 快递 快递包裹 快递盒|envelope 信封|letter 信|postcard 明信片|card 卡片 卡|bank_card 银行卡|credit_card 信用卡|book 书 书本|notebook 笔记本|newspaper 报纸|pen 笔 钢笔|pencil 铅笔|paintbrush 画笔 毛笔|scissors 剪刀|paper 纸|map 地图|calendar 日历|blackboard 黑板|whiteboard 白板|folding_fan 扇子 折扇|firecracker 鞭炮|red_envelope 红包|paper_plane 纸飞机|paper_boat 纸船
computer 电脑 计算机|laptop 笔记本电脑 手提电脑|tablet 平板 平板电脑|phone 手机 电话|screen 屏幕 显示屏|monitor 显示器|keyboard 键盘|computer_mouse 鼠标|printer 打印机|scanner 扫描仪|router 路由器|modem 调制解调器 光猫|switch 交换机|server 服务器|cable 线缆 电缆 数据线 线|network_cable 网线|power_cable 电源线|plug 插头|socket 插座|charger 充电器|battery 电池|power_bank 充电宝|usb_stick U盘 u盘 优盘|speaker 音箱 音响|microphone 麦克风 话筒|camera 相机 照相机|webcam 摄像头|television 电视 电视机|remote 遥控器|radio 收音机|game_controller 游戏手柄 手柄|chip 芯片|light_bulb 灯泡|indicator_light 指示灯 信号灯|flashlight 手电筒|button 按钮|calculator 计算器|telescope 望远镜|microscope 显微镜|globe 地球仪|sword 剑 宝剑|shield 盾牌|hammer 锤子|screwdriver 螺丝刀|wrench 扳手|gear 齿轮|toolbox 工具箱|trophy 奖杯|medal 奖牌|ticket 票 车票|gift_card 礼品卡|sim_card SIM卡 sim卡 电话卡
guitar 吉他|piano 钢琴|violin 小提琴|drum 鼓|flute 笛子|guzheng 古筝|ball 球 皮球|football 足球|basketball 篮球|volleyball 排球|tennis_ball 网球|doll 洋娃娃 布娃娃 玩偶|teddy_bear 泰迪熊 玩具熊|toy 玩具|swing 秋千|slide 滑梯|ferris_wheel 摩天轮|carousel 旋转木马|firework 烟花 焰火|cake 蛋糕|birthday_cake 生日蛋糕|candy 糖果 糖|apple 苹果|pear 梨|orange 橙子 橘子|banana 香蕉|lemon 柠檬|grape 葡萄|cherry 樱桃|strawberry 草莓|blueberry 蓝莓|watermelon 西瓜|pineapple 菠萝|mango 芒果|peach 桃子 桃|coconut 椰子|tomato 番茄 西红柿|potato 土豆|carrot 胡萝卜|cabbage 白菜|corn 玉米|pumpkin 南瓜|mushroom 蘑菇|pepper 辣椒|bread 面包|sandwich 三明治|hamburger 汉堡 汉堡包|pizza 披萨 比萨|noodles 面条 拉面|rice 米饭|dumpling 饺子|baozi 包子|mooncake 月饼|zongzi 粽子|sushi 寿司|hot_pot 火锅|steak 牛排|egg 鸡蛋 蛋|cheese 奶酪|pancake 煎饼|cookie 饼干|donut 甜甜圈|chocolate 巧克力|ice_cream 冰淇淋 雪糕 冰激凌|coffee 咖啡|tea 茶|milk 牛奶|juice 果汁|milk_tea 奶茶|beer 啤酒|wine 红酒 葡萄酒|water 水|soup 汤|fruit 水果|popcorn 爆米花
tree 树 树木|pine_tree 松树|palm_tree 棕榈树 椰子树 椰树|willow 柳树 垂柳|cherry_tree 樱花树|apple_tree 苹果树|maple_tree 枫树|christmas_tree 圣诞树|cherry_blossom 樱花|plum_blossom 梅花|flower 花 花朵 鲜花 小花|rose 玫瑰 玫瑰花|tulip 郁金香|sunflower 向日葵|lotus 荷花 莲花|orchid 兰花|lily 百合|daisy 雏菊|peony 牡丹|lavender 薰衣草|leaf 叶子 树叶|branch 树枝|grass 草 小草|bamboo 竹子|cactus 仙人掌|sun 太阳|moon 月亮 圆月 满月|crescent_moon 弯月 月牙|star 星星 星|planet 行星 星球|earth 地球|galaxy 银河|rainbow 彩虹|cloud 云 云层 白云 云朵 云彩|lightning 闪电|iceberg 冰山|volcano 火山|waterfall 瀑布|rock 岩石|stone 石头|shell 贝壳|feather 羽毛|snowflake 雪花|wave 海浪 波浪|campfire 篝火|fire 火|crystal 水晶|diamond 钻石|coin 硬币 金币|treasure_chest 宝箱|heart 爱心 心|circle 圆圈 圆形|square 方块|triangle 三角形|cube 立方体|sphere 球体 圆球|bubble 泡泡 气泡|logo 标志 logo|icon 图标|bonsai 盆栽 盆景|potted_plant 绿植|scarecrow 稻草人|hammock 吊床|sandcastle 沙堡|chess 国际象棋|text 文字 字|watermark 水印|shadow 影子 阴影|background 背景
typewriter 打字机|tablecloth 桌布 餐布|rain_boot 雨靴 雨鞋|charging_cable 充电线 充电线缆|latte 拿铁 拿铁咖啡|cappuccino 卡布奇诺|espresso 浓缩咖啡|americano 美式咖啡|hot_chocolate 热可可 热巧克力|cola 可乐|soda 汽水|lemonade 柠檬水|cocktail 鸡尾酒|parasol 遮阳伞 太阳伞 阳伞|paper_umbrella 油纸伞|rubber_duck 橡皮鸭 小黄鸭|foal 小马驹 马驹|calf 小牛 牛犊|fawn 幼鹿|wolf_cub 小狼|tiger_cub 小老虎|lion_cub 小狮子|bear_cub 小熊崽|dragon 小龙 火龙|loach 泥鳅|carp 鲤鱼|squid 鱿鱼 乌贼|whale_shark 鲸鲨|bat 蝙蝠|mole 鼹鼠|badger 獾|beaver 河狸|sloth 树懒|rhino 犀牛|hippo 河马|buffalo 水牛|yak 牦牛|antelope 羚羊|ostrich 鸵鸟|magpie 喜鹊|woodpecker 啄木鸟|hummingbird 蜂鸟|mandarin_duck 鸳鸯|pelican 鹈鹕|puffin 海鹦|cicada 蝉 知了|firefly 萤火虫|cricket 蟋蟀|grasshopper 蚂蚱 蝗虫|beetle 甲虫|mosquito 蚊子|fly 苍蝇|scorpion 蝎子|worm 蚯蚓 虫子|poodle 贵宾犬 泰迪|labrador 拉布拉多|bulldog 斗牛犬|pug 巴哥犬|dachshund 腊肠犬|dalmatian 斑点狗|border_collie 边牧 边境牧羊犬|samoyed 萨摩耶|ragdoll_cat 布偶猫|siamese_cat 暹罗猫|persian_cat 波斯猫|tabby_cat 狸花猫 虎斑猫|calico_cat 三花猫 三花|tyrannosaurus 霸王龙|triceratops 三角龙
ballerina 芭蕾舞者 芭蕾舞演员|guitarist 吉他手|drummer 鼓手|violinist 小提琴手|pianist 钢琴家|photographer 摄影师|journalist 记者|barber 理发师|baker 面包师|barista 咖啡师|gardener 园丁|hunter 猎人|miner 矿工|electrician 电工|plumber 水管工|carpenter 木匠|mechanic 修车工 机修工|judge 法官|lawyer 律师|designer 设计师|cashier 收银员|cleaner 清洁工 保洁|security_guard 保安|postman 邮递员|delivery_man 送货员|salesperson 售货员 店员|manager 经理|presenter 主持人|cyclist 骑行者|runner 跑者|skier 滑雪者|surfer 冲浪者|diver 潜水员|hiker 登山者 徒步者|boxer 拳击手|footballer 足球运动员|grandmother 姥姥|grandfather 姥爷|sister 姐姐 妹妹|brother 哥哥 弟弟|son 儿子|daughter 女儿|twins 双胞胎|uncle 叔叔|aunt 阿姨|guest 客人|crowd 观众|elf 小精灵|devil 恶魔 魔鬼|god 神仙|emperor 皇帝|emperor 皇上|swordsman 剑客 侠客|archer 弓箭手|mummy 木乃伊|yeti 雪怪|gnome 地精 小矮人|cyborg 半机械人|android 仿生人
slipper 拖鞋|sneaker 运动鞋 球鞋|high_heel 高跟鞋|sandal 凉鞋|hoodie 卫衣|vest 背心 马甲|pyjamas 睡衣|swimsuit 泳衣|shorts 短裤|belt 腰带 皮带|earring 耳环|bracelet 手链 手镯|goggles 护目镜 泳镜|straw_hat 草帽|top_hat 礼帽 高帽|santa_hat 圣诞帽|wreath 花环 花圈|veil 头纱 面纱|wedding_dress 婚纱|armour 盔甲 铠甲|lab_coat 白大褂|name_tag 胸牌 工牌|collar 项圈|bell 铃铛|mitten 连指手套|beret 贝雷帽|beanie 毛线帽|bandage 绷带|crutch 拐杖|cane 手杖|wheelchair 轮椅|stroller 婴儿车
jeep 吉普车|pickup_truck 皮卡 皮卡车|race_car 赛车|convertible 敞篷车|camper_van 房车|electric_car 电动汽车|tricycle 三轮车|shopping_cart 购物车|cart 手推车 推车|forklift 叉车|crane 吊车 起重机|steam_train 蒸汽火车|maglev_train 磁悬浮列车|cable_car 缆车|airship 飞艇|fighter_jet 战斗机|glider 滑翔机|space_station 空间站|rover 月球车 火星车|canoe 独木舟|kayak 皮划艇|yacht 游艇|ferry 渡轮|cargo_ship 货轮|cruise_ship 邮轮 游轮|pirate_ship 海盗船|fishing_boat 渔船|raft 木筏 竹筏|lifebuoy 救生圈|anchor 锚 船锚|paddle 船桨 桨|dragon_boat 龙舟
cottage 村舍 农舍|villa 别墅|shack 棚子 棚屋|chimney 烟囱|well 水井 井|pier 栈桥|dock 船坞|stage_curtain 幕布|phone_booth 电话亭|newsstand 报刊亭|kiosk 售货亭|vending_machine 自动售货机 贩卖机 售货机|bus_stop_sign 站牌|road_sign 路牌 路标|stop_sign 停车标志|traffic_cone 路锥 交通锥|manhole 井盖|trash_can 垃圾桶 垃圾箱|fire_hydrant 消防栓|power_pole 电线杆|street_stall 小摊 摊位|greenhouse 温室 大棚|wind_turbine 风力发电机|solar_panel 太阳能板 太阳能电池板|water_wheel 水车|stone_bridge 石桥|suspension_bridge 吊桥|arch_bridge 拱桥|great_wall 长城|pyramid 金字塔|archway 牌坊|stone_lion 石狮子|tombstone 墓碑|totem 图腾|snow_house 雪屋|swing_chair 吊椅|rocking_chair 摇椅|armchair 扶手椅 单人沙发|deckchair 躺椅 沙滩椅|office_chair 办公椅 转椅|coffee_table 茶几|bedside_table 床头柜|dressing_table 梳妆台|bunk_bed 上下铺|crib 婴儿床|coat_rack 衣架 衣帽架|shoe_rack 鞋架|floor_lamp 落地灯|desk_lamp 护眼灯|chandelier 吊灯|neon_sign 霓虹灯 霓虹灯牌|string_lights 彩灯 串灯|spotlight 聚光灯|floor 地板|tile 瓷砖|doorbell 门铃|door_handle 门把手|keychain 钥匙扣|safe 保险箱 保险柜|picture_frame 相框 画框|album 相册|easel 画架|palette 调色板 调色盘|canvas 画布|paint_bucket 油漆桶|crayon 蜡笔盒|ruler 尺子|eraser 橡皮|stapler 订书机|paper_clip 回形针|folder 文件夹|file 文件 文档|contract 合同|invoice 发票 账单|receipt 收据 小票|clipboard 写字板|sticky_note 便利贴 便签|stamp 邮票|seal 印章|business_card 名片|id_card 身份证 工卡|passport 护照|couplets 春联 对联|scroll 卷轴 画卷|ink_stone 砚台|abacus 算盘|hourglass 沙漏|compass 指南针 罗盘|magnifying_glass 放大镜|thermometer 温度计|scale 秤 天平|syringe 注射器 针筒|pill 药片 药丸|medicine_bottle 药瓶|stethoscope 听诊器|first_aid_kit 急救箱|toothbrush 牙刷|toothpaste 牙膏|comb 梳子|soap 肥皂|sponge 海绵|shower 淋浴 花洒|toilet 马桶|sink 水槽 洗手池|faucet 水龙头|tap 龙头|hairdryer 吹风机|iron 熨斗|vacuum_cleaner 吸尘器|robot_vacuum 扫地机器人|sewing_machine 缝纫机|air_conditioner 空调|heater 暖气 取暖器|kettle 水壶 烧水壶 热水壶|thermos 保温杯 保温瓶|rice_cooker 电饭煲 电饭锅|frying_pan 平底锅 煎锅|wok 炒锅|toaster 烤面包机|blender 搅拌机|coffee_machine 咖啡机|stove 炉子 灶台 炉灶|dishwasher 洗碗机|tray 托盘|jar 罐子 玻璃罐 坛子|can 易拉罐|barrel 酒桶|cage 笼子 鸟笼|fish_tank 鱼缸|bird_nest 鸟巢 鸟窝|beehive 蜂巢 蜂窝|spider_web 蜘蛛网|doghouse 狗窝 狗屋|cat_bed 猫窝|cat_tree 猫爬架|ball_of_yarn 毛线球 毛线团|bone 骨头|fishing_rod 鱼竿 钓鱼竿|fishing_net 渔网|bow 弓|arrow 箭 箭头|spear 长矛|axe 斧头|saw 锯子|drill 电钻|shovel 铲子 铁锹|rake 耙子|hoe 锄头|nail 钉子|screw 螺丝 螺丝钉|magnet 磁铁|chain 铁链 链子|whistle 哨子|bomb 炸弹|gun 枪|cannon 大炮|tank 坦克|torch 火把 火炬|match 火柴|lighter 打火机
smartphone 智能手机|smartwatch 智能手表|earphones 耳塞|earbuds 蓝牙耳机 无线耳机|usb_cable USB线|adapter 适配器 转接头|power_strip 插线板 排插 接线板|hard_drive 硬盘|circuit_board 电路板|motherboard 主板|graphics_card 显卡|server_rack 机柜 服务器机柜|antenna 天线|signal_tower 信号塔 基站|satellite_dish 卫星天线|qr_code 二维码|barcode 条形码|chatbot 聊天机器人|robot_arm 机械臂|robot_dog 机器狗|vr_headset VR眼镜 VR头盔|projector 投影仪|copier 复印机|fax_machine 传真机|landline_phone 座机|walkie-talkie 对讲机|film_camera 胶片相机|tripod 三脚架|record_player 唱片机 留声机|vinyl_record 黑胶唱片 唱片|cassette 磁带|joystick 摇杆|game_console 游戏机|arcade_machine 街机|dice 骰子|playing_card 扑克牌 扑克|mahjong 麻将|puzzle 拼图|rubik's_cube 魔方|building_blocks 积木|spinning_top 陀螺|bubble_wand 泡泡棒|trampoline 蹦床|roller_coaster 过山车|seesaw 跷跷板|shuttlecock 羽毛球|table_tennis_bat 乒乓球拍|racket 球拍|baseball 棒球|bowling_ball 保龄球|goal 球门|dumbbell 哑铃|treadmill 跑步机|yoga_mat 瑜伽垫|boxing_glove 拳击手套|roller_skates 轮滑鞋 旱冰鞋|ski 滑雪板|ice_skates 冰鞋|saxophone 萨克斯|trumpet 小号 喇叭|harp 竖琴|accordion 手风琴|cello 大提琴|harmonica 口琴|erhu 二胡|pipa 琵琶|ukulele 尤克里里|music_box 音乐盒|music_note 音符
bouquet 花束|leaf 枫叶 落叶 银杏叶|ginkgo_tree 银杏树 银杏|oak_tree 橡树|birch_tree 白桦树 桦树|banyan_tree 榕树|plum_tree 梅树|peach_tree 桃树|peach_blossom 桃花|osmanthus 桂花|chrysanthemum 菊花|hydrangea 绣球花|dandelion 蒲公英|narcissus 水仙|carnation 康乃馨|poppy 罂粟花 虞美人|rapeseed_flower 油菜花|reed 芦苇|vine 藤蔓|ivy 常春藤|moss 苔藓|fern 蕨类|seed 种子|sprout 嫩芽 幼苗 小苗|wheat 麦子 小麦|hay_bale 草垛|stump 树桩|log 木头桩 原木|pine_cone 松果|acorn 橡果|succulent 多肉 多肉植物|aloe 芦荟|monstera 龟背竹|onion 洋葱|garlic 大蒜|ginger 生姜|cucumber 黄瓜|eggplant 茄子|broccoli 西兰花|lettuce 生菜|pea 豌豆|peanut 花生|chestnut 栗子|walnut 核桃|sweet_potato 红薯 地瓜|lychee 荔枝|dragon_fruit 火龙果|durian 榴莲|persimmon 柿子|pomegranate 石榴|kiwi 猕猴桃 奇异果|avocado 牛油果|plum 李子|tangerine 柑橘 桔子|grapefruit 柚子|melon 哈密瓜 甜瓜|croissant 可颂 牛角包|toast 吐司|baguette 法棍|waffle 华夫饼|cupcake 纸杯蛋糕|cheesecake 芝士蛋糕|tart 蛋挞|pudding 布丁|jelly 果冻|macaron 马卡龙|lollipop 棒棒糖|tanghulu 糖葫芦 冰糖葫芦|cotton_candy 棉花糖|honey 蜂蜜|jam 果酱|butter 黄油|french_fries 薯条|fried_chicken 炸鸡|hot_dog 热狗|sausage 香肠|bacon 培根|bento 便当|rice_ball 饭团|ramen 日式拉面|fried_rice 炒饭|spring_roll 春卷|tofu 豆腐|wonton 馄饨|youtiao 油条|soy_milk 豆浆|barbecue 烧烤|skewer 烤串 羊肉串|roast_duck 烤鸭|turkey 火鸡|crayfish 小龙虾|salad 沙拉|pasta 意大利面 意面|cereal 麦片|meteor 流星|comet 彗星|asteroid 小行星|saturn 土星|jupiter 木星|black_hole 黑洞|nebula 星云|aurora 极光|big_dipper 北斗七星|icicle 冰柱|snowball 雪球|raindrop 雨滴|puddle 水坑 水洼|ripple 涟漪|smoke 烟 烟雾|flame 火焰 火苗|ash 灰烬|sand 沙子|mud 泥巴|pebble 鹅卵石 石子|coral 珊瑚|seaweed 海草 海藻|pearl 珍珠|gem 宝石|jade 玉|gold_bar 金条|banknote 钞票 纸币|money 钱|piggy_bank 存钱罐 储蓄罐|ring 钻戒|speech_bubble 对话框 对话气泡|emoji 表情|exclamation_mark 感叹号|question_mark 问号|check_mark 对勾|cross 叉号|five-pointed_star 五角星|spiral 螺旋|pattern 花纹 图案|frame 边框|person 真人|face 人脸|logo 商标|signature 签名|price_tag 价格标签|label 标签|sticker 贴纸|ribbon 缎带|bow 蝴蝶形结|confetti 彩纸 彩带屑|balloon_arch 气球拱门|party_hat 派对帽|gift_bag 礼品袋|jack-o'-lantern 南瓜灯|christmas_stocking 圣诞袜|dreamcatcher 捕梦网|wind_chime 风铃|maneki-neko 招财猫|daruma 达摩|matryoshka 套娃|nutcracker 胡桃夹子|puppet 木偶|paper_crane 千纸鹤 纸鹤|pinwheel 纸风车|toy_car 玩具车|toy_train 玩具火车|snow_globe 水晶球 雪花球|magic_wand 魔杖 魔法棒|magic_broom 飞天扫帚|potion 药水|cauldron 大锅|spellbook 魔法书|flying_carpet 飞毯|throne 王座 宝座|scepter 权杖|skull 骷髅头 头骨|coffin 棺材
skyline 天际线|vegetable 蔬菜|glass_tank 玻璃缸|shipwreck 沉船|instant_noodles 泡面 方便面|diving_mask 潜水镜|telephone 电话机|lid 盖子 锅盖 瓶盖|pillar 柱子 石柱|birthday_card 生日贺卡 生日卡 生日卡片|greeting_card 贺卡|noodles 汤面 牛肉面 炒面 面食|party 派对|wine_glass 高脚杯 红酒杯|eaves 屋檐|fishbowl 金鱼缸|snowman 小雪人|aurora 北极光|stairs 阶梯|puppy 小奶狗|rice_cake 年糕|firewood 柴火|lantern 孔明灯 天灯|reflection 倒影|footprint 脚印|handprint 手印|fingerprint 指纹
"""
_PLACES = """
doorway 门口|ice 冰上 冰面 冰面上|beach 海滩 沙滩 海边 海滨 岸边|city 城市 都市 城里|meadow 草地 草坪 草原 草丛|snow 雪地 雪里 雪中|desert 沙漠|sea 大海 海 海洋 海上 海里|seabed 海底|space 太空 宇宙 外太空|room 房间 屋里 室内|living_room 客厅|bedroom 卧室|bathroom 浴室|forest 森林 树林 林中 林子 林间|bamboo_forest 竹林|mountain 山 高山 山上 山顶 山里 大山 山间|mountains 群山|hill 山坡 小山|kitchen 厨房|office 办公室 办公桌前|garden 花园 院子 庭院|park 公园|street 街道 街上 街头 大街 马路 马路上|alley 小巷 巷子|village 村庄 村子 小村庄 乡村|town 小镇 古镇|countryside 乡下 田园|farm 农场|field 田野 田里 田间|rice_field 稻田|wheat_field 麦田|flower_field 花海 花田 花丛|jungle 丛林 热带雨林 雨林|river 河 河边 小河 江边 江|lake 湖 湖边 湖面 湖泊|island 岛 小岛 海岛|cave 山洞 洞穴|harbour 港口 码头|market 市场 集市 菜市场|night_market 夜市|library 图书馆|museum 博物馆|school 学校 校园|classroom 教室|hospital 医院|restaurant 餐厅 餐馆 饭店|cafe 咖啡馆 咖啡店 咖啡厅|bar 酒吧|bakery 面包店|bookshop 书店|supermarket 超市|mall 商场|shop 商店 店铺|train_station 火车站 车站|subway 地铁 地铁站|airport 机场|stadium 体育场|playground 操场 游乐场|amusement_park 游乐园|zoo 动物园|circus 马戏团|theatre 剧院|cinema 电影院|gym 健身房 体育馆|factory 工厂 车间|warehouse 仓库|laboratory 实验室|server_room 机房|datacentre 数据中心|call_centre 呼叫中心 客服中心|balcony 阳台|rooftop 天台 楼顶|sky 天空 天上 空中 蓝天|moon 月球|mars 火星|underwater 水下 水底|road 路 公路 路上 小路|highway 高速公路|valley 山谷|cliff 悬崖|swamp 沼泽|meeting_room 会议室|swimming_pool 泳池 游泳池|basement 地下室|canyon 峡谷|wilderness 野外|outdoors 户外 室外|riverbank 河岸|seaside_town 海边小镇
convenience_store 便利店 便利商店|flower_shop 花店|barber_shop 理发店|pharmacy 药店|bank 银行|post_office 邮局|police_station 警察局 派出所|fire_station 消防站|hotel 酒店 宾馆|noodle_shop 面馆 拉面馆|teahouse 茶馆 茶楼|milk_tea_shop 奶茶店|pet_shop 宠物店|toy_shop 玩具店|clothes_shop 服装店|hot_spring 温泉|bus_stop 公交站 公交车站 车站牌|platform 站台 月台|subway_carriage 地铁车厢 车厢|cockpit 驾驶舱 驾驶室|corridor 走廊 过道|elevator 电梯 电梯里|stairwell 楼梯间|attic 阁楼|study 书房|dining_room 餐室 饭厅|nursery 婴儿房 儿童房|dormitory 宿舍|hall 大厅 大堂 礼堂|lobby 前台|garage 车库|car_park 停车场|yard 后院 前院|terrace 露台|windowside 窗边 窗前|counter 柜台|stage 舞台 舞台上|studio 工作室 摄影棚 录音棚|greenhouse 花房|aquarium 水族馆 海洋馆|art_gallery 美术馆 画廊|concert_hall 音乐厅|exhibition_hall 展厅 展览馆|football_field 足球场 球场|basketball_court 篮球场|tennis_court 网球场|ski_slope 滑雪场|ice_rink 溜冰场|racetrack 赛道 赛车场|square 广场|plaza 步行街|crossroads 十字路口 路口|overpass 天桥 立交桥|tunnel 隧道|railway 铁轨 铁路|construction_site 工地 建筑工地|mine 矿井|oasis 绿洲|gobi 戈壁 戈壁滩|dunes 沙丘|glacier 冰川|tundra 冻原|arctic 北极|antarctica 南极|stream 小溪 溪边 溪流 溪|pond 池塘 池塘边 荷塘|waterfall 瀑布下 瀑布前|reef 珊瑚礁|deep_sea 深海 深海里|sea 海面 海面上|seaside 海岸 海岸边|grassland 大草原|pasture 牧场|orchard 果园|tea_plantation 茶园 茶田|vineyard 葡萄园|vegetable_garden 菜园 菜地|cornfield 玉米地|tulip_field 郁金香花田|lavender_field 薰衣草田|sunflower_field 向日葵花田|pine_forest 松林 松树林|birch_forest 白桦林|maple_forest 枫林|snowfield 雪原 雪山脚下|mountain 山脚 山脚下 半山腰 深山|volcano 火山口|sky 半空 半空中 高空 云端|space 银河里 外星球|planet 星球表面|ruins 废墟 遗迹|cemetery 墓地|dungeon 地牢|courtyard 四合院 天井|water_town 水乡 江南水乡|hutong 胡同|ancient_street 古街 老街|suburb 郊区 郊外|downtown 市中心|neighbourhood 小区 社区|rainforest 亚马逊雨林|doorstep 家门口|home 家里 家中
"""
_TIMES = "night 月圆之夜 夏夜 雪夜 冬夜 平安夜 除夕夜 之夜 夜晚 晚上 夜里 夜间 深夜 午夜 半夜 夜景 夜色 月光 月光下 月夜 星空 星空下 夜空 夜空下 夜幕 夜 黑夜 星夜 今夜|day 白天 中午 正午 下午 日间 大白天|dawn 清晨 早晨 早上 黎明 日出 拂晓 破晓 晨曦 朝阳 凌晨|sunset 日落 黄昏 傍晚 夕阳 落日 晚霞 夕阳下 夕阳西下"
_WEATHER = "sunny 晴天 晒太阳 大晴天 出太阳 晴朗 阳光 阳光下 阳光明媚 晴空 艳阳|rain 雨后 下起雨 下起了雨 蒙蒙细雨 倾盆大雨 雨天里 阵雨 春雨 下雨 雨天 雨中 雨里 大雨 小雨 细雨 雨 下着雨 暴雨 毛毛雨 下大雨 下着大雨 下着小雨 雨夜|snow 大雪纷飞 暴风雪 雪花纷飞 下起雪 下起了雪 漫天飞雪 鹅毛大雪 下雪 雪天 大雪 飘雪 飘着雪 下着雪 雪花飘落 飞雪 小雪 下大雪 下着大雪|fog 雾茫茫 云雾缭绕 雾霾 雾 大雾 雾天 雾气 起雾 有雾 薄雾 晨雾 雾蒙蒙 浓雾 雾中|storm 电闪雷鸣 雷电 台风 龙卷风 沙尘暴 雷阵雨 打雷下雨 雷雨天 暴风雨 雷雨 风暴 雷暴 打雷 暴风 狂风暴雨|cloudy 多云 阴天|wind 大风 刮风 有风 狂风 微风 起风"
_STYLES = """
watercolour 水彩 水彩画 水彩风 水彩风格|pencil 铅笔画 素描 铅笔素描 铅笔风格 素描风|coloured_pencil 彩铅 彩铅画 彩色铅笔|pixel_art 像素 像素画 像素风 像素风格 像素艺术|ink 水墨 水墨画 水墨风 国画 中国画 墨水画|neon 霓虹 霓虹风 霓虹风格|flat 扁平 扁平风 扁平化 扁平插画 扁平风格|photo 照片 摄影 写实照片 写真 实拍|realistic 写实 写实风 写实风格 逼真|oil_painting 油画 油画风 油画风格|3d_render 3D 3d 3D渲染 3d渲染 三维 三维渲染 立体渲染|line_art 线稿 线描 线条画 简笔画 白描 线条风|cartoon 卡通 卡通画 卡通风 卡通风格|anime 动漫 二次元 日漫 动画风 动漫风 动漫风格 日系动漫|comic 漫画 漫画风|isometric 等距 等轴测 等轴 2.5D 等距风格|paper_cut 剪纸 剪纸风 剪纸风格|clay 黏土 粘土 黏土风|low_poly 低多边形 低面|vector 矢量 矢量图 矢量插画|minimalist 极简 简约 极简风 极简主义 简约风|pastel 粉彩|charcoal 炭笔 炭笔画|crayon 蜡笔 蜡笔画|gouache 水粉 水粉画|acrylic 丙烯 丙烯画|woodcut 版画 木刻|ukiyo-e 浮世绘|impressionist 印象派|surrealist 超现实 超现实主义|cyberpunk 赛博朋克|steampunk 蒸汽朋克|Van_Gogh 梵高|Monet 莫奈|Picasso 毕加索|Ghibli 吉卜力 宫崎骏|storybook 绘本 绘本风 童话风|chibi Q版 q版|pop_art 波普 波普风|stained_glass 彩色玻璃|mosaic 马赛克|graffiti 涂鸦|black_and_white 黑白照片 黑白画
hand-drawn 手绘 手绘风 手绘风格|sketch 速写|Chinese_style 国风 中国风|Disney 迪士尼|Pixar 皮克斯|Lego 乐高|embroidery 刺绣|origami 折纸|felt 羊毛毡|retro 复古风 复古风格|abstract 抽象 抽象画|cubist 立体主义 立体派|vaporwave 蒸汽波|minimalist 极简风格 简约风格|photo 照片风格 照片级 摄影风格 实景|ink 工笔画 写意 水墨风格 中国水墨|storybook 绘本风格 童话风格 儿童绘本|comic 漫画风格|graffiti 涂鸦风格 涂鸦风|pop_art 波普艺术 波普风格|cyberpunk 赛博朋克风 赛博朋克风格|steampunk 蒸汽朋克风格|clay 粘土风格 黏土风格|low_poly 低多边形风格|ukiyo-e 浮世绘风格|Ghibli 吉卜力风格 宫崎骏风格 宫崎骏风|crayon 蜡笔风格|line_art 线稿风格 极简线条|sticker 贴纸风|isometric 等距视角 等轴测图
"""
_COLOURS = "red 红 红色 大红 鲜红 深红 火红 绯红|orange 橙 橘 橙色 橘色 橘黄色 橘红色|yellow 黄 黄色 金黄色|green 绿 绿色 翠绿 碧绿 绿油油|blue 蓝 蓝色 天蓝色 湛蓝 青色|purple 紫 紫色|pink 粉 粉色 粉红 粉红色|brown 棕 棕色 褐色 咖啡色 茶色|black 黑 黑色 漆黑 乌黑|white 白 白色 雪白 洁白|grey 灰 灰色"
_ADJECTIVES = """
big 大 大大 很大|small 小 小小|tiny 迷你 微小|huge 巨大 巨型 庞大|giant 巨|tall 高 高大|short 矮|long 长 长长|fat 胖 胖乎乎 肥|thin 瘦|round 圆 圆圆 圆滚滚|square 方|old 老 旧 古老 破旧 老旧|new 新 崭新|young 年轻|cute 可爱|beautiful 美丽 漂亮 好看 优美|fluffy 毛茸茸 蓬松|happy 开心 快乐 高兴|sad 悲伤 伤心 难过|angry 生气 愤怒|scary 可怕 恐怖|sleepy 困倦|tired 疲惫|wooden 木 木头 木制 木质|metal 金属 铁|glass 玻璃|stone 石|golden 金色 金 黄金|silver 银色 银|transparent 透明|glowing 发光|bright 明亮|dark 黑暗 昏暗|shiny 闪亮|broken 坏 坏掉 破 破碎 断|empty 空 空荡荡|full 满满|open 打开|closed 关闭 紧闭|striped 条纹|spotted 斑点|colourful 彩色 五彩 五颜六色 五彩缤纷 缤纷|magical 神奇 魔法|futuristic 未来 未来感 科幻|ancient 古代|retro 复古|modern 现代|traditional 传统|lonely 孤独 孤单|quiet 安静 宁静|busy 繁忙 忙碌|lively 热闹|steaming 热腾腾 冒着热气 热气腾腾|hot 热|cold 冷|wet 湿 湿漉漉|dirty 脏 脏兮兮|clean 干净|cool 酷 帅气|funny 搞笑 滑稽|brave 勇敢|strong 强壮|elegant 优雅|mysterious 神秘|dense 茂密|blooming 盛开 开花|black_and_white 黑白 黑白相间 黑白色|rusty 生锈|frozen 结冰|mechanical 机械|warm 温暖 温馨|simple 简单|lush 茂盛|rural 乡间|Chinese 中国 中式|Japanese 日式 日本|orange_tabby 橘色虎斑
lonely 孤零零 孤独的 孤单单 形单影只|dead 没电|bamboo 竹 竹编 竹制|plastic 塑料|leather 皮革 皮质|paper 纸质 纸做|ceramic 陶瓷 瓷|brick 砖|straw 稻草 草编|knitted 针织 毛线|woollen 羊毛|plush 毛绒 绒毛|rubber 橡胶|silk 丝绸|denim 牛仔布|copper 铜 青铜|steel 钢铁 钢|marble 大理石|chubby 胖嘟嘟 圆嘟嘟 肉嘟嘟 胖胖|skinny 瘦瘦 瘦小|fluffy 毛绒绒 毛乎乎 蓬蓬|soft 软 软软 柔软 软绵绵|hard 坚硬|smooth 光滑|sharp 锋利|thick 厚 厚厚|narrow 窄 狭窄|wide 宽 宽阔 宽敞|huge 超大 特大 巨无霸 硕大|tiny 小小的 超小|deep 幽深|bright 明媚 亮晶晶 闪闪发亮 闪闪发光 耀眼|glowing 发亮 荧光|golden 金灿灿 金光闪闪 镀金|red-hot 红彤彤|dark 黑漆漆 黑乎乎 阴暗 暗淡|cold 冰冷 冰凉 寒冷|icy 冰镇|fresh 新鲜|ripe 成熟 熟透|juicy 多汁|sweet 甜 甜美|spicy 火辣|delicious 美味 好吃|half-open 半开|abandoned 废弃 荒废|broken 破损 损坏 破烂 碎 裂开 坏了|torn 撕破 撕开|cracked 开裂 龟裂|crooked 歪 歪歪扭扭 歪斜|bent 弯 弯曲 弯弯|curly 卷卷|messy 凌乱 杂乱 乱糟糟|tidy 整齐 整洁|crowded 拥挤 人山人海|deserted 空无一人 荒凉|peaceful 平静 和平 祥和|cozy 舒适 温暖舒适|surprised 惊讶 吃惊|scared 害怕 惊恐|confused 困惑 疑惑 一脸懵|shy 害羞|proud 骄傲 得意|serious 严肃 认真|grumpy 暴躁 不高兴 臭脸|bored 无聊|excited 兴奋 激动|worried 担心 焦虑 着急|friendly 友好 友善|gentle 温柔|naughty 调皮 淘气 顽皮|lazy 懒 慵懒 懒洋洋|smart 聪明 机智|silly 傻 傻乎乎 呆萌|cute 萌 萌萌 呆呆|handsome 帅 英俊|ugly 丑 丑陋|rich 富有|royal 皇家|noble 高贵|holy 神圣|evil 邪恶|wild 野生|stray 流浪|newborn 刚出生 新生|elderly 年迈 上了年纪|adult 成年|bald 光头 秃头|bearded 大胡子 留胡子|barefoot 光脚 赤脚|sick 生病|injured 受伤|hungry 饿 饥饿|sleeping 睡着的|curled_up 蜷缩 蜷 蜷成一团 蜷着 缩成一团 团成一团|upside-down 倒立 倒挂 颠倒|identical 一模一样|matching 配套|long-haired 长毛 长发的|short-haired 短毛|one-eyed 独眼|three-legged 三条腿|snow-covered 积雪 覆盖着雪 被雪覆盖|mossy 长满青苔|starry 布满星星|dotted 波点 圆点|checkered 格子 格纹 方格|floral 碎花 印花|plain 朴素 素色|rainbow 彩虹色 七彩|pale 苍白|translucent 半透明|see-through 透亮|inflatable 充气|folding 折叠|portable 便携|electric 电动|wireless 无线|digital 数码|smart 智能|solar 太阳能|3d-printed 3D打印|handmade 手工 手作|homemade 自制|antique 古董 古典|vintage 老式 怀旧 年代感|classical 古风|medieval 中世纪|European 欧式 欧洲|western 西式|tropical 热带|festive 喜庆 节日|romantic 浪漫|dreamy 梦幻 唯美 朦胧|epic 史诗 宏伟 壮观 壮丽|luxurious 豪华 奢华 华丽|delicate 精致 精美|sturdy 结实|fierce 凶猛 凶狠|mighty 威武 威风|cool-looking 炫酷 酷炫|single 单独 独自|withered 枯萎 干枯 枯|bare 光秃秃|leafy 枝繁叶茂|melting 融化 化了|boiling 沸腾|roasted 烤|fried 油炸|sliced 切片 切开|half 半个|overflowing 溢出|spilled 洒 打翻|smoking 冒着烟|paper-cut 剪纸做的
burning 着火 起火 失火|fire-breathing 喷火|lined_up 排成一排 排成一列 排成队 排着队|different 不同 各种 各种各样 各式各样|blank 空白|fresh 刚出炉
"""
_VERBS = """
sitting 坐 坐着 蹲坐|standing 站 站着 站立|lying 躺 躺着 趴 趴着 卧|sleeping 睡觉 睡 睡着 熟睡 沉睡 打盹|flying 飞 飞翔 飞行 飞舞 翱翔|running 跑 奔跑 跑步|walking 走 走路 散步 行走 走过|swimming 游泳 游 游动 游来游去|jumping 跳 跳跃 跳起|dancing 跳舞 舞蹈|singing 唱歌 唱|playing 玩 玩耍 嬉戏 弹 弹奏 演奏 打|eating 吃|drinking 喝|reading 看书 读书 阅读 读|looking 看 看着 望着 凝视|watching 看电视|writing 写字|drawing 画画|chasing 追 追逐 追赶|hugging 拥抱|kissing 亲吻|pushing 推|pulling 拉|climbing 爬 攀爬|smiling 微笑 笑|laughing 大笑|crying 哭 哭泣|waving 挥手 招手|cooking 做饭 做菜 烹饪|fishing 钓鱼|digging 挖|repairing 修理 修 维修|cleaning 打扫 清洁|washing 洗|throwing 扔|kicking 踢|working 工作 上班|studying 学习|talking 聊天 说话|calling 打电话|feeding 喂|blinking 闪烁 闪|glowing 发着光|floating 漂浮 飘浮 漂 悬浮|spinning 旋转|resting 休息|sunbathing 晒太阳|burning 燃烧|smoking 冒烟|fighting 打架 战斗|driving 开车|meditating 冥想 打坐|skiing 滑雪|skating 滑冰|surfing 冲浪|camping 露营|growing 生长|falling 落下 飘落|hanging 挂 挂着 悬挂|leaning 靠 倚靠|delivering 送货 送快递|typing 打字|waiting 等待 等|blowing 吹|squatting 蹲 蹲着|parked 停 停着 停放|jammed 卡纸 卡纸了|shining 闪耀|printing 打印
sunbathing 日光浴|yawning 打哈欠 打呵欠|stretching 伸懒腰|snoring 打呼噜 打鼾|sneezing 打喷嚏|chatting 闲聊|whispering 说悄悄话|shouting 大喊 喊叫|yelling 吼|howling 嚎叫 嗥叫 长啸|roaring 咆哮 怒吼|barking 吠 汪汪叫|meowing 喵喵叫|hugging 抱在一起 相拥|holding_hands 手拉手 牵手 牵着手|shaking_hands 握手|kneeling 跪 跪着|crouching 蹲下|leaping 跃起 飞跃 跃出|rolling 打滚 翻滚|sliding 滑行|swinging 荡秋千 摇晃|spinning 转圈 转动|galloping 驰骋|chasing 追着 追着跑|hiding 藏着 躲着 躲藏|peeking 偷看 探头 探出头 张望|staring 盯着 盯 瞪着|pointing 指着|carrying 扛 扛着 背负|lifting 举重|licking 舔|biting 咬|chewing 嚼 啃|sniffing 闻|grazing 吃草|pecking 啄|hatching 孵化 破壳|nesting 筑巢|hunting 捕猎 狩猎|planting 植树|watering 浇 浇水|harvesting 收割 采摘|sweeping 扫地|mopping 拖地|ironing 熨衣服|sewing 缝补|knitting 织 编织|baking 烘焙|grilling 烤肉|pouring 倒水|stirring 搅拌|cutting 切菜|painting 刷墙 写生|building 盖 建造 搭建 搭|welding 焊接|hammering 敲打|shopping 购物 逛街|queuing 排队|boarding 上车|taking_photos 拍照 自拍|playing_chess 下棋 下象棋 下围棋|playing_football 踢球|playing_games 打游戏 玩游戏|boating 泛舟|rowing 划 划桨|diving 潜水|boxing 打拳 拳击|exercising 健身 锻炼|doing_yoga 做瑜伽 练瑜伽|practising_kung_fu 练武 打太极 练功夫|cycling 骑车|racing 赛跑 飞驰|commuting 通勤|speaking 演讲 发言 讲话|teaching 讲课 上课|meeting 开会|thinking 思考 沉思 发呆|daydreaming 做梦 做白日梦|praying 祈祷 许愿|celebrating 庆祝 过生日|cheering 欢呼|clapping 鼓掌|bowing 鞠躬|saluting 敬礼|nodding 点头|winking 眨眼|making_a_face 做鬼脸|blowing_bubbles 吹泡泡 吐泡泡|exploding 爆炸|erupting 喷发|sinking 沉没 下沉|melting 正在融化|dripping 滴水 漏水|leaking 泄漏|jammed 卡纸|loading 加载|charging 充电|ringing 响铃|taking_off 起飞 发射 升空|landing 降落 着陆|docking 靠岸 停靠|sailing 航行 行驶|drifting 漂流 漂着 飘着 飘荡 漂荡|soaring 腾飞 腾空|perching 栖息|crossing 过马路 穿过|reflected 倒映|blooming 绽放 盛放|swaying 摇曳 摇摆|covered_in_snow 落满雪
"""
NEAR_VERBS = {
    "骑": "on",
    "骑着": "on",
    "压着": "on",
    "压在": "on",
    "踩": "on",
    "踩着": "on",
    "挨着": "next to",
    "靠近": "next to",
    "紧挨": "next to",
    "紧邻": "next to",
}
PLAIN_VERBS = frozenset(
    "穿 穿着 戴 戴着 拿 拿着 举 举着 抱 抱着 牵 牵着 背 背着 带 带着 有 有着 打着 撑着 撑 提着 提 握着 叼着 叼 捧着 系着 长着 开着 驾驶 放 放着 塞满 交给 递给 送给 拿给 传给 寄给 挂满 摆满 堆满 铺满 长满 开满 画满 坐满 装满 插满 种满 写满 站满 贴满 落满 堆着 贴着 贴 铺着 盛着 写着 摆着 摆 装着 装 围着 披着 种着 养着 包含 画着 配 使用 用着 插 插着 盖着 躲 堆 写有 写上 印有 印着 刻着 刻有 标着 题着".split()
) | frozenset([*lexicon_wide_zh.WIDE_PLAIN.split(), *lexicon_verbs_zh.MORE_PLAIN.split()])
# What a verb of many meanings does with a thing of this kind.
BY_OBJECT = {
    ("打", "umbrella"): "holding", ("打", "parasol"): "holding", ("打", "lantern"): "holding", ("打", "tie"): "wearing", ("打", "bow tie"): "wearing",
    ("放", "kite"): "flying", ("放", "firework"): "setting off", ("放", "lantern"): "releasing",
}  # fmt: skip
# Verbs by which a thing bears another: 'a wall, two posters stuck to it'.
BEARING = frozenset(
    "钉 钉着 贴 贴着 挂 挂着 印 印着 绣着 画着 镶着 刻着 插着 别着 系着 摆 摆着 放 放着 堆着 铺着 盖着 停着 趴着 躺着 坐着 站着 蹲着".split()
)
LOCATIONS = lexicon_wide_zh.WIDE_LOCATIONS | lexicon_broad_zh.BROAD_LOCATIONS | {
    "上": "on", "上面": "on", "上边": "on", "上方": "above", "上空": "above", "头顶": "above", "正上方": "above", "顶上": "on", "下": "below", "下面": "below", "底下": "below", "下方": "below", "下边": "below", "脚下": "below", "里": "inside", "里面": "inside",
    "里边": "inside", "中": "inside", "内": "inside", "之中": "inside", "旁": "next to", "旁边": "next to", "边上": "next to", "边": "next to", "身边": "next to", "身旁": "next to", "附近": "next to", "一旁": "next to", "左边": "left of", "左侧": "left of", "左面": "left of",
    "左方": "left of", "左": "left of", "右边": "right of", "右侧": "right of", "右面": "right of", "右方": "right of", "右": "right of", "前": "in front of", "前面": "in front of", "前方": "in front of", "面前": "in front of", "前边": "in front of", "后": "behind", "后面": "behind", "背后": "behind", "身后": "behind", "后方": "behind", "后边": "behind",
    "之间": "between", "中间": "between", "中央": "inside",
}  # fmt: skip
# Beside, on or behind somebody's body.
OF_A_BODY = frozenset(
    "身后 身旁 身边 背后 面前 脚边 脚下 头顶 头顶上 手边 跟前 身下 身前 怀里 腿上 肩上 肩膀上 背上 胸口 胸前 头上 手上 手里".split()
)
# Where a verb of moving leads, behind it: 跳上桌子, 飞过大海.
INTO = {
    "上": "on", "进": "inside", "入": "inside", "到": "next to", "回": "inside", "往": "", "向": "", "过": "",
    "上了": "on",
}  # fmt: skip
BODY = {
    "眼睛": "eyes",
    "眼": "eyes",
    "头发": "hair",
    "毛发": "fur",
    "毛": "fur",
    "尾巴": "tail",
    "耳朵": "ears",
    "翅膀": "wings",
    "胡子": "beard",
    "角": "horns",
    "牙齿": "teeth",
    "鼻子": "nose",
    "嘴巴": "mouth",
    "嘴": "mouth",
    "脸": "face",
    "手": "hand",
    "手里": "hand",
    "手上": "hand",
    "手中": "hand",
    "头": "head",
    "头上": "head",
    "脖子": "neck",
    **dict.fromkeys("左眼 右眼".split(), "eye"),
    **dict.fromkeys("左手 右手".split(), "hand"),
    **dict.fromkeys(
        "脚 爪子 胳膊 腿 额头 肩膀 下巴 膝盖 腰 腰间 手腕 脚踝 肚子 屁股 左腿 右腿 左耳 右耳 嘴里".split(), "body"
    ),
    "长发": "long hair",
    "短发": "short hair",
    "卷发": "curly hair",
    "辫子": "braids",
    "身上": "body",
    "车身": "body",
    "斑点": "spots",
    "条纹": "stripes",
}
CLASSIFIERS = frozenset(
    "只 个 条 头 匹 辆 台 部 架 艘 座 栋 幢 间 棵 朵 株 颗 粒 本 把 支 枝 根 块 片 件 双 对 位 名 口 顶 盏 扇 面 张 幅 副 杯 碗 瓶 盘 盒 袋 篮 箱 壶 束 堆 群 排 串 套 封 束 条 道 轮 滴 团 些 种 枚 盆 尊 款 节 份 列 家 首 头 根 缕 捆 桶 罐 摞 叠".split()
) | frozenset(lexicon_wide_zh.WIDE_CLASSIFIERS.split())
MEASURES = lexicon_wide_zh.WIDE_MEASURES | {
    "杯": "cup",
    "碗": "bowl",
    "瓶": "bottle",
    "盘": "plate",
    "壶": "pot",
    "盒": "box",
    "袋": "bag",
    "篮": "basket",
    "箱": "box",
    "束": "bouquet",
    "堆": "pile",
    "串": "bunch",
    "桶": "bucket",
    "罐": "can",
}
FLAT = frozenset(
    word.replace("_", " ")
    for word in "note bookmark table desk bed chair sofa stool paper map card bank_card credit_card postcard ticket poster newspaper bench blanket sim_card mask painting gift_card calendar".split()
)
PAIRED = frozenset("对 双".split())
LOOSE = frozenset("群 些 排 片 摞 叠".split())
NUMBERS = lexicon_wide_zh.WIDE_NUMBERS | {
    "一": 1,
    "两": 2,
    "二": 2,
    "俩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
    "二十": 20,
    "半": 1,
}
VAGUE_NUMBERS = frozenset("几 数 许多 很多 好多 一些 不少 无数 多 一群 几个 几只 成群 大量 好几".split())


def _table(text: str) -> dict[str, str]:
    rows = [row.split() for row in re.split(r"[|\n]", text) if row.strip()]
    return {word: row[0].replace("_", " ") for row in rows for word in row[1:]}


def _without_small(nouns: dict[str, str]) -> dict[str, str]:
    """'小鸟' is a bird that is small; what has a word of its own when small, such as a kitten, keeps it."""
    return {word: name for word, name in nouns.items() if word[0] != "小" or nouns.get(word[1:]) != name}


NOUNS = _without_small(
    _table(lexicon_wide_zh.WIDE_NOUNS)
    | _table(_NOUNS)
    | _table(lexicon_more_zh.MORE_NOUNS)
    | _table(lexicon_open_zh.OPEN_NOUNS)
    | _table(lexicon_broad_zh.BROAD_NOUNS)
)
PLACES = (
    _table(lexicon_wide_zh.WIDE_PLACES)
    | _table(_PLACES)
    | _table(lexicon_more_zh.MORE_PLACES)
    | _table(lexicon_open_zh.OPEN_PLACES)
    | _table(lexicon_broad_zh.BROAD_PLACES)
)
TIMES = (
    _table(lexicon_wide_zh.WIDE_TIMES)
    | _table(_TIMES)
    | _table(lexicon_open_zh.OPEN_TIMES)
    | _table(lexicon_broad_zh.BROAD_TIMES)
)
WEATHER = _table(lexicon_wide_zh.WIDE_WEATHER) | _table(_WEATHER) | _table(lexicon_open_zh.OPEN_WEATHER)
COLOURS = _table(_COLOURS) | _table(lexicon_open_zh.OPEN_COLOURS) | _table(lexicon_broad_zh.BROAD_COLOURS)
ADJECTIVES = (
    _table(lexicon_wide_zh.WIDE_ADJECTIVES)
    | _table(_ADJECTIVES)
    | _table(lexicon_more_zh.MORE_ADJECTIVES)
    | _table(lexicon_open_zh.OPEN_ADJECTIVES)
    | _table(lexicon_broad_zh.BROAD_ADJECTIVES)
    | lexicon_broad_zh.DECADES
)
VERBS = (
    _table(lexicon_wide_zh.WIDE_VERBS)
    | _table(_VERBS)
    | _table(lexicon_more_zh.MORE_VERBS)
    | _table(lexicon_open_zh.OPEN_VERBS)
    | _table(lexicon_broad_zh.BROAD_VERBS)
)
_OTHERS = NOUNS.keys() | PLACES.keys() | ADJECTIVES.keys()
STYLES = (
    {name: title for name, title in chinese_names().items() if name not in _OTHERS}
    | _table(_STYLES)
    | _table(lexicon_open_zh.OPEN_STYLES)
    | _table(lexicon_broad_zh.BROAD_STYLES)
)
