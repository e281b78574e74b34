//! How much is recorded, and why recording stopped.

use super::{bytes, noun};
use crate::words::recording::Recording;
use crate::words::translated::translated;

translated! { GERMAN:
    Recording {
        keep = "Behalten";
        everything = "Alles";
        newest = "Neueste Einträge";
        first_bytes = "Erste Bytes";
        nothing = "Nichts";
        about_everything = "Jedes Byte bis zu einer Grenze behalten. Dann endet die Aufzeichnung mit einem Hinweis; der Verkehr geht weiter.";
        about_newest = "Die neuesten Einträge behalten. An der Grenze werden die ältesten verworfen, um Platz zu machen.";
        about_first_bytes = "Jeden Eintrag behalten, aber nur mit den ersten Bytes seines Chunks und seiner ganzen Größe. Exporte sagen, was abgeschnitten ist.";
        about_nothing = "Keine Einträge aufzeichnen. Die Zeitleiste steht still, während der Verkehr weitergeht.";
        chunk_limit = "Bytes je Chunk";
        limit = "Grenze";
        on_disk(kept_bytes) = { format!("Jetzt auf der Platte: {}.", bytes(kept_bytes)) };
        for_frames(derived_bytes) = { format!("Die Liste der Frames braucht weitere {}.", bytes(derived_bytes)) };
        default(limit_bytes) = { format!("Leer lassen für {}.", bytes(limit_bytes)) };
        about_default = "Standard sind 10 GiB, oder ein Zehntel des freien Platzes, wenn das weniger ist.";
        apply = "Anwenden";
        stopped_name = "Aufzeichnung beendet";
        off = "Die Aufzeichnung ist aus";
        stopped(cause) = "Aufzeichnung beendet: {cause}";
        continues = "Der Verkehr geht weiter.";
        continues_without(entries) = { format!("Der Verkehr geht weiter; {} seitdem nicht aufgezeichnet.", noun(entries, "Eintrag", "Einträge")) };
        switch_on = "Aufzeichnung einschalten";
        resume = "Fortsetzen";
        resume_elsewhere = "In anderem Ordner fortsetzen…";
        settings = "Aufzeichnungseinstellungen…";
        folder = "Ordner für die Aufzeichnung";
        record_there = "Dort aufzeichnen";
    }
}
