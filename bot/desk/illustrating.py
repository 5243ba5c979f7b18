"""Whether an answer gets a picture: the article's own that fits, one painted of what is done by hand, or none.

Pictures of user interfaces are never painted, whoever asks for them.
"""

# ruff: noqa: E501 - word tables
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from bot import log
from bot.brief import Brief, Subject
from bot.brief_arguments import arguments_of
from bot.contracts import Tool, ToolContext
from bot.desk.answering_words import Coverage, said_in
from bot.desk.draft import Illustration
from bot.desk.extracting import is_step, sentences_of, wants_action
from bot.desk.question import Question
from bot.desk.settings import DeskSettings
from bot.desk.wording import say
from bot.errors import LimnerError
from bot.knowledge.passage import Figure, Passage
from bot.knowledge.tokens import tokens_of
from bot.messages import Message, Plan, Wishes

logger = log.get("desk")
_I = re.IGNORECASE
_SCREEN = re.compile(
    r"\b(?:tap(?:ping)?|click|double-click|scroll|swipe|toggle|log(?:ged)? ?in|sign in|apps?|browser|admin page|web ?page|web ?site|address bar|menus?|settings|dashboard|screenshots?|tabs|drop-?down|pop-?up|dialog|check ?box|online shop|checkout|url|192\.168|user interface|https?|ssid|download|firmware|e-?mail|order page|error (?:message|code))\b|(?-i:\b[A-Z]\w+ > [A-Z])"
    r"|点击|点选|点开|轻点|点一下|点[“「]|滑动|勾选|登录|登陆|填写|打开.{0,6}(?:应用|页面|网页|浏览器)|App|应用|浏览器|网页|后台|管理页|页面|菜单|设置里|界面|截图|弹窗|选项|邮箱|下载|固件|表单|订单|网址|地址栏|”→“",
    _I,
)
# On a screen too, where nothing by hand is named beside it.
_PERHAPS = re.compile(
    r"\b(?:select|choose|type|enter|screen|username|passwords?|account|form|save)\b|选择|输入|屏幕|账号|密码|保存|设置",
    _I,
)
_HAND = re.compile(
    r"\b(?:(?:un)?plug(?:ged|ging)?|press(?:ed|ing)?|hold(?:ing)?|turn(?:ed|ing)?|rotate|twist|insert|(?:un)?screw(?:ed)?|clean|wipe|rinse|wash|descale|brush|dust|pack|wrap|put|place|stand|mount|hang|drill|attach|fit|clip|snap|slide|pull|push|lift|lower|remove|take|open|close|tighten|loosen|connect|disconnect|swap|replace|fill|empty|pour|cut|tape|stick|peel|fold|align|lay|move|set|keep|raise|position|route|install|hook|click into|detach|unpack|switch)\b"
    r"|插|拔|按住|按下|长按|短按|按一下|按.{0,8}(?:键|钮|孔)|转动|旋转|拧|旋|拆|装|擦|清洁|清洗|冲洗|除垢|吹|包好|包装|打包|放|挂|固定|打孔|贴|撕|剪|推|拉|抬|取出|取下|捅|顶住|接|连上|对准|扣|卡入|垫|竖|倒入|加水|倒掉|更换|换上|摆|离开?墙",
    _I,
)
_THINGS: tuple[tuple[str, str, str], ...] = (
    ("reset button", "reset (?:button|hole|pinhole|key)|pinhole", "复位[键孔按钮]+|重置[键孔按钮]+|[Rr]eset ?[键孔]|小孔"),
    ("power button", "power (?:button|switch)|on/off switch", "电源[键按钮开关]+|开关机?键"),
    ("button", r"(?!reset|power)\b\w* ?buttons?|\bkey\b", "按钮|按键|[A-Z]{2,} ?键"),
    ("paper clip", "paper ?clip|(?<!sim )pin\\b|needle|toothpick", "回形针|曲别针|卡针|牙签|针"),
    ("power adapter", "(?:power |mains )?(?:adapter|supply|brick|charger)", "电源适配器|适配器|充电器|电源"),
    ("wall socket", "(?:wall |power )?(?:socket|outlet)|power strip", "插座|插排|排插"),
    ("cable", "(?:network |ethernet |lan |power |usb |fibre |fiber |patch )*(?:cables?|cords?|leads?)|fib(?:re|er)", "网线|电源线|数据线|光纤|线缆|连接线|线"),
    ("plug", r"\bplugs?\b(?! (?:in|it|the|into|one))|connectors?", "插头|水晶头|接头"),
    ("socket", r"\bports?\b|\bjacks?\b|\bslots?\b", "端口|网口|接口|插口|卡槽|[WL]AN ?口"),
    ("antenna", "antennas?|antennae|aerials?", "天线"),
    ("screw", "screws?|wall plugs?", "螺丝|螺钉|膨胀管"),
    ("screwdriver", "screwdrivers?", "螺丝刀"),
    ("wall bracket", "brackets?|wall mount|mounting plate", "支架|挂架|挂板|底座"),
    ("cloth", "cloths?|tissue|towel|brush", "抹布|软布|布|毛巾|刷子"),
    ("cardboard box", r"\bbox(?:es)?\b|carton|packaging|parcel", "纸箱|箱子|盒子|包装盒|快递箱"),
    ("label", "labels?|stickers?|serial plate", "标签|贴纸|铭牌"),
    ("card", r"sim cards?|\bsim\b|memory card", "SIM ?卡|存储卡|卡托"),
    ("battery", "batter(?:y|ies)", "电池"),
    ("lamp", r"\b(?:leds?|lights?|lamps?|indicators?)\b", "指示灯|灯"),
    ("wall", r"\bwalls?\b", "墙"),
    ("shelf", "shel(?:f|ves)|cupboard|cabinet", "架子|柜子|柜"),
    ("table", r"\bdesk\b|\btable\b", "桌"),
    ("water tank", "(?:water )?tank|reservoir", "水箱"),
    ("filter", "filters?", "滤网|滤芯|过滤"),
    ("pole", r"\bpoles?\b|\bmasts?\b", "立杆|杆子|桅杆"),
    ("hook", r"\bhooks?\b|\blatch(?:es)?\b|\bclips?\b|\bstraps?\b", "挂钩|卡扣|弹片|扎带|卡环"),
    ("lid", r"\blids?\b|\bcovers?\b|\bflaps?\b|housing", "盖子|后盖|外壳|机壳|保护膜"),
    ("lever", r"\blevers?\b|\bhandles?\b|\bknobs?\b", "手柄|把手|旋钮"),
    ("hose", r"\bhoses?\b|\bpipes?\b|\bseals?\b|\bvalves?\b", "软管|水管|密封圈|阀"),
    ("cup", r"\bcups?\b|\bbowls?\b|\bjugs?\b|\btrays?\b|capsules?", "杯|碗|接水盘|胶囊"),
    ("USB stick", r"\bUSB (?:stick|drive)s?\b|\bdongle\b|hard (?:disk|drive)", "U ?盘|硬盘"),
    ("television", r"\btelevisions?\b|\btvs?\b", "电视|机顶盒"),
    ("printer", r"\bprinters?\b", "打印机"),
    ("ceiling", r"\bceilings?\b", "天花板"),
    ("floor", r"\bfloors?\b", "地板|地面"),
    ("foot", r"\b(?:rubber )?foot\b|\bfeet\b|\bstands?\b(?= of)", "底脚|脚垫"),
    ("router", "routers?|mesh unit|satellites?|nodes?|access points?|gateway", "路由器?|主机|子机|节点|基站"),
    ("modem", "modems?|optical terminal", "光猫|调制解调器"),
    ("device", r"\bdevices?\b|\bmachines?\b|\bunits?\b|appliance|repeater|extender|product", "设备|机器|产品|中继器|扩展器|机身|本机"),
)  # fmt: skip
_FOUND = tuple((name, re.compile(f"(?:{english})|(?:{chinese})", _I)) for name, english, chinese in _THINGS)
_WHERE = re.compile(
    r"\bwhere\b(?!.*\b(?:buy|order|find my order|send|contact|download|throw|dispose|recycle|return)\b)|\bwhich (?:\w+ ){0,2}(?:cable|cord|wire|jack|holes?|port|plug|socket|button|hole|label|side|way|end|lamp|light|screw|antenna|slot|one)\b|\bhow (?:far|high)\b|\bhow much (?:space|room|air|clearance)\b|\bwhich way\b|\bwhat (?:order|height|distance|direction|angle|side|position)\b|\b(?:best|right|good) (?:place|spot|position)\b"
    r"|在哪[里儿]?(?!.*(?:买|下载|设置))|放哪|哪[里儿](?:插|找|放)|插哪|哪[个根条一]+(?:口|线|孔|键|灯|插头|接口|端口|螺丝|标签)|朝哪|什么地方|哪一?[面边头侧]|什么顺序|先.{0,8}后|方向|多远|多高|(?:离|隔|留)[^，。]{0,8}多",
    _I,
)  # fmt: skip
_GENERIC = frozenset(
    tokens_of(
        "picture photo shows show illustration diagram screenshot the of with and from to in on a is are 图 示意图 图片 截图 页面"
    )
)
MOST_THINGS = 3
LEAST_ASKED, LEAST_SAID = 0.35, 0.4


