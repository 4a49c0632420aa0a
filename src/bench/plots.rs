//! Plots as SVG: lines told apart by colour, by dashes and by marks.
//!
//! * Takes curves; gives the text of an SVG. The only file that names plotters.
//! * The same curves give the same bytes: no fonts are read, no clock is asked.

use plotters::coord::Shift;
use plotters::coord::ranged1d::{Ranged, ValueFormatter};
use plotters::element::DashedPathElement;
use plotters::prelude::*;

use super::curves::{Curve, LEAST_PERCENT};

/// A plot that could not be drawn.
#[derive(Debug, thiserror::Error)]
#[error("a plot could not be drawn: {0}")]
pub struct PlotError(String);

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

const SIZE: (u32, u32) = (860, 560);
/// Colours that differ in lightness too (of the palette of Okabe and Ito).
const COLOURS: [RGBColor; 6] = [
    RGBColor(0, 0, 0),
    RGBColor(213, 94, 0),
    RGBColor(0, 114, 178),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 100, 133),
];
/// Lengths of dash and space, in pixels; the first is longer than any line.
const DASHES: [(u32, u32); 4] = [(100_000, 1), (10, 4), (4, 4), (16, 8)];
/// WHY: an axis that begins just before a round number has a mark at it.
const EDGE: f64 = 0.99;
/// More marks than this on a line hide it.
const MOST_MARKS: usize = 12;

/// The share of problems solved within a multiple of the time of the fastest.
///
/// # Errors
/// When plotters fails, which nothing provokes.
pub fn draw_time_profile(title: &str, curves: &[Curve]) -> Result<String, PlotError> {
    let most = greatest_x(curves).max(10.0);
    draw(|area| {
        let mut chart = builder(area, title)
            .build_cartesian_2d((1.0..most * 1.1).log_scale(), 0.0..1.02)
            .map_err(failed)?;
        let words = ("time as a multiple of the fastest", "share of runs proven within it");
        lines(&mut chart, words, curves, most * 1.1, false)
    })
}

/// The share of problems answered within a percentage of the best known.
///
/// # Errors
/// When plotters fails, which nothing provokes.
pub fn draw_quality_profile(title: &str, curves: &[Curve]) -> Result<String, PlotError> {
    draw(|area| {
        let mut chart = builder(area, title)
            .build_cartesian_2d((EDGE * LEAST_PERCENT..100.0).log_scale(), 0.0..1.02)
            .map_err(failed)?;
        let words = (
            "quality below the best known, % (0.001 stands for 0.001 or less)",
            "share of runs within it",
        );
        lines(&mut chart, words, curves, 100.0, false)
    })
}

/// The gap over time.
///
/// # Errors
/// When plotters fails, which nothing provokes.
pub fn draw_gaps(title: &str, curves: &[Curve]) -> Result<String, PlotError> {
    let firsts = curves.iter().filter_map(|curve| curve.points.first()).map(|point| point.0);
    // WHY: whole powers of ten, so that the axis has its marks.
    let decade = |power: f64| 10_f64.powf(power);
    let least = decade(firsts.fold(f64::INFINITY, f64::min).clamp(1e-3, 1e6).log10().floor());
    let most = decade(greatest_x(curves).clamp(1e-3, 1e9).log10().ceil()).max(least * 10.0);
    let mut curves = curves.to_vec();
    for curve in &mut curves {
        curve.points.retain(|(x, y)| x.is_finite() && y.is_finite());
        curve.points.insert(0, (least, 100.0));
    }
    draw(|area| {
        let mut chart = builder(area, title)
            .build_cartesian_2d(
                (EDGE * least..most).log_scale(),
                (EDGE * LEAST_PERCENT..120.0).log_scale(),
            )
            .map_err(failed)?;
        let words = ("seconds", "gap to the best bound known, % (0.001 or less at the bottom)");
        lines(&mut chart, words, &curves, most, true)
    })
}

