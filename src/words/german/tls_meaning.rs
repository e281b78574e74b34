//! What entries of TLS mean, for those who learn it (RFC 8446 and 5246, certificates RFC 5280).

use crate::words::tls_meaning::TlsMeanings;
use crate::words::translated::translated;

translated! { GERMAN:
    TlsMeanings {
        upgraded = "Bis hierher sprachen beide Enden im Klartext, und jeder unterwegs konnte mitlesen. Nun haben sie vereinbart, auf derselben Verbindung TLS zu beginnen (STARTTLS): Als Nächstes sendet der Client sein ClientHello; sobald der Handshake vollständig ist, ist alles verschlüsselt.";
        hello = "Der Client spricht zuerst: Er zählt auf, was er kann, das Bevorzugte zuerst, und der Server wählt daraus. Die Liste selbst ist nicht verschlüsselt, darum kann jeder unterwegs lesen, welcher Servername verlangt wird (SNI, RFC 6066) und welche Protokolle darin gesprochen werden sollen (ALPN, RFC 7301).";
        agreed_13 = "Ein Umlauf genügte: Der Client hatte mit seinem ClientHello schon seine Hälfte des Schlüsselaustauschs gesendet; der Server antwortete mit der anderen Hälfte, seinem Zertifikat und einer Signatur, die beweist, dass er den Schlüssel dazu hat. Beide berechneten dann dieselben Schlüssel, die nie über die Leitung gingen. Ab hier ist alles verschlüsselt, und jede Änderung daran fällt auf.";
        agreed_12 = "TLS 1.2 braucht zwei Umläufe: Erst vereinbaren beide, was sie verwenden, und der Server legt sein Zertifikat vor, für alle sichtbar; dann tauschen sie Schlüssel aus, und jeder beweist mit einer Finished-Nachricht, dass niemand das Gesagte geändert hat. Ab hier ist alles verschlüsselt, und jede Änderung daran fällt auf.";
        agreed_retried = "Der Client hatte geraten, welche Gruppe der Server für den Schlüsselaustausch verwenden würde, und falsch geraten. Der Server verlangte eine andere (HelloRetryRequest, RFC 8446, 4.1.4), und das kostet einen weiteren Umlauf. Ab hier ist alles verschlüsselt.";
        agreed_resumed = "Beide Enden erinnerten sich an eine frühere Sitzung und leiteten aus ihrem Geheimnis neue Schlüssel ab, darum wurde kein Zertifikat mehr vorgelegt: Geprüft wurde es damals. Das spart Zeit und Rechenarbeit. Ab hier ist alles verschlüsselt.";
        agreed_unchecked = "Die Verbindung ist verschlüsselt, aber niemand weiß, mit wem: Das Zertifikat wurde nicht geprüft, denn dieser Endpunkt soll jedes akzeptieren. Jemand unterwegs könnte alles lesen und ändern, indem er ein eigenes Zertifikat vorlegt.";
        refused = "Diese Zertifikate hat die Gegenstelle vorgelegt, bevor die Verbindung abgelehnt wurde. Das erste ist ihr eigenes; jedes folgende sollte dem gehören, der das davor signiert hat. Das letzte sollte von einem Stammzertifikat signiert sein, dem hier vertraut wird; dieses selbst wird nicht gesendet. Das Ende der Verbindung sagt, welche Prüfung scheiterte.";
        alert_sent = "Ein Alert ist das letzte Wort eines Endes, das aufgibt: Seine Nummer sagt, warum, und nach einem fatalen wird die Verbindung geschlossen. Diesen hat dieses Ende gesendet.";
        alert_received = "Ein Alert ist das letzte Wort eines Endes, das aufgibt: Seine Nummer sagt, warum, und nach einem fatalen wird die Verbindung geschlossen. Ein Alert sagt mit Absicht wenig: Das Protokoll der Gegenstelle weiß oft mehr.";
        alert_warning = "Eine Warnung beendet die Verbindung nicht. TLS 1.3 hat nur noch zwei, close_notify und user_canceled.";
        close_notify_sent = "close_notify sagt der Gegenstelle, verschlüsselt und geschützt, dass dieses Ende nichts mehr sendet. Ohne es könnte sie nicht wissen, ob jemand unterwegs den Datenstrom abgeschnitten hat.";
        close_notify_received = "Die Gegenstelle hat gesagt, verschlüsselt und geschützt, dass sie alles gesendet hat: Es fehlt nichts. Ein FIN allein würde nichts beweisen, denn das kann jeder unterwegs senden.";
        cut = "Die TCP-Verbindung endete, aber die Gegenstelle hat nie close_notify gesendet. Vielleicht spart sich ihr Programm das, wie viele es tun; vielleicht hat jemand unterwegs den Datenstrom abgeschnitten (Truncation-Angriff). TLS kann das eine nicht vom anderen unterscheiden, darum kann das Angekommene unvollständig sein.";
        secrets = "Die Geheimnisse dieser Verbindung wurden ins Schlüsselprotokoll (SSLKEYLOGFILE) geschrieben, damit Wireshark und andere mitgeschnittene Pakete entschlüsseln können. Wer die Datei hat, kann es auch. Ausschalten, wenn es nicht gebraucht wird.";

        failed_trust = "Ein Zertifikat ist eine Aussage: Dieser Schlüssel gehört zu jenem Namen, signiert von einer Zertifizierungsstelle (CA). Ein Client vertraut einigen wenigen, seinen Stammzertifikaten, und verfolgt die Signaturen vom Zertifikat der Gegenstelle bis zu einem davon (RFC 5280, Abschnitt 6). Hier führte dieser Weg nirgendwohin.";
        failed_name = "Ein Client vergleicht den Namen, den er wollte, mit den alternativen Namen im Zertifikat (RFC 9525), nie mit dem Inhaber. Ein Platzhalter wie *.example.org steht für genau einen Teil eines Namens. Ohne diese Prüfung könnte sich jeder mit einem guten Zertifikat für einen anderen Namen als dieser Server ausgeben.";
        failed_dates = "Ein Zertifikat ist zwischen zwei Zeitpunkten gültig, nach der Uhr dessen, der es prüft. Zertifizierungsstellen begrenzen die Zeit, damit ein gestohlener Schlüssel nicht ewig nützt. Scheitern viele Zertifikate auf einmal, geht meist die Uhr falsch.";
        failed_certificate = "Jedes Zertifikat der Kette wird geprüft: seine Signatur, seine Gültigkeit, wofür es verwendet werden darf und ob sein Schlüssel stark genug ist. Eine dieser Prüfungen scheiterte, darum wurde nichts gesendet außer einem Alert.";
        failed_choice = "Der Client bietet Listen an, und der Server wählt daraus. Passt dem Server nichts auf einer Liste, gibt es keine Verbindung; nichts wird schwächer verschlüsselt, als beide akzeptieren.";
        failed_client = "Ein Server kann auch von seinen Clients Zertifikate verlangen (mutual TLS) und weiß dann, wer sie sind. In TLS 1.3 sendet der Client sein Zertifikat ganz am Ende und kann alles für gut halten, bevor der Server es angesehen hat: Darum kann eine Ablehnung noch nach dem Handshake kommen.";
        failed_not_tls = "TLS beginnt mit einem Record von bestimmter Form: meist 16 03 01. Was kam, hat eine andere Form, also spricht die Gegenstelle an diesem Port etwas anderes.";
        failed_silence = "Der Handshake braucht Antworten von beiden Enden. Es kam nicht rechtzeitig eine, oder die Verbindung endete vorher. Vielleicht spricht die Gegenstelle ein anderes Protokoll und wartet, dass das andere Ende beginnt.";
        failed_bytes = "Jeder Record trägt eine Prüfsumme, die nur die Inhaber der Schlüssel berechnen können, und jede Nachricht hat ihre Form und ihren Platz in der Reihenfolge. Was kam, passt zu keinem von beiden. TLS kann nichts reparieren: Es beendet die Verbindung lieber, als weiterzugeben, was gefälscht sein kann.";
        failed_alert = "Die Gegenstelle hat den Handshake mit einem Alert beendet. Er sagt mit Absicht wenig, damit ein Angreifer nichts erfährt; das Protokoll der Gegenstelle sagt oft mehr.";
        failed_other = "Die TLS-Bibliothek weigerte sich weiterzumachen. Was sie sagt, steht oben.";
        settings = "Zertifikate, Schlüssel und Stammzertifikate werden vor der ersten Verbindung gelesen, damit eine falsche Datei jetzt auffällt und nicht erst der ersten Gegenstelle.";
        no_tls = "TLS kann auf einer Verbindung einmal beginnen, und nur dort, wo der Endpunkt sagt, mit welchem Zertifikat oder welchen Stammzertifikaten.";
    }
}
