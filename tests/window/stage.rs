//! The stage of a story: a desktop with the program, and the means to drive it.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use bothends::workspace::{ConfigFolder, EndpointKind, ThemeChoice};

use super::accessibility::{Accessibility, Tree, Widget};
use super::child::Process;
use super::deadline::{Outcome, PATIENCE, wait_for};
use super::desktop::{Desktop, picture_path};

/// A threshold for the mean brightness of a screen mostly covered by the window: far below it is dark, far above it is
/// light.
const LIGHT: u64 = 80;

/// A desktop with the program on it.
pub(crate) struct Stage {
    program: Process,
    accessibility: Accessibility,
    desktop: Desktop,
}

impl Stage {
    /// Starts a desktop and the program, with separate settings.
    pub(crate) fn set() -> Outcome<Self> {
        let desktop = Desktop::start()?;
        let accessibility = Accessibility::connect(desktop.bus_address())?;
        prepare(&desktop)?;
        let program = launch(&desktop)?;
        Ok(Self {
            program,
            accessibility,
            desktop,
        })
    }

    /// Starts the program again after it has ended.
    pub(crate) fn launch_again(&mut self) -> Outcome {
        self.program = launch(&self.desktop)?;
        self.opens()
    }

    /// Waits until the program has its window on the screen.
    pub(crate) fn opens(&self) -> Outcome {
        self.window().map(drop)
    }

    /// The widgets that a screen reader sees now.
    pub(crate) fn tree(&self) -> Tree {
        self.accessibility.tree()
    }

    /// Waits until `look` finds something in the tree.
    pub(crate) fn see<T>(&self, what: &str, look: impl Fn(&Tree) -> Option<T>) -> Outcome<T> {
        wait_for(what, PATIENCE, || Ok(look(&self.tree())))
    }

    /// Waits for a text with this beginning, and returns it.
    pub(crate) fn read(&self, beginning: &str) -> Outcome<String> {
        self.see(&format!("“{beginning}…”"), |tree| {
            tree.beginning_with(beginning).next().map(str::to_owned)
        })
    }

    /// Waits for a control and clicks it.
    pub(crate) fn click(&self, name: &str) -> Outcome {
        self.accessibility.click(&self.control(name)?)
    }

    /// Waits for a control.
    pub(crate) fn control(&self, name: &str) -> Outcome<Widget> {
        self.see(&format!("the control “{name}”"), |tree| {
            tree.control(name)
        })
    }

    /// Gives a control the keyboard focus.
    pub(crate) fn focus(&self, name: &str) -> Outcome {
        self.accessibility.focus(&self.control(name)?)
    }

    /// Replaces the text of a field, with real key presses.
    pub(crate) fn type_into(&self, name: &str, text: &str) -> Outcome {
        self.focus(name)?;
        self.keys(&["ctrl+a"])?;
        self.desktop
            .xdotool(&["type", "--delay", "5", "--", text])?;
        self.see(&format!("“{text}” in “{name}”"), |tree| {
            tree.control(name).filter(|field| field.text == text)
        })
        .map(drop)
    }

    /// Waits for a control in a group (such as an endpoint's) and clicks it.
    pub(crate) fn click_in(&self, group: &str, name: &str) -> Outcome {
        let control = self.see(
            &format!("the control “{name}” of “{group}”"),
            |tree| tree.group(group).control(name),
        )?;
        self.accessibility.click(&control)
    }

    /// Presses the pointer's button on a widget, and releases it.
    pub(crate) fn press(&self, widget: &Widget) -> Outcome {
        let (x, y) = self.accessibility.middle(widget)?;
        let (x, y) = (x.to_string(), y.to_string());
        self.desktop.xdotool(&["mousemove", &x, &y])?;
        self.desktop.xdotool(&["click", "1"]).map(drop)
    }

    /// Whether a widget is selected.
    pub(crate) fn is_selected(&self, widget: &Widget) -> Outcome<bool> {
        self.accessibility.is_selected(widget)
    }

    /// Waits until the screen is light rather than dark.
    pub(crate) fn see_light(&self) -> Outcome {
        wait_for("a light window", PATIENCE, || {
            let picture = self.desktop.picture()?;
            let bytes = picture.as_raw();
            let sum: u64 = bytes.iter().copied().map(u64::from).sum();
            Ok((sum / bytes.len() as u64 > LIGHT).then_some(()))
        })
    }

