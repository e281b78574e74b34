//! The state of a followed connection.

use super::asked::LoadedRows;
use crate::capture::ConversationQuery;
use crate::net::{EndpointId, FlowId};

/// The connection that is followed.
#[derive(Debug)]
pub struct ConversationModel {
    /// Its endpoint.
    pub endpoint: EndpointId,
    /// Its number.
    pub connection: FlowId,
    /// The entry to show first; `None` for the newest row.
    pub from: Option<u64>,
    /// Its rows.
    pub lines: LoadedRows<ConversationQuery>,
}
