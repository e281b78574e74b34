//! The names of Modbus (Modbus Application Protocol V1.1b3); a number without one has the empty name.

/// The function that carries another protocol.
pub(super) const ENCAPSULATED: u8 = 43;
/// The interface of device identification.
pub(super) const DEVICE_IDENTIFICATION: u8 = 14;

/// Returns the name of a public function (5.1), nothing for any other.
pub(super) fn function_name(code: u8) -> &'static str {
    match code {
        1 => "Read Coils",
        2 => "Read Discrete Inputs",
        3 => "Read Holding Registers",
        4 => "Read Input Registers",
        5 => "Write Single Coil",
        6 => "Write Single Register",
        7 => "Read Exception Status",
        8 => "Diagnostics",
        11 => "Get Comm Event Counter",
        12 => "Get Comm Event Log",
        15 => "Write Multiple Coils",
        16 => "Write Multiple Registers",
        17 => "Report Server ID",
        20 => "Read File Record",
        21 => "Write File Record",
        22 => "Mask Write Register",
        23 => "Read/Write Multiple Registers",
        24 => "Read FIFO Queue",
        43 => "Encapsulated Interface Transport",
        _ => "",
    }
}

/// Returns the name of an exception (7).
pub(super) fn exception_name(code: u8) -> &'static str {
    match code {
        1 => "Illegal function",
        2 => "Illegal data address",
        3 => "Illegal data value",
        4 => "Server device failure",
        5 => "Acknowledge",
        6 => "Server device busy",
        8 => "Memory parity error",
        10 => "Gateway path unavailable",
        11 => "Gateway target device failed to respond",
        _ => "",
    }
}

/// Returns the name of an encapsulated interface (6.19).
pub(super) fn mei_name(mei: u8) -> &'static str {
    match mei {
        13 => "CANopen General Reference",
        DEVICE_IDENTIFICATION => "Read Device Identification",
        _ => "",
    }
}

/// Returns which objects are asked for (6.21).
pub(super) fn read_code_name(code: u8) -> &'static str {
    match code {
        1 => "basic",
        2 => "regular",
        3 => "extended",
        4 => "one object",
        _ => "",
    }
}

/// Returns whether another response has to be asked for (6.21).
pub(super) fn more_name(more: u8) -> &'static str {
    match more {
        0 => "no",
        0xFF => "yes",
        _ => "",
    }
}

/// Returns the name of an object of the device identification (6.21).
pub(super) fn object_name(id: u8) -> &'static str {
    match id {
        0 => "VendorName",
        1 => "ProductCode",
        2 => "MajorMinorRevision",
        3 => "VendorUrl",
        4 => "ProductName",
        5 => "ModelName",
        6 => "UserApplicationName",
        _ => "",
    }
}
