//! `comity bench`: makes the runs of a plan that have not been made, and what comes of the records.
//!
//! A folder of results holds `plan.json`, `runs/KEY.json` (the records), `solutions/`, `traces/`,
//! `instances/` (what was generated or converted), and the tables and plots that `collect` makes.
//! Each process works in a folder of its own inside and moves whole files to their places, so that
//! several may work at once and any may be killed.

mod collect;
mod machine;
mod prepare;
mod run;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::args::{BenchArgs, ErrorFormat};
use super::progress::Bar;
use super::{Exit, Failure, commands, complain, files};
use crate::bench::{Plan, Run, RunRecord, Verdict, in_shard, read_plan, read_record, runs};
use crate::format::{
    BENCH_SCHEMA, BenchDoc, BenchInstanceDoc, BenchLimitDoc, BenchMethodDoc, Decimal,
    to_json_string,
};
use run::{Bench, Ready};

/// Folders inside a folder of results.
const FOLDERS: [&str; 5] = ["runs", "solutions", "traces", "instances", "plots"];

/// Runs `bench`.
pub(super) fn bench(args: &BenchArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    if let [first, second] = args.compare.as_slice() {
        return collect::compare(first, second, args.format);
    }
    if let Some(folder) = &args.collect {
        return collect::collect(folder, format);
    }
    let Some(folder) = &args.output else {
        return Err(Failure::Usage("`bench` needs `--output DIR`".to_owned()));
    };
    let (plan, name, base) = plan(args)?;
    let base = base.canonicalize().map_err(|e| cannot("read", &base, &e))?;
    prepare::look(&plan, &name, &base)?;
    measure(args, &plan, &name, base, folder, format)
}

/// The plan of a file, or of the arguments; its name in findings; the folder that its paths start from.
fn plan(args: &BenchArgs) -> Result<(Plan, PathBuf, PathBuf), Failure> {
    let here = PathBuf::from(".");
    let Some(path) = &args.plan else {
        let document = typed(args)?;
        let text = commands::json(&document)?;
        let name = PathBuf::from("the arguments as a plan");
        return match read_plan(text.as_bytes(), false) {
            Ok(plan) => Ok((plan, name, here)),
            Err(findings) => Err(commands::invalid(&name, text.into_bytes(), findings)),
        };
    };
    let text = files::read(path)?;
    // WHY: no TOML begins with a brace, and what is called JSON is told as JSON, however broken.
    let braced = text.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    let json = braced || path.extension().is_some_and(|ending| ending == "json");
    let base = match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_path_buf(),
        _ => here,
    };
    match read_plan(&text, !json) {
        Ok(plan) => Ok((plan, path.clone(), base)),
        Err(findings) => {
            // WHY: lines of TOML are known already, and would be looked for as JSON.
            let shown = if json { text } else { Vec::new() };
            Err(commands::invalid(path, shown, findings))
        }
    }
}

/// The arguments as a plan.
fn typed(args: &BenchArgs) -> Result<BenchDoc, Failure> {
    let limit = |seconds: &f64| {
        let seconds = Decimal::from_f64(*seconds)
            .map_err(|rule| Failure::Usage(format!("--time-limit: {rule}")))?;
        Ok(BenchLimitDoc::Seconds(seconds))
    };
    Ok(BenchDoc {
        schema: BENCH_SCHEMA.to_owned(),
        instances: args
            .instances
            .iter()
            .map(|path| BenchInstanceDoc::File(run::text(path)))
            .collect(),
        methods: args.method.iter().map(|name| BenchMethodDoc::Own(name.clone())).collect(),
        seeds: args.seed.clone(),
        time_limits: args.time_limit.iter().map(limit).collect::<Result<_, Failure>>()?,
        ..BenchDoc::default()
    })
}

fn cannot(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::Usage(format!("cannot {what} `{}`: {error}", path.display()))
}

