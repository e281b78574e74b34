//! How bytes are read: encoding, framing and check, with ready rules to choose from.

use super::phrases::phrases;
use crate::payload::Encoding;

phrases! {
    /// How bytes are read: encoding, framing and check, with ready rules to choose from.
    Protocol {
        recorded_data = "Also applies to recorded data";
        encoding = "Encoding";
        windows_1252 = "Windows-1252 (Latin-1)";
        latin_1 = "ISO-8859-1 (strict)";
        framing = "Framing";
        framing_why = "How each stream is split into frames, for the timeline and for a fixed reply. The chunks stay as they are.";
        check = "Check";
        check_why = "What each frame is checked for: fields as in a template, such as crc CRC-16/MODBUS le";
        none = "none";
        differs = "Different for received and sent";
        differs_why = "Read received and sent data in different ways, for example requests and replies";
        datagrams = "Each datagram is a frame";
        datagrams_why = "UDP keeps the boundaries of messages, so nothing has to be cut into frames";
        received = "Received";
        sent = "Sent";
        of_received(field: &str) = "{field}, received";
        of_sent(field: &str) = "{field}, sent";
        choices(field: &str) = "{field} choices";
        choice(rule: &str, meaning: &str) = "{rule}: {meaning}";

        chunks = "Chunks as they were read and written";
        line = "Lines ending in LF, CR LF or CR";
        lf = "Lines ending in LF";
        crlf = "Lines ending in CR LF";
        cr = "Lines ending in CR";
        delimiter = "Up to delimiter bytes";
        fixed = "Frames of a fixed length";
        length = "Length field before each frame";
        modbus_tcp = "Modbus TCP: length field at offset 4";
        varint = "Varint length before each frame (protobuf)";
        http = "HTTP/1 messages";
        websocket = "WebSocket: HTTP head, then frames";
        mqtt = "MQTT: varint length at offset 1";
        postgres = "PostgreSQL: type and length, at the start length alone";
        resp = "Redis: RESP2 and RESP3 values";
        mllp = "MLLP (HL7): 0B … 1C 0D";
        stx_etx = "STX … ETX, escaped by DLE";
        slip = "SLIP (RFC 1055)";
        silence = "Split by idle gaps";

        unchecked = "Frames are not checked";
        modbus_rtu = "Modbus RTU";
        xmodem = "XMODEM";
        crc32 = "CRC-32";
        sum = "Sum of all bytes modulo 256";
        nmea = "NMEA 0183: $…*HH";
        modbus_ascii = "Modbus ASCII: :…LRC";
    }
}

impl Protocol {
    /// Returns the name of an encoding, a more helpful one where its own is not enough.
    pub(crate) fn encoding_name(&self, encoding: Encoding) -> &'static str {
        if encoding == Encoding::WINDOWS_1252 {
            self.windows_1252
        } else if encoding == Encoding::LATIN_1 {
            self.latin_1
        } else {
            encoding.name()
        }
    }
}
