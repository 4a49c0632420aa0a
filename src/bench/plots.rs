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
        for (index, (label, x, y)) in points.iter().enumerate() {
            let style = ShapeStyle {
                color: COLOURS[index % COLOURS.len()].to_rgba(),
                filled: false,
                stroke_width: 2,
            };
            // WHY numbers: there may be more methods than marks.
            let number = Text::new((index + 1).to_string(), (8, -7), ("sans-serif", 14));
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
