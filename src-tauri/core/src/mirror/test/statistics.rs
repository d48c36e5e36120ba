//! The middle of some numbers, and how far they lie around it.

/// The median; none of nothing.
pub(super) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(sorted[middle]),
        _ => Some(f64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

/// The median distance from the median: one late answer does not move it, as it would the mean.
pub(super) fn spread(values: &[f64]) -> Option<f64> {
    let middle = median(values)?;
    let distances: Vec<_> = values.iter().map(|value| (value - middle).abs()).collect();
    median(&distances)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_late_answer_moves_neither() {
        assert_eq!(median(&[]), None, "nothing has no middle");
        assert_eq!(median(&[3.0]), Some(3.0), "one is its own middle");
        assert_eq!(
            median(&[4.0, 1.0, 2.0, 3.0]),
            Some(2.5),
            "between the two in the middle"
        );
        let calm = [20.0, 21.0, 19.0, 20.0, 900.0];
        assert_eq!(median(&calm), Some(20.0), "the late one does not count");
        assert_eq!(spread(&calm), Some(1.0), "nor in the spread");
    }
}
