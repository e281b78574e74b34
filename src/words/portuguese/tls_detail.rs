//! TLS at length: what was offered and what of it was chosen, and what both ends agreed on.

use super::noun;
use crate::words::tls_detail::TlsShown;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    TlsShown {
        offer = "Oferecido pelo cliente";
        offer_marked = "Oferecido pelo cliente; o que o servidor escolheu está marcado";
        chain = "Certificados do peer, começando pelo dele";
        refused_chain = "Certificados que o peer apresentou";
        chosen(item) = "{item} (escolhido)";
        none = "nenhum";

        versions = "Versões";
        version = "Versão";
        server_name = "Nome do servidor (SNI)";
        protocols = "Protocolos (ALPN)";
        protocol = "Protocolo (ALPN)";
        suites = "Suítes de cifras";
        suite = "Suíte de cifras";
        groups = "Grupos";
        group = "Grupo";
        schemes = "Esquemas de assinatura";
        more = "Além disso";
        resumes = "uma sessão anterior, para retomá-la";
        not_whole = "algo ilegível";
        no_group = "nenhum: os segredos da sessão foram reutilizados";
        handshake = "Handshake";
        full(time) = "completo, levou {time}";
        retried(time) = "completo, na segunda tentativa, com outro grupo, levou {time}";
        resumed(time) = "retomou uma sessão anterior, levou {time}";
        peer_certificate = "Certificado do peer";
        check_passed = "verificado: a cadeia, as datas e, se é de um servidor, o nome";
        check_earlier = "verificado quando esta sessão foi negociada pela primeira vez, e não de novo";
        check_unchecked = "NÃO VERIFICADO: este endpoint aceita qualquer certificado, mesmo um feito por alguém no meio do caminho";
        check_none = "nenhum foi apresentado";
        client_certificate = "Certificado do cliente";
        asked_and_given = "pedido e apresentado";
        asked_in_vain = "pedido e não apresentado";
        not_asked = "não pedido";

        place(place, subject) = "{place}. {subject}";
        unreadable = "Um certificado ilegível";
        subject = "Titular";
        issuer = "Emitido por";
        by_itself = "si mesmo";
        names = "Nomes";
        dates = "Validade";
        between(from, until) = "{from} a {until}";
        left(dates, left) = "{dates}, por mais {left}";
        over(dates, ago) = "{dates}, expirou há {ago}";
        ahead(dates, ahead) = "{dates}, começa daqui a {ahead}";
        key = "Chave";
        signed_with(key, signature) = "{key}; certificado assinado com {signature}";
        authority(key) = "{key}; pode assinar outros certificados (CA)";
        fingerprint = "SHA-256";
        nobody = "alguém sem nome";
        more_names(list, more) = { format!("{list} e {}", noun(more, "outro", "outros")) };
        more_certificates(more) = { noun(more, "outro certificado não é mostrado", "outros certificados não são mostrados") };
        copy_pem = "Copiar certificado (PEM)";
        copy_chain = "Copiar tudo (PEM)";
        copy_fingerprint = "Copiar SHA-256";

        in_time = "Válido na hora do handshake";
        out_of_time = "Não era válido na hora do handshake";
        trusted = "A cadeia termina em uma raiz confiável aqui";
        untrusted = "A cadeia não termina em nenhuma raiz confiável aqui";
        trust_open = "A cadeia não foi seguida";
        named = "Tem o nome pedido";
        misnamed = "Não tem o nome pedido";
        name_open = "Os nomes não foram comparados";
        bad_signature = "Uma assinatura não confere";
        weak_key = "A chave é fraca demais";
        bad_algorithm = "Foi assinado de um modo que não é aceito";
        wrong_use = "Não é para este uso";
        revoked = "Foi revogado";
        unusable = "Não segue o padrão";
    }
}
