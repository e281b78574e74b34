//! Endpoints as code: a program in Python, or a line with ncat, that holds the same conversation.
//!
//! What cannot be carried over is named, as [`CodeLack`]s; `words` says them, and [`Code::text`] puts them at the top.

mod lack;
mod message;
mod ncat;
mod python;
mod quote;

pub use lack::{CodeLack, CodePlace, RuleLack};

use crate::net::{ClientConfig, ServerConfig, TlsBegins};
use crate::payload::VisibleText;
use crate::script::{Message, Script};

/// What the code is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeForm {
    /// A program in Python 3.9 or later, with its standard library.
    Python,
    /// A line for a POSIX shell, with Nmap's ncat.
    Ncat,
}

/// An endpoint to write as code.
#[derive(Clone, Copy, Debug)]
pub struct Coded<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its configuration.
    pub end: CodedEnd<'a>,
    /// What a client sends once it is connected.
    pub message: Option<&'a Message>,
}

/// The configuration of an endpoint to write as code.
#[derive(Clone, Copy, Debug)]
pub enum CodedEnd<'a> {
    /// A server.
    Server(&'a ServerConfig),
    /// A client.
    Client(&'a ClientConfig),
}

/// An endpoint as code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// What it does not carry over.
    pub lacks: Vec<CodeLack>,
    /// The name of the endpoint, without anything that could end a comment.
    name: String,
    /// What stands before the comments.
    first: &'static str,
    /// The code itself.
    body: String,
}

impl Coded<'_> {
    /// Writes it as code.
    pub fn code(&self, form: CodeForm) -> Code {
        match form {
            CodeForm::Python => python::code(self),
            CodeForm::Ncat => ncat::code(self),
        }
    }

    fn is_udp(&self) -> bool {
        match self.end {
            CodedEnd::Server(config) => config.bind.is_udp(),
            CodedEnd::Client(config) => config.target.is_udp(),
        }
    }

    /// Returns whether its connections are encrypted from their beginning on.
    fn is_tls(&self) -> bool {
        let begins = match self.end {
            CodedEnd::Server(config) => config.tls.as_ref().map(|it| it.begins),
            CodedEnd::Client(config) => config.tls.as_ref().map(|it| it.begins),
        };
        begins == Some(TlsBegins::AtOnce)
    }

    /// Returns whether its connections are encrypted on request: no code is.
    fn starts_tls(&self) -> bool {
        let is_tls = match self.end {
            CodedEnd::Server(config) => config.tls.is_some(),
            CodedEnd::Client(config) => config.tls.is_some(),
        };
        is_tls && !self.is_tls()
    }

    fn script(&self) -> &Script {
        match self.end {
            CodedEnd::Server(config) => &config.behaviour.script,
            CodedEnd::Client(config) => &config.behaviour.script,
        }
    }
}

impl Code {
    fn new(name: &str, first: &'static str, body: String, mut lacks: Vec<CodeLack>) -> Self {
        lacks.dedup();
        Self {
            lacks,
            name: comment(name),
            first,
            body,
        }
    }

    /// Returns the code as text, with what it lacks in comments at the top: `say` says each in a line.
    pub fn text(&self, say: impl Fn(&CodeLack) -> String) -> String {
        let mut text = format!("{}# {}\n", self.first, self.name);
        for lack in &self.lacks {
            text += &format!("# {}\n", comment(&say(lack)));
        }
        text += &self.body;
        text
    }
}

/// Returns a text that stands on one line of a comment, whatever it holds.
fn comment(text: &str) -> String {
    VisibleText::plain(text).text.replace(['\n', '\r'], " ")
}
