//! Endpoints as code: what it does not carry over.

use crate::words::InWords as _;
use crate::words::code::{CodeLacks, CodePlaces, RuleLacks};
use crate::words::translated::translated;

translated! { SPANISH:
    CodeLacks |language| {
        Lab = "No se traslada: el laboratorio; esto usa la red del sistema";
        Framing(framing) = "No se traslada: el entramado {framing}; cada lectura es una petición";
        Field(place, field) = { format!("No se traslada: el campo {{{{{field}}}}} {}", place.in_words(language)) };
        Rule(name, what) = { format!("No se traslada: en la regla {name:?}, {}", what.in_words(language)) };
        Reply = "No se traslada: la respuesta; no se responde nada";
        Reconnect = "No se traslada: la reconexión";
        ReplyToReads = "No se traslada: una respuesta a cada petición; se responde a cada línea";
        CloseAfterReply = "No se traslada: el cierre tras la respuesta";
        AnswerAfterFinish = "No se traslada: las respuestas a un par que ha terminado el envío; ncat pone fin a la conexión al momento";
        HalfOpen = "No se traslada: la conexión semiabierta cuando el par termina el envío";
        ReadBuffer = "No se traslada: el búfer de lectura";
        OtherPeers = "No se traslada: los pares que no sean el primero";
        Backlog = "No se traslada: el backlog";
        Mode = "No se traslada: los permisos del archivo del socket";
        SocketOptions = "No se traslada: las opciones del socket";
        DualStack = "No se traslada: escuchar también en IPv4";
        StartTls = "No se traslada: STARTTLS; la conexión sigue sin cifrar";
        TlsIdentity(file) = "No se traslada: los certificados que emite Bothends CA; ponga uno con su clave (PEM) en {file}";
        TlsIdentityOfNcat = "No se traslada: los certificados que emite Bothends CA; ncat crea uno autofirmado";
        AuthorityFile(file) = "Hace falta además: el certificado de Bothends CA; se obtiene con: bothends ca > {file}";
        OwnAuthority = "No se traslada: la confianza en Bothends CA; escríbala en un archivo con: bothends ca";
        TlsFlaw = "No se traslada: el defecto del certificado hecho a propósito";
        TlsFault = "No se traslada: lo que TLS hace mal a propósito";
        TlsNoName = "No se traslada: la omisión del nombre de servidor; se envía el nombre que se comprueba";
        TlsVersions = "No se traslada: la elección de versiones de TLS";
        TlsClients = "No se traslada: pedir certificados a los clientes";
        TlsClientIdentity = "No se traslada: el certificado propio del cliente";
        TlsHalfClose = "No se traslada: recibir tras el fin del envío; con TLS, Python pone fin a la conexión";
    }

    CodePlaces |language| {
        Greeting = "del saludo";
        Reply = "de la respuesta";
        Message = "del mensaje";
        Rule(name) = "de la regla {name:?}";
    }

    RuleLacks |language| {
        Time = "todo: depende del tiempo";
        From = "todo: es solo para algunos pares";
        Check = "todo: comprueba una suma de verificación";
        Within = "todo: consulta lo recordado";
        Regex = "todo: Python no tiene una expresión regular así";
        Memory = "lo que recuerda u olvida";
        Others = "lo que hace con otras conexiones";
        Luck = "el descarte o la alteración de mensajes al azar";
        Tls = "el inicio de TLS";
        Reading = "la pausa de la lectura";
        Pace = "el ritmo de envío";
    }
}
