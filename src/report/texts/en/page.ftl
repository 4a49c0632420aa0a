# Language: direction, numbers, dates.
text-direction = ltr
number-group = ,
number-point = .
number = { $n }
list-comma = {", "}
colon = {": "}
comma = {", "}
in-brackets = {" "}({ $what })
date = { $weekday } { $day } { $month } { $year }
duration = { $h ->
    [0] { $m } min
   *[other] { $m ->
        [0] { $h } h
       *[other] { $h } h { $m } min
    }
}
weekday-0 = Mon
weekday-1 = Tue
weekday-2 = Wed
weekday-3 = Thu
weekday-4 = Fri
weekday-5 = Sat
weekday-6 = Sun
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# The frame of the page.
page-title = Panels and sessions: { $name }
skip-to-content = Skip to the content
nav-label = Parts of this report
nav-docket = Docket
nav-calendar = Calendar
nav-disputes = Disputes
nav-numbers = Fairness and load
nav-proof = Proof
footer = Made by comity { $version }. This page models published rules; it is not legal advice. It holds everything that it shows and asks nothing of the network.

# The first screen.
verdict-holds = Checked: everything holds.
verdict-holds-why = { $rules ->
    [one] One rule was checked
   *[other] { $rules } rules were checked
} when this page was made, by a checker that shares no code with the engine that made the answer.
verdict-broken = Checked: this answer breaks rules.
verdict-broken-why = Of { $rules } rules that were checked when this page was made, some are broken. Do not act on it; ask the secretariat.
violations = What is broken
for-party = For { $party } alone: only its own disputes, and of these only the sessions that it attends.
fact-instance = Docket
fact-as-of = Relations judged as of
fact-instance-digest = SHA-256 of the docket's document
fact-solution-digest = SHA-256 of the solution's document
fact-version = Version
version-line = solved by comity { $solved }, checked by comity { $checked }
fact-tzdb = Time-zone database
tzdb-differs = { $solved } when it was solved, { $own } now: local times may differ
