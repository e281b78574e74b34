//! The plot of the traffic over the session.

use super::{decimals, grouped, noun};
use crate::words::plot::Plot;
use crate::words::translated::translated;

translated! { FRENCH:
    Plot {
        heading = "Trafic";
        unit = "Unité";
        bytes = "Octets";
        entries = "Entrées";
        received = "reçu";
        sent = "envoyé, en bas";
        zoom_in = "Zoomer sur la plage";
        zoom_out = "Toute la durée";
        none = "Pas encore de trafic";
        hide = "Masquer le graphique";
        entries_per_second(count) = { entries_per_second(count) };
        traffic(received, sent) = "reçu {received} et envoyé {sent}";
        summary(total, time, most) = "{total} en {time} ; au plus {most}";
        moment(time, received, sent) = "{time} : reçu {received}, envoyé {sent}";
        uncounted(entries, so_far) = { format!("{} encore à compter ; {so_far}", noun(entries, "entrée", "entrées")) };
        spoken(summary) = "Trafic de la session : {summary}";
    }
}

fn entries_per_second(count: f64) -> String {
    if count < 9.95 {
        return decimals(count, 1) + "/s";
    }
    format!("{}/s", grouped(count.round() as u64))
}
