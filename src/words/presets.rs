//! The presets: what each is called, what it is and how to try it.

use super::Language;
use super::phrases::phrases;
use crate::workspace::PresetKind;

phrases! {
    /// The presets: what each is called, what it is and how to try it.
    Presets {
        echo = "Echo";
        echo_about = "Echo (RFC 862): sends back whatever it receives. Try it with `ncat 127.0.0.1 7007`.";
        upper_case = "Upper-case echo";
        upper_case_about = "An echo that shouts: the reply is made from the request. Try it with `ncat 127.0.0.1 7008`.";
        discard = "Discard";
        discard_about = "Discard (RFC 863): reads everything and answers nothing. A rule without acts is an answer, too.";
        daytime = "Daytime";
        daytime_about = "Daytime (RFC 867): says what time it is, and closes. It never waits for a request.";
        character_generator = "Character generator";
        character_generator_about = "Character generator (RFC 864): sends lines of text for as long as somebody listens.";
        chat = "Chat";
        chat_about = "A chat room: what one peer says, the others hear. Open two terminals with `ncat 127.0.0.1 7024`.";
        line_script = "Line script";
        line_script_about = "A conversation in states: what is answered depends on what was said before. Try it with `ncat 127.0.0.1 7023`.";
        http = "HTTP";
        http_about = "A small web site: a page, JSON, a form that answers. Open http://127.0.0.1:8080/ in a browser.";
        websocket = "WebSocket";
        websocket_about = "A WebSocket server (RFC 6455): the handshake, an echo of text and binary messages, ping, close.";
        smtp_sink = "SMTP sink";
        smtp_sink_about = "A mail server that takes every message and delivers none. Try it with `swaks --server 127.0.0.1:2525 --to a@example.org`.";
        ftp = "FTP";
        ftp_about = "An FTP server up to a directory listing: a control connection, and a data connection to a second server. Try it with `lftp -e \"ls; bye\" ftp://127.0.0.1:2121`.";
        mqtt_broker = "MQTT broker";
        mqtt_broker_about = "An MQTT 3.1.1 broker for exact topics: connect, subscribe, publish with QoS 0 and 1, ping. Subscribers join a group for their topic; wildcards are not understood.";
        redis = "Redis";
        redis_about = "Redis: PING, SET, GET, DEL and ECHO, as `redis-cli -p 6380` asks for them.";
        postgresql = "PostgreSQL";
        postgresql_about = "PostgreSQL up to SELECT 1: `psql -h 127.0.0.1 -p 5433 -U anybody -c \"SELECT 1\"`.";
        modbus_tcp = "Modbus TCP";
        modbus_tcp_about = "A Modbus TCP device with 100 holding and 100 input registers, which can be read and written.";
        modbus_rtu = "Modbus RTU";
        modbus_rtu_about = "A Modbus RTU device over TCP: the same registers, without the TCP header and with a checksum. A wrong checksum gets no answer, as the specification requires.";
        scpi_instrument = "SCPI instrument";
        scpi_instrument_about = "A power supply that speaks SCPI: it identifies itself, takes a voltage, measures it and a current, and keeps the last error.";
        hl7_acknowledger = "HL7 acknowledger";
        hl7_acknowledger_about = "Takes HL7 messages (MLLP) and acknowledges each one with its own control id; anything else is refused.";
        dns = "DNS";
        dns_about = "A DNS server for meter.example over UDP, where a rule is a record: `dig @127.0.0.1 -p 1053 meter.example`. Its client asks it, or any other server that it connects to, with the sequence \"look up an address\".";
        syslog = "Syslog";
        syslog_about = "A syslog server over UDP, which takes messages and answers nobody: `logger --udp --server 127.0.0.1 --port 5514 hello`.";
    }
}

impl Language {
    /// Returns what a preset is called.
    pub(crate) fn preset_name(&self, preset: PresetKind) -> &'static str {
        self.preset(preset)[0]
    }

    /// Returns what a preset is and how to try it: sentences, with what is typed between backticks.
    pub(crate) fn preset_about(&self, preset: PresetKind) -> &'static str {
        self.preset(preset)[1]
    }

    fn preset(&self, preset: PresetKind) -> [&'static str; 2] {
        let words = &self.presets;
        match preset {
            PresetKind::Echo => [words.echo, words.echo_about],
            PresetKind::UpperCase => [words.upper_case, words.upper_case_about],
            PresetKind::Discard => [words.discard, words.discard_about],
            PresetKind::Daytime => [words.daytime, words.daytime_about],
            PresetKind::CharacterGenerator => {
                [words.character_generator, words.character_generator_about]
            }
            PresetKind::Chat => [words.chat, words.chat_about],
            PresetKind::LineScript => [words.line_script, words.line_script_about],
            PresetKind::Http => [words.http, words.http_about],
            PresetKind::Websocket => [words.websocket, words.websocket_about],
            PresetKind::SmtpSink => [words.smtp_sink, words.smtp_sink_about],
            PresetKind::Ftp => [words.ftp, words.ftp_about],
            PresetKind::MqttBroker => [words.mqtt_broker, words.mqtt_broker_about],
            PresetKind::Redis => [words.redis, words.redis_about],
            PresetKind::Postgresql => [words.postgresql, words.postgresql_about],
            PresetKind::ModbusTcp => [words.modbus_tcp, words.modbus_tcp_about],
            PresetKind::ModbusRtu => [words.modbus_rtu, words.modbus_rtu_about],
            PresetKind::ScpiInstrument => [words.scpi_instrument, words.scpi_instrument_about],
            PresetKind::Hl7Acknowledger => [words.hl7_acknowledger, words.hl7_acknowledger_about],
            PresetKind::Dns => [words.dns, words.dns_about],
            PresetKind::Syslog => [words.syslog, words.syslog_about],
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::words::{ENGLISH, Spoken};
    use crate::workspace::PRESETS;

    #[test]
    fn in_english_a_preset_is_called_and_described_as_its_file_says() {
        for preset in &PRESETS {
            assert_eq!(ENGLISH.preset_name(preset.kind), preset.name());
            assert_eq!(ENGLISH.preset_about(preset.kind), preset.about());
        }
    }

    #[test]
    fn what_is_typed_to_try_a_preset_is_the_same_in_every_language() {
        fn typed(about: &str) -> Vec<&str> {
            about.split('`').skip(1).step_by(2).collect()
        }
        for preset in &PRESETS {
            let english = ENGLISH.preset_about(preset.kind);
            for it in Spoken::all() {
                let about = it.words.preset_about(preset.kind);
                assert_eq!(typed(about), typed(english), "{}", it.tag());
            }
        }
    }
}
