//! TLS in rows: what was offered, what both ends agreed on, whose certificate was shown.

use super::{grouped, noun};
use crate::words::tls::TlsRows;
use crate::words::translated::translated;

translated! { SPANISH:
    TlsRows {
        upgraded = "paso a TLS (STARTTLS)";
        offered(versions, name, alpn, suites) = { format!("TLS ofrecido por el cliente: {versions}, {name}{alpn}, {}", noun(suites, "suite de cifrado", "suites de cifrado")) };
        with_name(name) = "nombre {name}";
        no_name = "sin nombre de servidor";
        alpn(protocols) = ", {protocols}";
        resumes(offered) = "{offered}, y reanudar una sesión anterior";
        not_whole(offered) = "{offered}; no se puede leer todo";
        agreed(version, time, chosen) = "{version} acordado en {time}: {chosen}";
        retried(version, time, chosen) = "{version} acordado en {time}, al segundo intento: {chosen}";
        resumed(version, time, chosen) = "{version} reanudado en {time}: {chosen}";
        certified(agreed, certificate) = "{agreed}; {certificate}";
        certificate(subject, issuer, until) = "certificado de {subject}, emitido por {issuer}, válido hasta el {until}";
        own_certificate(subject, until) = "certificado de {subject}, autofirmado, válido hasta el {until}";
        unreadable_certificate = "un certificado que no se puede leer";
        unchecked(agreed) = "SIN COMPROBAR: {agreed}";
        we_showed(agreed) = "{agreed}; el cliente también ha mostrado su certificado";
        gave_none(agreed) = "{agreed}; el cliente no ha mostrado certificado";
        refused(chain) = "certificados del TLS rechazado: {chain}";
        refused_none = "ningún certificado en el TLS rechazado";
        alert_sent(alert) = "alerta TLS enviada: {alert}";
        alert_received(alert) = "alerta TLS recibida: {alert}";
        warning(alert) = "{alert} (un aviso)";
        encrypted_alert = "cifrada, no se sabe cuál";
        close_notify_sent = "close_notify enviado: se ha enviado todo";
        close_notify_received = "close_notify recibido: se ha recibido todo";
        cut = "cortada: la conexión TCP ha terminado sin close_notify, así que pueden faltar bytes";
        secrets(lines) = { format!("claves registradas ({}): quien tenga el registro de claves puede leer esta conexión", noun(lines, "línea", "líneas")) };

        none = "ninguno";
        more(listed, more) = { format!("{listed} y {} más", grouped(more)) };
        two(first, second) = "{first} y {second}";
        nobody = "alguien sin nombre";
        quoted(name) = "«{name}»";
    }
}