@dataclass(frozen=True, slots=True)
class Illustrated:
    """The decision, and what goes with it."""

    kind: Illustration = Illustration.NONE
    figure: Figure | None = None
    plans: tuple[Plan, ...] = ()


NOTHING = Illustrated()


class Illustrating:
    """Decides on pictures and plans those that are to be painted; it paints nothing itself."""

    def __init__(
        self, imagine: Tool | None, context: Callable[[Message], Awaitable[ToolContext]], settings: DeskSettings
    ) -> None:
        self._imagine, self._context, self._settings = imagine, context, settings

    async def of(
        self, question: Question, asked: str, text: str, passages: Sequence[Passage], wish: str = ""
    ) -> Illustrated:
        """The picture of an answer.

        Args:
            question: What is answered.
            asked: The question without greetings, with what it follows upon.
            text: The answer.
            passages: The cited ones, then others that were found of their documents.
            wish: What an LLM wishes: the id of a figure, 'paint' or 'none'; empty where it says nothing.
        """
        if self._settings.illustrate == "never":
            return NOTHING
        if shown := fitting(asked, text, passages, wish):
            return Illustrated(Illustration.ARTICLE, shown)
        spent = question.illustrated >= self._settings.pictures_per_conversation
        if spent or self._imagine is None or not is_to_paint(asked, text, self._settings.illustrate == "always"):
            return NOTHING
        return await self._painted(self._imagine, question, things(f"{asked}\n{text}"))

    async def _painted(self, imagine: Tool, question: Question, named: Sequence[str]) -> Illustrated:
        said = " and ".join(f"a {name}" for name in named)
        if question.language == "zh":
            said = f"画一张示意图：{said}"
        wishes = Wishes(style=self._settings.style or None, count=1)
        message = replace(
            question.message, text=said, wishes=wishes, attachments=(), wants_picture=True, reply_to=None, action=""
        )
        brief = Brief(said, tuple(Subject(name, 1) for name in named), exclusions=("text", "screen"))
        try:
            context = await self._context(message)
            wants = replace(context.preferences, rewriting="on")
            context = replace(
                context, message=message, preferences=wants, previous=None, previous_id=None, previous_sha256=None
            )
            result = await imagine.run(arguments_of(brief), context)
        except LimnerError as error:  # the answer goes without: a picture is an extra
            logger.warning("an answer goes without a picture: %s", error)
            return NOTHING
        note = say("made by AI", question.language)
        plans = tuple(replace(plan, held=False, notes=(note, *plan.notes)) for plan in result.plans[:1])
        return Illustrated(Illustration.PAINTED, plans=plans) if plans else NOTHING


