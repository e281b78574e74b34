//! Opens the window, or says in one plain line why it cannot open.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::ViewportBuilder;

use super::{App, file_dialog, language};
use crate::capture::Library;
use crate::session::OpenFiles;
use crate::words::{ENGLISH, InWords as _, NoWindow};
use crate::workspace::{ConfigFolder, Loaded, Preferences};

/// The application's id: the Wayland `app_id` and the X11 class.
const APP_ID: &str = "io.github.bothends.Bothends";
/// The window's icon on systems without a .desktop file for it.
const ICON: &[u8] = include_bytes!("../../assets/icon.png");
/// The size of the first window, in points.
const FIRST_SIZE: [f32; 2] = [1280.0, 800.0];
/// The minimum size of the window, in points.
const MIN_SIZE: [f32; 2] = [640.0, 420.0];

/// Whether the window has been shown; a panic before that means that a system library is missing.
#[derive(Clone, Debug, Default)]
pub(super) struct WindowShown(Arc<AtomicBool>);

impl WindowShown {
    /// Notes that the window has been shown.
    pub(super) fn note(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_noted(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Opens the window, and returns after it has been closed.
pub fn run(files: OpenFiles) -> ExitCode {
    let (mut folder, mut loaded) = ConfigFolder::open_default();
    if let Some(path) = &files.document
        && let Err(error) = loaded.open(path, &mut folder)
    {
        return fail(&error.in_words(&ENGLISH));
    }
    let library = Library::open_default();
    let shown = WindowShown::default();
    quiet_panics_until(shown.clone());
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let paths = files.captures.into_iter().chain(files.messages);
        open(folder, loaded, library, paths.collect(), shown.clone())
    }));
    match outcome {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => fail(&reason(&error).in_english()),
        Err(panic) if shown.is_noted() => std::panic::resume_unwind(panic),
        Err(panic) => fail(&missing_library(&panic_text(panic.as_ref())).in_english()),
    }
}

fn open(
    folder: ConfigFolder,
    mut loaded: Loaded,
    library: Option<Library>,
    paths: Vec<PathBuf>,
    shown: WindowShown,
) -> eframe::Result {
    let options = eframe::NativeOptions {
        viewport: viewport(&loaded.preferences),
        // The app has its own, of the language that it is shown in.
        system_font_fallback: false,
        ..Default::default()
    };
    eframe::run_native(
        "Bothends",
        options,
        Box::new(move |creation| {
            let ctx = &creation.egui_ctx;
            let spoken = language::chosen(loaded.preferences.language);
            loaded.begin_in(spoken.id());
            let mut app = App::new(ctx, spoken.words, folder, loaded, library.as_ref())?;
            app.speak(ctx, spoken);
            app.shown = shown;
            if let Some(dialogs) = file_dialog::desktop(creation) {
                app.serve_file_dialogs(dialogs);
            }
            for path in paths {
                app.open(path);
            }
            Ok(Box::new(app))
        }),
    )
}

fn viewport(preferences: &Preferences) -> ViewportBuilder {
    let mut viewport = ViewportBuilder::default()
        .with_title("Bothends")
        .with_app_id(APP_ID)
        .with_inner_size(FIRST_SIZE)
        .with_min_inner_size(MIN_SIZE)
        .with_icon(icon());
    if let Some(window) = preferences.window {
        viewport = viewport
            .with_inner_size([
                window.width.max(MIN_SIZE[0]),
                window.height.max(MIN_SIZE[1]),
            ])
            .with_maximized(window.maximized);
        if let (Some(x), Some(y)) = (window.x, window.y) {
            viewport = viewport.with_position([x, y]);
        }
    }
    viewport
}

/// Returns the window's icon; an empty one means the system's default.
fn icon() -> Arc<egui::IconData> {
    let decoded = image::load_from_memory_with_format(ICON, image::ImageFormat::Png);
    Arc::new(decoded.map_or_else(
        |_damaged| egui::IconData::default(),
        |image| {
            let image = image.into_rgba8();
            egui::IconData {
                width: image.width(),
                height: image.height(),
                rgba: image.into_raw(),
            }
        },
    ))
}

/// Suppresses panic reports until the window is shown: [`run`] prints one plain line instead.
fn quiet_panics_until(shown: WindowShown) {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let in_main = std::thread::current().name() == Some("main");
        if shown.is_noted() || !in_main {
            report(panic);
        }
    }));
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}

/// Returns why the window cannot open.
fn reason(error: &eframe::Error) -> NoWindow {
    match error {
        eframe::Error::WinitEventLoop(_) | eframe::Error::Winit(_) => {
            let text = error.to_string();
            if is_library(&text) {
                missing_library(&text)
            } else {
                NoWindow::Display
            }
        }
        eframe::Error::NoGlutinConfigs(..)
        | eframe::Error::Glutin(_)
        | eframe::Error::OpenGL(_) => NoWindow::Driver,
        eframe::Error::AppCreation(source) => NoWindow::Other(source.to_string()),
    }
}

/// Returns whether an error of winit's is that a library is missing. Its text alone says so: the error of the platform
/// in it has a private type, and is no source of it.
fn is_library(text: &str) -> bool {
    text.contains("library") || text.contains("libraries") || text.contains(".so")
}

fn missing_library(detail: &str) -> NoWindow {
    // winit's message starts with a source location; the reason comes last.
    let detail = detail.lines().next().unwrap_or_default();
    let detail = detail
        .rsplit(": ")
        .next()
        .unwrap_or(detail)
        .trim_end_matches('.');
    NoWindow::Library(detail.to_owned())
}

#[expect(
    clippy::print_stderr,
    reason = "without a window, stderr is where the reason can be read"
)]
fn fail(reason: &str) -> ExitCode {
    eprintln!("bothends: {reason}");
    ExitCode::FAILURE
}
