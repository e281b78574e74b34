//! How a connection's TLS stands, in short.

use crate::words::tls_status::TlsStatuses;
use crate::words::translated::translated;

translated! { GERMAN:
    TlsStatuses {
        plain = "Noch nicht verschlüsselt: TLS beginnt, wenn es gestartet wird";
        begun = "Der TLS-Handshake läuft";
        agreed(version, suite) = "{version}, {suite}";
        speaking(agreed, protocol) = "{agreed}, darin {protocol}";
        certificate(subject, until) = "Zertifikat für {subject}, gültig bis {until}";
        checked(certificate) = "{certificate}, geprüft";
        no_certificate = "Die Gegenstelle hat kein Zertifikat vorgelegt";
        unchecked = "Das Zertifikat der Gegenstelle wird nicht geprüft: Wer sie ist, bleibt ungewiss";
        show = "Handshake zeigen";
        show_why = "Wählt den Eintrag der Vereinbarung aus: was angeboten und gewählt wurde, und die Zertifikate";
        agreed_in(agreed, time) = "{agreed}, vereinbart in {time}";
        agreed_unchecked(agreed) = "NICHT GEPRÜFT: {agreed}";
        refused(subject) = "Abgelehnt: Zertifikat für {subject}";
        failed(why) = "TLS gescheitert: {why}";
        cut = "Abgeschnitten: TCP endete ohne close_notify";
        named(versions, name) = "{versions}, {name}";
        on_the_wire(amount, wire) = "{amount}, {wire} auf der Leitung";
    }
}
