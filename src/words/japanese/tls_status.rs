//! How a connection's TLS stands, in short.

use crate::words::tls_status::TlsStatuses;
use crate::words::translated::translated;

translated! { JAPANESE:
    TlsStatuses {
        plain = "まだ暗号化されていません。TLS は開始の操作で始まります";
        begun = "TLS ハンドシェイク中です";
        agreed(version, suite) = "{version}、{suite}";
        speaking(agreed, protocol) = "{agreed}、内側は {protocol}";
        certificate(subject, until) = "{subject} の証明書、有効期限 {until}";
        checked(certificate) = "{certificate}、検証済み";
        no_certificate = "ピアは証明書を提示しませんでした";
        unchecked = "ピアの証明書は検証されていません。ピアが誰であるかの裏付けはありません";
        show = "ハンドシェイクを表示";
        show_why = "合意のエントリを選択します。提案と選択の内容、証明書を確認できます";
        agreed_in(agreed, time) = "{agreed}、合意まで {time}";
        agreed_unchecked(agreed) = "未検証: {agreed}";
        refused(subject) = "拒否: {subject} の証明書";
        failed(why) = "TLS 失敗: {why}";
        cut = "異常終了: close_notify なしに TCP が終了";
        named(versions, name) = "{versions}、{name}";
        on_the_wire(amount, wire) = "{amount}、回線上は {wire}";
    }
}
