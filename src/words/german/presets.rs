//! The presets: what each is called, what it is and how to try it.

use crate::words::presets::Presets;
use crate::words::translated::translated;

translated! { GERMAN:
    Presets {
        echo = "Echo";
        echo_about = "Echo (RFC 862): sendet zurück, was es empfängt. Ausprobieren mit `ncat 127.0.0.1 7007`.";
        upper_case = "Großbuchstaben-Echo";
        upper_case_about = "Ein Echo, das schreit: was eine Antwort aus einer Anfrage macht. Ausprobieren mit `ncat 127.0.0.1 7008`.";
        discard = "Discard";
        discard_about = "Discard (RFC 863): liest alles und antwortet nicht. Auch eine Regel ohne Aktionen ist eine Antwort.";
        daytime = "Daytime";
        daytime_about = "Daytime (RFC 867): nennt die Uhrzeit und schließt. Auf eine Anfrage wartet es nie.";
        character_generator = "Zeichengenerator";
        character_generator_about = "Zeichengenerator (RFC 864): sendet Textzeilen, solange jemand zuhört.";
        chat = "Chat";
        chat_about = "Ein Chatraum: Was eine Gegenstelle sagt, hören die anderen. Zwei Terminals mit `ncat 127.0.0.1 7024` öffnen.";
        line_script = "Dialog in Zeilen";
        line_script_about = "Ein Gespräch in Zuständen: Die Antwort hängt davon ab, was zuvor gesagt wurde. Ausprobieren mit `ncat 127.0.0.1 7023`.";
        http = "HTTP";
        http_about = "Eine kleine Website: eine Seite, JSON und ein Formular, das antwortet. http://127.0.0.1:8080/ im Browser öffnen.";
        websocket = "WebSocket";
        websocket_about = "Ein WebSocket-Server (RFC 6455): Handshake, Echo von Text- und Binärnachrichten, Ping, Schließen.";
        smtp_sink = "SMTP-Senke";
        smtp_sink_about = "Ein Mailserver, der jede Nachricht annimmt und keine zustellt. Ausprobieren mit `swaks --server 127.0.0.1:2525 --to a@example.org`.";
        ftp = "FTP";
        ftp_about = "Ein FTP-Server bis hin zur Verzeichnisliste: eine Steuerverbindung und eine Datenverbindung zu einem zweiten Server. Ausprobieren mit `lftp -e \"ls; bye\" ftp://127.0.0.1:2121`.";
        mqtt_broker = "MQTT-Broker";
        mqtt_broker_about = "Ein MQTT-3.1.1-Broker für genaue Topics: verbinden, abonnieren, mit QoS 0 und 1 veröffentlichen, Ping. Abonnenten treten einer Gruppe für ihr Topic bei; Platzhalter versteht er nicht.";
        redis = "Redis";
        redis_about = "Redis: PING, SET, GET, DEL und ECHO, wie `redis-cli -p 6380` sie sendet.";
        postgresql = "PostgreSQL";
        postgresql_about = "PostgreSQL bis zu SELECT 1: `psql -h 127.0.0.1 -p 5433 -U anybody -c \"SELECT 1\"`.";
        modbus_tcp = "Modbus TCP";
        modbus_tcp_about = "Ein Modbus-TCP-Gerät mit 100 Halte- und 100 Eingangsregistern zum Lesen und Schreiben.";
        modbus_rtu = "Modbus RTU";
        modbus_rtu_about = "Ein Modbus-RTU-Gerät über TCP: dieselben Register, ohne den TCP-Kopf und mit Prüfsumme. Auf eine falsche Prüfsumme folgt keine Antwort, wie die Spezifikation es verlangt.";
        scpi_instrument = "SCPI-Messgerät";
        scpi_instrument_about = "Ein Netzteil, das SCPI spricht: Es nennt seinen Namen, übernimmt eine Spannung, misst sie und einen Strom und merkt sich den letzten Fehler.";
        hl7_acknowledger = "HL7-Bestätiger";
        hl7_acknowledger_about = "Nimmt HL7-Nachrichten (MLLP) an und bestätigt jede mit ihrer eigenen Control-ID; was keine Nachricht ist, wird abgelehnt.";
        dns = "DNS";
        dns_about = "Ein DNS-Server für meter.example über UDP, bei dem eine Regel ein Eintrag ist: `dig @127.0.0.1 -p 1053 meter.example`. Sein Client fragt ihn oder jeden anderen Server, mit dem er sich verbindet, mit dem Ablauf „look up an address“.";
        syslog = "Syslog";
        syslog_about = "Ein Syslog-Server über UDP, der Nachrichten annimmt und niemandem antwortet: `logger --udp --server 127.0.0.1 --port 5514 hello`.";
    }
}
