use super::*;

/// Numbers from a seed (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From a to b, both included.
    fn range(&mut self, a: i64, b: i64) -> i64 {
        a + (self.next() % (b - a + 1) as u64) as i64
    }

    fn pick(&mut self, from: &[i64]) -> i64 {
        from[self.range(0, from.len() as i64 - 1) as usize]
    }
}

/// Sizes and ranges of a random instance.
struct Shape {
    lefts: i64,
    rights: i64,
    percent: i64,
    demand: i64,
    hi: i64,
    lo: i64,
    worth: (i64, i64),
    step: i64,
    short: i64,
}

fn random(dice: &mut Dice, s: &Shape) -> Transport {
    let many = |dice: &mut Dice, most: i64| {
        (0..s.rights).map(|_| dice.range(0, most) as u32).collect::<Vec<_>>()
    };
    let (hi, lo) = (many(dice, s.hi), many(dice, s.lo));
    let step = (0..s.rights).map(|_| dice.range(0, s.step)).collect();
    let mut t = Transport::new(hi, lo, step, s.short).unwrap();
    for _ in 0..s.lefts {
        let mut row = vec![];
        for r in 0..s.rights {
            if dice.range(1, 100) <= s.percent {
                row.push((r as u32, dice.range(s.worth.0, s.worth.1)));
            }
        }
        t.add_left(dice.range(0, s.demand) as u32, row.into_iter()).unwrap();
    }
    t
}

fn value(t: &Transport, seats: &[Vec<u32>]) -> i128 {
    let mut load = vec![0_u32; t.hi.len()];
    let mut total = 0;
    for (p, row) in seats.iter().enumerate() {
        assert_eq!(row.len(), t.demand[p] as usize);
        assert!(row.windows(2).all(|w| w[0] < w[1]));
        for &r in row {
            let k = t.row(p).find(|&k| t.right[k] == r).expect("a listed pair");
            total += i128::from(t.worth[k]);
            load[r as usize] += 1;
        }
    }
    for (r, &n) in load.iter().enumerate() {
        assert!(n <= t.hi[r]);
        total -= (0..i128::from(n)).map(|j| j * i128::from(t.rise(r))).sum::<i128>();
        total -= i128::from(t.short) * i128::from(t.lo[r].saturating_sub(n));
    }
    total
}

/// The bound by its definition, unit by unit.
fn slow_bound(t: &Transport, v: &[i64]) -> i128 {
    let mut total = 0;
    for p in 0..t.demand.len() {
        let mut row: Vec<i64> = t.row(p).map(|k| t.worth[k] - v[t.right[k] as usize]).collect();
        row.sort_unstable_by(|a, b| b.cmp(a));
        total += row.iter().take(t.demand[p] as usize).map(|&x| i128::from(x)).sum::<i128>();
    }
    for (r, &v) in v.iter().enumerate() {
        for j in 1..=t.hi[r] {
            let cost = t.rise(r) * (i64::from(j) - 1) - if j <= t.lo[r] { t.short } else { 0 };
            total += i128::from((v - cost).max(0));
        }
        total -= i128::from(t.short) * i128::from(t.lo[r]);
    }
    total
}

fn check_cut(t: &Transport, cut: &[u32]) {
    assert!(cut.windows(2).all(|w| w[0] < w[1]));
    let mut pairs = vec![0_u32; t.hi.len()];
    let mut wanted = 0;
    for &p in cut {
        wanted += u64::from(t.demand[p as usize]);
        t.row(p as usize).for_each(|k| pairs[t.right[k] as usize] += 1);
    }
    let most: u64 = pairs.iter().zip(&t.hi).map(|(&n, &hi)| u64::from(n.min(hi))).sum();
    assert!(wanted > most, "not a violated cut: {wanted} <= {most}");
}

/// True if there is an answer (then with a matching bound), false if there is a violated cut.
fn check(t: &Transport, result: Result<Flow, Failure>) -> bool {
    match result {
        Ok(flow) => {
            assert_eq!(value(t, &flow.seats), flow.value);
            assert_eq!(t.bound(&flow.prices), flow.value);
            assert_eq!(slow_bound(t, &flow.prices), flow.value);
            for (r, &v) in flow.prices.iter().enumerate() {
                assert!(v >= 0 || (t.lo[r] > 0 && v >= -t.short));
            }
            true
        }
        Err(Failure::Unmet(cut)) => {
            check_cut(t, &cut);
            false
        }
        Err(Failure::Stopped) => panic!("stopped"),
    }
}

