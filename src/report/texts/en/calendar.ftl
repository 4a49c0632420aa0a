# Weeks.
cal-no-sessions = No session has a date.
cal-weeks = Week by week
cal-weeks-how = Each day is a strip of 24 hours. A session stands where it begins and is as long as it lasts; sessions at the same time stand one below the other. Each leads to its dispute. On a narrow screen or sheet a day is a list.
cal-zone = Show the clock of
cal-zone-option = { $zone } (UTC{ $offset } at the start, { $n ->
    [0] nobody’s own clock
    [one] one person
   *[other] { $n } people
})
cal-clock = Days and hours on the clock of { $zone }. Hatched or dashed, with the word “held”: already held.
cal-week = { $from } to { $to } (sessions: { $n })
cal-none = no sessions
cal-held = held
cal-after = continues next day
cal-before = from the day before
cal-kind-call = call
cal-kind-opening = opening
cal-kind-joint = joint
cal-kind-caucus = caucus
cal-kind-signing = signing

# Changes of clocks.
cal-changes = Clock changes
cal-changes-none = No clock of anybody who attends changes within this horizon.
cal-changes-how = Within this horizon these clocks go forward or back. Every local time on this page takes that into account.
cal-changes-caption = Clock changes in this horizon
cal-changes-zone = Time zone
cal-changes-when = When (UTC)
cal-changes-from = From
cal-changes-to = To
cal-changes-own = On its own clock
cal-changes-people = People who attend
cal-own-skips = { $date }: { $from } to { $to } is skipped
cal-own-doubles = { $date }: { $from } to { $to } comes twice
cal-change-utc = At { $time } clocks change in { $zones }
cal-skips = The clock goes forward: { $from } to { $to } is skipped (from UTC{ $before } to UTC{ $after })
cal-doubles = The clock goes back: { $from } to { $to } comes twice (from UTC{ $before } to UTC{ $after })

# Lines over the horizon.
cal-mediators = The horizon by mediator
cal-mediators-none = No mediator sits.
cal-rooms = The horizon by room
cal-remote = { $n ->
    [0] No session is remote.
    [one] One session is remote and takes no room.
   *[other] { $n } sessions are remote and take no room.
}
cal-lines-how = A line for each; a mark where a session is, a thin one where it has been held. Upright lines are Mondays at 00:00 UTC; a dashed line is a change of clocks.
cal-lines-fold = Show the lines ({ $n })
cal-lines-table = { $title }: in numbers
cal-piece = { $title } ({ $at } of { $of })
cal-day-month = { $day } { $month }
cal-mediator = Mediator
cal-room = Room and place
cal-sessions = Sessions
cal-hours = Time
cal-first = First (UTC)
cal-last = Last (UTC)