    /// Presses real keys, by their names in X: `ctrl+Return`, `alt+F4`.
    pub(crate) fn keys(&self, keys: &[&str]) -> Outcome {
        // The window manager may not have given it the focus yet.
        let window = self.window()?;
        self.desktop
            .xdotool(&["windowactivate", "--sync", &window])?;
        self.desktop
            .xdotool(&[&["key", "--"], keys].concat())
            .map(drop)
    }

    /// Minimises the window and waits until it is off the screen.
    pub(crate) fn minimize(&self) -> Outcome {
        let window = self.window()?;
        self.desktop.xdotool(&["windowminimize", &window])?;
        wait_for("the window to go", PATIENCE, || {
            Ok(self.windows().is_empty().then_some(()))
        })
    }

    /// Gives the window another size.
    pub(crate) fn resize(&self, width: u32, height: u32) -> Outcome {
        let window = self.window()?;
        self.desktop.xdotool(&[
            "windowsize",
            &window,
            &width.to_string(),
            &height.to_string(),
        ])?;
        wait_for("the new size", PATIENCE, || {
            Ok((self.size()? == (width, height)).then_some(()))
        })
    }

    /// The size of the window's inside.
    pub(crate) fn size(&self) -> Outcome<(u32, u32)> {
        let window = self.window()?;
        let shell = self
            .desktop
            .xdotool(&["getwindowgeometry", "--shell", &window])?;
        let value = |key: &str| -> Outcome<u32> {
            let line = shell.lines().find_map(|line| line.strip_prefix(key));
            Ok(line.ok_or("no geometry")?.parse()?)
        };
        Ok((value("WIDTH=")?, value("HEIGHT=")?))
    }

    /// Waits until the program ends by itself, and returns its exit code.
    pub(crate) fn exit_code(&mut self, patience: Duration) -> Outcome<Option<i32>> {
        Ok(self.program.wait(patience)?.code())
    }

    /// Whether the program still runs.
    pub(crate) fn is_running(&mut self) -> Outcome<bool> {
        Ok(self.program.ended()?.is_none())
    }

    /// Waits for the program's window.
    fn window(&self) -> Outcome<String> {
        wait_for("the window", PATIENCE, || Ok(self.windows().pop()))
    }

    /// The program's windows on the screen.
    fn windows(&self) -> Vec<String> {
        let id = self.program.id().to_string();
        // `xdotool` fails if it finds nothing.
        let found = self
            .desktop
            .xdotool(&[
                "search",
                "--onlyvisible",
                "--all",
                "--pid",
                &id,
                "--name",
                ".",
            ])
            .unwrap_or_default();
        found.lines().map(str::to_owned).collect()
    }

    /// Returns a report on a failed story.
    pub(crate) fn report(&self, story: &str) -> String {
        let target = picture_path(story);
        let picture = match self.desktop.save_picture(&target) {
            Ok(()) => format!("picture: {}", target.display()),
            Err(error) => format!("no picture: {error}"),
        };
        let said = fs::read_to_string(log_path(&self.desktop)).unwrap_or_default();
        format!(
            "{picture}\nthe program said: {said}\nthe widgets:\n{}",
            self.tree()
        )
    }
}

/// Saves the default document, but dark and with any free port, since the usual one may be in use.
fn prepare(desktop: &Desktop) -> Outcome {
    let (mut folder, mut loaded) = ConfigFolder::open_in(&config_path(desktop));
    loaded.preferences.theme = ThemeChoice::Dark;
    for endpoint in &mut loaded.document.endpoints {
        if let EndpointKind::Server(server) = &mut endpoint.kind {
            "0".clone_into(&mut server.bind.port_text);
        }
    }
    if let Some(hash) = folder.document.save_document(&loaded.document)? {
        loaded.preferences.approve(hash);
    }
    Ok(folder.preferences.save_preferences(&loaded.preferences)?)
}

fn launch(desktop: &Desktop) -> Outcome<Process> {
    Process::start(
        desktop
            .command(env!("CARGO_BIN_EXE_bothends"))
            .env("BOTHENDS_CONFIG_DIR", config_path(desktop))
            .env("BOTHENDS_DATA_DIR", config_path(desktop))
            .stderr(fs::File::create(log_path(desktop))?),
    )
}

fn config_path(desktop: &Desktop) -> PathBuf {
    desktop.directory().join("config")
}

fn log_path(desktop: &Desktop) -> PathBuf {
    desktop.directory().join("program.log")
}
