//! Why TLS failed, for somebody who does not know TLS: what is wrong, what was expected, what came, and who says so; in parts

use super::{spaced, spaced_end};
use crate::words::tls_failure::TlsFailures;
use crate::words::translated::translated;

translated! { CHINESE:
    TlsFailures {
        failed_with(peer, why) = "与 {peer} 的 TLS 失败：{why}";
        failed(why) = "TLS 失败：{why}";
        line(name, text) = "{name}：{text}";

        expected = "应为";
        offered = "客户端提供";
        came = "收到";
        accepted = "服务器接受";
        sent = "发送";
        says_so = "判断者";
        server_name = "服务器名称（SNI）";
        what_to_do = "怎么办";
        no_server_name = "没有要求";

        us_alert(alert) = "本端，以警报 {alert} 表示";
        us = "本端";
        peer_alert(alert) = "对端，以警报 {alert} 表示";
        peer = "对端";
        nobody = "无（连接就这样结束了）";
        nobody_waited = "无（本端不再等待）";

        untrusted = "对端的证书没有通到这里所信任的任何 CA";
        self_signed = "对端的证书是自签名的";
        wrong_name = "对端的证书用于另一个名称";
        nameless = "对端的证书不用于任何名称";
        expired = "对端的证书已过期";
        not_yet_valid = "对端的证书尚未生效";
        wrong_use = "对端的证书用于别的用途";
        bad_signature = "有一个签名不对";
        weak_key = "对端证书的密钥太弱";
        bad_algorithm = "对端证书的签名方式不被接受";
        revoked = "对端的证书已被吊销";
        bad_certificate = "对端的证书无法使用";
        no_version = "没有共同的 TLS 版本";
        no_suite = "没有共同的密码套件";
        no_group = "没有共同的密钥交换组";
        no_scheme = "没有共同的签名方案";
        no_alpn = "没有共同的应用层协议（ALPN）";
        client_unknown = "客户端没有表明身份";
        refused = "对端不接受本端的证书";
        not_tls = "对端使用的不是 TLS";
        timed_out = "握手用时太久";
        closed = "对端在握手中结束了连接（FIN）";
        reset = "对端在握手中重置了连接（RST）";
        too_long = "对端发来过长的记录";
        undecipherable = "收到的内容无法解密";
        malformed = "对端的某条消息无法读取";
        unexpected = "对端违反了 TLS 的规则";
        incompatible = "对端缺少本端需要的功能";
        gave_up = "对端放弃了";
        other = "另有别的错误";

        trusted_chain = "证书链以受信任的 CA 为终点的证书";
        trusted_signature = "由受信任的 CA 签名的证书";
        chain_to(subject, issuer) = { format!("{}的证书，证书链以{}为终点", spaced_end(subject), spaced(issuer)) };
        alone_by(subject, issuer) = { format!("{}的证书，由{}签名，没有附带其他证书，所以可能缺少中间证书", spaced_end(subject), spaced(issuer)) };
        signed_itself(subject) = { format!("{}的证书，用自己的密钥签名（自签名）", spaced_end(subject)) };
        the_name(name) = "名称 {name}";
        no_name = "没有备用名称（只写在主体中的名称不算）";
        valid_at(now) = "现在有效的证书，按本机时钟现在是 {now}";
        was_until(until, ago) = "有效期至 {until} 的证书，已过期 {ago}";
        is_from(from, ahead) = "自 {from} 起有效的证书，还要 {ahead}";
        one_for(what) = { format!("用于{}的证书", spaced(what)) };
        some_use = "当前用途";
        other_use = "别的用途";
        signed_by(issuer) = { format!("用{}的密钥签名的证书，而且出示者持有证书自己的密钥", spaced(issuer)) };
        does_not_hold(subject) = { format!("{}的证书，而这两点中有一点不成立：它被改动过，由另一个同名的 CA 签名，或对端持有的是另一个密钥", spaced_end(subject)) };
        strong_key = "2048 位以上的 RSA";
        bits(bits) = "{bits} 位，可以被破解";
        strong_signature = "用 SHA-256 或更好的算法签名";
        standing = "CA 仍然认可的证书";
        taken_back = "CA 提前收回的证书";
        standard = "符合标准（RFC 5280）的证书";
        said_of_it(detail) = "验证时这样描述的证书：{detail}";
        not_said = "没有说明";
        client_certificate = "客户端的证书，这个服务器要求出示";
        client_certificate_there = "服务器要求的客户端证书";
        nothing = "无";
        a_message = "TLS 消息";
        first_bytes(first, looks) = "“{first}”，{looks}";
        like_http = "这是明文 HTTP";
        like_ssh = "这是 SSH 的开头";
        like_greeting = "这是明文问候，像是邮件或 FTP 服务器";
        like_text = "这是明文";
        like_nothing = "这不是 TLS";
        end_within(time) = { format!("在{}内完成握手", spaced(time)) };
        end = "完成握手";
        came_nothing = "什么也没有";
        came_part = "它的首条消息的一部分";
        came_hello = "它的首条消息，之后没有应有的消息";
        short_records = "最多 16 KiB 的记录";
        longer_one = "更长的记录";
        right_keys = "用两端协商的密钥加密的字节";
        wrong_keys = "在途中被改动，或用别的密钥加密的字节";
        readable = "可以读取的消息";
        next_message = "按顺序的下一条消息";
        library(detail) = "本端的描述是：{detail}";
    }
}
