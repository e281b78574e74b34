//! Documents that come with the program: servers and clients to begin with. They are added to the document that is open.

use super::document::{Document, DocumentError, EditError, MAX_ENDPOINTS};

/// A document that comes with the program.
#[derive(Debug, PartialEq, Eq)]
pub struct Preset {
    /// Which one it is.
    pub kind: PresetKind,
    /// The text of its file.
    pub text: &'static str,
}

/// Which preset it is, for what languages call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresetKind {
    /// Echo.
    Echo,
    /// Upper-case echo.
    UpperCase,
    /// Discard.
    Discard,
    /// Daytime.
    Daytime,
    /// Character generator.
    CharacterGenerator,
    /// Chat.
    Chat,
    /// Line script.
    LineScript,
    /// HTTP.
    Http,
    /// WebSocket.
    Websocket,
    /// SMTP sink.
    SmtpSink,
    /// FTP.
    Ftp,
    /// MQTT broker.
    MqttBroker,
    /// Redis.
    Redis,
    /// PostgreSQL.
    Postgresql,
    /// Modbus TCP.
    ModbusTcp,
    /// Modbus RTU.
    ModbusRtu,
    /// SCPI instrument.
    ScpiInstrument,
    /// HL7 acknowledger.
    Hl7Acknowledger,
    /// DNS.
    Dns,
    /// Syslog.
    Syslog,
}

/// Why a preset was not added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub enum PresetError {
    /// Its text is wrong.
    Text(#[from] DocumentError),
    /// There is no room for its endpoints.
    Room(#[from] EditError),
}

macro_rules! preset {
    ($kind:ident, $file:literal) => {
        Preset {
            kind: PresetKind::$kind,
            text: include_str!(concat!("../../assets/presets/", $file, ".bothends")),
        }
    };
}

/// All of them, simple ones first.
pub static PRESETS: [Preset; 20] = [
    preset!(Echo, "echo"),
    preset!(UpperCase, "upper-case"),
    preset!(Discard, "discard"),
    preset!(Daytime, "daytime"),
    preset!(CharacterGenerator, "character-generator"),
    preset!(Chat, "chat"),
    preset!(LineScript, "line-script"),
    preset!(Http, "http"),
    preset!(Websocket, "websocket"),
    preset!(SmtpSink, "smtp-sink"),
    preset!(Ftp, "ftp"),
    preset!(MqttBroker, "mqtt-broker"),
    preset!(Redis, "redis"),
    preset!(Postgresql, "postgresql"),
    preset!(ModbusTcp, "modbus-tcp"),
    preset!(ModbusRtu, "modbus-rtu"),
    preset!(ScpiInstrument, "scpi-instrument"),
    preset!(Hl7Acknowledger, "hl7-acknowledger"),
    preset!(Dns, "dns"),
    preset!(Syslog, "syslog"),
];

impl Preset {
    /// Returns what it is called: as its first endpoint.
    pub fn name(&self) -> &'static str {
        let mut names = self
            .text
            .lines()
            .filter_map(|it| it.strip_prefix("name = "));
        names.next().unwrap_or_default().trim_matches('"')
    }

    /// Returns what it is and how to try it: the comment that its text begins with, on one line.
    pub fn about(&self) -> String {
        let lines = self.text.lines().map_while(|line| line.strip_prefix('#'));
        let lines: Vec<&str> = lines.map(str::trim).collect();
        lines.join(" ")
    }
}

impl Document {
    /// Adds the endpoints of a preset. They keep their ports, and their names where those are free.
    ///
    /// # Errors
    /// There are too many of them; then nothing was added.
    pub fn add_preset(&mut self, preset: &Preset) -> Result<(), PresetError> {
        // Its endpoints get ids from the same counter, so that what names them goes on naming them.
        let (added, _unknown) = Self::parse(preset.text, self.ids().clone())?;
        if self.endpoints.len() + added.endpoints.len() > MAX_ENDPOINTS {
            return Err(EditError::TooMany.into());
        }
        for mut endpoint in added.endpoints {
            if self.named(&endpoint.name).is_some() {
                endpoint.name = self.unused_name(&endpoint.name);
            }
            self.endpoints.push(endpoint);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::EndpointIds;
    use crate::workspace::EndpointKind;

    #[test]
    fn every_preset_can_be_added_and_started_and_says_what_it_is() {
        for preset in &PRESETS {
            let mut document = Document::empty(EndpointIds::default());
            document.add_preset(preset).unwrap();
            assert_eq!(document.endpoints[0].name, preset.name());
            assert!(preset.about().ends_with('.'), "{}", preset.about());
            assert!(document.is_approved);
            for endpoint in &document.endpoints {
                assert_eq!(
                    endpoint.kind.problem(document.transport(endpoint.id)),
                    None,
                    "{}",
                    preset.name()
                );
            }
        }
    }

    #[test]
    fn a_preset_that_is_added_again_has_other_names_and_the_same_ports() {
        let mut document = Document::empty(EndpointIds::default());
        let echo = &PRESETS[0];
        document.add_preset(echo).unwrap();
        document.add_preset(echo).unwrap();
        let endpoints = &document.endpoints;
        assert_eq!([&endpoints[0].name, &endpoints[1].name], ["Echo", "Echo 1"]);
        assert_ne!(endpoints[0].id, endpoints[1].id);
        let port = |place: usize| match &endpoints[place].kind {
            EndpointKind::Server(server) => server.bind.port_text.clone(),
            EndpointKind::Client(_) => String::new(),
        };
        assert_eq!((port(0), port(1)), ("7007".to_owned(), "7007".to_owned()));
    }

    #[test]
    fn presets_that_do_not_fit_are_refused_as_a_whole() {
        let mut document = Document::empty(EndpointIds::default());
        for _ in 1..MAX_ENDPOINTS {
            document.add_client("Client").unwrap();
        }
        let ftp = PRESETS.iter().find(|it| it.name() == "FTP").unwrap();
        let refused = document.add_preset(ftp);
        assert_eq!(refused, Err(PresetError::Room(EditError::TooMany)));
        assert_eq!(document.endpoints.len(), MAX_ENDPOINTS - 1);
    }
}
