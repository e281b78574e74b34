//! The plot of the traffic over the session.

use super::{decimals, grouped, noun};
use crate::words::plot::Plot;
use crate::words::translated::translated;

translated! { SPANISH:
    Plot {
        heading = "Tráfico";
        unit = "Contar";
        bytes = "Bytes";
        entries = "Entradas";
        received = "recibido";
        sent = "enviado, abajo";
        zoom_in = "Ampliar al intervalo";
        zoom_out = "Mostrar todo el tiempo";
        none = "Aún no hay tráfico";
        hide = "Ocultar gráfico";
        entries_per_second(count) = { entries_per_second(count) };
        traffic(received, sent) = "recibido {received} y enviado {sent}";
        summary(total, time, most) = "{total} en {time}; como máximo {most}";
        moment(time, received, sent) = "{time}: recibido {received}, enviado {sent}";
        uncounted(entries, so_far) = { format!("{}; {so_far}", noun(entries, "entrada aún por contar", "entradas aún por contar")) };
        spoken(summary) = "Tráfico a lo largo de la sesión: {summary}";
    }
}

fn entries_per_second(count: f64) -> String {
    if count < 9.95 {
        return format!("{}/s", decimals(count, 1));
    }
    format!("{}/s", grouped(count.round() as u64))
}
