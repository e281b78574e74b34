//! Why the system refused something.

use crate::words::reason::Reasons;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Reasons {
        in_use = "a porta já está em uso";
        path_in_use = "o caminho já está em uso";
        not_ours = "o endereço não é desta máquina";
        not_permitted = "não permitido";
        refused = "recusada (nada aceita conexões ali)";
        reset = "resetada pelo peer (RST)";
        unix_reset = "resetada pelo peer";
        aborted = "abortada pelo sistema";
        not_connected = "não conectado";
        broken_pipe = "o peer não aceita mais bytes";
        timed_out = "tempo esgotado";
        host_unreachable = "host inacessível";
        network_unreachable = "rede inacessível (sem rota)";
        network_down = "a rede está fora do ar";
        out_of_memory = "memória esgotada";
        unsupported = "sem suporte neste sistema";
        out_of_descriptors = "descritores de arquivo esgotados";
        no_family = "esta máquina não tem essa família de endereços (sem IPv6?)";
        disk_full = "o disco está cheio";
        no_such_file = "arquivo ou pasta inexistente";
        read_only = "o volume é somente leitura";
        not_a_file = "não é um arquivo";
        unknown(code) = "erro de sistema {code}";
        name_not_found = "nenhum endereço encontrado";
        name_not_found_as(text) = "nenhum endereço encontrado ({text})";
    }
}
