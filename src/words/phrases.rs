//! How what the program says is written down: a section of phrases, each with its English.

/// Declares a section of a language: a struct with one field for each phrase, and its English value.
///
/// A phrase without arguments is a `&'static str` field. One with arguments is a function of them and has a method of
/// the same name; its text takes them as `format!` does, or is an expression in braces where a language needs to count.
///
/// ```text
/// phrases! {
///     /// The composer.
///     Composer {
///         send = "Send";
///         sent_to(peer: &str) = "Sent to {peer}";
///         waiting(count: u64) = { plural(count, "one waits", "{} wait") };
///     }
/// }
/// ```
///
/// Another language is another value of the struct ([`translated`](super::translated)): the compiler says which phrases it
/// lacks.
/// `BRACKETED` is the English with each phrase in brackets; with it, a test finds text that does not come from here.
macro_rules! phrases {
    ($(#[$about:meta])* $section:ident {
        $($name:ident $(($($argument:ident: $type:ty),+))? = $text:tt;)*
    }) => {
        $(#[$about])*
        #[derive(Debug)]
        pub(crate) struct $section {
            $(pub(crate) $name: $crate::words::phrases::phrases!(@type $(($($type),+))?),)*
        }

        impl $section {
            pub(super) const ENGLISH: Self = Self {
                $($name: $crate::words::phrases::phrases!(@english $text $(($($argument: $type),+))?),)*
            };
            pub(super) const BRACKETED: Self = Self {
                $($name: $crate::words::phrases::phrases!(@bracketed $text $(($($argument: $type),+))?),)*
            };

            $($(
                pub(crate) fn $name(&self, $($argument: $type),+) -> String {
                    (self.$name)($($argument),+)
                }
            )?)*
        }
    };
    (@type) => { &'static str };
    (@type ($($type:ty),+)) => { fn($($type),+) -> String };
    (@english $text:literal) => { $text };
    (@english $text:literal ($($argument:ident: $type:ty),+)) => {
        |$($argument: $type),+| format!($text)
    };
    (@english $text:block ($($argument:ident: $type:ty),+)) => { |$($argument: $type),+| $text };
    (@bracketed $text:literal) => { concat!("[", $text, "]") };
    (@bracketed $text:literal ($($argument:ident: $type:ty),+)) => {
        |$($argument: $type),+| format!("[{}]", format!($text))
    };
    (@bracketed $text:block ($($argument:ident: $type:ty),+)) => {
        |$($argument: $type),+| format!("[{}]", $text)
    };
}

pub(super) use phrases;
