//! The networks that an endpoint's sockets can live in.

/// A network of this machine. Sockets of different ones cannot reach each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Network {
    /// The system's, as any program uses it.
    #[default]
    System,
    /// The session's lab: a private network with nothing but its loopback interface, whose packets are recorded.
    Lab,
}

impl Network {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::System, Self::Lab];

    /// Returns the other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::System => Self::Lab,
            Self::Lab => Self::System,
        }
    }
}
