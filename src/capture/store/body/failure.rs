//! The errors of the engine and of the system, as fields of a body.

use super::super::fields::{FieldWriter, Fields, decode_ips, encode_ips};
use super::problem::{put_render_error, render_error};
use super::system::{look_up_error, put_look_up_error, put_system_error, system_error};
use super::tls_failure::{put_setting_error, put_tls_failure, setting_error, tls_failure};
use super::{duration, nanos, tag};
use crate::net::{
    EndpointId, Icmp, LabCause, LabError, LabRefusal, LabStep, NetError, Network, Unreached,
};

/// The numbers of what can fail.
mod number {
    pub(super) const LISTEN: u64 = 1;
    pub(super) const LOOK_UP: u64 = 2;
    pub(super) const TOO_MANY_LOOK_UPS: u64 = 3;
    pub(super) const CONNECT: u64 = 4;
    pub(super) const CONNECT_TIMEOUT: u64 = 5;
    pub(super) const CONNECT_GIVEN_UP: u64 = 6;
    pub(super) const ACCEPT: u64 = 7;
    pub(super) const RECEIVE: u64 = 8;
    pub(super) const SEND: u64 = 9;
    pub(super) const FINISH_TIMEOUT: u64 = 10;
    pub(super) const FINISH_FLOOD: u64 = 11;
    pub(super) const QUEUE_FULL: u64 = 12;
    pub(super) const NOT_OPEN: u64 = 13;
    pub(super) const NO_CONNECTION: u64 = 14;
    pub(super) const NO_PEERS: u64 = 15;
    pub(super) const START: u64 = 16;
    pub(super) const TEMPLATE: u64 = 17;
    pub(super) const BUDGET_SPENT: u64 = 18;
    pub(super) const REQUEST_TOO_LONG: u64 = 19;
    pub(super) const LAB: u64 = 20;
    pub(super) const NOT_CONNECTED: u64 = 21;
    pub(super) const MEMORY_FULL: u64 = 22;
    pub(super) const NO_PLACE: u64 = 23;
    pub(super) const GROUP_NAME: u64 = 24;
    pub(super) const GROUPS_FULL: u64 = 25;
    pub(super) const ELSEWHERE: u64 = 26;
    pub(super) const UNDELIVERED: u64 = 27;
    pub(super) const DATAGRAM: u64 = 28;
    pub(super) const OVERRUN: u64 = 29;
    pub(super) const TLS: u64 = 30;
    pub(super) const TLS_SETTINGS: u64 = 31;
    pub(super) const NO_TLS: u64 = 32;
}

