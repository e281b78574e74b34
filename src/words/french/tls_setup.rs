//! The settings of TLS.

use super::noun;
use crate::words::tls_setup::TlsSetups;
use crate::words::translated::translated;

translated! { FRENCH:
    TlsSetups {
        heading = "TLS";
        about = "Ce qui est envoyé et reçu est chiffré sur le réseau, et affiché ici en clair.";
        begins = "Début de TLS";
        at_once = "Avec la connexion";
        on_request = "À la demande (STARTTLS)";
        on_request_why = "La connexion est en clair jusqu’à ce qu’une règle, une séquence ou vous y démarriez TLS";
        certificate = "Fichier de certificat";
        certificate_why = "Un fichier PEM contenant le certificat, et ceux entre lui et sa racine";
        made_hint = "établi par l’AC de Bothends";
        no_certificate_hint = "aucun";
        own_certificate = "Présenter un certificat de l’AC de Bothends";
        own_certificate_why = "Pour les serveurs qui demandent un certificat aux clients, et font confiance à l’AC de Bothends";
        key = "Fichier de clé";
        key_why = "Un fichier PEM contenant la clé du certificat ; vide si elle est dans le même fichier";
        same_file_hint = "dans le même fichier";
        follows(server) = "Chiffré parce que {server} l’est. Ces réglages sont propres à ce client";
        server_waits(server) = "{server} attend que TLS soit demandé, et ce client le commence aussitôt : leur poignée de main échouera";
        server_begins(server) = "{server} commence TLS aussitôt, et ce client attend qu’il soit demandé : leur poignée de main échouera";
        for_tests = "TLS pour les tests";
        authority = "AC de Bothends";
        flaw = "Défaut volontaire";
        flaw_why = "Établir un certificat avec exactement ce défaut, pour voir si les clients le remarquent";
        no_flaw = "Aucun";
        expired = "Expiré";
        not_yet_valid = "Pas encore valable";
        wrong_name = "Pour un autre nom";
        self_signed = "Autosigné";
        unknown_issuer = "Signé par une AC inconnue";
        missing_intermediate = "Certificat intermédiaire manquant";
        weak_key = "Clé faible (RSA 1024)";
        fault = "Faute volontaire";
        fault_why = "Commettre cette faute à chaque poignée de main, ou à la fin, pour voir ce que les clients en font";
        no_fault = "Aucune";
        garbage = "Répondre n’importe quoi";
        silence = "Ne jamais répondre";
        no_close_notify = "Finir sans close_notify";
        versions = "Versions";
        both_versions = "TLS 1.2 et 1.3";
        only_12 = "TLS 1.2 seulement";
        only_13 = "TLS 1.3 seulement";
        alpn = "Protocoles (ALPN)";
        alpn_why = "Les protocoles applicatifs proposés, par ordre de préférence, par exemple h2, http/1.1 ; vide : aucun";
        clients = "Certificats des clients";
        no_clients = "Ne pas demander";
        ask = "Demander";
        require = "Exiger";
        client_roots = "Racines des clients";
        client_roots_why = "Un fichier PEM contenant les AC auxquelles mènent les certificats des clients";
        own_roots_hint = "AC de Bothends";
        roots = "Fichier de racines";
        roots_why = "Un fichier PEM contenant les AC auxquelles le certificat du serveur doit mener";
        system_roots_hint = "système et AC de Bothends";
        unchecked = "Accepter tout certificat";
        unchecked_why = "Rien ne dit alors qui est le serveur : quelqu’un sur le chemin peut tout lire et tout modifier";
        unchecked_mark = "TLS, non vérifié";
        mark = "TLS";
        server_name = "Nom du serveur";
        server_name_why = "Le nom à demander (SNI), que le certificat doit porter";
        target_hint = "l’hôte distant";
        sends_name = "Envoyer le nom du serveur (SNI)";
        trust = "Faire confiance à l’AC dans…";
        trust_why = "Copier ce qui fait qu’un programme donné fait confiance aux certificats établis par Bothends";
        trusting(program) = "Copier pour {program}";
        curl = "curl";
        openssl = "openssl s_client";
        openssl_defaults = "tout programme OpenSSL (environnement)";
        python = "Python";
        node = "Node.js (environnement)";
        copy_path = "Copier le chemin de son certificat";
        logging(path) = "Les clés des nouvelles connexions TLS sont ajoutées à {path}. Cliquez pour arrêter";
        logs_keys = "Les clés TLS sont journalisées";
        not_logging(path, keys) = {
    let lost = noun(keys, "clé n’a pas pu être écrite", "clés n’ont pas pu être écrites");
    format!("{lost} dans {path} : vérifiez que ce programme peut y écrire. Cliquez pour arrêter")
};
        loses_keys = "Impossible de journaliser les clés TLS";
    }
}
