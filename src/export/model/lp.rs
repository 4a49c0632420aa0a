//! A model in the LP format of CPLEX, which nearly every solver reads.

use std::fmt::{Result, Write};

use super::{Column, Kind, Model, Sense};

/// Columns of text after which a sum goes on in the next line; readers take 560 at most.
const WIDTH: usize = 100;

/// Writes a model as an LP file.
///
/// # Errors
/// Those of `out`.
pub fn write_lp(model: &Model, out: &mut dyn Write) -> Result {
    for note in &model.notes {
        writeln!(out, "\\ {note}")?;
    }
    out.write_str("Maximize\n")?;
    sum(out, &model.name, &model.objective, &model.columns)?;
    out.write_str("\nSubject To\n")?;
    for row in &model.rows {
        sum(out, &row.name, &row.terms, &model.columns)?;
        let sense = match row.sense {
            Sense::AtMost => "<=",
            Sense::AtLeast => ">=",
            Sense::Equal => "=",
        };
        writeln!(out, " {sense} {}", row.limit)?;
    }
    out.write_str("Bounds\n")?;
    for column in model.columns.iter().filter(|column| column.kind != Kind::Binary) {
        writeln!(out, " {} <= {} <= {}", column.least, column.name, column.most)?;
    }
    for (title, kind) in [("Generals", Kind::Whole), ("Binaries", Kind::Binary)] {
        let mut own = model.columns.iter().filter(|column| column.kind == kind).peekable();
        if own.peek().is_some() {
            writeln!(out, "{title}")?;
        }
        own.try_for_each(|column| writeln!(out, " {}", column.name))?;
    }
    out.write_str("End\n")
}

fn sum(out: &mut dyn Write, name: &str, terms: &[(usize, i64)], columns: &[Column]) -> Result {
    write!(out, " {name}:")?;
    let mut width = name.len() + 2;
    if let (true, Some(column)) = (terms.is_empty(), columns.first()) {
        // Some readers take no empty sum.
        write!(out, " 0 {}", column.name)?;
    }
    for (column, factor) in terms {
        let (sign, size) = (if *factor < 0 { '-' } else { '+' }, factor.unsigned_abs());
        let column = &columns[*column].name;
        let term = match size {
            1 => format!(" {sign} {column}"),
            _ => format!(" {sign} {size} {column}"),
        };
        if width + term.len() > WIDTH {
            out.write_str("\n ")?;
            width = 1;
        }
        width += term.len();
        out.write_str(&term)?;
    }
    Ok(())
}
