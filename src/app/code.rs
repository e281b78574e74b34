//! Endpoints copied as code.

use super::App;
use super::carry_out::as_problem;
use crate::export::code::{CodeForm, Coded, CodedEnd};
use crate::net::EndpointId;
use crate::script::Message;
use crate::session::Configured;
use crate::words::{InWords as _, Problem};

impl App {
    /// Copies an endpoint as code; what prevents that is shown at the endpoint.
    pub(super) fn copy_code(&mut self, ctx: &egui::Context, id: EndpointId, form: CodeForm) {
        let code = self.code(id, form);
        let problem = code.map(|code| ctx.copy_text(code)).err();
        self.endpoint_problem(id, problem);
    }

    fn code(&self, id: EndpointId, form: CodeForm) -> Result<String, Problem> {
        let configured = self.session.configured(id).map_err(as_problem)?;
        let (end, message) = match &configured {
            Configured::Server(config) => (CodedEnd::Server(config), None),
            Configured::Client(config) => (CodedEnd::Client(config), self.written_message(id)?),
        };
        let coded = Coded {
            name: self.model.name(id).unwrap_or_default(),
            end,
            message: message.as_ref(),
        };
        let words = self.model.words;
        Ok(coded.code(form).text(|lack| lack.in_words(words)))
    }

    /// Returns the message in the composer, if there is one, as a client would send it.
    fn written_message(&self, id: EndpointId) -> Result<Option<Message>, Problem> {
        let draft = &self.model.preferences.composer.draft;
        let Some(form) = self.model.form(id).filter(|_| !draft.text.is_empty()) else {
            return Ok(None);
        };
        let template = draft.compile(form.protocol().sent.encoding);
        Ok(Some(template.map_err(as_problem)?.into()))
    }
}
