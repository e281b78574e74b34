//! `packets.ini`: the packets by their names, which are listed under `NAMES`.

use std::collections::HashMap;

use super::into_document::{LeftOut, WhyLeftOut};
use super::qsettings::{Entries, IniEntry};
use super::{MAX_PACKETS, Packet, PacketFileProblem};

/// The list of names.
const NAMES: &str = "NAMES";
/// The keys by which such a file is known.
const MARKS: [&[u8]; 3] = [b"[NAMES]", b"fromIP=", b"hexString="];

/// Returns whether a file may hold packets in this form.
pub(super) fn begins(head: &[u8]) -> bool {
    let lines = head.split(|it| *it == b'\n').map(<[u8]>::trim_ascii_start);
    let is_marked = |line: &[u8]| MARKS.iter().any(|mark| line.starts_with(mark));
    lines.into_iter().any(is_marked)
}

/// The packets of a file.
#[derive(Default)]
struct Packets {
    /// In the order of the file, with the name of its group.
    found: Vec<(String, Packet)>,
    places: HashMap<String, usize>,
    /// The list of names, by their numbers.
    listed: HashMap<usize, String>,
}

/// Reads the packets, in the order of the list of names; also returns what is listed or there without the other.
pub(super) fn read(bytes: &[u8]) -> Result<(Vec<Packet>, Vec<LeftOut>), PacketFileProblem> {
    // Qt 6 writes UTF-8, and earlier ones only ASCII, unless set up otherwise.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_not_utf8) => bytes.iter().map(|it| char::from(*it)).collect::<String>(),
    };
    let mut packets = Packets::default();
    for entry in Entries::new(&text) {
        packets.take(&entry.map_err(PacketFileProblem::Line)?)?;
    }
    Ok(packets.in_order())
}

impl Packets {
    fn take(&mut self, entry: &IniEntry) -> Result<(), PacketFileProblem> {
        let Some((group, key)) = entry.key.rsplit_once('/') else {
            return Ok(());
        };
        if key == "name"
            && let Some(number) = group.strip_prefix(NAMES)
            && let Some(number) = number.strip_prefix('/')
        {
            if let Ok(number) = number.parse() {
                self.listed.insert(number, entry.text());
            }
            return check_count(self.listed.len());
        }
        let known = [
            "name",
            "tcpOrUdp",
            "toIP",
            "port",
            "requestPath",
            "repeat",
            "hexString",
        ];
        if !known.contains(&key) {
            return Ok(());
        }
        let packet = self.packet(group)?;
        match key {
            "name" => packet.name = entry.text(),
            "tcpOrUdp" => packet.transport = entry.text(),
            "toIP" => packet.host = entry.text(),
            "port" => packet.port = entry.text(),
            "requestPath" => packet.path = entry.text(),
            "repeat" => packet.repeat_secs = entry.number().unwrap_or_default(),
            _ => packet.hex = entry.text(),
        }
        Ok(())
    }

    fn packet(&mut self, group: &str) -> Result<&mut Packet, PacketFileProblem> {
        let count = self.found.len();
        let known = self.places.get(group).copied();
        if known.is_none() {
            check_count(count + 1)?;
            self.found.push((group.to_owned(), Packet::default()));
            self.places.insert(group.to_owned(), count);
        }
        let place = known.unwrap_or(count);
        let packet = self.found.get_mut(place);
        packet
            .map(|(_, packet)| packet)
            .ok_or(PacketFileProblem::TooMany)
    }

    /// Returns the packets that are listed, in that order; all of them if none is listed.
    fn in_order(mut self) -> (Vec<Packet>, Vec<LeftOut>) {
        if self.listed.is_empty() {
            let packets = self.found.into_iter().map(|(_, packet)| packet);
            return (packets.collect(), Vec::new());
        }
        let mut listed: Vec<_> = self.listed.drain().collect();
        listed.sort_unstable();
        let (mut packets, mut left_out) = (Vec::new(), Vec::new());
        for (_, name) in listed {
            let place = self.place(&name);
            let packet = place.and_then(|it| self.found.get_mut(it));
            match packet.map(|(_, packet)| std::mem::take(packet)) {
                Some(packet) => packets.push(Packet { name, ..packet }),
                None => left_out.push(LeftOut::new(&name, WhyLeftOut::Missing)),
            }
        }
        let mut unlisted: Vec<_> = self.places.into_iter().collect();
        unlisted.sort_unstable_by_key(|(_, place)| *place);
        for (group, _) in unlisted {
            left_out.push(LeftOut::new(&group, WhyLeftOut::Unlisted));
        }
        (packets, left_out)
    }

    /// Returns where the packet of a name stands, and forgets that. On Windows, names that differ in case are one.
    fn place(&mut self, name: &str) -> Option<usize> {
        let parts: Vec<_> = name.split('/').filter(|it| !it.is_empty()).collect();
        let group = parts.join("/");
        self.places.remove(&group).or_else(|| {
            let lower = group.to_lowercase();
            let mut groups = self.places.keys();
            let other = groups.find(|it| it.to_lowercase() == lower)?.clone();
            self.places.remove(&other)
        })
    }
}

fn check_count(count: usize) -> Result<(), PacketFileProblem> {
    if count > MAX_PACKETS {
        return Err(PacketFileProblem::TooMany);
    }
    Ok(())
}
