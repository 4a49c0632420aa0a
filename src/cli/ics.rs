//! iCalendar in and out: `convert --from ics` and `calendar`.

use std::path::Path;

use serde_json::Value;

use super::args::{CalendarArgs, ConvertArgs, ErrorFormat};
use super::commands::invalid;
use super::{Exit, Failure, files};
use crate::calendar::{self, Audience, CalendarError};
use crate::convert::ics::{self, MergeError, Taken};
use crate::diagnostic::{Diagnostic, nearest, quote};
use crate::explain;
use crate::format::{InstanceDoc, Weekday, read_instance, read_solution, to_json_string};
use crate::pipeline::load;
use crate::time::{Interval, parse_instant};

/// What the files gave; every finding names its file.
#[derive(Default)]
struct Gathered {
    warnings: Vec<Diagnostic>,
    errors: Vec<Diagnostic>,
}

impl Gathered {
    fn take<T>(&mut self, path: &Path, read: Result<Taken<T>, Vec<Diagnostic>>) -> Vec<T> {
        let name = |mut finding: Diagnostic| {
            finding.file = Some(path.display().to_string());
            finding
        };
        match read {
            Ok(Taken { entries, warnings }) => {
                self.warnings.extend(warnings.into_iter().map(name));
                entries
            }
            Err(findings) => {
                self.errors.extend(findings.into_iter().map(name));
                Vec::new()
            }
        }
    }
}

fn usage(message: impl Into<String>) -> Failure {
    Failure::Usage(message.into())
}

fn merge(error: &MergeError) -> Failure {
    usage(error.to_string())
}

/// `convert --from ics`: holidays and busy time into an instance. All files or none.
pub(super) fn convert(args: &ConvertArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let Some(path) = &args.into else {
        return Err(usage("`--from ics` adds to an instance: name it with `--into`"));
    };
    if args.calendar.is_none() && !args.files.is_empty() {
        return Err(usage("name the calendar whose holidays the files have with `--calendar`"));
    }
    if args.files.is_empty() && args.busy.is_empty() {
        return Err(usage("nothing to read: give `--calendar ID FILE...` or `--busy PERSON=FILE`"));
    }
    let weekend = args.weekend.as_deref().map(weekdays).transpose()?;
    let text = files::read(path)?;
    let document = match load(&text).and_then(|_| read_instance(&text)) {
        Ok(document) => document,
        Err(findings) => return Err(invalid(path, text, findings)),
    };
    let mut value: Value =
        serde_json::from_slice(&text).map_err(|e| Failure::Bug(e.to_string()))?;
    let (horizon, years) = horizon(&document)?;
    let mut gathered = Gathered::default();
    let mut holidays = Vec::new();
    for file in &args.files {
        holidays.extend(gathered.take(file, ics::holidays(&files::read(file)?, years)));
    }
    if let Some(id) = &args.calendar {
        let weekend = weekend.as_deref();
        ics::add_holidays(&mut value, id, &holidays, weekend, args.replace)
            .map_err(|e| merge(&e))?;
    }
    let mut seen: Vec<&str> = Vec::new();
    for pair in &args.busy {
        // WHY `=`: no id contains it, so paths may.
        let Some((id, file)) = pair.split_once('=') else {
            return Err(usage(format!("`--busy` takes PERSON=FILE, not {}", quote(pair))));
        };
        let zone = ics::zone_of(&mut value, id).map_err(|e| merge(&e))?;
        let busy = ics::busy(&files::read(Path::new(file))?, zone, horizon);
        let busy = gathered.take(Path::new(file), busy);
        // Several files of one person add up, whatever was there before.
        let replace = args.replace && !seen.contains(&id);
        seen.push(id);
        ics::add_busy(&mut value, id, &busy, replace).map_err(|e| merge(&e))?;
    }
    let Gathered { warnings, errors } = gathered;
    if !errors.is_empty() {
        let findings = warnings.into_iter().chain(errors).collect();
        return Err(invalid(path, Vec::new(), findings));
    }
    if !warnings.is_empty() {
        files::show_findings(&path.display().to_string(), &[], &warnings, format);
    }
    let result = to_json_string(&value).map_err(|e| Failure::Bug(e.to_string()))?.into_bytes();
    if let Err(findings) = load(&result) {
        return Err(invalid(Path::new("the result"), result, findings));
    }
    files::write(&args.output, &result)?;
    Ok(Exit::Done)
}

