//! A desktop on a virtual screen: its own X server, window manager and accessibility bus, all ended with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use image::RgbImage;
use tempfile::TempDir;

use super::child::{Process, run};
use super::deadline::{Outcome, PATIENCE, wait_for};

/// The size of the screen, and its colour depth.
const SCREEN: &str = "1280x800x24";

/// The programs of a desktop, and their Debian packages.
const PARTS: [(&str, &str); 5] = [
    ("Xvfb", "xvfb"),
    ("openbox", "openbox"),
    ("xdotool", "xdotool"),
    ("dbus-daemon", "dbus"),
    ("python3", "python3"),
];

/// A running desktop.
pub(crate) struct Desktop {
    // Dropped in this order: users before what they use.
    _window_manager: Process,
    _bus: Process,
    _screen: Process,
    display: String,
    bus_address: String,
    directory: TempDir,
}

impl Desktop {
    /// Why this machine cannot have a desktop, if it cannot.
    pub(crate) fn missing() -> Option<String> {
        let mut missing: Vec<&str> = PARTS
            .iter()
            .filter(|(program, _)| !is_on_path(program))
            .map(|(_, package)| *package)
            .collect();
        if !Path::new("/usr/share/dbus-1/services/org.a11y.Bus.service").exists() {
            missing.push("at-spi2-core");
        }
        (!missing.is_empty()).then(|| format!("not installed: {}", missing.join(", ")))
    }

    /// Starts a desktop.
    pub(crate) fn start() -> Outcome<Self> {
        let directory = tempfile::Builder::new().prefix("bothends-").tempdir()?;
        let log = |name: &str| fs::File::create(directory.path().join(name));
        let (screen, number) = Process::start_and_read_line(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", SCREEN])
                .args(["-nolisten", "tcp", "-fbdir"])
                .arg(directory.path())
                .stderr(log("screen.log")?),
        )?;
        let display = format!(":{number}");
        let (bus, bus_address) = Process::start_and_read_line(
            isolate(&mut Command::new("dbus-daemon"), directory.path(), &display)
                .args(["--session", "--nofork", "--print-address=1"])
                .stderr(log("bus.log")?),
        )?;
        let ready = directory.path().join("ready");
        let window_manager = Process::start(
            isolate(&mut Command::new("openbox"), directory.path(), &display)
                .arg("--startup")
                .arg(format!("touch {}", ready.display()))
                .stdout(log("window-manager.log")?)
                .stderr(log("window-manager.log")?),
        )?;
        wait_for("the window manager", PATIENCE, || {
            Ok(ready.exists().then_some(()))
        })?;
        Ok(Self {
            _window_manager: window_manager,
            _bus: bus,
            _screen: screen,
            display,
            bus_address,
            directory,
        })
    }

    /// The address of its session bus.
    pub(crate) fn bus_address(&self) -> &str {
        &self.bus_address
    }

    /// A directory that is deleted with it.
    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// A command that runs on this desktop only.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        isolate(&mut command, self.directory.path(), &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus_address);
        command
    }

    /// Drives the keyboard, the pointer and the windows: `xdotool(1)`.
    pub(crate) fn xdotool(&self, arguments: &[&str]) -> Outcome<String> {
        run(self.command("xdotool").args(arguments), PATIENCE)
    }

    /// Takes a picture of the screen.
    pub(crate) fn picture(&self) -> Outcome<RgbImage> {
        let dump = fs::read(self.directory.path().join("Xvfb_screen0"))?;
        super::picture::decode(&dump)
    }

    /// Saves a picture of the screen to a file.
    pub(crate) fn save_picture(&self, target: &Path) -> Outcome {
        Ok(self.picture()?.save(target)?)
    }
}

/// Isolates a command from the desktop and the settings of the user who runs the tests.
fn isolate<'a>(command: &'a mut Command, directory: &Path, display: &str) -> &'a mut Command {
    command
        .env("DISPLAY", display)
        .env("XDG_RUNTIME_DIR", directory)
        .env("XDG_CONFIG_HOME", directory)
        .env("XDG_CACHE_HOME", directory)
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .env_remove("AT_SPI_BUS_ADDRESS")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
}

fn is_on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|directory| directory.join(program).is_file())
}

/// Where the picture of a failed story is saved.
pub(crate) fn picture_path(story: &str) -> PathBuf {
    std::env::temp_dir().join(format!("bothends-window-{story}.png"))
}
