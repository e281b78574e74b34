//! Why settings of TLS cannot be used.

use crate::net::tls::MAX_ALPN_BYTES;
use crate::payload::VisibleText;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::tls_setting::{IdentityErrors, TlsSettingAdvices, TlsSettingErrors};
use crate::words::translated::translated;
use std::path::Path;

translated! { JAPANESE:
    TlsSettingAdvices {
        check_path = "パスと、このプログラムにその権限があるかを確認してください";
        choose_file = "PEM 形式 (-----BEGIN … と -----END … の行があるテキスト) のファイルを選んでください";
        whole_file = "ファイルが不完全です。もう一度入手してください";
        to_pem = "PEM 形式の証明書は -----BEGIN CERTIFICATE----- で始まります。DER 形式は次のコマンドで変換できます: openssl x509 -inform DER -in FILE -out FILE.pem";
        key_to_pem = "PEM 形式の鍵は -----BEGIN PRIVATE KEY----- などで始まります。別のファイルになっていることがよくあります";
        remove_passphrase = "パスフレーズなしで書き出してください: openssl pkey -in FILE -out NEWFILE";
        other_key = "2048 ～ 8192 ビットの RSA 鍵、ECDSA 鍵 (P-256、P-384、P-521)、Ed25519 鍵のどれかを使ってください";
        matching_key = "その証明書を作るのに使った鍵を選んでください。ファイルの先頭の証明書がエンドポイント自身のものです";
        restore_authority = "ファイルを元に戻すか、削除してください。削除すると新しい認証局が作られ、クライアントは改めてそれを信頼する必要があります";
        choose_authority = "サーバーの証明書ではなく、CA の証明書のファイルを選んでください";
        choose_roots = "このエンドポイントのルート証明書のファイルを選んでください";
        enter_name = "example.org のような名前か、アドレスを入力してください";
        enter_protocol = "h2 や http/1.1 のような名前を入力してください";
        choose_own = "Bothends CA の証明書を選ぶか、欠陥をなしにしてください";
        set_up = "このエンドポイントに TLS を「要求時」として設定し、1 度だけ開始してください";
    }

    TlsSettingErrors |language| {
        Identity(source) = { source.in_words(language) };
        Roots(source) = { format!("ルート証明書を使えません: {}", source.in_words(language)) };
        NoUsableRoot(path) = { let _: &Language = language; format!("{} にルートとして使える証明書がありません", shown(path)) };
        NoRoots = "ルート証明書がありません。この OS になく、このプログラム自身の認証局もないため、どのサーバーも信頼できません";
        ServerName(name) = { let _: &Language = language; format!("\"{}\" は名前でもアドレスでもないため、証明書と照合できません", VisibleText::plain(name).text) };
        Alpn(protocol) = { let _: &Language = language; format!("\"{}\" はプロトコル (ALPN) の名前ではありません (1 ～ {MAX_ALPN_BYTES} バイト)", VisibleText::plain(protocol).text) };
        FlawOfFiles = "ファイルの証明書は変えられません。意図的に不正にできるのは Bothends CA の証明書だけです";
        Refused(detail) = { let _: &Language = language; format!("設定の組み合わせが不正です: {}", VisibleText::plain(detail).text) };
    }

    IdentityErrors |language| {
        Read(path, source) = { format!("{} を読み取れません: {}", shown(path), source.in_words(language)) };
        Write(path, source) = { format!("{} に書き込めません: {}", shown(path), source.in_words(language)) };
        NotPlain(path) = { let _: &Language = language; format!("{} はファイルではなく、フォルダー、パイプ、またはデバイスです", shown(path)) };
        TooLarge(path, limit_bytes) = { format!("{} は証明書や鍵としては大きすぎます ({}超)", shown(path), language.counts.bytes(*limit_bytes)) };
        Damaged(path) = { let _: &Language = language; format!("{} は PEM 形式ですが、中身を読み取れません。途切れたか、変更されています", shown(path)) };
        NoCertificate(path) = { let _: &Language = language; format!("{} に PEM 形式の証明書がありません", shown(path)) };
        NoKey(path) = { let _: &Language = language; format!("{} に PEM 形式の秘密鍵がありません", shown(path)) };
        KeyEncrypted(path) = { let _: &Language = language; format!("{} の鍵はパスフレーズで保護されています", shown(path)) };
        KeyUnusable(path) = { let _: &Language = language; format!("{} の鍵は、ここで使えない種類か長さです", shown(path)) };
        KeyMismatch(certificate, key) = { let _: &Language = language; format!("{} の鍵は、{} の証明書のものではありません", shown(key), shown(certificate)) };
        NotAuthority(path) = { let _: &Language = language; format!("{} の証明書は認証局 (CA) のものではないため、ほかの証明書に署名できません", shown(path)) };
        AuthorityExpired(path, not_after) = { format!("{} の認証局の有効期限は {} でした", shown(path), language.utc_minute(*not_after)) };
        Make = "証明書またはその鍵を作成できませんでした";
    }
}

fn shown(path: &Path) -> String {
    VisibleText::plain(path.to_string_lossy()).text
}
