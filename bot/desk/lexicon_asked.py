"""Words that tell what kind of thing a question asks for, and what an answer to it must have in it."""

import re

YES_OR_NO = re.compile(
    r"(?:^|[.!?,;\n]\s*|\b(?:and|so|but|hi|hello) )(?:can|could|may|do|does|did|is|are|was|will|would|should|has|have|am)(?:n't)? (?!you (?:tell|show|explain|help|say|let)\b)(?!(?:someone|anyone) )[^?\n]*(?:\?|$)|\bpossible\s*\?"
    r"|(?:吗|么(?<!什么)(?<!怎么))\s*(?:[?？。，,]|$)|[行好对是]了?吧\s*(?:[?？，,]|$)|能不能|能否|是否|可不可以|会不会|是不是|有没有|要不要|需不需要|行不行|行吗|(?:可以|能|会|行|要|对|好|够)[^，。？！?!]*不\s*[?？]?\s*$",
    re.IGNORECASE,
)  # fmt: skip
FACT = re.compile(
    r"\bwhat (?:does|do|is|are|was) (?!(?:the (?:right|best|correct) (?:way|place|order|position)))[^?]*\b(?:mean|stand for|difference|speed|range|limit|price|cost|warranty|policy|address|number|hours|name|version)\b|\bmeaning\b|\bwhy\b|\bwho\b|\bwhich (?:models?|countries|carriers?|payment|versions?|browsers?|browser)\b|\bwarranty\b|\binvoice|\breturn(?:s|ed)? (?:policy|period)\b|\bdeliver|\bship(?:ping|ped)?\b"
    r"|什么意思|(?:变成|是)啥|还是(?![先朝上下左右前后里外横竖])[^，。？！?!]{1,8}[?？]?$|代表什么|含义|表示什么|为什么|为啥|谁|哪[款些]型号|支持哪些|保修|质保|发票|退换货?|运费|快递|发货|区别",
    re.IGNORECASE,
)  # fmt: skip
# Not 'when what arrived is faulty', nor 'the doorway, where the door closes'.
OPEN = re.compile(
    r"(?:^|[.!?;:\n-] *|, *(?=\w+ (?:\w+ ){0,2}(?:is|are|do|does|did|can|could|should|must|to|has|have|will|would)\b)|\b(?:and|or|so|but|then|me|know|see|tell|in|to|for|on|at|from|with|by) )(?:how|what|where|which)\b|怎么|怎样|如何|哪|什么",
    re.IGNORECASE,
)  # fmt: skip
HOW = re.compile(r"\bhow (?:do|can|should|could) (?:i|we|you)\b|\bhow to\b|怎么(?!样)|怎样|如何", re.IGNORECASE)
AMOUNT = re.compile(
    r"\bhow (?:much|many|long|often|far|big|high|heavy|fast|old|soon|late|wide|tall|hot|cold)\b|(?:^|[.!?,;:\n] ?|\b(?:and|since|until|till) )when (?:do|does|did|will|is|are|can|may|should|would)\b|\buntil when\b|\bwhat (?:time|temperature|distance|size|price|number|percentage)\b|\bcosts?\b|\bprice\b|\b(?:biggest|largest|longest|highest|max|maximum|minimum)\b"
    r"|多少|多久|多长|多大|多远|多高|多重|(?<!好)几[天个次年月米种台]|什么时候|何时|价格|费用|最[大多长高远少小]",
    re.IGNORECASE,
)  # fmt: skip
A_NUMBER = r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|once|twice|half|unlimited|every|never|always)\b|[一二两三四五六七八九十百半每]|不限"
# What an answer must have in it where this is asked.
MUST_HAVE = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(answered, re.IGNORECASE))
    for asked, answered in (
        (r"\b(?:price|costs?|how much (?:is|are|do|does|for|will|to)|expensive|fee|surcharge)\b|多少钱|价格|费用|收费|贵[吗不]", r"[€$£¥]|\b(?:euros?|dollars?|pounds|free|nothing)\b|元|免费|不收|包邮"),
        (r"\bhow (?:long (?:do|does|is|are|will|may|can|until|before)|soon|many (?:seconds|minutes|hours|days|weeks|months|years))\b|多久|几天|多长时间|几个?(?:小时|月|年)", r"(?:\d|\b(?:one|two|three|four|five|six|ten|few|half an?|an|each|every)\b)\s?(?:to \d+ )?(?:working |calendar )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|cm|m|km)\b|[\d一二两三四五六七八九十半几每]\s?个?(?:秒|分钟|小时|天|日|周|星期|月|年|工作日|米|厘米)|immediately|at once|never|立即|马上"),
        (r"\b(?:weighs?|how heavy|weight)\b|多重|重量|公斤", r"\d\s?(?:kg|g|grams?|pounds?|lbs?)\b|公斤|千克|\d ?克"),
        (r"\b(?:dimensions|how (?:big|wide|tall|thick))\b|尺寸|多宽|多厚", r"\d\s?(?:cm|mm|m|inch\w*)\b|厘米|毫米|\d ?米"),
        (r"\b(?:phone|telephone) number\b|\bhotline\b|电话号码|热线|电话是多少|客服电话|电话\s?[?？]?$", r"\d[\d -]{5,}\d"),
        (r"\b(?:what|which|other|any) colou?rs?\b|\bin (?:white|black|red|grey|blue|green)\b|(?:什么|几种|哪些|别的)颜色|[黑白红蓝绿灰]色的吗", r"\bcolou?rs? (?:are|is|:)|\bcomes? in\b|颜色有|可选"),
        (r"\b(?:watts?|how much (?:power|electricity))\b|功率|多少瓦|耗电|费电", r"\d\s?(?:k?W|watts?|kWh)\b|瓦"),
        (r"\b(?:discounts?|coupons?|instal+ments?|pay later|loyalty)\b|折扣|优惠|分期|积分|以旧换新", r"\b(?:discounts?|coupons?|instal+ments?|points)\b|折扣|优惠|分期|积分|以旧换新"),
        (r"\b(?:opening|business|office) hours\b|\bopen on (?:\w+days?|weekends?)\b|营业时间|上班时间|几点(?:上班|下班|开门|关门)", r"\d\s?(?:a\.?m|p\.?m|:\d\d|点)|o'clock|\d[:：]\d\d|[一二两三四五六七八九十]点"),
        (r"\bwhom? (?:do|does|can|could|should|shall|must|is|are|will|pays?|to)\b|谁", r"\b(?:we|us|our|support|service|team|seller|dealer|shop|provider|carrier|owner|administrator|electrician|specialist|friend|customer)s?\b|我们|客服|售后|商家|卖家|经销商|运营商|宽带公司|管理员|机主|电工|师傅|主人"),
        (r"\bhow (?:many|much|often|far|high|fast)\b|多少|(?<!好)几[个台条次米种]|多快", A_NUMBER),
    )
)  # fmt: skip
# Names and model numbers: what the articles never name, they don't answer for.
NAME = re.compile(
    r"(?<![.!?] )(?<!^)\b[a-z]?[A-Z][A-Za-z]*(?: ?\d+\b)?|\b[A-Za-z]+\d+\b|(?<=[\u4e00-\u9fff])\s?[A-Za-z]{3,}(?: ?\d+\b)?"
)
