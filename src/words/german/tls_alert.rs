//! What alerts of TLS mean (RFC 8446 section 6, RFC 5246 section 7.2).

use crate::words::tls_alert::TlsAlerts;
use crate::words::translated::translated;

translated! { GERMAN:
    TlsAlerts {
        number(number) = "Nummer {number}";
        unknown = "ein Grund ist nicht genannt";
        close_notify = "dort ist alles gesendet, noch bevor der Handshake vollständig war";
        unexpected_message = "es kam dort eine Nachricht, die nicht erwartet war";
        bad_record_mac = "das dort Empfangene lässt sich nicht entschlüsseln";
        record_overflow = "es kam dort ein zu langer Record";
        decompression_failure = "das dort Empfangene lässt sich nicht dekomprimieren";
        handshake_failure = "im Angebot war nichts Annehmbares, oder es fehlte etwas darin";
        no_certificate = "es kam dort kein Zertifikat";
        bad_certificate = "das Zertifikat gilt dort als beschädigt, oder eine Signatur darin als falsch";
        unsupported_certificate = "Zertifikate dieser Art werden dort nicht akzeptiert, oder nicht für diesen Zweck";
        certificate_revoked = "dort ist bekannt, dass das Zertifikat widerrufen wurde";
        certificate_expired = "nach der Uhr dort ist das Zertifikat abgelaufen oder noch nicht gültig";
        certificate_unknown = "was genau am Zertifikat falsch ist, ist nicht genannt";
        illegal_parameter = "Werte in einer Nachricht widersprechen einander";
        unknown_ca = "die Zertifizierungsstelle (CA), die das Zertifikat signiert hat, ist dort unbekannt oder nicht vertrauenswürdig";
        access_denied = "das Zertifikat gilt dort als gut, aber sein Inhaber bekommt keinen Zugang";
        decode_error = "eine Nachricht ist dort nicht lesbar";
        decrypt_error = "eine Signatur oder Prüfsumme im Handshake gilt dort als falsch";
        export_restriction = "Regeln für exportierte Software gelten dort als verletzt";
        protocol_version = "die angebotene TLS-Version wird dort nicht gesprochen";
        insufficient_security = "dort wird stärkere Verschlüsselung verlangt, als angeboten war";
        internal_error = "dort scheiterte etwas, das mit diesem Ende nichts zu tun hat";
        inappropriate_fallback = "es ist ein Versuch mit einer älteren Version, als beide Enden sprechen";
        user_canceled = "jemand hat es dort abgebrochen";
        no_renegotiation = "dort wird nicht noch einmal verhandelt";
        missing_extension = "im Hello fehlt etwas, das diese Version verlangt";
        unsupported_extension = "es kam dort eine Antwort auf etwas, das nicht gefragt war";
        certificate_unobtainable = "das Zertifikat lässt sich dort nicht holen";
        unrecognized_name = "einen Server des verlangten Namens gibt es dort nicht";
        bad_status = "der Nachweis, dass das Zertifikat nicht widerrufen ist, gilt dort als falsch";
        bad_hash = "das Zertifikat ist nicht das angekündigte";
        unknown_psk_identity = "der genannte gemeinsame Schlüssel ist dort unbekannt";
        certificate_required = "dort wird ein Zertifikat des Clients verlangt";
        no_application_protocol = "keines der angebotenen Protokolle (ALPN) wird dort gesprochen";
        ech_required = "dort wird verlangt, dass der Name verschlüsselt ist (ECH)";
    }
}
