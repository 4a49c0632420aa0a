//! What was typed.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args, ColorChoice, Parser, Subcommand, ValueEnum};

use crate::bench::Shard;
use crate::explain::Supposition;
use crate::format::Mechanism;

/// Impartial panels, shared hours, proven answers.
#[derive(Debug, Parser)]
#[command(name = "comity", version, about, propagate_version = true, styles = super::paint::HELP)]
pub(super) struct Cli {
    /// How findings and failures are written to standard error.
    #[arg(long, global = true, value_enum, default_value_t = ErrorFormat::Human)]
    pub(super) error_format: ErrorFormat,
    /// When colours are used: by default on a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    pub(super) color: ColorChoice,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// How findings and failures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ErrorFormat {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Every finding about an instance document at once, and about a solution beside it.
    Validate {
        /// The instance; `-` for standard input.
        instance: PathBuf,
        /// A solution of it: is its shape sound, is it of this instance and these time zones?
        solution: Option<PathBuf>,
    },
    /// Who is barred, must disclose, or is clear, and the witness of each finding.
    Conflicts(ConflictsArgs),
    /// Assigns panels and schedules sessions.
    Solve(SolveArgs),
    /// The independent verdict on a solution.
    Check {
        /// The instance.
        instance: PathBuf,
        /// The solution; `-` for standard input.
        solution: PathBuf,
    },
    /// Why this panel, why not that mediator, why these hours, why unserved.
    Explain(ExplainArgs),
    /// What an instance is like, in numbers; with a solution, what the solution is like.
    Stats {
        /// The instance; `-` for standard input.
        instance: PathBuf,
        /// A solution of it.
        solution: Option<PathBuf>,
        /// Form of the output.
        #[arg(long, value_enum, default_value_t = TextFormat::Text)]
        format: TextFormat,
    },
    /// Makes a reproducible instance.
    Generate(GenerateArgs),
    /// Makes up ballots for experiments with lists: every party ranks everybody who may sit.
    Ballots(BallotsArgs),
    /// One page about a solution, for people: checked while it is made, complete in one file.
    Report(ReportArgs),
    /// The sessions as iCalendar.
    Calendar(CalendarArgs),
    /// Brings other people's data in.
    Convert(ConvertArgs),
    /// The docket for other solvers, without rules, calendars or zones left to read.
    Export(ExportArgs),
    /// Solves a set of instances by a set of methods and measures: tables, CSV, JSON, plots.
    Bench(BenchArgs),
    /// The JSON Schema of a document, or a built-in profile of rules.
    Schema {
        /// Which document.
        #[arg(value_enum)]
        document: SchemaKind,
        /// With `rules`: prints this built-in profile, whole, with everything that it extends.
        #[arg(long, value_name = "NAME")]
        profile: Option<String>,
    },
    /// Completions of commands and options for a shell.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// The manual page, or a page for each command.
    Man {
        /// A folder for the pages of all commands; `-`, the default, for that of `comity` on standard output.
        #[arg(short, long, value_name = "DIR", default_value = "-")]
        output: PathBuf,
    },
}

/// Arguments of `conflicts`.
#[derive(Debug, Args)]
pub(super) struct ConflictsArgs {
    /// The instance; `-` for standard input.
    pub(super) instance: PathBuf,
    /// Only this dispute.
    #[arg(long)]
    pub(super) dispute: Option<String>,
    /// Only this mediator.
    #[arg(long)]
    pub(super) mediator: Option<String>,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t = ConflictsFormat::Text)]
    pub(super) format: ConflictsFormat,
    /// For whom; the parties are told nothing of what may not be disclosed.
    #[arg(long, value_enum, default_value_t = Audience::Secretariat)]
    pub(super) audience: Audience,
    /// Judges the past appointments, each on its own day, instead of the docket.
    #[arg(long, conflicts_with_all = ["dispute", "mediator", "audience"])]
    pub(super) history: bool,
    /// With `--history`: a built-in profile to judge by, several allowed; else the instance's own.
    #[arg(long, requires = "history")]
    pub(super) profile: Vec<String>,
}

/// For whom something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Audience {
    /// Everything.
    Secretariat,
    /// Nothing that rests on confidential relations.
    Parties,
}

impl Audience {
    /// True when confidential relations may be shown.
    pub(super) fn sees_all(self) -> bool {
        self == Self::Secretariat
    }
}

/// Forms of the output of `conflicts`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ConflictsFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For Graphviz.
    Dot,
    /// A picture of the neighbourhood of one dispute.
    Svg,
}

