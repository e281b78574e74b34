//! How bytes are read: as text, and as frames, by direction.

use clap::Args;

use super::udp::first_given;
use super::value::in_words;
use crate::cli::error::CliError;
use crate::net::{ByDirection, Direction};
use crate::payload::Encoding;
use crate::payload::framing::Framing;
use crate::payload::template::Check;
use crate::workspace::{ProtocolForm, ReadingForm};

/// How payloads are converted to and from text.
#[derive(Debug, Args)]
pub(in crate::cli) struct TextArguments {
    /// Compute the fields {{…}} of messages, such as {{crc CRC-16/MODBUS le}}, each time one is sent
    #[arg(long)]
    pub(in crate::cli) template: bool,
    /// The encoding of text sent, and of text in JSON and on a terminal [default: UTF-8]
    #[arg(long, value_name = "NAME", value_parser = in_words(str::parse::<Encoding>))]
    encoding: Option<Encoding>,
    /// The encoding of received text only
    #[arg(long, value_name = "NAME", value_parser = in_words(str::parse::<Encoding>))]
    encoding_in: Option<Encoding>,
    /// The encoding of sent text only
    #[arg(long, value_name = "NAME", value_parser = in_words(str::parse::<Encoding>))]
    encoding_out: Option<Encoding>,
}

impl TextArguments {
    /// Returns the encoding of each direction.
    pub(in crate::cli) fn encodings(&self) -> ByDirection<Encoding> {
        let encodings = by_direction([self.encoding, self.encoding_in, self.encoding_out]);
        encodings.map(|encoding| encoding.unwrap_or_default())
    }
}

/// How streams are cut into frames.
#[derive(Debug, Args)]
pub(in crate::cli) struct FrameArguments {
    /// Cut each stream into frames: --json then writes one object per frame, and a text or hex --reply answers each
    /// frame
    ///
    /// Each frame has its object, however short it is: a stream of tiny frames makes many times its size in JSON. Bytes
    /// that cannot be a frame have one object up to the next frame.
    #[arg(long, value_name = "RULE", value_parser = in_words(str::parse::<Framing>), allow_hyphen_values = true)]
    framing: Option<Framing>,
    /// Cut received streams by this rule
    #[arg(long, value_name = "RULE", value_parser = in_words(str::parse::<Framing>), allow_hyphen_values = true)]
    framing_in: Option<Framing>,
    /// Cut sent streams by this rule
    #[arg(long, value_name = "RULE", value_parser = in_words(str::parse::<Framing>), allow_hyphen_values = true)]
    framing_out: Option<Framing>,
    /// Check each frame, which with UDP is each datagram; with send, the exit status is 1 if a received frame is bad, or if none was received
    #[arg(long, value_name = "CHECK", value_parser = in_words(str::parse::<Check>), allow_hyphen_values = true)]
    check: Option<Check>,
    /// Check each received frame
    #[arg(long, value_name = "CHECK", value_parser = in_words(str::parse::<Check>), allow_hyphen_values = true)]
    check_in: Option<Check>,
    /// Check each sent frame
    #[arg(long, value_name = "CHECK", value_parser = in_words(str::parse::<Check>), allow_hyphen_values = true)]
    check_out: Option<Check>,
}

impl FrameArguments {
    /// Returns how an endpoint's bytes are read, with these encodings.
    ///
    /// # Errors
    ///
    /// A check of frames where there are none, or a framing where each datagram is a frame.
    pub(in crate::cli) fn protocol(
        &self,
        text: &TextArguments,
        is_udp: bool,
    ) -> Result<ProtocolForm, CliError> {
        if let Some(option) = self.first_framing().filter(|_| is_udp) {
            return Err(CliError::NotWithUdp { option });
        }
        let written = |framing: &Option<Framing>| framing.as_ref().map(ToString::to_string);
        let framings = [&self.framing, &self.framing_in, &self.framing_out].map(written);
        let framings = by_direction(framings);
        let written = |check: &Option<Check>| check.as_ref().map(ToString::to_string);
        let checks = by_direction([&self.check, &self.check_in, &self.check_out].map(written));
        let has = |direction| framings.of(direction).is_some();
        let (received, sent) = (has(Direction::Received), has(Direction::Sent));
        for (check, has_frames, option, framing) in [
            (&self.check, received || sent, "--check", "--framing"),
            (&self.check_in, received, "--check-in", "--framing-in"),
            (&self.check_out, sent, "--check-out", "--framing-out"),
        ] {
            if check.is_some() && !has_frames && !is_udp {
                return Err(CliError::CheckWithoutFraming { option, framing });
            }
        }
        let encodings = text.encodings();
        let reading = |direction| ReadingForm {
            encoding: *encodings.of(direction),
            framing_text: framings.of(direction).clone().unwrap_or_default(),
            check_text: checks.of(direction).clone().unwrap_or_default(),
        };
        Ok(ProtocolForm {
            received: reading(Direction::Received),
            sent: reading(Direction::Sent),
        })
    }
}

impl FrameArguments {
    fn first_framing(&self) -> Option<&'static str> {
        first_given([
            ("--framing", self.framing.is_some()),
            ("--framing-in", self.framing_in.is_some()),
            ("--framing-out", self.framing_out.is_some()),
        ])
    }
}

/// Returns what applies to each direction: what is said of it, or else of both.
pub(super) fn by_direction<T: Clone>(
    [both, received, sent]: [Option<T>; 3],
) -> ByDirection<Option<T>> {
    ByDirection {
        received: received.or_else(|| both.clone()),
        sent: sent.or(both),
    }
}
