"""Characters that end a Chinese compound and say what kind of thing it is: 便当店 is a shop, 遮阳棚 a shelter."""

_THINGS = """
cabinet 柜|rack 架|chair 椅|table 桌|bed 床|pot 盆|vat 缸|jar 罐 坛|box 盒 箱 匣|bag 袋|basket 篮 筐 篓|cage 笼|machine 机|device 器 仪|axe 斧|hammer 锤|saw 锯
trousers 裤|skirt 裙|clothes 服 衣|sock 袜|towel 巾|rope 绳|thread 线|needle 针|ribbon 带 绸|instrument 琴|flute 笛|sign 牌 号|meter 表|mirror 镜|book 册|certificate 证
cushion 垫|pillow 枕|quilt 被|blanket 毯|curtain 帘|mat 席|pillar 柱|ladder 梯|booth 亭|stall 摊|shelter 棚|temple 寺 庙 庵 祠|hall 殿 堂|tablet 碑|statue 像|fruit 果|melon 瓜|bean 豆|vegetable 菜
rice 饭 米|noodles 面|rice_noodles 粉|congee 粥|pancake 饼|cake 糕|oil 油|sauce 酱|meat 肉|crab 蟹|insect 虫|soldier 兵|king 王|god 神|fairy 仙|demon 妖|child 童|board 板|hoop 环|chain 链|key 钥|net 网|tube 筒 管|tile 瓦|sand 沙
mud 泥|rainbow 虹|bead 珠|platform 台|brick 砖|ball 丸|piece 片 块|screen 屏|wheel 轮|button 钮|lid 盖|handle 柄 把|umbrella 伞|vine 藤|seedling 苗|cup 盏|pavilion 阁|worm 蚕|drum 鼓|gong 锣|shell 壳|ear 穗
""".strip()
_PLACES = """
shop 店 铺|restaurant 馆 食府|hall 厅|room 室 房 屋|station 站|street 街|road 路 道|alley 巷 弄|village 村 寨 屯|town 镇|city 城|cave 洞|field 田 地|riverbank 岸|slope 坡|pond 池 塘|lake 湖 泊|river 河 江|sea 海|bay 湾|harbour 港|island 岛|mountain 山 岭 峰|valley 谷
forest 林|garden 园 圃|courtyard 院|ground 场 坪|factory 厂|workshop 坊|bar 吧|beach 滩|bridge 桥|district 区|bureau 局|platform 台|desert 漠|entrance 口|corner 角
""".strip()


def _table(text: str, kind: str) -> dict[str, tuple[str, str]]:
    rows = [row.split() for row in text.replace("\n", "|").split("|")]
    return {word: (kind, name.replace("_", " ")) for name, *words in rows for word in words}


# Each with its kind of word and what it stands for in English; what may be either is a thing where it stands free.
HEADS: dict[str, tuple[str, str]] = _table(_PLACES, "place") | _table(_THINGS, "noun")
# Behind a noun these make it many: 'a flock of sheep', 'a pile of books'.
COLLECTIVES = {"群": "", "堆": "pile of", "队": "line of", "丛": "", "串": "string of", "束": "bunch of"}
# What a noun is made of, where it stands as one character before its head.
STUFFS = {
    "锡": "tin", "铝": "aluminium", "藤": "rattan", "蜡": "wax", "麻": "linen", "绒": "velvet", "泥": "clay", "骨": "bone", "玉": "jade", "沙": "sand", "糖": "sugar", "药": "medicine", "茶": "tea", "油": "oil", "电": "electric", "火": "fire", "水": "water", "雪": "snow", "冰": "ice", "风": "wind", "校": "school", "厂": "factory", "店": "shop", "村": "village", "花": "flower", "草": "grass", "纱": "gauze", "珠": "bead", "冻": "frozen", "烤": "roasted", "炸": "fried", "蒸": "steamed", "煮": "boiled", "腌": "pickled", "干": "dried", "鲜": "fresh", "生": "raw", "熟": "cooked",
}  # fmt: skip
