//! Why settings of TLS cannot be used.

use crate::net::tls::MAX_ALPN_BYTES;
use crate::payload::VisibleText;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::tls_setting::{IdentityErrors, TlsSettingAdvices, TlsSettingErrors};
use crate::words::translated::translated;
use std::path::Path;

translated! { CHINESE:
    TlsSettingAdvices {
        check_path = "请检查路径，以及本程序是否可以使用它";
        choose_file = "请选择 PEM 文件：含有 -----BEGIN … 和 -----END … 行的文本";
        whole_file = "请重新取得文件；它不完整";
        to_pem = "PEM 证书以 -----BEGIN CERTIFICATE----- 开头；DER 证书可这样转换：openssl x509 -inform DER -in FILE -out FILE.pem";
        key_to_pem = "PEM 密钥以 -----BEGIN PRIVATE KEY----- 之类开头；它常常单独放在一个文件中";
        remove_passphrase = "请写成没有密码的：openssl pkey -in FILE -out NEWFILE";
        other_key = "请使用 2048 到 8192 位的 RSA 密钥、ECDSA 密钥（P-256、P-384、P-521）或 Ed25519 密钥";
        matching_key = "请选择与证书成对的密钥；端点的证书在其文件中排在最前";
        restore_authority = "请恢复这些文件，或删除它们：那样会建立新的 CA，客户端必须重新信任";
        choose_authority = "请选择 CA 证书的文件，而不是服务器证书的文件";
        choose_roots = "请为这个端点选择含有根证书的文件";
        enter_name = "请输入 example.org 这样的名称，或地址";
        enter_protocol = "请输入 h2 或 http/1.1 这样的名称";
        choose_own = "请使用 Bothends CA 的证书，或不设缺陷";
        set_up = "请为这个端点设置 TLS，把“TLS 开始于”设为“请求时（STARTTLS）”，并且只开始一次";
    }

    TlsSettingErrors |language| {
        Identity(source) = { source.in_words(language) };
        Roots(source) = { format!("无法使用根证书：{}", source.in_words(language)) };
        NoUsableRoot(path) = { let _: &Language = language; format!("{} 中没有可作根证书的证书", shown(path)) };
        NoRoots = "没有根证书：这个系统没有，本程序也没有自己的 CA，所以无法信任任何服务器";
        ServerName(name) = { let _: &Language = language; format!("“{}”既不是名称也不是地址，所以无法与证书比对", VisibleText::plain(name).text) };
        Alpn(protocol) = { let _: &Language = language; format!("“{}”不是协议名称（ALPN）：协议名称为 1 到 {MAX_ALPN_BYTES} 字节", VisibleText::plain(protocol).text) };
        FlawOfFiles = "来自文件的证书是什么样就是什么样：只有 Bothends CA 的证书可以故意做坏";
        Refused(detail) = { let _: &Language = language; format!("这些设置互相不配合：{}", VisibleText::plain(detail).text) };
    }

    IdentityErrors |language| {
        Read(path, source) = { format!("无法读取 {}：{}", shown(path), source.in_words(language)) };
        Write(path, source) = { format!("无法写入 {}：{}", shown(path), source.in_words(language)) };
        NotPlain(path) = { let _: &Language = language; format!("{} 是文件夹、管道或设备，不是文件", shown(path)) };
        TooLarge(path, limit_bytes) = { format!("{} 作为证书或密钥太大：超过 {}", shown(path), language.counts.bytes(*limit_bytes)) };
        Damaged(path) = { let _: &Language = language; format!("{} 是 PEM，但其中的内容无法读取：它被截断或改动过", shown(path)) };
        NoCertificate(path) = { let _: &Language = language; format!("{} 中没有 PEM 证书", shown(path)) };
        NoKey(path) = { let _: &Language = language; format!("{} 中没有 PEM 私钥", shown(path)) };
        KeyEncrypted(path) = { let _: &Language = language; format!("{} 中的密钥受密码保护", shown(path)) };
        KeyUnusable(path) = { let _: &Language = language; format!("{} 中的密钥，其种类或长度在这里不能使用", shown(path)) };
        KeyMismatch(certificate, key) = { let _: &Language = language; format!("{} 中的密钥与 {} 中的证书不成对", shown(key), shown(certificate)) };
        NotAuthority(path) = { let _: &Language = language; format!("{} 中的证书不是 CA 证书，所以不能签发其他证书", shown(path)) };
        AuthorityExpired(path, not_after) = { format!("{} 中的 CA 有效期至 {}", shown(path), language.utc_minute(*not_after)) };
        Make = "无法生成证书或其密钥";
    }
}

fn shown(path: &Path) -> String {
    VisibleText::plain(path.to_string_lossy()).text
}
