//! Why it failed: what was found on this machine, what to do next, and what a button does about it.

use super::{decimal, noun};
use crate::net::Address;
use crate::payload::VisibleText;
use crate::session::diagnose::Owner;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::diagnosis::{Diagnoses, Findings, Owners, Remedies};
use crate::words::translated::translated;
use std::net::IpAddr;
use std::time::Duration;

/// How many of this machine's addresses are named.
const MAX_ADDRESSES: usize = 4;

translated! { PORTUGUESE:
    Diagnoses {
        why = "Por quê?";
        why_name(endpoint) = "Por que {endpoint} falhou";
        heading = "Nesta máquina agora";
        looking = "Procurando…";
        nothing = "Nada nesta máquina explica isso.";
        check_again = "Verificar de novo";
        start_and_connect(name) = "Iniciar {name} e conectar";
        cannot_connect(address) = "falha ao conectar a {address}";
        refused(address) = "{address} recusou a conexão";
        cannot_find(host) = { format!("falha ao resolver o nome {}", VisibleText::plain(host).text) };
        explained(failed, finding) = "{failed}. {finding}";

        free_port_or_stop = "Use uma porta livre ou pare esse servidor";
        free_port = "Use uma porta livre ou encerre esse programa";
        one_family = "Escute em um endereço IPv4 com outra porta ou encerre esse programa";
        wait = "Espere um minuto ou use outra porta";
        just_try_again = "Tente de novo; se falhar outra vez, use uma porta livre";
        choose_ours = "Escute em um destes, ou em 0.0.0.0 ou :: para todos eles";
        high_port(first_free) = "Use uma porta a partir de {first_free}";
        ask_administrator = "Pergunte a quem administra esta máquina; contêineres, SELinux e AppArmor podem proibir isso";
        choose_interface = "Escolha uma em “Interface de multicast”, na seção “Multicast”";
        use_ipv4 = "Use um endereço IPv4";
        start_one = "Inicie o programa que deveria escutar ali ou confira a porta";
        open_one = "Inicie o programa que deveria ter a porta aberta ou confira a porta";
        same_transport = "Use o mesmo transporte nos dois lados";
        undelivered(address) = "um datagrama não chegou a {address}";
        now_it_works = "Tente de novo";
        connect_there(address) = "Em vez disso, conecte a {address}";
        listen_on_both(address) = "Em vez disso, conecte a {address} ou faça o servidor escutar também na outra família (um servidor dual-stack atende as duas)";
        start_ours(name) = "Inicie {name} e conecte de novo";
        check_there = "Verifique naquela máquina se o servidor está em execução e se escuta neste endereço, e não só no 127.0.0.1 dela";
        let_accept = "Faça o programa aceitar as conexões, ou passe ao listen() dele um backlog maior";
        more_time = "Dê mais tempo e confira o endereço";
        check_near = "Verifique se a máquina está ligada e se o endereço está certo";
        real_address = "Use o endereço real no lugar dele";
        change_firewall = "Permita a conexão no firewall desta máquina (nft, iptables ou ufw no Linux)";
        ask_firewall = "Verifique os firewalls das duas máquinas e das redes entre elas";
        one_host = "Use o endereço de uma só máquina";
        join_network = "Conecte esta máquina a uma rede ou use a outra família";
        default_route = "Verifique a configuração de rede desta máquina: sem rota padrão, ela só alcança as próprias redes";
        wait_for_ports = "Espere um minuto ou use a mesma conexão para mais coisas";
        any_source = "Deixe o endereço de origem vazio ou use outra porta nele";
        use_known = "Use esse nome, se era ele que você queria";
        name_only = "Digite só o nome ou o endereço; a porta tem um campo próprio";
        four_numbers = "Um endereço IPv4 tem quatro números de 0 a 255, como 192.168.1.5";
        network_works = "Verifique se esta máquina está conectada; o endereço em si não precisa de servidor de nomes";
        set_name_server = "Configure um servidor de nomes ou use o próprio endereço";
        check_spelling = "Confira a grafia ou use o próprio endereço";
        whole_name = "Acrescente o domínio, como em nome.example.org, ou use o próprio endereço";
        look_there(name) = "Veja as entradas de {name} dessa hora: elas dizem por que ele fechou";
        look_at_its_log = "Veja o log desse programa, os certificados dele e em quem ele confia";
        look_at_log = "Veja o log desse programa; ele pode ter recusado este cliente ou fechado a conexão com bytes não lidos";
        start_again = "Inicie esse programa de novo; ele pode ter sido encerrado ou ter falhado";
    }

    Owners |language| {
        Process(pid, name) = { let _: &Language = language; format!("{} (processo {pid})", VisibleText::plain(name).text) };
        Ours(name) = "{name} deste documento";
        Us = "este programa";
        Unnamed = "um programa de outro usuário, cujo nome o sistema não revela";
    }

    Findings |language| {
        HeldByOurs(name, address) = "{name} deste documento já escuta em {address}";
        HeldBy(owner, address) = { format!("A porta está com {}, que escuta em {address}", owner.in_words(language)) };
        HeldForBoth(address) = "Quem escuta em {address} é dual-stack: ocupa a porta também em IPv4";
        UsedByConnection(owner, local, remote) = { format!("{local} é o endereço de uma conexão com {remote}; quem a mantém é {}", owner.in_words(language)) };
        TimeWait(connections, port) = { let _: &Language = language; format!("A porta {port} tem {} em TIME-WAIT: o lado que fecha primeiro guarda seu endereço por cerca de um minuto", noun(*connections as u64, "conexão terminada", "conexões terminadas")) };
        FreeNow(address) = "Nenhum programa que o sistema liste tem {address} agora: o endereço está livre de novo, ou um programa o vinculou sem escutar";
        NotOurs(address, ours) = { not_ours(language, *address, ours) };
        NeedsRights(port, first_free) = "A porta {port} é reservada: neste sistema, portas abaixo de {first_free} exigem privilégios especiais";
        PolicyForbids = "Esta porta não exige privilégios especiais, portanto uma política deste sistema a proíbe";
        NoMulticastInterface = "Nenhuma interface de rede desta máquina tem rota para o grupo multicast, por isso não foi possível entrar nele";
        NoIpv6 = "O IPv6 está desativado nesta máquina";
        NobodyListens(port) = "Nenhum programa desta máquina escuta na porta {port}, por isso o sistema respondeu ao SYN com RST";
        NobodyHasUdpPort(port) = "Nenhum programa desta máquina tem a porta UDP {port} aberta, por isso o sistema respondeu com ICMP port unreachable";
        OtherTransport(owner, address) = { other_transport(language, owner, address) };
        OursListensNow(name, address) = "{name} escuta em {address} agora; naquele momento, não escutava";
        ListensNow(owner, address) = { format!("Agora {} escuta em {address}; naquele momento, nada escutava", owner.in_words(language)) };
        OtherFamily(owner, address) = { format!("Nesta porta só se escuta em {address}, portanto só em {}; quem escuta é {}", family(address.ip().is_some_and(|it| it.is_ipv6())), owner.in_words(language)) };
        OtherAddress(owner, address) = { format!("Nesta porta só se escuta em {address}; quem escuta é {}", owner.in_words(language)) };
        OursStopped(name, port) = "{name} deste documento está configurado para a porta {port}, mas não está em execução";
        OursElsewhere(name, address) = "{name} deste documento escuta em {address}";
        FarAway(address) = "{address} é de outra máquina. Ela respondeu, portanto o caminho até lá funciona; o que roda nela não se vê daqui";
        BacklogFull(owner, waiting) = { format!("Quem escuta ali, {}, não aceita: no backlog há {}. Com ele cheio, o Linux descarta novos SYNs sem resposta", owner.in_words(language), noun(u64::from(*waiting), "conexão à espera", "conexões à espera")) };
        NoAnswer(millis) = { no_answer(language, *millis) };
        SameNetwork(interface) = "O endereço parece estar na rede da interface {interface}, mas nenhuma máquina dali responde por ele";
        ForExamples(address) = "{address} é reservado para exemplos em documentos: nenhuma máquina o tem";
        FirewallHere = "Uma regra do firewall desta própria máquina rejeitou a conexão: é o que o sistema diz (EPERM)";
        FirewallPossible = "A causa pode ser um firewall; daqui não se vê";
        Broadcast(address) = "{address} representa todas as máquinas de uma rede; TCP conecta só duas";
        NoNetwork(is_ipv6) = { let _: &Language = language; format!("Esta máquina não tem endereço {} além do de loopback: não está em nenhuma rede desse tipo", family(*is_ipv6)) };
        NoDefaultRoute(is_ipv6) = { let _: &Language = language; format!("Esta máquina não tem rota padrão para {}", family(*is_ipv6)) };
        PortsUsedUp(time_wait) = { format!("Conexões com este endereço em TIME-WAIT: {}. Não sobra porta local para mais uma", language.numbers.grouped(*time_wait as u64)) };
        SourceUnusable = "O cliente está configurado para conectar a partir de um endereço ou porta que esta máquina não tem, ou que uma conexão com o mesmo peer ainda ocupa";
        LooksLike(known) = { let _: &Language = language; format!("O nome se parece com {}, conhecido aqui", VisibleText::plain(known).text) };
        OddCharacter(character) = { let _: &Language = language; format!("Nenhum nome de host contém o caractere {}", VisibleText::plain(character.to_string()).text) };
        MistypedAddress = "Foi lido como nome, porque não é um endereço IPv4 completo";
        NameServerSilent = "Nenhum servidor de nomes respondeu";
        NoNameServer = "Nenhum servidor de nomes está configurado nesta máquina, por isso só são conhecidos os nomes do arquivo hosts";
        NameUnknown = "O servidor de nomes respondeu que esse nome não existe";
        NameWithoutDot = "O nome não tem ponto, por isso foi procurado só no arquivo hosts e na rede local";
        PeerIsOurs(name) = "O outro lado era {name} deste documento";
        PeerIs(owner) = { format!("O outro lado é {}, nesta máquina", owner.in_words(language)) };
        PeerListens(owner) = { format!("Quem escuta ali, {}, continua em funcionamento, portanto só esta conexão foi resetada", owner.in_words(language)) };
        PeerGone = "O outro lado estava nesta máquina, e agora nada escuta no endereço dele";
    }

    Remedies |language| {
        UseFreePort = "Usar uma porta livre";
        StopServer(name) = "Parar {name}";
        StartServer(name) = { language.diagnoses.start_and_connect(name) };
        ConnectTo(address) = "Conectar a {address}";
        ListenOn(address) = "Escutar em {address}";
        UsePort(port) = "Usar a porta {port}";
        UseHost(host) = { let _: &Language = language; format!("Conectar a {}", VisibleText::plain(host).text) };
        AllowTime(time) = { let _: &Language = language; format!("Tentar de novo por {} s", time.as_secs()) };
        AnySource = "Conectar de qualquer porta";
        TryAgain = "Tentar de novo";
    }
}

