"""Everyday words for home technology and its trade, in English and Chinese: a line means one thing."""

# Nothing of anybody's product. Two words that belong together are written with '_'. What customers say stands beside
# what articles say, symptoms beside the thing that shows them.
MEANINGS = """
light lamp led indicator lit glow | 指示灯 灯 亮着 亮的
blink flash flicker pulse | 闪烁 闪 一闪一闪
dark bright glare night evening bedroom asleep sleep baby | 晚上 夜里 夜间 卧室 睡觉 睡不着 晃眼 刺眼 太亮 半夜
remove extract eject take_out pull_out get_out come_out pop_out detach | 取出 拔出 拿出 弄出 取下 拆下 拿下 拿不出 抠出 卸下 拆
stuck jam wedge clog block | 卡住 卡死 堵 卡在
broke broken break fault faulty defect defective fail failure dead died die malfunction | 故障 损坏 坏了 坏掉 失灵 用不了 没反应 死机
drop_it dropped_it fell fall crack cracked smash shatter dent accident scratch casing | 摔 摔坏 摔了 磕 裂 碎 外壳 人为
warranty guarantee cover expire free_repair for_nothing | 保修 质保 保固 三包 过保 还给修 免费修
return send_back refund reimburse money_back give_back dont_want changed_my_mind not_happy | 退货 退款 退钱 退回 退掉 不喜欢 不想要 七天无理由
pay cost price fee charge bill expensive cheap afford paid | 多少钱 费用 价格 收费 付款 扣费 扣款 花钱 收钱 元
subscription plan renewal renew cancel annual yearly monthly membership | 订阅 会员 续费 续订 套餐 年费 月费 取消
deliver delivery ship shipping dispatch courier arrive tracking postage | 配送 发货 送到 送达 快递 物流 寄到 到货 运费 包邮 收货
buy bought purchase order shop store checkout | 购买 下单 订单 买的 商城 买来 买回来 刚买
address | 地址
pack packaging box carton parcel wrap padding | 包装 打包 盒子 纸箱 装箱 箱子 包裹 裹好 塞
recycle dispose throw_away bin rubbish trash waste scrap old | 回收 扔掉 丢弃 垃圾 报废 旧机 环保
repair mend fix service technician workshop | 维修 修理 售后 返修 寄修 检修
invoice receipt vat proof_of_purchase | 发票 专票 收据 凭证 开票 抬头 税号 报销
contact hotline call_you reach_you contact_support | 客服 联系 电话 热线
phone mobile smartphone cell tablet handset android iphone ios | 手机 平板 安卓 苹果
computer laptop pc mac notebook | 电脑 笔记本
connect connection join link hook_up attach pair add onboard | 连接 连不上 连上 接入 配对 连到 添加 加进 加入
network wifi wireless internet online web broadband | 网络 无线 上网 宽带 联网
slow speed fast sluggish lag buffer buffering mbit gigabit bandwidth throughput crawl stutter | 网速 速度 慢 卡顿 测速 跑不满 缓冲 转圈 千兆 兆 带宽
limit throttle priority prioritise hog cap download | 限速 限制 优先 抢网 占网 占带宽 下载 下电影
disconnect drop_out cut_out cut_off interrupt drops dropping unstable lose_connection reconnect | 掉线 断网 断开 断断续续 不稳定 老断 断线
interference disturb microwave neighbour channel | 干扰 微波炉 信道 邻居 捣乱
weak signal range coverage reach dead_spot dead_zone bars far_away reception | 信号 覆盖 弱 没信号 收不到 死角 满格 信号差
put place stand position location spot where_to locate site | 摆放 放在 摆在 位置 摆 放哪 哪里放
upstairs downstairs floor storey stairs wall room corridor hall | 楼上 楼下 楼层 两层 走廊 客厅 房间 过道 里面那间
password passphrase passcode credential pin | 密码 口令
forget forgot forgotten lost lose locked_out no_longer_know blocked remember | 忘记 忘了 想不起 丢失 丢了 找不到 记不得
change modify alter rename edit different new_name | 修改 更改 更换 换成 改成 改掉
name ssid | 名称 名字
install setup set_up mount assemble first_time unbox just_arrived get_started start_up new_one | 安装 按装 装上 首次 上手 新机 新买 刚到 开箱 到货 第一次 初次 说明书
hang wall_mount bracket drill hole screw template anchor plasterboard | 支架 挂 壁挂 打孔 打洞 钻孔 螺丝 膨胀 挂墙 钉
glue adhesive stick_on tape sticky tile | 双面胶 胶带 粘 贴 瓷砖 胶
clean wash wipe rinse dust dirt dirty fluff lint hair vacuum brush | 清洁 清洗 擦 打扫 积灰 除尘 灰 灰尘 清理 脏 毛
spill liquid wet water soak coffee juice tea drink rain | 进水 泼 洒 液体 水 湿 饮料 咖啡 淋
smoke burn burnt scorch melt fire smell safe safety danger | 冒烟 焦味 糊味 烧焦 烧 起火 安全 焦
hot warm heat temperature overheat burning_hot degree | 发热 发烫 温度 烫 过热 散热 好热
noise loud hum rattle sound buzz noisy howl whine roar grind fan quiet silent | 声音 噪音 响声 嗡嗡 吵 风扇 很响
lightning thunder thunderstorm surge storm | 闪电 打雷 雷雨 雷击 雷 下雨
plug_out unplug pull_the_plug disconnect_power | 拔掉 拔线 拔下 拔
power electricity mains power_cut outage blackout | 电源 通电 断电 停电 插电
charger adapter adaptor power_supply brick psu volt ampere watt | 电源适配器 适配器 充电器 充电头 变压器 伏 安培
socket outlet wall_socket power_strip extension | 插座 插排 插线板 排插
plug travel_adapter shape | 插头 转换头 转换插头
cable cord wire lead ethernet lan patch cat | 网线 电源线 连线 接线 线缆 插哪 接哪 两头 蓝线
port jack hole rear back panel behind wan | 接口 网口 端口 插口 背面 后面 口
order sequence first_then what_order which_first | 顺序 先后 先接 排
button press key push wps | 按键 按钮 按哪 键 按下 长按
pinhole paper_clip needle reset_hole | 小孔 针孔 卡针 回形针 捅
reset factory default restore_factory erase wipe blank second_hand previous_owner used_one start_over | 恢复出厂 出厂设置 出厂 重置 复位 清空 二手 前房东 前任 上家 原来的主人
restart reboot by_itself turn_itself restarting | 重启 自己重启 自动重启 反复 灭又亮
update upgrade firmware newest newer version release latest | 更新 升级 固件 新版本 版本
downgrade roll_back go_back previous_version older_version | 降级 旧版本 退回旧版
interrupt revive rescue recover brick recovery unbrick bring_back power_cut power_failed nothing_works | 救砖 变砖 恢复 抢救
backup back_up save_settings restore_settings export import configuration | 备份 还原 配置 导出 导入 保存 存的 文件
disable deactivate switch_off turn_off | 关闭 关掉 关灯
enable activate switch_on turn_on | 开启 启用 打开
child children kid son daughter parental bedtime school homework family | 孩子 小孩 儿童 家长 儿子 女儿 娃 学生
time schedule timer hour screen_time half_past oclock | 定时 时间 时段 几点 到点
guest visitor friend relative visit qr | 访客 客人 亲戚 朋友 二维码 扫一扫 扫码
account profile login user owner bound sign_in | 账号 登录 账户 绑定 主人 用户
share invite member family_member parents wife husband | 共享 邀请 家人 成员 一起管
sell sold transfer hand_over next_owner buyer | 转让 卖掉 转给 卖家 闲鱼 二手
abroad foreign country overseas travel trip hotel holiday | 国外 出国 海外 境外 酒店 旅行 留学 国家
moving move_house relocate new_flat new_home new_apartment moved new_house | 搬家 新家 换房子 新房 搬到 搬走
privacy data collect track record history browse log watch visited see_what | 隐私 数据 记录 浏览 访问过 看到我 收集 保存哪些 日志
serial serial_number sn identifier label sticker type_plate underneath initial_password | 序列号 标签 贴在 铭牌 初始密码 底部
provider isp carrier operator telekom vodafone modem hub bridge double_nat | 运营商 光猫 桥接 电信 移动 联通 拨号
two_routers second_router old_router access_point in_a_row hand_out address dhcp their_box arrange_two | 两台路由器 旧路由器 双路由 接入点
dial dialling pppoe | 拨号 宽带账号 宽带密码 宽带
mesh node extender repeater satellite extra_unit booster | 节点 组网 扩展器 子路由 中继 小白盒 第二个 第二只
compatible together match work_with run_with mix combine which_models | 兼容 一起用 混用 搭配 能配
outdoor outside garden balcony pole mast terrace roof | 室外 户外 花园 阳台 院子 立杆
poe injector power_over | 供电器 注入器
antenna aerial stick_up | 天线 棍子
angle tilt upright vertical horizontal flat_down | 角度 竖直 放平 朝哪 方向 竖 横
foot stand base upright screw_on | 底座 底脚 脚
sim chip card contact slot gold corner | 卡 芯片 金色 卡槽 上网卡 流量卡
backup_line failover mobile_data lte 4g 5g kick_in line_dies cellular dongle | 备用 流量 断网时 上网棒 自动切换
printer scanner epson canon hp | 打印机
smart_plug smart_lamp smart_home gadget robot vacuum_cleaner doorbell bulb camera washing_machine | 智能 插座 摄像头 灯泡 扫地机 门铃 家电
2.4 5ghz 2.4ghz band frequency merged split 2.4g 5g | 频段 双频 合一
usb disk drive storage file hdd ssd stick nas hard_disk | 硬盘 u盘 存储 优盘
tv television stream iptv set_top settop channel film | 电视 机顶盒 看电视 画面
game gaming console playstation xbox ps5 nintendo nat multiplayer online_play | 游戏机 游戏 联机 听不见队友 打游戏 加速
port_forward open_port forwarding server minecraft host reachable_from_outside | 端口转发 端口映射 服务器
vpn openvpn wireguard remote from_outside on_the_road | 远程 外网
ipv6 |
error code message err | 错误 代码 报错 错误码 什么意思
crimp connector rj45 wire_order 568b | 水晶头 压线 压制 线序 小线
mean meaning tell signify say | 含义 代表 意思 表示
battery coin_cell button_cell | 电池 纽扣电池
admin admin_page administrator router_page web_page | 管理页面 管理密码 后台
""".strip()
