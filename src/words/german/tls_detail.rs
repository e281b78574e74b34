//! TLS at length: what was offered and what of it was chosen, and what both ends agreed on.

use super::noun;
use crate::words::tls_detail::TlsShown;
use crate::words::translated::translated;

translated! { GERMAN:
    TlsShown {
        offer = "Vom Client angeboten";
        offer_marked = "Vom Client angeboten; was der Server gewählt hat, ist markiert";
        chain = "Zertifikate der Gegenstelle, ihr eigenes zuerst";
        refused_chain = "Zertifikate, die die Gegenstelle vorgelegt hatte";
        chosen(item) = "{item} (gewählt)";
        none = "keine";

        versions = "Versionen";
        version = "Version";
        server_name = "Servername (SNI)";
        protocols = "Protokolle (ALPN)";
        protocol = "Protokoll (ALPN)";
        suites = "Cipher-Suites";
        suite = "Cipher-Suite";
        groups = "Gruppen";
        group = "Gruppe";
        schemes = "Signaturverfahren";
        more = "Außerdem";
        resumes = "eine frühere Sitzung, um sie wiederaufzunehmen";
        not_whole = "etwas, das nicht lesbar ist";
        no_group = "keine, die Geheimnisse der Sitzung wurden weiterverwendet";
        handshake = "Handshake";
        full(time) = "vollständig, dauerte {time}";
        retried(time) = "vollständig, im zweiten Anlauf mit einer anderen Gruppe, dauerte {time}";
        resumed(time) = "nahm eine frühere Sitzung wieder auf, dauerte {time}";
        peer_certificate = "Zertifikat der Gegenstelle";
        check_passed = "geprüft: Kette, Gültigkeit und, bei einem Server, der Name";
        check_earlier = "geprüft, als diese Sitzung zuerst vereinbart wurde, und seitdem nicht mehr";
        check_unchecked = "NICHT GEPRÜFT: Dieser Endpunkt akzeptiert jedes Zertifikat, auch eines von jemandem dazwischen";
        check_none = "es wurde keines vorgelegt";
        client_certificate = "Client-Zertifikat";
        asked_and_given = "angefordert und vorgelegt";
        asked_in_vain = "angefordert und nicht vorgelegt";
        not_asked = "nicht angefordert";

        place(place, subject) = "{place}. {subject}";
        unreadable = "Ein nicht lesbares Zertifikat";
        subject = "Inhaber";
        issuer = "Aussteller";
        by_itself = "der Inhaber selbst";
        names = "Für";
        dates = "Gültig";
        between(from, until) = "{from} bis {until}";
        left(dates, left) = "{dates}, noch {left}";
        over(dates, ago) = "{dates}, abgelaufen ({ago} her)";
        ahead(dates, ahead) = "{dates}, noch {ahead} bis zum Beginn";
        key = "Schlüssel";
        signed_with(key, signature) = "{key}, signiert mit {signature}";
        authority(key) = "{key}; darf andere Zertifikate signieren (CA)";
        fingerprint = "SHA-256";
        nobody = "jemand ohne Namen";
        more_names(list, more) = { format!("{list} und {}", noun(more, "weiterer", "weitere")) };
        more_certificates(more) = { format!("{} nicht gezeigt", noun(more, "weiteres Zertifikat ist", "weitere Zertifikate sind")) };
        copy_pem = "Zertifikat kopieren (PEM)";
        copy_chain = "Alle kopieren (PEM)";
        copy_fingerprint = "SHA-256 kopieren";

        in_time = "Zur Zeit des Handshakes gültig";
        out_of_time = "Zur Zeit des Handshakes nicht gültig";
        trusted = "Die Kette endet bei einem Stammzertifikat, dem hier vertraut wird";
        untrusted = "Die Kette endet bei keinem Stammzertifikat, dem hier vertraut wird";
        trust_open = "Die Kette wurde nicht verfolgt";
        named = "Es hat den verlangten Namen";
        misnamed = "Es hat den verlangten Namen nicht";
        name_open = "Die Namen wurden nicht verglichen";
        bad_signature = "Eine Signatur stimmt nicht";
        weak_key = "Der Schlüssel ist zu schwach";
        bad_algorithm = "Die Art der Signatur wird nicht akzeptiert";
        wrong_use = "Es ist für einen anderen Zweck";
        revoked = "Es wurde widerrufen";
        unusable = "Es folgt nicht dem Standard";
    }
}