/// Arguments of `report`.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// The instance.
    pub(super) instance: PathBuf,
    /// A solution of it; `-` for standard input.
    pub(super) solution: PathBuf,
    /// Where the page goes; `-`, the default, for standard output.
    #[arg(short, long, default_value = "-")]
    pub(super) output: PathBuf,
    /// For this party alone: an actor, in all its disputes, or DISPUTE/PARTY. The page then holds nothing else.
    #[arg(long = "for", value_name = "PARTY")]
    pub(super) reader: Option<String>,
    /// Language of the page.
    #[arg(long, value_enum, default_value_t = PageLanguage::En)]
    pub(super) language: PageLanguage,
}

/// Languages of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PageLanguage {
    /// English.
    En,
    /// Chinese, in simplified characters.
    Zh,
}

/// Arguments of `solve`.
#[derive(Debug, Args)]
pub(super) struct SolveArgs {
    /// The instance; `-` for standard input.
    pub(super) instance: PathBuf,
    /// Where the solution goes; `-`, the default, for standard output.
    #[arg(short, long, default_value = "-")]
    pub(super) output: PathBuf,
    /// Seconds after which the best answer so far is written.
    #[arg(long, value_name = "S")]
    pub(super) time_limit: Option<f64>,
    /// Relative gap at which quality counts as proven, 0 to 1.
    #[arg(long, value_name = "G", default_value_t = 0.00001)]
    pub(super) gap: f64,
    /// Seed of the exchanges by which dockets of 60 disputes and more are answered, recorded in the solution.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) seed: u64,
    /// Threads; all cores by default. The answer does not depend on it.
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<usize>,
    /// An earlier solution, of this instance or of an earlier version of it, to keep to as far as `weights.disruption`
    /// asks.
    #[arg(long, value_name = "SOLUTION")]
    pub(super) from: Option<PathBuf>,
    /// Largest number of nodes in the search of each tier.
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(super) node_limit: usize,
    /// How panels are selected, instead of by the mechanism of the policy.
    #[arg(long, value_name = "NAME", value_parser = mechanisms(), conflicts_with = "from")]
    pub(super) mechanism: Option<Mechanism>,
    /// The seed of a mechanism's draws, published with the answer; the number of `--seed` when left out.
    #[arg(long, value_name = "TEXT")]
    pub(super) draw_seed: Option<String>,
    /// Tries for each unserved dispute what would serve it, each change by planning the docket again, and writes down
    /// what does. The time limit counts for all of it.
    #[arg(long)]
    pub(super) remedies: bool,
    /// Where each better answer and bound is told as it is found: a line of JSON each.
    #[arg(long, value_name = "FILE")]
    pub(super) trace: Option<PathBuf>,
}

/// The mechanisms by name.
fn mechanisms() -> impl TypedValueParser<Value = Mechanism> {
    PossibleValuesParser::new(Mechanism::ALL.map(|(_, name)| name)).map(|told| {
        let known = Mechanism::ALL.into_iter().find(|(_, name)| *name == told);
        known.map_or(Mechanism::Optimise, |(mechanism, _)| mechanism)
    })
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("planning").args(["what_if", "remedies", "recusals", "scarce", "core"])))]
pub(super) struct ExplainArgs {
    /// The instance.
    pub(super) instance: PathBuf,
    /// The solution.
    pub(super) solution: PathBuf,
    /// About this dispute.
    #[arg(long)]
    pub(super) dispute: Option<String>,
    /// About this mediator in the dispute.
    #[arg(long, requires = "dispute")]
    pub(super) mediator: Option<String>,
    /// For whom; the parties are told nothing of what may not be disclosed.
    #[arg(long, value_enum, default_value_t = Audience::Secretariat)]
    pub(super) audience: Audience,
    /// Plans the docket again as if this were so: `forbid DISPUTE MEDIATOR`, `require DISPUTE MEDIATOR`,
    /// `waive DISPUTE MEDIATOR RULE`, `fix DISPUTE SESSION START`, `due DISPUTE DAYS`, `cases MEDIATOR NUMBER`,
    /// `busy PERSON START END`, `room PLACE [SEATS]`, `designate DISPUTE STATE [LANGUAGE...]`. Several hold together.
    #[arg(long, value_name = "CHANGE", conflicts_with_all = ["dispute", "audience"])]
    pub(super) what_if: Vec<Supposition>,
    /// With `--dispute`, of one that is unserved: tries what would serve it, each by planning the docket again.
    #[arg(long, requires = "dispute", conflicts_with_all = ["mediator", "audience"])]
    pub(super) remedies: bool,
    /// With `--dispute`, of one that cannot be served even alone: which requirements cannot hold together.
    #[arg(long, requires = "dispute", conflicts_with_all = ["mediator", "audience"])]
    pub(super) core: bool,
    /// Who could step in where, and what the recusals would come to for which nobody could, each by planning the docket
    /// again.
    #[arg(long, conflicts_with_all = ["dispute", "audience"])]
    pub(super) recusals: bool,
    /// What is scarce, by the prices of the bound, and what one more of the scarcest would be worth, each by planning
    /// the docket again.
    #[arg(long, conflicts_with_all = ["dispute", "audience"])]
    pub(super) scarce: bool,
    /// With `--what-if`: plans it with nothing to keep to as well, for the best that there could be.
    #[arg(long, requires = "what_if")]
    pub(super) anew: bool,
    /// With `--what-if`, `--remedies`, `--recusals` and `--scarce`: seconds for all planning.
    #[arg(long, value_name = "S", requires = "planning")]
    pub(super) time_limit: Option<f64>,
    /// With `--what-if`, `--remedies`, `--recusals` and `--scarce`: relative gap at which quality counts as proven.
    #[arg(long, value_name = "G", requires = "planning", default_value_t = 0.00001)]
    pub(super) gap: f64,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t = TextFormat::Text)]
    pub(super) format: TextFormat,
}

