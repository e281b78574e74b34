//! What parent and helper say to each other: requests and answers of fixed length. Pure.
//!
//! They are the same program, so there is no version; what is not understood ends the helper.

use socket2::Domain;

use crate::net::lab_conditions::Conditions;
use crate::net::lab_error::LabStep;

/// The length of a request in bytes.
pub(super) const REQUEST_BYTES: usize = 24;
/// The length of an answer in bytes.
pub(super) const ANSWER_BYTES: usize = 8;

/// What the parent asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LabRequest {
    /// A TCP socket of this family.
    Stream(Domain),
    /// A UDP socket of this family.
    Datagram(Domain),
    /// The socket that sees the packets.
    Packets,
    /// A socket that answers about the sockets of the network (`sock_diag(7)`).
    Diag,
    /// Other delay and loss.
    Conditions(Conditions),
}

impl LabRequest {
    pub(super) fn to_bytes(self) -> [u8; REQUEST_BYTES] {
        let (kind, fields) = match self {
            Self::Stream(domain) if domain == Domain::IPV6 => (2, [0; 5]),
            Self::Stream(_) => (1, [0; 5]),
            Self::Datagram(domain) if domain == Domain::IPV6 => (7, [0; 5]),
            Self::Datagram(_) => (6, [0; 5]),
            Self::Packets => (3, [0; 5]),
            Self::Diag => (4, [0; 5]),
            Self::Conditions(conditions) => (5, conditions.to_numbers()),
        };
        let mut bytes = [0; REQUEST_BYTES];
        let numbers = [kind].into_iter().chain(fields);
        for (place, number) in bytes.chunks_exact_mut(4).zip(numbers) {
            place.copy_from_slice(&number.to_ne_bytes());
        }
        bytes
    }

    pub(super) fn read(bytes: [u8; REQUEST_BYTES]) -> Option<Self> {
        let (numbers, _) = bytes.as_chunks();
        let mut numbers = numbers.iter().map(|it| u32::from_ne_bytes(*it));
        let kind = numbers.next()?;
        let mut fields = [0; 5];
        for (field, number) in fields.iter_mut().zip(numbers) {
            *field = number;
        }
        Some(match kind {
            1 => Self::Stream(Domain::IPV4),
            2 => Self::Stream(Domain::IPV6),
            3 => Self::Packets,
            4 => Self::Diag,
            5 => Self::Conditions(Conditions::of_numbers(fields)),
            6 => Self::Datagram(Domain::IPV4),
            7 => Self::Datagram(Domain::IPV6),
            _ => return None,
        })
    }
}

/// What the helper answers: done, perhaps with a descriptor, or the step that failed and the system's error code.
pub(super) type LabAnswer = Result<(), (LabStep, i32)>;

pub(super) fn answer_bytes(answer: LabAnswer) -> [u8; ANSWER_BYTES] {
    let (step, code) = match answer {
        Ok(()) => (0, 0),
        Err((step, code)) => (1 + step as u32, code),
    };
    let mut bytes = [0; ANSWER_BYTES];
    bytes[..4].copy_from_slice(&step.to_ne_bytes());
    bytes[4..].copy_from_slice(&code.to_ne_bytes());
    bytes
}

pub(super) fn read_answer(bytes: [u8; ANSWER_BYTES]) -> Option<LabAnswer> {
    let step = u32::from_ne_bytes(*bytes.first_chunk()?);
    let code = i32::from_ne_bytes(*bytes.last_chunk()?);
    if step == 0 {
        return Some(Ok(()));
    }
    let step = LabStep::ALL.get(step as usize - 1)?;
    Some(Err((*step, code)))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn every_request_and_answer_is_understood() {
        let conditions = Conditions {
            delay: Duration::from_millis(50),
            jitter: Duration::from_micros(1_500),
            loss_ppm: 10_000,
        };
        for request in [
            LabRequest::Stream(Domain::IPV4),
            LabRequest::Stream(Domain::IPV6),
            LabRequest::Datagram(Domain::IPV4),
            LabRequest::Datagram(Domain::IPV6),
            LabRequest::Packets,
            LabRequest::Diag,
            LabRequest::Conditions(conditions),
        ] {
            assert_eq!(LabRequest::read(request.to_bytes()), Some(request));
        }
        assert_eq!(LabRequest::read([0xff; REQUEST_BYTES]), None);
        assert_eq!(read_answer(answer_bytes(Ok(()))), Some(Ok(())));
        for step in LabStep::ALL {
            let answer = Err((step, 13));
            assert_eq!(read_answer(answer_bytes(answer)), Some(answer));
        }
        assert_eq!(read_answer([0xff; ANSWER_BYTES]), None);
    }
}
