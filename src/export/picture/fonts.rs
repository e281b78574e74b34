//! The fonts of the window and of pictures.

/// Inter Regular, for words.
pub(crate) static REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.otf");
/// Inter in semibold, for words that are read first.
pub(crate) static STRONG: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.otf");
/// A face of JetBrains Mono without ligatures, for addresses, times and bytes.
pub(crate) static DATA: &[u8] = include_bytes!("../../../assets/fonts/BothendsMono-Regular.ttf");
