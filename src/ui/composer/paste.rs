//! Pasted text that stands for bytes, such as a hex dump: offered as hex.

use egui::{Event, Ui};

use super::super::Tokens;
use super::super::widgets::button;
use crate::model::Model;
use crate::payload::paste::{PasteKind, detect};
use crate::payload::{Draft, Format, hex};
use crate::words::InWords as _;

/// A longer paste is not examined.
const LIMIT_BYTES: usize = 1024 * 1024;

/// The offer to convert what was pasted to hex.
#[derive(Default)]
pub(super) struct PasteOffer(Option<Offer>);

struct Offer {
    kind: PasteKind,
    bytes: Vec<u8>,
    /// What was pasted, as it appears in the message.
    pasted: String,
    /// The message with it.
    text: String,
}

impl PasteOffer {
    /// Examines what was pasted in this frame; withdraws the offer when the message has changed.
    pub(super) fn look(&mut self, ui: &Ui, draft: &Draft) {
        self.0 = self.0.take().filter(|offer| offer.text == draft.text);
        let pasted = ui.input(|input| {
            let mut events = input.events.iter();
            events.find_map(|event| match event {
                Event::Paste(text) if text.len() <= LIMIT_BYTES => Some(text.clone()),
                _ => None,
            })
        });
        let Some(pasted) = pasted else { return };
        // Within other text a paste stays text; within hex digits it is digits.
        let is_all = draft.text.trim() == pasted.trim();
        if !is_all && (draft.format == Format::Text || !draft.text.contains(&pasted)) {
            return;
        }
        let found = detect(&pasted);
        let is_needed = |bytes: &Vec<u8>| {
            draft.format == Format::Text || hex::parse(&pasted).as_ref() != Ok(bytes)
        };
        self.0 = found.filter(|it| is_needed(&it.bytes)).map(|it| Offer {
            kind: it.kind,
            bytes: it.bytes,
            pasted,
            text: draft.text.clone(),
        });
    }

    /// Shows the offer; converts the message when it is accepted.
    pub(super) fn ui(&mut self, ui: &mut Ui, model: &Model, draft: &mut Draft) {
        let Some(offer) = &self.0 else { return };
        let mut is_settled = false;
        ui.horizontal(|ui| {
            let words = &model.words.composer;
            let pasted = words.pasted(&offer.kind.in_words(model.words));
            ui.colored_label(Tokens::of(ui).muted_text, pasted);
            let size = model.words.counts.bytes(offer.bytes.len() as u64);
            if button::plain(ui, words.take_as_hex(&size)).clicked() {
                offer.convert(draft);
                is_settled = true;
            }
            is_settled |= button::quiet(ui, words.keep_text).clicked();
        });
        if is_settled {
            self.0 = None;
        }
    }
}

impl Offer {
    fn convert(&self, draft: &mut Draft) {
        let digits = hex::render(&self.bytes);
        draft.text = match draft.format {
            Format::Hex => draft.text.replacen(&self.pasted, &digits, 1),
            Format::Text => digits,
        };
        draft.format = Format::Hex;
    }
}