/// The exact stage alone, from nothing, at these prices (or the floor).
fn without_auction(t: &Transport, prices: Option<Vec<i64>>) -> Result<Flow, Failure> {
    let mut state = t.floor();
    if let Some(v) = prices {
        state.price = v;
    }
    t.repair(t.round(state, vec![vec![]; t.demand.len()]), &|| false)
}

/// Best value over all sets of pairs.
fn brute(t: &Transport) -> Option<i128> {
    let n = t.right.len();
    let mut best = None;
    for set in 0..1_u32 << n {
        let seats: Vec<Vec<u32>> = (0..t.demand.len())
            .map(|p| t.row(p).filter(|&k| set >> k & 1 == 1).map(|k| t.right[k]).collect())
            .collect();
        let met = seats.iter().zip(&t.demand).all(|(s, &d)| s.len() == d as usize);
        let load = |r: u32| seats.iter().flatten().filter(|&&x| x == r).count();
        if met && (0..t.hi.len()).all(|r| load(r as u32) <= t.hi[r] as usize) {
            best = best.max(Some(value(t, &seats)));
        }
    }
    best
}

#[test]
fn brute_force() {
    let mut dice = Dice(1);
    let mut counts = [0; 2];
    for _ in 0..3000 {
        let worth = [(-9, 9), (0, 1), (-1_000_000_000, 1_000_000_000), (3, 3), (-20, -10)]
            [dice.range(0, 4) as usize];
        let shape = Shape {
            lefts: dice.range(0, 4),
            rights: dice.range(0, 3),
            percent: dice.pick(&[40, 80, 100]),
            demand: dice.range(1, 3),
            hi: dice.range(1, 5),
            lo: dice.pick(&[0, 0, 2, 6]),
            worth,
            step: dice.pick(&[0, 0, 1, 5]),
            short: dice.pick(&[0, 1, 4, 1000]),
        };
        let t = random(&mut dice, &shape);
        let best = brute(&t);
        let found = t.solve(&|| false);
        assert_eq!(found.as_ref().ok().map(|f| f.value), best);
        counts[usize::from(check(&t, found))] += 1;
        let exact = without_auction(&t, None);
        assert_eq!(exact.as_ref().ok().map(|f| f.value), best);
        check(&t, exact);
    }
    assert!(counts.iter().all(|&n| n > 500), "{counts:?}");
}

#[test]
fn strong_duality() {
    let mut dice = Dice(2);
    let mut counts = [0; 2];
    for _ in 0..600 {
        let worth = [(0, 1), (-5, 5), (1, 10_000), (-1_000_000_000, 1_000_000_000), (7, 7)]
            [dice.range(0, 4) as usize];
        let shape = Shape {
            lefts: dice.range(30, 60),
            rights: dice.range(20, 40),
            percent: dice.pick(&[20, 50, 100]),
            demand: dice.range(1, 6),
            hi: dice.pick(&[5, 8, 12, 100]),
            lo: dice.pick(&[0, 0, 3, 8]),
            worth,
            step: dice.pick(&[0, 0, 1, 1000]),
            short: dice.pick(&[0, 3, 20_000, 2_000_000_000]),
        };
        let t = random(&mut dice, &shape);
        let found = t.solve(&|| false);
        let prices = (0..t.hi.len()).map(|_| dice.range(-100, 5000) * SCALE).collect();
        let exact = without_auction(&t, Some(prices));
        assert_eq!(found.as_ref().ok().map(|f| f.value), exact.as_ref().ok().map(|f| f.value));
        if let (true, Ok(flow)) = (shape.step == 0 || shape.hi < 50, &exact) {
            assert_eq!(t.bound(&flow.prices), flow.value);
        }
        counts[usize::from(check(&t, found))] += 1;
    }
    assert!(counts.iter().all(|&n| n > 100), "{counts:?}");
}

/// Demand equals capacity exactly: price wars, the exact stage has work to do.
#[test]
fn tight() {
    let mut dice = Dice(3);
    for round in 0..200 {
        let worth = [(0, 1), (1, 10_000), (0, 1_000_000)][round % 3];
        let lo = if round % 2 == 0 { 0 } else { 4 };
        let mut t = Transport::new(vec![6; 30], vec![lo; 30], vec![0], 1_000_000_000).unwrap();
        for _ in 0..60 {
            let row: Vec<(u32, i64)> = (0..30).map(|r| (r, dice.range(worth.0, worth.1))).collect();
            t.add_left(3, row.into_iter()).unwrap();
        }
        assert!(check(&t, t.solve(&|| false)));
    }
}

