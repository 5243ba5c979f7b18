"""Words for what is done by hand, what is done on a screen, and the things that a picture may show."""

import re

_I = re.IGNORECASE
SCREEN = re.compile(
    r"\b(?:tap(?:ping)?|click|double-click|scroll|swipe|toggle|log(?:ged)? ?in|sign in|apps?|browser|admin page|web ?page|web ?site|address bar|menus?|settings|dashboard|screenshots?|tabs|drop-?down|pop-?up|dialog|check ?box|online shop|checkout|url|192\.168|user interface|https?|ssid|download|firmware|e-?mail|order page|error (?:message|code))\b|(?-i:\b[A-Z]\w+ > [A-Z])"
    r"|点击|点选|点开|轻点|点一下|点[“「]|滑动|勾选|登录|登陆|填写|打开.{0,6}(?:应用|页面|网页|浏览器)|App|应用|浏览器|网页|后台|管理页|页面|菜单|设置里|界面|截图|弹窗|选项|邮箱|下载|固件|表单|订单|网址|地址栏|”→“",
    _I,
)
# On a screen too, where nothing by hand is named beside it.
PERHAPS = re.compile(
    r"\b(?:select|choose|type|enter|screen|username|passwords?|account|form|save)\b|选择|输入|屏幕|账号|密码|保存|设置",
    _I,
)
HAND = re.compile(
    r"\b(?:(?:un)?plug(?:ged|ging)?|press(?:ed|ing)?|hold(?:ing)?|turn(?:ed|ing)?|rotate|twist|insert|(?:un)?screw(?:ed)?|clean|wipe|rinse|wash|descale|brush|dust|pack|wrap|put|place|stand|mount|hang|drill|attach|fit|clip|snap|slide|pull|push|lift|lower|remove|take|open|close|tighten|loosen|connect|disconnect|swap|replace|fill|empty|pour|cut|tape|stick|peel|fold|align|lay|move|set|keep|raise|position|route|install|hook|click into|detach|unpack|switch)\b"
    r"|插|拔|按住|按下|长按|短按|按一下|按.{0,8}(?:键|钮|孔)|转动|旋转|拧|旋|拆|装|擦|清洁|清洗|冲洗|除垢|吹|包好|包装|打包|放|挂|固定|打孔|贴|撕|剪|推|拉|抬|取出|取下|捅|顶住|(?<![桥直间])接(?![着受近])|连上|对准|扣|卡入|垫|竖|倒入|加水|倒掉|更换|换上|摆|离开?墙",
    _I,
)
NOT = re.compile(r"\b(?:do not|don't|never|no need|without)\b|不用|不要|不必|无需|不能|别", _I)
# 'Pull the plug, and do not use it any more' is done by hand all the same.
CLAUSES = re.compile(r"[,.;:!?，。；：！？、]")
# What a thing is like, and not what is done: 'devices that are plugged in'.
ATTACHED = re.compile(
    r"\b(?:are|is|that's) (?:already )?(?:plugged|connected|attached)(?: in)?\b|(?:插|接|连)(?:着|了)?(?:网线|电源)?的",
    _I,
)
_NAMED: tuple[tuple[str, str, str], ...] = (
    ("reset button", "reset (?:button|hole|pinhole|key)|pinhole", "复位[键孔按钮]+|重置[键孔按钮]+|[Rr]eset ?[键孔]|小孔"),
    ("power button", "power (?:button|switch)|on/off switch", "电源[键按钮开关]+|开关机?键"),
    ("button", r"(?!reset|power)\b\w* ?buttons?|\bkey\b", "按钮|按键|[A-Z]{2,} ?键"),
    ("paper clip", "paper ?clip|(?<!sim )pin\\b|needle|toothpick", "回形针|曲别针|卡针|牙签|针"),
    ("power adapter", "(?:power |mains )?(?:adapter|supply|brick|charger)", "电源适配器|适配器|充电器|电源"),
    ("wall socket", "(?:wall |power )?(?:socket|outlet)|power strip", "插座|插排|排插"),
    ("cable", "(?:network |ethernet |lan |power |usb |fibre |fiber |patch )*(?:cables?|cords?|leads?)|fib(?:re|er)", "网线|电源线|数据线|光纤|线缆|连接线|线"),
    ("plug", r"\bplugs?\b(?! (?:in|it|the|into|one))|connectors?", "插头|水晶头|接头"),
    ("socket", r"\bports?\b|\bjacks?\b|\bslots?\b|\b[LW]AN ?\d?\b", "端口|网口|接口|插口|卡槽|[WL]AN ?口"),
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
THINGS = tuple((name, re.compile(f"(?:{english})|(?:{chinese})", _I)) for name, english, chinese in _NAMED)
WHERE = re.compile(
    r"\bwhere\b(?!.*\b(?:buy|order|find my order|send|contact|download|throw|dispose|recycle|return)\b)|\bwhich (?:\w+ ){0,2}(?:spot|place|corner|cable|cord|wire|jack|holes?|port|plug|socket|button|hole|label|side|way|end|lamp|light|screw|antenna|slot|one)\b|\bhow (?:far|high)\b|\bhow much (?:space|room|air|clearance)\b|\bwhich way\b|\bwhat (?:order|height|distance|direction|angle|side|position)\b|\b(?:best|right|good) (?:place|spot|position)\b"
    r"|在哪[里儿]?(?!.*(?:买|下载|设置))|放哪|哪[里儿](?:插|找|放)|插哪|哪[个根条一]+(?:口|线|孔|键|灯|插头|接口|端口|螺丝|标签)|朝哪|什么地方|哪一?[面边头侧]|什么顺序|先.{0,8}后|方向|多远|多高|(?:离|隔|留)[^，。]{0,8}多",
    _I,
)  # fmt: skip