/// Forms of an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TextFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Arguments of `generate`.
#[derive(Debug, Args)]
pub(super) struct GenerateArgs {
    /// The profile.
    #[arg(value_enum)]
    pub(super) profile: Profile,
    /// Seed.
    #[arg(long, default_value_t = 1)]
    pub(super) seed: u64,
    /// Number of disputes: 1 to 500 for `launch`, to 5000 for `random`, to 20000 for `full`, `docket`,
    /// `regional` and `stress`.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    pub(super) disputes: Option<u32>,
    /// Number of mediators: 1 to 800 for `launch`, to 950 for `full`, `docket` and `regional`, to 5000
    /// for `stress` and `random`.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=5000))]
    pub(super) mediators: Option<u32>,
    /// For `random`: fewer rooms, interpreters and counsel, fuller calendars.
    #[arg(long)]
    pub(super) tight: bool,
    /// Where the instance goes; `-`, the default, for standard output.
    #[arg(short, long, default_value = "-")]
    pub(super) output: PathBuf,
}

/// Arguments of `ballots`.
#[derive(Debug, Args)]
pub(super) struct BallotsArgs {
    /// The instance; `-` for standard input.
    pub(super) instance: PathBuf,
    /// How far mediators lean to a side at most, in units of fit; the more, the less the sides agree.
    #[arg(long, value_name = "L", default_value_t = 0.3)]
    pub(super) lean: f64,
    /// Seed of who leans where.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) seed: u64,
    /// Where the instance goes; `-`, the default, for standard output.
    #[arg(short, long, default_value = "-")]
    pub(super) output: PathBuf,
}

/// Profiles of `generate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Profile {
    /// The IOMed at its start.
    Launch,
    /// The IOMed with 38 signatories: 70 disputes and 950 mediators by default.
    Full,
    /// The same with what a large institution administers at a time: 350 disputes.
    Docket,
    /// The same with a year's new disputes of a larger one: 830 disputes.
    Regional,
    /// 17000 disputes and 5000 mediators, with shortlists.
    Stress,
    /// Thirty disputes on five continents in the spring of 2026; its size is fixed.
    HkSpring,
    /// A docket of any size, for measurements; 20 disputes and 40 mediators by default.
    Random,
}

