//! A capture's folder as one run of bytes, so that a fuzzer can change it.
//!
//! `flags 1 · length 2 each of nine files · the files`: the manifest, then entries, payload, flows and index of two
//! segments. A length beyond the end takes what is left. The highest five bits of the flags choose the view.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;

/// The checksums of heads, rows, seals, lanes and the manifest are made right after the change, so that what stands
/// behind them is reached.
pub const SEALED: u8 = 1;
/// All files of a segment get its first head, with the capture of the manifest and the number of the segment.
pub const SAME_HEAD: u8 = 2;
/// The rows get the checksums of the bytes that they refer to. Useful with [`SEALED`], which covers them.
pub const SUMMED: u8 = 4;
/// The bits below the choice of the view.
const FLAG_BITS: u32 = 3;

const MANIFEST: &str = "capture.toml";
const SEGMENTS: [&str; 2] = ["00000000", "00000001"];
/// What the last line of a manifest begins with, before the checksum of the lines before it.
const SUM_PREFIX: &str = "# checksum ";

const HEAD_BYTES: usize = 64;
const VERSION: u32 = 2;
/// Where things are in a head.
const HEAD_VERSION: Range<usize> = 4..8;
const HEAD_CAPTURE: Range<usize> = 8..24;
const HEAD_SEGMENT: Range<usize> = 24..28;
const HEAD_FIRST_ENTRY: Range<usize> = 32..40;
/// Where the seal is in an index.
const SEAL: Range<usize> = HEAD_BYTES..128;

/// A kind of file of a segment.
struct Part {
    extension: &'static str,
    magic: &'static [u8; 4],
    rows: Option<Rows>,
}

/// The rows of a file. Each begins with its checksum.
struct Rows {
    len: usize,
    /// Where a row says what it refers to in the payload file: position, length and checksum, 4 bytes each.
    position: usize,
    length: usize,
    sum: usize,
}

const PARTS: [Part; 5] = [
    Part {
        extension: "entries",
        magic: b"BEen",
        rows: Some(Rows {
            len: 56,
            position: 28,
            length: 32,
            sum: 40,
        }),
    },
    Part {
        extension: "payload",
        magic: b"BEpa",
        rows: None,
    },
    Part {
        extension: "flows",
        magic: b"BEfl",
        rows: Some(Rows {
            len: 96,
            position: 72,
            length: 76,
            sum: 80,
        }),
    },
    Part {
        extension: "index",
        magic: b"BEix",
        rows: None,
    },
    Part {
        extension: "samples",
        magic: b"BEsa",
        rows: None,
    },
];
const PAYLOAD: usize = 1;
const INDEX: usize = 3;

fn file_names() -> impl Iterator<Item = String> {
    let of_segment = |segment| {
        PARTS
            .iter()
            .map(move |part| format!("{segment}.{}", part.extension))
    };
    [MANIFEST.to_owned()]
        .into_iter()
        .chain(SEGMENTS.into_iter().flat_map(of_segment))
}

/// Returns which view the flags of an input choose.
pub fn choice(input: &[u8]) -> usize {
    input
        .first()
        .map_or(0, |flags| usize::from(flags >> FLAG_BITS))
}

/// Returns the flags that choose a view.
pub fn chosen(view: u8) -> u8 {
    view << FLAG_BITS
}

/// Returns a capture's files as one run of bytes; a file that is missing is empty, and one that is too long is cut off.
pub fn pack(dir: &Path, flags: u8) -> Vec<u8> {
    let read = |name| {
        let mut file = fs::read(dir.join(name)).unwrap_or_default();
        file.truncate(u16::MAX.into());
        file
    };
    let files: Vec<Vec<u8>> = file_names().map(read).collect();
    let mut packed = vec![flags];
    for file in &files {
        packed.extend((file.len() as u16).to_le_bytes());
    }
    packed.extend(files.concat());
    packed
}

/// Makes the files of a capture of any bytes; those that are empty are not made.
pub fn unpack(mut input: &[u8], dir: &Path) -> io::Result<()> {
    let [flags] = take(&mut input);
    let lens: Vec<u16> = file_names()
        .map(|_| u16::from_le_bytes(take(&mut input)))
        .collect();
    let mut files: Vec<Vec<u8>> = Vec::new();
    for len in lens {
        let (file, rest) = input.split_at(input.len().min(len.into()));
        files.push(file.to_vec());
        input = rest;
    }
    if let Some((manifest, segments)) = files.split_first_mut() {
        if flags & SEALED != 0 {
            seal_manifest(manifest);
        }
        let capture = capture_of(manifest);
        for (number, files) in (0..).zip(segments.chunks_mut(PARTS.len())) {
            mend(files, number, capture, flags);
        }
    }
    for (name, file) in file_names().zip(files) {
        if !file.is_empty() {
            fs::write(dir.join(name), file)?;
        }
    }
    Ok(())
}

