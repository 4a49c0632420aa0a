//! What each command does.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::args::{
    Cli, Command, ConflictsArgs, ConflictsFormat, ConvertArgs, ConvertFrom, ErrorFormat,
    ExportArgs, ExportFormat, GenerateArgs, Profile, SchemaKind, SolveArgs, TextFormat,
};
use super::progress::Progress;
use super::trace::Trace;
use super::{
    Exit, Failure, closing, complain, convert, files, ics, origin, pages, paint, selection,
};
use crate::check;
use crate::conflict::show;
use crate::convert::{gap, isds, rap};
use crate::diagnostic::{Diagnostic, quote};
use crate::domain::Instance;
use crate::explain;
use crate::export;
use crate::format::{
    BUILT_IN_PROFILES, DocumentKind, FromDoc, InstanceDoc, SolutionDoc, Status, canonical_digest,
    read_solution, schema_of, to_json_string,
};
use crate::generate::{self, DocketProfile};
use crate::mechanism;
use crate::pipeline::{Loaded, Screened, history, history_text, keep_to, load};
use crate::solve::News;
use crate::solve::{Control, Options};
use crate::validate::resolve_profile;

/// More threads than this are a slip of the hand.
const MOST_THREADS: usize = 512;

/// Runs one command.
pub(super) fn run(cli: Cli) -> Result<Exit, Failure> {
    let format = cli.error_format;
    match cli.command {
        Command::Validate { instance, solution } => {
            validate(&instance, solution.as_deref(), format)
        }
        Command::Conflicts(args) => conflicts(&args, format),
        Command::Solve(args) => solve(&args, format),
        Command::Check { instance, solution } => check(&instance, &solution, format),
        Command::Explain(args) => super::explain::explain(&args, format),
        Command::Stats { instance, solution: None, format: form } => stats(&instance, form, format),
        Command::Stats { instance, solution: Some(solution), format: form } => {
            selection::measures(&instance, &solution, form, format)
        }
        Command::Generate(args) => make(&args),
        Command::Ballots(args) => selection::ballots(&args, format),
        Command::Report(args) => super::report::report(&args, format),
        Command::Calendar(args) => ics::calendar(&args, format),
        Command::Convert(args) => convert(&args, format),
        Command::Export(args) => export(&args, format),
        Command::Bench(args) => super::bench::bench(&args, format),
        Command::Schema { document, profile } => schema(document, profile.as_deref()),
        Command::Completions { shell } => pages::completions(shell),
        Command::Man { output } => pages::man(&output),
    }
}

fn schema(document: SchemaKind, profile: Option<&str>) -> Result<Exit, Failure> {
    let kind = match document {
        SchemaKind::Instance => DocumentKind::Instance,
        SchemaKind::Solution => DocumentKind::Solution,
        SchemaKind::Rules => DocumentKind::Rules,
        SchemaKind::Bench => DocumentKind::Bench,
    };
    let Some(name) = profile else { return print(&json(&schema_of(kind))?) };
    if kind != DocumentKind::Rules {
        return Err(Failure::Usage("--profile goes with `schema rules`".to_owned()));
    }
    if let Some(rules) = resolve_profile(name) {
        return print(&json(&rules)?);
    }
    let names: Vec<&str> = BUILT_IN_PROFILES.iter().map(|(name, _)| *name).collect();
    let known = names.join("`, `");
    Err(Failure::Usage(format!("no profile is called {}; there are `{known}`", quote(name))))
}

pub(super) fn print(text: &str) -> Result<Exit, Failure> {
    files::write(Path::new("-"), text.as_bytes())?;
    Ok(Exit::Done)
}

pub(super) fn json<T: serde::Serialize>(document: &T) -> Result<String, Failure> {
    to_json_string(document).map_err(|e| Failure::Bug(e.to_string()))
}

pub(super) fn invalid(path: &Path, text: Vec<u8>, findings: Vec<Diagnostic>) -> Failure {
    Failure::Document { name: path.display().to_string(), text, findings }
}

/// Reads and validates an instance; its warnings go to standard error.
pub(super) fn load_file(path: &Path, format: ErrorFormat) -> Result<Loaded, Failure> {
    let text = files::read(path)?;
    let progress = Progress::about("reading");
    let read = load(&text);
    progress.finish();
    match read {
        Ok(loaded) => {
            warn(path, &text, &loaded.warnings, format);
            Ok(loaded)
        }
        Err(findings) => Err(invalid(path, text, findings)),
    }
}