fn weekdays(names: &[String]) -> Result<Vec<Weekday>, Failure> {
    let day = |name: &String| {
        let parsed = serde_json::from_value(Value::from(name.trim()));
        parsed.map_err(|_| usage(format!("{} is not a day: `mon` to `sun`", quote(name))))
    };
    names.iter().filter(|name| !name.trim().is_empty()).map(day).collect()
}

/// The horizon, and the first and last year that it touches.
fn horizon(document: &InstanceDoc) -> Result<(Interval, (i32, i32)), Failure> {
    let instant = |text: &str| parse_instant(text).map_err(|e| Failure::Bug(e.to_owned()));
    let year =
        |text: &str| text.get(..4).and_then(|year| year.parse::<i32>().ok()).unwrap_or_default();
    let (start, end) = (&document.horizon.start, &document.horizon.end);
    let interval = Interval { start: instant(start)?, end: instant(end)? };
    Ok((interval, (year(start) - 1, year(end) + 1)))
}

/// `calendar`: the sessions of a solution as iCalendar.
pub(super) fn calendar(args: &CalendarArgs, format: ErrorFormat) -> Result<Exit, Failure> {
    let audience = audience(args)?;
    let text = files::read(&args.instance)?;
    let read = load(&text).and_then(|loaded| Ok((loaded, read_instance(&text)?)));
    let (loaded, instance) = match read {
        Ok(both) => both,
        Err(findings) => return Err(invalid(&args.instance, text, findings)),
    };
    if !loaded.warnings.is_empty() {
        files::show_findings(&args.instance.display().to_string(), &text, &loaded.warnings, format);
    }
    if let Err((message, known)) = audience.find(&instance) {
        let wanted = message.split('`').nth(1).unwrap_or_default();
        let near = nearest(wanted, known.iter().map(String::as_str));
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Err(usage(format!("{message}{hint}")));
    }
    let solution_text = files::read(&args.solution)?;
    let solution = match read_solution(&solution_text)
        .and_then(|solution| explain::read_answer(&loaded.instance, &solution).map(|_| solution))
    {
        Ok(solution) => solution,
        Err(findings) => return Err(invalid(&args.solution, solution_text, findings)),
    };
    let previous = match &args.previous {
        Some(path) => Some((path, files::read(path)?)),
        None => None,
    };
    let earlier = previous.as_ref().map(|(_, text)| text.as_slice());
    match (calendar::calendar(&instance, &solution, &audience, earlier), &previous) {
        (Ok(text), _) => files::write(&args.output, text.as_bytes())?,
        (Err(CalendarError::Solution(findings)), _) => {
            return Err(invalid(&args.solution, solution_text, findings));
        }
        (Err(CalendarError::Previous(findings)), Some((path, text))) => {
            return Err(invalid(path, text.clone(), findings));
        }
        (Err(error), None) => return Err(Failure::Bug(format!("{error:?}"))),
    }
    Ok(Exit::Done)
}

fn audience(args: &CalendarArgs) -> Result<Audience, Failure> {
    let pair = |text: &str, form: &str| match text.split_once('/') {
        Some((first, second)) => Ok((first.to_owned(), second.to_owned())),
        None => Err(usage(format!("{} is not of the form {form}", quote(text)))),
    };
    if let Some(id) = &args.actor {
        return Ok(Audience::Actor(id.clone()));
    }
    if let Some(text) = &args.room {
        let (place, room) = pair(text, "PLACE/ROOM")?;
        return Ok(Audience::Room { place, room });
    }
    if let Some(text) = &args.party {
        let (dispute, party) = pair(text, "DISPUTE/PARTY")?;
        return Ok(Audience::Party { dispute, party });
    }
    Ok(Audience::Everyone)
}
