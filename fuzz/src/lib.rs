//! A capture's folder as one run of bytes, so that a fuzzer can change it.
//!
//! `flags 1 · length 2 each of nine files · the files`: the manifest, then entries, payload, parties and index of two
//! segments. A length beyond the end takes what is left.

use std::fs;
use std::io;
use std::path::Path;

/// The checksums are made right after the change, so that what stands behind them is reached.
const SEALED: u8 = 1;
/// The files of a segment get the head of its entries.
const SAME_HEAD: u8 = 2;

const SEGMENTS: [&str; 2] = ["00000000", "00000001"];
const HEADER_BYTES: usize = 32;
const RECORD_BYTES: usize = 56;
const PARTY_BYTES: usize = 64;

/// A kind of file of a segment: its ending, its magic, and how long its rows are.
struct Part {
    extension: &'static str,
    magic: &'static [u8; 4],
    row_bytes: Option<usize>,
}

const PARTS: [Part; 4] = [
    Part {
        extension: "entries",
        magic: b"BEen",
        row_bytes: Some(RECORD_BYTES),
    },
    Part {
        extension: "payload",
        magic: b"BEpa",
        row_bytes: None,
    },
    Part {
        extension: "parties",
        magic: b"BEpt",
        row_bytes: Some(PARTY_BYTES),
    },
    Part {
        extension: "index",
        magic: b"BEix",
        row_bytes: None,
    },
];

fn file_names() -> impl Iterator<Item = String> {
    let of_segment = |segment| {
        PARTS
            .iter()
            .map(move |part| format!("{segment}.{}", part.extension))
    };
    ["capture.toml".to_owned()]
        .into_iter()
        .chain(SEGMENTS.into_iter().flat_map(of_segment))
}

/// Returns a capture's files as one run of bytes; a file that is missing is empty.
pub fn pack(dir: &Path, flags: u8) -> Vec<u8> {
    let files: Vec<Vec<u8>> = file_names()
        .map(|name| fs::read(dir.join(name)).unwrap_or_default())
        .collect();
    let mut packed = vec![flags];
    for file in &files {
        let len = u16::try_from(file.len()).unwrap_or(u16::MAX);
        packed.extend(len.to_le_bytes());
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
    if let Some((_, segments)) = files.split_first_mut() {
        for segment in segments.chunks_mut(PARTS.len()) {
            mend(segment, flags);
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

/// Makes heads and checksums of a segment's files what the flags want.
fn mend(files: &mut [Vec<u8>], flags: u8) {
    let Some(head) = files.first().and_then(|it| it.first_chunk()).copied() else {
        return;
    };
    let head: [u8; HEADER_BYTES] = head;
    let first_entry = u64::from_le_bytes(take(&mut &head[8..]));
    for (file, part) in files.iter_mut().zip(PARTS) {
        let Some((own, rest)) = file.split_first_chunk_mut::<HEADER_BYTES>() else {
            continue;
        };
        if flags & SAME_HEAD != 0 {
            *own = head;
            own[..4].copy_from_slice(part.magic);
            own[4..8].copy_from_slice(&1_u32.to_le_bytes());
        }
        if flags & SEALED == 0 {
            continue;
        }
        let checksum = crc32fast::hash(&own[..HEADER_BYTES - 4]);
        own[HEADER_BYTES - 4..].copy_from_slice(&checksum.to_le_bytes());
        let rows = rest.chunks_exact_mut(part.row_bytes.unwrap_or(usize::MAX));
        for (row, number) in rows.zip((0..).map(|n: u64| first_entry.wrapping_add(n))) {
            let mut hasher = crc32fast::Hasher::new();
            if part.extension == "entries" {
                hasher.update(&number.to_le_bytes());
            }
            hasher.update(&row[4..]);
            row[..4].copy_from_slice(&hasher.finalize().to_le_bytes());
        }
        if part.extension == "index"
            && let Some((body, checksum)) = file.split_last_chunk_mut::<4>()
        {
            *checksum = crc32fast::hash(body).to_le_bytes();
        }
    }
}
