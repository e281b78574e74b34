//! The lab: why it is refused, and what it cannot do.

use crate::net::Network;
use crate::words::InWords as _;
use crate::words::lab::{LabErrors, Labs};
use crate::words::translated::translated;

translated! { GERMAN:
    Labs {
        not_linux = "nur Linux hat private Netze";
        app_armor = "hier dürfen nur Programme mit einem AppArmor-Profil ein privates Netz anlegen (kernel.apparmor_restrict_unprivileged_userns ist 1)";
        switched_off = "Benutzer dürfen hier keine privaten Netze anlegen (kernel.unprivileged_userns_clone ist 0)";
        limit = "hier dürfen keine weiteren privaten Netze angelegt werden (user.max_user_namespaces und user.max_net_namespaces)";
        not_in_kernel = "dieser Kernel hat keine privaten Netze (User- und Netzwerk-Namespaces)";
        no_netem = "dieser Kernel kann Pakete weder verzögern noch verlieren (er hat kein netem)";
        sandbox(reason) = "der Container oder die Sandbox um dieses Programm verbietet private Netze ({reason})";
        no_helper(reason) = "sein Hilfsprozess, noch einmal dieses Programm, startete nicht: {reason}";
        no_answer(reason) = "sein Hilfsprozess antwortet nicht: {reason}";
        no_packets(reason) = "seine Pakete sind nicht zu sehen: {reason}";
        failed(call, reason) = "{call} scheiterte: {reason}";
        server_in_lab = "der Server, der dort lauscht, ist im Labor, und dieser Client nicht";
        client_in_lab = "der Server, der dort lauscht, ist nicht im Labor, dieser Client aber schon";
        outside = "sie liegt außerhalb des Labors, das nur die Loopback-Adressen 127.0.0.1 und ::1 hat";
        allow_profile = "Für dieses Programm ein AppArmor-Profil installieren, das userns erlaubt, oder das Netz des Systems wählen";
        allow_users = "Mit sysctl kernel.unprivileged_userns_clone=1 erlauben oder das Netz des Systems wählen";
        choose_system = "Das Netz des Systems wählen";
        choose_loopback = "127.0.0.1 oder ::1 wählen, oder das Netz des Systems";
        choose_same = "Für beide dasselbe Netz wählen";
        leave_plain = "Paketverzögerung und Paketverlust leer lassen";
        try_again = "Erneut versuchen: Der nächste Versuch startet einen neuen Hilfsprozess";
    }

    LabErrors |language| {
        Refused(refusal) = { refusal.in_words(language) };
        Outside = { language.labs.outside.to_owned() };
        OtherNetwork(network) = {
            match network {
                Network::Lab => language.labs.server_in_lab,
                Network::System => language.labs.client_in_lab,
            }.to_owned()
        };
    }
}
