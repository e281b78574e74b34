//! The plot of the traffic over the session.

use super::{decimals, grouped, noun};
use crate::words::plot::Plot;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Plot {
        heading = "Tráfego";
        unit = "Contagem";
        bytes = "Bytes";
        entries = "Entradas";
        received = "recebidos";
        sent = "enviados, abaixo";
        zoom_in = "Ampliar o intervalo";
        zoom_out = "Mostrar todo o tempo";
        none = "Ainda não há tráfego";
        hide = "Ocultar gráfico";
        entries_per_second(count) = { entries_per_second(count) };
        traffic(received, sent) = "{received} recebidos e {sent} enviados";
        summary(total, time, most) = "{total} em {time}; no máximo {most}";
        moment(time, received, sent) = "{time}: {received} recebidos, {sent} enviados";
        uncounted(entries, so_far) = { format!("{}; {so_far}", noun(entries, "entrada ainda por contar", "entradas ainda por contar")) };
        spoken(summary) = "Tráfego ao longo da sessão: {summary}";
    }
}

fn entries_per_second(count: f64) -> String {
    if count < 9.95 {
        return format!("{}/s", decimals(count, 1));
    }
    format!("{}/s", grouped(count.round() as u64))
}
