//! How a connection's TLS stands, in short.

use crate::words::tls_status::TlsStatuses;
use crate::words::translated::translated;

translated! { SPANISH:
    TlsStatuses {
        plain = "Aún sin cifrar: TLS empieza cuando se inicie";
        begun = "La negociación TLS está en curso";
        agreed(version, suite) = "{version}, {suite}";
        speaking(agreed, protocol) = "{agreed}, {protocol} dentro";
        certificate(subject, until) = "Certificado de {subject}, válido hasta el {until}";
        checked(certificate) = "{certificate}, comprobado";
        no_certificate = "El par no ha mostrado certificado";
        unchecked = "El certificado del par no se comprueba: nada dice quién es el par";
        show = "Mostrar la negociación";
        show_why = "Selecciona la entrada del acuerdo: lo ofrecido y lo elegido, y los certificados";
        agreed_in(agreed, time) = "{agreed}, acordado en {time}";
        agreed_unchecked(agreed) = "SIN COMPROBAR: {agreed}";
        refused(subject) = "Rechazado: certificado de {subject}";
        failed(why) = "TLS ha fallado: {why}";
        cut = "Cortada: TCP ha terminado sin close_notify";
        named(versions, name) = "{versions}, {name}";
        on_the_wire(amount, wire) = "{amount}, {wire} en la red";
    }
}