/// Makes the runs that are to be made, and collects when none is missing.
fn measure(
    args: &BenchArgs,
    plan: &Plan,
    name: &Path,
    base: PathBuf,
    folder: &Path,
    format: ErrorFormat,
) -> Result<Exit, Failure> {
    let new = !folder.exists();
    for inside in FOLDERS {
        let path = folder.join(inside);
        fs::create_dir_all(&path).map_err(|e| cannot("make the folder", &path, &e))?;
    }
    let folder = folder.canonicalize().map_err(|e| cannot("read", folder, &e))?;
    let work = tempfile::Builder::new()
        .prefix(".work-")
        .tempdir_in(&folder)
        .map_err(|e| cannot("write in", &folder, &e))?;
    let program = std::env::current_exe()
        .map_err(|e| Failure::Bug(format!("the own executable is not found: {e}")))?;
    let bench = Bench {
        program,
        base,
        folder: folder.clone(),
        work: work.path().to_path_buf(),
        options: &plan.checked.options,
        software: machine::software(),
        machine: machine::machine(),
    };
    let all = runs(&plan.checked);
    let mine = match args.shard {
        Some(shard) => in_shard(&all, shard),
        None => vec![true; all.len()],
    };
    let mine: Vec<&Run<'_>> =
        all.iter().zip(mine).filter(|(_, mine)| *mine).map(|(run, _)| run).collect();
    let ready = match prepare::instances(&bench, plan, name, &mine) {
        Ok(ready) => ready,
        Err(failure) => {
            drop(work);
            // WHY: nothing is left of a bench that cannot begin; what others have made stays.
            for inside in FOLDERS {
                let _ = fs::remove_dir(folder.join(inside));
            }
            if new {
                let _ = fs::remove_dir(&folder);
            }
            return Err(failure);
        }
    };
    let document = to_json_string(&plan.document).map_err(|e| Failure::Bug(e.to_string()))?;
    files::write(&folder.join("plan.json"), document.as_bytes())?;
    let done = make(&bench, args.again, &mine, &ready)?;
    drop(work);
    let told = format!(
        "{}: {} made, {} there before{}",
        if mine.len() == 1 { "1 run".to_owned() } else { format!("{} runs", mine.len()) },
        done.made,
        done.there,
        if done.stopped { "; interrupted, run the same again to go on" } else { "" }
    );
    complain(&told);
    if done.stopped {
        return Ok(Exit::NoAnswer);
    }
    let whole = all.iter().all(|run| folder.join(format!("runs/{}.json", run.key())).exists());
    if whole {
        return collect::collect(&folder, format);
    }
    Ok(if done.wrong { Exit::Violation } else { Exit::Done })
}

/// What came of the runs.
#[derive(Default)]
struct Done {
    made: usize,
    there: usize,
    stopped: bool,
    wrong: bool,
}

fn make(
    bench: &Bench<'_>,
    again: bool,
    mine: &[&Run<'_>],
    ready: &std::collections::BTreeMap<String, Ready>,
) -> Result<Done, Failure> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    let _ = ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed));
    let stop = || interrupted.load(Ordering::Relaxed);
    let bar = Bar::new(mine.len() as u64);
    let mut done = Done::default();
    for run in mine {
        let key = run.key();
        let Some(ready) = ready.get(&run.source.name) else { continue };
        bar.show(&key);
        let earlier = fs::read(bench.folder.join(format!("runs/{key}.json"))).ok();
        let earlier = earlier.filter(|_| !again).and_then(|text| read_record(&text).ok());
        let record = match earlier.filter(|record| fits(record, bench, run, ready)) {
            Some(record) => {
                done.there += 1;
                Some(record)
            }
            None if stop() => None,
            None => {
                let made = bench.make(run, ready, stop)?;
                done.made += usize::from(made.is_some());
                made
            }
        };
        let Some(record) = record else {
            done.stopped = true;
            break;
        };
        let verdict = record.outcome.verdict;
        done.wrong |= matches!(verdict, Verdict::Violated | Verdict::Unreadable);
        bar.step();
    }
    bar.finish();
    Ok(done)
}

/// True when a record is of this run as it would be made now.
fn fits(record: &RunRecord, bench: &Bench<'_>, run: &Run<'_>, ready: &Ready) -> bool {
    record.comity == bench.software
        && record.key == run.key()
        && record.instance.sha256 == ready.sha256
        && record.program == run.method.command
        && record.options == *bench.options
}
