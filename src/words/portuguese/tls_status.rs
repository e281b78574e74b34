//! How a connection's TLS stands, in short.

use crate::words::tls_status::TlsStatuses;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    TlsStatuses {
        plain = "Ainda em texto claro: TLS só começa quando solicitado";
        begun = "O handshake TLS está em andamento";
        agreed(version, suite) = "{version}, {suite}";
        speaking(agreed, protocol) = "{agreed}, com {protocol}";
        certificate(subject, until) = "Certificado de {subject}, válido até {until}";
        checked(certificate) = "{certificate}, verificado";
        no_certificate = "O peer não apresentou certificado";
        unchecked = "O certificado do peer não é verificado: nada diz quem é o peer";
        show = "Mostrar o handshake";
        show_why = "Seleciona a entrada da negociação: o que foi oferecido e escolhido, e os certificados";
        agreed_in(agreed, time) = "{agreed}, negociado em {time}";
        agreed_unchecked(agreed) = "NÃO VERIFICADO: {agreed}";
        refused(subject) = "Recusado: certificado de {subject}";
        failed(why) = "TLS falhou: {why}";
        cut = "Cortada: o TCP terminou sem close_notify";
        named(versions, name) = "{versions}, {name}";
        on_the_wire(amount, wire) = "{amount}, {wire} na rede";
    }
}
