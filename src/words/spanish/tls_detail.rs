//! TLS at length: what was offered and what of it was chosen, and what both ends agreed on.

use super::{grouped, noun};
use crate::words::tls_detail::TlsShown;
use crate::words::translated::translated;

translated! { SPANISH:
    TlsShown {
        offer = "Ofrecido por el cliente";
        offer_marked = "Ofrecido por el cliente; lo que eligió el servidor está marcado";
        chain = "Certificados del par, el suyo primero";
        refused_chain = "Certificados que había mostrado el par";
        chosen(item) = "{item} (elegido)";
        none = "ninguno";

        versions = "Versiones";
        version = "Versión";
        server_name = "Nombre de servidor (SNI)";
        protocols = "Protocolos (ALPN)";
        protocol = "Protocolo (ALPN)";
        suites = "Suites de cifrado";
        suite = "Suite de cifrado";
        groups = "Grupos";
        group = "Grupo";
        schemes = "Esquemas de firma";
        more = "Además";
        resumes = "una sesión anterior, para reanudarla";
        not_whole = "algo que no se puede leer";
        no_group = "ninguno, se han vuelto a usar los secretos de la sesión";
        handshake = "Negociación";
        full(time) = "completa, ha durado {time}";
        retried(time) = "completa, al segundo intento con otro grupo, ha durado {time}";
        resumed(time) = "ha reanudado una sesión anterior, ha durado {time}";
        peer_certificate = "Certificado del par";
        check_passed = "comprobado: su cadena, sus fechas y, si es de un servidor, su nombre";
        check_earlier = "comprobado cuando se acordó esta sesión por primera vez, y no de nuevo";
        check_unchecked = "SIN COMPROBAR: este extremo acepta cualquier certificado, incluso uno hecho por alguien en medio";
        check_none = "no se ha mostrado ninguno";
        client_certificate = "Certificado del cliente";
        asked_and_given = "pedido y entregado";
        asked_in_vain = "pedido y no entregado";
        not_asked = "no pedido";

        place(place, subject) = "{place}. {subject}";
        unreadable = "Un certificado que no se puede leer";
        subject = "Sujeto";
        issuer = "Emitido por";
        by_itself = "sí mismo";
        names = "Para";
        dates = "Válido";
        between(from, until) = "del {from} al {until}";
        left(dates, left) = "{dates}, caduca dentro de {left}";
        over(dates, ago) = "{dates}, caducado hace {ago}";
        ahead(dates, ahead) = "{dates}, empieza dentro de {ahead}";
        key = "Clave";
        signed_with(key, signature) = "{key}, firmado con {signature}";
        authority(key) = "{key}; puede firmar otros certificados (CA)";
        fingerprint = "SHA-256";
        nobody = "alguien sin nombre";
        more_names(list, more) = { format!("{list} y {} más", grouped(more)) };
        more_certificates(more) = { noun(more, "certificado más sin mostrar", "certificados más sin mostrar") };
        copy_pem = "Copiar certificado (PEM)";
        copy_chain = "Copiar todos (PEM)";
        copy_fingerprint = "Copiar SHA-256";

        in_time = "Válido en el momento de la negociación";
        out_of_time = "No válido en el momento de la negociación";
        trusted = "Su cadena termina en una raíz en la que se confía aquí";
        untrusted = "Su cadena no termina en ninguna raíz en la que se confíe aquí";
        trust_open = "Su cadena no se ha seguido";
        named = "Tiene el nombre pedido";
        misnamed = "No tiene el nombre pedido";
        name_open = "Sus nombres no se han comparado";
        bad_signature = "Una firma no es válida";
        weak_key = "Su clave es demasiado débil";
        bad_algorithm = "Está firmado de un modo que no se acepta";
        wrong_use = "No es para este uso";
        revoked = "Se ha revocado";
        unusable = "No sigue la norma";
    }
}
