//! What is wrong with the fields of forms.

use crate::words::InWords as _;
use crate::words::form::{Addresses, Amounts, FileProblems, Forms};
use crate::words::translated::translated;

translated! { SPANISH:
    Forms |language| {
        Address(error) = { error.in_words(language) };
        Encoding(error) = { error.in_words(language) };
        Framing(error) = { error.in_words(language) };
        Check(error) = { error.in_words(language) };
        BindAddress = "Introduzca una dirección de este equipo, como 127.0.0.1 o ::1";
        Scope = "Ninguna interfaz de red tiene el nombre que sigue al %";
        RemotePort = "Un puerto remoto es un número de 1 a 65535";
        Backlog = "Un backlog es un número de 1 a 65535";
        LabDelay = "Introduzca un retardo de 10s como máximo, como 50ms, o nada";
        LabLoss = "Introduzca una proporción de paquetes de 0% a 100%, como 1%, o nada";
        Size = "Introduzca un número de bytes, o de KiB o MiB con k o m, como 64k";
        WriteBytes = "Introduzca un tamaño de escritura de 1 byte a 1 MiB, como 64k";
        ReadBuffer = "Introduzca un tamaño de búfer de 1 byte a 1 MiB, como 64k";
        Duration = "Introduzca un tiempo con su unidad: ms, s o m, como 200ms o 5s";
        ConnectTimeout = "El tiempo de espera está entre 1ms y 10m";
        Reconnect = "Introduzca la primera espera y la más larga, de 10ms a 60m, y, si quiere, cuántas veces, como 1s..30s, 10 times";
        Period = "Entre dos mensajes pasa al menos 1ms";
        Times = "Introduzca un número de veces a partir de 1, o nada";
        SocketPath = "Introduzca una ruta de 107 bytes como máximo, o @ y un nombre";
        Mode = "Introduzca permisos en octal, como 600 o 660";
        Source = "Introduzca una dirección de este equipo, :puerto o ambos, como 192.168.1.5 o :4000";
        KeepAlive = "Introduzca el tiempo hasta la primera sonda, el intervalo y el número de sondas, como 60s,10s,5";
        Buffer = "Introduzca un tamaño de búfer de 1 byte a 1024m, como 64k";
        Ttl = "Un TTL es un número de 1 a 255";
        Linger = "Introduzca segundos enteros, como 0s o 5s";
        KeyAlone = "Una clave va con su certificado: elija también ese archivo o deje este vacío";
        FlawOfFiles = "Solo los certificados que emite Bothends pueden tener un defecto a propósito: deje vacío el archivo de certificado";
        Alpn = "El nombre de un protocolo tiene como máximo 255 bytes";
        ForgetAfter = "Introduzca un silencio de 100ms a 1440m, como 30s";
        Group = "Introduzca direcciones multicast, como 239.1.2.3 o ff02::fb";
        GroupFamily = "Un grupo es de la misma familia que la dirección de escucha, IPv4 o IPv6";
        Groups = "Un socket puede unirse a 20 grupos como máximo";
        Interface = "Introduzca el nombre o una dirección de una de las interfaces de este equipo, como eth0";
        Message(error) = { error.in_words(language) };
        Rule(problem) = { problem.in_words(language) };
        Seed = "Introduzca un número entero, como 7, o nada";
        NotListening(name) = "{name} no está escuchando. Inícielo primero";
        NoServer = "El servidor con el que conectaba este cliente se ha quitado. Elija otro servidor o una dirección";
    }

    Addresses |language| {
        NoHost = "Introduzca un host: un nombre o una dirección, como localhost:9000";
        Port = "Un puerto es un número de 0 a 65535";
        NotIpv6 = "No es una dirección IPv6. Escríbala como ::1, o como [::1]:9000 con un puerto";
        AfterBrackets = "Tras los corchetes solo puede ir un puerto, como en [::1]:9000";
        Url = "Esto es una URL. Introduzca su host y su puerto, como localhost:9000";
        HostCharacter = "Un host no tiene espacios, barras ni caracteres de control. Introduzca un nombre o una dirección";
    }

    Amounts |language| {
        Amount = "Introduzca una cantidad, como 500 MiB o 10 GiB";
        TooLittle = "El límite debe ser de 1 MiB como mínimo";
        Chunk = "Introduzca un número de bytes, como 64 o 1 KiB";
    }

    FileProblems |language| {
        Read(error) = { error.in_words(language) };
        NotPlain = "no es un archivo normal";
        TooLong = "tiene más de 16 MiB";
    }
}
