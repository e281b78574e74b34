//! Why settings of TLS cannot be used.

use crate::net::tls::MAX_ALPN_BYTES;
use crate::payload::VisibleText;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::tls_setting::{IdentityErrors, TlsSettingAdvices, TlsSettingErrors};
use crate::words::translated::translated;
use std::path::Path;

translated! { FRENCH:
    TlsSettingAdvices {
        check_path = "Vérifiez le chemin, et que ce programme a le droit de l’utiliser";
        choose_file = "Choisissez un fichier PEM : du texte avec des lignes -----BEGIN … et -----END …";
        whole_file = "Récupérez de nouveau le fichier ; il est incomplet";
        to_pem = "Un certificat PEM commence par -----BEGIN CERTIFICATE----- ; un certificat DER le devient par : openssl x509 -inform DER -in FICHIER -out FICHIER.pem";
        key_to_pem = "Une clé PEM commence par -----BEGIN PRIVATE KEY----- ou une ligne semblable ; elle est souvent dans un fichier à part";
        remove_passphrase = "Écrivez-la sans phrase secrète : openssl pkey -in FICHIER -out NOUVEAU";
        other_key = "Utilisez une clé RSA de 2048 à 8192 bits, une clé ECDSA (P-256, P-384, P-521) ou une clé Ed25519";
        matching_key = "Choisissez la clé avec laquelle le certificat a été établi ; le certificat de l’extrémité est le premier de son fichier";
        restore_authority = "Restaurez les fichiers, ou supprimez-les : une nouvelle autorité est alors créée, à laquelle les clients doivent faire confiance de nouveau";
        choose_authority = "Choisissez le fichier du certificat d’une AC, et non d’un serveur";
        choose_roots = "Choisissez un fichier de racines pour cette extrémité";
        enter_name = "Saisissez un nom comme example.org, ou une adresse";
        enter_protocol = "Saisissez des noms comme h2 ou http/1.1";
        choose_own = "Choisissez le certificat de l’autorité de Bothends, ou aucun défaut";
        set_up = "Réglez TLS sur cette extrémité, à la demande (STARTTLS), et ne le démarrez qu’une fois par connexion";
    }

    TlsSettingErrors |language| {
        Identity(source) = { source.in_words(language) };
        Roots(source) = { format!("les racines ne peuvent pas être utilisées : {}", source.in_words(language)) };
        NoUsableRoot(path) = { let _: &Language = language; format!("aucun certificat de {} ne peut être une racine", shown(path)) };
        NoRoots = "il n’y a pas de racines : ce système n’en a aucune, et ce programme n’a pas d’autorité à lui ; on ne pourrait donc faire confiance à aucun serveur";
        ServerName(name) = { let _: &Language = language; format!("« {} » n’est ni un nom ni une adresse : aucun certificat ne peut y être comparé", VisibleText::plain(name).text) };
        Alpn(protocol) = { let _: &Language = language; format!("« {} » n’est pas un nom de protocole (ALPN) : il a de 1 à {MAX_ALPN_BYTES} octets", VisibleText::plain(protocol).text) };
        FlawOfFiles = "un certificat tiré d’un fichier est comme il est : seuls ceux de l’autorité de Bothends peuvent avoir un défaut volontaire";
        Refused(detail) = { let _: &Language = language; format!("les réglages ne vont pas ensemble : {}", VisibleText::plain(detail).text) };
    }

    IdentityErrors |language| {
        Read(path, source) = { format!("impossible de lire {} : {}", shown(path), source.in_words(language)) };
        Write(path, source) = { format!("impossible d’écrire {} : {}", shown(path), source.in_words(language)) };
        NotPlain(path) = { let _: &Language = language; format!("{} est un dossier, un tube ou un périphérique, pas un fichier", shown(path)) };
        TooLarge(path, limit_bytes) = { format!("{} est trop gros pour un certificat ou une clé : plus de {}", shown(path), language.counts.bytes(*limit_bytes)) };
        Damaged(path) = { let _: &Language = language; format!("{} est du PEM, mais son contenu est illisible : il a été tronqué ou modifié", shown(path)) };
        NoCertificate(path) = { let _: &Language = language; format!("{} ne contient aucun certificat PEM", shown(path)) };
        NoKey(path) = { let _: &Language = language; format!("{} ne contient aucune clé privée PEM", shown(path)) };
        KeyEncrypted(path) = { let _: &Language = language; format!("la clé de {} est protégée par une phrase secrète", shown(path)) };
        KeyUnusable(path) = { let _: &Language = language; format!("la clé de {} est d’un type ou d’une taille inutilisable ici", shown(path)) };
        KeyMismatch(certificate, key) = { let _: &Language = language; format!("la clé de {} n’est pas celle du certificat de {}", shown(key), shown(certificate)) };
        NotAuthority(path) = { let _: &Language = language; format!("le certificat de {} n’est pas celui d’une autorité (AC) : il ne peut pas en signer d’autres", shown(path)) };
        AuthorityExpired(path, not_after) = { format!("l’autorité de {} était valable jusqu’au {}", shown(path), language.utc_minute(*not_after)) };
        Make = "un certificat ou sa clé n’a pas pu être établi";
    }
}

fn shown(path: &Path) -> String {
    VisibleText::plain(path.to_string_lossy()).text
}
