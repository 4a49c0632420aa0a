dispute-about = The fit of a mediator tells how well the mediator suits a dispute, from 0 to 1 as the docket's weights have it. A panel need not have the best fits: panels and dates were chosen for all disputes together. Odd hours are those outside of somebody's working hours, in point-minutes: minutes times the points that the docket gives to the hour. What a side bears is the sum over its people; its most burdened person is looked for session by session.
dispute-class = Class
dispute-subjects = Subjects
dispute-languages = Languages of the proceeding
dispute-party = Party { $party }
dispute-side = side { $side }
dispute-own = you
dispute-dates = Procedural calendar
dispute-due-priced = { $session } should end by then; a later end has a price
dispute-due = { $session } has to end by then
dispute-not-before = { $session } may not start before
dispute-panel = Panel
dispute-nationality = Nationality
dispute-designated = Designated by
dispute-speaks = Speaks
dispute-zone = Own time zone
dispute-fit = Fit
dispute-fit-of = { $fit }; { $better ->
    [0] nobody of the { $eligible } who may sit fits better
    [one] one of the { $eligible } who may sit fits better
   *[other] { $better } of the { $eligible } who may sit fit better
}
dispute-rotation = Rotation takes off for earlier appointments
dispute-reserves = Reserves
dispute-for-anyone = could take any seat
dispute-for = could step in for { $whom }
dispute-excluded = Who could not sit
dispute-roster = Of { $roster ->
    [one] one mediator
   *[other] { $roster } mediators
} on the roster, { $eligible } may sit.
dispute-rules = What the rules say, by which mediators are kept out below; one may be kept out for several reasons
dispute-graph-all = To draw all of a conflict graph:
dispute-excluded-by = The others are kept out as follows; one may be kept out for several reasons.
dispute-disclosures = To be disclosed
dispute-severity = Severity
dispute-count = { $n ->
    [one] once
   *[other] { $n } times
}, through { $whose }
dispute-case = The other case
dispute-cure-reason = Recorded reason
dispute-other = another dispute
dispute-step = { $from }: { $says } { $to }
dispute-then = {"; "}
dispute-sessions = Sessions, with the local time of everyone
dispute-sessions-of = { $dispute }: sessions
dispute-session = Session
dispute-session-of = { $kind } { $number } of { $of }
dispute-burden = Odd hours by party, in point-minutes
dispute-interpreters = Interpreters
dispute-rooms = rooms { $rooms }
dispute-held = held
dispute-absent = does not attend
dispute-held-untold = held; who attended is not recorded here
dispute-day-earlier = { $weekday }, a day earlier
dispute-day-later = { $weekday }, a day later
dispute-odd-hours = odd hours: { $n }
dispute-bears = { $who }: { $n }
dispute-sides = Odd hours by side over all sessions, in point-minutes
dispute-no-burden = Nobody who attends for a party sits outside of working hours.
dispute-sides-seen = Odd hours by side over the sessions shown here, in point-minutes
dispute-no-burden-seen = In the sessions shown here nobody who attends for a party sits outside of working hours.
dispute-side-worst = , most burdened person { $n }
dispute-unserved = Why it is not served
dispute-stage-admissibility = It may not be mediated as things stand: a consent is missing, or the subject has been excluded.
dispute-stage-panel = No panel can be formed that meets what is required of it, even if this were the only dispute.
dispute-stage-sessions = A panel can be formed, but no panel and dates go together, even if this were the only dispute.
dispute-stage-docket = By itself it could be served; what disputes share (mediators, people, rooms) does not reach for it.
dispute-takes-away = { $n ->
    [one] one mediator
   *[other] { $n } mediators
} kept out: { $reason }
dispute-remedies = Each of these would serve it and was found to take nothing from other disputes. To see all that would change:
dispute-graph = Conflict graph
dispute-graph-title = { $dispute }: conflict graph
dispute-graph-none = No relation to the parties was found that a rule is about.
dispute-graph-none-told = Nothing is to be disclosed to you about the panel.
dispute-graph-list = The same as a list
dispute-graph-more = Not drawn: { $n ->
    [one] one more mediator about whom something was found
   *[other] { $n } more mediators about whom something was found
}.
dispute-and-more = { $names } and { $n } more
dispute-more = and { $n } more
dispute-sits = on the panel
dispute-confidential = confidential
dispute-times = { $n ->
    [one] once
   *[other] { $n } times
}
dispute-found = { $rule }: { $severity }
dispute-bars = , may not sit
