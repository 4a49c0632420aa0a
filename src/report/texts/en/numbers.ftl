numbers-intro = How the work and the odd hours are shared, over the whole docket. For the secretariat alone: each figure depends on several disputes.
numbers-percent = { $n } %
numbers-of = { $n } of { $all }
numbers-range = { $from } to { $to }
numbers-rest = { $n ->
    [one] One more row
   *[other] { $n } more rows
}
numbers-as-table = The same as a table
numbers-values = Values
numbers-number = Number
numbers-none-sit = Nobody sits on a panel, so there is nothing to show.

# Burden.
numbers-burden = Burden of odd hours
numbers-burden-what = Whoever attends outside her working day bears points for every minute, the more the further from it; a point held for one minute is a point-minute. A side bears, session by session, what its most burdened person bears, so that it does not matter how many people it sends.
numbers-burden-none = No session has a date, so no side bears anything.
numbers-burden-sum = In { $held ->
    [one] one dispute
   *[other] { $held } disputes
} with dates { $sides } sides bear { $sum } point-minutes in all: the median side { $median }, the worst-off side { $most }. { $free ->
    [0] No dispute spares all sides.
    [one] In one dispute no side bears anything.
   *[other] In { $free } disputes no side bears anything.
} The differences between the sides of a dispute come to { $apart } point-minutes, summed over the docket.
numbers-burden-spread = How many sides bear how much
numbers-burden-spread-x = Across: point-minutes that a side bears over the whole series of its dispute (each class is named by its upper end). Upwards: number of sides.
numbers-burden-sides = By dispute and side, the worst-off side first
numbers-burden-sides-note = Disputes in which no side bears anything are left out.
numbers-dispute = Dispute
numbers-side = Side and its point-minutes
numbers-apart = Apart
numbers-burden-parties = By party, over all its disputes
numbers-burden-parties-note = The sum over all its people, so that a party with more people can bear more.
numbers-burden-others = { $n ->
    [one] One other party bears
   *[other] { $n } other parties bear
} { $points } point-minutes in all.
numbers-party = Party
numbers-disputes = Disputes
numbers-points = Point-minutes
numbers-points-axis = 0 to { $most } point-minutes
numbers-burden-regions = By region of the party’s State
numbers-burden-regions-note = Point-minutes of all people of the parties; a party counts once for each dispute. A company counts where it has its first nationality.
numbers-region = Region
numbers-no-region = no region given
numbers-parties = Parties
numbers-per-party = Mean of a party

# Load.
numbers-load = Load of mediators
numbers-load-sum = { $seats ->
    [one] One seat is
   *[other] { $seats } seats are
} taken by { $sit ->
    [one] one mediator
   *[other] { $sit } mediators
} of { $roster } on the roster.
numbers-load-used = Those who name a limit take { $takes } disputes together; { $used } of these are used ({ $share }). { $full ->
    [0] Nobody is full.
    [one] One mediator has as many as she takes.
   *[other] { $full } mediators have as many as they take.
}
numbers-load-tenth = The busiest tenth of the roster has { $share } of the seats. Concentration (Herfindahl and Hirschman: the sum of the squares of all shares of seats) is { $index }, as if { $equal } mediators shared the seats evenly.
numbers-fit-mean = The mean fit of a seat is { $mean }, that of the worst-served panel { $lowest }, on a scale from 0 to 1.
numbers-load-spread = How many mediators have how many disputes
numbers-load-spread-x = Across: disputes of a mediator (each class is named by its upper end). Upwards: number of mediators of the roster.
numbers-load-lines = By mediator who sits, the busiest first
numbers-mediator = Mediator
numbers-load-takes = Disputes, of those she takes
numbers-load-hours = Hours, of those she gives
numbers-disputes-axis = { $most ->
    [one] 0 to 1 dispute
   *[other] 0 to { $most } disputes
}

