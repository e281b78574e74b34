//! The options of an endpoint's sockets, each with a line on what it does.

use egui::Ui;

use super::form::text_ui;
use crate::words::Language;
use crate::words::endpoints::Endpoints;
use crate::workspace::{Field, FieldError, SocketForm};

/// Shows the options; a client's source address among them.
pub(super) fn options_ui(
    ui: &mut Ui,
    language: &Language,
    problem: Option<&FieldError>,
    is_client: bool,
    edited: &mut SocketForm,
) {
    let words = &language.endpoints;
    if is_client {
        option_ui(ui, language, problem, Field::Source, edited);
    }
    ui.checkbox(&mut edited.no_delay, words.no_delay)
        .on_hover_text(words.no_delay_why);
    for of in [
        Field::KeepAlive,
        Field::SendBuffer,
        Field::ReceiveBuffer,
        Field::Ttl,
        Field::Linger,
    ] {
        option_ui(ui, language, problem, of, edited);
    }
}

fn option_ui(
    ui: &mut Ui,
    language: &Language,
    problem: Option<&FieldError>,
    of: Field,
    edited: &mut SocketForm,
) {
    let Some((name, why, text)) = option(&language.endpoints, of, edited) else {
        return;
    };
    text_ui(ui, language, name, text, (problem, of)).on_hover_text(why);
}

fn option<'a>(
    words: &'a Endpoints,
    of: Field,
    edited: &'a mut SocketForm,
) -> Option<(&'a str, &'a str, &'a mut String)> {
    Some(match of {
        Field::Source => (words.source, words.source_why, &mut edited.source_text),
        Field::KeepAlive => (
            words.keep_alive,
            words.keep_alive_why,
            &mut edited.keep_alive_text,
        ),
        Field::SendBuffer => (
            words.send_buffer,
            words.send_buffer_why,
            &mut edited.send_buffer_text,
        ),
        Field::ReceiveBuffer => (
            words.receive_buffer,
            words.receive_buffer_why,
            &mut edited.receive_buffer_text,
        ),
        Field::Ttl => (words.ttl, words.ttl_why, &mut edited.ttl_text),
        Field::Linger => (words.linger, words.linger_why, &mut edited.linger_text),
        _ => return None,
    })
}
