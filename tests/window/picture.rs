//! Pictures of the virtual screen.
//!
//! Xvfb keeps its frame buffer in a file in the format of `xwd(1)` (X11/XWDFile.h): a header of big-endian
//! words, a colour map, then rows of pixels.

use image::RgbImage;

use super::deadline::Outcome;

/// Bytes of one entry of the colour map.
const COLOUR_BYTES: usize = 12;

/// Decodes a window dump with 32 bits per pixel in little-endian order.
pub(crate) fn decode(dump: &[u8]) -> Outcome<RgbImage> {
    let word = |index: usize| -> Outcome<usize> {
        let bytes = dump.get(index * 4..index * 4 + 4).ok_or("a short dump")?;
        Ok(u32::from_be_bytes(bytes.try_into()?) as usize)
    };
    let (header_bytes, width, height) = (word(0)?, word(4)?, word(5)?);
    let (bits_per_pixel, row_bytes, colours) = (word(11)?, word(12)?, word(19)?);
    if bits_per_pixel != 32 {
        return Err(format!("{bits_per_pixel} bits a pixel").into());
    }
    let rows = dump
        .get(header_bytes + colours * COLOUR_BYTES..)
        .ok_or("a dump without pixels")?;
    let pixels = rows
        .chunks_exact(row_bytes)
        .take(height)
        .flat_map(|row| row.chunks_exact(4).take(width))
        .flat_map(|pixel| [pixel[2], pixel[1], pixel[0]])
        .collect();
    let picture = RgbImage::from_raw(width as u32, height as u32, pixels);
    picture.ok_or_else(|| "a dump with missing rows".into())
}