# Shares.
numbers-shares = Nationality and region
numbers-shares-note = Seats of panels beside the roster. The bar shows the share of the seats, the mark on it the share of the roster: where the bar is longer, more sit than the roster alone would lead one to expect. Who may sit in which dispute, languages and calendars all bear on this.
numbers-shares-several = { $n ->
    [one] One seat belongs to a mediator
   *[other] { $n } seats belong to mediators
} with several nationalities, who count in each of them in full, as caps do; the shares can then add up to more than 100 %.
numbers-nationalities = Seats by nationality
numbers-regions = Seats by region
numbers-blocs = Seats by bloc
numbers-nationality = Nationality
numbers-bloc = Bloc
numbers-unknown = not known
numbers-seats = Seats
numbers-seat-share = Share of seats
numbers-sitting = Who sit, of the roster
numbers-roster-share = Share of the roster
numbers-cap = Cap
numbers-cap-none = never reached
numbers-caps = The policy caps shares of the docket: no group has more seats than its cap, which is counted from the seats that all disputes ask for.
numbers-caps-none = The policy sets no cap.
numbers-share-axis = 0 to { $most } %
numbers-attributes = What else is said of mediators
numbers-attributes-note = The document’s own words; they weigh nothing in the choice of panels.
numbers-attribute = Seats by “{ $name }”
numbers-value = Value

# Rotation.
numbers-rotation = First appointments and rotation
numbers-rotation-unknown = The document names no past appointment, so nobody can be told to be new.
numbers-rotation-sum = { $sit } sit; { $never } of them had no earlier appointment that the document knows of, { $none } none in the { $years ->
    [one] last year
   *[other] last { $years } years
}. { $again ->
    [0] Nobody sits
    [one] One mediator sits
   *[other] { $again } mediators sit
} in more than one dispute of this docket.
numbers-rotation-weighed = An appointment in these years makes a seat dearer; in all, rotation costs { $cost } units of quality.
numbers-rotation-free = Past appointments weigh nothing in the choice of panels here.
numbers-rotation-table = Appointments before this docket
numbers-share = Share
numbers-rotation-had = Had before
numbers-rotation-sitting = Who sit
numbers-rotation-roster = On the roster
numbers-rotation-never = none that is known
numbers-rotation-none = none in the look-back
numbers-rotation-one = one in the look-back
numbers-rotation-more = more than one in the look-back
numbers-rotation-note = The bar shows the share of those who sit, the mark on it the share of the roster. The first line is about all years that the document knows of, the others about the look-back alone.

# Prices.
numbers-scarce = What is scarce
numbers-scarce-what = The proof gives a price to whatever disputes compete for. A price is what the last unit adds to the bound on quality, in units of quality: at the usual weight, one unit is a seat whose mediator fits perfectly. One more of it is worth its price and the distance between answer and bound ({ $open }) at most, as long as nothing that comes before quality gets worse. What has no price is not scarce: one more of it raises the bound by nothing.
numbers-scarce-try = To learn what one more is really worth, have the docket planned again:
numbers-scarce-none = Nothing has a price in this bound: no mediator’s dispute or hour, no room and no person’s hour is short.
numbers-scarce-unknown = This answer has no certificate, so nothing has a price.
numbers-scarce-mediators = One more dispute of a mediator
numbers-scarce-hours = One more hour of work of a mediator
numbers-scarce-caps = One more seat for a capped group
numbers-scarce-rooms = One more room
numbers-scarce-people = Hours that several disputes want of one person
numbers-scarce-languages = Mediators by language
numbers-scarce-nationalities = Mediators by nationality
numbers-scarce-shared-note = The mean price of one more dispute over all mediators of the group, and how many of them have as many as they take.
numbers-scarce-item = What
numbers-scarce-price = Price
numbers-scarce-worth = Worth at most
numbers-scarce-full = Full, of all
numbers-scarce-case = { $who } (takes { $takes })
numbers-scarce-nationals = nationals of { $who }
numbers-scarce-bloc = nationals of States in { $who }
numbers-scarce-room = { $seats ->
    [one] { $where }, one seat
   *[other] { $where }, { $seats } seats
}
numbers-scarce-axis = 0 to { $most } units
