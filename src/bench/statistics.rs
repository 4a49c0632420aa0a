//! Medians, quartiles and geometric means of what was measured.

use serde::Serialize;

/// What some numbers come to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Summary {
    /// How many there are.
    pub count: usize,
    /// The least.
    pub least: f64,
    /// A quarter of them is no more.
    pub first_quartile: f64,
    /// Half of them is no more.
    pub median: f64,
    /// Three quarters of them are no more.
    pub third_quartile: f64,
    /// The greatest.
    pub greatest: f64,
    /// Nothing unless all are positive.
    pub geometric_mean: Option<f64>,
}

/// What numbers come to; nothing for none. What is no finite number is left out.
#[must_use]
pub fn summary(numbers: &[f64]) -> Option<Summary> {
    let mut sorted: Vec<f64> = numbers.iter().copied().filter(|x| x.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let (least, greatest) = (*sorted.first()?, *sorted.last()?);
    let positive = least > 0.0;
    let logs: f64 = sorted.iter().filter(|_| positive).map(|x| x.ln()).sum();
    Some(Summary {
        count: sorted.len(),
        least,
        first_quartile: quantile(&sorted, 0.25),
        median: quantile(&sorted, 0.5),
        third_quartile: quantile(&sorted, 0.75),
        greatest,
        geometric_mean: positive.then(|| (logs / sorted.len() as f64).exp()),
    })
}

/// The quantile of sorted numbers, linear between two of them (type 7 of Hyndman and Fan).
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::summary;

    #[test]
    fn quartiles_and_means() {
        let found = summary(&[4.0, 1.0, 2.0, 8.0, f64::NAN]).expect("numbers");
        assert_eq!((found.count, found.least, found.greatest), (4, 1.0, 8.0));
        assert_eq!((found.first_quartile, found.median, found.third_quartile), (1.75, 3.0, 5.0));
        let mean = found.geometric_mean.expect("all are positive");
        assert!((mean - 64.0_f64.powf(0.25)).abs() < 1e-12);
        assert_eq!(summary(&[0.0, 1.0]).and_then(|one| one.geometric_mean), None);
        assert!(summary(&[]).is_none());
    }
}
