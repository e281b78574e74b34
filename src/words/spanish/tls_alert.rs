//! What alerts of TLS mean (RFC 8446 section 6, RFC 5246 section 7.2).

use crate::words::tls_alert::TlsAlerts;
use crate::words::translated::translated;

translated! { SPANISH:
    TlsAlerts {
        number(number) = "número {number}";
        unknown = "no dice por qué";
        close_notify = "ha enviado todo, antes de que se completara la negociación";
        unexpected_message = "ha recibido un mensaje que no esperaba";
        bad_record_mac = "no puede descifrar lo que ha recibido";
        record_overflow = "ha recibido un registro demasiado largo";
        decompression_failure = "no puede descomprimir lo que ha recibido";
        handshake_failure = "no encuentra nada aceptable en lo ofrecido, o le falta algo que no se ofreció";
        no_certificate = "no ha recibido ningún certificado";
        bad_certificate = "encuentra dañado el certificado, o incorrecta una firma en él";
        unsupported_certificate = "no acepta certificados de este tipo, o no para este uso";
        certificate_revoked = "sabe que el certificado se ha revocado";
        certificate_expired = "encuentra que el certificado ha caducado, o que aún no es válido, según su propio reloj";
        certificate_unknown = "no dice qué es exactamente lo que está mal en el certificado";
        illegal_parameter = "encuentra que los valores de un mensaje se contradicen";
        unknown_ca = "no conoce la autoridad (CA) que firmó el certificado, o no confía en ella";
        access_denied = "ha dado por bueno el certificado, pero no da acceso a su titular";
        decode_error = "no puede leer un mensaje";
        decrypt_error = "encuentra incorrecta una firma o una suma de verificación en la negociación";
        export_restriction = "encuentra infringidas las normas para el software exportado";
        protocol_version = "no habla la versión de TLS que se ofreció";
        insufficient_security = "exige un cifrado más fuerte que el ofrecido";
        internal_error = "ha tenido un fallo propio, ajeno a este lado";
        inappropriate_fallback = "ve un intento con una versión anterior a la que hablan ambos lados";
        user_canceled = "alguien lo ha detenido allí";
        no_renegotiation = "no quiere negociar de nuevo";
        missing_extension = "echa en falta en el saludo algo que esta versión exige";
        unsupported_extension = "ha recibido una respuesta a algo que no pidió";
        certificate_unobtainable = "no puede obtener el certificado";
        unrecognized_name = "no tiene ningún servidor con el nombre pedido";
        bad_status = "encuentra incorrecta la prueba de que el certificado no está revocado";
        bad_hash = "encuentra que el certificado no es el que se anunció";
        unknown_psk_identity = "no conoce la clave compartida que se nombró";
        certificate_required = "exige un certificado del cliente";
        no_application_protocol = "no habla ninguno de los protocolos ofrecidos (ALPN)";
        ech_required = "exige que el nombre vaya cifrado (ECH)";
    }
}
