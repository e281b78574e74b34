//! How bytes are read: encoding, framing and check, with ready rules to choose from.

use crate::words::protocol::Protocol;
use crate::words::translated::translated;

translated! { GERMAN:
    Protocol {
        recorded_data = "Gilt auch für Aufgezeichnetes";
        encoding = "Kodierung";
        windows_1252 = "Windows-1252 (Latin-1)";
        latin_1 = "ISO-8859-1 (streng)";
        framing = "Framing";
        framing_why = "Wie jeder Datenstrom in Frames zerlegt wird, für die Zeitleiste und für eine feste Antwort. Die Chunks bleiben, wie sie sind.";
        check = "Prüfung";
        check_why = "Worauf jeder Frame geprüft wird: Felder wie in einer Vorlage, etwa crc CRC-16/MODBUS le";
        none = "keine";
        differs = "Verschieden für Empfangenes und Gesendetes";
        differs_why = "Liest Empfangenes und Gesendetes verschieden, zum Beispiel Anfragen und Antworten";
        datagrams = "Jedes Datagramm ist ein Frame";
        datagrams_why = "UDP erhält die Grenzen des Gesendeten, also muss nichts in Frames zerlegt werden";
        received = "Empfangen";
        sent = "Gesendet";
        of_received(field) = "{field}, empfangen";
        of_sent(field) = "{field}, gesendet";
        choices(field) = "{field}: Auswahl";
        choice(rule, meaning) = "{rule}: {meaning}";

        chunks = "Chunks, wie sie gelesen und geschrieben wurden";
        line = "Zeilen, die mit LF, CR LF oder CR enden";
        lf = "Zeilen, die mit LF enden";
        crlf = "Zeilen, die mit CR LF enden";
        cr = "Zeilen, die mit CR enden";
        delimiter = "Bis zu einem Trennzeichen";
        fixed = "Frames fester Länge";
        length = "Längenfeld vor jedem Frame";
        modbus_tcp = "Modbus TCP: Längenfeld bei Offset 4";
        varint = "Varint-Länge vor jedem Frame (protobuf)";
        http = "HTTP/1-Nachrichten";
        websocket = "WebSocket: HTTP-Kopf, dann Frames";
        mqtt = "MQTT: Varint-Länge bei Offset 1";
        postgres = "PostgreSQL: Typ und Länge, am Anfang nur Länge";
        resp = "Redis: RESP2- und RESP3-Werte";
        mllp = "MLLP (HL7): 0B … 1C 0D";
        stx_etx = "STX … ETX, mit DLE als Escape";
        slip = "SLIP (RFC 1055)";
        silence = "Durch Pausen getrennt";

        unchecked = "Frames werden nicht geprüft";
        modbus_rtu = "Modbus RTU";
        xmodem = "XMODEM";
        crc32 = "CRC-32";
        sum = "Summe aller Bytes modulo 256";
        nmea = "NMEA 0183: $…*HH";
        modbus_ascii = "Modbus ASCII: :…LRC";
    }
}
