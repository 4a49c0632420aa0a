docket-sentence = { $disputes ->
    [one] One dispute
   *[other] { $disputes } disputes
}: { $served } served, { $pending } served with disclosures to be made first, { $unserved } unserved; { $sessions ->
    [one] one session
   *[other] { $sessions } sessions
} with a date.
docket-table = The disputes as a table
docket-dispute = Dispute
docket-parties = Parties
docket-panel = Panel
docket-dates = Dates (UTC)
docket-standing = State
docket-sessions = { $n ->
    [one] One session
   *[other] { $n } sessions
}
docket-to = to
docket-no-dates = no dates
docket-no-sessions = no sessions asked for
standing-served = served
standing-pending = disclosures pending
standing-unserved = unserved
standing-untold = not told
stage-admissibility = not admissible
stage-panel = no panel can be formed
stage-sessions = no panel and dates go together
stage-docket = what disputes share does not reach for it
role-chair = chair
filter-search = Search
filter-standing = State
filter-all = all
filter-found = # of # disputes shown
