//! Reads the packets of the lab as the kernel delivers them, on a thread, and hands them on.

use std::io::{self, IoSliceMut};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use nix::libc;
use nix::sys::socket::{ControlMessageOwned, MsgFlags, getsockopt, recvmsg};
use nix::sys::time::TimeSpec;
use nix::{cmsg_space, getsockopt_impl, sockopt_impl};
use rustix::event::{PollFd, PollFlags, poll};

use super::packet::{LabPacket, MAX_PACKET_BYTES, PacketSink};

/// How many packets are handed on at once.
const BATCH: usize = 64;

sockopt_impl!(
    /// Packets seen and packets dropped since the last call (`packet(7)`).
    PacketStatistics,
    GetOnly,
    libc::SOL_PACKET,
    libc::PACKET_STATISTICS,
    [u32; 2]
);

/// Reads the packets until it is dropped.
#[derive(Debug)]
pub(super) struct PacketReader {
    /// Closing it ends the thread.
    stop: Option<UnixStream>,
    thread: Option<JoinHandle<()>>,
}

impl PacketReader {
    pub(super) fn start(socket: OwnedFd, sink: Arc<dyn PacketSink>) -> io::Result<Self> {
        let (stop, stopped) = UnixStream::pair()?;
        let thread = thread::Builder::new()
            .name("lab-packets".to_owned())
            .spawn(move || run(&socket, &stopped, &*sink))?;
        Ok(Self {
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for PacketReader {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // It reads what has arrived, at most what the system's buffer holds, and ends.
            thread.join().ok();
        }
    }
}

fn run(socket: &OwnedFd, stopped: &UnixStream, sink: &dyn PacketSink) {
    let mut buffer = vec![0; MAX_PACKET_BYTES];
    loop {
        let mut fds = [
            PollFd::new(socket, PollFlags::IN),
            PollFd::new(stopped, PollFlags::IN),
        ];
        match poll(&mut fds, None) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return,
        }
        let is_stopped = !fds[1].revents().is_empty();
        if drain(socket, &mut buffer, sink).is_err() || is_stopped {
            return;
        }
    }
}

/// Reads what has arrived.
fn drain(socket: &OwnedFd, buffer: &mut [u8], sink: &dyn PacketSink) -> io::Result<()> {
    let mut packets = Vec::new();
    loop {
        match read(socket, buffer) {
            Ok(packet) => packets.push(packet),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
            Err(error) => return Err(error),
        }
        if packets.len() == BATCH {
            sink.take(&packets);
            packets.clear();
        }
    }
    if !packets.is_empty() {
        sink.take(&packets);
    }
    let [_seen, dropped] = getsockopt(socket, PacketStatistics)?;
    if dropped > 0 {
        sink.dropped(dropped.into());
    }
    Ok(())
}

fn read(socket: &OwnedFd, buffer: &mut [u8]) -> io::Result<LabPacket> {
    let mut control = cmsg_space!(TimeSpec);
    let mut slices = [IoSliceMut::new(buffer)];
    // With this flag, what is returned is the length on the wire.
    let flags = MsgFlags::MSG_TRUNC | MsgFlags::MSG_DONTWAIT;
    let (whole, time) = {
        let received = recvmsg::<()>(
            socket.as_fd().as_raw_fd(),
            &mut slices,
            Some(&mut control),
            flags,
        )?;
        let stamp = received.cmsgs()?.find_map(|message| match message {
            ControlMessageOwned::ScmTimestampns(time) => Some(Duration::from(time)),
            _ => None,
        });
        (received.bytes, stamp)
    };
    let kept = buffer.get(..whole).unwrap_or(buffer);
    Ok(LabPacket {
        // The kernel always says; if it ever did not, now is when it was read.
        time: time.map_or_else(SystemTime::now, |it| UNIX_EPOCH + it),
        whole_bytes: u32::try_from(whole).unwrap_or(u32::MAX),
        bytes: kept.to_vec(),
    })
}