/// What methods lose of the quality of the best, and how far seats go to few: a mark for each.
///
/// # Errors
/// When plotters fails, which nothing provokes.
pub fn draw_measures(title: &str, points: &[(String, f64, f64)]) -> Result<String, PlotError> {
    let most = points.iter().map(|point| point.1).fold(1.0, f64::max);
    let least = points.iter().map(|point| point.1).fold(0.0, f64::min);
    let highest = points.iter().map(|point| point.2).fold(1.0, f64::max).min(100.0);
    draw(|area| {
        let mut chart = builder(area, title)
            .build_cartesian_2d(least - 0.04 * most..1.08 * most, 0.0..1.15 * highest)
            .map_err(failed)?;
        chart
            .configure_mesh()
            .x_desc("quality lost against the best method, %")
            .y_desc("seats of the busiest tenth of the roster, %")
            .label_style(("sans-serif", 14))
            .axis_desc_style(("sans-serif", 15))
            .light_line_style(WHITE)
            .draw()
            .map_err(failed)?;
        let marks = points.iter().map(|(_, x, y)| chart.backend_coord(&(*x, *y)));
        let mut taken: Vec<(i32, i32, i32, i32)> =
            marks.map(|(x, y)| (x - 6, y - 6, x + 6, y + 6)).collect();
        for (index, (label, x, y)) in points.iter().enumerate() {
            let style = ShapeStyle {
                color: COLOURS[index % COLOURS.len()].to_rgba(),
                filled: false,
                stroke_width: 2,
            };
            // WHY numbers: there may be more methods than marks.
            let number = (index + 1).to_string();
            let place = free_place(&mut taken, chart.backend_coord(&(*x, *y)), number.len());
            let number = Text::new(number, place, ("sans-serif", 14));
            let point =
                EmptyElement::at((*x, *y)) + PathElement::new(mark(index, (0, 0)), style) + number;
            chart
                .draw_series([point])
                .map_err(failed)?
                .label(format!("{} {label}", index + 1))
                .legend(move |at| {
                    EmptyElement::at(at) + PathElement::new(mark(index, (20, 0)), style)
                });
        }
        // WHY there: who loses little or gives seats to few stands above, who loses much to the right.
        legend(&mut chart, SeriesLabelPosition::LowerLeft)
    })
}

/// Where the number of a mark goes, as seen from the mark: the nearest place, from the right above it on, at which it
/// covers neither a mark nor another number; that place is then taken.
///
/// * `taken`: boxes in pixels: left, upper, right and lower edge.
fn free_place(
    taken: &mut Vec<(i32, i32, i32, i32)>,
    (x, y): (i32, i32),
    digits: usize,
) -> (i32, i32) {
    let (wide, high) = (9 * i32::try_from(digits).unwrap_or(1), 12);
    let ring = |n: i32| {
        let (far, above, below) = (7 + 9 * n, -15 - 12 * n, 3 + 12 * n);
        let left = -wide - far;
        [(far, above), (far, below), (left, above), (left, below), (-4, above - 6), (-4, below + 6)]
    };
    let free = |(across, down): &(i32, i32)| {
        let (left, upper) = (x + across, y + down);
        let apart = |(l, u, r, b): &(i32, i32, i32, i32)| {
            left >= *r || left + wide <= *l || upper >= *b || upper + high <= *u
        };
        left >= 0 && upper >= 0 && taken.iter().all(apart)
    };
    let place = (0..8).flat_map(ring).find(free).unwrap_or((7, -15));
    taken.push((x + place.0, y + place.1, x + place.0 + wide, y + place.1 + high));
    place
}

fn greatest_x(curves: &[Curve]) -> f64 {
    let all = curves.iter().flat_map(|curve| &curve.points).map(|point| point.0);
    all.filter(|x| x.is_finite()).fold(0.0, f64::max)
}

fn failed(error: impl std::fmt::Display) -> PlotError {
    PlotError(error.to_string())
}

fn draw(work: impl FnOnce(&Area<'_>) -> Result<(), PlotError>) -> Result<String, PlotError> {
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, SIZE).into_drawing_area();
        area.fill(&WHITE).map_err(failed)?;
        work(&area)?;
        area.present().map_err(failed)?;
    }
    Ok(text)
}

fn builder<'a, 'b>(area: &'a Area<'b>, title: &str) -> ChartBuilder<'a, 'b, SVGBackend<'b>> {
    let mut builder = ChartBuilder::on(area);
    // WHY: a longer title would run out of the picture.
    let title: String = title.chars().filter(|c| !c.is_control()).take(80).collect();
    builder
        .caption(title, ("sans-serif", 20))
        .margin(14)
        .x_label_area_size(52)
        .y_label_area_size(72);
    builder
}

