//! The dialogs of Linux desktops: the file chooser of the XDG desktop portal, over D-Bus.
//!
//! See <https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.FileChooser.html>. A call returns
//! the handle of a request at once; its response comes as a signal when the user has answered.

use std::collections::HashMap;
use std::ffi::OsString;
use std::future::poll_fn;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use winit::raw_window_handle::{HasWindowHandle as _, RawWindowHandle};
use zbus::connection::Builder;
use zbus::export::futures_core::Stream as _;
use zbus::message::Type;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};
use zbus::{Connection, MatchRule, Message, MessageStream, block_on};

use super::{Ask, DialogAnswer, Service};

const PORTAL: &str = "org.freedesktop.portal.Desktop";
const PORTAL_PATH: &str = "/org/freedesktop/portal/desktop";
const FILE_CHOOSER: &str = "org.freedesktop.portal.FileChooser";
const REQUEST: &str = "org.freedesktop.portal.Request";
/// How long the portal may take to start and to take a request.
const CALL_LIMIT: Duration = Duration::from_secs(10);
/// A pattern of a kind of files, not a media type.
const GLOB: u32 = 0;
/// The responses: the user chose, or chose not to. Any other one means that there was no dialog.
const CHOSEN: u32 = 0;
const CANCELLED: u32 = 1;

/// Returns what asks the portal.
pub(super) fn service(creation: &eframe::CreationContext<'_>) -> Box<Service> {
    let parent = parent(creation);
    Box::new(move |ask| {
        let (ask, parent) = (ask.clone(), parent.clone());
        Box::new(move || {
            let bus = Builder::session().map(|bus| bus.method_timeout(CALL_LIMIT));
            let asked = block_on(async { choose(&bus?.build().await?, &ask, &parent).await });
            // Without a session bus, a portal or its file chooser.
            asked.unwrap_or(DialogAnswer::Unavailable)
        })
    })
}

/// Returns the window's name for the portal; none under Wayland, where it takes another protocol to get one.
fn parent(creation: &eframe::CreationContext<'_>) -> String {
    let handle = creation.window_handle().map(|handle| handle.as_raw());
    match handle {
        Ok(RawWindowHandle::Xlib(window)) => format!("x11:{:x}", window.window),
        Ok(RawWindowHandle::Xcb(window)) => format!("x11:{:x}", window.window),
        _ => String::new(),
    }
}

/// Shows a dialog, and waits for the user.
async fn choose(bus: &Connection, ask: &Ask, parent: &str) -> zbus::Result<DialogAnswer> {
    // Before the call: the response may come before its reply.
    let rule = MatchRule::builder().msg_type(Type::Signal);
    let rule = rule.interface(REQUEST)?.member("Response")?.build();
    let mut responses = MessageStream::for_match_rule(rule, bus, None).await?;
    let rule = MatchRule::builder().msg_type(Type::Signal);
    let rule = rule.sender("org.freedesktop.DBus")?;
    let rule = rule.member("NameOwnerChanged")?.arg(0, PORTAL)?;
    // One that is started by the call has no owner before it: only its end counts.
    let rule = rule.arg(2, "")?.build();
    let mut owners = MessageStream::for_match_rule(rule, bus, None).await?;
    let method = if ask.is_for_saving() {
        "SaveFile"
    } else {
        "OpenFile"
    };
    let (portal, chooser) = (Some(PORTAL), Some(FILE_CHOOSER));
    let body = (parent, ask.title, options(ask));
    let reply = bus.call_method(portal, PORTAL_PATH, chooser, method, &body);
    let request: OwnedObjectPath = reply.await?.body().deserialize()?;
    loop {
        let next = poll_fn(|cx| {
            if let Poll::Ready(response) = Pin::new(&mut responses).poll_next(cx) {
                return Poll::Ready(response);
            }
            // A portal that has ended never answers.
            Pin::new(&mut owners).poll_next(cx).map(|_ended| None)
        });
        let Some(response) = next.await else {
            return Ok(DialogAnswer::Unavailable);
        };
        let response = response?;
        if response.header().path() == Some(&request.as_ref()) {
            return answer(&response);
        }
    }
}

/// Returns what a response says.
fn answer(response: &Message) -> zbus::Result<DialogAnswer> {
    let body = response.body();
    let (code, results): (u32, HashMap<String, OwnedValue>) = body.deserialize()?;
    Ok(match code {
        CHOSEN => {
            let uris = results.get("uris").map(OwnedValue::try_clone);
            let uris = uris.transpose()?.map(<Vec<String>>::try_from).transpose()?;
            let first = uris.iter().flatten().next();
            first
                .and_then(|uri| path(uri))
                .map_or(DialogAnswer::Cancelled, DialogAnswer::Chosen)
        }
        CANCELLED => DialogAnswer::Cancelled,
        _ => DialogAnswer::Unavailable,
    })
}

/// Returns the options of a request.
fn options(ask: &Ask) -> HashMap<&'static str, Value<'static>> {
    let mut options = HashMap::from([("modal", Value::from(true))]);
    if ask.is_for_folder() {
        options.insert("directory", Value::from(true));
    }
    let (folder, name) = ask.beginning();
    if let Some(folder) = folder {
        options.insert("current_folder", Value::from(path_bytes(&folder)));
    }
    if let Some(name) = name.filter(|_| ask.is_for_saving()) {
        options.insert("current_name", Value::from(name));
    }
    if !ask.kinds.is_empty() {
        let globs = |patterns: &[String]| -> Vec<(u32, String)> {
            let patterns = patterns.iter().cloned();
            patterns.map(|pattern| (GLOB, pattern)).collect()
        };
        let kinds: Vec<(String, Vec<(u32, String)>)> = ask
            .kinds
            .iter()
            .map(|(name, patterns)| ((*name).to_owned(), globs(patterns)))
            .collect();
        options.insert("filters", Value::from(kinds));
    }
    options
}

/// Returns a path as the portal takes it: its bytes, and a zero behind them.
fn path_bytes(path: &Path) -> Vec<u8> {
    let mut bytes = path.as_os_str().as_bytes().to_vec();
    bytes.push(0);
    bytes
}

/// Returns the path in a `file:` URI (RFC 8089).
fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let encoded = rest.get(rest.find('/')?..)?.as_bytes();
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut at = 0;
    while let Some(byte) = encoded.get(at) {
        if *byte == b'%' {
            let digits = std::str::from_utf8(encoded.get(at + 1..at + 3)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            at += 3;
        } else {
            bytes.push(*byte);
            at += 1;
        }
    }
    Some(PathBuf::from(OsString::from_vec(bytes)))
}

#[cfg(test)]
mod tests;
