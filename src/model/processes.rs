//! The processes of peers on this machine, each asked for once.

use std::collections::VecDeque;

use crate::net::FlowId;
use crate::net::kernel::{LocalProcess, NoProcess};

/// How many answers are kept; the oldest one goes when one more comes.
const MAX_KEPT: usize = 256;

/// What is known of the processes of peers.
#[derive(Clone, Debug, Default)]
pub struct Processes(VecDeque<(FlowId, Option<Result<LocalProcess, NoProcess>>)>);

impl Processes {
    /// Returns the process of a connection's peer, or why it is not known; `None` before the answer.
    pub fn get(&self, connection: FlowId) -> Option<&Result<LocalProcess, NoProcess>> {
        let (_, answer) = self.0.iter().find(|(it, _)| *it == connection)?;
        answer.as_ref()
    }

    /// Returns whether nobody has asked for it.
    pub fn wants(&self, connection: FlowId) -> bool {
        self.0.iter().all(|(it, _)| *it != connection)
    }

    /// Notes that it was asked for.
    pub fn asked(&mut self, connection: FlowId) {
        if self.0.len() >= MAX_KEPT {
            self.0.pop_front();
        }
        self.0.push_back((connection, None));
    }

    /// Folds an answer. One that nobody waits for any more is left out.
    pub fn fold(&mut self, connection: FlowId, process: Result<LocalProcess, NoProcess>) {
        if let Some((_, answer)) = self.0.iter_mut().find(|(it, _)| *it == connection) {
            *answer = Some(process);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_process_is_asked_for_once_and_few_are_kept() {
        let mut processes = Processes::default();
        let first = FlowId::client(1);
        assert!(processes.wants(first));
        processes.asked(first);
        assert!(!processes.wants(first) && processes.get(first).is_none());
        processes.fold(first, Err(NoProcess::NotHere));
        assert_eq!(processes.get(first), Some(&Err(NoProcess::NotHere)));
        for number in 0..MAX_KEPT as u64 {
            processes.asked(FlowId::server(number));
        }
        assert_eq!(processes.0.len(), MAX_KEPT);
        assert!(processes.wants(first));
        processes.fold(first, Err(NoProcess::System));
        assert!(processes.get(first).is_none());
    }
}
