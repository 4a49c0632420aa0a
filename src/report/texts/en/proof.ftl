proof-status = How good the answer is
proof-status-optimal = Proven best.
proof-status-optimal-why = Each aim is proven in its order, quality to within the distance that was asked for: no other assignment that obeys the same rules on the same data is better by more than that.
proof-status-feasible = Valid, not proven best.
proof-status-feasible-why = The answer obeys every rule. Whether another one is better was not settled; where a bound is known, it says how much better at most.
proof-status-infeasible = Proven impossible.
proof-status-infeasible-why = No panel can be formed that obeys these rules on these data, and that is proven. It says nothing about other rules or other data.
proof-status-unknown = Not known.
proof-status-unknown-why = Nothing is claimed about how good the answer is.
proof-stop-time-limit = The search ended at a time limit, before the proof was complete. More time could bring a better answer, a smaller distance, or neither.
proof-stop-node-limit = The search ended at a limit on its number of steps, before the proof was complete. More steps could bring a better answer, a smaller distance, or neither.
proof-stop-interrupted = The search was interrupted before the proof was complete. Running it to its end could bring a better answer, a smaller distance, or neither.
proof-gap = Nobody can find an answer whose quality lies further above this one than { $gap } % of the proven bound, and that does as well in what comes before quality.
proof-gap-none = Quality is equal to its proven bound: nobody can find an answer of higher quality that does as well in what comes before it.
proof-gap-unknown = No bound on quality was proven for this answer.
proof-asked = The distance at which quality was to count as proven: { $gap } % of the bound.
proof-broken = The checker found broken rules. Until they are mended, nothing that follows can be relied on.

# What was aimed at.
proof-tiers = What was aimed at, first things first
proof-tiers-how = The aims are compared in this order. A later one never outweighs an earlier one, however much it would gain.
proof-term-panels = Disputes with a panel
proof-says-panels = The panels of this answer count { $value } points; a dispute counts its priority, one point where none is given. { $how ->
    [closed] No assignment that obeys these rules can count more.
    [open] No assignment that obeys these rules can count more than { $bound }.
   *[none] Nothing is proven about what others could count.
}
proof-term-sessions = Disputes with all their dates
proof-says-sessions = The disputes that have a panel and all their sessions count { $value } points. { $how ->
    [closed] No assignment that does as well above can count more.
    [open] No assignment that does as well above can count more than { $bound }.
   *[none] Nothing is proven about what others could count.
}
proof-term-frozen = Sessions that are soon and move
proof-says-frozen = Sessions of the earlier plan that were to start within the freeze period and move: { $value }. { $how ->
    [closed] No assignment that does as well above moves fewer.
    [open] No assignment that does as well above moves fewer than { $bound }.
   *[none] Nothing is proven about what others would move.
}
proof-term-loads = Disputes that mediators have too few of
proof-says-loads = Mediators who are to have a least number of disputes lack { $value } together. { $how ->
    [closed] No assignment that does as well above lacks fewer.
    [open] No assignment that does as well above lacks fewer than { $bound }.
   *[none] Nothing is proven about what others would lack.
}
proof-term-sides = What the worse-off sides bear
proof-says-sides = The worse-off sides of all disputes bear { $value } point-minutes together. { $how ->
    [closed] No assignment that does as well above lets them bear less.
    [open] No assignment that does as well above lets them bear less than { $bound }.
   *[none] Nothing is proven about what others would let them bear.
}
proof-term-worst = The worst-served dispute
proof-says-worst = The panel that fits its dispute worst has a mean fit of { $value }. { $how ->
    [closed] No assignment that does as well above serves its worst-served dispute better.
    [open] No assignment that does as well above gives its worst-served dispute more than { $bound }.
   *[none] Nothing is proven about what others could reach.
}
proof-term-below = Disputes below a level of service
proof-says-below = Disputes whose panel has a mean fit below { $level }: { $value }. { $how ->
    [closed] No assignment that does as well above has fewer.
    [open] No assignment that does as well above has fewer than { $bound }.
   *[none] Nothing is proven about what others could reach.
}
proof-term-quality = Quality
proof-says-quality = The quality of this answer is { $value }. { $how ->
    [closed] No other that does as well above is of higher quality.
    [open] No other that does as well above can exceed { $bound }: it is better by { $open } at most, { $gap } % of the bound.
   *[none] Nothing is proven about what others could reach.
}
proof-derived = The checker came to this bound by itself, from the prices.
proof-not-derived = The checker could not derive this bound.

