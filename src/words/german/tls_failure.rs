//! Why TLS failed, for somebody who does not know TLS: what is wrong, what was expected, what came, and who says so; in parts

use crate::words::tls_failure::TlsFailures;
use crate::words::translated::translated;

translated! { GERMAN:
    TlsFailures {
        failed_with(peer, why) = "TLS mit {peer} gescheitert: {why}";
        failed(why) = "TLS gescheitert: {why}";
        line(name, text) = "{name}: {text}";

        expected = "Erwartet";
        offered = "Vom Client angeboten";
        came = "Erhalten";
        accepted = "Vom Server akzeptiert";
        sent = "Gesendet";
        says_so = "Wer das sagt";
        server_name = "Servername (SNI)";
        what_to_do = "Was zu tun ist";
        no_server_name = "es wurde keiner verlangt";

        us_alert(alert) = "dieses Ende, durch den Alert {alert}";
        us = "dieses Ende";
        peer_alert(alert) = "die Gegenstelle, durch den Alert {alert}";
        peer = "die Gegenstelle";
        nobody = "niemand: Die Verbindung endete einfach";
        nobody_waited = "niemand: Dieses Ende hörte auf zu warten";

        untrusted = "das Zertifikat der Gegenstelle führt zu keiner Zertifizierungsstelle, der hier vertraut wird";
        self_signed = "das Zertifikat der Gegenstelle ist selbstsigniert";
        wrong_name = "das Zertifikat der Gegenstelle ist für einen anderen Namen";
        nameless = "das Zertifikat der Gegenstelle ist für gar keinen Namen";
        expired = "das Zertifikat der Gegenstelle ist abgelaufen";
        not_yet_valid = "das Zertifikat der Gegenstelle ist noch nicht gültig";
        wrong_use = "das Zertifikat der Gegenstelle ist für einen anderen Zweck";
        bad_signature = "eine Signatur ist falsch";
        weak_key = "der Schlüssel des Zertifikats der Gegenstelle ist zu schwach";
        bad_algorithm = "das Zertifikat der Gegenstelle ist auf eine Art signiert, die nicht akzeptiert wird";
        revoked = "das Zertifikat der Gegenstelle wurde widerrufen";
        bad_certificate = "das Zertifikat der Gegenstelle ist nicht verwendbar";
        no_version = "keine gemeinsame TLS-Version";
        no_suite = "keine gemeinsame Cipher-Suite";
        no_group = "keine gemeinsame Gruppe für den Schlüsselaustausch";
        no_scheme = "kein gemeinsames Signaturverfahren";
        no_alpn = "kein gemeinsames Protokoll für den Inhalt (ALPN)";
        client_unknown = "der Client hat sich nicht ausgewiesen";
        refused = "die Gegenstelle akzeptiert das Zertifikat dieses Endes nicht";
        not_tls = "die Gegenstelle spricht kein TLS";
        timed_out = "der Handshake dauerte zu lange";
        closed = "die Gegenstelle hat die Verbindung im Handshake beendet (FIN)";
        reset = "die Gegenstelle hat die Verbindung im Handshake zurückgesetzt (RST)";
        too_long = "die Gegenstelle hat einen zu langen Record gesendet";
        undecipherable = "das Empfangene lässt sich nicht entschlüsseln";
        malformed = "eine Nachricht der Gegenstelle ist nicht lesbar";
        unexpected = "die Gegenstelle hat die Regeln von TLS verletzt";
        incompatible = "der Gegenstelle fehlt etwas, das dieses Ende braucht";
        gave_up = "die Gegenstelle hat aufgegeben";
        other = "etwas anderes stimmt nicht";

        trusted_chain = "ein Zertifikat, dessen Kette bei einer vertrauenswürdigen Zertifizierungsstelle (CA) endet";
        trusted_signature = "eines, das eine vertrauenswürdige Zertifizierungsstelle (CA) signiert hat";
        chain_to(subject, issuer) = "das für {subject}, dessen Kette bei {issuer} endet";
        alone_by(subject, issuer) = "das für {subject}, signiert von {issuer}, ohne weitere; es kann ein Zwischenzertifikat fehlen";
        signed_itself(subject) = "das für {subject}, mit dem eigenen Schlüssel signiert (selbstsigniert)";
        the_name(name) = "der Name {name}";
        no_name = "kein alternativer Name (ein Name nur im Inhaberfeld zählt nicht)";
        valid_at(now) = "eines, das jetzt gültig ist, {now} nach der Uhr dieses Rechners";
        was_until(until, ago) = "eines, das bis {until} gültig war, {ago} vorher";
        is_from(from, ahead) = "eines, das erst ab {from} gültig ist, {ahead} später";
        one_for(what) = "eines für {what}";
        some_use = "den Zweck, für den es vorgelegt wird";
        other_use = "etwas anderes";
        signed_by(issuer) = "ein Zertifikat, signiert mit dem Schlüssel von {issuer}, vorgelegt von dem, der den Schlüssel dazu hat";
        does_not_hold(subject) = "das für {subject}, bei dem eines von beidem nicht stimmt: Es wurde geändert, eine andere Zertifizierungsstelle desselben Namens hat es signiert, oder die Gegenstelle hat einen anderen Schlüssel";
        strong_key = "RSA mit 2048 Bit oder mehr";
        bits(bits) = "{bits} Bit, und das lässt sich brechen";
        strong_signature = "eine Signatur mit SHA-256 oder besser";
        standing = "eines, das seine Zertifizierungsstelle (CA) nicht widerrufen hat";
        taken_back = "eines, das sie vorzeitig widerrufen hat";
        standard = "eines, das dem Standard folgt (RFC 5280)";
        said_of_it(detail) = "eines, von dem die Prüfung sagt: {detail}";
        not_said = "das hat er nicht gesagt";
        client_certificate = "ein Zertifikat des Clients, das dieser Server verlangt";
        client_certificate_there = "vom Server: ein Zertifikat des Clients";
        nothing = "keines";
        a_message = "eine Nachricht von TLS";
        first_bytes(first, looks) = "„{first}“, {looks}";
        like_http = "und das ist HTTP im Klartext";
        like_ssh = "und so beginnt SSH";
        like_greeting = "und das ist eine Begrüßung im Klartext, wie von Mail- und FTP-Servern";
        like_text = "und das ist Klartext";
        like_nothing = "und das ist kein TLS";
        end_within(time) = "das Ende des Handshakes innerhalb von {time}";
        end = "das Ende des Handshakes";
        came_nothing = "nichts";
        came_part = "ein Teil der ersten Nachricht";
        came_hello = "die erste Nachricht, und dann nicht, was folgen sollte";
        short_records = "Records von höchstens 16 KiB";
        longer_one = "ein längerer";
        right_keys = "Bytes, verschlüsselt mit den Schlüsseln, die beide Enden vereinbart haben";
        wrong_keys = "Bytes, die unterwegs geändert oder mit anderen Schlüsseln verschlüsselt wurden";
        readable = "eine lesbare Nachricht";
        next_message = "die Nachricht, die an der Reihe ist";
        library(detail) = "in den Worten dieses Endes: {detail}";
    }
}
