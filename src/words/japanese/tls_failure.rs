//! Why TLS failed, for somebody who does not know TLS: what is wrong, what was expected, what came, and who says so; in parts

use crate::words::tls_failure::TlsFailures;
use crate::words::translated::translated;

translated! { JAPANESE:
    TlsFailures {
        failed_with(peer, why) = "{peer} との TLS に失敗しました: {why}";
        failed(why) = "TLS に失敗しました: {why}";
        line(name, text) = "{name}: {text}";

        expected = "期待";
        offered = "クライアントの提案";
        came = "実際";
        accepted = "サーバーが受け入れるもの";
        sent = "送信";
        says_so = "判断した側";
        server_name = "サーバー名 (SNI)";
        what_to_do = "対処";
        no_server_name = "要求なし";

        us_alert(alert) = "こちら、アラート {alert} による";
        us = "こちら";
        peer_alert(alert) = "ピア、アラート {alert} による";
        peer = "ピア";
        nobody = "なし (接続が終わっただけ)";
        nobody_waited = "なし (こちらが待つのをやめた)";

        untrusted = "ピアの証明書が、ここで信頼するどの認証局にもつながりません";
        self_signed = "ピアの証明書が自己署名です";
        wrong_name = "ピアの証明書は別の名前のものです";
        nameless = "ピアの証明書には名前がありません";
        expired = "ピアの証明書は期限切れです";
        not_yet_valid = "ピアの証明書はまだ有効ではありません";
        wrong_use = "ピアの証明書は別の用途のものです";
        bad_signature = "署名が不正です";
        weak_key = "ピアの証明書の鍵が弱すぎます";
        bad_algorithm = "ピアの証明書は、認められない方式で署名されています";
        revoked = "ピアの証明書は失効しています";
        bad_certificate = "ピアの証明書は使えません";
        no_version = "共通の TLS バージョンがありません";
        no_suite = "共通の暗号スイートがありません";
        no_group = "鍵交換に使う共通のグループがありません";
        no_scheme = "共通の署名方式がありません";
        no_alpn = "内側で話す共通のプロトコル (ALPN) がありません";
        client_unknown = "クライアントが身元を示しませんでした";
        refused = "ピアがこちらの証明書を受け入れません";
        not_tls = "ピアは TLS を話していません";
        timed_out = "ハンドシェイクに時間がかかりすぎました";
        closed = "ハンドシェイク中にピアが接続を終わらせました (FIN)";
        reset = "ハンドシェイク中にピアが接続をリセットしました (RST)";
        too_long = "ピアが長すぎるレコードを送りました";
        undecipherable = "届いたものを復号できません";
        malformed = "ピアのメッセージを解読できません";
        unexpected = "ピアが TLS の規則に違反しました";
        incompatible = "こちらに必要なものがピアにありません";
        gave_up = "ピアが断念しました";
        other = "ほかの問題があります";

        trusted_chain = "信頼する認証局 (CA) に証明書チェーンがつながる証明書";
        trusted_signature = "信頼する認証局 (CA) が署名した証明書";
        chain_to(subject, issuer) = "{subject} の証明書、チェーンの終わりは {issuer}";
        alone_by(subject, issuer) = "{subject} の証明書、署名は {issuer}。ほかの証明書はなく、中間証明書が欠けている可能性";
        signed_itself(subject) = "{subject} の証明書、自身の鍵で署名 (自己署名)";
        the_name(name) = "名前 {name}";
        no_name = "代替名なし (サブジェクトの名前だけでは不十分)";
        valid_at(now) = "現在有効な証明書 (このマシンの時計で {now})";
        was_until(until, ago) = "{until} まで有効だった証明書 (その {ago}前)";
        is_from(from, ahead) = "{from} から有効な証明書 (その {ahead}後)";
        one_for(what) = "次の用途の証明書: {what}";
        some_use = "提示された用途";
        other_use = "別の用途";
        signed_by(issuer) = "{issuer} の鍵で署名され、自身の鍵を持つ者が提示した証明書";
        does_not_hold(subject) = "{subject} の証明書。どちらかが不成立: 変更されたか、同名の別の認証局が署名したか、ピアの鍵が別のもの";
        strong_key = "2048 ビット以上の RSA";
        bits(bits) = "{bits} ビット (破られるおそれあり)";
        strong_signature = "SHA-256 以上の署名";
        standing = "認証局 (CA) が今も有効と認める証明書";
        taken_back = "認証局 (CA) が期限前に取り消した証明書";
        standard = "規格 (RFC 5280) に従う証明書";
        said_of_it(detail) = "検証結果が次の証明書: {detail}";
        not_said = "示されず";
        client_certificate = "クライアント証明書 (このサーバーでは必須)";
        client_certificate_there = "クライアント証明書 (サーバーが要求)";
        nothing = "なし";
        a_message = "TLS のメッセージ";
        first_bytes(first, looks) = "\"{first}\"、{looks}";
        like_http = "平文の HTTP";
        like_ssh = "SSH の始まり";
        like_greeting = "メールや FTP のサーバーのような平文のグリーティング";
        like_text = "平文のテキスト";
        like_nothing = "TLS ではないもの";
        end_within(time) = "ハンドシェイクの完了、期限 {time}";
        end = "ハンドシェイクの完了";
        came_nothing = "なし";
        came_part = "最初のメッセージの一部";
        came_hello = "最初のメッセージと、その後に続くべきでないもの";
        short_records = "16 KiB 以下のレコード";
        longer_one = "それより長いレコード";
        right_keys = "両端が合意した鍵で暗号化されたバイト";
        wrong_keys = "途中で変更されたか、別の鍵で暗号化されたバイト";
        readable = "解読できるメッセージ";
        next_message = "次の順番のメッセージ";
        library(detail) = "こちらの説明: {detail}";
    }
}