/// Every finding about an instance, and about a solution beside it.
fn validate(
    instance: &Path,
    solution: Option<&Path>,
    format: ErrorFormat,
) -> Result<Exit, Failure> {
    let loaded = load_file(instance, format)?;
    let Some(path) = solution else { return Ok(Exit::Done) };
    let text = files::read(path)?;
    let answer = match read_solution(&text) {
        Ok(answer) => answer,
        Err(findings) => return Err(invalid(path, text, findings)),
    };
    let mut findings = origin::other_instance(&answer, &loaded.instance);
    findings.extend(origin::other_tzdb(&answer));
    warn(path, &text, &findings, format);
    Ok(Exit::Done)
}

/// Writes warnings about a document to standard error.
pub(super) fn warn(path: &Path, text: &[u8], findings: &[Diagnostic], format: ErrorFormat) {
    if !findings.is_empty() {
        files::show_findings(&path.display().to_string(), text, findings, format);
    }
}

fn conflicts(args: &ConflictsArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let loaded = load_file(&args.instance, format)?;
    if args.history {
        return past(args, &loaded.document);
    }
    let document = loaded.document;
    let screened = Screened::new(loaded.instance);
    let instance = &screened.instance;
    let filter = show::Filter {
        dispute: named(args.dispute.as_deref(), "dispute", |id| {
            explain::find_dispute(instance, id)
        })?,
        mediator: named(args.mediator.as_deref(), "mediator", |id| {
            explain::find_mediator(instance, id)
        })?,
        for_parties: !args.audience.sees_all(),
    };
    let table = &screened.conflicts;
    // The summary is about the docket as a whole.
    let whole = filter.dispute.is_none() && filter.mediator.is_none();
    let summary = whole.then(|| explain::summary(&document, &screened));
    print(&match args.format {
        ConflictsFormat::Text => {
            let mut text = show::text(instance, table, filter);
            if let Some(summary) = summary {
                text.push('\n');
                text.push_str(&explain::summary_text(&summary));
            }
            text
        }
        ConflictsFormat::Json => {
            json(&Conflicts { overview: show::overview(instance, table, filter), summary })?
        }
        ConflictsFormat::Dot => show::dot(instance, table, filter),
        ConflictsFormat::Svg => match filter.dispute {
            Some(dispute) => show::svg(instance, table, dispute, filter),
            None => return Err(Failure::Usage("--format svg needs --dispute".to_owned())),
        },
    })
}

/// What `conflicts --format json` prints.
#[derive(serde::Serialize)]
struct Conflicts {
    #[serde(flatten)]
    overview: show::Overview,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<explain::Summary>,
}

/// What the profiles make of the past appointments.
fn past(args: &ConflictsArgs, document: &InstanceDoc) -> Result<Exit, Failure> {
    let names: Vec<Option<&str>> = if args.profile.is_empty() {
        vec![None]
    } else {
        args.profile.iter().map(|name| Some(name.as_str())).collect()
    };
    let mut histories = Vec::with_capacity(names.len());
    for name in names {
        let known = name.is_none_or(|name| resolve_profile(name).is_some());
        let history = known.then(|| history(document, name)).transpose();
        let Ok(Some(history)) = history else {
            let name = name.unwrap_or_default();
            return Err(Failure::Usage(format!(
                "nothing can be judged by the profile {}",
                quote(name)
            )));
        };
        histories.push(history);
    }
    match args.format {
        ConflictsFormat::Text => print(&history_text(&histories)),
        ConflictsFormat::Json => print(&json(&histories)?),
        ConflictsFormat::Dot | ConflictsFormat::Svg => {
            Err(Failure::Usage("--history is told as text or json".to_owned()))
        }
    }
}

