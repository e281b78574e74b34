//! TLS at length: what was offered and what of it was chosen, and what both ends agreed on.

use super::{grouped, noun};
use crate::words::tls_detail::TlsShown;
use crate::words::translated::translated;

translated! { FRENCH:
    TlsShown {
        offer = "Proposé par le client";
        offer_marked = "Proposé par le client ; le choix du serveur est marqué";
        chain = "Certificats du pair, le sien d’abord";
        refused_chain = "Certificats que le pair avait présentés";
        chosen(item) = "{item} (choisi)";
        none = "aucun";

        versions = "Versions";
        version = "Version";
        server_name = "Nom du serveur (SNI)";
        protocols = "Protocoles (ALPN)";
        protocol = "Protocole (ALPN)";
        suites = "Suites de chiffrement";
        suite = "Suite de chiffrement";
        groups = "Groupes";
        group = "Groupe";
        schemes = "Algorithmes de signature";
        more = "En outre";
        resumes = "une session précédente, à reprendre";
        not_whole = "une partie illisible";
        no_group = "aucun, les secrets de la session ont resservi";
        handshake = "Poignée de main";
        full(time) = "complète, en {time}";
        retried(time) = "complète, à la deuxième tentative avec un autre groupe, en {time}";
        resumed(time) = "reprise d’une session précédente, en {time}";
        peer_certificate = "Certificat du pair";
        check_passed = "vérifié : sa chaîne, ses dates et, pour un serveur, son nom";
        check_earlier = "vérifié lors de la première négociation de cette session, et non depuis";
        check_unchecked = "NON VÉRIFIÉ : cette extrémité accepte tout certificat, même établi par quelqu’un au milieu";
        check_none = "aucun n’a été présenté";
        client_certificate = "Certificat du client";
        asked_and_given = "demandé et donné";
        asked_in_vain = "demandé et non donné";
        not_asked = "non demandé";

        place(place, subject) = "{place}. {subject}";
        unreadable = "Un certificat illisible";
        subject = "Sujet";
        issuer = "Émis par";
        by_itself = "lui-même";
        names = "Pour";
        dates = "Validité";
        between(from, until) = "du {from} au {until}";
        left(dates, left) = "{dates}, reste {left}";
        over(dates, ago) = "{dates}, expiré depuis {ago}";
        ahead(dates, ahead) = "{dates}, commence dans {ahead}";
        key = "Clé";
        signed_with(key, signature) = "{key}, certificat signé avec {signature}";
        authority(key) = "{key} ; peut signer d’autres certificats (AC)";
        fingerprint = "SHA-256";
        nobody = "quelqu’un sans nom";
        more_names(list, more) = { format!("{list} et {} de plus", grouped(more as u64)) };
        more_certificates(more) = { noun(more as u64, "autre certificat non affiché", "autres certificats non affichés") };
        copy_pem = "Copier le certificat (PEM)";
        copy_chain = "Tout copier (PEM)";
        copy_fingerprint = "Copier le SHA-256";

        in_time = "Valable au moment de la poignée de main";
        out_of_time = "Non valable au moment de la poignée de main";
        trusted = "Sa chaîne aboutit à une racine de confiance ici";
        untrusted = "Sa chaîne n’aboutit à aucune racine de confiance ici";
        trust_open = "Sa chaîne n’a pas été suivie";
        named = "Il porte le nom demandé";
        misnamed = "Il ne porte pas le nom demandé";
        name_open = "Ses noms n’ont pas été comparés";
        bad_signature = "Une signature est incorrecte";
        weak_key = "Sa clé est trop faible";
        bad_algorithm = "Il est signé d’une façon qui n’est pas acceptée";
        wrong_use = "Il n’est pas destiné à cet usage";
        revoked = "Il a été révoqué";
        unusable = "Il ne respecte pas la norme";
    }
}
