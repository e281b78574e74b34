//! Hashes and Base64 of a range of a message.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest as _, Sha1};

use super::field::{BytesForm, DigestField, HexDigits};
use super::render::{RenderProblem, encode};
use crate::payload::encoding::Encoding;
use crate::payload::hex;

/// The bytes of a SHA-1 hash.
const SHA1_BYTES: usize = 20;

impl DigestField {
    /// Returns how many characters or bytes its written form has for a range of `len` bytes.
    pub(super) fn len(&self, len: usize) -> usize {
        let len = if self.is_hashed { SHA1_BYTES } else { len };
        match self.form {
            BytesForm::Plain => len,
            BytesForm::Hex(_) => 2 * len,
            BytesForm::Base64 => 4 * len.div_ceil(3),
        }
    }

    /// Returns its bytes for a range of `len` bytes that are not known yet.
    pub(super) fn placeholder(
        &self,
        len: usize,
        encoding: Encoding,
    ) -> Result<Vec<u8>, RenderProblem> {
        let len = self.len(len);
        match self.form {
            BytesForm::Plain => Ok(vec![0; len]),
            BytesForm::Hex(_) | BytesForm::Base64 => encode(&"0".repeat(len), encoding),
        }
    }

    /// Returns its bytes for those of the range.
    pub(super) fn of(&self, bytes: &[u8], encoding: Encoding) -> Result<Vec<u8>, RenderProblem> {
        let hash;
        let bytes = if self.is_hashed {
            hash = Sha1::digest(bytes);
            hash.as_slice()
        } else {
            bytes
        };
        match self.form {
            BytesForm::Plain => Ok(bytes.to_vec()),
            BytesForm::Hex(HexDigits::Lower) => encode(&hex::render_compact(bytes), encoding),
            BytesForm::Hex(HexDigits::Upper) => {
                encode(&hex::render_compact(bytes).to_uppercase(), encoding)
            }
            BytesForm::Base64 => encode(&STANDARD.encode(bytes), encoding),
        }
    }
}
