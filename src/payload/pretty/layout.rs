//! What the data of a Modbus function is made of, and whether bytes fit it (Modbus Application Protocol V1.1b3, 6).

use super::names::{
    DEVICE_IDENTIFICATION, ENCAPSULATED, mei_name, more_name, object_name, read_code_name,
};

/// A part of a PDU.
#[derive(Clone, Copy)]
pub(super) enum Item {
    U8(&'static str),
    Named(&'static str, fn(u8) -> &'static str),
    U16(&'static str),
    /// Where the values that follow begin.
    Address(&'static str),
    /// How many values there are, and how many there may be at most.
    Quantity(&'static str, u16),
    /// A value that is on or off.
    Switch(&'static str),
    /// How many bytes or objects follow.
    Count(&'static str),
    /// Eight values a byte, the first in its lowest bit.
    Bits(&'static str),
    Registers,
    Objects,
}

/// What a function's request and its response are made of.
pub(super) struct Shape {
    pub(super) request: &'static [Item],
    pub(super) response: &'static [Item],
}

impl Shape {
    /// Returns the shape of a function, where its layout is known.
    pub(super) fn of(code: u8, data: &[u8]) -> Option<Self> {
        use Item::{Address, Bits, Count, Named, Objects, Quantity, Registers, Switch, U8, U16};
        const START: Item = Address("Starting address");
        const COILS: &str = "Quantity of coils";
        const REGISTERS: &str = "Quantity of registers";
        const BYTES: Item = Count("Byte count");
        const MEI: Item = Named("MEI type", mei_name);
        const READ_CODE: Item = Named("Read device ID code", read_code_name);
        let (request, response): (&'static [Item], &'static [Item]) = match code {
            1 => (&[START, Quantity(COILS, 2000)], &[BYTES, Bits("Coil")]),
            2 => (
                &[START, Quantity("Quantity of inputs", 2000)],
                &[BYTES, Bits("Input")],
            ),
            3 | 4 => (&[START, Quantity(REGISTERS, 125)], &[BYTES, Registers]),
            5 => alike(&[U16("Output address"), Switch("Output value")]),
            6 => alike(&[U16("Register address"), U16("Register value")]),
            15 => (
                &[START, Quantity(COILS, 1968), BYTES, Bits("Coil")],
                &[START, Quantity(COILS, 1968)],
            ),
            16 => (
                &[START, Quantity(REGISTERS, 123), BYTES, Registers],
                &[START, Quantity(REGISTERS, 123)],
            ),
            22 => alike(&[U16("Reference address"), U16("AND mask"), U16("OR mask")]),
            23 => (
                &[
                    Address("Read starting address"),
                    Quantity("Quantity to read", 125),
                    Address("Write starting address"),
                    Quantity("Quantity to write", 121),
                    BYTES,
                    Registers,
                ],
                &[BYTES, Registers],
            ),
            ENCAPSULATED if data.first() == Some(&DEVICE_IDENTIFICATION) => (
                &[MEI, READ_CODE, Named("Object ID", object_name)],
                &[
                    MEI,
                    READ_CODE,
                    U8("Conformity level"),
                    Named("More follows", more_name),
                    U8("Next object ID"),
                    Count("Number of objects"),
                    Objects,
                ],
            ),
            _ => return None,
        };
        Some(Self { request, response })
    }

    /// Returns the reading that `data` fits, and what to say of it.
    pub(super) fn read(&self, data: &[u8]) -> (&'static [Item], &'static str) {
        let is_echo = std::ptr::eq(self.request, self.response);
        match (fit(self.request, data), fit(self.response, data)) {
            (Fit::Whole, _) if is_echo => (self.request, "request or response: they are alike"),
            (Fit::Whole, Fit::Whole) => (
                self.request,
                "request or response: both fit, shown as a request",
            ),
            (Fit::Whole, _) => (self.request, "request"),
            (_, Fit::Whole) => (self.response, "response"),
            (Fit::Odd, _) if is_echo => (
                self.request,
                "request or response: they are alike; with a value that is not allowed",
            ),
            (Fit::Odd, _) => (self.request, "request, with a value that is not allowed"),
            (_, Fit::Odd) => (self.response, "response, with a value that is not allowed"),
            (Fit::None, Fit::None) => (&[], "fits neither a request nor a response"),
        }
    }
}

/// Makes both of one layout: the response repeats the request.
fn alike(items: &'static [Item]) -> (&'static [Item], &'static [Item]) {
    (items, items)
}

/// How well bytes fit a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Their length is another.
    None,
    /// Their length is right, a value is not allowed.
    Odd,
    Whole,
}

/// What the items so far say of those that follow.
#[derive(Default)]
pub(super) struct Said {
    pub(super) address: Option<u16>,
    pub(super) quantity: Option<u16>,
    pub(super) count: u8,
}

/// Returns how well `data` fits.
pub(super) fn fit(items: &[Item], data: &[u8]) -> Fit {
    walk(items, data).unwrap_or(Fit::None)
}

fn walk(items: &[Item], data: &[u8]) -> Option<Fit> {
    let mut rest = data;
    let mut said = Said::default();
    let mut is_allowed = true;
    for item in items {
        let len = match item {
            Item::U8(_) | Item::Named(..) | Item::Count(_) => 1,
            Item::U16(_) | Item::Address(_) | Item::Quantity(..) | Item::Switch(_) => 2,
            Item::Bits(_) | Item::Registers | Item::Objects => rest.len(),
        };
        let (bytes, after) = rest.split_at_checked(len)?;
        rest = after;
        is_allowed &= match (item, bytes) {
            (Item::Count(_), &[count]) => {
                said.count = count;
                true
            }
            (Item::Quantity(_, most), &[high, low]) => {
                let quantity = u16::from_be_bytes([high, low]);
                said.quantity = Some(quantity);
                (1..=*most).contains(&quantity)
            }
            (Item::Switch(_), value) => matches!(value, [0 | 0xFF, 0]),
            (Item::Bits(_), bits) => said.is_count_of(bits, |quantity| quantity.div_ceil(8))?,
            (Item::Registers, registers) => {
                let is_even = registers.len().is_multiple_of(2);
                said.is_count_of(registers, |quantity| 2 * quantity)? && is_even
            }
            (Item::Objects, objects) => are_objects(objects, said.count).then_some(true)?,
            _ => true,
        };
    }
    let fit = if is_allowed { Fit::Whole } else { Fit::Odd };
    rest.is_empty().then_some(fit)
}

impl Said {
    /// Returns whether the count is as the quantity asks; `None` where it is not the length of the values.
    fn is_count_of(&self, values: &[u8], bytes: impl Fn(usize) -> usize) -> Option<bool> {
        let count = usize::from(self.count);
        let is_asked = |quantity: u16| bytes(quantity.into()) == count;
        (values.len() == count).then(|| count > 0 && self.quantity.is_none_or(is_asked))
    }
}

/// Returns whether the bytes are so many objects: an id, a length and a value each.
fn are_objects(bytes: &[u8], count: u8) -> bool {
    let mut rest = bytes;
    for _ in 0..count {
        let [_id, len, after @ ..] = rest else {
            return false;
        };
        let Some(after) = after.get(usize::from(*len)..) else {
            return false;
        };
        rest = after;
    }
    rest.is_empty()
}
