//! Writes the packets of the lab to a file in the folder of the capture that is being recorded.

use std::borrow::Cow;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, UNIX_EPOCH};

use pcap_file::pcapng::PcapNgWriter;
use pcap_file::pcapng::blocks::enhanced_packet::EnhancedPacketBlock;
use pcap_file::pcapng::blocks::interface_description::{
    InterfaceDescriptionBlock, InterfaceDescriptionOption,
};
use pcap_file::pcapng::blocks::interface_statistics::{
    InterfaceStatisticsBlock, InterfaceStatisticsOption,
};
use pcap_file::pcapng::blocks::section_header::{SectionHeaderBlock, SectionHeaderOption};
use pcap_file::{DataLink, Endianness, PcapError};

use crate::capture::current::Current;
use crate::capture::store::{PACKET_FILE, PacketBytes, Store};
use crate::net::{LabPacket, PacketSink};

/// How large the file may grow, in bytes. Later packets are counted as lost.
pub const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// How often the manifest says what the file holds while it grows: what a killed program wrote later cannot be checked.
const STATE_EVERY: Duration = Duration::from_secs(5);
/// `if_tsresol`: timestamps are in units of 10⁻⁹ s.
const NANOSECONDS: u8 = 9;
/// What surrounds the bytes of a packet, in bytes.
const BLOCK_BYTES: u64 = 32;

/// What has been kept of the lab's packets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PacketsKept {
    /// How many are in the file of the present capture.
    pub packets: u64,
    /// How many are in none: the kernel dropped them, the file is full, nothing is recorded, or it could not be written.
    pub lost: u64,
}

/// Keeps the packets of the lab with the capture that is recorded into, and follows it to the next one.
#[derive(Debug)]
pub struct PacketFile {
    current: Current,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    open: Option<Open>,
    kept: PacketsKept,
    /// Packets that were lost since the last file was finished.
    lost_here: u64,
}

struct Open {
    /// The capture that it belongs to.
    store: Arc<Store>,
    writer: PcapNgWriter<BufWriter<Summed>>,
    bytes: u64,
    /// When the manifest last said what the file holds.
    stated: Option<Instant>,
    /// Whether there was no room for a packet. Those after it are not kept either.
    is_full: bool,
    /// Whether a write failed, perhaps in the middle of a packet.
    is_broken: bool,
}

/// A file, and what it holds.
struct Summed {
    file: File,
    written: PacketBytes,
}

impl io::Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.written.add(bytes.get(..count).unwrap_or(bytes));
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl fmt::Debug for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Open")
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

impl PacketFile {
    /// Begins a file once there is a packet.
    pub fn new(current: Current) -> Self {
        Self {
            current,
            state: Mutex::default(),
        }
    }