/// Arguments of `convert`.
#[derive(Debug, Args)]
pub(super) struct ConvertArgs {
    /// Form of the data.
    #[arg(long, value_enum)]
    pub(super) from: ConvertFrom,
    /// The file; for `ics` the files with the holidays of `--calendar`, for `openreview` a file for each kind of score.
    #[arg(required_if_eq_any([
        ("from", "isds"), ("from", "rap"), ("from", "gap"), ("from", "openreview"), ("from", "preflib"),
    ]))]
    pub(super) files: Vec<PathBuf>,
    /// For `ics`: the instance to which the files add.
    #[arg(long, value_name = "INSTANCE", required_if_eq("from", "ics"))]
    pub(super) into: Option<PathBuf>,
    /// For `ics`: the calendar whose holidays the files have.
    #[arg(long, value_name = "CALENDAR", requires = "files")]
    pub(super) calendar: Option<String>,
    /// For `ics`: the weekend of the calendar, which is made when it is not there (`sat,sun`).
    #[arg(long, value_name = "DAYS", requires = "calendar", value_delimiter = ',')]
    pub(super) weekend: Option<Vec<String>>,
    /// For `ics`: a person, mediator or interpreter, and a file with their busy time.
    #[arg(long, value_name = "PERSON=FILE")]
    pub(super) busy: Vec<String>,
    /// For `ics`: takes away what is there instead of adding to it.
    #[arg(long)]
    pub(super) replace: bool,
    /// Seed of what has to be invented.
    #[arg(long)]
    pub(super) seed: Option<u64>,
    /// Number of disputes to take.
    #[arg(long)]
    pub(super) disputes: Option<usize>,
    #[command(flatten)]
    pub(super) panels: PanelArgs,
    /// Where the instance goes; `-`, the default, for standard output.
    #[arg(short, long, default_value = "-")]
    pub(super) output: PathBuf,
}

/// Arguments of `convert` that say how reviewers or voters are seated.
#[derive(Debug, Args)]
pub(super) struct PanelArgs {
    /// For `openreview`: lines `paper,reviewer,constraint`: -1 a conflict, 1 a pair that is fixed, 0 neither.
    #[arg(long, value_name = "FILE")]
    pub(super) constraints: Option<PathBuf>,
    /// For `openreview`: lines `reviewer,most` or `reviewer,most,least`, the loads of reviewers.
    #[arg(long, value_name = "FILE")]
    pub(super) loads: Option<PathBuf>,
    /// For `openreview`: lines `paper,reviewers`, how many reviewers a paper needs (1 to 3).
    #[arg(long, value_name = "FILE")]
    pub(super) demands: Option<PathBuf>,
    /// For `openreview`: the weight of each file of scores; 1 for all by default.
    #[arg(long, value_name = "W,...", value_delimiter = ',', allow_hyphen_values = true)]
    #[arg(value_parser = crate::convert::micro)]
    pub(super) weights: Option<Vec<i64>>,
    /// For `openreview`: pairs may sit whose score is 0, or that have none.
    #[arg(long)]
    pub(super) zero_scores: bool,
    /// For `openreview` and `preflib`: how many sit together where no file says so; 3 by default.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=3))]
    pub(super) panel_size: Option<u8>,
    /// For `openreview` and `preflib`: the largest load where no file says so; none by default.
    #[arg(long, value_name = "N")]
    pub(super) cases: Option<u32>,
    /// For `openreview` and `preflib`: the smallest load where no file says so; 0 by default.
    #[arg(long, value_name = "N")]
    pub(super) min_cases: Option<u32>,
    /// For `preflib`: the score of each category, -1 to 1, or `apart` where it keeps voter and alternative apart; by
    /// default evenly from 1 to 0.
    #[arg(long, value_name = "S,...", value_delimiter = ',', allow_hyphen_values = true)]
    pub(super) category_scores: Option<Vec<String>>,
}

/// Forms that `convert` reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ConvertFrom {
    /// The docket of investor-State disputes of April 2015.
    Isds,
    /// iCalendar files: holidays of a calendar, busy time of people.
    Ics,
    /// A reviewer-assignment set.
    Rap,
    /// A generalised assignment problem of the OR-Library or of Yagiura's sets.
    Gap,
    /// Reviewer assignment in OpenReview's layout: comma-separated scores, constraints, loads, demands.
    Openreview,
    /// Preferences of PrefLib: categories or orders.
    Preflib,
}

