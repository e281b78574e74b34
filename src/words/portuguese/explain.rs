//! What an event of a connection's life means, for those who meet it for the first time.

use super::noun;
use crate::words::explain::Explanations;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Explanations {
        received(size, buffer) = { received(size, buffer) };
        sent(size) = { format!("send() entregou {} ao sistema, que aceitou tudo imediatamente. Enviado não é entregue: o sistema do peer confirma depois, e o programa dele lê mais tarde ainda, nos pedaços que quiser.", noun(size, "byte", "bytes")) };
        listening = "bind() deu este endereço ao socket, e listen() o fez receber conexões. O sistema completa sozinho os handshakes e guarda as conexões no backlog, até o tamanho dele, até que accept() as retire.";
        looking_up = "getaddrinfo() transforma o nome em endereços antes que se possa enviar algo: o sistema consulta o arquivo hosts e depois um servidor de nomes.";
        connecting = "connect() enviou um SYN. A conexão fica estabelecida quando o SYN-ACK do peer volta e é respondido com um ACK.";
        connected = "connect() retornou: o handshake de três vias (SYN, SYN-ACK, ACK) está completo, e os dois lados podem enviar. Levou cerca de uma ida e volta. O programa do peer talvez nem tenha chamado accept() ainda.";
        accepted = "accept() retirou a conexão do backlog. O sistema já a tinha estabelecido antes disso (SYN, SYN-ACK, ACK) e talvez já guarde bytes do peer.";
        peer_finished = "recv() retornou 0: o peer enviou FIN, portanto encerrou o envio. Ele ainda pode ler, e este lado ainda pode enviar; a conexão termina quando os dois lados tiverem encerrado.";
        we_finished = "shutdown(write) enviou FIN: este lado não envia mais nada e continua lendo até que o peer também encerre. O lado que envia o primeiro FIN é o que fica em TIME-WAIT.";
        unread = "close() encontrou bytes que chegaram e nunca foram lidos. O sistema envia então RST em vez de FIN, e o peer pode perder o que ainda não tinha lido.";
        closed_by_us = "close() enviou FIN depois dos bytes que o sistema tinha aceitado e liberou o socket. O peer lê esses bytes e depois o fim do fluxo. Se continuar enviando, ninguém mais lê aqui: o sistema responde com RST ao que chega. A não ser que o peer tenha encerrado antes, este lado mantém a conexão em TIME-WAIT (um minuto no Linux), para que pacotes extraviados dela não cheguem a uma nova.";
        details_unread = "O que a entrada diz além disso está danificado no disco; outras entradas não são afetadas.";
        unknown = "Uma versão mais nova do programa gravou isto. Abra a captura com essa versão para ler.";
        closed_by_stop = "close() terminou o socket de escuta e todas as conexões dele. Novas conexões são recusadas. As que este lado fechou primeiro ficam algum tempo em TIME-WAIT; SO_REUSEADDR permite que um servidor volte a escutar na porta enquanto isso.";
        closed_by_reply = "A resposta foi enviada e, depois dela, o FIN (shutdown(write)). Os bytes restantes do peer foram lidos antes de close(), para que nenhum RST ultrapassasse a resposta. Este lado encerrou primeiro, por isso entra em TIME-WAIT.";
        closed_by_peer = "O peer encerrou o envio (FIN), e depois este lado também fechou (close()). Tudo o que o peer enviou foi entregue em ordem. O peer encerrou primeiro, por isso o TIME-WAIT fica do lado dele.";
        closed_by_our_reset = "Este lado enviou RST (close() com SO_LINGER em 0): a conexão terminou imediatamente, sem TIME-WAIT, e os bytes a caminho, em qualquer sentido, se perderam. A próxima leitura do peer falha com “connection reset”.";
        accepting_closes = "Cada conexão é aceita e fechada imediatamente: o peer vê seu connect dar certo e, depois, o fim do fluxo.";
        accepting_stopped = "Nada é retirado do backlog. O sistema ainda completa handshakes até que ele encha; depois, ignora ou recusa novos SYNs.";
        waiting = "O que foi solicitado depois é enviado quando este tempo tiver passado. Enquanto isso, o peer não vê nada.";
        reading_stopped = "recv() não é mais chamada. Quando o buffer de recepção enche, a janela se fecha, e as escritas do peer esperam (controle de fluxo).";
        reading_resumed = "recv() volta a ser chamada. A janela se abre, e o peer pode enviar o que esperava.";
        pace = "As escritas aqui são distribuídas no tempo; cada uma é uma escrita separada, embora o sistema ainda possa juntá-las ou dividi-las em segmentos.";
        reconnecting = "O cliente está configurado para reconectar sozinho. A espera dobra a cada tentativa que falha, para não sobrecarregar um servidor que volta; parte dela é aleatória, para que os clientes não voltem todos ao mesmo tempo.";
        dropped = "A regra envia com uma chance de perder a mensagem, e desta vez ela se perdeu: nada dela foi entregue ao sistema.";
        corrupted = "A regra envia com uma chance de erro, e desta vez um byte da mensagem foi alterado antes de ela ser entregue ao sistema.";
        group = "Conexões entram em grupos para que uma regra possa enviar a todas as de um grupo. Há um limite para quantas podem entrar e para o tamanho dos nomes.";
        elsewhere = "Uma regra mandou outro endpoint fazer algo. Ele não fez, por isso nada foi enviado lá.";
        sequence_began = "As etapas da sequência são feitas uma a uma nesta conexão. Até ela terminar, as respostas do próprio endpoint esperam.";
        sequence_passed = "Todas as etapas foram feitas: o que era para enviar foi entregue ao sistema, e o esperado chegou a tempo.";
        sequence_failed = "Uma etapa tem de receber algo dentro de um prazo. Quadros que não contêm isso são pulados; do mais parecido, é mostrada a primeira diferença.";
        sequence_cancelled = "Ela foi parada antes da última etapa. O que tinha posto na fila até então é enviado.";
        unanswered = "A requisição chegou, e nenhuma regra do endpoint se aplica a ela, por isso nada foi feito. Se as próximas também ficarem sem resposta, elas são apenas contadas. Uma regra para qualquer requisição, no fim da lista, responde ao que as outras deixam passar, ou o ignora.";
        queue_cancelled = "Tudo foi parado: o que esperava na fila desta conexão não é enviado nem feito. A conexão continua aberta.";
        cancelled = "O peer recebeu só o começo do arquivo e não tem como ver que o resto foi cancelado.";
        reset = "recv() falhou: o sistema do peer enviou RST. A conexão terminou imediatamente, sem TIME-WAIT, e os bytes a caminho, em qualquer sentido, podem ter se perdido. Isso acontece quando um programa termina ou fecha sem ler tudo o que chegou.";
        accept_paused = "accept() falhou: cada conexão ocupa um descritor de arquivo, e não sobra nenhum. Novas conexões esperam no backlog até que outras terminem.";
        accept_aborted = "accept() encontrou conexões de que os peers já tinham desistido, por isso não havia nada a retirar do backlog. A aceitação continua.";
        accept_resumed = "Há lugar de novo: as conexões que esperavam no backlog são aceitas agora.";
        missing = "Os pacotes que levavam estes bytes não estão no arquivo de captura: a captura começou depois, perdeu pacotes ou só viu um sentido.";
        not_recorded = "A gravação estava desativada ou tinha parado. O tráfego continuou enquanto isso, e nada dele é conhecido.";
        clock_adjusted = "O relógio do sistema foi acertado. As horas antes e depois diferem por esse salto; a ordem das linhas e o tempo entre elas são medidos com um relógio que nunca salta.";
        in_use = "bind() falhou (EADDRINUSE): outro socket já escuta neste endereço e nesta porta, e dois não podem compartilhá-los.";
        not_ours = "bind() falhou (EADDRNOTAVAIL): um servidor só pode escutar em um endereço que alguma das interfaces desta máquina tenha.";
        low_port = "bind() falhou (EACCES): o sistema reserva as portas abaixo de 1024 a programas com privilégios especiais.";
        not_permitted = "O sistema não deixa este programa fazer isso: um firewall nesta máquina, um sandbox ou outra política o proíbe.";
        no_family = "Esta máquina não tem endereços dessa família: o IPv6 está desativado ou não configurado.";
        not_bound = "Não foi possível vincular o socket a este endereço, por isso nenhuma conexão pode chegar.";
        refused = "connect() falhou (ECONNREFUSED): a máquina respondeu ao SYN com RST. Ela existe, mas nada aceita conexões nesse endereço e porta, ou um firewall respondeu por ela.";
        timed_out = "connect() não teve resposta a tempo: o SYN foi enviado várias vezes. Muitas vezes um firewall descarta pacotes em silêncio, ou nenhuma máquina tem o endereço.";
        no_source = "connect() falhou (EADDRNOTAVAIL ou EADDRINUSE): nenhum SYN foi enviado, porque o sistema não achou endereço ou porta desta máquina para este lado.";
        no_route = "connect() falhou (ENETUNREACH): esta máquina não conhece caminho para essa rede, por isso nada foi enviado.";
        host_unreachable = "connect() falhou (EHOSTUNREACH): a última rede do caminho não achou máquina com esse endereço.";
        not_connected = "O sistema não conseguiu estabelecer a conexão.";
        name_not_found = "Um nome tem de ser transformado antes em endereço, e o sistema não achou nenhum: nem no arquivo hosts, nem com um servidor de nomes que tenha respondido.";
        look_ups = "Uma consulta de nome espera o tempo que o servidor de nomes levar. Só algumas podem esperar ao mesmo tempo.";
        given_up = "A tentativa foi encerrada aqui antes de o peer responder.";
        silent = "O peer deixou de confirmar. O sistema enviou os bytes várias vezes e depois desistiu da conexão.";
        broken = "Uma chamada ao socket falhou, por isso a conexão foi fechada. Bytes a caminho podem ter se perdido.";
        not_finished = "Depois de uma resposta que fecha a conexão, o peer tem um momento para lê-la e encerrar. Ele não o fez, por isso este lado fechou.";
        queue_full = "O peer não lê: sua janela de recepção está fechada, e o que há para enviar espera em uma fila de tamanho limitado.";
        not_open = "Um lado que encerrou o envio não pode voltar a enviar, e uma conexão que terminou não leva mais nada.";
        never_open = "Uma mensagem a um cliente não conectado espera até que ele conecte. A conexão não deu certo, por isso nada da mensagem foi entregue ao sistema.";
        no_peers = "Um servidor envia aos peers que estão conectados naquele momento, e não havia nenhum.";
        lab_refused = "O laboratório é uma rede à parte, criada com unshare(CLONE_NEWUSER | CLONE_NEWNET). O sistema não permitiu isso, por isso nada foi aberto.";
        lab_apart = "Uma rede privada não tem saída nem entrada: sockets só se alcançam se ambos estão no laboratório, ou se nenhum está. Nada foi enviado.";
        not_started = "Cada endpoint roda em uma thread própria, com um poller que espera pelos sockets dele. O sistema não tinha lugar para mais uma.";
        unix_listening = "bind() criou o arquivo do socket, e listen() o fez receber conexões. Elas esperam no backlog, até o tamanho dele, até que accept() as retire.";
        unix_connecting = "connect() procura o arquivo do socket. Nada passa por nenhuma rede.";
        unix_connected = "connect() retornou: o sistema uniu os dois lados na memória, sem handshake em rede, e ambos podem enviar.";
        unix_accepted = "accept() retirou a conexão do backlog. O sistema sabe qual processo está no outro lado.";
        unix_peer_finished = "recv() retornou 0: o peer encerrou o envio. Ele ainda pode ler, e este lado ainda pode enviar.";
        unix_we_finished = "shutdown(write) terminou o fluxo deste lado: ele não envia mais nada e continua lendo até que o peer também encerre.";
        unix_reset = "recv() falhou: o peer fechou sem ler tudo o que chegou, e bytes a caminho podem ter se perdido.";
        unix_closed = "close() terminou a conexão deste lado. Um socket Unix não tem TIME-WAIT.";
        unix_reading_stopped = "recv() não é mais chamada. Quando o buffer do socket enche, as escritas do peer esperam.";
        unix_reading_resumed = "recv() volta a ser chamada, e o peer pode enviar o que esperava.";
        bound = "bind() deu este endereço ao socket. Em UDP não há listen() nem accept(): tudo o que é enviado a este endereço e porta chega aqui, de qualquer um, cada datagrama por si.";
        bound_with_groups = "bind() deu este endereço ao socket, e IP_ADD_MEMBERSHIP avisou o sistema, e os roteadores próximos, de que datagramas a estes grupos são desejados aqui. Outros programas podem ter entrado neles na mesma porta: cada um recebe uma cópia.";
        udp_ready = "UDP não tem handshake: nada foi enviado, e ninguém sabe ainda se há alguém lá. O socket tem agora um endereço e uma porta desta máquina, para onde vêm as respostas.";
        udp_new_peer = "recvfrom() retornou um datagrama de um endereço ainda não visto. Para o UDP, uma conexão é só isso: o programa memoriza o endereço para poder responder. Qualquer um pode escrever qualquer endereço de origem em um datagrama.";
        udp_forgotten = "Este lado esqueceu o peer. UDP não tem FIN nem RST, por isso nada foi enviado e o peer não fica sabendo de nada; se enviar de novo, será um novo peer.";
        udp_stopped = "close() liberou a porta. Ao que chega ali a partir de agora, o sistema responde com ICMP port unreachable.";
        udp_pace = "A partir de agora, os datagramas são enviados mais espaçados. O UDP em si não tem controle de fluxo: sem isto, quem envia pode enviar mais do que o peer ou a rede aguentam, e o resto se perde sem aviso.";
        udp_reading = "Todos os peers de um socket UDP compartilham o buffer de recepção dele, por isso ele continua a ser lido: o que este peer envia é gravado mesmo assim.";
        udp_queue_cancelled = "Tudo foi parado: o que esperava para ser enviado a este peer não é enviado nem feito.";
        truncated = "recvfrom() teve menos espaço do que o datagrama precisava. Um fluxo guardaria o resto para a próxima leitura; de um datagrama, o resto se perde. Um buffer de leitura maior recebe tudo.";
        datagrams_dropped = "Eles chegaram enquanto o buffer de recepção do socket (SO_RCVBUF) estava cheio, e o sistema os jogou fora. Em UDP, ninguém os envia de novo, e quem enviou não sabe disso. Um buffer maior ajuda, assim como um envio mais lento.";
        forgotten_by_silence = "Nada foi enviado a este peer nem recebido dele pelo tempo que a configuração diz. UDP não tem um fim que se possa ver, por isso vale o silêncio. Se o peer enviar de novo, será um novo peer.";
        forgotten_by_crowd = "Havia tantos outros peers ativos que os que estavam em silêncio há mais tempo foram esquecidos para dar lugar. Se o peer enviar de novo, será um novo peer.";
        undelivered = "Um roteador, ou a própria máquina, devolveu uma mensagem ICMP: o datagrama não chegou a um programa. O sistema repassa isso ao socket quando pode, e muitas redes descartam essas mensagens; a falta delas não quer dizer que o datagrama chegou.";
        datagram_refused = "sendto() falhou, por isso nada deste datagrama foi enviado. Os outros não são afetados.";
        overrun = "As respostas a este peer esperam sua hora, e ele continua pedindo. Um fluxo seria então lido mais devagar; datagramas não podem ser retidos, por isso são gravados e ficam sem resposta até que algumas respostas tenham sido enviadas.";
        template = "Um campo do modelo não tinha valor naquele momento, por isso nada foi enviado.";
    }
}

fn received(size: u64, buffer: Option<u64>) -> String {
    let size = noun(size, "byte", "bytes");
    let call = match buffer {
        Some(buffer) => {
            format!(
                "recv({buffer}) retornou {size}; {buffer} é o buffer de leitura como está configurado agora"
            )
        }
        None => format!("recv() retornou {size}"),
    };
    format!(
        "{call}. TCP leva um fluxo sem bordas: o peer pode ter enviado isto em uma escrita ou em várias, e o que ele \
         enviou em uma escrita pode chegar em várias leituras."
    )
}
