//! How much is recorded, and why recording stopped.

use super::{bytes, noun};
use crate::words::recording::Recording;
use crate::words::translated::translated;

translated! { SPANISH:
    Recording {
        keep = "Conservar";
        everything = "Todo";
        newest = "Lo más reciente";
        first_bytes = "Primeros bytes";
        nothing = "Nada";
        about_everything = "Conserva cada byte hasta un límite. Entonces la grabación se detiene con un aviso; el tráfico continúa.";
        about_newest = "Conserva las entradas más recientes. En el límite, las más antiguas se descartan para hacer sitio.";
        about_first_bytes = "Conserva cada entrada, con solo los primeros bytes de su fragmento y su tamaño completo. Las exportaciones dicen lo que se ha cortado.";
        about_nothing = "No graba entradas. La cronología se queda quieta mientras el tráfico continúa.";
        chunk_limit = "Bytes por fragmento";
        limit = "Límite";
        on_disk(kept_bytes) = { format!("Ahora en el disco: {}.", bytes(kept_bytes)) };
        for_frames(derived_bytes) = { format!("La lista de tramas ocupa otros {}.", bytes(derived_bytes)) };
        default(limit_bytes) = { format!("Déjelo vacío para {}.", bytes(limit_bytes)) };
        about_default = "El valor predeterminado es 10 GiB, o una décima parte del espacio libre si es menos.";
        apply = "Aplicar";
        stopped_name = "Grabación detenida";
        off = "La grabación está desactivada";
        stopped(cause) = "Grabación detenida: {cause}";
        continues = "El tráfico continúa.";
        continues_without(entries) = { format!("El tráfico continúa; desde entonces, {}.", noun(entries, "entrada sin grabar", "entradas sin grabar")) };
        switch_on = "Activar grabación";
        resume = "Reanudar";
        resume_elsewhere = "Reanudar en otra carpeta…";
        settings = "Ajustes de grabación…";
        folder = "Carpeta en la que grabar";
        record_there = "Grabar ahí";
    }
}
