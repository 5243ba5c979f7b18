"""Chinese wishes as the director reads them."""

import pytest

from bot.director.understand import understand
from tests.helpers.briefs import shown, wish


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("画一只猫", "1 cat"),
        ("猫", "cat"),
        ("三只蓝色的小猫", "3 blue kitten"),
        ("一辆又旧又红的汽车", "1 red car (old)"),
        ("一群鸟", "bird"),
        ("一杯咖啡", "1 cup of coffee"),
        ("一束红玫瑰", "1 red bouquet of roses"),
        ("三张红色的桌子", "3 red table"),
        ("一只皮卡丘", "1 皮卡丘"),
        ("深蓝色的汽车", "blue car (dark)"),
        ("一个指示灯闪烁的路由器", "indicator light (blinking), 1 router"),
    ],
)
def test_things(words: str, meaning: str) -> None:
    """Measure words give counts, what stands before 的 describes, and unknown nouns stay as they are."""
    assert shown(wish(words)) == meaning


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("一只黑猫和一只白狗", "1 black cat, 1 white dog"),
        ("猫是黑色的，狗是白色的", "black cat, white dog"),
        ("两只猫，一只黑色，一只白色", "1 white cat, 1 black cat"),
        ("一只穿着红色毛衣的猫", "red sweater, 1 cat; cat wearing sweater"),
        ("一个拿着一把红伞的女孩", "1 red umbrella, 1 girl; girl holding umbrella"),
        ("蓝眼睛的白猫", "white cat (blue eyes)"),
        ("戴红帽子的女孩牵着一只狗", "red hat, 1 girl, 1 dog; girl wearing hat; girl leading dog"),
    ],
)
def test_colours_stay_where_they_were_said(words: str, meaning: str) -> None:
    """A colour before 的 is of the noun that follows, not of its clothes."""
    assert shown(wish(words)) == meaning


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("猫在狗的左边", "cat, dog; cat left of dog"),
        ("猫的左边是一只狗", "cat, 1 dog; dog left of cat"),
        ("左边是一只猫，右边是一只狗", "1 cat, 1 dog; cat left of dog"),
        ("沙发上有一只睡觉的黑猫", "sofa, 1 black cat (sleeping); cat on sofa"),
        ("一只坐在红色沙发上的白猫", "red sofa, 1 white cat (sitting); cat on sofa"),
        ("一个骑着自行车的女孩", "bicycle, 1 girl; girl on bicycle"),
        ("一只在树下睡觉的狗", "tree, 1 dog (sleeping); dog below tree"),
        ("一个盒子，里面有一只猫", "1 box, 1 cat; cat inside box"),
        ("鸟在树和房子之间", "bird, tree, house; bird next to tree; bird next to house"),
        ("桥下有一艘小船", "bridge, 1 boat (small); boat below bridge"),
    ],
)
def test_relations(words: str, meaning: str) -> None:
    """在 … 上, … 上有 and … 的左边是 say the same thing in three orders."""
    assert shown(wish(words)) == meaning


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("一只狗在沙滩上，日落", "1 dog; place=beach; time=sunset"),
        ("夜空下，一只狐狸站在雪地里", "1 fox (standing); place=snow; time=night"),
        ("没有人的街道，雾天", "place=street; weather=fog; not person"),
        ("水彩风格的城堡，竖版", "castle; style=watercolour; aspect=9:16"),
        ("晚上的城市，像素风，16：9", "place=city; time=night; style=pixel art; aspect=16:9"),
        ("一只青蛙，背景是池塘", "1 frog; place=pond"),
        ("梵高风格的星空", "time=night; style=Van Gogh"),
        ("写着“欢迎光临”的牌子", "sign; says 欢迎光临"),
        ("画两张猫的图", "cat; x2"),
        ("画一辆车，不要人和树", "1 car; not person; not tree"),
        ("一只自行车，没有轮子", "1 bicycle; not wheel"),
    ],
)
def test_scene_exclusions_lettering_and_pictures(words: str, meaning: str) -> None:
    """Everything beside the things has its own field, in English, but lettering stays Chinese."""
    assert shown(wish(words)) == meaning


