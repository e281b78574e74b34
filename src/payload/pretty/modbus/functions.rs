//! The functions of Modbus as a table, and its names (Modbus Application Protocol V1.1b3).

/// A part of the data of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FunctionPart {
    U8(&'static str),
    U16(&'static str),
    /// A byte whose values have names.
    Named(&'static str, NameTable),
    /// The address of the first value.
    Address(&'static str),
    /// The number of values, and the most there may be.
    Quantity(&'static str, usize),
    /// An on/off value.
    Switch(&'static str),
    /// How many bytes or objects follow.
    Count(&'static str),
    /// Eight values per byte, the first in the lowest bit.
    Bits(&'static str),
    Registers,
    /// Objects, each with an id, a length and a value.
    Objects,
}

/// Numbers and their names.
pub(super) type NameTable = &'static [(u8, &'static str)];

/// A public function (5.1) and the parts of its request and response, if known.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) code: u8,
    pub(super) name: &'static str,
    pub(super) request: &'static [FunctionPart],
    pub(super) response: &'static [FunctionPart],
}

/// The function that carries another protocol; its layout is that of [`DEVICE_IDENTIFICATION`].
pub(super) const ENCAPSULATED: u8 = 43;
/// The interface of device identification.
pub(super) const DEVICE_IDENTIFICATION: u8 = 14;

macro_rules! functions {
    ($($code:literal $name:literal $(: $($request:expr),+ => $($response:expr),+)?;)*) => {
        &[$(Function {
            code: $code,
            name: $name,
            request: &[$($($request),+)?],
            response: &[$($($response),+)?],
        }),*]
    };
}

macro_rules! names {
    ($($number:literal $name:literal)*) => { &[$(($number, $name)),*] };
}

use FunctionPart::{Address, Bits, Count, Named, Objects, Quantity, Registers, Switch, U8, U16};

const START: FunctionPart = Address("Starting address");
const BYTES: FunctionPart = Count("Byte count");
const MEI: FunctionPart = Named("MEI type", MEI_TYPES);
const READ_CODE: FunctionPart = Named("Read device ID code", READ_CODES);

/// The request and the response of each function (6).
pub(super) const FUNCTIONS: &[Function] = functions! {
    1 "Read Coils": START, Quantity("Quantity of coils", 2000) => BYTES, Bits("Coil");
    2 "Read Discrete Inputs": START, Quantity("Quantity of inputs", 2000) => BYTES, Bits("Input");
    3 "Read Holding Registers": START, Quantity("Quantity of registers", 125) => BYTES, Registers;
    4 "Read Input Registers": START, Quantity("Quantity of registers", 125) => BYTES, Registers;
    5 "Write Single Coil": U16("Output address"), Switch("Output value") => U16("Output address"), Switch("Output value");
    6 "Write Single Register": U16("Register address"), U16("Register value") => U16("Register address"), U16("Register value");
    7 "Read Exception Status";
    8 "Diagnostics";
    11 "Get Comm Event Counter";
    12 "Get Comm Event Log";
    15 "Write Multiple Coils": START, Quantity("Quantity of coils", 1968), BYTES, Bits("Coil") => START, Quantity("Quantity of coils", 1968);
    16 "Write Multiple Registers": START, Quantity("Quantity of registers", 123), BYTES, Registers => START, Quantity("Quantity of registers", 123);
    17 "Report Server ID";
    20 "Read File Record";
    21 "Write File Record";
    22 "Mask Write Register": U16("Reference address"), U16("AND mask"), U16("OR mask") => U16("Reference address"), U16("AND mask"), U16("OR mask");
    23 "Read/Write Multiple Registers": Address("Read starting address"), Quantity("Quantity to read", 125), Address("Write starting address"), Quantity("Quantity to write", 121), BYTES, Registers => BYTES, Registers;
    24 "Read FIFO Queue";
    43 "Encapsulated Interface Transport": MEI, READ_CODE, Named("Object ID", OBJECTS) => MEI, READ_CODE, U8("Conformity level"), Named("More follows", MORE), U8("Next object ID"), Count("Number of objects"), Objects;
};

/// The exceptions (7).
pub(super) const EXCEPTIONS: NameTable = names! {
    1 "Illegal function" 2 "Illegal data address" 3 "Illegal data value" 4 "Server device failure" 5 "Acknowledge"
    6 "Server device busy" 8 "Memory parity error" 10 "Gateway path unavailable"
    11 "Gateway target device failed to respond"
};
/// The encapsulated interfaces (6.19).
pub(super) const MEI_TYPES: NameTable =
    names! { 13 "CANopen General Reference" 14 "Read Device Identification" };
/// Device identification (6.21): its objects, which of them are requested, and whether more follow.
pub(super) const OBJECTS: NameTable = names! {
    0 "VendorName" 1 "ProductCode" 2 "MajorMinorRevision" 3 "VendorUrl" 4 "ProductName" 5 "ModelName"
    6 "UserApplicationName"
};
const READ_CODES: NameTable = names! { 1 "basic" 2 "regular" 3 "extended" 4 "one object" };
const MORE: NameTable = names! { 0 "no" 0xFF "yes" };

/// Returns the name of a number, or an empty string if it has none.
pub(super) fn name_of(names: NameTable, number: u8) -> &'static str {
    let found = names.iter().find(|(named, _)| *named == number);
    found.map_or("", |(_, name)| name)
}

impl Function {
    pub(super) fn of(code: u8) -> Option<&'static Self> {
        FUNCTIONS.iter().find(|function| function.code == code)
    }

    /// Returns whether the layout of its data is known.
    pub(super) fn has_layout(&self, data: &[u8]) -> bool {
        let is_other = self.code == ENCAPSULATED && data.first() != Some(&DEVICE_IDENTIFICATION);
        !self.request.is_empty() && !is_other
    }
}
