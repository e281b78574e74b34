//! The presets: what each is called, what it is and how to try it.

use crate::words::presets::Presets;
use crate::words::translated::translated;

translated! { PORTUGUESE:
    Presets {
        echo = "Eco";
        echo_about = "Eco (RFC 862): devolve tudo o que recebe. Experimente com `ncat 127.0.0.1 7007`.";
        upper_case = "Eco em maiúsculas";
        upper_case_about = "Um eco que grita: o que uma resposta faz de uma requisição. Experimente com `ncat 127.0.0.1 7008`.";
        discard = "Discard";
        discard_about = "Discard (RFC 863): lê tudo e não responde nada. Uma regra sem ações também é uma resposta.";
        daytime = "Daytime";
        daytime_about = "Daytime (RFC 867): diz que horas são e fecha. Nunca espera por uma requisição.";
        character_generator = "Gerador de caracteres";
        character_generator_about = "Gerador de caracteres (RFC 864): envia linhas de texto enquanto alguém escutar.";
        chat = "Chat";
        chat_about = "Uma sala de bate-papo: o que um peer diz, os outros ouvem. Abra dois terminais com `ncat 127.0.0.1 7024`.";
        line_script = "Diálogo por linhas";
        line_script_about = "Uma conversa por estados: a resposta depende do que foi dito antes. Experimente com `ncat 127.0.0.1 7023`.";
        http = "HTTP";
        http_about = "Um pequeno site: uma página, JSON e um formulário que responde. Abra http://127.0.0.1:8080/ em um navegador.";
        websocket = "WebSocket";
        websocket_about = "Um servidor WebSocket (RFC 6455): o handshake, um eco de mensagens de texto e binárias, ping, fechamento.";
        smtp_sink = "Sumidouro SMTP";
        smtp_sink_about = "Um servidor de e-mail que aceita todas as mensagens e não entrega nenhuma. Experimente com `swaks --server 127.0.0.1:2525 --to a@example.org`.";
        ftp = "FTP";
        ftp_about = "Um servidor FTP até a lista de um diretório: uma conexão de controle e uma conexão de dados com um segundo servidor. Experimente com `lftp -e \"ls; bye\" ftp://127.0.0.1:2121`.";
        mqtt_broker = "Broker MQTT";
        mqtt_broker_about = "Um broker MQTT 3.1.1 para tópicos exatos: conectar, assinar, publicar com QoS 0 e 1, ping. Os assinantes entram em um grupo para o seu tópico; curingas não são entendidos.";
        redis = "Redis";
        redis_about = "Redis: PING, SET, GET, DEL e ECHO, como `redis-cli -p 6380` os pede.";
        postgresql = "PostgreSQL";
        postgresql_about = "PostgreSQL até SELECT 1: `psql -h 127.0.0.1 -p 5433 -U anybody -c \"SELECT 1\"`.";
        modbus_tcp = "Modbus TCP";
        modbus_tcp_about = "Um dispositivo Modbus TCP com 100 registradores de retenção e 100 de entrada, que podem ser lidos e escritos.";
        modbus_rtu = "Modbus RTU";
        modbus_rtu_about = "Um dispositivo Modbus RTU sobre TCP: os mesmos registradores, sem o cabeçalho TCP e com uma soma de verificação. Uma soma incorreta não recebe resposta, como pede a especificação.";
        scpi_instrument = "Instrumento SCPI";
        scpi_instrument_about = "Uma fonte de alimentação que fala SCPI: diz o seu nome, recebe uma tensão, mede essa tensão e uma corrente e guarda o último erro.";
        hl7_acknowledger = "Confirmador HL7";
        hl7_acknowledger_about = "Recebe mensagens HL7 (MLLP) e confirma cada uma com o seu próprio ID de controle; o que não é mensagem é recusado.";
        dns = "DNS";
        dns_about = "Um servidor DNS para meter.example sobre UDP, em que uma regra é um registro: `dig @127.0.0.1 -p 1053 meter.example`. O seu cliente pergunta a ele, ou a qualquer outro servidor a que se conecte, com a sequência “look up an address”.";
        syslog = "Syslog";
        syslog_about = "Um servidor syslog sobre UDP, que recebe mensagens e não responde a ninguém: `logger --udp --server 127.0.0.1 --port 5514 hello`.";
    }
}
