//! What entries of TLS mean, for those who learn it (RFC 8446 and 5246, certificates RFC 5280).

use crate::words::tls_meaning::TlsMeanings;
use crate::words::translated::translated;

translated! { SPANISH:
    TlsMeanings {
        upgraded = "Hasta aquí ambos lados hablaban en claro, y cualquiera por el camino podía leerlo. Ahora han acordado iniciar TLS en la misma conexión (STARTTLS): el cliente saluda a continuación, y todo lo que sigue va cifrado.";
        hello = "El cliente habla primero: enumera lo que sabe hacer, por orden de preferencia, y el servidor elegirá de ahí. La lista no va cifrada, así que cualquiera por el camino puede leer qué nombre de servidor se quiere (SNI, RFC 6066) y qué protocolos se quieren hablar dentro (ALPN, RFC 7301).";
        agreed_13 = "Ha bastado un viaje de ida y vuelta: el cliente había enviado su mitad del intercambio de claves con su saludo, y el servidor ha respondido con la otra mitad, su certificado y una firma que demuestra que tiene la clave del certificado. Después ambos han calculado las mismas claves, que nunca han pasado por la red. A partir de aquí todo va cifrado, y cualquier cambio se nota.";
        agreed_12 = "TLS 1.2 necesita dos viajes de ida y vuelta: primero ambos acuerdan qué usar, y el servidor muestra su certificado, a la vista de todos; después intercambian claves, y cada uno demuestra con un mensaje Finished que nadie ha cambiado lo dicho. A partir de aquí todo va cifrado, y cualquier cambio se nota.";
        agreed_retried = "El cliente había supuesto qué grupo usaría el servidor para el intercambio de claves, y no ha acertado. El servidor ha pedido otro (HelloRetryRequest, RFC 8446, 4.1.4), lo que cuesta un viaje de ida y vuelta más. A partir de aquí todo va cifrado.";
        agreed_resumed = "Ambos lados recordaban una sesión anterior y han derivado claves nuevas de su secreto, así que no se ha vuelto a mostrar ningún certificado: se comprobó entonces. Ahorra tiempo y cálculo. A partir de aquí todo va cifrado.";
        agreed_unchecked = "La conexión está cifrada, pero nadie sabe con quién: el certificado no se ha comprobado, porque este extremo está ajustado para aceptar cualquiera. Alguien por el camino podría leer y cambiar todo mostrando un certificado propio.";
        refused = "Estos son los certificados que el par mostró antes de que se rechazara la conexión. El primero es el suyo; cada uno de los siguientes debería ser de quien firmó el anterior. El último debería estar firmado por una raíz en la que se confíe aquí, que no se envía. El final de la conexión dice qué comprobación ha fallado.";
        alert_sent = "Una alerta es la última palabra de un lado que abandona: su número dice por qué, y tras una fatal la conexión se cierra. La ha enviado este lado.";
        alert_received = "Una alerta es la última palabra de un lado que abandona: su número dice por qué, y tras una fatal la conexión se cierra. Una alerta dice poco a propósito: el registro del par suele saber más.";
        alert_warning = "Un aviso no pone fin a la conexión. TLS 1.3 conserva solo dos, close_notify y user_canceled.";
        close_notify_sent = "close_notify dice al par, cifrado y protegido, que este lado no envía nada más. Sin él, el par no podría saber si alguien por el camino ha acortado el flujo.";
        close_notify_received = "El par ha dicho, cifrado y protegido, que lo ha enviado todo: no falta nada. Un FIN solo no demostraría nada, porque cualquiera por el camino puede enviar uno.";
        cut = "La conexión TCP ha terminado, pero el par no ha dicho close_notify. Quizá su programa no se molesta en hacerlo, como tantos; quizá alguien por el camino ha cortado el flujo (un ataque de truncamiento). TLS no puede distinguir lo uno de lo otro, así que lo que ha llegado puede estar incompleto.";
        secrets = "Los secretos de esta conexión se han escrito en el registro de claves (SSLKEYLOGFILE), para que Wireshark y otros puedan descifrar paquetes capturados. Quien tenga el archivo también puede hacerlo. Desactívelo cuando no haga falta.";

        failed_trust = "Un certificado es una declaración: esta clave pertenece a ese nombre, firmado por una autoridad (CA). Un cliente confía en unas pocas autoridades, sus raíces, y sigue las firmas desde el certificado del par hasta una de ellas (RFC 5280, sección 6). Aquí ese camino no ha llevado a ninguna parte.";
        failed_name = "Un cliente compara el nombre que quería con los nombres alternativos del certificado (RFC 9525), nunca con el sujeto. Un comodín como *.example.org representa exactamente una parte de un nombre. Sin esta comprobación, cualquiera con un buen certificado para otro nombre podría hacerse pasar por este servidor.";
        failed_dates = "Un certificado es válido entre dos fechas, según el reloj de quien lo comprueba. Las autoridades limitan el tiempo para que una clave robada no sirva para siempre. Cuando fallan muchos certificados a la vez, lo que suele estar mal es el reloj.";
        failed_certificate = "Se comprueba cada certificado de la cadena: su firma, sus fechas, para qué se puede usar y si su clave es lo bastante fuerte. Una de estas comprobaciones ha fallado, así que no se ha enviado nada más que una alerta.";
        failed_choice = "El cliente ofrece listas, y el servidor elige de ellas. Si nada de una lista le conviene al servidor, no hay conexión; nada se cifra con menos de lo que ambos aceptan.";
        failed_client = "Un servidor también puede pedir certificados a sus clientes (TLS mutuo), y entonces sabe quiénes son. En TLS 1.3 el cliente envía su certificado al final del todo, y puede creer que todo está bien antes de que el servidor lo haya mirado: por eso un rechazo puede llegar después de la negociación.";
        failed_not_tls = "TLS empieza con un registro de una forma determinada: 16 03 01 en la mayoría de los casos. Lo que ha llegado tiene otra forma, así que el par habla otra cosa en este puerto.";
        failed_silence = "La negociación necesita respuestas de ambos lados. No ha llegado ninguna a tiempo, o la conexión ha terminado antes. Puede que el par hable otro protocolo y espere a que empiece el otro lado.";
        failed_bytes = "Cada registro lleva una suma de verificación que solo pueden calcular quienes tienen las claves, y cada mensaje tiene su forma y su turno. Lo que ha llegado no encaja con ninguna de las dos cosas. TLS no puede reparar nada: prefiere poner fin a la conexión antes que dejar pasar lo que puede estar falsificado.";
        failed_alert = "El par ha terminado la negociación con una alerta. Dice poco a propósito, para que un atacante no aprenda nada; el registro del par suele decir más.";
        failed_other = "La biblioteca de TLS se ha negado a continuar. Lo que dice está arriba.";
        settings = "Los certificados, las claves y las raíces se leen antes de la primera conexión, para que un archivo incorrecto se note ahora y no con el primer par.";
        no_tls = "TLS puede iniciarse una vez en una conexión, y solo donde su extremo dice con qué certificado o con qué raíces.";
    }
}
