//! Why the window cannot open. A terminal shows it, in English like everything that a command prints.

/// Why the window cannot open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoWindow {
    /// A system library is missing, with what the system says about it.
    Library(String),
    /// There is no display.
    Display,
    /// There is no OpenGL driver.
    Driver,
    /// Something else, in the words of whoever met with it.
    Other(String),
}

impl NoWindow {
    /// Says why, in one line, and what to do about it.
    pub(crate) fn in_english(&self) -> String {
        match self {
            Self::Library(detail) => {
                let named = if detail.is_empty() {
                    String::new()
                } else {
                    format!(" ({detail})")
                };
                let packages = packages(
                    "libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libgl1 libegl1 libgl1-mesa-dri",
                    "libX11 libX11-xcb libXcursor libXi libxkbcommon-x11 libglvnd-glx libglvnd-egl mesa-dri-drivers",
                );
                format!(
                    "a system library that the window needs is missing{named}: install {packages}"
                )
            }
            Self::Display => "there is no display to open a window on: start it from a desktop session, set DISPLAY or \
                              WAYLAND_DISPLAY, or use it without a window (bothends --help)"
                .to_owned(),
            Self::Driver => format!(
                "there is no OpenGL driver to draw the window with: install {}",
                packages(
                    "libgl1 libegl1 libgl1-mesa-dri",
                    "libglvnd-glx libglvnd-egl mesa-dri-drivers"
                )
            ),
            Self::Other(what) => format!("the window cannot start: {what}"),
        }
    }
}

fn packages(debian: &str, fedora: &str) -> String {
    format!("{debian} (Debian, Ubuntu) or {fedora} (Fedora)")
}
