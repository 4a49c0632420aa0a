//! Decimals as other people write them, exactly.
//!
//! * Takes a text such as `0.25`, `-3` or `8.1e-05`; gives whole units of 10^-18. What lies beyond 18 places is rounded,
//!   half away from zero, and that is told.
//! * **Invariant**: no floating point: the same text gives the same number on every machine.
//! * Complexity: linear in the text.

use std::fmt;

/// Units of 10^-18 in one.
pub(super) const ONE: i128 = 1_000_000_000_000_000_000;
const PLACES: i64 = 18;
/// WHY: 36 digits and a sign fit into 128 bits, and no score has more.
const MOST_DIGITS: i64 = 36;

/// A number, and whether it is what the text says or was rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) units: i128,
    pub(super) exact: bool,
}

/// Why a text is no number that can be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is no number.
    Syntax,
    /// It is one of more than 18 digits before its point.
    Range,
}

/// Reads a decimal.
pub(super) fn decimal(text: &str) -> Result<Decimal, Fault> {
    let (negative, rest) = signed(text);
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, whole(exponent).ok_or(Fault::Syntax)?),
        None => (rest, 0),
    };
    let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: Vec<u8> = before.bytes().chain(after.bytes()).collect();
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Fault::Syntax);
    }
    let leading = digits.iter().take_while(|digit| **digit == b'0').count();
    let digits = &digits[leading..];
    if digits.is_empty() {
        return Ok(Decimal { units: 0, exact: true });
    }
    // How many of the digits, or of them and noughts behind them, are whole units.
    let kept = before.len() as i64 - leading as i64 + exponent + PLACES;
    if kept > MOST_DIGITS {
        return Err(Fault::Range);
    }
    let digit = |at: i64| {
        let at = usize::try_from(at).ok();
        at.and_then(|at| digits.get(at)).map_or(0, |digit| i128::from(digit - b'0'))
    };
    let mut units = (0..kept).fold(0, |units, at| units * 10 + digit(at));
    if kept >= 0 && digit(kept) >= 5 {
        units += 1;
    }
    let lost = usize::try_from(kept).map_or(digits, |kept| digits.get(kept..).unwrap_or(&[]));
    let exact = lost.iter().all(|digit| *digit == b'0');
    Ok(Decimal { units: if negative { -units } else { units }, exact })
}

/// A weight or score in millionths, given as an argument: at most six places, from -1000 to 1000.
///
/// # Errors
/// When it is none.
pub fn micro(text: &str) -> Result<i64, String> {
    let help = "write a number from -1000 to 1000 of at most six places";
    let number = decimal(text.trim()).ok().filter(|number| number.exact);
    let micro = number.filter(|number| number.units % (ONE / 1_000_000) == 0);
    let micro = micro.and_then(|number| i64::try_from(number.units / (ONE / 1_000_000)).ok());
    micro
        .filter(|micro| (-1_000_000_000..=1_000_000_000).contains(micro))
        .ok_or_else(|| help.to_owned())
}

/// Writes millionths as a decimal without needless noughts.
pub(super) fn put(micro: i64, out: &mut dyn fmt::Write) -> fmt::Result {
    if micro < 0 {
        out.write_char('-')?;
    }
    let micro = micro.unsigned_abs();
    let (whole, mut part, mut places) = (micro / 1_000_000, micro % 1_000_000, 6);
    if part == 0 {
        return write!(out, "{whole}");
    }
    while part % 10 == 0 {
        (part, places) = (part / 10, places - 1);
    }
    write!(out, "{whole}.{part:0places$}")
}

/// The nearest whole number to a quotient, half away from zero, for a divisor above 0.
pub(super) fn rounded(number: i128, divisor: i128) -> i128 {
    let (quotient, rest) = (number / divisor, number % divisor);
    quotient + if rest.abs() * 2 >= divisor { rest.signum() } else { 0 }
}

fn signed(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// An exponent; one that is out of any reach is held at a thousand million.
fn whole(text: &str) -> Option<i64> {
    let (negative, digits) = signed(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let fold = |value: i64, b: u8| (value * 10 + i64::from(b - b'0')).min(1_000_000_000);
    let value = digits.bytes().fold(0, fold);
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> i128 {
        decimal(text).expect(text).units
    }

    #[test]
    fn decimals_are_exact() {
        for (text, expected) in [
            ("0", 0),
            ("-0.0", 0),
            ("1", ONE),
            ("+1.", ONE),
            (".5", ONE / 2),
            ("-2.50", -ONE * 5 / 2),
            ("8.1e-05", ONE / 1_000_000 * 81),
            ("1E3", ONE * 1000),
            ("0.000000000000000001", 1),
            ("999999999999999999", ONE * 999_999_999_999_999_999),
            ("0000000000000000000000000000000000000000001.5", ONE * 3 / 2),
            ("100e-20", 1),
            ("0e999999999999", 0),
        ] {
            assert_eq!(units(text), expected, "{text}");
            assert!(decimal(text).expect(text).exact, "{text}");
        }
    }

    #[test]
    fn what_is_beyond_is_rounded_and_told() {
        for (text, expected) in [
            ("0.0000000000000000005", 1),
            ("-0.0000000000000000005", -1),
            ("0.00000000000000000049", 0),
            ("1e-400", 0),
            ("0.0000000000000000015", 2),
            ("1.0000000000000000004", ONE),
        ] {
            let read = decimal(text).expect(text);
            assert_eq!((read.units, read.exact), (expected, false), "{text}");
        }
    }

    #[test]
    fn the_rest_is_refused() {
        for text in ["", "-", ".", "e5", "1e", "1e+", "nan", "inf", "0x1", "1_0", "1,5", "--1", "½"]
        {
            assert_eq!(decimal(text), Err(Fault::Syntax), "{text}");
        }
        for text in ["1e18", "1234567890123456789", "1e999999999999999999999"] {
            assert_eq!(decimal(text), Err(Fault::Range), "{text}");
        }
    }

    #[test]
    fn arguments_have_six_places() {
        assert_eq!(micro("-0.25"), Ok(-250_000));
        assert_eq!(micro(" 1000 "), Ok(1_000_000_000));
        for text in ["0.0000001", "1000.1", "x", "1e-30"] {
            assert!(micro(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for micro in (-3_000_000..3_000_000).step_by(997).chain([0, 1, -1, 100_000, 2_000_000]) {
            let mut text = String::new();
            put(micro, &mut text).expect("a string takes everything");
            assert_eq!(units(&text), i128::from(micro) * (ONE / 1_000_000), "{text}");
            assert!(!text.contains('.') || !text.ends_with('0'), "{text}");
        }
    }

    #[test]
    fn quotients_are_rounded_away_from_zero() {
        let all: Vec<i128> = (-8..=8).map(|number| rounded(number, 4)).collect();
        assert_eq!(all, [-2, -2, -2, -1, -1, -1, -1, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2]);
    }
}