/// Adds an error of the engine.
#[expect(clippy::too_many_lines, reason = "an arm for each kind")]
pub(super) fn put_failure(body: &mut FieldWriter, error: &NetError) {
    let failure = match error {
        NetError::Listen { address, source } => {
            put_system_error(body.address(tag::ADDRESS, address), source);
            number::LISTEN
        }
        NetError::LookUp { host, source } => {
            put_look_up_error(body.text(tag::HOST, host), source);
            number::LOOK_UP
        }
        NetError::TooManyLookUps { host, limit } => {
            body.text(tag::HOST, host).number(tag::LIMIT, *limit as u64);
            number::TOO_MANY_LOOK_UPS
        }
        NetError::Connect { address, source } => {
            put_system_error(body.address(tag::ADDRESS, address), source);
            number::CONNECT
        }
        NetError::ConnectTimeout { address, timeout } => {
            body.address(tag::ADDRESS, address)
                .number(tag::NANOS, nanos(*timeout));
            number::CONNECT_TIMEOUT
        }
        NetError::ConnectGivenUp { target } => {
            body.text(tag::HOST, target);
            number::CONNECT_GIVEN_UP
        }
        NetError::Accept { address, source } => {
            put_system_error(body.address(tag::ADDRESS, address), source);
            number::ACCEPT
        }
        NetError::Receive { peer, source } => {
            put_system_error(body.address(tag::ADDRESS, peer), source);
            number::RECEIVE
        }
        NetError::Send { peer, source } => {
            put_system_error(body.address(tag::ADDRESS, peer), source);
            number::SEND
        }
        NetError::Undelivered { peer, source, icmp } => {
            if let Some(peer) = peer {
                body.address(tag::ADDRESS, peer);
            }
            put_system_error(body, source);
            if let Some(icmp) = icmp {
                body.put(tag::ICMP, &[icmp.kind, icmp.code])
                    .put(tag::ICMP_BY, &encode_ips(icmp.by.as_slice()));
            }
            number::UNDELIVERED
        }
        NetError::Datagram {
            peer,
            bytes,
            source,
        } => {
            body.address(tag::ADDRESS, peer).number(tag::COUNT, *bytes);
            put_system_error(body, source);
            number::DATAGRAM
        }
        NetError::Overrun { peer } => {
            body.address(tag::ADDRESS, peer);
            number::OVERRUN
        }
        NetError::Tls { peer, source } => {
            put_tls_failure(body.address(tag::ADDRESS, peer), source);
            number::TLS
        }
        NetError::TlsSettings { source } => {
            put_setting_error(body, source);
            number::TLS_SETTINGS
        }
        NetError::NoTls => number::NO_TLS,
        NetError::FinishTimeout { peer, timeout } => {
            body.address(tag::ADDRESS, peer)
                .number(tag::NANOS, nanos(*timeout));
            number::FINISH_TIMEOUT
        }
        NetError::FinishFlood { peer, limit_bytes } => {
            body.address(tag::ADDRESS, peer)
                .number(tag::LIMIT, *limit_bytes);
            number::FINISH_FLOOD
        }
        NetError::QueueFull {
            peer,
            bytes,
            queued_bytes,
        } => {
            body.address(tag::ADDRESS, peer)
                .number(tag::COUNT, *bytes)
                .number(tag::QUEUED, *queued_bytes);
            number::QUEUE_FULL
        }
        NetError::BudgetSpent {
            peer,
            bytes,
            queued_bytes,
        } => {
            body.address(tag::ADDRESS, peer)
                .number(tag::COUNT, *bytes)
                .number(tag::QUEUED, *queued_bytes);
            number::BUDGET_SPENT
        }
        NetError::RequestTooLong { limit_bytes } => {
            body.number(tag::LIMIT, *limit_bytes);
            number::REQUEST_TOO_LONG
        }
        NetError::MemoryFull { limit_bytes } => {
            body.number(tag::LIMIT, *limit_bytes);
            number::MEMORY_FULL
        }
        NetError::NotOpen { bytes } => {
            body.number(tag::COUNT, *bytes);
            number::NOT_OPEN
        }
        NetError::NotConnected { bytes } => {
            body.number(tag::COUNT, *bytes);
            number::NOT_CONNECTED
        }
        NetError::NoConnection => number::NO_CONNECTION,
        NetError::NoPlace => number::NO_PLACE,
        NetError::GroupName { bytes, limit_bytes } => {
            body.number(tag::COUNT, *bytes)
                .number(tag::LIMIT, *limit_bytes);
            number::GROUP_NAME
        }
        NetError::GroupsFull { limit } => {
            body.number(tag::LIMIT, *limit);
            number::GROUPS_FULL
        }
        NetError::Elsewhere {
            endpoint,
            bytes,
            why,
        } => {
            body.number(tag::ENDPOINT, endpoint.0.into())
                .number(tag::COUNT, *bytes)
                .number(tag::UNREACHED, *why as u64);
            number::ELSEWHERE
        }
        NetError::NoPeers { bytes } => {
            body.number(tag::COUNT, *bytes);
            number::NO_PEERS
        }
        NetError::Start { source } => {
            put_system_error(body, source);
            number::START
        }
        NetError::Template { source } => {
            put_render_error(body, source);
            number::TEMPLATE
        }
        NetError::Lab { address, source } => {
            put_lab_error(body.address(tag::ADDRESS, address), source);
            number::LAB
        }
    };
    body.number(tag::FAILURE, failure);
}

