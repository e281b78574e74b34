//! The lab: why it is refused, and what it cannot do.

use crate::net::Network;
use crate::words::InWords as _;
use crate::words::lab::{LabErrors, Labs};
use crate::words::translated::translated;

translated! { SPANISH:
    Labs {
        not_linux = "solo Linux tiene redes privadas";
        app_armor = "aquí solo los programas con un perfil de AppArmor pueden crear una red privada (kernel.apparmor_restrict_unprivileged_userns es 1)";
        switched_off = "aquí los usuarios no pueden crear redes privadas (kernel.unprivileged_userns_clone es 0)";
        limit = "aquí no se pueden crear más redes privadas (user.max_user_namespaces y user.max_net_namespaces)";
        not_in_kernel = "este núcleo no tiene redes privadas (espacios de nombres de usuario y de red)";
        no_netem = "este núcleo no puede retardar ni perder paquetes (no tiene netem)";
        sandbox(reason) = "el contenedor o el entorno aislado que rodea este programa prohíbe las redes privadas ({reason})";
        no_helper(reason) = "su proceso auxiliar, otra copia de este programa, no se ha iniciado: {reason}";
        no_answer(reason) = "su proceso auxiliar no responde: {reason}";
        no_packets(reason) = "sus paquetes no se pueden ver: {reason}";
        failed(call, reason) = "{call} ha fallado: {reason}";
        server_in_lab = "el servidor que escucha ahí está en el laboratorio, y este cliente no";
        client_in_lab = "el servidor que escucha ahí no está en el laboratorio, pero este cliente sí";
        outside = "está fuera del laboratorio, que solo tiene las direcciones de bucle local 127.0.0.1 y ::1";
        allow_profile = "Instale un perfil de AppArmor para este programa que permita userns, o elija la red del sistema";
        allow_users = "Permítalo con sysctl kernel.unprivileged_userns_clone=1, o elija la red del sistema";
        choose_system = "Elija la red del sistema";
        choose_loopback = "Elija 127.0.0.1 o ::1, o la red del sistema";
        choose_same = "Elija la misma red para ambos";
        leave_plain = "Deje vacíos el retardo y la pérdida de paquetes";
        try_again = "Inténtelo de nuevo: el próximo intento inicia otro";
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