    /// Returns what has been kept.
    pub fn kept(&self) -> PacketsKept {
        self.state().kept
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A thread that panicked while it held the lock left complete values behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PacketSink for PacketFile {
    fn take(&self, packets: &[LabPacket]) {
        let store = self.current.store();
        let mut state = self.state();
        if store.status().stopped.is_some() {
            state.lose(packets.len() as u64);
            return;
        }
        if state
            .open
            .as_ref()
            .is_some_and(|it| !Arc::ptr_eq(&it.store, &store))
        {
            state.finish();
            state.kept.packets = 0;
        }
        let open = match state.open.take() {
            Some(open) => Ok(open),
            None => Open::begin(store),
        };
        let Ok(mut open) = open else {
            state.lose(packets.len() as u64);
            return;
        };
        let written = packets.iter().take_while(|it| open.write(it)).count() as u64;
        // A file that cannot be written ends here; what it may still hold of the last packet is cut off when it is read.
        open.is_broken |= open.writer.get_mut().flush().is_err();
        if open.stated.is_none_or(|it| it.elapsed() >= STATE_EVERY) {
            open.state(true);
        }
        state.open = Some(open);
        state.kept.packets += written;
        state.lose(packets.len() as u64 - written);
    }

    fn dropped(&self, packets: u64) {
        self.state().lose(packets);
    }
}

impl Drop for PacketFile {
    fn drop(&mut self) {
        self.state().finish();
    }
}

impl State {
    fn lose(&mut self, packets: u64) {
        self.kept.lost += packets;
        self.lost_here += packets;
    }

    /// Closes the file, which says how many packets it lacks.
    fn finish(&mut self) {
        let lost = std::mem::take(&mut self.lost_here);
        if let Some(open) = self.open.take() {
            // A file without the number is complete otherwise.
            open.finish(lost).ok();
        }
    }
}

impl Open {
    /// Begins the file of a capture. One that is there, of an earlier lab, is continued.
    fn begin(store: Arc<Store>) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let path = store.dir().join(PACKET_FILE);
        let file = options.open(&path)?;
        let written = PacketBytes::of(&path)?;
        let section = SectionHeaderBlock {
            endianness: Endianness::Little,
            options: vec![SectionHeaderOption::UserApplication(
                concat!("Bothends ", env!("CARGO_PKG_VERSION")).into(),
            )],
            ..SectionHeaderBlock::default()
        };
        let file = BufWriter::new(Summed { file, written });
        let mut writer = PcapNgWriter::with_section_header(file, section).map_err(into_io)?;
        let interface = InterfaceDescriptionBlock {
            linktype: DataLink::ETHERNET,
            snaplen: 0,
            options: vec![
                InterfaceDescriptionOption::IfName("lo".into()),
                InterfaceDescriptionOption::IfDescription("lab".into()),
                InterfaceDescriptionOption::IfTsResol(NANOSECONDS),
            ],
        };
        writer.write_pcapng_block(interface).map_err(into_io)?;
        Ok(Self {
            store,
            writer,
            bytes: written.bytes,
            stated: None,
            is_full: false,
            is_broken: false,
        })
    }

    /// Writes a packet. Returns whether it was.
    fn write(&mut self, packet: &LabPacket) -> bool {
        let bytes = BLOCK_BYTES + packet.bytes.len().next_multiple_of(4) as u64;
        self.is_full |= self.bytes.saturating_add(bytes) > MAX_FILE_BYTES;
        if self.is_full || self.is_broken {
            return false;
        }
        let block = EnhancedPacketBlock {
            interface_id: 0,
            timestamp: packet.time.duration_since(UNIX_EPOCH).unwrap_or_default(),
            original_len: packet.whole_bytes,
            data: Cow::Borrowed(&packet.bytes),
            options: Vec::new(),
        };
        self.is_broken = self.writer.write_pcapng_block(block).is_err();
        self.bytes += bytes;
        !self.is_broken
    }

    /// Lets the manifest say what the file holds.
    fn state(&mut self, is_open: bool) {
        self.stated = Some(Instant::now());
        let written = self.writer.get_mut().get_ref().written;
        // If this fails, the manifest says that more may follow what it says, which cannot be checked.
        self.store
            .state_packets(PacketBytes { is_open, ..written })
            .ok();
    }

    fn finish(mut self, lost: u64) -> io::Result<()> {
        let ended = self.end(lost);
        self.state(false);
        // What an error left in the buffer does not get into the file any more.
        drop(self.writer.into_inner().into_parts());
        ended
    }

    fn end(&mut self, lost: u64) -> io::Result<()> {
        if lost > 0 && !self.is_broken {
            let statistics = InterfaceStatisticsBlock {
                interface_id: 0,
                timestamp: 0,
                options: vec![InterfaceStatisticsOption::IsbIfDrop(lost)],
            };
            self.writer
                .write_pcapng_block(statistics)
                .map_err(into_io)?;
        }
        self.writer.get_mut().flush()
    }
}

fn into_io(error: PcapError) -> io::Error {
    match error {
        PcapError::IoError(error) => error,
        error => io::Error::other(error),
    }
}
