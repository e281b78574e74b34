//! The plot of the traffic over the session.

use super::{decimals, grouped, noun};
use crate::words::plot::Plot;
use crate::words::translated::translated;

translated! { GERMAN:
    Plot {
        heading = "Verkehr";
        unit = "Einheit";
        bytes = "Bytes";
        entries = "Einträge";
        received = "empfangen";
        sent = "gesendet";
        zoom_in = "Bereich vergrößern";
        zoom_out = "Ganze Zeit zeigen";
        none = "Noch kein Verkehr";
        hide = "Diagramm ausblenden";
        entries_per_second(count) = { entries_per_second(count) };
        traffic(received, sent) = "{received} empfangen und {sent} gesendet";
        summary(total, time, most) = "{total}, {time}, max. {most}";
        moment(time, received, sent) = "{time}: {received} empfangen, {sent} gesendet";
        uncounted(entries, so_far) = { format!("{} noch zu zählen; {so_far}", noun(entries, "Eintrag", "Einträge")) };
        spoken(summary) = "Verkehr im Lauf der Sitzung: {summary}";
    }
}

fn entries_per_second(count: f64) -> String {
    if count < 9.95 {
        return format!("{}/s", decimals(count, 1));
    }
    format!("{}/s", grouped(count.round() as u64))
}
