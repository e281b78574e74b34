//! The export dialog, and how far work on another tool's file is.

use super::noun;
use crate::words::exporting::Exporting;
use crate::words::translated::translated;

translated! { FRENCH:
    Exporting {
        export = "Exporter";
        cancel = "Annuler l’exportation";
        format = "Format";
        text = "Texte";
        csv = "CSV";
        json = "Lignes JSON";
        raw = "Flux bruts";
        pcapng = "pcapng";
        about_text = "Une ligne lisible par entrée, avec ses octets en texte échappé.";
        about_csv = "Une ligne par entrée, pour les tableurs.";
        about_json = "Un objet JSON par entrée, un par ligne.";
        about_raw = "Les octets exacts de chaque connexion, un fichier par sens. Chaque datagramme a son fichier.";
        about_pcapng = "Des paquets pour Wireshark et tshark. Ceux du labo sont tels qu’ils étaient sur le réseau ; les autres en-têtes sont reconstitués à partir des événements des sockets. Chaque datagramme est un seul paquet, quelle que soit sa longueur.";
        entries = "Entrées";
        whole = "Toutes";
        view = "Affichées";
        selection = "Lignes sélectionnées";
        endpoint = "Extrémité";
        all = "Toutes";
        file = "Fichier";
        folder = "Nouveau dossier";
        reading(path, percent) = { format!("Lecture de {} : {percent} %", path.display()) };
        writing(path, percent) = { format!("Écriture de {} : {percent} %", path.display()) };
        wrote(entries, bytes, path) = { format!("{} ({}) dans {}", noun(entries, "entrée exportée", "entrées exportées"), noun(bytes, "octet", "octets"), path.display()) };
        incomplete(place) = "Incomplet : {place}";
        incomplete_more(places) = { format!("Incomplet à {}", noun(places, "autre endroit", "autres endroits")) };
    }
}
