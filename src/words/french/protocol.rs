//! How bytes are read: encoding, framing and check, with ready rules to choose from.

use crate::words::protocol::Protocol;
use crate::words::translated::translated;

translated! { FRENCH:
    Protocol {
        recorded_data = "S’applique aussi aux données déjà capturées";
        encoding = "Encodage";
        windows_1252 = "Windows-1252 (Latin-1)";
        latin_1 = "ISO-8859-1 (strict)";
        framing = "Découpage";
        framing_why = "Comment chaque flux est découpé en trames, pour la chronologie et pour une réponse fixe. Les morceaux restent tels quels.";
        check = "Contrôle";
        check_why = "Ce qui est contrôlé dans chaque trame : des champs comme dans un modèle, par exemple crc CRC-16/MODBUS le";
        none = "aucun";
        differs = "Différent en réception et en envoi";
        differs_why = "Lire ce qui arrive et ce qui est envoyé selon des règles différentes, par exemple les requêtes et les réponses";
        datagrams = "Chaque datagramme est une trame";
        datagrams_why = "UDP garde les limites de ce qui a été envoyé : il n’y a rien à découper en trames";
        received = "Reçu";
        sent = "Envoyé";
        of_received(field) = "{field} en réception";
        of_sent(field) = "{field} en envoi";
        choices(field) = "{field} : choix";
        choice(rule, meaning) = "{rule} : {meaning}";

        chunks = "Morceaux tels que lus et écrits";
        line = "Lignes terminées par LF, CR LF ou CR";
        lf = "Lignes terminées par LF";
        crlf = "Lignes terminées par CR LF";
        cr = "Lignes terminées par CR";
        delimiter = "Jusqu’à des octets délimiteurs";
        fixed = "Trames de longueur fixe";
        length = "Champ de longueur avant chaque trame";
        modbus_tcp = "Modbus TCP : champ de longueur à la position 4";
        varint = "Longueur varint avant chaque trame (protobuf)";
        http = "Messages HTTP/1";
        websocket = "WebSocket : en-tête HTTP, puis trames";
        mqtt = "MQTT : longueur varint à la position 1";
        postgres = "PostgreSQL : type et longueur, au début la longueur seule";
        resp = "Redis : valeurs RESP2 et RESP3";
        mllp = "MLLP (HL7) : 0B … 1C 0D";
        stx_etx = "STX … ETX, échappé par DLE";
        slip = "SLIP (RFC 1055)";
        silence = "Séparées par des silences";

        unchecked = "Les trames ne sont pas contrôlées";
        modbus_rtu = "Modbus RTU";
        xmodem = "XMODEM";
        crc32 = "CRC-32";
        sum = "Somme de tous les octets modulo 256";
        nmea = "NMEA 0183 : $…*HH";
        modbus_ascii = "Modbus ASCII : :…LRC";
    }
}
