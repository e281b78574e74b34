//! A followed connection as the window has it.

use super::asked::RowsAtHand;
use crate::capture::ConversationQuery;
use crate::net::{ConnectionId, EndpointId};

/// The connection that is followed.
#[derive(Debug)]
pub struct ConversationModel {
    /// Whose connection.
    pub endpoint: EndpointId,
    /// The connection.
    pub connection: ConnectionId,
    /// The entry to go to first; none begins at the newest row.
    pub from: Option<u64>,
    /// Its rows.
    pub lines: RowsAtHand<ConversationQuery>,
}
