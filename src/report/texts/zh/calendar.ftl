# 逐周日程。
cal-no-sessions = 没有已定日期的会议。
cal-weeks = 逐周日程
cal-weeks-how = 每一天为一条 24 小时的横带。会议置于其开始时刻，长度即其时长；同一时间的会议上下排列。每次会议均链接至其争端。在窄屏或窄幅纸张上，每一天显示为列表。
cal-zone = 显示时钟
cal-zone-option = { $zone }（起始时为 UTC{ $offset }，{ $n ->
    [0] 无出席者使用
   *[other] { $n } 名出席者
}）
cal-clock = 日期与时刻按 { $zone } 的时钟显示。带斜纹或虚线并注明“已举行”者为已举行的会议。
cal-week = { $from }至{ $to }（会议：{ $n } 次）
cal-none = 无会议
cal-held = 已举行
cal-after = 续至次日
cal-before = 自前日续
cal-kind-call = 程序电话会
cal-kind-opening = 开场会议
cal-kind-joint = 联席会议
cal-kind-caucus = 单独会谈
cal-kind-signing = 签署会议

# 时钟调整。
cal-changes = 时钟调整
cal-changes-none = 在本日程期间内，所有出席者所用的时钟均无调整。
cal-changes-how = 在本日程期间内，下列时钟拨快或拨慢。本页所示的当地时间均已计入此项调整。
cal-changes-caption = 本日程期间内的时钟调整
cal-changes-zone = 时区
cal-changes-when = 时刻（UTC）
cal-changes-from = 调整前
cal-changes-to = 调整后
cal-changes-own = 按当地时钟
cal-changes-people = 出席人数
cal-own-skips = { $date }：{ $from } 至 { $to } 被跳过
cal-own-doubles = { $date }：{ $from } 至 { $to } 出现两次
cal-change-utc = { $time } 时钟调整：{ $zones }
cal-skips = 时钟拨快：{ $from } 至 { $to } 被跳过（由 UTC{ $before } 改为 UTC{ $after }）
cal-doubles = 时钟拨慢：{ $from } 至 { $to } 出现两次（由 UTC{ $before } 改为 UTC{ $after }）

# 整个期间的时间线。
cal-mediators = 各调解员的时间线
cal-mediators-none = 没有已获安排的调解员。
cal-rooms = 各会议室的时间线
cal-remote = { $n ->
    [0] 没有远程会议。
   *[other] 远程会议 { $n } 次，不占用会议室。
}
cal-lines-how = 每人或每室一行；有会议处作标记，已举行者用细标记。竖线为每周一 UTC 00:00；虚线为时钟调整。
cal-lines-fold = 显示时间线（{ $n } 行）
cal-lines-table = { $title }：数据表
cal-piece = { $title }（第 { $at } 部分，共 { $of } 部分）
cal-day-month = { $month }{ $day }日
cal-mediator = 调解员
cal-room = 会议室与地点
cal-sessions = 会议次数
cal-hours = 时长
cal-first = 首次（UTC）
cal-last = 末次（UTC）
