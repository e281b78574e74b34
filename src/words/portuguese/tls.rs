//! TLS in rows: what was offered, what both ends agreed on, whose certificate was shown.

use super::{grouped, noun};
use crate::words::tls::TlsRows;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    TlsRows {
        upgraded = "passou a TLS (STARTTLS)";
        offered(versions, name, alpn, suites) = { format!("TLS oferecido pelo cliente: {versions}, {name}{alpn}, {}", noun(suites, "suíte de cifras", "suítes de cifras")) };
        with_name(name) = "nome {name}";
        no_name = "sem nome de servidor";
        alpn(protocols) = ", {protocols}";
        resumes(offered) = "{offered}, com uma sessão anterior para retomar";
        not_whole(offered) = "{offered}; não é possível ler tudo";
        agreed(version, time, chosen) = "{version} negociado em {time}: {chosen}";
        retried(version, time, chosen) = "{version} negociado em {time}, na segunda tentativa: {chosen}";
        resumed(version, time, chosen) = "{version} retomado em {time}: {chosen}";
        certified(agreed, certificate) = "{agreed}; {certificate}";
        certificate(subject, issuer, until) = "certificado de {subject}, emitido por {issuer}, válido até {until}";
        own_certificate(subject, until) = "certificado de {subject}, emitido por si mesmo, válido até {until}";
        unreadable_certificate = "um certificado ilegível";
        unchecked(agreed) = "NÃO VERIFICADO: {agreed}";
        we_showed(agreed) = "{agreed}; o cliente também apresentou seu certificado";
        gave_none(agreed) = "{agreed}; o cliente não apresentou certificado";
        refused(chain) = "TLS recusado; certificados do peer: {chain}";
        refused_none = "TLS recusado, sem nenhum certificado do peer";
        alert_sent(alert) = "alerta TLS enviado: {alert}";
        alert_received(alert) = "alerta TLS recebido: {alert}";
        warning(alert) = "{alert} (um aviso)";
        encrypted_alert = "cifrado, não se sabe qual é";
        close_notify_sent = "close_notify enviado: tudo foi enviado";
        close_notify_received = "close_notify recebido: tudo foi recebido";
        cut = "cortada: a conexão TCP terminou sem close_notify, portanto podem faltar bytes";
        secrets(lines) = { format!("chaves registradas ({}): quem tiver o registro de chaves pode ler esta conexão", noun(lines, "linha", "linhas")) };

        none = "nada";
        more(listed, more) = { format!("{listed} e mais {}", grouped(more)) };
        two(first, second) = "{first} e {second}";
        nobody = "alguém sem nome";
        quoted(name) = "“{name}”";
    }
}
