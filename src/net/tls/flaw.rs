//! What can be wrong with a certificate on purpose.

/// One thing that is wrong with a certificate, on purpose and by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flaw {
    /// It ran out a week ago.
    Expired,
    /// It will be valid in a week.
    NotYetValid,
    /// It is for another name.
    WrongName,
    /// It was signed by itself.
    SelfSigned,
    /// It was signed by an authority that nobody knows.
    UnknownIssuer,
    /// It was signed by an authority between it and ours, whose certificate is not sent.
    MissingIntermediate,
    /// Its key is RSA of 1024 bits.
    WeakKey,
}

impl Flaw {
    /// All of them, in the order of their numbers on record.
    pub const ALL: [Self; 7] = [
        Self::Expired,
        Self::NotYetValid,
        Self::WrongName,
        Self::SelfSigned,
        Self::UnknownIssuer,
        Self::MissingIntermediate,
        Self::WeakKey,
    ];
}
