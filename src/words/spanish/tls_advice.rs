//! What would help where TLS failed.

use crate::words::tls_advice::TlsAdvices;
use crate::words::translated::translated;

translated! { SPANISH:
    TlsAdvices {
        trust(issuer) = "Si este es el par que quiere, confíe en su CA: elija como raíces el archivo con el certificado de {issuer}";
        send_chain(issuer) = "Haga que el par envíe su cadena entera, o confíe en su CA: elija como raíces el archivo con el certificado de {issuer}";
        trust_itself = "Si este es el par que quiere, elija como raíces el archivo de su certificado; para una prueba, este extremo también puede quedar sin comprobar";
        ask_for(names, expected) = "Pida uno de los nombres que tiene el certificado ({names}), o dé al par un certificado para {expected}";
        name_it(expected) = "Dé al par un certificado que tenga {expected} entre sus nombres alternativos";
        renew = "Haga renovar el certificado del par; si la fecha de aquí es incorrecta, ponga en hora el reloj de este equipo";
        wait = "Si la fecha de aquí es incorrecta, ponga en hora el reloj de este equipo; si no, espere hasta entonces o encargue otro certificado";
        for_use = "Encargue un certificado para este uso: los servidores necesitan serverAuth, los clientes clientAuth, entre los usos extendidos de la clave";
        same_pair = "Compruebe que el certificado y la clave del par van juntos, y que las raíces elegidas contienen justo esta CA: dos con el mismo nombre tienen claves distintas";
        longer_key = "Encargue un certificado con una clave más larga: RSA de 2048 bits o más, o ECDSA con P-256";
        better_signature = "Haga firmar de nuevo el certificado, con SHA-256 o mejor";
        new_certificate = "Encargue un certificado nuevo para el par";
        common_version = "Haga que ambos lados hablen TLS 1.2 o 1.3; las versiones anteriores están rotas y aquí no se hablan";
        common_suite = "Permita en un lado una suite de cifrado del otro";
        common_group = "Permita en un lado un grupo del otro; casi todos conocen x25519 y secp256r1";
        common_scheme = "Dé al servidor un certificado con otro tipo de clave: casi todos los clientes aceptan RSA y ECDSA con P-256";
        common_protocol = "Introduzca el mismo protocolo en ambos lados, o ninguno en uno de ellos";
        give_client_one = "Dé al cliente un certificado, o haga que este servidor lo pida sin exigirlo";
        choose_one = "Elija un certificado y su clave para este cliente, de una CA en la que confíe el servidor";
        let_peer_trust = "Haga que el par confíe en la CA que firmó el certificado de este lado (la de este programa se puede exportar), o use un certificado de una CA en la que confíe";
        our_dates = "Compruebe las fechas del certificado de este lado y el reloj del equipo del par";
        our_certificate = "Mire el certificado de este lado con los ojos del par: sus nombres, fechas, uso y CA; el registro del par puede decir más";
        plain_server = "El servidor habla aquí HTTP sin cifrar: use tcp://, o su puerto TLS (a menudo 443)";
        plain_client = "El cliente habla HTTP sin cifrar: haga que use https://, o que este servidor escuche sin TLS";
        ssh = "SSH tiene su propio cifrado: use tcp:// para verlo, u otro puerto";
        starttls = "Use tcp:// e inicie TLS cuando el protocolo lo permita (STARTTLS), o use el puerto TLS del par";
        use_tcp = "Use tcp:// si el par habla aquí otro protocolo, o compruebe el puerto";
        is_it_tls = "Compruebe que en este puerto se habla TLS: quien espera texto en claro no dice nada. Entonces use tcp://, o inicie TLS más tarde (STARTTLS)";
        more_time = "Inténtelo de nuevo o aumente el tiempo de espera; el resto puede haberse perdido por el camino";
        look_there = "Mire el registro del par: un lado al que no le gusta un nombre, una versión o un certificado a veces se limita a cerrar";
        on_the_way = "Inténtelo de nuevo; si sigue igual, busque un proxy o un dispositivo defectuoso por el camino";
        faulty_peer = "Busque un fallo en el TLS del par, o algo por el camino que cambie bytes";
        ask_other_name = "Pida un nombre que el servidor tenga";
        peers_log = "Mire el registro del par";
        allow_more = "Permita más en un lado: versiones, suites de cifrado, grupos; algunos servidores quieren además un certificado del cliente, u otro nombre";
    }
}
