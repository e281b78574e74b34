//! Acts as a screen reader: the tree of widgets on the accessibility bus (AT-SPI), over D-Bus.

use std::fmt;

use zbus::block_on;
use zbus::connection::Builder;
use zbus::names::OwnedBusName;
use zbus::zvariant::{DynamicType, OwnedObjectPath, OwnedValue, Type, Value};
use zbus::{Connection, Message};

use super::deadline::{Outcome, PATIENCE};

const REGISTRY: &str = "org.a11y.atspi.Registry";
const ROOT: &str = "/org/a11y/atspi/accessible/root";

/// Deeper than any window; a cyclic tree ends here.
const MAX_DEPTH: usize = 64;

/// The number of the state `selected` (atspi-constants.h).
const SELECTED: u32 = 23;
/// Coordinates of the screen.
const SCREEN: u32 = 0;

/// The roles of widgets, by their numbers in AT-SPI (atspi-constants.h).
const ROLES: [(u32, &str); 25] = [
    (2, "alert"),
    (7, "check box"),
    (11, "combo box"),
    (16, "dialog"),
    (23, "frame"),
    (27, "image"),
    (29, "label"),
    (31, "list"),
    (32, "list item"),
    (33, "menu"),
    (35, "menu item"),
    (37, "page tab"),
    (39, "panel"),
    (43, "button"),
    (44, "radio button"),
    (48, "scroll bar"),
    (50, "separator"),
    (55, "table"),
    (61, "text"),
    (62, "toggle button"),
    (75, "application"),
    (79, "entry"),
    (85, "section"),
    (88, "link"),
    (101, "notification"),
];

/// A connection to the accessibility bus.
pub(crate) struct Accessibility {
    bus: Connection,
}

/// A widget when the tree was read.
#[derive(Clone, Debug)]
pub(crate) struct Widget {
    /// Its depth in the tree.
    pub(crate) depth: usize,
    /// `button`, `entry`, `label` …
    pub(crate) role: &'static str,
    /// Its accessible name.
    pub(crate) name: String,
    /// Its text, if it has text other than its name.
    pub(crate) text: String,
    owner: OwnedBusName,
    path: OwnedObjectPath,
}

/// All widgets, in reading order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree(pub(crate) Vec<Widget>);

impl Accessibility {
    /// Switches accessibility on for the session, as a screen reader does, and connects to its bus.
    pub(crate) fn connect(session_address: &str) -> Outcome<Self> {
        let session = open(session_address)?;
        let property = ("org.a11y.Status", "IsEnabled", Value::from(true));
        let properties = "org.freedesktop.DBus.Properties";
        // The session bus starts the accessibility bus on the first message.
        call(
            &session,
            "org.a11y.Bus",
            "/org/a11y/bus",
            properties,
            "Set",
            &property,
        )?;
        let answer = call(
            &session,
            "org.a11y.Bus",
            "/org/a11y/bus",
            "org.a11y.Bus",
            "GetAddress",
            &(),
        )?;
        let address: String = answer.body().deserialize()?;
        Ok(Self {
            bus: open(&address)?,
        })
    }

    /// Reads all widgets of all programs. A widget that disappears meanwhile is left out.
    pub(crate) fn tree(&self) -> Tree {
        let mut tree = Tree::default();
        let registry = OwnedBusName::try_from(REGISTRY).ok();
        let root = OwnedObjectPath::try_from(ROOT).ok();
        if let (Some(owner), Some(path)) = (registry, root) {
            self.read_below(&owner, &path, 0, &mut tree);
        }
        tree
    }

    /// Does what a click on the widget does.
    pub(crate) fn click(&self, widget: &Widget) -> Outcome {
        let done: bool = self.ask(widget, "Action", "DoAction", &0_i32)?;
        done.then_some(())
            .ok_or_else(|| format!("{widget} cannot be clicked").into())
    }

    /// Whether the widget is selected.
    pub(crate) fn is_selected(&self, widget: &Widget) -> Outcome<bool> {
        let states: Vec<u32> = self.ask(widget, "Accessible", "GetState", &())?;
        Ok(states
            .first()
            .is_some_and(|states| states & (1 << SELECTED) != 0))
    }

    /// The middle of the widget on the screen.
    pub(crate) fn middle(&self, widget: &Widget) -> Outcome<(i32, i32)> {
        let extents: (i32, i32, i32, i32) = self.ask(widget, "Component", "GetExtents", &SCREEN)?;
        let (x, y, width, height) = extents;
        Ok((x + width / 2, y + height / 2))
    }

    /// Gives the widget the keyboard focus.
    pub(crate) fn focus(&self, widget: &Widget) -> Outcome {
        let done: bool = self.ask(widget, "Component", "GrabFocus", &())?;
        done.then_some(())
            .ok_or_else(|| format!("{widget} takes no focus").into())
    }

