//! What went wrong with captures on disk, and what to do next.

use super::noun;
use crate::capture::DATA_DIR_VARIABLE;
use crate::capture::MAX_NAME_CHARS;
use crate::capture::store::FORMAT;
use crate::capture::store::MANIFEST;
use crate::words::InWords as _;
use crate::words::record::shown;
use crate::words::record::{
    Damages, Libraries, Names, Reads, Record, RecordingEnds, StopCauses, Stores,
};
use crate::words::translated::translated;

translated! { SPANISH:
    Record {
        cannot_make(path, reason) = "no se puede crear {path}: {reason}";
        cannot_open(path, reason) = "no se puede abrir {path}: {reason}";
        cannot_lock(path, reason) = "no se puede bloquear {path}: {reason}";
        cannot_read(path, reason) = "no se puede leer {path}: {reason}";
        cannot_write(path, reason) = "no se puede escribir {path}: {reason}";
        cannot_rename(path, reason) = "no se puede cambiar el nombre de {path}: {reason}";
        cannot_delete(path, reason) = "no se puede eliminar {path}: {reason}";
        stopped(cause, entries) = { format!("{cause}, con {} después", noun(entries, "entrada sin grabar", "entradas sin grabar")) };
        stopped_at_least(cause, entries) = { format!("{cause}, con al menos {} después", noun(entries, "entrada sin grabar", "entradas sin grabar")) };
        stopped_then(cause) = "{cause}, y lo que ocurrió después no está grabado";
        samples_damaged(samples) = { noun(samples, "muestra dañada o perdida", "muestras dañadas o perdidas") };
        packets_unchecked(file) = "{file} no se puede comprobar hasta el final: no se grabó su suma de comprobación";
        interrupted = "la grabación se interrumpió, y puede faltar lo último";
        not_recorded(entries) = { format!("{} al final", noun(entries, "entrada sin grabar", "entradas sin grabar")) };
        checked(segments, entries, size_bytes) = { format!("{}: {} con {} en buen estado", noun(segments, "parte comprobada", "partes comprobadas"), noun(entries, "entrada", "entradas"), noun(size_bytes, "byte", "bytes")) };
        entries_damaged(entries) = { noun(entries, "entrada dañada o perdida", "entradas dañadas o perdidas") };
        newer(kinds, fields, samples) = { format!("Solo una versión más reciente de Bothends sabe qué significan {}, {} y {}", noun(kinds, "entrada", "entradas"), noun(fields, "campo", "campos"), noun(samples, "muestra", "muestras")) };
        more_damage(places) = { noun(places, "lugar dañado más", "lugares dañados más") };
        sound = "No hay nada dañado";
        frames_not_written(reason) = "No se puede escribir la tabla de tramas: {reason}";
        switch_on = "Active la grabación para conservar lo que ocurra a partir de entonces";
        raise_bound = "Aumente el límite, o deje que se descarten las entradas más antiguas, y reanude";
        make_room = "Haga sitio y reanude, o reanude en otra carpeta";
        elsewhere = "Reanude en otra carpeta";
    }

    Stores |language| {
        Io(action, path, source) = { language.file_failure(*action, path, source) };
        NotEmpty(path) = { format!("{} no está vacía: una captura necesita una carpeta nueva o vacía", shown(path)) };
        NoCapture(path) = { format!("{} no es una captura: no tiene {MANIFEST}", shown(path)) };
        Locked(path) = { format!("{} se está grabando en otra ventana", shown(path)) };
        Manifest(path, problem) = { format!("{} está dañado: {problem}", shown(path)) };
        Newer(path, format) = { format!("{} tiene el formato {format}, que escribió una versión más reciente de Bothends (esta lee el formato {FORMAT})", shown(path)) };
        Damaged(error) = { error.in_words(language) };
    }

    Reads |language| {
        Io(path, position, source) = { format!("no se puede leer {} en el byte {position}: {}", shown(path), source.in_words(language)) };
        Damaged(path, position, what) = { format!("{} está dañado en el byte {position}: {}", shown(path), what.in_words(language)) };
    }

    Damages |language| {
        Missing = "falta el archivo";
        Foreign = "pertenece a otra parte de la captura o a otra captura";
        Head = "no empieza como empieza un archivo de captura";
        Checksum = "la suma de verificación es incorrecta";
        Bit = "un bit ha cambiado y se corrige al leerlo";
        Short = "el archivo es demasiado corto";
        Long = "se ha añadido algo al final del archivo";
        Reference = "remite a bytes que no existen";
        Body = "los detalles de la entrada no tienen sentido";
        Order = "sus entradas no continúan las anteriores";
        Manifest = "falta o no se puede leer; lo que dice se ha reconstruido a partir de los demás archivos";
        Index = "no enumera las entradas que hay";
    }

    RecordingEnds |language| {
        Open = "la grabación se interrumpió";
        Rotated = "la grabación se interrumpió";
        Closed = "la grabación terminó";
        Bound = "se alcanzó el límite";
        Full = "el disco estaba lleno";
        Off = "la grabación se desactivó";
        Failed = "no se pudo escribir la captura";
    }

    StopCauses |language| {
        Off = "la grabación está desactivada";
        Bound(limit_bytes) = { format!("se ha alcanzado el límite de {}", language.numbers.size(*limit_bytes)) };
        Full = "el disco está lleno";
        Gone(path) = { format!("la carpeta de la captura ya no existe: {}", shown(path)) };
        Failed(failure) = { failure.error().in_words(language) };
        NoHome = { format!("no hay carpeta personal: asigne una carpeta a {DATA_DIR_VARIABLE}") };
    }

    Libraries |language| {
        Name(problem) = { problem.in_words(language) };
        Taken(name) = "Ya existe una captura llamada {name}. Elija otro nombre";
        Foreign(path) = { format!("{} no está en la lista de sesiones", shown(path)) };
        BeingRecorded = "Otra ventana la está grabando. Cierre antes esa ventana";
        OtherVolume = "Se está grabando en otro volumen. Guárdela cuando la grabación haya terminado";
        Store(error) = { error.in_words(language) };
    }

    Names |language| {
        Empty = "Introduzca un nombre";
        TooLong = { format!("Un nombre tiene como máximo {MAX_NAME_CHARS} caracteres") };
        Character(character) = "Un nombre no puede contener {character:?}";
        Dot = "Un nombre no puede empezar ni terminar con un punto";
        Device = "Windows reserva este nombre para un dispositivo";
    }
}
