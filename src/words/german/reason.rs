//! Why the system refused something.

use crate::words::reason::Reasons;
use crate::words::translated::translated;

translated! { GERMAN:
    Reasons {
        in_use = "der Port ist schon belegt";
        path_in_use = "der Pfad ist schon belegt";
        not_ours = "die Adresse gehört nicht zu diesem Rechner";
        not_permitted = "nicht erlaubt";
        refused = "abgelehnt (dort nimmt niemand Verbindungen an)";
        reset = "von der Gegenstelle zurückgesetzt (RST)";
        unix_reset = "von der Gegenstelle zurückgesetzt";
        aborted = "vom System abgebrochen";
        not_connected = "nicht verbunden";
        broken_pipe = "die Gegenstelle nimmt keine Bytes mehr an";
        timed_out = "Zeitüberschreitung";
        host_unreachable = "Host nicht erreichbar";
        network_unreachable = "Netz nicht erreichbar (keine Route)";
        network_down = "das Netz ist außer Betrieb";
        out_of_memory = "kein Speicher mehr frei";
        unsupported = "von diesem System nicht unterstützt";
        out_of_descriptors = "keine Dateideskriptoren mehr frei";
        no_family = "dieser Rechner hat diese Adressfamilie nicht (kein IPv6?)";
        disk_full = "die Platte ist voll";
        no_such_file = "Datei oder Ordner nicht vorhanden";
        read_only = "das Dateisystem ist schreibgeschützt";
        not_a_file = "keine Datei";
        unknown(code) = "Systemfehler {code}";
        name_not_found = "dafür keine Adresse gefunden";
        name_not_found_as(text) = "dafür keine Adresse gefunden ({text})";
    }
}
