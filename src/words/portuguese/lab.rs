//! The lab: why it is refused, and what it cannot do.

use crate::net::Network;
use crate::words::InWords as _;
use crate::words::lab::{LabErrors, Labs};
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Labs {
        not_linux = "só o Linux tem redes privadas";
        app_armor = "aqui só programas com um perfil AppArmor podem criar uma rede privada (kernel.apparmor_restrict_unprivileged_userns é 1)";
        switched_off = "usuários não podem criar redes privadas aqui (kernel.unprivileged_userns_clone é 0)";
        limit = "não é possível criar mais redes privadas aqui (user.max_user_namespaces e user.max_net_namespaces)";
        not_in_kernel = "este kernel não tem redes privadas (namespaces de usuário e de rede)";
        no_netem = "este kernel não consegue atrasar nem perder pacotes (não tem netem)";
        sandbox(reason) = "o contêiner ou sandbox em volta deste programa proíbe redes privadas ({reason})";
        no_helper(reason) = "o processo auxiliar (outra instância deste programa) não iniciou: {reason}";
        no_answer(reason) = "o processo auxiliar não responde: {reason}";
        no_packets(reason) = "os pacotes dele não podem ser vistos: {reason}";
        failed(call, reason) = "{call} falhou: {reason}";
        server_in_lab = "o servidor que escuta ali está no laboratório, e este cliente não está";
        client_in_lab = "o servidor que escuta ali não está no laboratório, mas este cliente está";
        outside = "está fora do laboratório, que só tem os endereços de loopback 127.0.0.1 e ::1";
        allow_profile = "Instale um perfil AppArmor para este programa que permita userns, ou escolha a rede do sistema";
        allow_users = "Permita com sysctl kernel.unprivileged_userns_clone=1, ou escolha a rede do sistema";
        choose_system = "Escolha a rede do sistema";
        choose_loopback = "Escolha 127.0.0.1 ou ::1, ou a rede do sistema";
        choose_same = "Escolha a mesma rede para os dois";
        leave_plain = "Deixe vazios o atraso e a perda de pacotes";
        try_again = "Tente de novo: a próxima tentativa inicia outro";
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
