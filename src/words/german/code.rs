//! Endpoints as code: what it does not carry over.

use crate::words::InWords as _;
use crate::words::code::{CodeLacks, CodePlaces, RuleLacks};
use crate::words::translated::translated;

translated! { GERMAN:
    CodeLacks |language| {
        Lab = "Nicht übernommen: das Labor; benutzt wird das Netz des Systems";
        Framing(framing) = "Nicht übernommen: das Framing {framing}; jeder Lesevorgang ist eine Anfrage";
        Field(place, field) = { format!("Nicht übernommen: das Feld {{{{{field}}}}} {}", place.in_words(language)) };
        Rule(name, what) = { format!("Nicht übernommen: Regel {name:?}: {}", what.in_words(language)) };
        Reply = "Nicht übernommen: die Antwort; es wird nichts geantwortet";
        Reconnect = "Nicht übernommen: das Wiederverbinden";
        ReplyToReads = "Nicht übernommen: eine Antwort auf jede Anfrage; beantwortet wird jede Zeile";
        CloseAfterReply = "Nicht übernommen: das Schließen nach der Antwort";
        AnswerAfterFinish = "Nicht übernommen: Antworten an eine Gegenstelle, die das Senden beendet hat; ncat beendet die Verbindung sofort";
        HalfOpen = "Nicht übernommen: das Offenhalten der Senderichtung, wenn die Gegenstelle das Senden beendet";
        ReadBuffer = "Nicht übernommen: der Lesepuffer";
        OtherPeers = "Nicht übernommen: Gegenstellen außer der ersten";
        Backlog = "Nicht übernommen: das Backlog";
        Mode = "Nicht übernommen: die Zugriffsrechte der Socket-Datei";
        SocketOptions = "Nicht übernommen: die Socket-Optionen";
        DualStack = "Nicht übernommen: das Lauschen auch auf IPv4";
        StartTls = "Nicht übernommen: STARTTLS; die Verbindung bleibt unverschlüsselt";
        TlsIdentity(file) = "Nicht übernommen: Zertifikate, die die Bothends CA ausstellt; eines mit seinem Schlüssel (PEM) in {file} ablegen";
        TlsIdentityOfNcat = "Nicht übernommen: Zertifikate, die die Bothends CA ausstellt; ncat erzeugt eines, das es selbst signiert";
        AuthorityFile(file) = "Außerdem nötig: das Zertifikat der Bothends CA; bothends ca > {file}";
        OwnAuthority = "Nicht übernommen: das Vertrauen in die Bothends CA; ihr Zertifikat liefert: bothends ca";
        TlsFlaw = "Nicht übernommen: der absichtliche Fehler des Zertifikats";
        TlsFault = "Nicht übernommen: was TLS absichtlich falsch macht";
        TlsNoName = "Nicht übernommen: das Weglassen des Servernamens; gesendet wird der Name, der geprüft wird";
        TlsVersions = "Nicht übernommen: die Wahl der TLS-Versionen";
        TlsClients = "Nicht übernommen: das Anfordern von Client-Zertifikaten";
        TlsClientIdentity = "Nicht übernommen: das eigene Zertifikat des Clients";
        TlsHalfClose = "Nicht übernommen: das Empfangen, nachdem das Senden beendet ist; mit TLS beendet Python die ganze Verbindung";
    }

    CodePlaces |language| {
        Greeting = "der Begrüßung";
        Reply = "der Antwort";
        Message = "der Nachricht";
        Rule(name) = "der Regel {name:?}";
    }

    RuleLacks |language| {
        Time = "die ganze Regel, weil sie eine Zeitspanne abwartet";
        From = "die ganze Regel, weil sie nur für manche Gegenstellen gilt";
        Check = "die ganze Regel, weil sie eine Prüfsumme prüft";
        Within = "die ganze Regel, weil sie nach gemerkten Werten fragt";
        Regex = "die ganze Regel, weil Python keinen solchen regulären Ausdruck kennt";
        Memory = "was sie sich merkt oder vergisst";
        Others = "was sie mit anderen Verbindungen tut";
        Luck = "eine Nachricht, die zufällig verworfen oder verfälscht wird";
        Tls = "dass sie TLS startet";
        Reading = "dass sie das Lesen anhält";
        Pace = "die Sendegeschwindigkeit";
    }
}
