//! One bench a stage, on the launch instance: read, validate, screen, solve, check.

use std::hint::black_box;

use comity::check::check;
use comity::format::{canonical_digest, read_instance};
use comity::pipeline::{Screened, load};
use comity::solve::{Control, Options};
use comity::validate::validate;
use criterion::{Criterion, criterion_group, criterion_main};

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
    group.bench_function("untyped-json", |b| {
        b.iter(|| serde_json::from_slice::<serde_json::Value>(black_box(&bytes)));
    });
    group.bench_function("read", |b| b.iter(|| read_instance(black_box(&bytes))));
    group.bench_function("validate", |b| b.iter(|| validate(black_box(&document), digest.clone())));
    group.bench_function("screen", |b| {
        b.iter(|| Screened::new(black_box(&loaded.instance).clone()));
    });
    group.bench_function("solve", |b| {
        b.iter(|| screened.solve(Options::default(), &Control::new(None, None)));
    });
    group.bench_function("check", |b| b.iter(|| check(&document, &solution, &digest)));
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
