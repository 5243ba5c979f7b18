"""Chinese words for what people have pictures made for, such as a cover or a lock screen."""

# What people have pictures made for; none of it is drawn.
FORMATS = """
锁屏 屏保 宣传页 宣传单 传单 宣传册 宣传 公众号 推文 朋友圈 周报 月报 日报 年报 简报 课件 工牌照 证件照 开屏 启动页 背景图 主图 详情页 头图 题图 书封 手抄报 黑板报 PPT ppt 文创 周边 道具 设定 表情包 公告 通知 说明书 教程 用图 配图 图集 首页 头部图 群公告 群头像 头像框 活动图 易拉宝 展板 宣传画 插页 角色设定 角色 立绘
""".strip()
