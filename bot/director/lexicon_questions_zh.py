"""How Chinese questions about Limner and its pictures are asked, and what shows that a wish is meant after all."""

import re

ASKS = re.compile(
    r"[吗么嘛呢？?]|[清懂会行好能是对]不\W*$|能不能|会不会|要不要|是不是|有没有|可不可以|为[啥什]|怎么|啥|什么|多少|多久|哪|谁|几[张次天个]"
)
ABOUT = re.compile(
    r"你|(?:我|我们)(?:的|之前的?|上次的?)?(?:图|画(?=能|会|可)|照片|账号|数据|作品|聊天|记录|话)|[这那](?:种|张|个|些)?(?:图|画|照片|作品)|商用|版权|署名|打印|印(?=[ a-zA-Z一-龥])|分辨率|resolution"
    r"|像素|画得|收费|会员|额度|次数|限制|隐私|存着|保存|训练|模型|服务器|排队|等这?么?久|等多久|水印",
    re.IGNORECASE,
)
# What is to be drawn or changed: a verb of making before what is counted, or a change to what is there.
WISH = re.compile(
    r"(?:画|来|整|弄|做|生成|设计|搞|给我|帮我|想要|换|加|有)(?:我|上)?(?:一|两|三|四|五|几|个|张|幅|只|点|\d)"
    r"|(?:能|会|可以|能不能|可不可以)(?:帮我|给我|再)?画(?!的|几|多|什|啥|哪|出|得|图|画|完|好)"
    r"|把(?!图|画|它?打印)|换成|改成|变|加上|去掉|删掉|移|放大|缩小|调|重[画新来]|(?<!快)[一有]?(?<!快)[点些](?:儿)?[吗么吧呢？?！!。]*$|(?<!要)不要(?!钱)"
    r"|[一两三四五六七八九十\d][只个条辆座位朵棵匹头艘架杯碗盘]"
)
