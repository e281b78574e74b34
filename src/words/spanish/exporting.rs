//! The export dialog, and how far work on another tool's file is.

use super::noun;
use crate::words::exporting::Exporting;
use crate::words::translated::translated;

translated! { SPANISH:
    Exporting {
        export = "Exportar";
        cancel = "Cancelar exportación";
        format = "Formato";
        text = "Texto";
        csv = "CSV";
        json = "Líneas JSON";
        raw = "Flujos en bruto";
        pcapng = "pcapng";
        about_text = "Una línea legible por entrada, con sus bytes como texto con escapes.";
        about_csv = "Una fila por entrada, para hojas de cálculo.";
        about_json = "Un objeto JSON por entrada, uno por línea.";
        about_raw = "Los bytes exactos de cada conexión, un archivo por sentido. Cada datagrama tiene su archivo.";
        about_pcapng = "Paquetes para Wireshark y tshark. Los del laboratorio son como fueron en la red; las demás cabeceras de paquete se reconstruyen a partir de eventos de socket. Cada datagrama es un paquete, por largo que sea.";
        entries = "Entradas";
        whole = "Todas";
        view = "Las mostradas";
        selection = "Filas seleccionadas";
        endpoint = "Extremo";
        all = "Todos";
        file = "Archivo";
        folder = "Carpeta nueva";
        reading(path, percent) = { format!("Leyendo {}: {percent}\u{a0}%", path.display()) };
        writing(path, percent) = { format!("Escribiendo {}: {percent}\u{a0}%", path.display()) };
        wrote(entries, bytes, path) = { format!("Exportado: {} con {}, en {}", noun(entries, "entrada", "entradas"), noun(bytes, "byte", "bytes"), path.display()) };
        incomplete(place) = "Incompleto: {place}";
        incomplete_more(places) = { format!("Incompleto en {}", noun(places, "lugar más", "lugares más")) };
    }
}