def fitting(asked: str, text: str, passages: Sequence[Passage], wish: str = "") -> Figure | None:
    """The figure whose caption names what is asked about; a screenshot only for what is done on a screen."""
    figures = {figure.id: (figure, passage) for passage in reversed(passages) for figure in passage.figures}
    on_screen = is_on_screen(asked, text) and wants_action(asked)
    usable = {key: pair for key, pair in figures.items() if on_screen or not pair[0].is_screenshot}
    if wish in usable:
        return usable[wish][0]
    coverage = Coverage(asked, passages)
    marks = [(_fit(figure, passage, text, coverage), key) for key, (figure, passage) in usable.items()]
    best, key = max(marks, default=(0.0, ""))
    return usable[key][0] if best >= 1 else None


def is_to_paint(asked: str, text: str, always: bool = False) -> bool:
    """Whether a picture of things explains the answer; never of what is done or seen on a screen."""
    if is_on_screen(asked, text) or not things(f"{asked}\n{text}"):
        return False
    if always:
        return True
    if _WHERE.search(asked):
        return True
    return wants_action(asked) and any(_is_by_hand(step) for step in steps_of(text))


def is_on_screen(asked: str, text: str) -> bool:
    """Whether more of it is done on a screen than by hand, and the first step, too."""
    steps = steps_of(text)
    by_hand = [_is_by_hand(step) for step in steps]
    on_screen = [not hand and _is_screen(step) for hand, step in zip(by_hand, steps, strict=True)]
    if not any(by_hand):
        return any(on_screen) or _is_screen(asked)
    told = [at for at, (hand, screen) in enumerate(zip(by_hand, on_screen, strict=True)) if hand or screen]
    return on_screen[told[0]] and sum(by_hand) * 2 < len(told)