/// Looks a name up that was given as an argument.
pub(super) fn named<T>(
    id: Option<&str>,
    kind: &str,
    find: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Failure> {
    match id {
        None => Ok(None),
        Some(id) => match find(id) {
            Some(found) => Ok(Some(found)),
            None => Err(Failure::Usage(format!("the instance has no {kind} `{id}`"))),
        },
    }
}

/// What an instance is like.
fn stats(path: &Path, form: TextFormat, format: ErrorFormat) -> Result<Exit, Failure> {
    let Loaded { instance, document, .. } = load_file(path, format)?;
    let found = explain::stats(&Screened::new(instance), &document);
    print(&match form {
        TextFormat::Text => explain::stats_text(&found),
        TextFormat::Json => json(&found)?,
    })
}

fn solve(args: &SolveArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let (began, trace) = (Instant::now(), Trace::new(args.trace.as_deref()));
    let (gap, limit) = (gap(args.gap)?, time_limit(args.time_limit)?);
    if let Some(threads) = args.threads {
        if !(1..=MOST_THREADS).contains(&threads) {
            let message = format!("--threads lies between 1 and {MOST_THREADS}");
            return Err(Failure::Usage(message));
        }
        // WHY: a pool that is there already (in a test) serves as well; the answer is the same.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    let loaded = load_file(&args.instance, format)?;
    files::expect_folder(&args.output)?;
    // An earlier solution may give way to the new one: that is what planning again is for.
    files::expect_other(&args.output, &[&args.instance])?;
    let read_or_written = [Some(&args.instance), Some(&args.output), args.from.as_ref()];
    let others: Vec<&Path> = read_or_written.into_iter().flatten().map(PathBuf::as_path).collect();
    trace.open(&others)?;
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    let _ = ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed));
    let progress = Progress::since(began);
    let show = |news: &News| {
        trace.tell(news);
        progress.show(news);
    };
    let enter = |phase| progress.enter(phase);
    let control = Control::new(limit, Some(&interrupted)).with_progress(&show).with_phases(&enter);
    progress.until(limit, Some(&interrupted));
    let options =
        Options { gap, seed: args.seed, node_limit: args.node_limit, ..Options::default() };
    // WHY: a document of millions of scores is large, and solving has no use for it.
    let Loaded { instance, document, .. } = loaded;
    let document = args.remedies.then_some(document);
    let (mechanism, seed) = selection::selection(args, &instance)?;
    let from = args.from.as_deref().map(|path| earlier(path, &instance, format)).transpose()?;
    progress.phase("screening");
    progress.appear();
    let mut screened = Screened::new(instance);
    if let Some(from) = from {
        screened = screened.keeping_to(from);
    }
    let answer = mechanism::answer(&screened, mechanism, &seed, options, &control);
    let Some(mut solution) = answer else {
        progress.finish();
        complain("no lottery found in which every dispute is served and no pair is too likely");
        return Ok(Exit::NoAnswer);
    };
    if let Some(document) = &document {
        explain::write_remedies(&screened, document, &mut solution, options, &control);
    }
    let text = json(&solution)?;
    // WHY before the line is taken away: a terminal that stands still must not hold up the answer.
    let to_stream = args.output == Path::new("-");
    if !to_stream {
        files::write(&args.output, text.as_bytes())?;
    }
    progress.finish();
    if to_stream {
        files::write(&args.output, text.as_bytes())?;
    }
    trace.finish(&solution)?;
    match format {
        ErrorFormat::Human if std::io::stderr().is_terminal() => {
            closing::say(args, &screened, &solution, began.elapsed());
        }
        ErrorFormat::Human => complain(&summary(&screened, &solution)),
        ErrorFormat::Json => complain(&summary_json(&screened, &solution)),
    }
    Ok(if solution.status == Status::Unknown {
        Exit::NoAnswer
    } else if solution.unserved.is_empty() {
        Exit::Done
    } else {
        Exit::Unserved
    })
}

/// What of an earlier solution is to be kept to.
pub(super) fn earlier(
    path: &Path,
    instance: &Instance,
    format: ErrorFormat,
) -> Result<FromDoc, Failure> {
    let text = files::read(path)?;
    let solution = match read_solution(&text) {
        Ok(solution) => solution,
        Err(findings) => return Err(invalid(path, text, findings)),
    };
    if solution.instance.id != instance.id() {
        let told = quote(&solution.instance.id);
        let message = format!("the solution answers {told}, not `{}`", instance.id());
        let finding = Diagnostic::error("other-instance", "/instance/id", message)
            .help("keep to a solution of an earlier version of this very instance");
        return Err(invalid(path, text, vec![finding]));
    }
    warn(path, &text, &origin::other_tzdb(&solution), format);
    let digest = canonical_digest(&text).map_err(|e| Failure::Bug(e.to_string()))?;
    keep_to(instance, &solution, digest).map_err(|findings| invalid(path, text, findings))
}

