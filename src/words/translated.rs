//! How another language than English is written down: the sections that English has, phrase by phrase.

/// Gives sections their phrases in another language. The compiler says which phrases and sections it lacks.
///
/// A phrase has the name and the arguments of the English one, without their types; its text takes them as `format!`
/// does, or is an expression in braces. A section that says kinds (`kinds!`) has the language behind its name, as there.
///
/// ```text
/// translated! { GERMAN:
///     Composer {
///         send = "Senden";
///         sent_to(peer) = "An {peer} gesendet";
///         waiting(count) = { noun(count, "wartet", "warten") };
///     }
///     Refusals |language| {
///         Closed = "Der Laden ist geschlossen";
///         Unknown(name) = "{name:?} gibt es nicht";
///         TooMany(count) = { format!("Es gibt nur {}", language.counts.entries(*count)) };
///     }
/// }
/// ```
macro_rules! translated {
    ($name:ident: $($section:ident $(|$language:ident|)? {$($phrases:tt)*})+) => {
        $($crate::words::translated::translated!(@section $name $section ($($language)?) {$($phrases)*});)+
    };
    (@section $name:ident $section:ident () {$($phrase:ident $(($($argument:ident),+))? = $text:tt;)*}) => {
        impl $section {
            pub(in crate::words) const $name: Self = Self {
                $($phrase: $crate::words::translated::translated!(@phrase $text $(($($argument),+))?),)*
            };
        }
    };
    (@section $name:ident $section:ident ($language:ident) {$($phrase:ident $(($($argument:ident),+))? = $text:tt;)*}) => {
        impl $section {
            pub(in crate::words) const $name: Self = Self {
                $($phrase: $crate::words::translated::translated!(@kind $language $text $(($($argument),+))?),)*
            };
        }
    };
    (@phrase $text:literal) => { $text };
    (@phrase $text:literal ($($argument:ident),+)) => { |$($argument),+| format!($text) };
    (@phrase $text:block ($($argument:ident),+)) => { |$($argument),+| $text };
    (@kind $language:ident $text:literal) => { $text };
    (@kind $language:ident $text:literal ($($argument:ident),+)) => { |_, $($argument),+| format!($text) };
    (@kind $language:ident $text:block $(($($argument:ident),+))?) => {
        |$language, $($($argument),+)?| { let _: &$crate::words::Language = $language; $text }
    };
}

pub(super) use translated;
