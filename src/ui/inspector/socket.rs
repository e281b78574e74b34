//! The options of an endpoint's sockets, each with a line on what it does.

use egui::Ui;

use super::form::text_ui;
use crate::words::Language;
use crate::words::endpoints::Endpoints;
use crate::workspace::{FieldError, FormField, SocketForm, TransportKind};

/// Shows the options; a client's source address among them.
pub(super) fn options_ui(
    ui: &mut Ui,
    language: &Language,
    problem: Option<&FieldError>,
    (transport, is_client): (TransportKind, bool),
    edited: &mut SocketForm,
) {
    let words = &language.endpoints;
    if is_client {
        let of = (FormField::Source, transport);
        option_ui(ui, language, problem, of, edited);
    }
    if transport.is_udp() {
        for of in [
            FormField::SendBuffer,
            FormField::ReceiveBuffer,
            FormField::Ttl,
        ] {
            option_ui(ui, language, problem, (of, transport), edited);
        }
        return;
    }
    ui.checkbox(&mut edited.no_delay, words.no_delay)
        .on_hover_text(words.no_delay_why);
    for of in [
        FormField::KeepAlive,
        FormField::SendBuffer,
        FormField::ReceiveBuffer,
        FormField::Ttl,
        FormField::Linger,
    ] {
        option_ui(ui, language, problem, (of, transport), edited);
    }
}

fn option_ui(
    ui: &mut Ui,
    language: &Language,
    problem: Option<&FieldError>,
    (of, transport): (FormField, TransportKind),
    edited: &mut SocketForm,
) {
    let words = &language.endpoints;
    let Some((name, why, text)) = option(words, of, edited) else {
        return;
    };
    let why = match of {
        FormField::SendBuffer if transport.is_udp() => words.send_buffer_of_datagrams_why,
        FormField::ReceiveBuffer if transport.is_udp() => words.receive_buffer_of_datagrams_why,
        _ => why,
    };
    text_ui(ui, language, name, text, (problem, of)).on_hover_text(why);
}

fn option<'a>(
    words: &'a Endpoints,
    of: FormField,
    edited: &'a mut SocketForm,
) -> Option<(&'a str, &'a str, &'a mut String)> {
    Some(match of {
        FormField::Source => (words.source, words.source_why, &mut edited.source_text),
        FormField::KeepAlive => (
            words.keep_alive,
            words.keep_alive_why,
            &mut edited.keep_alive_text,
        ),
        FormField::SendBuffer => (
            words.send_buffer,
            words.send_buffer_why,
            &mut edited.send_buffer_text,
        ),
        FormField::ReceiveBuffer => (
            words.receive_buffer,
            words.receive_buffer_why,
            &mut edited.receive_buffer_text,
        ),
        FormField::Ttl => (words.ttl, words.ttl_why, &mut edited.ttl_text),
        FormField::Linger => (words.linger, words.linger_why, &mut edited.linger_text),
        _ => return None,
    })
}
