# 语言：方向、数字、日期。
text-direction = ltr
number-group = ,
number-point = .
number = { $n }
list-comma = 、
colon = ：
comma = ，
in-brackets = （{ $what }）
date = { $year }年{ $month }{ $day }日 { $weekday }
duration = { $h ->
    [0] { $m } 分钟
   *[other] { $m ->
        [0] { $h } 小时
       *[other] { $h } 小时 { $m } 分钟
    }
}
weekday-0 = 周一
weekday-1 = 周二
weekday-2 = 周三
weekday-3 = 周四
weekday-4 = 周五
weekday-5 = 周六
weekday-6 = 周日
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月

# 页面框架。
page-title = 调解庭与会议安排：{ $name }
skip-to-content = 跳至正文
nav-label = 本报告各部分
nav-docket = 案件一览
nav-calendar = 日程
nav-disputes = 各争端详情
nav-numbers = 公平与工作量
nav-proof = 证明
footer = 由 comity { $version } 生成。本页面以公开规则为模型，不构成法律意见。所示内容全部包含在本文件内，无需联网。

# 首屏。
verdict-holds = 已核验：全部成立。
verdict-holds-why = 生成本页面时由独立核验程序核验了 { $rules } 条规则，该程序与得出结果的引擎没有共用任何代码。
verdict-broken = 已核验：本结果违反规则。
verdict-broken-why = 生成本页面时核验了 { $rules } 条规则，其中有规则被违反。请勿据此行事，并请询问秘书处。
violations = 违反之处
for-party = 仅供{ $party }使用：只包含其自身的争端，且只包含其出席的会议。
fact-instance = 案件批次
fact-as-of = 关系判定基准日
fact-instance-digest = 案件文件的 SHA-256
fact-solution-digest = 结果文件的 SHA-256
fact-version = 版本
version-line = 由 comity { $solved } 求解，由 comity { $checked } 核验
fact-tzdb = 时区数据库
tzdb-differs = 求解时为 { $solved }，现为 { $own }：当地时间可能不同
