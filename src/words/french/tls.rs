//! TLS in rows: what was offered, what both ends agreed on, whose certificate was shown.

use super::{grouped, noun};
use crate::words::tls::TlsRows;
use crate::words::translated::translated;

translated! { FRENCH:
    TlsRows {
        upgraded = "passage à TLS (STARTTLS)";
        offered(versions, name, alpn, suites) = { format!("TLS proposé par le client : {versions}, {name}{alpn}, {}", noun(suites as u64, "suite de chiffrement", "suites de chiffrement")) };
        with_name(name) = "nom {name}";
        no_name = "sans nom de serveur";
        alpn(protocols) = ", {protocols}";
        resumes(offered) = "{offered}, et reprise d’une session précédente";
        not_whole(offered) = "{offered} ; une partie est illisible";
        agreed(version, time, chosen) = "{version} négocié en {time} : {chosen}";
        retried(version, time, chosen) = "{version} négocié en {time}, à la deuxième tentative : {chosen}";
        resumed(version, time, chosen) = "{version} repris en {time} : {chosen}";
        certified(agreed, certificate) = "{agreed} ; {certificate}";
        certificate(subject, issuer, until) = "certificat de {subject} par {issuer}, valable jusqu’au {until}";
        own_certificate(subject, until) = "certificat de {subject} par lui-même, valable jusqu’au {until}";
        unreadable_certificate = "un certificat illisible";
        unchecked(agreed) = "NON VÉRIFIÉ : {agreed}";
        we_showed(agreed) = "{agreed} ; le client a aussi présenté son certificat";
        gave_none(agreed) = "{agreed} ; le client n’a présenté aucun certificat";
        refused(chain) = "certificats présentés avant le refus de TLS : {chain}";
        refused_none = "aucun certificat présenté avant le refus de TLS";
        alert_sent(alert) = "alerte TLS envoyée : {alert}";
        alert_received(alert) = "alerte TLS reçue : {alert}";
        warning(alert) = "{alert} (un avertissement)";
        encrypted_alert = "chiffrée, on ne sait pas laquelle";
        close_notify_sent = "close_notify envoyé : tout a été envoyé";
        close_notify_received = "close_notify reçu : tout a été reçu";
        cut = "coupure : la connexion TCP a pris fin sans close_notify, des octets manquent peut-être";
        secrets(lines) = { format!("clés journalisées ({}) : quiconque a le journal de clés peut lire cette connexion", noun(lines as u64, "ligne", "lignes")) };

        none = "aucun";
        more(listed, more) = { format!("{listed} et {} de plus", grouped(more as u64)) };
        two(first, second) = "{first} et {second}";
        nobody = "quelqu’un sans nom";
        quoted(name) = "« {name} »";
    }
}
