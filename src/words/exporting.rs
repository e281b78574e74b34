//! The export dialog, and how far work on another tool's file is.

use std::path::Path;

use super::english::noun;
use super::phrases::phrases;

phrases! {
    /// The export dialog, and how far work on another tool's file is.
    Exporting {
        export = "Export";
        cancel = "Cancel export";
        format = "Format";
        text = "Text";
        csv = "CSV";
        json = "JSON lines";
        raw = "Raw streams";
        pcapng = "pcapng";
        about_text = "One readable line for each entry, with its bytes as escaped text.";
        about_csv = "One row for each entry, for spreadsheets.";
        about_json = "One JSON object for each entry, one per line.";
        about_raw = "The exact bytes of each connection, one file for each direction. Datagrams have a file each.";
        about_pcapng = "Packets for Wireshark and tshark. Those of the lab are as they were on the wire; other packet headers are reconstructed from socket events. Each datagram is one packet, however long.";
        entries = "Entries";
        whole = "All";
        view = "Shown";
        selection = "Selected rows";
        endpoint = "Endpoint";
        all = "All";
        file = "File";
        folder = "New folder";
        reading(path: &Path, percent: u64) = { format!("Reading {}: {percent}%", path.display()) };
        writing(path: &Path, percent: u64) = { format!("Writing {}: {percent}%", path.display()) };
        wrote(entries: u64, bytes: u64, path: &Path) = { format!("Wrote {} with {} to {}", noun(entries, "entry", "entries"), noun(bytes, "byte", "bytes"), path.display()) };
        incomplete(place: &str) = "Incomplete: {place}";
        incomplete_more(places: u64) = { format!("Incomplete in {}", noun(places, "more place", "more places")) };
    }
}