/// The same for programs.
fn summary_json(screened: &Screened, solution: &SolutionDoc) -> String {
    let mut told = serde_json::json!({
        "status": solution.status,
        "tiers": solution.objective.tiers,
        "bound": solution.bound,
        "gap": solution.gap,
        "unserved": solution.unserved,
    });
    if let Some(from) = &solution.from {
        told["changes"] = serde_json::json!(explain::changes(screened, from, solution));
    }
    told.to_string()
}

/// What `solve` says in the end.
fn summary(screened: &Screened, solution: &SolutionDoc) -> String {
    let mut text = format!(
        "{}: {}, {}, {} unserved; quality {}",
        name(&solution.status),
        closing::count(solution.assignments.len(), "panel"),
        closing::count(solution.sessions.len(), "session"),
        solution.unserved.len(),
        closing::decimal(solution.objective.tiers.last().copied().unwrap_or(0)),
    );
    if let (Some(bound), Some(gap)) = (solution.bound, solution.gap) {
        let (bound, gap) = (closing::decimal(bound), closing::percent(gap.micro()));
        let _ = write!(text, ", bound {bound}, gap {gap}");
    }
    for unserved in &solution.unserved {
        let reasons: Vec<&str> = unserved.core.iter().map(|core| core.text.as_str()).collect();
        let _ = write!(text, "\nunserved {}: {}", unserved.dispute, reasons.join("; "));
    }
    if let Some(from) = &solution.from {
        let changes = explain::changes(screened, from, solution);
        let _ = writeln!(text, "\n{} changed", closing::count(changes.len(), "dispute"));
        text.push_str(&explain::changes_text(&changes));
        text.truncate(text.trim_end().len());
    }
    text
}

fn name<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn check(instance: &Path, solution: &Path, format: ErrorFormat) -> Result<Exit, Failure> {
    let text = files::read(instance)?;
    // WHY: the verdict is about a solution of a valid instance; validation is not the checker's.
    let loaded = match load(&text) {
        Ok(loaded) => loaded,
        Err(findings) => return Err(invalid(instance, text, findings)),
    };
    drop(text);
    // The document is all that the checker may know.
    let Loaded { document, instance: sound, .. } = loaded;
    let digest = sound.digest().to_owned();
    drop(sound);
    let text = files::read(solution)?;
    let answer = match read_solution(&text) {
        Ok(answer) => answer,
        Err(findings) => return Err(invalid(solution, text, findings)),
    };
    warn(solution, &text, &origin::other_tzdb(&answer), format);
    let progress = Progress::about("checking");
    let verdict = check::check(&document, &answer, &digest);
    progress.finish();
    print(&paint::for_stdout(verdict.to_string(), paint::verdict))?;
    Ok(if verdict.holds() { Exit::Done } else { Exit::Violation })
}

/// A relative gap in micro-units.
pub(super) fn gap(gap: f64) -> Result<i64, Failure> {
    if (0.0..=1.0).contains(&gap) {
        return Ok((gap * 1e6).round() as i64);
    }
    Err(Failure::Usage("--gap lies between 0 and 1".to_owned()))
}

pub(super) fn time_limit(seconds: Option<f64>) -> Result<Option<Duration>, Failure> {
    let limit = |seconds| {
        Duration::try_from_secs_f64(seconds)
            .map_err(|e| Failure::Usage(format!("--time-limit: {e}")))
    };
    seconds.map(limit).transpose()
}

fn make(args: &GenerateArgs) -> Result<Exit, Failure> {
    if args.tight && args.profile != Profile::Random {
        return Err(Failure::Usage("`--tight` goes with `random`".to_owned()));
    }
    let document = match args.profile {
        Profile::Full => return docket(args, DocketProfile::Full),
        Profile::Docket => return docket(args, DocketProfile::Docket),
        Profile::Regional => return docket(args, DocketProfile::Regional),
        Profile::Stress => return docket(args, DocketProfile::Stress),
        Profile::Launch => {
            if args.disputes > Some(500) || args.mediators > Some(800) {
                return Err(Failure::Usage(
                    "`launch` has at most 500 disputes and 800 mediators".to_owned(),
                ));
            }
            generate::launch(&generate::LaunchOptions {
                seed: args.seed,
                disputes: args.disputes,
                mediators: args.mediators,
            })
        }
        Profile::HkSpring => {
            if args.disputes.is_some() || args.mediators.is_some() {
                return Err(Failure::Usage("the size of `hk-spring` is fixed".to_owned()));
            }
            generate::spring(&generate::SpringOptions { seed: args.seed })
        }
        Profile::Random => {
            if args.disputes > Some(5000) {
                return Err(Failure::Usage("`random` has at most 5000 disputes".to_owned()));
            }
            generate::random(&generate::RandomOptions {
                seed: args.seed,
                disputes: args.disputes.unwrap_or(20),
                mediators: args.mediators.unwrap_or(40),
                tight: args.tight,
            })
        }
    };
    files::write(&args.output, json(&document)?.as_bytes())?;
    Ok(Exit::Done)
}

