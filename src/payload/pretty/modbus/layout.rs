//! Matches bytes against the layout of a function, and reads their values.

use super::functions::{FunctionPart, OBJECTS, name_of};

/// A value in the data of a function.
pub(super) struct Value<'a> {
    pub(super) name: &'static str,
    pub(super) bytes: &'a [u8],
    pub(super) kind: ValueKind,
}

/// The type of a value.
pub(super) enum ValueKind {
    /// A number and its name, which may be empty.
    Number(&'static str),
    Switch,
    Text,
    /// Registers or bits.
    Elements(Elements),
}

/// Some of several values with the same name.
pub(super) struct Elements {
    /// The address of value 0, if known.
    address: Option<usize>,
    /// The first and last value, counted from 0.
    first: usize,
    last: usize,
    pub(super) is_bits: bool,
}

impl Elements {
    /// Returns the address of a value, or its offset from the first if the address is not known.
    fn place(&self, index: usize) -> String {
        match self.address {
            Some(address) => (address + index).to_string(),
            None => format!("+{index}"),
        }
    }

    /// Returns `name` with the addresses: `Coil 3`, `Coils 4–11`.
    pub(super) fn named(&self, name: &str) -> String {
        if self.first == self.last {
            return format!("{name} {}", self.place(self.first));
        }
        let (first, last) = (self.place(self.first), self.place(self.last));
        format!("{name}s {first}–{last}")
    }

    /// Returns the addresses of the bits that are set.
    pub(super) fn bits_on(&self, bits: usize) -> String {
        let is_on = |index: &usize| bits >> (index - self.first) & 1 == 1;
        let on = (self.first..=self.last).filter(is_on);
        let on: Vec<_> = on.map(|index| self.place(index)).collect();
        on.join(" ")
    }
}

/// Shows the values in `data`. Returns whether all are allowed; `None` if `data` has the wrong length.
pub(super) fn walk<'a>(
    parts: &[FunctionPart],
    data: &'a [u8],
    show: &mut dyn FnMut(Value<'a>),
) -> Option<bool> {
    let mut rest = data;
    let (mut address, mut quantity, mut count) = (None, None, 0);
    let mut is_allowed = true;
    for part in parts {
        let (name, len) = match *part {
            FunctionPart::U8(name) | FunctionPart::Named(name, _) | FunctionPart::Count(name) => {
                (name, 1)
            }
            FunctionPart::U16(name)
            | FunctionPart::Address(name)
            | FunctionPart::Quantity(name, _)
            | FunctionPart::Switch(name) => (name, 2),
            FunctionPart::Bits(name) => (name, rest.len()),
            FunctionPart::Registers => ("Register", rest.len()),
            FunctionPart::Objects => ("Object", rest.len()),
        };
        let (bytes, after) = rest.split_at_checked(len)?;
        rest = after;
        let value = number(bytes);
        let mut kind = ValueKind::Number("");
        match *part {
            FunctionPart::U8(_) | FunctionPart::U16(_) => {}
            FunctionPart::Named(_, names) => kind = ValueKind::Number(name_of(names, value as u8)),
            FunctionPart::Address(_) => address = Some(value),
            FunctionPart::Quantity(_, most) => {
                quantity = Some(value);
                is_allowed &= (1..=most).contains(&value);
            }
            FunctionPart::Switch(_) => {
                kind = ValueKind::Switch;
                is_allowed &= matches!(value, 0 | 0xFF00);
            }
            FunctionPart::Count(_) => count = value,
            FunctionPart::Objects => {
                objects(bytes, count, show)?;
                continue;
            }
            FunctionPart::Bits(_) | FunctionPart::Registers => {
                let is_bits = matches!(part, FunctionPart::Bits(_));
                let (size, values) = if is_bits { (1, 8) } else { (2, 1) };
                let asked = quantity.map(|quantity: usize| quantity.div_ceil(values) * size);
                let is_asked = asked.is_none_or(|asked| asked == count);
                is_allowed &= count > 0 && is_asked && count.is_multiple_of(size);
                if bytes.len() != count {
                    return None;
                }
                let most = quantity.map_or(usize::MAX, |quantity| quantity.saturating_sub(1));
                for (index, bytes) in bytes.chunks_exact(size).enumerate() {
                    let first = index * values;
                    let kind = ValueKind::Elements(Elements {
                        address,
                        first,
                        last: (first + values - 1).min(most).max(first),
                        is_bits,
                    });
                    show(Value { name, bytes, kind });
                }
                continue;
            }
        }
        show(Value { name, bytes, kind });
    }
    rest.is_empty().then_some(is_allowed)
}

/// Shows `count` objects; `None` if the length does not fit.
fn objects<'a>(bytes: &'a [u8], count: usize, show: &mut dyn FnMut(Value<'a>)) -> Option<()> {
    let mut rest = bytes;
    for _ in 0..count {
        let (id, after) = rest.split_at_checked(1)?;
        let (len, after) = after.split_at_checked(1)?;
        let (value, after) = after.split_at_checked(number(len))?;
        rest = after;
        let id_name = name_of(OBJECTS, number(id) as u8);
        let fields = [
            ("Object ID", id, ValueKind::Number(id_name)),
            ("Object length", len, ValueKind::Number("")),
            ("Object value", value, ValueKind::Text),
        ];
        for (name, bytes, kind) in fields {
            show(Value { name, bytes, kind });
        }
    }
    rest.is_empty().then_some(())
}

/// Returns bytes as a big-endian number.
pub(super) fn number(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .fold(0, |number, &byte| number << 8 | usize::from(byte))
}
