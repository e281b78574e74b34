//! The two directions of a connection.

/// One of the two streams of a connection, as seen from its endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// What the peer sent.
    Received,
    /// What the endpoint sent.
    Sent,
}

impl Direction {
    /// Returns the other one.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Received => Self::Sent,
            Self::Sent => Self::Received,
        }
    }
}

/// One of something for each of the two streams of a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ByDirection<T> {
    /// The one of what the peer sends.
    pub received: T,
    /// The one of what the endpoint sends.
    pub sent: T,
}

impl<T> ByDirection<T> {
    /// Returns the same for both.
    pub fn both(one: T) -> Self
    where
        T: Clone,
    {
        Self {
            received: one.clone(),
            sent: one,
        }
    }

    /// Returns the one of a direction.
    pub fn of(&self, direction: Direction) -> &T {
        match direction {
            Direction::Received => &self.received,
            Direction::Sent => &self.sent,
        }
    }

    /// Returns the one of a direction, to be changed.
    pub fn of_mut(&mut self, direction: Direction) -> &mut T {
        match direction {
            Direction::Received => &mut self.received,
            Direction::Sent => &mut self.sent,
        }
    }

    /// Returns what both become.
    pub fn map<'a, U>(&'a self, mut each: impl FnMut(&'a T) -> U) -> ByDirection<U> {
        ByDirection {
            received: each(&self.received),
            sent: each(&self.sent),
        }
    }

    /// Returns both.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        [&self.received, &self.sent].into_iter()
    }
}
