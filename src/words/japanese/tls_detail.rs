//! TLS at length: what was offered and what of it was chosen, and what both ends agreed on.

use super::counted;
use crate::words::tls_detail::TlsShown;
use crate::words::translated::translated;

translated! { JAPANESE:
    TlsShown {
        offer = "クライアントの提案";
        offer_marked = "クライアントの提案 (サーバーが選んだものに印)";
        chain = "ピアの証明書 (先頭がピア自身)";
        refused_chain = "ピアが提示していた証明書";
        chosen(item) = "{item} (選択)";
        none = "なし";

        versions = "バージョン";
        version = "バージョン";
        server_name = "サーバー名 (SNI)";
        protocols = "プロトコル (ALPN)";
        protocol = "プロトコル (ALPN)";
        suites = "暗号スイート";
        suite = "暗号スイート";
        groups = "グループ";
        group = "グループ";
        schemes = "署名方式";
        more = "そのほか";
        resumes = "以前のセッション (再開のため)";
        not_whole = "読み取れない部分";
        no_group = "なし (セッションの秘密を再利用)";
        handshake = "ハンドシェイク";
        full(time) = "フル、所要 {time}";
        retried(time) = "フル、別のグループで 2 回目に成立、所要 {time}";
        resumed(time) = "以前のセッションを再開、所要 {time}";
        peer_certificate = "ピアの証明書";
        check_passed = "検証済み: 証明書チェーン、期間、サーバーなら名前も";
        check_earlier = "このセッションの最初の合意時に検証済み、再検証なし";
        check_unchecked = "未検証: このエンドポイントは、途中の誰かが作ったものも含め、どんな証明書も受け入れます";
        check_none = "提示なし";
        client_certificate = "クライアント証明書";
        asked_and_given = "要求あり、提示あり";
        asked_in_vain = "要求あり、提示なし";
        not_asked = "要求なし";

        place(place, subject) = "{place}. {subject}";
        unreadable = "読み取れない証明書";
        subject = "サブジェクト";
        issuer = "発行者";
        by_itself = "自分自身";
        names = "対象";
        dates = "有効期間";
        between(from, until) = "{from} ～ {until}";
        left(dates, left) = "{dates}、残り {left}";
        over(dates, ago) = "{dates}、{ago}前に期限切れ";
        ahead(dates, ahead) = "{dates}、{ahead}後に開始";
        key = "鍵";
        signed_with(key, signature) = "{key}、{signature} で署名";
        authority(key) = "{key}、ほかの証明書に署名可 (CA)";
        fingerprint = "SHA-256";
        nobody = "(名前なし)";
        more_names(list, more) = { format!("{list} ほか {}", counted(more, "個")) };
        more_certificates(more) = { format!("ほか {}は表示なし", counted(more, "枚")) };
        copy_pem = "証明書をコピー (PEM)";
        copy_chain = "すべてコピー (PEM)";
        copy_fingerprint = "SHA-256 をコピー";

        in_time = "ハンドシェイクの時点で有効期間内";
        out_of_time = "ハンドシェイクの時点で有効期間外";
        trusted = "チェーンはここで信頼するルート証明書に到達";
        untrusted = "チェーンはここで信頼するルート証明書に到達せず";
        trust_open = "チェーンはたどられていません";
        named = "求めた名前あり";
        misnamed = "求めた名前なし";
        name_open = "名前は照合されていません";
        bad_signature = "署名が不正";
        weak_key = "鍵が弱すぎる";
        bad_algorithm = "認められない方式の署名";
        wrong_use = "この用途に使えない";
        revoked = "失効済み";
        unusable = "規格に従っていない";
    }
}
