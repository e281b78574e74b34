//! How bytes are read: encoding, framing and check, with ready rules to choose from.

use crate::words::protocol::Protocol;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Protocol {
        recorded_data = "Vale também para dados já gravados";
        encoding = "Codificação";
        windows_1252 = "Windows-1252 (Latin-1)";
        latin_1 = "ISO-8859-1 (estrito)";
        framing = "Enquadramento";
        framing_why = "Como cada fluxo é dividido em quadros, para a linha do tempo e para uma resposta fixa. Os blocos continuam como estão.";
        check = "Verificação";
        check_why = "O que é verificado em cada quadro: campos como em um modelo, por exemplo crc CRC-16/MODBUS le";
        none = "nenhuma";
        differs = "Diferente para recebido e enviado";
        differs_why = "Lê o que chega e o que é enviado segundo regras diferentes, por exemplo requisições e respostas";
        datagrams = "Cada datagrama é um quadro";
        datagrams_why = "O UDP mantém as bordas do que foi enviado, por isso não há nada a dividir em quadros";
        received = "Recebido";
        sent = "Enviado";
        of_received(field) = "{field}, recebido";
        of_sent(field) = "{field}, enviado";
        choices(field) = "Opções: {field}";
        choice(rule, meaning) = "{rule}: {meaning}";

        chunks = "Blocos como foram lidos e escritos";
        line = "Linhas que terminam em LF, CR LF ou CR";
        lf = "Linhas que terminam em LF";
        crlf = "Linhas que terminam em CR LF";
        cr = "Linhas que terminam em CR";
        delimiter = "Até os bytes delimitadores";
        fixed = "Quadros de comprimento fixo";
        length = "Campo de comprimento antes de cada quadro";
        modbus_tcp = "Modbus TCP: campo de comprimento na posição 4";
        varint = "Comprimento varint antes de cada quadro (protobuf)";
        http = "Mensagens HTTP/1";
        websocket = "WebSocket: cabeçalho HTTP, depois quadros";
        mqtt = "MQTT: comprimento varint na posição 1";
        postgres = "PostgreSQL: tipo e comprimento, no início só o comprimento";
        resp = "Redis: valores RESP2 e RESP3";
        mllp = "MLLP (HL7): 0B … 1C 0D";
        stx_etx = "STX … ETX, com escape DLE";
        slip = "SLIP (RFC 1055)";
        silence = "Separados por silêncios";

        unchecked = "Os quadros não são verificados";
        modbus_rtu = "Modbus RTU";
        xmodem = "XMODEM";
        crc32 = "CRC-32";
        sum = "Soma de todos os bytes módulo 256";
        nmea = "NMEA 0183: $…*HH";
        modbus_ascii = "Modbus ASCII: :…LRC";
    }
}
