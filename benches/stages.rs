//! One bench a stage, on the launch instance: read, validate, screen, price, solve, check; the linear program of the
//! master, on plans drawn from a seed; and reading of an instance of one's own (`COMITY_LOAD`).

use std::hint::black_box;

use comity::check::check;
use comity::format::{canonical_digest, read_instance};
use comity::milp::Simplex;
use comity::pipeline::{Screened, load};
use comity::solve::{Control, Options, alone_in};
use comity::validate::validate;
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, criterion_group, criterion_main};

fn stages(criterion: &mut Criterion) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/instances/iomed-launch.json");
    let bytes = std::fs::read(path).expect("the launch instance is committed");
    let digest = canonical_digest(&bytes).expect("canonical");
    let document = read_instance(&bytes).expect("well-formed");
    let loaded = load(&bytes).expect("valid");
    let screened = Screened::new(loaded.instance.clone());
    let solution = screened.answer(Options::default(), &Control::new(None, None));

    let mut group = criterion.benchmark_group("iomed-launch");
    group.sample_size(10);
    reading(&mut group, &bytes);
    group.bench_function("validate", |b| b.iter(|| validate(black_box(&document), digest.clone())));
    group.bench_function("screen", |b| {
        b.iter(|| Screened::new(black_box(&loaded.instance).clone()));
    });
    group.bench_function("price", |b| {
        // The best plan of every dispute at prices of zero.
        b.iter(|| {
            alone_in(
                &screened.instance,
                &screened.conflicts,
                &screened.eligibility,
                &screened.availability,
            )
        });
    });
    group.bench_function("solve", |b| {
        b.iter(|| screened.solve(Options::default(), &Control::new(None, None)));
    });
    group.bench_function("check", |b| b.iter(|| check(&document, &solution, &digest)));
    group.finish();
}

/// Reading with the digest and validating, the first two alone, and the same bytes as untyped JSON.
fn reading(group: &mut BenchmarkGroup<'_, WallTime>, bytes: &[u8]) {
    group.bench_function("untyped-json", |b| {
        b.iter(|| serde_json::from_slice::<serde_json::Value>(black_box(bytes)));
    });
    group.bench_function("load", |b| b.iter(|| load(black_box(bytes))));
    group.bench_function("read", |b| b.iter(|| read_instance(black_box(bytes))));
    group.bench_function("digest", |b| b.iter(|| canonical_digest(black_box(bytes))));
}

/// The instance that `COMITY_LOAD` names, read and validated as every command does (`load`: reading, the digest,
/// validating), beside the same bytes as untyped JSON. Nothing where it is not set.
fn named(criterion: &mut Criterion) {
    let Some(path) = std::env::var_os("COMITY_LOAD") else { return };
    let bytes = std::fs::read(path).expect("the instance of COMITY_LOAD is there");
    let mut group = criterion.benchmark_group("named");
    group.sample_size(10);
    reading(&mut group, &bytes);
    group.finish();
}

/// A master that grows: 60 disputes and 40 mediators, ten rounds of a plan for each dispute.
fn master(criterion: &mut Criterion) {
    let mut state = 1_u64;
    let mut below = move |n: usize| {
        // SplitMix64, the same on every machine.
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    };
    let mut plan = |d| (d, [below(40), below(40)], 1.0 + below(1000) as f64 / 1000.0);
    let rounds: Vec<Vec<(usize, [usize; 2], f64)>> =
        (0..10).map(|_| (0..60).map(&mut plan).collect()).collect();
    criterion.bench_function("master", |b| {
        b.iter(|| {
            let mut lp = Simplex::new();
            let disputes: Vec<usize> = (0..60).map(|_| lp.add_row(1.0, &[])).collect();
            let cases: Vec<usize> = (0..40).map(|_| lp.add_row(2.0, &[])).collect();
            for round in &rounds {
                for (d, [a, b], gain) in round {
                    let rows = [(disputes[*d], 1.0), (cases[*a], 1.0), (cases[*b], 1.0)];
                    // A plan that seats nobody twice.
                    let rows = if a == b { &rows[..2] } else { &rows };
                    lp.add_column(*gain, 1.0, rows);
                }
                lp.solve(&|| false);
            }
            black_box(lp.objective())
        });
    });
}

criterion_group!(benches, stages, named, master);
criterion_main!(benches);