# What quality is made of.
proof-terms = What quality is made of
proof-terms-how = Quality is the sum of these; what is counted against an answer is negative.
proof-terms-term = Term
proof-terms-means = What it counts
proof-terms-value = Units
proof-terms-sum = Sum: quality
proof-term-fit = Fit
proof-term-fit-why = How well each member of a panel suits the dispute, from 0 to 1 a seat, times the weight that the policy gives it.
proof-term-burden = Burden
proof-term-burden-why = What it costs that people attend outside their working day, everybody counted.
proof-term-fairness = Fairness between sides
proof-term-fairness-why = What the worse-off side of each dispute bears, counted once more, so that odd hours do not all fall on one side.
proof-term-lateness = Lateness
proof-term-lateness-why = What it costs that sessions end after a due date, where the policy lets them.
proof-term-balance = Balance of load
proof-term-balance-why = What it costs that one mediator has several disputes: nothing for the first, more with each further one.
proof-term-rotation = Rotation
proof-term-rotation-why = What it costs to seat those who were appointed in the last years.
proof-term-disruption = Changes to the earlier plan
proof-term-disruption-why = What it costs that seats change hands and sessions move against the earlier plan.

# How panels were selected.
proof-selected = How panels were selected
proof-mechanism-optimise = By optimisation.
proof-mechanism-optimise-why = Of all assignments that obey the rules, the engine looks for one that is best by the aims, and proves how far from the best it can be.
proof-mechanism-strike-and-rank = By drawn lists, struck and ranked.
proof-mechanism-strike-and-rank-why = For each seat a list of mediators who may sit is drawn; parties strike and rank; the name that the sides together like best is invited.
proof-mechanism-list-procedure = By lists of the fittest, struck and ranked.
proof-mechanism-list-procedure-why = For each seat the institution lists the fittest who may sit; parties strike and rank; the name that the sides together like best is invited.
proof-mechanism-shortlisting = By shortlisting.
proof-mechanism-shortlisting-why = For each seat a list is drawn; a side that is drawn as well cuts it short, and the other picks.
proof-mechanism-sortition = By lot.
proof-mechanism-sortition-why = Each seat is drawn among those who may sit.
proof-mechanism-lottery = By a lottery over whole answers.
proof-mechanism-lottery-why = Whole answers with weights are drawn from, such that nobody is seated in any dispute with a probability above the cap, and as much quality is expected as can be under that cap.
proof-mechanism-first-come = In the order in which disputes were opened.
proof-mechanism-first-come-why = Each dispute takes the best panel and dates that those before it have left.
proof-mechanism-greedy = Whoever gains most goes next.
proof-mechanism-greedy-why = Again and again, the dispute that gains most from what is left takes its best panel and dates.
proof-mechanism-random = Any panel that can meet.
proof-mechanism-random-why = Panels are drawn among all that obey the rules; a floor for comparisons.
proof-selected-rules = Whatever selects, the rules stay: nobody sits who is not eligible, and the checker judges every answer alike. It repeats the selection from its proceedings, and finds any panel that does not follow from them.
proof-selected-bound = A selection of this kind does not aim at the highest quality. The bound then says how much quality it gives away at most.
proof-replay = To select anew by the same proceedings:
proof-seed = Seed of the draws
proof-commitment = SHA-256 of the seed
proof-committed = The document of the docket named this digest beforehand: neither seed nor docket nor way of selecting could be changed afterwards without being found.
proof-not-committed = The document of the docket did not name this digest, so that whoever ran the selection could choose the seed.
proof-seed-check = To see that the seed has this digest:

# What the certificate is.
proof-certificate = What the proof rests on
proof-certificate-none = This answer has no certificate. What was checked is that it obeys every rule, not how near it is to the best.
proof-certificate-what = The solution holds a certificate: prices for whatever disputes compete for, such as a mediator’s next dispute or an hour of somebody’s time. At any prices whatever, the best that each dispute could buy for itself, and the worth of all that is for sale, add up to a number that no assignment exceeds. So nobody has to believe how the prices were found: whoever adds up again has the bound. Where one list of prices is not enough, a question with two answers (“does she sit in this dispute?”) splits the matter, and each answer has prices of its own.
proof-certificate-size = For this aim: { $questions ->
    [0] no question
    [one] one question
   *[other] { $questions } questions
}, { $leaves ->
    [one] one list of prices
   *[other] { $leaves } lists of prices
}.
proof-certificate-integers = All of it is whole numbers, without rounding on the way.

