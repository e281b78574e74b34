//! Whole numbers with their nouns.

use super::noun;
use crate::words::counts::Counts;
use crate::words::translated::translated;

translated! { GERMAN:
    Counts {
        bytes(count) = { noun(count, "Byte", "Bytes") };
        chunks(count) = { noun(count, "Chunk", "Chunks") };
        clients(count) = { noun(count, "Client", "Clients") };
        connections(count) = { noun(count, "Verbindung", "Verbindungen") };
        entries(count) = { noun(count, "Eintrag", "Einträge") };
        frames(count) = { noun(count, "Frame", "Frames") };
        live_connections(count) = { noun(count, "offene Verbindung", "offene Verbindungen") };
        problems(count) = { noun(count, "Problem", "Probleme") };
        received_frames(count) = { noun(count, "empfangener Frame", "empfangene Frames") };
        servers(count) = { noun(count, "Server", "Server") };
    }
}
