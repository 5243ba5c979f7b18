"""How much of a question a text speaks of, also where customers and articles use other words for the same."""

# ruff: noqa: E501 - word tables
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from bot.knowledge.passage import Passage
from bot.knowledge.tokens import HAN, fold, stem, terms_of, tokens_of

# Words of support in general, nothing of anybody's product; a line means one thing, in English and in Chinese.
_SAME = """
light lamp led indicator lit glow | 指示灯 灯
blink flash flicker pulse | 闪烁 闪 一闪一闪
remove extract eject pull take detach | 取出 拔出 拿出 弄出 取下 拆下 拔掉 拿不出 抠出
stuck jam wedge block clog | 卡住 卡在 卡 堵
break broke broken fault faulty defect defective damage fail failure dead die died | 故障 损坏 坏了 坏 失灵 用不了
warranty guarantee cover | 保修 质保 保固 三包
return refund reimburse | 退货 退款 退钱 退回 还能退 能退 退
money pay cost price fee charge payment expensive | 多少钱 费用 价格 收费 付款 支付 货款 到账 钱
deliver delivery ship shipping dispatch courier parcel package post arrive | 配送 发货 送到 送达 快递 物流 寄 到货 运费 包裹 包邮
buy bought purchase order | 购买 订单 下单 买
phone mobile smartphone cell tablet handset | 手机 平板
connect connection join link pair hook reconnect attach | 连接 连不上 连上 接入 配对 联网 连到 连
network wifi wireless wlan internet online web | wifi 网络 无线 上网 宽带
slow speed fast quick sluggish lag | 网速 速度 慢 卡顿
password passphrase passcode credential | 密码 口令
change modify alter switch swap replace exchange new | 修改 更改 更换 换成 换 改
install setup mount assemble fix hang attach | 安装 装上 装 挂
put place stand position location spot situate | 摆放 放在 放 位置 摆
clean wash wipe rinse dust dirty | 清洁 清洗 擦 洗 打扫 积灰
update upgrade newer | 更新 升级
restart reboot | 重启
reset factory default restore erase | 恢复出厂 出厂设置 重置 复位 还原
disable deactivate | 关闭 关掉 关
enable activate | 开启 启用 打开
cancel stop pause end terminate unsubscribe | 取消 停止 暂停 停掉 退订
forget forgot forgotten lost lose missing | 忘记 忘了 忘 丢失 丢了 丢
child children kid son daughter parental | 孩子 小孩 儿童 家长
guest visitor friend relative | 访客 客人 亲戚 朋友
noise loud hum rattle sound buzz noisy | 声音 噪音 响声 嗡嗡
hot warm heat temperature overheat | 发热 发烫 温度 烫 热
disconnect drop cut interrupt | 掉线 断网 断开 断
weak signal range coverage reach | 信号 覆盖 弱
invoice receipt bill | 专用发票 专票 发票 收据 凭证 开票
account profile login user | 账号 登录 用户
abroad foreign country overseas travel trip | 国外 出国 海外 境外
move moving relocate house home flat apartment | 搬家 新家 家里
repair mend technician service | 维修 修理 售后
contact hotline call reach | 联系 电话 热线
recycle dispose throw bin rubbish trash waste | 回收 扔掉 丢弃 垃圾
pack packaging box carton unbox | 包装 打包 盒子 纸箱
cable cord wire lead | 网线 电源线 线
plug socket outlet power electricity mains | 插头 插座 电源 通电
port jack | 接口 网口 端口 插口
delay late wait | 延迟 等 多久
night evening dark bedroom sleep | 晚上 夜里 夜间 卧室 睡觉
charger adapter adaptor supply brick | 电源适配器 适配器 充电器
glue adhesive tape sticky | 双面胶 胶带 粘 贴
drill hole bore | 打孔 钻孔 钻
disk drive storage file hdd ssd | 硬盘 U盘 存储 文件
lightning thunder thunderstorm surge storm | 闪电 打雷 雷雨 雷击 雷
spill liquid wet soak drink | 进水 泼 洒 液体
record log store privacy data collect track | 记录 数据 隐私 浏览
serial sn identifier | 序列号 SN
previous earlier older downgrade back | 旧版本 以前 降级
sell sold transfer | 卖掉 卖 转让
tv television stream | 电视 机顶盒
computer laptop pc mac | 电脑 笔记本
game gaming console playstation xbox | 游戏机 游戏 联机
time schedule timer hour limit | 定时 时间 时段
""".strip()
# What customers say in any question, and what therefore tells little.
_LITTLE = frozenset(
    """
    way thing things stuff problem question issue keep make get got go come look see find know use work happen say mean means try want like think
    much many long often far big right now today yesterday still just really already always never every new old whole other another same first last
    machine product device unit one two give back bit lot kind sort people someone somebody everything something anything nothing rid ok okay normal
    correct wrong exactly possible able allow might must shall may able since until again help explain guide instruction detail info information
    morning week day month year home house kitchen room office living bought recently suddenly seem appear apparently actually
    """.split()
)
_LITTLE_SIGNS = re.compile(
    "请问|怎么样|怎么办|怎么|怎样|如何|为什么|什么时候|什么|哪里|哪儿|哪些|是否|能否|可不可以|能不能|可以|有没有|是不是|我们|你们|他们|您好|你好|谢谢|一下|这个|那个|想要|需要|应该|但是|还是|必须|支持|[的了吗呢吧啊呀么嘛我你您他她]|多久|多少|多长|几天|几个|怎么弄|弄|里面|上面|后面|出来|上去|下来|起来|为啥|咋|啥|哪个|哪|几|还|能|会|要|把|被|给|在|到|从|和|跟|与|不|没|有|是|就|都|也|很|太|再|又|去|来|说|看|用|做|想|让|行|新|好|上|下|里|后|个|台|次|种|点|时候|东西|问题|现在|突然|一直|总是|老是|家|过"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that is asked about: any of these tokens says it."""

    options: tuple[str, ...]
    weight: float = 1.0


class Coverage:
    """Weighs what a question asks about by how rare it is among the passages that were found for it: 0 to 1 each."""

    def __init__(self, question: str, passages: Sequence[Passage]) -> None:
        self._units = _units(question)
        said = [said_in(whole(passage)) for passage in passages]
        self._weights = [unit.weight * self._rarity(unit, said) for unit in self._units]

    def of(self, text: str) -> float:
        """0 to 1."""
        asked = sum(self._weights)
        return self.evidence(text) / asked if asked else 0.0

    def evidence(self, text: str) -> float:
        """How much rare a text says of what is asked, however long the question is: each rare thing counts 1."""
        have = said_in(text)
        return sum(weight for unit, weight in zip(self._units, self._weights, strict=True) if have & {*unit.options})

    @staticmethod
    def _rarity(unit: Unit, said: Sequence[set[str]]) -> float:
        count, total = sum(bool(one & {*unit.options}) for one in said), max(len(said), 10)
        return math.log(1 + (total - count + 0.5) / (count + 0.5)) / math.log(2 * total + 2)


def whole(passage: Passage) -> str:
    """A passage with its title and headings."""
    return "\n".join([passage.title, *passage.headings, passage.text])


def in_other_words(question: str) -> str:
    """Other words for what a question names, to search with besides; empty where there are none."""
    lines = _SAME.split("\n")
    found = sorted(int(one[1:]) for one in _meanings(question))
    return " ".join(lines[at].replace("|", " ") for at in found)


def said_in(text: str) -> set[str]:
    """All that a text speaks of: its tokens, and what they mean."""
    return {*tokens_of(text), *_meanings(text)}


def _units(question: str) -> list[Unit]:
    folded = fold(question)
    meant = _meanings(folded)
    rest = _chinese().sub(" ", folded)
    words = [term for term in terms_of(rest) if term.counts and term.run < 0]
    units = [Unit((meaning,)) for meaning in sorted(meant)]
    for term in words:
        tokens = {token for option in term.options for token in option}
        if not tokens & _english().keys():
            units.append(Unit(term.options[0], 0.3 if tokens & _little() else 1.0))
    for run in re.findall(f"[{HAN}]+", _LITTLE_SIGNS.sub(" ", rest)):
        pairs = [run[at : at + 2] for at in range(len(run) - 1)] or [run]
        units += [Unit(tuple(pair for pair in pairs[max(at - 1, 0) : at + 1]), 0.5) for at in range(len(run))]
    return units


def _meanings(text: str) -> set[str]:
    text = fold(text)
    english = {_english()[token] for token in tokens_of(text) if token in _english()}
    return english | {_signs()[word] for word in _chinese().findall(text)}


@cache
def _english() -> dict[str, str]:
    groups = [line.split("|")[0].split() for line in _SAME.split("\n")]
    return _first((stem(word), f"#{at}") for at, group in enumerate(groups) for word in group)


@cache
def _signs() -> dict[str, str]:
    groups = [line.split("|")[1].split() for line in _SAME.split("\n")]
    return _first((word, f"#{at}") for at, group in enumerate(groups) for word in group)


@cache
def _chinese() -> re.Pattern[str]:
    return re.compile("|".join(sorted((word for word in _signs() if not word.isascii()), key=len, reverse=True)))


@cache
def _little() -> frozenset[str]:
    return frozenset(stem(word) for word in _LITTLE)


def _first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word, meaning in pairs:
        found.setdefault(word, meaning)
    return found
