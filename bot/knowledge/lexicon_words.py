"""Words that a search treats in a way of their own: written in several ways, saying nothing, or saying little."""

# Written in several ways, and the same in a manual; stems and simplified characters.
SAME = "wlan=wifi reboot=restart passcod=password passphras=password signin=login logon=login mail=email cellphon=phone smartphon=phone"
SAME_SIGNS = "麽=么 帐户=账号 账户=账号 帐=账 登陆=登录 登入=登录 口令=密码 无线网络=wifi 无线网=wifi 重新启动=重启 计算机=电脑 邮件=邮箱"
STOP = """
a about after all also am an and any are as at be been before by but can could did do does doing done for from get
had has have he her here him his how i if in into is it its just let like me my need no not of off on or our out
please she should so some still tell than that the their them then there these they this those to too up us want was
we were what when where which while who why will with without would yes you your im ive dont doesnt cant wont isnt
didnt t s m ve re ll d
aber als am an auf aus bei bin bitte da das dass dem den der des die dir doch du ein eine einem einen einer eines er
es fur hat habe haben ich ihr im ist ja kann kein keine konnen man mein meine meinem meinen meiner mich mir mit muss
nach nicht noch nur oder sein sich sie sind soll um und uns unser vom von vor wann warum was wenn wer werden wie
wird wo wohin zu zum zur
"""
STOP_SIGNS = "请问|怎么样|怎么办|怎么|怎样|如何|为什么|为何|什么时候|什么|哪里|哪儿|哪个|哪些|是否|能否|可不可以|能不能|可以|有没有|是不是|没有|多少|多久|几天|我们|你们|他们|您好|你好|谢谢|麻烦|想问|知道|一下|一直|已经|现在|之后|以后|之前|以前|时候|之内|以内|这个|那个|这么|那么|想要|需要|应该|但是|还是|就是|到底|[的了吗呢吧啊呀么嘛我你您他她哪]"
# What customers say in any question, and what therefore tells little.
LITTLE = """
way thing things stuff problem question issue keep make get got go come look see find know use work happen say mean means try want like think
much many long often far big right now today yesterday still just really already always never every new old whole other another same first last
machine product device unit one two give back bit lot kind sort people someone somebody everything something anything nothing rid ok okay normal
correct wrong exactly possible able allow might must shall may able since until again help explain guide instruction detail info information
morning week day month year house kitchen room office living bought recently suddenly seem appear apparently actually
hi hello dear hey support team colleague sorry bother thank thanks cheers urgent asap wonder hope guess suppose sure honest honestly
annoy ridiculous mad joke terrible awful stupid drive driving spend spent wait waited try tried pick let put
sunday monday tuesday wednesday thursday friday saturday weekend yesterday tonight ago later soon couple few three front good bad nice great
full side various different exact expert idea clue else anyway though because reason case example basically nothing around onto per via
"""
LITTLE_SIGNS = "怎么弄|里面|上面|后面|出来|上去|下来|起来|为啥|咋|啥|东西|问题|突然|总是|老是|必须|支持|[几还能会要把被给在到从和跟与不没有是就都也很太再又去来说看用做想让行新好上下里后个台次种点家过弄]"
