"""The things that the world can draw, with their names in English and Chinese and how they stand in a scene."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """One thing that can be drawn.

    glyph is a character of the emoji font, or empty where `shapes` draws it. english and chinese list names, the
    usual one first. measure is the Chinese measure word. floats says that it hangs in the air instead of standing on
    the ground. colourable says that captions may name its colour. holds says that other things fit inside.
    """

    name: str
    glyph: str
    english: tuple[str, ...]
    chinese: tuple[str, ...]
    measure: str
    floats: bool = False
    colourable: bool = False
    holds: bool = False


# Flags: f floats, c colourable, h holds other things. The first English name is the subject's own.
_TABLE = """
🐈|cat, kitten, kitty|猫, 小猫, 猫咪|只|
🐕|dog, puppy, doggy|狗, 小狗|只|
🐎|horse, pony|马|匹|
🐄|cow|奶牛, 牛|头|
🐖|pig|猪|头|
🐑|sheep|绵羊, 羊|只|
🐘|elephant|大象|头|
🐇|rabbit, bunny|兔子|只|
🐁|mouse|老鼠|只|
🐧|penguin|企鹅|只|
🦉|owl|猫头鹰|只|
🦊|fox, fox face|狐狸|只|
🐻|bear, bear face|熊|只|
🦁|lion, lion face|狮子|头|
🐅|tiger|老虎|只|
🐒|monkey|猴子|只|
🐼|panda, panda face|熊猫|只|
🐪|camel|骆驼|头|
🐊|crocodile, alligator|鳄鱼|条|
🐍|snake|蛇|条|
🐢|turtle, tortoise|乌龟|只|
🐸|frog, frog face|青蛙|只|
🦋|butterfly|蝴蝶|只|f
🐝|bee, honeybee|蜜蜂|只|f
🐞|ladybird, ladybug|瓢虫|只|
🐌|snail|蜗牛|只|
🐠|fish, tropical fish|鱼, 热带鱼|条|
🐳|whale|鲸鱼|头|
🐬|dolphin|海豚|只|
🐙|octopus|章鱼|只|c
🦀|crab|螃蟹|只|c
🦈|shark|鲨鱼|条|
🦆|duck|鸭子|只|
🐓|rooster, chicken|公鸡, 鸡|只|
🦜|parrot|鹦鹉|只|
🐉|dragon|龙|条|
🦕|dinosaur|恐龙|只|c
🌳|tree, oak tree|树, 大树|棵|
🌲|pine tree, fir tree|松树|棵|
🌴|palm tree, palm|棕榈树|棵|
🌵|cactus|仙人掌|棵|
🌷|tulip, flower|郁金香, 花|朵|c
🌹|rose|玫瑰|朵|c
🌻|sunflower|向日葵|朵|
🍄|mushroom, toadstool|蘑菇|个|c
🍎|apple|苹果|个|c
🍌|banana|香蕉|根|
🍓|strawberry|草莓|颗|
🍇|bunch of grapes, grapes|葡萄|串|c
🍉|watermelon, slice of watermelon|西瓜|块|
🥕|carrot|胡萝卜|根|
🍕|pizza, slice of pizza|披萨|块|
🍔|burger, hamburger|汉堡|个|
🎂|birthday cake, cake|生日蛋糕, 蛋糕|个|
🍦|ice cream|冰淇淋|个|
🍩|doughnut, donut|甜甜圈|个|
☕|cup of coffee, coffee cup|咖啡, 一杯咖啡|杯|
🍞|loaf of bread, bread|面包|个|
🧀|piece of cheese, cheese|奶酪|块|
🚗|car, automobile|汽车, 轿车|辆|c
🚌|bus|公交车, 巴士|辆|c
🚲|bicycle, bike|自行车|辆|c
🚚|truck, delivery truck, lorry|卡车, 货车|辆|c
🚜|tractor|拖拉机|辆|c
🏍️|motorcycle, motorbike|摩托车|辆|c
🚂|train, steam train, locomotive|火车|列|
🚒|fire engine, fire truck|消防车|辆|
🚑|ambulance|救护车|辆|
🚀|rocket, spaceship|火箭, 飞船|枚|f
✈️|airplane, plane, aeroplane|飞机|架|f
🚁|helicopter|直升机|架|f
⛵|sailboat, sailing boat|帆船|艘|c
🚢|ship|轮船|艘|
|hot air balloon|热气球|个|fc
🏠|house, home|房子, 家|座|c
🏰|castle|城堡|座|
|lighthouse|灯塔|座|c
⛺|tent|帐篷|顶|c
🏢|office building, office block|办公楼|栋|
🏥|hospital|医院|座|
🏫|school|学校|座|
|windmill|风车|座|c
🌈|rainbow|彩虹|道|f
⛄|snowman|雪人|个|
⚡|lightning bolt, flash of lightning|闪电|道|f
❄️|snowflake|雪花|片|f
🤖|robot, bot|机器人|个|
💻|laptop, notebook computer|笔记本电脑, 电脑|台|
📱|phone, smartphone, mobile phone|手机, 电话|部|
🖨️|printer|打印机|台|
|router, wifi router, wireless router|路由器, 无线路由器|台|c
|cable, network cable, ethernet cable|网线, 电缆|根|c
|plug, power plug|插头, 电源插头|个|c
|server, server rack|服务器|台|
⌨️|keyboard|键盘|个|
🖥️|monitor, computer screen|显示器, 屏幕|台|
📷|camera|相机, 照相机|台|
🎧|headphones, headset|耳机|副|
📺|television, tv set|电视, 电视机|台|
💡|light bulb, light, bulb|灯泡, 灯|个|f
🔦|torch, flashlight|手电筒|个|c
📦|parcel, package, box|包裹, 快递, 盒子|个|
✉️|envelope, letter|信封, 信|个|
💳|credit card, bank card, card|信用卡, 银行卡|张|c
🔑|key|钥匙|把|
🔒|padlock, lock|锁, 挂锁|把|
🔋|battery|电池|节|
⏰|alarm clock, clock|闹钟, 时钟|个|c
⌚|watch, wristwatch|手表|块|
📕|book|书|本|c
☂️|umbrella|雨伞, 伞|把|c
🎈|balloon|气球|个|fc
🎁|gift, present|礼物|份|
🎸|guitar|吉他|把|c
⚽|soccer ball, football|足球|个|
🏀|basketball|篮球|个|c
🏆|trophy|奖杯|座|
🛒|shopping cart, shopping trolley|购物车|辆|h
🔍|magnifying glass|放大镜|个|
🔨|hammer|锤子|把|
🔧|wrench, spanner|扳手|把|
✂️|pair of scissors, scissors|剪刀|把|c
⚙️|gear, cogwheel|齿轮|个|
❤️|heart|爱心, 心|颗|fc
⭐|star|星星|颗|f
👕|t-shirt, shirt|衬衫, T恤|件|c
👟|shoe, sneaker|鞋, 运动鞋|只|c
🎩|top hat, hat|礼帽, 帽子|顶|
👑|crown|皇冠|顶|
🪑|chair|椅子|把|
🛋️|sofa, couch|沙发|张|
🛏️|bed|床|张|
🛁|bathtub, bath|浴缸|个|h
🪣|bucket, pail|水桶|个|ch
🧺|basket|篮子|个|h
|open box, cardboard box|纸箱, 打开的箱子|个|h
🧳|suitcase|行李箱|个|c
🎒|backpack, school bag|背包, 书包|个|c
💰|money bag, bag of money|钱袋|个|
🛡️|shield|盾牌|面|c
🔔|bell|铃铛|个|
📊|bar chart, chart|图表, 柱状图|张|
📅|calendar|日历|本|
📁|folder, file folder|文件夹|个|c
📡|satellite dish, antenna|卫星天线, 天线|个|
🚦|traffic light, traffic lights|红绿灯|个|
🚪|door|门|扇|c
"""


def _parse(line: str) -> Subject:
    glyph, english, chinese, measure, flags = line.split("|")
    names = tuple(english.split(", "))
    return Subject(
        names[0], glyph, names, tuple(chinese.split(", ")), measure, "f" in flags, "c" in flags, "h" in flags
    )


SUBJECTS: dict[str, Subject] = {s.name: s for s in map(_parse, _TABLE.strip().splitlines())}

STARTER_SUBJECTS: tuple[str, ...] = (
    "cat", "dog", "penguin", "elephant", "tree", "cactus", "tulip", "car",
    "rocket", "sailboat", "house", "castle", "robot", "laptop", "router", "parcel",
)  # fmt: skip
"""The sixteen subjects that a model trained on a CPU alone can learn in a day."""