/// Returns an error of the engine.
#[expect(clippy::too_many_lines, reason = "an arm for each kind")]
pub(super) fn net_error(fields: &Fields<'_>) -> Option<NetError> {
    let address = || fields.address(tag::ADDRESS);
    let host = || fields.text(tag::HOST);
    let count = || fields.number(tag::COUNT);
    let source = || system_error(fields);
    Some(match fields.number(tag::FAILURE)? {
        number::LISTEN => NetError::Listen {
            address: address()?,
            source: source()?,
        },
        number::LOOK_UP => NetError::LookUp {
            host: host()?,
            source: look_up_error(fields)?,
        },
        number::TOO_MANY_LOOK_UPS => NetError::TooManyLookUps {
            host: host()?,
            limit: fields.small(tag::LIMIT)?,
        },
        number::CONNECT => NetError::Connect {
            address: address()?,
            source: source()?,
        },
        number::CONNECT_TIMEOUT => NetError::ConnectTimeout {
            address: address()?,
            timeout: duration(fields)?,
        },
        number::CONNECT_GIVEN_UP => NetError::ConnectGivenUp { target: host()? },
        number::ACCEPT => NetError::Accept {
            address: address()?,
            source: source()?,
        },
        number::RECEIVE => NetError::Receive {
            peer: address()?,
            source: source()?,
        },
        number::SEND => NetError::Send {
            peer: address()?,
            source: source()?,
        },
        number::UNDELIVERED => NetError::Undelivered {
            peer: address(),
            source: source()?,
            icmp: icmp(fields),
        },
        number::DATAGRAM => NetError::Datagram {
            peer: address()?,
            bytes: count()?,
            source: source()?,
        },
        number::OVERRUN => NetError::Overrun { peer: address()? },
        number::TLS => NetError::Tls {
            peer: address()?,
            source: Box::new(tls_failure(fields)?),
        },
        number::TLS_SETTINGS => NetError::TlsSettings {
            source: Box::new(setting_error(fields)?),
        },
        number::NO_TLS => NetError::NoTls,
        number::FINISH_TIMEOUT => NetError::FinishTimeout {
            peer: address()?,
            timeout: duration(fields)?,
        },
        number::FINISH_FLOOD => NetError::FinishFlood {
            peer: address()?,
            limit_bytes: fields.number(tag::LIMIT)?,
        },
        number::QUEUE_FULL => NetError::QueueFull {
            peer: address()?,
            bytes: count()?,
            queued_bytes: fields.number(tag::QUEUED)?,
        },
        number::NOT_OPEN => NetError::NotOpen { bytes: count()? },
        number::NOT_CONNECTED => NetError::NotConnected { bytes: count()? },
        number::NO_CONNECTION => NetError::NoConnection,
        number::NO_PLACE => NetError::NoPlace,
        number::GROUP_NAME => NetError::GroupName {
            bytes: count()?,
            limit_bytes: fields.number(tag::LIMIT)?,
        },
        number::GROUPS_FULL => NetError::GroupsFull {
            limit: fields.number(tag::LIMIT)?,
        },
        number::ELSEWHERE => NetError::Elsewhere {
            endpoint: EndpointId(fields.small(tag::ENDPOINT)?),
            bytes: count()?,
            why: *Unreached::ALL.get(fields.small::<usize>(tag::UNREACHED)?)?,
        },
        number::BUDGET_SPENT => NetError::BudgetSpent {
            peer: address()?,
            bytes: count()?,
            queued_bytes: fields.number(tag::QUEUED)?,
        },
        number::MEMORY_FULL => NetError::MemoryFull {
            limit_bytes: fields.number(tag::LIMIT)?,
        },
        number::REQUEST_TOO_LONG => NetError::RequestTooLong {
            limit_bytes: fields.number(tag::LIMIT)?,
        },
        number::NO_PEERS => NetError::NoPeers { bytes: count()? },
        number::START => NetError::Start { source: source()? },
        number::TEMPLATE => NetError::Template {
            source: render_error(fields)?,
        },
        number::LAB => NetError::Lab {
            address: address()?,
            source: lab_error(fields)?,
        },
        _ => return None,
    })
}

fn icmp(fields: &Fields<'_>) -> Option<Icmp> {
    let [kind, code] = fields.fixed(tag::ICMP)?;
    let by = decode_ips(fields.get(tag::ICMP_BY)?, 1)?;
    Some(Icmp {
        by: by.first().copied(),
        kind,
        code,
    })
}

/// The first number of a step in [`tag::LAB`].
const FIRST_STEP: usize = 16;

fn put_lab_error(body: &mut FieldWriter, error: &LabError) {
    let number = match error {
        LabError::Outside => 1,
        LabError::OtherNetwork(Network::System) => 2,
        LabError::OtherNetwork(Network::Lab) => 3,
        LabError::Refused(refusal) => {
            put_system_error(body, &refusal.source);
            body.number(tag::LAB_CAUSE, refusal.cause as u64);
            (FIRST_STEP + refusal.step as usize) as u64
        }
    };
    body.number(tag::LAB, number);
}

fn lab_error(fields: &Fields<'_>) -> Option<LabError> {
    Some(match fields.small::<usize>(tag::LAB)? {
        1 => LabError::Outside,
        2 => LabError::OtherNetwork(Network::System),
        3 => LabError::OtherNetwork(Network::Lab),
        number => {
            let cause = fields.small::<usize>(tag::LAB_CAUSE)?;
            LabError::Refused(LabRefusal {
                step: *LabStep::ALL.get(number.checked_sub(FIRST_STEP)?)?,
                cause: LabCause::ALL
                    .get(cause)
                    .copied()
                    .unwrap_or(LabCause::Unknown),
                source: system_error(fields)?,
            })
        }
    })
}
