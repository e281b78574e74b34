//! Why a session did not do what it was asked to.

use crate::session::MAX_OPENED;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::record::shown;
use crate::words::session::{Jobs, Session, SessionErrors};
use crate::words::translated::translated;
use crate::workspace::FieldError;
use crate::workspace::FormField;

translated! { SPANISH:
    Session {
        file(path, reason) = "No se puede leer {path}: {reason}";
        no_thread(reason) = "El sistema no ha podido iniciar un hilo: {reason}";
    }

    SessionErrors |language| {
        Closing = "Bothends se está cerrando";
        Command(error) = { error.in_words(language) };
        Field(error) = { wrong_field(error, language) };
        Edit(error) = { error.in_words(language) };
        Message(error) = { error.in_words(language) };
        NoSequence = "Esta secuencia se ha eliminado";
        Sequence(error) = { error.in_words(language) };
        NothingToSend = "No hay nada que enviar: escriba antes un mensaje";
        Void = "No hay nada que enviar: los campos de este mensaje representan 0 bytes";
        NotApproved = "Las plantillas de este documento no pueden leer archivos hasta que usted lo apruebe";
        NoTarget = "No hay a quién enviar: añada un cliente";
        NoPeer(server) = "{server} no tiene ningún par al que enviar: espere a que se conecte uno";
        NoPeerSelected = "No hay ningún par seleccionado: seleccione uno o envíe a todos los pares";
        NotOneConnection = "Un archivo va a una sola conexión: elija un cliente o seleccione un par";
        NotConnected = "El cliente no está conectado: conéctelo antes";
        SendingFile = "Ya se está enviando un archivo: cancélelo o espere";
        Repeating = "Ya se está repitiendo un mensaje: deténgalo antes";
        TemplateFile(error) = { error.in_words(language) };
        File(path, source) = { language.session.file(&shown(path), &source.in_words(language)) };
        NoThread(error) = { language.session.no_thread(&error.in_words(language)) };
        Job(error) = { error.in_words(language) };
        TooManyOpen = { format!("Hay {MAX_OPENED} capturas abiertas: cierre antes una") };
        FileAtWork = "Se está leyendo o escribiendo otro archivo: espere o cancélelo";
        NoHome = "No hay carpeta personal en la que guardar capturas: asigne una carpeta a BOTHENDS_DATA_DIR";
        RelativePath = "Introduzca una ruta absoluta";
        Library(error) = { error.in_words(language) };
        Opening(error) = { error.in_words(language) };
        Document(error) = { error.in_words(language) };
        DocumentSave(error) = { error.in_words(language) };
        Import(error) = { error.in_words(language) };
        Packets(error) = { error.in_words(language) };
    }

    Jobs |language| {
        Busy = "El trabajo anterior no ha terminado: inténtelo de nuevo dentro de un momento";
        NoThread(error) = { language.session.no_thread(&error.in_words(language)) };
    }
}

/// Returns what is wrong with a field; not which one where that is to be seen, because it stands where the client says
/// whom it follows.
fn wrong_field(error: &FieldError, language: &Language) -> String {
    match error.field {
        FormField::Server => error.problem.in_words(language),
        _ => error.in_words(language),
    }
}
