//! TLS in rows: what was offered, what both ends agreed on, whose certificate was shown.

use super::{grouped, noun};
use crate::words::tls::TlsRows;
use crate::words::translated::translated;

translated! { GERMAN:
    TlsRows {
        upgraded = "auf TLS umgestellt (STARTTLS)";
        offered(versions, name, alpn, suites) = { format!("TLS vom Client angeboten: {versions}, {name}{alpn}, {}", noun(suites, "Cipher-Suite", "Cipher-Suites")) };
        with_name(name) = "Name {name}";
        no_name = "kein Servername";
        alpn(protocols) = ", {protocols}";
        resumes(offered) = "{offered}, dazu eine frühere Sitzung zum Wiederaufnehmen";
        not_whole(offered) = "{offered}; nicht alles davon ist lesbar";
        agreed(version, time, chosen) = "{version} vereinbart in {time}: {chosen}";
        retried(version, time, chosen) = "{version} vereinbart in {time}, im zweiten Anlauf: {chosen}";
        resumed(version, time, chosen) = "{version} wiederaufgenommen in {time}: {chosen}";
        certified(agreed, certificate) = "{agreed}; {certificate}";
        certificate(subject, issuer, until) = "Zertifikat für {subject} von {issuer}, gültig bis {until}";
        own_certificate(subject, until) = "Zertifikat für {subject}, selbst ausgestellt, gültig bis {until}";
        unreadable_certificate = "ein nicht lesbares Zertifikat";
        unchecked(agreed) = "NICHT GEPRÜFT: {agreed}";
        we_showed(agreed) = "{agreed}; der Client hat auch sein Zertifikat vorgelegt";
        gave_none(agreed) = "{agreed}; der Client hat kein Zertifikat vorgelegt";
        refused(chain) = "Zertifikate des abgelehnten TLS: {chain}";
        refused_none = "keine Zertifikate im abgelehnten TLS";
        alert_sent(alert) = "TLS-Alert gesendet: {alert}";
        alert_received(alert) = "TLS-Alert empfangen: {alert}";
        warning(alert) = "{alert} (eine Warnung)";
        encrypted_alert = "verschlüsselt, welcher ist nicht bekannt";
        close_notify_sent = "close_notify gesendet: Alles ist gesendet";
        close_notify_received = "close_notify empfangen: Alles ist empfangen";
        cut = "abgeschnitten: Die TCP-Verbindung endete ohne close_notify, es können also Bytes fehlen";
        secrets(lines) = { format!("Schlüssel protokolliert ({}): Wer das Schlüsselprotokoll hat, kann diese Verbindung mitlesen", noun(lines, "Zeile", "Zeilen")) };

        none = "keine";
        more(listed, more) = { format!("{listed} und {} weitere", grouped(more)) };
        two(first, second) = "{first} und {second}";
        nobody = "jemand ohne Namen";
        quoted(name) = "„{name}“";
    }
}