fn lines<'a, 'b: 'a, X, Y>(
    chart: &mut ChartContext<'a, SVGBackend<'b>, Cartesian2d<X, Y>>,
    (x, y): (&str, &str),
    curves: &[Curve],
    right: f64,
    falls: bool,
) -> Result<(), PlotError>
where
    X: Ranged<ValueType = f64> + ValueFormatter<f64>,
    Y: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    let label = |value: &f64| format!("{value}");
    let share = |value: &f64| format!("{}", (value * 1e6).round() / 1e6);
    chart
        .configure_mesh()
        .x_desc(x)
        .y_desc(y)
        .x_label_formatter(&label)
        .y_label_formatter(&share)
        .label_style(("sans-serif", 14))
        .axis_desc_style(("sans-serif", 15))
        .light_line_style(WHITE)
        .draw()
        .map_err(failed)?;
    for (index, curve) in curves.iter().enumerate() {
        let steps = steps(&curve.points, right);
        let (colour, dash) = (COLOURS[index % COLOURS.len()], DASHES[index % DASHES.len()]);
        let style = ShapeStyle { color: colour.to_rgba(), filled: false, stroke_width: 2 };
        let line = DashedLineSeries::new(steps, dash.0, dash.1, style);
        chart.draw_series(line).map_err(failed)?.label(curve.label.as_str()).legend(move |at| {
            let line = DashedPathElement::new([(0, 0), (40, 0)], dash.0, dash.1, style);
            EmptyElement::at(at) + line + PathElement::new(mark(index, (20, 0)), style)
        });
        let every = curve.points.len().div_ceil(MOST_MARKS).max(1);
        let marked = curve.points.iter().step_by(every).filter(|point| point.0 <= right);
        let marks = marked
            .map(|point| EmptyElement::at(*point) + PathElement::new(mark(index, (0, 0)), style));
        chart.draw_series(marks).map_err(failed)?;
    }
    let place =
        if falls { SeriesLabelPosition::UpperRight } else { SeriesLabelPosition::LowerRight };
    legend(chart, place)
}

/// The names of the lines or marks, in a box.
fn legend<'a, 'b: 'a, X, Y>(
    chart: &mut ChartContext<'a, SVGBackend<'b>, Cartesian2d<X, Y>>,
    place: SeriesLabelPosition,
) -> Result<(), PlotError>
where
    X: Ranged<ValueType = f64>,
    Y: Ranged<ValueType = f64>,
{
    chart
        .configure_series_labels()
        .position(place)
        .margin(12)
        .legend_area_size(44)
        .label_font(("sans-serif", 14))
        .background_style(WHITE.mix(0.85))
        .border_style(BLACK)
        .draw()
        .map_err(failed)
}

/// The corners of a line of steps that goes on to the right edge.
fn steps(points: &[(f64, f64)], right: f64) -> Vec<(f64, f64)> {
    let mut steps: Vec<(f64, f64)> = Vec::with_capacity(2 * points.len() + 1);
    for (x, y) in points {
        if let Some((_, before)) = steps.last().copied() {
            steps.push((*x, before));
        }
        steps.push((*x, *y));
    }
    if let Some((x, y)) = steps.last().copied().filter(|(x, _)| *x < right) {
        steps.push((x.max(right), y));
    }
    steps
}

/// The corners of a mark of few pixels, by the number of its line.
fn mark(index: usize, (x, y): (i32, i32)) -> Vec<(i32, i32)> {
    let corners: &[(i32, i32)] = match index % 6 {
        0 => &[(-2, -5), (2, -5), (5, -2), (5, 2), (2, 5), (-2, 5), (-5, 2), (-5, -2), (-2, -5)],
        1 => &[(-4, -4), (4, -4), (4, 4), (-4, 4), (-4, -4)],
        2 => &[(0, -5), (5, 4), (-5, 4), (0, -5)],
        3 => &[(-4, -4), (4, 4), (0, 0), (4, -4), (-4, 4)],
        4 => &[(0, -6), (6, 0), (0, 6), (-6, 0), (0, -6)],
        _ => &[(-5, 0), (5, 0), (0, 0), (0, -5), (0, 5)],
    };
    corners.iter().map(|(across, down)| (x + across, y + down)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_marks_cover_nothing() {
        let marks: Vec<(i32, i32)> = (0..24).map(|n| (100 + n % 5, 100 + n % 3)).collect();
        let mut taken: Vec<_> = marks.iter().map(|(x, y)| (x - 6, y - 6, x + 6, y + 6)).collect();
        for (n, mark) in marks.iter().enumerate() {
            free_place(&mut taken, *mark, (n + 1).to_string().len());
        }
        for (n, (left, upper, right, lower)) in taken.iter().enumerate().skip(marks.len()) {
            for (l, u, r, b) in &taken[..n] {
                assert!(left >= r || right <= l || upper >= b || lower <= u, "number {n}");
            }
        }
        // One alone has its number beside it.
        let mut taken = vec![(94, 94, 106, 106)];
        assert_eq!(free_place(&mut taken, (100, 100), 1), (7, -15));
    }
}