# How to check again.
proof-recheck = How to check again
proof-recheck-how = With the documents of docket and solution, and comity installed, anyone can repeat the check on any machine, without a network:
proof-recheck-party = This page does not hold the documents of docket and solution, which tell of other disputes. Whoever is entitled to both, the secretariat or somebody whom it charges with it, can repeat the check on any machine, without a network:
proof-recheck-says = It ends with this line if nothing is broken, and names every broken rule otherwise:
proof-recheck-page = This page can be made anew from the same documents; the same version writes the same page, byte by byte:
proof-recheck-digests = The digests on the first screen say which documents this page is about. They are SHA-256 of the canonical form of JSON (RFC 8785), so that line breaks and the order of keys do not matter. Without comity, Python’s package rfc8785 gives them:
proof-recheck-rules = What the checker derives anew ({ $n } rules)
proof-recheck-rules-how = It reads the two documents and nothing else. It has its own clock, its own search for conflicts of interest, its own sums and its own pricing, written apart from the engine, so that a mistake there cannot hide here.
proof-recheck-label = Rule
proof-recheck-asks = What it asks

# The rules of the checker.
proof-rule-d1-reference = The solution names its schema, its docket, and only what the docket’s document holds.
proof-rule-g1-admissible = A dispute that may not be mediated has no panel.
proof-rule-a1-panel-size = A panel has the members and the chair that the dispute asks for.
proof-rule-a2-eligible = Every member is eligible; above all, no national of a party sits where that bars.
proof-rule-a3-capacity = No mediator has more disputes or hours than she takes.
proof-rule-a4-coverage = The panel has the languages and the expertise that the dispute asks for.
proof-rule-a5-distinct = No two members conflict or share a nationality where that is asked, and few enough are tied to sides.
proof-rule-a6-in-batch = No mediator is given disputes that together make a conflict of interest.
proof-rule-a7-docket-caps = No nationality and no bloc has more than its share of the seats.
proof-rule-a8-locks = Who must sit sits, who must not does not, and fixed sessions start when fixed.
proof-rule-s1-together = Everyone who attends is available, and the place is open throughout.
proof-rule-s2-no-overlap = Nobody is in two sessions, or in two booths, at once.
proof-rule-s2-rest = Everyone rests between two sessions.
proof-rule-s2-travel = Everyone has time to get from one place to the next, and to recover.
proof-rule-s3-order = Sessions keep to the grid, the horizon, their order, gaps and deadlines.
proof-rule-s4-rooms = A session has the rooms and seats that it needs, and each room to itself.
proof-rule-s5-interpreters = Every booth has as many interpreters as the rule asks, and fit ones.
proof-rule-s6-day-limit = Nobody sits longer on one date than the policy allows.
proof-rule-d2-session-data = Ends, local times, burdens, places and rooms of sessions are right.
proof-rule-d3-disclosure = What must be disclosed is disclosed, with a true and shortest path.
proof-rule-d4-objective = The aims and terms have the values that panels and sessions give.
proof-rule-d5-exclusions = The counts of excluded pairs are right.
proof-rule-d6-unserved = Disputes without panel or dates are listed, at the stage where they failed.
proof-rule-d7-reasons = The fit of each seat, and how many have a better one, are right.
proof-rule-d8-burdens = What sides, parties and people bear over a series is right.
proof-rule-d9-reserves = Whoever is a reserve could take a seat with everything else as it is.
proof-rule-d10-selection = Panels are those that the mechanism, its seed and the ballots give.
proof-rule-b1-bound = Each bound is proven by its prices and not below the value.
proof-rule-b2-status = Status and gap say no more than the bounds prove.

# What it does not say.
proof-limits = What the proof does not say
proof-limits-data = It takes the data as given. A wrong date, a missing language or a false score is a wrong premise; the digest says which data they were.
proof-limits-relations = It knows the relations that the document names, and no others. A tie that nobody entered is found by nobody; duties to disclose remain.
proof-limits-rules = It is about the rules of the profile that the docket names, as they are written down there. Whether these are the right rules, and what a court or an institution makes of them, is for people to say.
proof-limits-measure = “Best” means best by the aims above and their weights, which the institution has chosen. It is no judgement on any mediator or party.
proof-limits-software = The checker is a program too, and could be wrong. It is short, apart from the engine, and open to be read; what it checks is written in the documents of the project, so that a third program can be made from them.