def steps_of(text: str) -> list[str]:
    """The steps of an answer, or else its sentences."""
    lines = [line for line in text.split("\n") if is_step(line)]
    return lines or sentences_of(text)


def things(text: str) -> tuple[str, ...]:
    """The things that a text names, by their plain English names, in the order in which they come; two or three."""
    found: list[tuple[int, str]] = []
    for name, pattern in _FOUND:  # the longer names first: a paper clip is no clip
        if match := pattern.search(text):
            found.append((match.start(), name))
            text = pattern.sub(lambda one: " " * len(one[0]), text)
    names = [name for _, name in sorted(found)]
    if len(names) > 1 and "device" in names:
        names.remove("device")
    special = [name for name in names if name not in ("router", "device", "button")] or names
    main = next((name for name in names if name in ("router", "modem", "device")), "")
    return tuple(dict.fromkeys([*special[: MOST_THINGS - bool(main)], *([main] if main else [])]))


def _is_screen(text: str) -> bool:
    return bool(_SCREEN.search(text) or _PERHAPS.search(text))


def _is_by_hand(step: str) -> bool:
    return bool(_HAND.search(step) and things(step)) and not _SCREEN.search(step)


def _fit(figure: Figure, passage: Passage, text: str, coverage: Coverage) -> float:
    """1 and more where a caption speaks of what is asked, or of what the article is about and the answer says, too."""
    words = said_in(figure.caption) - _GENERIC
    said = len(words & said_in(text)) / max(len(words), 1)
    above = bool(words & said_in(" ".join([passage.title, *passage.headings])))
    asked = coverage.of(figure.caption)
    return asked / LEAST_ASKED + (said / LEAST_SAID if above else 0.5 * said)