/// `generate` of a docket that is written as it is made.
fn docket(args: &GenerateArgs, profile: DocketProfile) -> Result<Exit, Failure> {
    let (disputes, mediators) = profile.limits();
    if args.disputes > Some(disputes) || args.mediators > Some(mediators) {
        return Err(Failure::Usage(format!(
            "`{}` has at most {disputes} disputes and {mediators} mediators",
            profile.name()
        )));
    }
    files::expect_folder(&args.output)?;
    let made = generate::Docket::new(&generate::DocketOptions {
        profile,
        seed: args.seed,
        disputes: args.disputes,
        mediators: args.mediators,
    });
    files::stream(&args.output, |out| made.write(out))?;
    Ok(Exit::Done)
}

fn convert(args: &ConvertArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    convert::expect_place(args)?;
    let document = match args.from {
        ConvertFrom::Ics => return ics::convert(args, format),
        ConvertFrom::Rap => return reviewers(args),
        ConvertFrom::Gap => return jobs(args),
        ConvertFrom::Openreview => return convert::openreview(args, format),
        ConvertFrom::Preflib => return convert::preflib(args),
        ConvertFrom::Isds => {
            let [file] = args.files.as_slice() else {
                return Err(Failure::Usage("`--from isds` takes one file".to_owned()));
            };
            let text = files::read(file)?;
            let mut options = isds::IsdsOptions::default();
            options.seed = args.seed.unwrap_or(options.seed);
            options.disputes = args.disputes.unwrap_or(options.disputes);
            match isds::convert(&text, &options) {
                Ok(document) => document,
                Err(error) => {
                    let finding = Diagnostic::error("syntax", "", error.to_string());
                    return Err(invalid(file, text, vec![finding]));
                }
            }
        }
    };
    files::write(&args.output, json(&document)?.as_bytes())?;
    Ok(Exit::Done)
}

/// `convert --from gap`.
fn jobs(args: &ConvertArgs) -> Result<Exit, Failure> {
    let [file] = args.files.as_slice() else {
        return Err(Failure::Usage("`--from gap` takes one file".to_owned()));
    };
    files::expect_folder(&args.output)?;
    let text = files::read(file)?;
    match gap::read(&text) {
        Ok(problem) => files::stream(&args.output, |out| problem.write(out)).map(|()| Exit::Done),
        Err(findings) => Err(invalid(file, text, findings)),
    }
}

/// `convert --from rap`.
fn reviewers(args: &ConvertArgs) -> Result<Exit, Failure> {
    let [file] = args.files.as_slice() else {
        return Err(Failure::Usage("`--from rap` takes one file".to_owned()));
    };
    files::expect_folder(&args.output)?;
    let text = files::read(file)?;
    let written = rap::read(&text).map(|set| files::stream(&args.output, |out| set.write(out)));
    match written {
        Ok(written) => written.map(|()| Exit::Done),
        Err(findings) => Err(invalid(file, text, findings)),
    }
}

fn export(args: &ExportArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    if args.format != ExportFormat::Grid {
        return super::export::model(args, format);
    }
    super::export::grid_takes_no_tier(args)?;
    let screened = Screened::new(load_file(&args.instance, format)?.instance);
    files::expect_folder(&args.output)?;
    let grid = export::grid(&screened.instance, screened.tables());
    for rule in &grid.not_in_grid {
        complain(&format!("warning: not in the grid: {}: {}", rule.rule, rule.text));
    }
    // WHY: it is long, and for programs alone.
    let mut text = serde_json::to_vec(&grid).map_err(|e| Failure::Bug(e.to_string()))?;
    text.push(b'\n');
    files::write(&args.output, &text)?;
    Ok(Exit::Done)
}
