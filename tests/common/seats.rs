//! Tiny problems of pure assignment, solved by trying everything.

/// Papers or alternatives with their panels, reviewers or voters with their loads.
pub(crate) struct Problem {
    /// How many sit together, by paper.
    pub(crate) sizes: Vec<usize>,
    /// The score of each pair that may sit, by paper, then by reviewer.
    pub(crate) scores: Vec<Vec<Option<i64>>>,
    /// Reviewers who have to sit where anybody does, by paper.
    pub(crate) fixed: Vec<Vec<usize>>,
    pub(crate) most: Vec<usize>,
    pub(crate) least: Vec<usize>,
}

/// What counts, in this order: how many papers are served, what is missing to smallest loads (below 0), the sum of the
/// scores.
pub(crate) type Worth = (i64, i64, i64);

impl Problem {
    /// The best that there is.
    pub(crate) fn best(&self) -> Worth {
        self.after(0, &mut vec![0; self.most.len()], 0, 0)
    }

    fn after(&self, paper: usize, loads: &mut Vec<usize>, served: i64, sum: i64) -> Worth {
        let reviewers = self.most.len();
        if paper == self.sizes.len() {
            let missing = |r: usize| self.least[r].saturating_sub(loads[r]) as i64;
            return (served, -(0..reviewers).map(missing).sum::<i64>(), sum);
        }
        let mut best = self.after(paper + 1, loads, served, sum);
        for panel in 0_u32..1 << reviewers {
            let seated: Vec<usize> = (0..reviewers).filter(|r| panel >> r & 1 == 1).collect();
            let scores: Option<Vec<i64>> = seated.iter().map(|r| self.scores[paper][*r]).collect();
            let room = seated.iter().all(|r| loads[*r] < self.most[*r]);
            let fixed = self.fixed[paper].iter().all(|r| seated.contains(r));
            let Some(scores) = scores.filter(|_| room && fixed) else { continue };
            if seated.len() != self.sizes[paper] {
                continue;
            }
            for r in &seated {
                loads[*r] += 1;
            }
            let total = sum + scores.iter().sum::<i64>();
            best = best.max(self.after(paper + 1, loads, served + 1, total));
            for r in &seated {
                loads[*r] -= 1;
            }
        }
        best
    }
}

#[test]
fn a_problem_that_is_known() {
    let problem = Problem {
        sizes: vec![1, 2],
        scores: vec![vec![Some(5), Some(9)], vec![Some(4), Some(3)]],
        fixed: vec![vec![], vec![]],
        most: vec![1, 1],
        least: vec![1, 1],
    };
    // The first paper with the second reviewer leaves the first idle; the second paper takes both.
    assert_eq!(problem.best(), (1, 0, 7));
}
