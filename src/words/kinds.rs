//! How the words of enums are written down: a line for each variant.

/// Declares the sections of enums, with a phrase for each variant, and implements `InWords` by them.
///
/// A phrase takes what its variant holds, as `format!` does, or is an expression in braces, which may ask the language
/// for more. What a phrase does not need of a variant is left out (`..` where that is all).
///
/// ```text
/// kinds! {
///     /// Why an order was refused.
///     Refusals for Refusal as refusals |language| {
///         Closed = "The shop is closed";
///         Unknown(name: &str) = "There is no {name:?}";
///         TooMany { count: &u64 } = { format!("There are only {}", language.counts.entries(*count)) };
///         Broken(..) = "The order cannot be read";
///     }
/// }
/// ```
///
/// The section stands in `Language` under the name behind `as`. Behind the language, `, advice: a_function` gives what
/// is to be done next, as text or as an option of it: it takes the kind and the language.
macro_rules! kinds {
    ($($(#[$about:meta])* $section:ident for $kind:ty as $place:ident |$language:ident|$(, advice: $advice:path)? {$($phrases:tt)*})+) => {
        $($crate::words::kinds::kinds!(@section $(#[$about])* $section, $kind, $place, $language, [$($advice)?] {$($phrases)*});)+
    };
    (@section $(#[$about:meta])* $section:ident, $kind:ty, $place:ident, $language:ident, [$($advice:path)?] {
        $($variant:ident $(($($tuple:tt)*))? $({$($fields:tt)*})? = $text:tt;)*
    }) => {
        $(#[$about])*
        #[derive(Debug)]
        #[expect(non_snake_case, reason = "phrases are named as the variants")]
        pub(crate) struct $section {
            $(pub(super) $variant: $crate::words::kinds::kinds!(@type $text $(($($tuple)*))? $(($($fields)*))?),)*
        }

        impl $section {
            pub(super) const ENGLISH: Self = Self {
                $($variant: $crate::words::kinds::kinds!(@english $language $text $(($($tuple)*))? $(($($fields)*))?),)*
            };
            pub(super) const BRACKETED: Self = Self {
                $($variant: $crate::words::kinds::kinds!(@bracketed $language $text $(($($tuple)*))? $(($($fields)*))?),)*
            };
        }

        impl $crate::words::InWords for $kind {
            fn in_words(&self, language: &$crate::words::Language) -> String {
                match self {
                    $($crate::words::kinds::kinds!(@pattern $variant $(($($tuple)*))? $({$($fields)*})?) => {
                        $crate::words::kinds::kinds!(@say language, language.$place.$variant, $text $(($($tuple)*))? $(($($fields)*))?)
                    })*
                }
            }
            $(
                fn advice(&self, language: &$crate::words::Language) -> Option<String> {
                    $advice(self, language).into()
                }
            )?
        }
    };
    (@type $text:literal $((..))?) => { &'static str };
    (@type $text:block $((..))?) => { fn(&$crate::words::Language) -> String };
    (@type $text:tt ($($argument:ident: $type:ty),+)) => { fn(&$crate::words::Language, $($type),+) -> String };
    (@english $language:ident $text:literal $((..))?) => { $text };
    (@english $language:ident $text:block $((..))?) => {
        |$language: &$crate::words::Language| $crate::words::kinds::kinds!(@text $language $text)
    };
    (@english $language:ident $text:tt ($($argument:ident: $type:ty),+)) => {
        |$language: &$crate::words::Language, $($argument: $type),+| $crate::words::kinds::kinds!(@text $language $text)
    };
    (@bracketed $language:ident $text:literal $((..))?) => { concat!("[", $text, "]") };
    (@bracketed $language:ident $text:block $((..))?) => {
        |$language: &$crate::words::Language| format!("[{}]", $crate::words::kinds::kinds!(@text $language $text))
    };
    (@bracketed $language:ident $text:tt ($($argument:ident: $type:ty),+)) => {
        |$language: &$crate::words::Language, $($argument: $type),+| {
            format!("[{}]", $crate::words::kinds::kinds!(@text $language $text))
        }
    };
    (@text $language:ident $text:literal) => {{ let _: &$crate::words::Language = $language; format!($text) }};
    (@text $language:ident $text:block) => {{ let _: &$crate::words::Language = $language; $text }};
    (@pattern $variant:ident) => { Self::$variant };
    (@pattern $variant:ident (..)) => { Self::$variant(..) };
    (@pattern $variant:ident ($($argument:ident: $type:ty),+)) => { Self::$variant($($argument),+) };
    (@pattern $variant:ident {..}) => { Self::$variant { .. } };
    (@pattern $variant:ident {$($argument:ident: $type:ty),+}) => { Self::$variant { $($argument,)+ .. } };
    (@say $language:ident, $phrase:expr, $text:literal $((..))?) => { $phrase.to_owned() };
    (@say $language:ident, $phrase:expr, $text:block $((..))?) => { ($phrase)($language) };
    (@say $language:ident, $phrase:expr, $text:tt ($($argument:ident: $type:ty),+)) => { ($phrase)($language, $($argument),+) };
}

pub(super) use kinds;
