"""A small knowledge about an invented coffee machine, and questions that its passages answer."""

import pytest

# For what doesn't depend on the database.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ARTICLES = {
    "descale.md": """# Descaling the machine

Lime builds up faster with hard water. The amber lamp blinks when it is time.

1. Fill the tank with 0.5 litres of water and one sachet of BR-20 powder.
2. Put a bowl under the spout.
3. Hold both cup buttons for five seconds.
4. Rinse twice with fresh water.
""",
    "warranty.md": """# Guarantee

We repair faults of material free of charge for 36 months. Keep the invoice.

## What is excluded

Seals, filters and damage by frost.
""",
    "leak.md": "# Water under the housing\n\nIf it drips, the tank does not sit right, or its gasket is worn.",
    "grinder.md": "# Grinder\n\nTurn the ring while grinding beans. Finer makes it stronger. Models BR-300 and BR-500.",
    "chugou.md": """# 除垢步骤

水质较硬时水垢积得快，橙色指示灯闪烁表示该清洗了。

1. 水箱加半升水和一包除垢粉。
2. 同时按住两个杯子按键五秒。
""",
    "tuikuan.md": "# 退货与退款\n\n签收后三十天内可以无理由退回，款项在七个工作日内原路返回。运费由我们承担。",
    "wangluo.md": "# 連接無線網絡\n\n打開手機上的應用，選擇家裡的網絡並輸入密碼。只支持 2.4GHz 頻段。",
    "fapiao.md": "# 开具发票\n\n在订单页面点击“申请发票”，填写抬头和税号，电子版当天寄到邮箱。",
    "milch.md": "# Milchschaum\n\nDas Schäumröhrchen täglich reinigen: Wasser durchlaufen lassen, abwischen.",
    "fehler.md": "# Fehlermeldungen\n\nE07: Die Brühgruppe klemmt, spülen Sie sie. E12: Bohnen fehlen.",
    "denki.md": "# 電源が入らない\n\nコンセントを確認し、背面の主電源スイッチを押してください。"
    "ヒューズが切れている場合は修理が必要です。",
    "souji.md": "# フィルターの掃除\n\nフィルターは週に一度、水で洗ってから乾かします。食器洗い機は使えません。",
}

QUESTIONS = [
    ("How often and with what do I remove limescale? The amber lamp is blinking", "descale.md"),
    ("which powder for descaling", "descale.md"),
    ("br20 sachets", "descale.md"),
    ("are repairs free after two years, and do I need the invoices", "warranty.md"),
    ("is frost damage excluded", "warranty.md"),
    ("it drips from below", "leak.md"),
    ("my coffee should be stronger", "grinder.md"),
    ("BR300 beans", "grinder.md"),
    ("橙色的灯一直闪怎么办", "chugou.md"),
    ("水垢怎么清洗", "chugou.md"),
    ("请问多少天之内可以退回", "tuikuan.md"),
    ("退款什么时候到账", "tuikuan.md"),
    ("手机怎么连接家里的网络，密码在哪里输入", "wangluo.md"),
    ("支持2.4GHz吗", "wangluo.md"),
    ("發票怎麼開", "fapiao.md"),
    ("Wie reinige ich das Schaumröhrchen?", "milch.md"),
    ("Was bedeutet E07 und wo klemmt die Bruehgruppe", "fehler.md"),
    ("Fehlermeldung E 12", "fehler.md"),
    ("電源スイッチはどこですか", "denki.md"),
    ("フィルターは食器洗い機で洗えますか", "souji.md"),
]
UNANSWERED = [
    "Which colours does the kettle come in?",
    "有儿童优惠吗",
    "Gibt es einen Rabatt für Studenten?",
    "営業時間は何時まで",
]
