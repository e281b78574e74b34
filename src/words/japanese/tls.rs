//! TLS in rows: what was offered, what both ends agreed on, whose certificate was shown.

use super::counted;
use crate::words::tls::TlsRows;
use crate::words::translated::translated;

translated! { JAPANESE:
    TlsRows {
        upgraded = "TLS へアップグレード (STARTTLS)";
        offered(versions, name, alpn, suites) = { format!("クライアントが TLS を提案: {versions}、{name}{alpn}、暗号スイート {}", counted(suites, "個")) };
        with_name(name) = "サーバー名 {name}";
        no_name = "サーバー名なし";
        alpn(protocols) = "、{protocols}";
        resumes(offered) = "{offered}、以前のセッションの再開も希望";
        not_whole(offered) = "{offered} (一部は読み取り不能)";
        agreed(version, time, chosen) = "{version} で合意、所要 {time}: {chosen}";
        retried(version, time, chosen) = "{version} で 2 回目に合意、所要 {time}: {chosen}";
        resumed(version, time, chosen) = "{version} を再開、所要 {time}: {chosen}";
        certified(agreed, certificate) = "{agreed}、{certificate}";
        certificate(subject, issuer, until) = "{subject} の証明書、発行者 {issuer}、有効期限 {until}";
        own_certificate(subject, until) = "{subject} の自己署名証明書、有効期限 {until}";
        unreadable_certificate = "読み取れない証明書";
        unchecked(agreed) = "未検証: {agreed}";
        we_showed(agreed) = "{agreed}、クライアントも証明書を提示";
        gave_none(agreed) = "{agreed}、クライアントは証明書を提示せず";
        refused(chain) = "拒否された TLS の証明書: {chain}";
        refused_none = "拒否された TLS に証明書なし";
        alert_sent(alert) = "TLS アラートを送信: {alert}";
        alert_received(alert) = "TLS アラートを受信: {alert}";
        warning(alert) = "{alert} (警告)";
        encrypted_alert = "暗号化されており種類は不明";
        close_notify_sent = "close_notify を送信: 送信完了";
        close_notify_received = "close_notify を受信: 受信完了";
        cut = "異常終了: close_notify なしに TCP 接続が終了、バイト欠落の可能性";
        secrets(lines) = { format!("鍵をログに記録 ({}): 鍵ログがあればこの接続を復号可能", counted(lines, "行")) };

        none = "なし";
        more(listed, more) = { format!("{listed} ほか {}", counted(more, "個")) };
        two(first, second) = "{first} と {second}";
        nobody = "(名前なし)";
        quoted(name) = "\"{name}\"";
    }
}