fn family(is_ipv6: bool) -> &'static str {
    if is_ipv6 { "IPv6" } else { "IPv4" }
}

fn not_ours(_: &Language, address: IpAddr, ours: &[IpAddr]) -> String {
    let named: Vec<_> = ours
        .iter()
        .take(MAX_ADDRESSES)
        .map(IpAddr::to_string)
        .collect();
    let more = if ours.len() > MAX_ADDRESSES {
        " e outros"
    } else {
        ""
    };
    if named.is_empty() {
        return format!(
            "Nenhuma interface desta máquina tem {address}, nem outro endereço da mesma família"
        );
    }
    format!(
        "Nenhuma interface desta máquina tem {address}; ela tem {}{more}",
        named.join(", ")
    )
}

fn other_transport(language: &Language, owner: &Owner, address: &Address) -> String {
    let (it, other) = if address.is_udp() {
        ("UDP", "TCP")
    } else {
        ("TCP", "UDP")
    };
    let owner = owner.in_words(language);
    format!("A porta {it} desse número ({address}) está com {owner}; {other} tem portas próprias")
}

fn no_answer(_: &Language, millis: u64) -> String {
    let time = if millis > 0 {
        let seconds = Duration::from_millis(millis).as_secs_f64();
        format!(" em {} s", decimal(seconds))
    } else {
        String::new()
    };
    format!(
        "Não veio resposta ao SYN{time}, nem mesmo uma recusa: ele, ou a resposta a ele, se perdeu ou foi descartado no caminho"
    )
}
