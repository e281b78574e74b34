//! How bytes are read: encoding, framing and check, with ready rules to choose from.

use crate::words::protocol::Protocol;
use crate::words::translated::translated;

translated! { SPANISH:
    Protocol {
        recorded_data = "Se aplica también a los datos grabados";
        encoding = "Codificación";
        windows_1252 = "Windows-1252 (Latin-1)";
        latin_1 = "ISO-8859-1 (estricto)";
        framing = "Entramado";
        framing_why = "Cómo se divide cada flujo en tramas, para la cronología y para una respuesta fija. Los fragmentos quedan como están.";
        check = "Comprobación";
        check_why = "Qué se comprueba en cada trama: campos como en una plantilla, p.\u{a0}ej. crc CRC-16/MODBUS le";
        none = "ninguna";
        differs = "Distinto en recepción y envío";
        differs_why = "Lee lo que llega y lo que se envía con reglas distintas, por ejemplo peticiones y respuestas";
        datagrams = "Cada datagrama es una trama";
        datagrams_why = "UDP conserva los bordes de lo enviado, así que no hay que cortar nada en tramas";
        received = "Recibido";
        sent = "Enviado";
        of_received(field) = "{field}, recibido";
        of_sent(field) = "{field}, enviado";
        choices(field) = "Opciones de {field}";
        choice(rule, meaning) = "{rule}: {meaning}";

        chunks = "Fragmentos como se leyeron y escribieron";
        line = "Líneas terminadas en LF, CR LF o CR";
        lf = "Líneas terminadas en LF";
        crlf = "Líneas terminadas en CR LF";
        cr = "Líneas terminadas en CR";
        delimiter = "Tramas terminadas en un delimitador";
        fixed = "Tramas de longitud fija";
        length = "Campo de longitud antes de cada trama";
        modbus_tcp = "Modbus TCP: campo de longitud en la posición 4";
        varint = "Longitud varint antes de cada trama (protobuf)";
        http = "Mensajes HTTP/1";
        websocket = "WebSocket: cabecera HTTP, después tramas";
        mqtt = "MQTT: longitud varint en la posición 1";
        postgres = "PostgreSQL: tipo y longitud; al principio, solo longitud";
        resp = "Redis: valores RESP2 y RESP3";
        mllp = "MLLP (HL7): 0B … 1C 0D";
        stx_etx = "STX … ETX, con escape DLE";
        slip = "SLIP (RFC 1055)";
        silence = "Tramas separadas por pausas";

        unchecked = "Las tramas no se comprueban";
        modbus_rtu = "Modbus RTU";
        xmodem = "XMODEM";
        crc32 = "CRC-32";
        sum = "Suma de todos los bytes módulo 256";
        nmea = "NMEA 0183: $…*HH";
        modbus_ascii = "Modbus ASCII: :…LRC";
    }
}