@pytest.mark.parametrize(
    "words",
    [
        "麻烦帮我画一只红色的狐狸，谢谢！",
        "能不能给我画一张红色狐狸的图",
        "你好，我想要一只红狐狸",
        "请生成一张图片：一只红色狐狸",
        "畫一隻紅色的狐狸",
    ],
)
def test_courtesies_and_scripts(words: str) -> None:
    """Wrapped in courtesies or in traditional characters, the wish is the same."""
    fox = wish(words).subjects
    assert [(one.name, one.colour) for one in fox] == [("fox", "red")]


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("画一只 cat 在 beach 上", "1 cat; place=beach"),
        ("请画a red car在海滩上", "1 red car; place=beach"),
        ("一个 router 在桌子上", "1 router, table; router on table"),
    ],
)
def test_mixed_languages(words: str, meaning: str) -> None:
    """English words inside Chinese mean what they mean."""
    assert shown(wish(words)) == meaning


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("画个西瓜", "1 watermelon"),
        ("有只猫，要很大一只", "1 cat (big)"),
        ("一副墨镜", "1 sunglasses"),
        ("一盒巧克力饼干", "chocolate cookie, 1 box; chocolate cookie inside box"),
        ("一袋子苹果", "apple, 1 bag; apple inside bag"),
        ("墙上贴着一幅画", "wall, 1 painting; painting on wall"),
        ("药店门口，一辆自行车", "1 bicycle; place=pharmacy doorway"),
        ("阁楼，一只小猫，雨天", "1 kitten; place=attic; weather=rain"),
        ("书房，里面有一盏落地灯", "1 floor lamp; place=study"),
        ("天上下着雨，一个邮递员", "1 postman; weather=rain"),
        ("电闪雷鸣，下着雨的城堡", "castle; weather=storm"),
        ("一匹马，不是斑马", "1 horse; not zebra"),
        ("两个橙子和一个梨，都放在盘子里", "2 orange, 1 pear, plate; orange inside plate; pear inside plate"),
        ("爸爸妈妈在厨房里", "father, mother; place=kitchen"),
        ("两只兔子，分别是黑色和白色", "1 black rabbit, 1 white rabbit"),
        ("一条会喷水的鲸鱼", "1 whale (spraying water)"),
        ("没有耳朵的兔子", "rabbit; not ears"),
        ("一辆车，蓝色背景", "1 car"),
        ("一个人都没有的操场", "place=playground; not person"),
        ("给我们部门画一只老鹰", "1 eagle"),
        ("帮我花一张企鹅", "penguin"),
        ("那种周一早上的心情", ""),
        ("一只狼，戴着蓝色围巾，站在雪地上", "1 wolf (standing), blue scarf; wolf wearing scarf; place=snow"),
        ("湖边跑步的女孩", "1 girl (running); place=lake"),
        ("傍晚的书店，一只猫", "1 cat; place=bookshop; time=dusk"),
        ("从山洞里飞出来的龙", "1 dragon (flying); place=cave"),
        ("长椅上坐着一对夫妻", "bench, 1 couple (sitting); couple on bench"),
    ],
)
def test_what_people_leave_out_or_put_elsewhere(words: str, meaning: str) -> None:
    """Measure words without a number, places that stand alone, things named for all, and slips are understood."""
    assert shown(wish(words)) == meaning


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("画个 penguin，no ice", "1 penguin; not ice"),
        ("一只 fox in the forest", "1 fox; place=forest"),
        ("一本 notebook next to 一支 pen", "1 notebook, 1 pen; notebook next to pen"),
        ("draw 一只兔子 eating 胡萝卜", "1 rabbit (eating), carrot; rabbit eating carrot"),
    ],
)
def test_english_grammar_inside_chinese(words: str, meaning: str) -> None:
    """English prepositions, verbs and 'no' keep their meaning between Chinese words."""
    assert shown(wish(words)) == meaning


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("桥上有个戴帽子的人", "bridge, hat, 1 person; person wearing hat; person on bridge"),
        (
            "教堂后面是雪山，前面是一只羊",
            "church, snow mountain, 1 sheep; snow mountain behind church; sheep in front of church",
        ),
        ("一个女孩，红裙子，微笑着", "1 girl (smiling), red dress; girl wearing dress"),
        ("妈妈给女儿梳头", "1 mother (combing), daughter; mother combing daughter"),
        ("三个农民在摘苹果", "3 farmer (picking), apple; farmer picking apple"),
        ("一面墙，贴着两张贴纸", "1 wall, 2 sticker; sticker on wall"),
        ("草地上有两三只羊", "sheep; place=meadow"),
        ("半打鸡蛋", "6 egg"),
        ("仨老头儿", "3 old man"),
        ("一把蓝色的壶", "1 blue pot"),
        ("圣诞树，除了星星什么装饰都别挂", "christmas tree, star; not decoration"),
        ("别画狗，画一只猫", "1 cat; not dog"),
        ("一座塔，年会用", "1 tower"),
        ("做个贺卡，上面写《生日快乐》", "1 greeting card; says 生日快乐"),
    ],
)
def test_ways_of_saying_it(words: str, meaning: str) -> None:
    """Inner clauses keep to themselves, sides are of what was named first, and what a picture is for is not in it."""
    assert shown(wish(words)) == meaning


@pytest.mark.parametrize("question", ["画一张图大概要多久？", "你支持哪些画风啊，列一下", "你会干啥呀"])
def test_questions_want_no_picture(question: str) -> None:
    """A question about Limner is answered."""
    assert isinstance(understand(question, None), str)
