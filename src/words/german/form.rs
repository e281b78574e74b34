//! What is wrong with the fields of forms.

use crate::words::InWords as _;
use crate::words::form::{Addresses, Amounts, FileProblems, Forms};
use crate::words::translated::translated;

translated! { GERMAN:
    Forms |language| {
        Address(error) = { error.in_words(language) };
        Encoding(error) = { error.in_words(language) };
        Framing(error) = { error.in_words(language) };
        Check(error) = { error.in_words(language) };
        BindAddress = "Eine Adresse dieses Rechners eingeben, etwa 127.0.0.1 oder ::1";
        Scope = "Die Netzwerkschnittstelle hinter dem % gibt es nicht";
        RemotePort = "Ein entfernter Port ist eine Zahl von 1 bis 65535";
        Backlog = "Ein Backlog ist eine Zahl von 1 bis 65535";
        LabDelay = "Eine Verzögerung von höchstens 10s eingeben, etwa 50ms, oder nichts";
        LabLoss = "Einen Anteil der Pakete von 0% bis 100% eingeben, etwa 1%, oder nichts";
        Size = "Eine Anzahl Bytes eingeben, oder KiB oder MiB mit k oder m, etwa 64k";
        WriteBytes = "Eine Größe von 1 Byte bis 1 MiB eingeben, etwa 64k";
        ReadBuffer = "Eine Puffergröße von 1 Byte bis 1 MiB eingeben, etwa 64k";
        Duration = "Eine Zeit mit ihrer Einheit eingeben: ms, s oder m, etwa 200ms oder 5s";
        ConnectTimeout = "Ein Zeitlimit beim Verbinden liegt zwischen 1ms und 10m";
        Reconnect = "Die erste und die längste Wartezeit eingeben, von 10ms bis 60m, wahlweise auch die Anzahl der Versuche, etwa 1s..30s, 10 times";
        Period = "Zwischen zwei Nachrichten liegt mindestens 1ms";
        Times = "Eine Anzahl ab 1 eingeben oder nichts";
        SocketPath = "Einen Pfad von höchstens 107 Bytes eingeben, oder @ und einen Namen";
        Mode = "Rechte oktal eingeben, etwa 600 oder 660";
        Source = "Eine Adresse dieses Rechners, :Port oder beides eingeben, etwa 192.168.1.5 oder :4000";
        KeepAlive = "Die Zeit bis zur ersten Probe, das Intervall und die Anzahl der Proben eingeben, etwa 60s,10s,5";
        Buffer = "Eine Puffergröße von 1 Byte bis 1024m eingeben, etwa 64k";
        Ttl = "Eine TTL ist eine Zahl von 1 bis 255";
        Linger = "Ganze Sekunden eingeben, etwa 0s oder 5s";
        KeyAlone = "Zu einem Schlüssel gehört sein Zertifikat: auch dessen Datei wählen oder diese leer lassen";
        FlawOfFiles = "Nur Zertifikate, die Bothends ausstellt, können einen absichtlichen Fehler haben: die Zertifikatsdatei leer lassen";
        Alpn = "Der Name eines Protokolls hat höchstens 255 Bytes";
        ForgetAfter = "Eine Zeit von 100ms bis 1440m eingeben, etwa 30s";
        Group = "Multicast-Adressen eingeben, etwa 239.1.2.3 oder ff02::fb";
        GroupFamily = "Gruppe und Bind-Adresse müssen von derselben Familie sein, IPv4 oder IPv6";
        Groups = "Ein Socket kann höchstens 20 Gruppen beitreten";
        Interface = "Den Namen oder eine Adresse einer Schnittstelle dieses Rechners eingeben, etwa eth0";
        Message(error) = { error.in_words(language) };
        Rule(problem) = { problem.in_words(language) };
        Seed = "Eine ganze Zahl eingeben, etwa 7, oder nichts";
        NotListening(name) = "{name} lauscht nicht. Erst starten";
        NoServer = "Der Server, mit dem sich dieser Client verband, wurde entfernt. Einen anderen Server oder eine Adresse wählen";
    }

    Addresses |language| {
        NoHost = "Einen Host eingeben: einen Namen oder eine Adresse, etwa localhost:9000";
        Port = "Ein Port ist eine Zahl von 0 bis 65535";
        NotIpv6 = "Das ist keine IPv6-Adresse. Man schreibt sie wie ::1, oder mit Port wie [::1]:9000";
        AfterBrackets = "Auf die Klammern kann nur ein Port folgen, etwa [::1]:9000";
        Url = "Das ist eine URL. Ihren Host und Port eingeben, etwa localhost:9000";
        HostCharacter = "Ein Host hat keine Leerzeichen, Schrägstriche oder Steuerzeichen. Einen Namen oder eine Adresse eingeben";
    }

    Amounts |language| {
        Amount = "Eine Menge eingeben, etwa 500 MiB oder 10 GiB";
        TooLittle = "Die Grenze muss mindestens 1 MiB betragen";
        Chunk = "Eine Anzahl Bytes eingeben, etwa 64 oder 1 KiB";
    }

    FileProblems |language| {
        Read(error) = { error.in_words(language) };
        NotPlain = "es ist keine gewöhnliche Datei";
        TooLong = "die Datei ist länger als 16 MiB";
    }
}
