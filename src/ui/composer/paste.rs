//! Pasted text that stands for bytes, such as a hex dump: offered as hex.

use egui::{Event, RichText, Ui};

use super::super::theme::Tokens;
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
        if self
            .0
            .as_ref()
            .is_some_and(|offer| offer.text != draft.text)
        {
            self.0 = None;
        }
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

    /// Shows the offer; returns the converted message when it is accepted.
    pub(super) fn ui(&mut self, ui: &mut Ui, model: &Model, draft: &Draft) -> Option<Draft> {
        let offer = self.0.as_ref()?;
        let tokens = Tokens::of(ui);
        let mut taken = None;
        let mut is_kept = false;
        ui.horizontal(|ui| {
            let words = &model.words.composer;
            let pasted = words.pasted(&offer.kind.in_words(model.words));
            ui.label(RichText::new(pasted).color(tokens.muted_text));
            let size = model.words.counts.bytes(offer.bytes.len() as u64);
            if button::plain(ui, words.take_as_hex(&size)).clicked() {
                taken = Some(offer.as_hex(draft));
            }
            is_kept = button::quiet(ui, words.keep_text).clicked();
        });
        if is_kept || taken.is_some() {
            self.0 = None;
        }
        taken
    }
}

impl Offer {
    fn as_hex(&self, draft: &Draft) -> Draft {
        let digits = hex::render(&self.bytes);
        let text = match draft.format {
            Format::Hex => draft.text.replacen(&self.pasted, &digits, 1),
            Format::Text => digits,
        };
        Draft {
            text,
            format: Format::Hex,
            ..draft.clone()
        }
    }
}