fn take<const N: usize>(input: &mut &[u8]) -> [u8; N] {
    let (bytes, rest) = input.split_at(input.len().min(N));
    *input = rest;
    let mut taken = [0; N];
    taken[..bytes.len()].copy_from_slice(bytes);
    taken
}

/// Puts the right checksum at the end of a manifest.
fn seal_manifest(manifest: &mut Vec<u8>) {
    let at = manifest
        .windows(SUM_PREFIX.len())
        .position(|it| it == SUM_PREFIX.as_bytes());
    if let Some(at) = at {
        manifest.truncate(at);
        let sum = crc32fast::hash(manifest);
        manifest.extend(format!("{SUM_PREFIX}{sum:08x}\n").bytes());
    }
}

/// Returns the id that a manifest states, if it has one.
fn capture_of(manifest: &[u8]) -> Option<[u8; 16]> {
    let text = std::str::from_utf8(manifest).ok()?;
    let (_, id) = text.split_once("id = \"")?;
    let digits = id.chars().take(36).filter_map(|c| c.to_digit(16));
    let digits: Vec<u8> = digits.map(|digit| digit as u8).collect();
    let bytes: Vec<u8> = digits
        .chunks_exact(2)
        .map(|it| it[0] << 4 | it[1])
        .collect();
    bytes.try_into().ok()
}

/// Makes heads and checksums of a segment's files what the flags want.
fn mend(files: &mut [Vec<u8>], segment: u32, capture: Option<[u8; 16]>, flags: u8) {
    let Some(mut head) = files
        .iter()
        .find_map(|file| file.first_chunk::<HEAD_BYTES>())
        .copied()
    else {
        return;
    };
    if flags & SAME_HEAD != 0 {
        head[HEAD_VERSION].copy_from_slice(&VERSION.to_le_bytes());
        head[HEAD_SEGMENT].copy_from_slice(&segment.to_le_bytes());
        if let Some(capture) = capture {
            head[HEAD_CAPTURE].copy_from_slice(&capture);
        }
        for (file, part) in files.iter_mut().zip(PARTS) {
            if let Some(own) = file.first_chunk_mut::<HEAD_BYTES>() {
                *own = head;
                own[..4].copy_from_slice(part.magic);
            }
        }
    }
    if flags & SUMMED != 0 {
        let payload = files[PAYLOAD].clone();
        each_row(files, |rows, _, row| sum_referred(rows, row, &payload));
    }
    if flags & SEALED != 0 {
        for file in files.iter_mut().filter(|file| file.len() >= HEAD_BYTES) {
            seal_last(&mut file[..HEAD_BYTES]);
        }
        each_row(files, |_, number, row| seal_row(&head, number, row));
        if let Some(seal) = files[INDEX].get_mut(SEAL) {
            seal_last(seal);
        }
        if let Some(lanes) = files[INDEX].get_mut(SEAL.end..) {
            seal_last(lanes);
        }
    }
}

/// Changes the rows of a segment's files.
fn each_row(files: &mut [Vec<u8>], mut change: impl FnMut(&Rows, u32, &mut [u8])) {
    for (file, part) in files.iter_mut().zip(PARTS) {
        let Some((rows, bytes)) = part.rows.zip(file.get_mut(HEAD_BYTES..)) else {
            continue;
        };
        for (number, row) in (0..).zip(bytes.chunks_exact_mut(rows.len)) {
            change(&rows, number, row);
        }
    }
}

/// Puts the checksum of the bytes that a row refers to into the row, if they are there.
fn sum_referred(rows: &Rows, row: &mut [u8], payload: &[u8]) {
    let number = |at: usize| u32::from_le_bytes(take(&mut &row[at..])) as usize;
    let (start, len) = (number(rows.position), number(rows.length));
    if let Some(bytes) = payload.get(start..start.saturating_add(len)) {
        let sum = crc32fast::hash(bytes).to_le_bytes();
        row[rows.sum..rows.sum + 4].copy_from_slice(&sum);
    }
}

/// Puts the checksum of a row and its place into its first four bytes.
fn seal_row(head: &[u8; HEAD_BYTES], number: u32, row: &mut [u8]) {
    let capture = crc32fast::hash(&head[HEAD_CAPTURE]);
    let mut hasher = crc32fast::Hasher::new_with_initial(capture);
    hasher.update(&head[HEAD_FIRST_ENTRY]);
    hasher.update(&number.to_le_bytes());
    hasher.update(&row[4..]);
    row[..4].copy_from_slice(&hasher.finalize().to_le_bytes());
}

/// Puts the checksum of what precedes into the last four bytes.
fn seal_last(bytes: &mut [u8]) {
    if let Some((body, checksum)) = bytes.split_last_chunk_mut::<4>() {
        *checksum = crc32fast::hash(body).to_le_bytes();
    }
}
