//! TLS at length: what was offered and what of it was chosen, and what both ends agreed on.

use super::grouped;
use crate::words::tls_detail::TlsShown;
use crate::words::translated::translated;

translated! { CHINESE:
    TlsShown {
        offer = "客户端所提供的";
        offer_marked = "客户端所提供的；服务器的选择有标记";
        chain = "对端的证书，它自己的在最前";
        refused_chain = "对端出示过的证书";
        chosen(item) = "{item}（已选）";
        none = "无";

        versions = "版本";
        version = "版本";
        server_name = "服务器名称（SNI）";
        protocols = "协议（ALPN）";
        protocol = "协议（ALPN）";
        suites = "密码套件";
        suite = "密码套件";
        groups = "密钥交换组";
        group = "密钥交换组";
        schemes = "签名方案";
        more = "此外";
        resumes = "一个先前的会话，以便恢复";
        not_whole = "无法读取的内容";
        no_group = "无，再次使用了会话的密钥";
        handshake = "握手";
        full(time) = "完整，用时 {time}";
        retried(time) = "完整，第二次尝试改用另一个密钥交换组，用时 {time}";
        resumed(time) = "恢复了先前的会话，用时 {time}";
        peer_certificate = "对端的证书";
        check_passed = "已验证：证书链、日期，若是服务器还有名称";
        check_earlier = "首次协商这个会话时已验证，之后没有再验证";
        check_unchecked = "未验证：这个端点接受任何证书，即使是中间人伪造的";
        check_none = "没有出示";
        client_certificate = "客户端证书";
        asked_and_given = "已请求，已出示";
        asked_in_vain = "已请求，未出示";
        not_asked = "未请求";

        place(place, subject) = "{place}. {subject}";
        unreadable = "无法读取的证书";
        subject = "主体";
        issuer = "颁发者";
        by_itself = "它自己";
        names = "用于";
        dates = "有效期";
        between(from, until) = "{from} 至 {until}";
        left(dates, left) = "{dates}，还剩 {left}";
        over(dates, ago) = "{dates}，已过期 {ago}";
        ahead(dates, ahead) = "{dates}，{ahead}后生效";
        key = "密钥";
        signed_with(key, signature) = "{key}，以 {signature} 签名";
        authority(key) = "{key}；可以签发其他证书（CA）";
        fingerprint = "SHA-256";
        nobody = "某个没有名称的主体";
        more_names(list, more) = { format!("{list}，另有 {} 个", grouped(more)) };
        more_certificates(more) = { format!("另有 {} 个证书未显示", grouped(more)) };
        copy_pem = "复制证书（PEM）";
        copy_chain = "全部复制（PEM）";
        copy_fingerprint = "复制 SHA-256";

        in_time = "握手时在有效期内";
        out_of_time = "握手时不在有效期内";
        trusted = "它的证书链以这里信任的根证书为终点";
        untrusted = "它的证书链没有通到这里信任的根证书";
        trust_open = "没有查验它的证书链";
        named = "它含有所要求的名称";
        misnamed = "它不含所要求的名称";
        name_open = "没有比对它的名称";
        bad_signature = "有一个签名不成立";
        weak_key = "它的密钥太弱";
        bad_algorithm = "它的签名方式不被接受";
        wrong_use = "它不适用于此用途";
        revoked = "它已被吊销";
        unusable = "它不符合标准";
    }
}
