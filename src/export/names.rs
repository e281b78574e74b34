//! The names of an export's endpoints.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::capture::SESSION;
use crate::net::EndpointId;
use crate::payload::VisibleText;

/// The endpoints' names, safe to show: control and invisible characters are escaped.
#[derive(Clone, Debug, Default)]
pub(super) struct ExportNames(HashMap<EndpointId, String>);

impl ExportNames {
    pub(super) fn new(names: &HashMap<EndpointId, String>) -> Self {
        let visible = |(&id, name): (&EndpointId, &String)| (id, VisibleText::plain(name).text);
        Self(names.iter().map(visible).collect())
    }

    /// Returns the name of an endpoint; `None` for the session's own entries.
    pub(super) fn get(&self, endpoint: EndpointId) -> Option<Cow<'_, str>> {
        if endpoint == SESSION {
            return None;
        }
        let name = self.0.get(&endpoint).map(|name| name.as_str().into());
        Some(name.unwrap_or_else(|| unnamed(endpoint).into()))
    }
}

/// Returns what an endpoint is called whose name is not known.
pub(super) fn unnamed(endpoint: EndpointId) -> String {
    format!("endpoint {}", endpoint.0)
}
