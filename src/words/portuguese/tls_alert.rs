//! What alerts of TLS mean (RFC 8446 section 6, RFC 5246 section 7.2).

use crate::words::tls_alert::TlsAlerts;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    TlsAlerts {
        number(number) = "número {number}";
        unknown = "não diz por quê";
        close_notify = "enviou tudo, antes de o handshake estar completo";
        unexpected_message = "recebeu uma mensagem que não esperava";
        bad_record_mac = "não consegue decifrar o que recebeu";
        record_overflow = "recebeu um registro longo demais";
        decompression_failure = "não consegue descomprimir o que recebeu";
        handshake_failure = "não encontra nada aceitável no que foi oferecido, ou falta algo que não foi oferecido";
        no_certificate = "não recebeu certificado";
        bad_certificate = "acha que o certificado está danificado ou tem uma assinatura errada";
        unsupported_certificate = "não aceita certificados deste tipo, ou não para este uso";
        certificate_revoked = "sabe que o certificado foi revogado";
        certificate_expired = "acha que o certificado expirou, ou ainda não é válido, pelo próprio relógio";
        certificate_unknown = "não diz o que exatamente está errado com o certificado";
        illegal_parameter = "acha que valores em uma mensagem se contradizem";
        unknown_ca = "não conhece a autoridade certificadora (CA) que assinou o certificado, ou não confia nela";
        access_denied = "considera o certificado bom, mas não dá acesso a quem o tem";
        decode_error = "não consegue ler uma mensagem";
        decrypt_error = "acha que uma assinatura ou outra verificação do handshake está errada";
        export_restriction = "acha que regras para software exportado foram violadas";
        protocol_version = "não fala a versão de TLS oferecida";
        insufficient_security = "exige uma cifra mais forte que a oferecida";
        internal_error = "teve uma falha que não tem a ver com este lado";
        inappropriate_fallback = "vê uma tentativa com uma versão mais antiga do que os dois lados falam";
        user_canceled = "alguém cancelou lá";
        no_renegotiation = "não quer negociar de novo";
        missing_extension = "não recebeu uma extensão que esta versão exige";
        unsupported_extension = "recebeu uma extensão que não tinha pedido";
        certificate_unobtainable = "não consegue buscar o certificado";
        unrecognized_name = "não tem servidor com o nome pedido";
        bad_status = "acha que a prova de que o certificado não foi revogado está errada";
        bad_hash = "acha que o certificado não é o que foi anunciado";
        unknown_psk_identity = "não conhece a chave compartilhada que foi citada";
        certificate_required = "exige um certificado do cliente";
        no_application_protocol = "não fala nenhum dos protocolos oferecidos (ALPN)";
        ech_required = "exige que o nome seja cifrado (ECH)";
    }
}
