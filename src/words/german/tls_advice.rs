//! What would help where TLS failed.

use crate::words::tls_advice::TlsAdvices;
use crate::words::translated::translated;

translated! { GERMAN:
    TlsAdvices {
        trust(issuer) = "Ist das die gemeinte Gegenstelle, ihrer CA vertrauen: die Datei mit dem Zertifikat von {issuer} als Stammzertifikate wählen";
        send_chain(issuer) = "Die Gegenstelle ihre ganze Kette senden lassen, oder ihrer CA vertrauen: die Datei mit dem Zertifikat von {issuer} als Stammzertifikate wählen";
        trust_itself = "Ist das die gemeinte Gegenstelle, die Datei ihres Zertifikats als Stammzertifikate wählen; für einen Test kann dieser Endpunkt auch ungeprüft bleiben";
        ask_for(names, expected) = "Einen der Namen verlangen, die das Zertifikat hat ({names}), oder der Gegenstelle ein Zertifikat für {expected} geben";
        name_it(expected) = "Der Gegenstelle ein Zertifikat mit {expected} unter seinen alternativen Namen geben";
        renew = "Das Zertifikat der Gegenstelle erneuern lassen; ist hier das Datum falsch, die Uhr dieses Rechners stellen";
        wait = "Ist hier das Datum falsch, die Uhr dieses Rechners stellen; sonst bis dahin warten oder ein anderes Zertifikat ausstellen lassen";
        for_use = "Ein Zertifikat für diesen Zweck ausstellen lassen: Unter den erweiterten Schlüsselverwendungen brauchen Server serverAuth und Clients clientAuth";
        same_pair = "Prüfen, ob Zertifikat und Schlüssel der Gegenstelle zusammengehören und die gewählten Stammzertifikate genau diese CA enthalten: Zwei CAs gleichen Namens haben verschiedene Schlüssel";
        longer_key = "Ein Zertifikat mit längerem Schlüssel ausstellen lassen: RSA mit 2048 Bit oder mehr, oder ECDSA mit P-256";
        better_signature = "Das Zertifikat neu signieren lassen, mit SHA-256 oder besser";
        new_certificate = "Für die Gegenstelle ein neues Zertifikat ausstellen lassen";
        common_version = "Beide Enden TLS 1.2 oder 1.3 sprechen lassen; ältere Versionen sind gebrochen und werden hier nicht gesprochen";
        common_suite = "Eine Cipher-Suite des einen Endes am anderen erlauben";
        common_group = "Eine Gruppe des einen Endes am anderen erlauben; fast alle kennen x25519 und secp256r1";
        common_scheme = "Dem Server ein Zertifikat mit einer anderen Art von Schlüssel geben: Fast alle Clients nehmen RSA und ECDSA mit P-256";
        common_protocol = "An beiden Enden dasselbe Protokoll eingeben, oder an einem keines";
        give_client_one = "Dem Client ein Zertifikat geben, oder diesen Server eines anfordern lassen, ohne es zu verlangen";
        choose_one = "Für diesen Client ein Zertifikat und seinen Schlüssel wählen, von einer CA, der der Server vertraut";
        let_peer_trust = "Die Gegenstelle der CA vertrauen lassen, die das Zertifikat dieses Endes signiert hat (die dieses Programms lässt sich exportieren), oder ein Zertifikat einer CA nehmen, der sie vertraut";
        our_dates = "Die Gültigkeit des Zertifikats dieses Endes prüfen, und die Uhr des Rechners der Gegenstelle";
        our_certificate = "Das Zertifikat dieses Endes mit den Augen der Gegenstelle ansehen: Namen, Gültigkeit, Zweck und CA; ihr eigenes Protokoll sagt vielleicht mehr";
        plain_server = "Der Server spricht hier unverschlüsseltes HTTP: tcp:// nehmen, oder seinen TLS-Port (oft 443)";
        plain_client = "Der Client spricht unverschlüsseltes HTTP: ihn https:// nehmen lassen, oder diesen Server ohne TLS lauschen lassen";
        ssh = "SSH hat eine eigene Verschlüsselung: tcp:// nehmen, um es anzusehen, oder einen anderen Port";
        starttls = "tcp:// nehmen und TLS beginnen, wenn das Protokoll es erlaubt (STARTTLS), oder den TLS-Port der Gegenstelle nehmen";
        use_tcp = "tcp:// nehmen, falls die Gegenstelle hier ein anderes Protokoll spricht, oder den Port prüfen";
        is_it_tls = "Prüfen, ob an diesem Port TLS gesprochen wird: Wer auf Klartext wartet, sagt nichts. Dann tcp:// nehmen oder TLS später beginnen (STARTTLS)";
        more_time = "Erneut versuchen oder mehr Zeit lassen; der Rest kann unterwegs verloren gegangen sein";
        look_there = "Das Protokoll der Gegenstelle ansehen: Ein Ende, dem ein Name, eine Version oder ein Zertifikat nicht passt, schließt manchmal einfach";
        on_the_way = "Erneut versuchen; bleibt es dabei, unterwegs nach einem Proxy oder einem defekten Gerät suchen";
        faulty_peer = "Einen Fehler im TLS der Gegenstelle suchen, oder etwas unterwegs, das Bytes ändert";
        ask_other_name = "Einen Namen verlangen, den der Server hat";
        peers_log = "Das Protokoll der Gegenstelle ansehen";
        allow_more = "An einem Ende mehr erlauben: Versionen, Cipher-Suites, Gruppen; manche Server wollen auch ein Zertifikat des Clients oder einen anderen Namen";
    }
}
