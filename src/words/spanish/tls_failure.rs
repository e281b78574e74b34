//! Why TLS failed, for somebody who does not know TLS: what is wrong, what was expected, what came, and who says so; in parts

use crate::words::tls_failure::TlsFailures;
use crate::words::translated::translated;

translated! { SPANISH:
    TlsFailures {
        failed_with(peer, why) = "TLS con {peer} ha fallado: {why}";
        failed(why) = "TLS ha fallado: {why}";
        line(name, text) = "{name}: {text}";

        expected = "Se esperaba";
        offered = "Ofrecido por el cliente";
        came = "Ha llegado";
        accepted = "Aceptado por el servidor";
        sent = "Enviado";
        says_so = "Lo dice";
        server_name = "Nombre de servidor (SNI)";
        what_to_do = "Qué hacer";
        no_server_name = "no se ha pedido ninguno";

        us_alert(alert) = "este lado, con la alerta {alert}";
        us = "este lado";
        peer_alert(alert) = "el par, con la alerta {alert}";
        peer = "el par";
        nobody = "nadie: la conexión ha terminado sin más";
        nobody_waited = "nadie: este lado ha dejado de esperar";

        untrusted = "el certificado del par no lleva a ninguna autoridad en la que se confíe aquí";
        self_signed = "el certificado del par es autofirmado";
        wrong_name = "el certificado del par es para otro nombre";
        nameless = "el certificado del par no es para ningún nombre";
        expired = "el certificado del par ha caducado";
        not_yet_valid = "el certificado del par aún no es válido";
        wrong_use = "el certificado del par es para otro uso";
        bad_signature = "una firma es incorrecta";
        weak_key = "la clave del certificado del par es demasiado débil";
        bad_algorithm = "el certificado del par está firmado de un modo que no se acepta";
        revoked = "el certificado del par se ha revocado";
        bad_certificate = "el certificado del par no se puede usar";
        no_version = "ninguna versión de TLS en común";
        no_suite = "ninguna suite de cifrado en común";
        no_group = "ningún grupo en común para el intercambio de claves";
        no_scheme = "ningún esquema de firma en común";
        no_alpn = "ningún protocolo en común que hablar dentro (ALPN)";
        client_unknown = "el cliente no ha dicho quién es";
        refused = "el par no acepta el certificado de este lado";
        not_tls = "el par no habla TLS";
        timed_out = "la negociación ha tardado demasiado";
        closed = "el par ha terminado la conexión durante la negociación (FIN)";
        reset = "el par ha reiniciado la conexión durante la negociación (RST)";
        too_long = "el par ha enviado un registro demasiado largo";
        undecipherable = "lo que ha llegado no se puede descifrar";
        malformed = "un mensaje del par no se puede leer";
        unexpected = "el par ha infringido las reglas de TLS";
        incompatible = "al par le falta algo que este lado necesita";
        gave_up = "el par ha abandonado";
        other = "algo más está mal";

        trusted_chain = "un certificado cuya cadena termine en una autoridad (CA) de confianza";
        trusted_signature = "uno firmado por una autoridad (CA) de confianza";
        chain_to(subject, issuer) = "el de {subject}, cuya cadena termina en {issuer}";
        alone_by(subject, issuer) = "el de {subject}, firmado por {issuer}, y ninguno más con él, así que puede faltar uno intermedio";
        signed_itself(subject) = "el de {subject}, firmado con su propia clave (autofirmado)";
        the_name(name) = "el nombre {name}";
        no_name = "ningún nombre alternativo (un nombre que solo esté en el sujeto no cuenta)";
        valid_at(now) = "uno válido ahora, {now} según el reloj de este equipo";
        was_until(until, ago) = "uno que fue válido hasta el {until}, {ago} antes";
        is_from(from, ahead) = "uno válido a partir del {from}, {ahead} después";
        one_for(what) = "uno para {what}";
        some_use = "aquello para lo que se muestra";
        other_use = "otra cosa";
        signed_by(issuer) = "un certificado firmado con la clave de {issuer}, mostrado por quien tiene la clave propia del certificado";
        does_not_hold(subject) = "el de {subject}, en el que una de las dos cosas no se cumple: se ha cambiado, lo ha firmado otra autoridad con el mismo nombre, o el par tiene otra clave";
        strong_key = "RSA de 2048 bits o más";
        bits(bits) = "{bits} bits, que se pueden romper";
        strong_signature = "una firma con SHA-256 o mejor";
        standing = "uno que su autoridad (CA) siga respaldando";
        taken_back = "uno que ha retirado antes de tiempo";
        standard = "uno que siga la norma (RFC 5280)";
        said_of_it(detail) = "uno del que la comprobación dice: {detail}";
        not_said = "no lo ha dicho";
        client_certificate = "un certificado del cliente, que este servidor exige";
        client_certificate_there = "un certificado del cliente, que espera el servidor";
        nothing = "ninguno";
        a_message = "un mensaje de TLS";
        first_bytes(first, looks) = "«{first}», {looks}";
        like_http = "que es HTTP sin cifrar";
        like_ssh = "que es como empieza SSH";
        like_greeting = "que es un saludo en texto en claro, como el de los servidores de correo y FTP";
        like_text = "que es texto en claro";
        like_nothing = "que no es TLS";
        end_within(time) = "el final de la negociación en {time}";
        end = "el final de la negociación";
        came_nothing = "nada";
        came_part = "una parte de su primer mensaje";
        came_hello = "su primer mensaje, y después no lo que debería seguir";
        short_records = "registros de 16 KiB como máximo";
        longer_one = "uno más largo";
        right_keys = "bytes cifrados con las claves que ambos lados han acordado";
        wrong_keys = "bytes cambiados por el camino, o cifrados con otras claves";
        readable = "un mensaje que se pueda leer";
        next_message = "el mensaje que tocaba";
        library(detail) = "tal como lo describe este lado: {detail}";
    }
}
