//! What alerts of TLS mean (RFC 8446 section 6, RFC 5246 section 7.2).

use crate::words::tls_alert::TlsAlerts;
use crate::words::translated::translated;

translated! { JAPANESE:
    TlsAlerts {
        number(number) = "番号 {number}";
        unknown = "理由は示されていません";
        close_notify = "ハンドシェイクの完了前に、すべて送り終えました";
        unexpected_message = "予期しないメッセージを受け取りました";
        bad_record_mac = "受け取ったものを復号できません";
        record_overflow = "長すぎるレコードを受け取りました";
        decompression_failure = "受け取ったものを展開できません";
        handshake_failure = "提案の中に受け入れられるものがないか、必要なものが提案されていません";
        no_certificate = "証明書を受け取っていません";
        bad_certificate = "証明書が破損しているか、その署名が不正です";
        unsupported_certificate = "この種類の証明書を受け入れないか、この用途には認めません";
        certificate_revoked = "証明書の失効を知っています";
        certificate_expired = "自分の時計では、証明書が期限切れか、まだ有効ではありません";
        certificate_unknown = "証明書の問題が具体的に何かは示されていません";
        illegal_parameter = "メッセージ内の値が不正か、ほかと矛盾しています";
        unknown_ca = "証明書に署名した認証局 (CA) を知らないか、信頼していません";
        access_denied = "証明書は正しいと認めましたが、所有者にアクセスを許可しません";
        decode_error = "メッセージを解読できません";
        decrypt_error = "ハンドシェイクの署名か検証値が不正です";
        export_restriction = "輸出ソフトウェアの規則に違反しています";
        protocol_version = "提案された TLS のバージョンに対応していません";
        insufficient_security = "提案より強い暗号化を要求しています";
        internal_error = "こちらとは無関係の障害が、アラートの送信側で起きました";
        inappropriate_fallback = "両端が対応するより古いバージョンでの試みを検出しました";
        user_canceled = "アラートの送信側で誰かが中止しました";
        no_renegotiation = "再ネゴシエーションを望んでいません";
        missing_extension = "このバージョンで必須のものが hello にありません";
        unsupported_extension = "求めていないものへの返答を受け取りました";
        certificate_unobtainable = "証明書を取得できません";
        unrecognized_name = "求められた名前のサーバーを持っていません";
        bad_status = "証明書が失効していないことの証明が不正です";
        bad_hash = "証明書が予告されたものと異なります";
        unknown_psk_identity = "指定された共有鍵を知りません";
        certificate_required = "クライアント証明書を必須としています";
        no_application_protocol = "提案されたプロトコル (ALPN) のどれにも対応していません";
        ech_required = "名前の暗号化 (ECH) を必須としています";
    }
}
