//! Why settings of TLS cannot be used.

use crate::net::tls::MAX_ALPN_BYTES;
use crate::payload::VisibleText;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::tls_setting::{IdentityErrors, TlsSettingAdvices, TlsSettingErrors};
use crate::words::translated::translated;
use std::path::Path;

translated! { SPANISH:
    TlsSettingAdvices {
        check_path = "Compruebe la ruta y que este programa puede usarla";
        choose_file = "Elija un archivo en PEM: texto con líneas -----BEGIN … y -----END …";
        whole_file = "Consiga el archivo de nuevo; no está entero";
        to_pem = "Un certificado en PEM empieza por -----BEGIN CERTIFICATE-----; uno en DER se convierte así: openssl x509 -inform DER -in ARCHIVO -out ARCHIVO.pem";
        key_to_pem = "Una clave en PEM empieza por -----BEGIN PRIVATE KEY----- o algo parecido; a menudo está en un archivo propio";
        remove_passphrase = "Guárdela sin contraseña: openssl pkey -in ARCHIVO -out ARCHIVO_NUEVO";
        other_key = "Use una clave RSA de 2048 a 8192 bits, una clave ECDSA (P-256, P-384, P-521) o una clave Ed25519";
        matching_key = "Elija la clave con la que se hizo el certificado; el certificado del extremo es el primero de su archivo";
        restore_authority = "Restaure los archivos o elimínelos: entonces se crea una autoridad nueva, en la que los clientes tienen que volver a confiar";
        choose_authority = "Elija el archivo del certificado de una CA, no el de un servidor";
        choose_roots = "Elija un archivo con raíces para este extremo";
        enter_name = "Introduzca un nombre, como example.org, o una dirección";
        enter_protocol = "Introduzca nombres como h2 o http/1.1";
        choose_own = "Elija un certificado de Bothends CA, o ningún defecto";
        set_up = "Ajuste TLS en este extremo para que empiece cuando se pida, e inícielo una vez";
    }

    TlsSettingErrors |language| {
        Identity(source) = { source.in_words(language) };
        Roots(source) = { format!("las raíces no se pueden usar: {}", source.in_words(language)) };
        NoUsableRoot(path) = { let _: &Language = language; format!("ningún certificado de {} puede ser una raíz", shown(path)) };
        NoRoots = "no hay raíces: este sistema no tiene ninguna, y este programa no tiene autoridad propia, así que no se podría confiar en ningún servidor";
        ServerName(name) = { let _: &Language = language; format!("«{}» no es ni un nombre ni una dirección, así que ningún certificado se puede comparar con ello", VisibleText::plain(name).text) };
        Alpn(protocol) = { let _: &Language = language; format!("«{}» no es el nombre de un protocolo (ALPN): tiene de 1 a {MAX_ALPN_BYTES} bytes", VisibleText::plain(protocol).text) };
        FlawOfFiles = "un certificado de un archivo es como es: solo los de Bothends CA se pueden estropear a propósito";
        Refused(detail) = { let _: &Language = language; format!("los ajustes no encajan entre sí: {}", VisibleText::plain(detail).text) };
    }

    IdentityErrors |language| {
        Read(path, source) = { format!("no se puede leer {}: {}", shown(path), source.in_words(language)) };
        Write(path, source) = { format!("no se puede escribir {}: {}", shown(path), source.in_words(language)) };
        NotPlain(path) = { let _: &Language = language; format!("{} es una carpeta, una tubería o un dispositivo, no un archivo", shown(path)) };
        TooLarge(path, limit_bytes) = { format!("{} es demasiado grande para un certificado o una clave: tiene más de {}", shown(path), language.counts.bytes(*limit_bytes)) };
        Damaged(path) = { let _: &Language = language; format!("{} es PEM, pero lo que contiene no se puede leer: se ha cortado o cambiado", shown(path)) };
        NoCertificate(path) = { let _: &Language = language; format!("{} no contiene ningún certificado en PEM", shown(path)) };
        NoKey(path) = { let _: &Language = language; format!("{} no contiene ninguna clave privada en PEM", shown(path)) };
        KeyEncrypted(path) = { let _: &Language = language; format!("la clave de {} está protegida con una contraseña", shown(path)) };
        KeyUnusable(path) = { let _: &Language = language; format!("la clave de {} es de un tipo o un tamaño que no se puede usar aquí", shown(path)) };
        KeyMismatch(certificate, key) = { let _: &Language = language; format!("la clave de {} no es la del certificado de {}", shown(key), shown(certificate)) };
        NotAuthority(path) = { let _: &Language = language; format!("el certificado de {} no es de una autoridad (CA), así que no puede firmar otros", shown(path)) };
        AuthorityExpired(path, not_after) = { format!("la autoridad de {} fue válida hasta el {}", shown(path), language.utc_minute(*not_after)) };
        Make = "no se ha podido crear un certificado o su clave";
    }
}

fn shown(path: &Path) -> String {
    VisibleText::plain(path.to_string_lossy()).text
}
