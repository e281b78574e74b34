//! Numbers that are computed from pieces of a request: `n`, `2*at`, `len-128`.

use std::fmt;
use std::str::FromStr;

use crate::payload::piece::{Piece, is_piece_name};

/// A number, or one that a piece of the request stands for: `[FACTOR*]NAME[+N|-N]`.
///
/// See [`Piece::number`] for what a piece stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    factor: u64,
    /// Nothing for a plain number.
    name: Option<String>,
    plus: i64,
}

/// A text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAmount;

impl Amount {
    /// Returns the name of the piece that it uses.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Returns what its piece is multiplied with.
    pub fn factor(&self) -> u64 {
        self.factor
    }

    /// Returns what is added.
    pub fn plus(&self) -> i64 {
        self.plus
    }

    /// Returns its value, where `number` returns the number that a piece stands for; `None` if there is no such piece, or
    /// the value is below zero or too large.
    pub fn value(&self, number: impl FnOnce(&str) -> Option<u64>) -> Option<u64> {
        let number = match &self.name {
            Some(name) => number(name)?,
            None => 0,
        };
        let product = i128::from(self.factor) * i128::from(number);
        u64::try_from(product + i128::from(self.plus)).ok()
    }

    /// Returns its value with these pieces of a request, as [`Self::value`].
    pub fn value_in(&self, request: &[u8], pieces: &[Piece]) -> Option<u64> {
        self.value(|name| pieces.iter().find(|it| *it.name == *name)?.number(request))
    }
}

/// As it can be written.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(name) = &self.name else {
            return write!(f, "{}", self.plus);
        };
        if self.factor != 1 {
            write!(f, "{}*", self.factor)?;
        }
        f.write_str(name)?;
        if self.plus != 0 {
            write!(f, "{:+}", self.plus)?;
        }
        Ok(())
    }
}

impl FromStr for Amount {
    type Err = NoAmount;

    fn from_str(text: &str) -> Result<Self, NoAmount> {
        // Alone, a number is no name of a group.
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            let plus: u32 = text.parse().ok().ok_or(NoAmount)?;
            return Ok(Self {
                factor: 0,
                name: None,
                plus: plus.into(),
            });
        }
        let (factor, rest) = match text.split_once('*') {
            Some((factor, rest)) => (factor.parse::<u32>().ok().ok_or(NoAmount)?, rest),
            None => (1, text),
        };
        let (name, plus) = match rest.find(['+', '-']) {
            Some(at) => {
                let (name, plus) = rest.split_at(at);
                (name, plus.parse::<i32>().ok().ok_or(NoAmount)?)
            }
            None => (rest, 0),
        };
        if !is_piece_name(name) {
            return Err(NoAmount);
        }
        Ok(Self {
            factor: factor.into(),
            name: Some(name.to_owned()),
            plus: plus.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_numbers_or_computed_from_a_piece() {
        let check = |text: &str, expected: Option<u64>| {
            let amount: Amount = text.parse().unwrap();
            let piece = |name: &str| (name == "n").then_some(130);
            assert_eq!(amount.value(piece), expected, "{text}");
        };
        check("12", Some(12));
        check("n", Some(130));
        check("2*n", Some(260));
        check("n-128", Some(2));
        check("n-131", None);
        check(
            "4294967295*n+2147483647",
            Some(4_294_967_295 * 130 + 2_147_483_647),
        );
        check("m", None);
        let group: Amount = "2*1+3".parse().unwrap();
        assert_eq!(group.value(|name| (name == "1").then_some(4)), Some(11));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "",
            "*n",
            "2*",
            "n+",
            "n+m",
            "-1",
            "4294967296",
            "2*3*n",
            "a b",
            "1a",
            "n--1",
        ] {
            assert_eq!(text.parse::<Amount>(), Err(NoAmount), "{text}");
        }
    }
}
