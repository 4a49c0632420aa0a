//! A model in the free MPS format.

use std::fmt::{Result, Write};

use super::{Kind, Model, Sense};

/// Writes a model as a free MPS file. It says `OBJSENSE MAX`: MPS files are minimised otherwise.
///
/// # Errors
/// Those of `out`.
pub fn write_mps(model: &Model, out: &mut dyn Write) -> Result {
    for note in &model.notes {
        writeln!(out, "* {note}")?;
    }
    writeln!(out, "NAME comity\nOBJSENSE\n    MAX\nROWS\n N {}", model.name)?;
    for row in &model.rows {
        let sense = match row.sense {
            Sense::AtMost => 'L',
            Sense::AtLeast => 'G',
            Sense::Equal => 'E',
        };
        writeln!(out, " {sense} {}", row.name)?;
    }
    columns(model, out)?;
    out.write_str("RHS\n")?;
    for row in model.rows.iter().filter(|row| row.limit != 0) {
        writeln!(out, " RHS {} {}", row.name, row.limit)?;
    }
    out.write_str("BOUNDS\n")?;
    for column in &model.columns {
        let name = &column.name;
        if column.kind == Kind::Binary {
            writeln!(out, " BV BND {name}")?;
            continue;
        }
        if column.least != 0 {
            writeln!(out, " LO BND {name} {}", column.least)?;
        }
        writeln!(out, " UP BND {name} {}", column.most)?;
    }
    out.write_str("ENDATA\n")
}

/// The matrix by columns, those that are whole numbers between markers.
fn columns(model: &Model, out: &mut dyn Write) -> Result {
    let mut of: Vec<Vec<(u32, i64)>> = vec![Vec::new(); model.columns.len()];
    for (number, row) in (0..).zip(&model.rows) {
        for (column, factor) in &row.terms {
            of[*column].push((number, *factor));
        }
    }
    let mut worth = vec![0; model.columns.len()];
    for (column, gain) in &model.objective {
        worth[*column] = *gain;
    }
    out.write_str("COLUMNS\n")?;
    let (mut whole, mut markers) = (false, 0);
    let mut mark = |whole: bool, out: &mut dyn Write| {
        markers += 1;
        let word = if whole { "INTORG" } else { "INTEND" };
        writeln!(out, " MARKER{markers} 'MARKER' '{word}'")
    };
    for ((column, entries), worth) in model.columns.iter().zip(of).zip(worth) {
        if whole != (column.kind != Kind::Free) {
            whole = !whole;
            mark(whole, out)?;
        }
        // A column that nothing names is told all the same.
        if worth != 0 || entries.is_empty() {
            writeln!(out, " {} {} {worth}", column.name, model.name)?;
        }
        for (row, factor) in entries {
            writeln!(out, " {} {} {factor}", column.name, model.rows[row as usize].name)?;
        }
    }
    if whole { mark(false, out) } else { Ok(()) }
}
