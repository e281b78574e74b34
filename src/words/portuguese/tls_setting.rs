//! Why settings of TLS cannot be used.

use crate::net::tls::MAX_ALPN_BYTES;
use crate::payload::VisibleText;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::tls_setting::{IdentityErrors, TlsSettingAdvices, TlsSettingErrors};
use crate::words::translated::translated;
use std::path::Path;

translated! { PORTUGUESE:
    TlsSettingAdvices {
        check_path = "Verifique o caminho e se este programa pode usá-lo";
        choose_file = "Escolha um arquivo em PEM: texto com linhas -----BEGIN … e -----END …";
        whole_file = "Obtenha o arquivo mais uma vez; ele não está inteiro";
        to_pem = "Um certificado em PEM começa com -----BEGIN CERTIFICATE-----; um em DER vira PEM assim: openssl x509 -inform DER -in ARQUIVO -out ARQUIVO.pem";
        key_to_pem = "Uma chave em PEM começa com -----BEGIN PRIVATE KEY----- ou algo parecido; muitas vezes fica em um arquivo próprio";
        remove_passphrase = "Grave-a sem senha: openssl pkey -in ARQUIVO -out NOVOARQUIVO";
        other_key = "Use uma chave RSA de 2048 a 8192 bits, uma ECDSA (P-256, P-384, P-521) ou uma Ed25519";
        matching_key = "Escolha a chave com que o certificado foi feito; no arquivo, o certificado do próprio endpoint vem primeiro";
        restore_authority = "Restaure os arquivos ou exclua-os: então é criada uma nova autoridade, em que os clientes têm de voltar a confiar";
        choose_authority = "Escolha o arquivo do certificado de uma CA, não de um servidor";
        choose_roots = "Escolha um arquivo com raízes para este endpoint";
        enter_name = "Digite um nome como example.org, ou um endereço";
        enter_protocol = "Digite nomes como h2 ou http/1.1";
        choose_own = "Use um certificado da Bothends CA, ou nenhum defeito";
        set_up = "Configure o TLS deste endpoint para começar quando solicitado, e inicie-o uma vez";
    }

    TlsSettingErrors |language| {
        Identity(source) = { source.in_words(language) };
        Roots(source) = { format!("as raízes não podem ser usadas: {}", source.in_words(language)) };
        NoUsableRoot(path) = { let _: &Language = language; format!("nenhum certificado em {} pode ser uma raiz", shown(path)) };
        NoRoots = "não há raízes: este sistema não tem nenhuma, e este programa não tem sua própria CA, portanto nenhum servidor seria confiável";
        ServerName(name) = { let _: &Language = language; format!("“{}” não é um nome nem um endereço, portanto nenhum certificado pode ser comparado com isso", VisibleText::plain(name).text) };
        Alpn(protocol) = { let _: &Language = language; format!("“{}” não é um nome de protocolo (ALPN): ele tem de 1 a {MAX_ALPN_BYTES} bytes", VisibleText::plain(protocol).text) };
        FlawOfFiles = "só certificados que o Bothends cria podem ter um defeito proposital, e este vem de um arquivo";
        Refused(detail) = { let _: &Language = language; format!("as configurações não combinam: {}", VisibleText::plain(detail).text) };
    }

    IdentityErrors |language| {
        Read(path, source) = { format!("falha ao ler {}: {}", shown(path), source.in_words(language)) };
        Write(path, source) = { format!("falha ao gravar {}: {}", shown(path), source.in_words(language)) };
        NotPlain(path) = { let _: &Language = language; format!("{} é uma pasta, um pipe ou um dispositivo, não um arquivo", shown(path)) };
        TooLarge(path, limit_bytes) = { format!("{} é grande demais para um certificado ou uma chave: tem mais de {}", shown(path), language.counts.bytes(*limit_bytes)) };
        Damaged(path) = { let _: &Language = language; format!("{} é PEM, mas o conteúdo dele é ilegível: foi cortado ou alterado", shown(path)) };
        NoCertificate(path) = { let _: &Language = language; format!("{} não contém um certificado em PEM", shown(path)) };
        NoKey(path) = { let _: &Language = language; format!("{} não contém uma chave privada em PEM", shown(path)) };
        KeyEncrypted(path) = { let _: &Language = language; format!("a chave em {} está protegida por senha", shown(path)) };
        KeyUnusable(path) = { let _: &Language = language; format!("a chave em {} é de um tipo ou tamanho que não pode ser usado aqui", shown(path)) };
        KeyMismatch(certificate, key) = { let _: &Language = language; format!("a chave em {} não é a do certificado em {}", shown(key), shown(certificate)) };
        NotAuthority(path) = { let _: &Language = language; format!("o certificado em {} não é de uma autoridade certificadora (CA), por isso não pode assinar outros", shown(path)) };
        AuthorityExpired(path, not_after) = { format!("a autoridade em {} era válida até {}", shown(path), language.utc_minute(*not_after)) };
        Make = "não foi possível criar um certificado ou sua chave";
    }
}

fn shown(path: &Path) -> String {
    VisibleText::plain(path.to_string_lossy()).text
}
