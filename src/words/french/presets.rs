//! The presets: what each is called, what it is and how to try it.

use crate::words::presets::Presets;
use crate::words::translated::translated;

translated! { FRENCH:
    Presets {
        echo = "Écho";
        echo_about = "Écho (RFC 862)\u{a0}: renvoie tout ce qu’il reçoit. À essayer avec `ncat 127.0.0.1 7007`.";
        upper_case = "Écho en majuscules";
        upper_case_about = "Un écho qui crie\u{a0}: ce qu’une réponse fait d’une requête. À essayer avec `ncat 127.0.0.1 7008`.";
        discard = "Discard";
        discard_about = "Discard (RFC 863)\u{a0}: lit tout et ne répond rien. Une règle sans action est aussi une réponse.";
        daytime = "Daytime";
        daytime_about = "Daytime (RFC 867)\u{a0}: donne l’heure, puis ferme. Il n’attend jamais de requête.";
        character_generator = "Générateur de caractères";
        character_generator_about = "Générateur de caractères (RFC 864)\u{a0}: envoie des lignes de texte tant que quelqu’un écoute.";
        chat = "Chat";
        chat_about = "Un salon de discussion\u{a0}: ce que dit un pair, les autres l’entendent. Ouvrez deux terminaux avec `ncat 127.0.0.1 7024`.";
        line_script = "Dialogue par lignes";
        line_script_about = "Une conversation par états\u{a0}: la réponse dépend de ce qui a été dit avant. À essayer avec `ncat 127.0.0.1 7023`.";
        http = "HTTP";
        http_about = "Un petit site web\u{a0}: une page, du JSON, un formulaire qui répond. Ouvrez http://127.0.0.1:8080/ dans un navigateur.";
        websocket = "WebSocket";
        websocket_about = "Un serveur WebSocket (RFC 6455)\u{a0}: la poignée de main, un écho des messages texte et binaires, ping, fermeture.";
        smtp_sink = "Puits SMTP";
        smtp_sink_about = "Un serveur de messagerie qui prend tous les messages et n’en remet aucun. À essayer avec `swaks --server 127.0.0.1:2525 --to a@example.org`.";
        ftp = "FTP";
        ftp_about = "Un serveur FTP jusqu’à la liste d’un répertoire\u{a0}: une connexion de contrôle, et une connexion de données vers un second serveur. À essayer avec `lftp -e \"ls; bye\" ftp://127.0.0.1:2121`.";
        mqtt_broker = "Broker MQTT";
        mqtt_broker_about = "Un broker MQTT 3.1.1 pour des sujets exacts\u{a0}: connexion, abonnement, publication avec QoS 0 et 1, ping. Les abonnés entrent dans un groupe pour leur sujet\u{202f}; les jokers ne sont pas compris.";
        redis = "Redis";
        redis_about = "Redis\u{a0}: PING, SET, GET, DEL et ECHO, tels que `redis-cli -p 6380` les demande.";
        postgresql = "PostgreSQL";
        postgresql_about = "PostgreSQL jusqu’à SELECT 1\u{a0}: `psql -h 127.0.0.1 -p 5433 -U anybody -c \"SELECT 1\"`.";
        modbus_tcp = "Modbus TCP";
        modbus_tcp_about = "Un appareil Modbus TCP avec 100 registres de maintien et 100 registres d’entrée, à lire et à écrire.";
        modbus_rtu = "Modbus RTU";
        modbus_rtu_about = "Un appareil Modbus RTU sur TCP\u{a0}: les mêmes registres, sans l’en-tête TCP et avec une somme de contrôle. Une somme de contrôle incorrecte ne reçoit aucune réponse, comme le veut la spécification.";
        scpi_instrument = "Instrument SCPI";
        scpi_instrument_about = "Une alimentation qui parle SCPI\u{a0}: elle donne son nom, prend une tension, la mesure ainsi qu’un courant, et garde la dernière erreur.";
        hl7_acknowledger = "Acquitteur HL7";
        hl7_acknowledger_about = "Reçoit des messages HL7 (MLLP) et acquitte chacun avec son propre identifiant de contrôle\u{202f}; ce qui n’est pas un message est refusé.";
        dns = "DNS";
        dns_about = "Un serveur DNS pour meter.example sur UDP, où une règle est un enregistrement\u{a0}: `dig @127.0.0.1 -p 1053 meter.example`. Son client l’interroge, ou tout autre serveur auquel il se connecte, avec la séquence «\u{a0}look up an address\u{a0}».";
        syslog = "Syslog";
        syslog_about = "Un serveur syslog sur UDP, qui prend les messages et ne répond à personne\u{a0}: `logger --udp --server 127.0.0.1 --port 5514 hello`.";
    }
}
