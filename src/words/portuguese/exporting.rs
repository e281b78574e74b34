//! The export dialog, and how far work on another tool's file is.

use super::noun;
use crate::words::exporting::Exporting;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Exporting {
        export = "Exportar";
        cancel = "Cancelar exportação";
        format = "Formato";
        text = "Texto";
        csv = "CSV";
        json = "Linhas JSON";
        raw = "Fluxos brutos";
        pcapng = "pcapng";
        about_text = "Uma linha legível para cada entrada, com os bytes como texto com escapes.";
        about_csv = "Uma linha para cada entrada, para planilhas.";
        about_json = "Um objeto JSON para cada entrada, um por linha.";
        about_raw = "Os bytes exatos de cada conexão, um arquivo por sentido. Datagramas têm um arquivo cada.";
        about_pcapng = "Pacotes para o Wireshark e o tshark. Os do laboratório são os que passaram na rede; os cabeçalhos dos outros são reconstruídos a partir de eventos de socket. Cada datagrama é um pacote, por maior que seja.";
        entries = "Entradas";
        whole = "Todas";
        view = "Exibidas";
        selection = "Linhas selecionadas";
        endpoint = "Endpoint";
        all = "Todos";
        file = "Arquivo";
        folder = "Nova pasta";
        reading(path, percent) = { format!("Lendo {}: {percent}%", path.display()) };
        writing(path, percent) = { format!("Gravando {}: {percent}%", path.display()) };
        wrote(entries, bytes, path) = { format!("{}, com {}, em {}", noun(entries, "entrada exportada", "entradas exportadas"), noun(bytes, "byte", "bytes"), path.display()) };
        incomplete(place) = "Incompleto: {place}";
        incomplete_more(places) = { format!("Incompleto em mais {}", noun(places, "ponto", "pontos")) };
    }
}
