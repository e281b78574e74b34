//! Why settings of TLS cannot be used.

use crate::net::tls::MAX_ALPN_BYTES;
use crate::payload::VisibleText;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::tls_setting::{IdentityErrors, TlsSettingAdvices, TlsSettingErrors};
use crate::words::translated::translated;
use std::path::Path;

translated! { GERMAN:
    TlsSettingAdvices {
        check_path = "Den Pfad prüfen, und ob dieses Programm ihn benutzen darf";
        choose_file = "Eine Datei in PEM wählen: Text mit Zeilen -----BEGIN … und -----END …";
        whole_file = "Die Datei noch einmal besorgen; sie ist nicht vollständig";
        to_pem = "Ein Zertifikat in PEM beginnt mit -----BEGIN CERTIFICATE-----; eines in DER wandelt um: openssl x509 -inform DER -in FILE -out FILE.pem";
        key_to_pem = "Ein Schlüssel in PEM beginnt mit -----BEGIN PRIVATE KEY----- oder Ähnlichem; oft steht er in einer eigenen Datei";
        remove_passphrase = "Den Schlüssel ohne Passphrase speichern: openssl pkey -in FILE -out NEWFILE";
        other_key = "Einen RSA-Schlüssel von 2048 bis 8192 Bit, einen ECDSA-Schlüssel (P-256, P-384, P-521) oder einen Ed25519-Schlüssel nehmen";
        matching_key = "Den Schlüssel wählen, mit dem das Zertifikat erzeugt wurde; das Zertifikat des Endpunkts steht in seiner Datei zuerst";
        restore_authority = "Die Dateien wiederherstellen oder löschen: Dann entsteht eine neue Zertifizierungsstelle, der Clients neu vertrauen müssen";
        choose_authority = "Die Datei des Zertifikats einer CA wählen, nicht das eines Servers";
        choose_roots = "Für diesen Endpunkt eine Datei mit Stammzertifikaten wählen";
        enter_name = "Einen Namen wie example.org eingeben, oder eine Adresse";
        enter_protocol = "Namen wie h2 oder http/1.1 eingeben";
        choose_own = "Ein Zertifikat der Bothends CA wählen, oder keinen Fehler";
        set_up = "TLS für diesen Endpunkt einrichten, so dass es auf Anforderung beginnt, und es nur einmal beginnen";
    }

    TlsSettingErrors |language| {
        Identity(source) = { source.in_words(language) };
        Roots(source) = { format!("die Stammzertifikate sind nicht verwendbar: {}", source.in_words(language)) };
        NoUsableRoot(path) = { let _: &Language = language; format!("kein Zertifikat in {} kann ein Stammzertifikat sein", shown(path)) };
        NoRoots = "es gibt keine Stammzertifikate: Dieses System hat keine, und dieses Programm hat keine eigene Zertifizierungsstelle, also wäre kein Server vertrauenswürdig";
        ServerName(name) = { let _: &Language = language; format!("„{}“ ist weder ein Name noch eine Adresse, also lässt sich kein Zertifikat damit vergleichen", VisibleText::plain(name).text) };
        Alpn(protocol) = { let _: &Language = language; format!("„{}“ ist kein Protokollname (ALPN): Er hat 1 bis {MAX_ALPN_BYTES} Bytes", VisibleText::plain(protocol).text) };
        FlawOfFiles = "ein Zertifikat aus einer Datei ist, wie es ist: Nur die der Bothends CA lassen sich absichtlich fehlerhaft machen";
        Refused(detail) = { let _: &Language = language; format!("die Einstellungen passen nicht zusammen: {}", VisibleText::plain(detail).text) };
    }

    IdentityErrors |language| {
        Read(path, source) = { format!("Lesen von {} nicht möglich: {}", shown(path), source.in_words(language)) };
        Write(path, source) = { format!("Schreiben von {} nicht möglich: {}", shown(path), source.in_words(language)) };
        NotPlain(path) = { let _: &Language = language; format!("{} ist ein Ordner, eine Pipe oder ein Gerät, keine Datei", shown(path)) };
        TooLarge(path, limit_bytes) = { format!("{} ist zu groß für ein Zertifikat oder einen Schlüssel: mehr als {}", shown(path), language.counts.bytes(*limit_bytes)) };
        Damaged(path) = { let _: &Language = language; format!("{} ist PEM, aber der Inhalt ist nicht lesbar: abgeschnitten oder geändert", shown(path)) };
        NoCertificate(path) = { let _: &Language = language; format!("{} enthält kein Zertifikat in PEM", shown(path)) };
        NoKey(path) = { let _: &Language = language; format!("{} enthält keinen privaten Schlüssel in PEM", shown(path)) };
        KeyEncrypted(path) = { let _: &Language = language; format!("der Schlüssel in {} ist mit einer Passphrase geschützt", shown(path)) };
        KeyUnusable(path) = { let _: &Language = language; format!("der Schlüssel in {} hat eine Art oder Größe, die hier nicht verwendbar ist", shown(path)) };
        KeyMismatch(certificate, key) = { let _: &Language = language; format!("der Schlüssel in {} ist nicht der des Zertifikats in {}", shown(key), shown(certificate)) };
        NotAuthority(path) = { let _: &Language = language; format!("das Zertifikat in {} ist nicht das einer Zertifizierungsstelle (CA), also kann es keine anderen signieren", shown(path)) };
        AuthorityExpired(path, not_after) = { format!("die Zertifizierungsstelle in {} war gültig bis {}", shown(path), language.utc_minute(*not_after)) };
        Make = "ein Zertifikat oder sein Schlüssel ließ sich nicht erzeugen";
    }
}

fn shown(path: &Path) -> String {
    VisibleText::plain(path.to_string_lossy()).text
}
