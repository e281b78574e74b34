//! Whole numbers with their nouns.

use super::noun;
use crate::words::counts::Counts;
use crate::words::translated::translated;

translated! { FRENCH:
    Counts {
        bytes(count) = { noun(count, "octet", "octets") };
        chunks(count) = { noun(count, "morceau", "morceaux") };
        clients(count) = { noun(count, "client", "clients") };
        connections(count) = { noun(count, "connexion", "connexions") };
        entries(count) = { noun(count, "entrée", "entrées") };
        frames(count) = { noun(count, "trame", "trames") };
        live_connections(count) = { noun(count, "connexion active", "connexions actives") };
        problems(count) = { noun(count, "problème", "problèmes") };
        received_frames(count) = { noun(count, "trame reçue", "trames reçues") };
        servers(count) = { noun(count, "serveur", "serveurs") };
    }
}
