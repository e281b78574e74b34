//! What tcpdump captures on a port of the loopback interface, as entries.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{IpAddr, SocketAddr};
use std::process::{Child, ChildStderr, Command, Stdio};

use bothends::capture::Entry;
use bothends::capture::pcap::PcapImport;
use etherparse::{NetSlice, SlicedPacket, TransportSlice};
use pcap_file::pcap::PcapReader;
use tempfile::TempDir;

/// A TCP segment as it was on the wire.
#[derive(Debug)]
#[allow(dead_code, reason = "each test binary uses its part")]
pub(crate) struct Packet {
    pub(crate) from: SocketAddr,
    pub(crate) to: SocketAddr,
    pub(crate) syn: bool,
    pub(crate) fin: bool,
    pub(crate) rst: bool,
    pub(crate) sequence: u32,
    pub(crate) ack: Option<u32>,
    /// How many bytes it carries.
    pub(crate) payload: u32,
    /// From the IP header on, without what it carries.
    pub(crate) headers: Vec<u8>,
}

impl Packet {
    /// Reads a frame of the loopback interface.
    #[allow(dead_code, reason = "each test binary uses its part")]
    fn of(frame: &[u8]) -> Option<Self> {
        const ETHERNET: usize = 14;
        let sliced = SlicedPacket::from_ethernet(frame).ok()?;
        let (from, to): (IpAddr, IpAddr) = match sliced.net? {
            NetSlice::Ipv4(ip) => {
                let header = ip.header();
                (
                    header.source_addr().into(),
                    header.destination_addr().into(),
                )
            }
            NetSlice::Ipv6(ip) => {
                let header = ip.header();
                (
                    header.source_addr().into(),
                    header.destination_addr().into(),
                )
            }
            NetSlice::Arp(_) => return None,
        };
        let Some(TransportSlice::Tcp(tcp)) = sliced.transport else {
            return None;
        };
        let payload = tcp.payload().len();
        Some(Self {
            from: SocketAddr::new(from, tcp.source_port()),
            to: SocketAddr::new(to, tcp.destination_port()),
            syn: tcp.syn(),
            fin: tcp.fin(),
            rst: tcp.rst(),
            sequence: tcp.sequence_number(),
            ack: tcp.ack().then(|| tcp.acknowledgment_number()),
            payload: payload as u32,
            headers: frame[ETHERNET..frame.len() - payload].to_vec(),
        })
    }
}

/// A running tcpdump. It is killed on drop.
pub(crate) struct Tcpdump {
    child: Child,
    stderr: BufReader<ChildStderr>,
    folder: TempDir,
}

impl Tcpdump {
    /// Starts capturing a TCP port, or explains why this machine cannot.
    pub(crate) fn start(port: u16) -> Result<Self, String> {
        Self::start_with(&format!("tcp port {port}"))
    }

    /// Starts capturing what a filter accepts, or explains why this machine cannot.
    pub(crate) fn start_with(filter: &str) -> Result<Self, String> {
        let interface = if cfg!(target_os = "linux") {
            "lo"
        } else {
            "lo0"
        };
        let folder = tempfile::tempdir().unwrap();
        // In immediate mode every packet takes up a buffer slot of the snapshot length, so that is set to what is
        // needed, and the buffer to hold hundreds of packets.
        let mut child = Command::new("tcpdump")
            .args(["-i", interface, "-s", "66000", "-B", "65536"])
            .args([
                "--immediate-mode",
                "-U",
                "--time-stamp-precision=nano",
                "-w",
            ])
            .arg(folder.path().join("dump"))
            .arg(filter)
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("tcpdump does not start: {error}"))?;
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut output = String::new();
        while stderr.read_line(&mut output).unwrap() > 0 {
            if output.contains("listening on") {
                return Ok(Self {
                    child,
                    stderr,
                    folder,
                });
            }
        }
        child.wait().unwrap();
        Err(format!("tcpdump has no capture rights: {}", output.trim()))
    }

    /// Stops it normally and reads what it captured. The kernel must have dropped nothing.
    pub(crate) fn finish(mut self) -> Vec<Entry> {
        self.stop();
        let file = File::open(self.folder.path().join("dump")).unwrap();
        let mut import = PcapImport::open(BufReader::new(file)).unwrap();
        let mut entries = Vec::new();
        while import.step(&mut entries).unwrap() {}
        assert_eq!(import.summary().missing_bytes, 0);
        entries
    }

    /// Stops it normally and reads the packets as they are.
    #[allow(dead_code, reason = "each test binary uses its part")]
    pub(crate) fn packets(mut self) -> Vec<Packet> {
        self.stop();
        let file = File::open(self.folder.path().join("dump")).unwrap();
        let mut reader = PcapReader::new(BufReader::new(file)).unwrap();
        let mut packets = Vec::new();
        while let Some(packet) = reader.next_packet() {
            packets.extend(Packet::of(&packet.unwrap().data));
        }
        packets
    }

    fn stop(&mut self) {
        let id = self.child.id().to_string();
        let interrupted = Command::new("kill").args(["-s", "INT", &id]).status();
        assert!(interrupted.unwrap().success());
        let mut output = String::new();
        self.stderr.read_to_string(&mut output).unwrap();
        assert!(self.child.wait().unwrap().success(), "{output}");
        assert!(output.contains("\n0 packets dropped by kernel"), "{output}");
    }
}

impl Drop for Tcpdump {
    fn drop(&mut self) {
        // If it has already ended, there is nothing to kill.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
