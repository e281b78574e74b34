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

translated! { SPANISH:
    Diagnoses {
        why = "¿Por qué?";
        why_name(endpoint) = "Por qué ha fallado {endpoint}";
        heading = "Ahora en este equipo";
        looking = "Buscando…";
        nothing = "Nada en este equipo lo explica.";
        check_again = "Comprobar de nuevo";
        start_and_connect(name) = "Iniciar {name} y conectar";
        cannot_connect(address) = "no se puede conectar con {address}";
        refused(address) = "{address} ha rechazado la conexión";
        cannot_find(host) = { format!("no se encuentra {}", VisibleText::plain(host).text) };
        explained(failed, finding) = "{failed}. {finding}";

        free_port_or_stop = "Use un puerto libre o detenga ese servidor";
        free_port = "Use un puerto libre o cierre ese programa";
        one_family = "Escuche en una sola dirección IPv4 con otro puerto o cierre ese programa";
        wait = "Espere un minuto o use otro puerto";
        just_try_again = "Inténtelo de nuevo; si vuelve a fallar, use un puerto libre";
        choose_ours = "Escuche en una de ellas, o en 0.0.0.0 o :: para usarlas todas";
        high_port(first_free) = "Use un puerto a partir del {first_free}";
        ask_administrator = "Pregunte a quien administra este equipo; los contenedores, SELinux y AppArmor pueden prohibirlo";
        choose_interface = "Elija una en «Multicast», «Interfaz multicast»";
        use_ipv4 = "Use una dirección IPv4";
        start_one = "Inicie el programa que debería escuchar ahí o compruebe el puerto";
        open_one = "Inicie el programa que debería tener abierto el puerto o compruebe el puerto";
        same_transport = "Use el mismo transporte en ambos lados";
        undelivered(address) = "un datagrama no ha llegado a {address}";
        now_it_works = "Inténtelo de nuevo";
        connect_there(address) = "Conecte con {address} en su lugar";
        listen_on_both(address) = "Conecte con {address} en su lugar o haga que el servidor escuche también en la otra familia (un servidor de pila doble admite ambas)";
        start_ours(name) = "Inicie {name} y conecte de nuevo";
        check_there = "Compruebe en ese equipo que el servidor está en marcha y escucha en esta dirección, no solo en su 127.0.0.1";
        let_accept = "Haga que su programa acepte o dé a su listen() un backlog mayor";
        more_time = "Aumente el tiempo de espera y compruebe la dirección";
        check_near = "Compruebe que el equipo está encendido y que la dirección es correcta";
        real_address = "Use en su lugar la dirección real";
        change_firewall = "Permítalo en el cortafuegos de este equipo (nft, iptables o ufw en Linux)";
        ask_firewall = "Compruebe los cortafuegos de ambos equipos y de las redes que hay entre ellos";
        one_host = "Use la dirección de un solo equipo";
        join_network = "Conecte este equipo a una red o use la otra familia";
        default_route = "Compruebe los ajustes de red de este equipo: sin una ruta predeterminada solo llega a sus propias redes";
        wait_for_ports = "Espere un minuto o aproveche más cada conexión";
        any_source = "Deje vacía la dirección de origen o use otro puerto en ella";
        use_known = "Use ese nombre, si era el que quería";
        name_only = "Introduzca solo el nombre o la dirección; el puerto tiene su propio campo";
        four_numbers = "Una dirección IPv4 tiene cuatro números de 0 a 255, como en 192.168.1.5";
        network_works = "Compruebe que este equipo está conectado; una dirección IP no necesita servidor de nombres";
        set_name_server = "Configure un servidor de nombres o use directamente la dirección";
        check_spelling = "Compruebe la ortografía o use directamente la dirección";
        whole_name = "Añada el dominio, como en nombre.example.org, o use directamente la dirección";
        look_there(name) = "Mire las entradas de {name} a esa hora: dicen por qué cerró";
        look_at_its_log = "Mire el registro de ese programa, sus certificados y en quién confía";
        look_at_log = "Mire el registro de ese programa; puede haber rechazado a este cliente o haber cerrado con bytes sin leer";
        start_again = "Inicie de nuevo ese programa; puede que se haya cerrado o que haya fallado";
    }

    Owners |language| {
        Process(pid, name) = { let _: &Language = language; format!("{} (proceso {pid})", VisibleText::plain(name).text) };
        Ours(name) = "{name} de este documento";
        Us = "este programa";
        Unnamed = "un programa de otro usuario (el sistema no revela cuál)";
    }

    Findings |language| {
        HeldByOurs(name, address) = "{name} de este documento ya escucha en {address}";
        HeldBy(owner, address) = { format!("El puerto lo ocupa {}, que escucha en {address}", owner.in_words(language)) };
        HeldForBoth(address) = "Quien escucha en {address} lo hace con pila doble: ocupa el puerto también para IPv4";
        UsedByConnection(owner, local, remote) = { format!("Una conexión de {} usa {local} como dirección propia, con {remote} al otro lado", owner.in_words(language)) };
        TimeWait(connections, port) = { let _: &Language = language; format!("El puerto {port} tiene {} en TIME-WAIT: el lado que cierra primero conserva su dirección durante cerca de un minuto", noun(*connections as u64, "conexión terminada", "conexiones terminadas")) };
        FreeNow(address) = "El sistema no indica ahora nada que ocupe {address}: vuelve a estar libre, o un programa se ha vinculado a ella sin escuchar";
        NotOurs(address, ours) = { not_ours(language, *address, ours) };
        NeedsRights(port, first_free) = "El puerto {port} está reservado: en este sistema, los puertos por debajo del {first_free} exigen permisos especiales";
        PolicyForbids = "Este puerto no exige permisos especiales, así que lo prohíbe una directiva de este sistema";
        NoMulticastInterface = "Ninguna interfaz de red de este equipo tiene una ruta al grupo multicast, así que no ha sido posible unirse a él";
        NoIpv6 = "IPv6 está desactivado en este equipo";
        NobodyListens(port) = "Ningún programa de este equipo escucha en el puerto {port}, así que el sistema ha respondido al SYN con RST";
        NobodyHasUdpPort(port) = "Ningún programa de este equipo tiene abierto el puerto UDP {port}, así que el sistema ha respondido con ICMP port unreachable";
        OtherTransport(owner, address) = { other_transport(language, owner, address) };
        OursListensNow(name, address) = "{name} escucha ahora en {address}; en aquel momento no lo hacía";
        ListensNow(owner, address) = { format!("En {address} escucha ahora {}; en aquel momento no escuchaba nadie", owner.in_words(language)) };
        OtherFamily(owner, address) = { format!("En ese puerto, {} escucha en {address}, es decir, solo por {}", owner.in_words(language), family(address.ip().is_some_and(|it| it.is_ipv6()))) };
        OtherAddress(owner, address) = { format!("En ese puerto, {} escucha solo en {address}", owner.in_words(language)) };
        OursStopped(name, port) = "{name} de este documento está ajustado para el puerto {port}, pero no está en marcha";
        OursElsewhere(name, address) = "{name} de este documento escucha en {address}";
        FarAway(address) = "{address} es de otro equipo. Ha respondido, así que el camino funciona; lo que se ejecuta en él no se puede ver desde aquí";
        BacklogFull(owner, waiting) = { format!("Quien escucha ahí, {}, no acepta: {} en su backlog. Cuando está lleno, Linux descarta los SYN siguientes sin respuesta", owner.in_words(language), noun(u64::from(*waiting), "conexión espera", "conexiones esperan")) };
        NoAnswer(millis) = { no_answer(language, *millis) };
        SameNetwork(interface) = "La dirección parece estar en la red de {interface}, pero ahí ningún equipo responde por ella";
        ForExamples(address) = "{address} está reservada para ejemplos en documentos: ningún equipo la tiene";
        FirewallHere = "Una regla del cortafuegos de este mismo equipo ha rechazado la conexión: lo dice el sistema (EPERM)";
        FirewallPossible = "La causa puede ser un cortafuegos; eso no se puede ver desde aquí";
        Broadcast(address) = "{address} representa a todos los equipos de una red; TCP conecta dos";
        NoNetwork(is_ipv6) = { let _: &Language = language; format!("Este equipo no tiene más dirección {} que la de bucle local: no está en ninguna red de ese tipo", family(*is_ipv6)) };
        NoDefaultRoute(is_ipv6) = { let _: &Language = language; format!("Este equipo no tiene ruta predeterminada para {}", family(*is_ipv6)) };
        PortsUsedUp(time_wait) = { let _: &Language = language; format!("Hay {} a esta dirección en TIME-WAIT: no queda ningún puerto local para otra", noun(*time_wait as u64, "conexión", "conexiones")) };
        SourceUnusable = "El cliente está ajustado para conectar desde una dirección o un puerto de origen que este equipo no tiene, o que aún ocupa una conexión con el mismo par";
        LooksLike(known) = { let _: &Language = language; format!("El nombre se parece a {}, que aquí se conoce", VisibleText::plain(known).text) };
        OddCharacter(character) = { let _: &Language = language; format!("Ningún nombre de host contiene el carácter {}", VisibleText::plain(character.to_string()).text) };
        MistypedAddress = "Se lee como un nombre, porque no es una dirección IPv4 completa";
        NameServerSilent = "No ha respondido ningún servidor de nombres";
        NoNameServer = "En este equipo no hay configurado ningún servidor de nombres, así que solo se conocen los nombres de su archivo hosts";
        NameUnknown = "El servidor de nombres ha respondido que ese nombre no existe";
        NameWithoutDot = "El nombre no tiene punto, así que solo se ha preguntado por él al archivo hosts y a la red local";
        PeerIsOurs(name) = "El otro lado era {name} de este documento";
        PeerIs(owner) = { format!("El otro lado es {}, en este equipo", owner.in_words(language)) };
        PeerListens(owner) = { format!("Quien escucha ahí, {}, sigue en marcha, así que solo se ha reiniciado esta conexión", owner.in_words(language)) };
        PeerGone = "El otro lado estaba en este equipo, y ahora nada escucha en su dirección";
    }

    Remedies |language| {
        UseFreePort = "Usar un puerto libre";
        StopServer(name) = "Detener {name}";
        StartServer(name) = { language.diagnoses.start_and_connect(name) };
        ConnectTo(address) = "Conectar con {address}";
        ListenOn(address) = "Escuchar en {address}";
        UsePort(port) = "Usar el puerto {port}";
        UseHost(host) = { let _: &Language = language; format!("Conectar con {}", VisibleText::plain(host).text) };
        AllowTime(time) = { let _: &Language = language; format!("Probar de nuevo con {} s de espera", time.as_secs()) };
        AnySource = "Conectar desde cualquier puerto";
        TryAgain = "Probar de nuevo";
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
        " y otras"
    } else {
        ""
    };
    if named.is_empty() {
        return format!(
            "Ninguna interfaz de este equipo tiene {address} ni ninguna otra dirección de su familia"
        );
    }
    format!(
        "Ninguna interfaz de este equipo tiene {address}; las que hay: {}{more}",
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
    format!(
        "Ese número lo usa {owner} como puerto {it} ({address}); los puertos {other} van aparte"
    )
}

fn no_answer(_: &Language, millis: u64) -> String {
    let time = if millis > 0 {
        let seconds = Duration::from_millis(millis).as_secs_f64();
        format!(" en {} s", decimal(seconds))
    } else {
        String::new()
    };
    format!(
        "No ha llegado respuesta al SYN{time}, ni siquiera un rechazo: el SYN o su respuesta se ha perdido o descartado por el camino"
    )
}