#[test]
fn bound_of_any_prices() {
    let mut dice = Dice(4);
    for _ in 0..300 {
        let shape = Shape {
            lefts: 6,
            rights: 5,
            percent: 80,
            demand: 3,
            hi: 7,
            lo: 9,
            worth: (-50, 50),
            step: 3,
            short: 11,
        };
        let t = random(&mut dice, &shape);
        let v: Vec<i64> = (0..5).map(|_| dice.range(-60, 60)).collect();
        assert_eq!(t.bound(&v), slow_bound(&t, &v));
        if let Ok(flow) = t.solve(&|| false) {
            assert!(t.bound(&v) >= flow.value);
        }
    }
}

/// SOURCE: OR-Library (Beasley, 1990), `assign100`: costs to be minimised, least total 305.
#[test]
fn assignment() {
    let text = include_str!("../../tests/data/assign100.txt");
    let all: Vec<i64> = text.split_whitespace().map(|x| x.parse().unwrap()).collect();
    let n = all[0] as usize;
    let mut t = Transport::new(vec![1; n], vec![0; n], vec![0], 0).unwrap();
    for row in all[1..].chunks(n) {
        t.add_left(1, row.iter().enumerate().map(|(r, &c)| (r as u32, -c))).unwrap();
    }
    let flow = t.solve(&|| false).unwrap();
    assert_eq!((flow.value, t.bound(&flow.prices)), (-305, -305));
}

#[test]
fn edges() {
    let none = Transport::new(vec![], vec![], vec![0], 0).unwrap();
    assert_eq!(none.solve(&|| false), Ok(Flow { seats: vec![], value: 0, prices: vec![] }));
    let mut t = Transport::new(vec![u32::MAX, 0], vec![u32::MAX, 3], vec![1, 0], 5).unwrap();
    t.add_left(0, [(1, 9), (0, 4)].into_iter()).unwrap();
    assert!(check_large(&t));
    t.add_left(1, [(1, LARGEST), (0, -LARGEST)].into_iter()).unwrap();
    assert!(check_large(&t));
    t.add_left(1, std::iter::empty()).unwrap();
    assert_eq!(t.solve(&|| false), Err(Failure::Unmet(vec![2])));
    t.add_left(u32::MAX, [(0, 1)].into_iter()).unwrap();
    assert!(t.solve(&|| false).is_err());
}

/// As `check`, for loads too large to count unit by unit.
fn check_large(t: &Transport) -> bool {
    let flow = t.solve(&|| false).unwrap();
    t.bound(&flow.prices) == flow.value && value(t, &flow.seats) == flow.value
}

#[test]
fn extremes() {
    let mut dice = Dice(5);
    for _ in 0..200 {
        let shape = Shape {
            lefts: 12,
            rights: 8,
            percent: 60,
            demand: 2,
            hi: 3,
            lo: 3,
            worth: (-LARGEST, LARGEST),
            step: LARGEST / 20,
            short: LARGEST,
        };
        let t = random(&mut dice, &shape);
        check(&t, t.solve(&|| false));
    }
}

#[test]
fn invalid() {
    assert_eq!(Transport::new(vec![1], vec![], vec![0], 0).err(), Some(Invalid::Size));
    assert_eq!(Transport::new(vec![1], vec![0], vec![0, 0], 0).err(), Some(Invalid::Size));
    assert_eq!(Transport::new(vec![1], vec![0], vec![-1], 0).err(), Some(Invalid::Range));
    assert_eq!(Transport::new(vec![1], vec![0], vec![0], -1).err(), Some(Invalid::Range));
    let mut t = Transport::new(vec![1], vec![0], vec![LARGEST], 0).unwrap();
    assert_eq!(t.add_left(1, [(1, 0)].into_iter()), Err(Invalid::NoSuchRight));
    assert_eq!(t.add_left(1, [(0, 0), (0, 1)].into_iter()), Err(Invalid::Twice));
    assert_eq!(t.add_left(1, [(0, i64::MIN)].into_iter()), Err(Invalid::Range));
    assert_eq!(t.add_left(1, [(0, 0)].into_iter()), Ok(()));
    assert_eq!(t.add_left(1, [(0, 0)].into_iter()), Err(Invalid::Range));
}

#[test]
fn stops_and_repeats() {
    let mut dice = Dice(6);
    let shape = Shape {
        lefts: 60,
        rights: 40,
        percent: 90,
        demand: 4,
        hi: 20,
        lo: 2,
        worth: (0, 3),
        step: 0,
        short: 9,
    };
    let t = random(&mut dice, &shape);
    assert_eq!(t.solve(&|| false), t.solve(&|| false));
    let mut t = Transport::new(vec![1; 200], vec![0; 200], vec![0], 0).unwrap();
    for _ in 0..200 {
        t.add_left(1, (0..200).map(|r| (r, dice.range(0, 9)))).unwrap();
    }
    assert_eq!(t.solve(&|| true), Err(Failure::Stopped));
}