/// Arguments of `calendar`.
#[derive(Debug, Args)]
pub(super) struct CalendarArgs {
    /// The instance.
    pub(super) instance: PathBuf,
    /// The solution; `-` for standard input.
    pub(super) solution: PathBuf,
    /// Only what this actor attends: a person, a mediator, or the actor that is a party.
    #[arg(long = "for", value_name = "ACTOR", group = "audience")]
    pub(super) actor: Option<String>,
    /// Only what is held in this room, without names.
    #[arg(long, value_name = "PLACE/ROOM", group = "audience")]
    pub(super) room: Option<String>,
    /// Only what this party attends, and nothing that it may not see.
    #[arg(long, value_name = "DISPUTE/PARTY", group = "audience")]
    pub(super) party: Option<String>,
    /// The earlier file of the same calendar, which this one is to update.
    #[arg(long, value_name = "FILE")]
    pub(super) previous: Option<PathBuf>,
    /// Where the calendar goes; `-`, the default, for standard output.
    #[arg(short, long, default_value = "-")]
    pub(super) output: PathBuf,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// The instance; `-` for standard input.
    pub(super) instance: PathBuf,
    /// Form of the output.
    #[arg(long, value_enum)]
    pub(super) format: ExportFormat,
    /// Where it goes; `-`, the default, for standard output.
    #[arg(short, long, default_value = "-")]
    pub(super) output: PathBuf,
    /// With `lp` and `mps`: the tier that is maximised, as the terms of a solution call it (`panels`, `sessions`,
    /// `quality`); the first by default, with `--hold` and `--values` the first that they do not hold, or the last.
    #[arg(long, value_name = "TIER")]
    pub(super) tier: Option<String>,
    /// With `lp` and `mps`: a solution of this instance, whose tiers above the one that is maximised are held.
    #[arg(long, value_name = "SOLUTION")]
    pub(super) hold: Option<PathBuf>,
    /// With `lp` and `mps`: the same, the values given one by one in micro-units, the first tier first.
    #[arg(
        long,
        value_name = "VALUES",
        value_delimiter = ',',
        allow_hyphen_values = true,
        conflicts_with = "hold"
    )]
    pub(super) values: Vec<i64>,
    /// With `lp` and `mps`: the earlier solution to keep to, as in `solve`; `--hold` takes that of its solution.
    #[arg(long, value_name = "SOLUTION", conflicts_with = "hold")]
    pub(super) from: Option<PathBuf>,
}

/// Forms of `export`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// Who may sit with whom, who is free when, and what each start costs: `comity.grid/1`.
    Grid,
    /// The whole docket as one mixed-integer program, in the LP format of CPLEX.
    Lp,
    /// The same in the free MPS format.
    Mps,
}

/// Arguments of `bench`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").required(true).multiple(true)
    .args(["instances", "plan", "collect", "compare"])))]
pub(super) struct BenchArgs {
    /// The instances; a plan can say more.
    #[arg(value_name = "INSTANCE", conflicts_with_all = ["plan", "collect", "compare"], requires = "output")]
    pub(super) instances: Vec<PathBuf>,
    /// The plan, TOML or JSON: instances, methods, seeds, time limits; `-` for standard input.
    #[arg(long, value_name = "PLAN", conflicts_with_all = ["collect", "compare"], requires = "output")]
    pub(super) plan: Option<PathBuf>,
    /// The folder for records, solutions, tables and plots. What it has already is not run again.
    #[arg(short, long, value_name = "DIR", conflicts_with_all = ["collect", "compare"])]
    pub(super) output: Option<PathBuf>,
    /// Without a plan: a method, several allowed; `optimise` by default.
    #[arg(long, value_name = "NAME", requires = "instances")]
    pub(super) method: Vec<String>,
    /// Without a plan: a seed, several allowed; 0 by default.
    #[arg(long, value_name = "N", requires = "instances")]
    pub(super) seed: Vec<u64>,
    /// Without a plan: seconds for each run, several allowed; no limit by default.
    #[arg(long, value_name = "S", requires = "instances")]
    pub(super) time_limit: Vec<f64>,
    /// Makes only the runs of this part of the plan, `I` from 1 to `N`.
    #[arg(long, value_name = "I/N", requires = "output")]
    pub(super) shard: Option<Shard>,
    /// Makes runs again whose records are there.
    #[arg(long, requires = "output")]
    pub(super) again: bool,
    /// Makes tables and plots of the records in this folder, and no run.
    #[arg(long, value_name = "DIR", conflicts_with = "compare")]
    pub(super) collect: Option<PathBuf>,
    /// Compares the records in two folders, run by run.
    #[arg(long, value_names = ["DIR_A", "DIR_B"], num_args = 2)]
    pub(super) compare: Vec<PathBuf>,
    /// With `--compare`: form of the output.
    #[arg(long, value_enum, default_value_t = TextFormat::Text, requires = "compare")]
    pub(super) format: TextFormat,
}

/// Documents that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaKind {
    /// `comity.instance/1`.
    Instance,
    /// `comity.solution/1`.
    Solution,
    /// `comity.rules/1`.
    Rules,
    /// `comity.bench/1`.
    Bench,
}
