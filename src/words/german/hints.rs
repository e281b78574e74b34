//! Hints for those who are new.

use crate::words::hints::Hints;
use crate::words::translated::translated;

translated! { GERMAN:
    Hints {
        hint = "Tipp";
        select_row = "Eine Zeile anklicken, um ihre Bytes zu sehen und was geschah.";
        lanes = "„Spuren“ zeigt dasselbe als Pfeile, samt Handshake und FIN.";
        commands(key) = "{key} findet jeden Befehl anhand eines Teils seines Namens.";
        dismiss = "Tipp ausblenden";
    }
}
