//! What happened, as the timeline shows it, and why.

use super::{grouped, noun};
use crate::words::InWords as _;
use crate::words::entry::{Endings, Entries, LifecycleKinds, States};
use crate::words::translated::translated;

translated! { GERMAN:
    Entries {
        no_peer = "(Gegenstelle unbekannt)";
        listening(local, backlog) = "lauscht auf {local}, Backlog {backlog}";
        listening_dual(local, backlog) = "lauscht auf {local}, Backlog {backlog}, IPv4 und IPv6";
        backlog_of(granted, requested) = "{granted} von verlangten {requested}";
        bound(local) = "an {local} gebunden";
        bound_dual(local) = "an {local} gebunden, IPv4 und IPv6";
        joined(bound, groups) = "{bound}, {groups} beigetreten";
        truncated(read) = "nur {read} des nächsten Datagramms gelesen: Es ist länger als der Lesepuffer";
        truncated_of(read, whole) = "nur {read} von {whole} des nächsten Datagramms gelesen: Es ist länger als der Lesepuffer";
        datagrams_dropped(datagrams) = { format!("System verwarf {}: Der Empfangspuffer war voll", noun(datagrams, "Datagramm", "Datagramme")) };
        datagrams_ready(peer) = "bereit zum Senden an {peer}";
        datagrams_ready_from(peer, local) = "bereit zum Senden an {peer}, von {local}";
        new_peer(peer) = "neue Gegenstelle {peer}";
        new_peer_to(peer, local) = "neue Gegenstelle {peer}, sendet an {local}";
        empty_from(peer) = "leeres Datagramm von {peer} empfangen";
        empty_to(peer) = "leeres Datagramm an {peer} gesendet";
        forgotten_by_us = "von uns vergessen";
        forgotten_by_stop = "vergessen: Server gestoppt";
        forgotten_by_reply = "nach der Antwort vergessen";
        closed_by_silence(time) = "nach {time} Stille vergessen";
        closed_by_crowd(limit) = { format!("vergessen: mehr als {} andere Gegenstellen sind aktiv", grouped(limit)) };
        looking_up(host) = "löst {host} auf";
        connecting(peer) = "verbindet mit {peer}";
        connected(peer, took) = "verbunden mit {peer} in {took}";
        connected_from(peer, took, local) = "verbunden mit {peer} in {took}, von {local}";
        next_address(error) = "{error}; nächste Adresse wird versucht";
        advised(error, advice) = "{error}. {advice}";
        reconnecting(time, attempt) = "verbindet wieder in {time}, {attempt}";
        attempt(attempt) = { format!("Versuch {}", grouped(attempt.into())) };
        attempt_of(attempt, attempts) = { format!("Versuch {} von {}", grouped(attempt.into()), grouped(attempts.into())) };
        accepted(peer) = "{peer} angenommen";
        received(size, peer) = "{size} von {peer} empfangen";
        sent(size, peer) = "{size} an {peer} gesendet";
        kept(size, kept) = "{size} (Anfang behalten: {kept})";
        encrypted(size, wire) = { format!("{size} ({} verschlüsselt)", grouped(wire)) };
        of_connection(peer, what) = "{peer}: {what}";
        finished_by(peer) = "von der Gegenstelle {peer} halb geschlossen (FIN)";
        peer_finished = "von der Gegenstelle halb geschlossen (FIN)";
        we_finished = "von uns halb geschlossen (FIN)";
        closed_by_us = "von uns geschlossen";
        closed_by_stop = "geschlossen: Server gestoppt";
        closed_by_reply = "nach der Antwort geschlossen";
        closed_by_our_reset = "von uns zurückgesetzt (RST)";
        closed_by_peer = "von der Gegenstelle geschlossen (FIN)";
        closed_by_failure(error) = "geschlossen: {error}";
        unsent(ending, bytes) = "{ending}, {bytes} nicht gesendet";
        unread(ending) = "{ending}, empfangene Bytes blieben ungelesen (das System setzt zurück: RST, erschlossen)";
        unix_unread(ending) = "{ending}, empfangene Bytes blieben ungelesen (das nächste Lesen der Gegenstelle scheitert)";
        reset_by(peer, received) = "von der Gegenstelle {peer} zurückgesetzt (RST), {received} empfangen";
        unix_reset_by(peer, received) = "von der Gegenstelle {peer} zurückgesetzt, {received} empfangen";
        received_inside(ending, bytes) = "{ending}; der Datenstrom endete mitten in einem Zeichen: {bytes}";
        sent_inside(ending, bytes) = "{ending}; der gesendete Datenstrom endete mitten in einem Zeichen: {bytes}";
        accept_paused(error) = "Annahme ausgesetzt: {error}";
        accept_resumed = "Annahme fortgesetzt";
        accept_aborted(count, connections) = { format!("{connections} {} vor der Annahme", if count == 1 { "endete" } else { "endeten" }) };
        received_missing(count, bytes) = { format!("{bytes} des Empfangenen {} in der Datei", if count == 1 { "fehlt" } else { "fehlen" }) };
        sent_missing(count, bytes) = { format!("{bytes} des Gesendeten {} in der Datei", if count == 1 { "fehlt" } else { "fehlen" }) };
        not_recorded(_count, entries) = "{entries} davor nicht aufgezeichnet";
        clock_adjusted(sign, jump) = "Uhr um {sign}{jump} gestellt";
        accepting = "neue Verbindungen werden wieder angenommen";
        accepting_closes = "neue Verbindungen werden ab jetzt sofort geschlossen";
        accepting_stopped = "neue Verbindungen warten ab jetzt in der Accept-Warteschlange";
        waiting(time) = "wartet {time} vor dem Weitersenden";
        reading_stopped = "Lesen angehalten";
        reading_resumed = "Lesen fortgesetzt";
        pace(rate) = { format!("sendet ab jetzt höchstens {} pro Sekunde", noun(rate.into(), "Byte", "Bytes")) };
        pace_slices(bytes, pause) = { format!("sendet ab jetzt höchstens {} je Schreibvorgang, {}", noun(bytes.into(), "Byte", "Bytes"), between(pause)) };
        pace_both(rate, slices) = "{rate}; {slices}";
        pace_free = "sendet ab jetzt so schnell, wie die Gegenstelle liest";
        by_rule(rule, what) = "durch Regel {rule}: {what}";
        dropped(bytes) = "{bytes} verworfen statt gesendet";
        corrupted(at, bytes, from, to) = "Byte {at} von {bytes} verfälscht: aus {from:02X} wurde {to:02X}";
        unanswered(bytes, peer) = "keine Regel beantwortet die Anfrage von {peer} ({bytes})";
        queue_cancelled(bytes, acts) = { format!("{} abgebrochen, {} ungesendet", noun(acts, "wartende Aktion", "wartende Aktionen"), noun(bytes, "Byte", "Bytes")) };
        cancelled(bytes) = "Senden einer Datei nach {bytes} abgebrochen";
        of_process(what, process, uid) = "{what} (Prozess {process}, Benutzer {uid})";
        stopped = "Server gestoppt";
        unknown(kind) = "etwas, das nur eine neuere Version von Bothends kennt (Art {kind})";
        details_unread(what) = "{what}: Einzelheiten nicht lesbar";
        damaged(what, error) = "{what}: {error}";
    }

    LifecycleKinds |language| {
        Listening = "lauscht";
        Bound = "gebunden";
        Truncated = "ein Datagramm, länger als der Lesepuffer";
        Dropped = "vom System verworfene Datagramme";
        Upgraded = "auf TLS umgestellt (STARTTLS)";
        TlsHello = "TLS vom Client angeboten";
        TlsAgreed = "TLS vereinbart";
        TlsRefused = "Zertifikate des abgelehnten TLS";
        TlsAlert = "ein TLS-Alert";
        TlsCloseNotify = "close_notify";
        TlsCut = "abgeschnitten: Die TCP-Verbindung endete ohne close_notify";
        TlsSecrets = "Schlüssel protokolliert";
        LookingUp = "löst einen Namen auf";
        Connecting = "verbindet";
        Connected = "verbunden";
        ConnectFailed = "ein Verbindungsversuch scheiterte";
        Accepted = "angenommen";
        PeerFinished = "von der Gegenstelle halb geschlossen (FIN)";
        WeFinished = "von uns halb geschlossen (FIN)";
        Closed = "geschlossen";
        Reset = "von der Gegenstelle zurückgesetzt (RST)";
        AcceptPaused = "Annahme ausgesetzt";
        AcceptResumed = "Annahme fortgesetzt";
        Missing = "Bytes, die in der Datei fehlen";
        NotRecorded = "Einträge davor nicht aufgezeichnet";
        ClockAdjusted = "Uhr gestellt";
        Failed = "ein Fehler";
        Stopped = "Server gestoppt";
        AcceptAborted = "Verbindungen endeten vor der Annahme";
        AcceptingChanged = "neue Verbindungen werden ab jetzt anders behandelt";
        Waiting = "wartet vor dem Weitersenden";
        ReadingStopped = "Lesen angehalten";
        ReadingResumed = "Lesen fortgesetzt";
        PaceChanged = "sendet ab jetzt mit anderer Geschwindigkeit";
        Cancelled = "Senden einer Datei abgebrochen";
        Unanswered = "eine Anfrage, die keine Regel beantwortet";
        QueueCancelled = "Wartendes abgebrochen";
        Reconnecting = "verbindet wieder";
        SequenceBegan = "ein Ablauf begann";
        SequenceEnded = "ein Ablauf endete";
        Disturbed = "eine Nachricht wurde zufällig verworfen oder verfälscht";
    }

    States |language| {
        Open = "offen";
        PeerFinished = "von der Gegenstelle halb geschlossen";
        WeFinished = "von uns halb geschlossen";
        Closed(ending) = { ending.in_words(language) };
    }

    Endings |language| {
        Closed(closed) = { language.ended(closed, None) };
        Reset(unsent_bytes) = { language.reset(*unsent_bytes, None) };
    }
}

/// Says how long the pause between two writes is; none is told apart from a short one.
fn between(pause: &str) -> String {
    if pause.starts_with('0') && !pause.contains(',') {
        return "ohne Pause dazwischen".to_owned();
    }
    format!("dazwischen {pause} Pause")
}