    fn read_below(
        &self,
        owner: &OwnedBusName,
        path: &OwnedObjectPath,
        depth: usize,
        tree: &mut Tree,
    ) {
        let children = call(
            &self.bus,
            owner,
            path,
            "org.a11y.atspi.Accessible",
            "GetChildren",
            &(),
        );
        let children: Vec<(OwnedBusName, OwnedObjectPath)> = children
            .and_then(|answer| Ok(answer.body().deserialize()?))
            .unwrap_or_default();
        if depth > MAX_DEPTH {
            return;
        }
        for (owner, path) in children {
            if let Ok(widget) = self.read(owner.clone(), path.clone(), depth) {
                tree.0.push(widget);
                self.read_below(&owner, &path, depth + 1, tree);
            }
        }
    }

    fn read(&self, owner: OwnedBusName, path: OwnedObjectPath, depth: usize) -> Outcome<Widget> {
        let mut widget = Widget {
            depth,
            role: "",
            name: String::new(),
            text: String::new(),
            owner,
            path,
        };
        widget.role = role_name(self.ask(&widget, "Accessible", "GetRole", &())?);
        let property = ("org.a11y.atspi.Accessible", "Name");
        let name = call(
            &self.bus,
            &widget.owner,
            &widget.path,
            "org.freedesktop.DBus.Properties",
            "Get",
            &property,
        )?;
        widget.name = name.body().deserialize::<OwnedValue>()?.try_into()?;
        if widget.role != "label" {
            // Most widgets have no text, and return an error.
            widget.text = self
                .ask(&widget, "Text", "GetText", &(0_i32, -1_i32))
                .unwrap_or_default();
        }
        Ok(widget)
    }

    /// Calls `method` of the widget and returns the answer.
    fn ask<A, B>(&self, widget: &Widget, interface: &str, method: &str, arguments: &B) -> Outcome<A>
    where
        A: for<'m> serde::Deserialize<'m> + Type,
        B: serde::Serialize + DynamicType,
    {
        let interface = format!("org.a11y.atspi.{interface}");
        let answer = call(
            &self.bus,
            &widget.owner,
            &widget.path,
            &interface,
            method,
            arguments,
        )?;
        Ok(answer.body().deserialize()?)
    }
}

impl Tree {
    /// The descendants of the first widget with that name that has any.
    pub(crate) fn group(&self, name: &str) -> Tree {
        let group = |start: usize, depth: usize| -> Vec<Widget> {
            let rest = self.0.iter().skip(start + 1);
            rest.take_while(|widget| widget.depth > depth)
                .cloned()
                .collect()
        };
        let named = self
            .0
            .iter()
            .enumerate()
            .filter(|(_, widget)| widget.name == name);
        let groups = named.map(|(start, widget)| group(start, widget.depth));
        Tree(
            groups
                .into_iter()
                .find(|widgets| !widgets.is_empty())
                .unwrap_or_default(),
        )
    }

    /// The first widget with that name that is not a label.
    pub(crate) fn control(&self, name: &str) -> Option<Widget> {
        let mut controls = self.0.iter().filter(|widget| widget.role != "label");
        controls.find(|widget| widget.name == name).cloned()
    }

    /// The names (or else texts) of widgets that begin with `beginning`, in reading order.
    pub(crate) fn beginning_with<'a>(
        &'a self,
        beginning: &'a str,
    ) -> impl Iterator<Item = &'a str> {
        let words = self
            .0
            .iter()
            .map(|widget| [widget.name.as_str(), widget.text.as_str()]);
        words.filter_map(move |words| words.into_iter().find(|words| words.starts_with(beginning)))
    }
}

impl fmt::Display for Widget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.role, self.name)?;
        if !self.text.is_empty() && self.text != self.name {
            write!(f, " = {:?}", self.text)?;
        }
        Ok(())
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for widget in &self.0 {
            writeln!(f, "{:1$}{widget}", "", widget.depth * 2)?;
        }
        Ok(())
    }
}

fn role_name(number: u32) -> &'static str {
    let known = ROLES.iter().find(|(role, _)| *role == number);
    known.map_or("widget", |(_, name)| name)
}

fn open(address: &str) -> Outcome<Connection> {
    let builder = Builder::address(address)?.method_timeout(PATIENCE);
    Ok(block_on(builder.build())?)
}

fn call<B>(
    bus: &Connection,
    owner: &str,
    path: &str,
    interface: &str,
    method: &str,
    arguments: &B,
) -> Outcome<Message>
where
    B: serde::Serialize + DynamicType,
{
    let answer = bus.call_method(Some(owner), path, Some(interface), method, arguments);
    Ok(block_on(answer)?)
}
