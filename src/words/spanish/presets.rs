//! The presets: what each is called, what it is and how to try it.

use crate::words::presets::Presets;
use crate::words::translated::translated;

translated! { SPANISH:
    Presets {
        echo = "Eco";
        echo_about = "Eco (RFC 862): devuelve todo lo que recibe. Pruébelo con `ncat 127.0.0.1 7007`.";
        upper_case = "Eco en mayúsculas";
        upper_case_about = "Un eco que grita: lo que una respuesta hace de una petición. Pruébelo con `ncat 127.0.0.1 7008`.";
        discard = "Discard";
        discard_about = "Discard (RFC 863): lo lee todo y no responde nada. Una regla sin acciones también es una respuesta.";
        daytime = "Daytime";
        daytime_about = "Daytime (RFC 867): dice la hora y cierra. Nunca espera una petición.";
        character_generator = "Generador de caracteres";
        character_generator_about = "Generador de caracteres (RFC 864): envía líneas de texto mientras alguien escuche.";
        chat = "Chat";
        chat_about = "Una sala de chat: lo que dice un par lo oyen los demás. Abra dos terminales con `ncat 127.0.0.1 7024`.";
        line_script = "Diálogo por líneas";
        line_script_about = "Una conversación por estados: la respuesta depende de lo dicho antes. Pruébelo con `ncat 127.0.0.1 7023`.";
        http = "HTTP";
        http_about = "Un pequeño sitio web: una página, JSON y un formulario que responde. Abra http://127.0.0.1:8080/ en un navegador.";
        websocket = "WebSocket";
        websocket_about = "Un servidor WebSocket (RFC 6455): la negociación, un eco de mensajes de texto y binarios, ping, cierre.";
        smtp_sink = "Sumidero SMTP";
        smtp_sink_about = "Un servidor de correo que acepta todos los mensajes y no entrega ninguno. Pruébelo con `swaks --server 127.0.0.1:2525 --to a@example.org`.";
        ftp = "FTP";
        ftp_about = "Un servidor FTP hasta la lista de un directorio: una conexión de control y una conexión de datos a un segundo servidor. Pruébelo con `lftp -e \"ls; bye\" ftp://127.0.0.1:2121`.";
        mqtt_broker = "Bróker MQTT";
        mqtt_broker_about = "Un bróker MQTT 3.1.1 para temas exactos: conectar, suscribirse, publicar con QoS 0 y 1, ping. Los suscriptores entran en un grupo para su tema; no se entienden los comodines.";
        redis = "Redis";
        redis_about = "Redis: PING, SET, GET, DEL y ECHO, tal como los pide `redis-cli -p 6380`.";
        postgresql = "PostgreSQL";
        postgresql_about = "PostgreSQL hasta SELECT 1: `psql -h 127.0.0.1 -p 5433 -U anybody -c \"SELECT 1\"`.";
        modbus_tcp = "Modbus TCP";
        modbus_tcp_about = "Un dispositivo Modbus TCP con 100 registros de retención y 100 de entrada, que se pueden leer y escribir.";
        modbus_rtu = "Modbus RTU";
        modbus_rtu_about = "Un dispositivo Modbus RTU sobre TCP: los mismos registros, sin la cabecera TCP y con una suma de comprobación. Una suma incorrecta no recibe respuesta, como pide la especificación.";
        scpi_instrument = "Instrumento SCPI";
        scpi_instrument_about = "Una fuente de alimentación que habla SCPI: dice su nombre, toma una tensión, la mide junto con una corriente y guarda el último error.";
        hl7_acknowledger = "Confirmador HL7";
        hl7_acknowledger_about = "Recibe mensajes HL7 (MLLP) y confirma cada uno con su propio identificador de control; lo que no es un mensaje se rechaza.";
        dns = "DNS";
        dns_about = "Un servidor DNS para meter.example sobre UDP, donde una regla es un registro: `dig @127.0.0.1 -p 1053 meter.example`. Su cliente le pregunta, o a cualquier otro servidor al que se conecte, con la secuencia «look up an address».";
        syslog = "Syslog";
        syslog_about = "Un servidor syslog sobre UDP, que recibe mensajes y no responde a nadie: `logger --udp --server 127.0.0.1 --port 5514 hello`.";
    }
}
