//! What alerts of TLS mean (RFC 8446 section 6, RFC 5246 section 7.2).

use crate::words::tls_alert::TlsAlerts;
use crate::words::translated::translated;

translated! { FRENCH:
    TlsAlerts {
        number(number) = "numéro {number}";
        unknown = "il ne dit pas pourquoi";
        close_notify = "il a tout envoyé, avant la fin de la poignée de main";
        unexpected_message = "il a reçu un message qu’il n’attendait pas";
        bad_record_mac = "il ne peut pas déchiffrer ce qu’il a reçu";
        record_overflow = "il a reçu un enregistrement trop long";
        decompression_failure = "il ne peut pas décompresser ce qu’il a reçu";
        handshake_failure = "il ne trouve rien d’acceptable dans ce qui a été proposé, ou il lui manque quelque chose qui n’a pas été proposé";
        no_certificate = "il n’a pas reçu de certificat";
        bad_certificate = "il trouve le certificat endommagé, ou une de ses signatures incorrecte";
        unsupported_certificate = "il n’accepte pas les certificats de ce type, ou pas pour cet usage";
        certificate_revoked = "il sait que le certificat a été révoqué";
        certificate_expired = "selon son horloge, le certificat a expiré ou n’est pas encore valable";
        certificate_unknown = "il ne dit pas au juste ce qui ne va pas avec le certificat";
        illegal_parameter = "il trouve que des valeurs d’un message se contredisent";
        unknown_ca = "il ne connaît pas l’autorité (AC) qui a signé le certificat, ou ne lui fait pas confiance";
        access_denied = "il accepte le certificat, mais n’accorde aucun accès à son titulaire";
        decode_error = "il ne peut pas lire un message";
        decrypt_error = "il trouve une signature ou une somme de contrôle de la poignée de main incorrecte";
        export_restriction = "il trouve que les règles sur l’exportation de logiciels sont enfreintes";
        protocol_version = "il ne prend pas en charge la version de TLS proposée";
        insufficient_security = "il exige un chiffrement plus fort que ce qui a été proposé";
        internal_error = "quelque chose a échoué chez lui, sans rapport avec ce côté";
        inappropriate_fallback = "il voit une tentative avec une version plus ancienne que celle que les deux côtés prennent en charge";
        user_canceled = "quelqu’un y a mis fin de son côté";
        no_renegotiation = "il ne veut pas négocier de nouveau";
        missing_extension = "il manque au ClientHello quelque chose que cette version exige";
        unsupported_extension = "il a reçu une réponse à quelque chose qu’il n’a pas demandé";
        certificate_unobtainable = "il ne peut pas obtenir le certificat";
        unrecognized_name = "il n’a pas de serveur portant le nom demandé";
        bad_status = "il trouve incorrecte la preuve que le certificat n’est pas révoqué";
        bad_hash = "il trouve que le certificat n’est pas celui qui a été annoncé";
        unknown_psk_identity = "il ne connaît pas la clé partagée qui a été nommée";
        certificate_required = "il exige un certificat du client";
        no_application_protocol = "il ne parle aucun des protocoles proposés (ALPN)";
        ech_required = "il exige que le nom soit chiffré (ECH)";
    }
}
