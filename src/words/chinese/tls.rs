//! TLS in rows: what was offered, what both ends agreed on, whose certificate was shown.

use super::{grouped, noun, spaced, spaced_end};
use crate::words::tls::TlsRows;
use crate::words::translated::translated;

translated! { CHINESE:
    TlsRows {
        upgraded = "已升级到 TLS（STARTTLS）";
        offered(versions, name, alpn, suites) = { format!("客户端发起 TLS：{versions}，{name}{alpn}，{}", noun(suites, "个密码套件")) };
        with_name(name) = "名称 {name}";
        no_name = "无服务器名称";
        alpn(protocols) = "，{protocols}";
        resumes(offered) = "{offered}，并要求恢复先前的会话";
        not_whole(offered) = "{offered}；有一部分无法读取";
        agreed(version, time, chosen) = "已协商 {version}，用时 {time}：{chosen}";
        retried(version, time, chosen) = "已协商 {version}，用时 {time}，第二次尝试：{chosen}";
        resumed(version, time, chosen) = "已恢复 {version} 会话，用时 {time}：{chosen}";
        certified(agreed, certificate) = "{agreed}；{certificate}";
        certificate(subject, issuer, until) = { format!("{}的证书，由{}颁发，有效期至 {until}", spaced_end(subject), spaced(issuer)) };
        own_certificate(subject, until) = { format!("{}的证书，由自己颁发，有效期至 {until}", spaced_end(subject)) };
        unreadable_certificate = "无法读取的证书";
        unchecked(agreed) = "未验证：{agreed}";
        we_showed(agreed) = "{agreed}；客户端也出示了证书";
        gave_none(agreed) = "{agreed}；客户端没有出示证书";
        refused(chain) = "TLS 被拒绝，对端的证书：{chain}";
        refused_none = "TLS 被拒绝，对端没有出示证书";
        alert_sent(alert) = "已发送 TLS 警报：{alert}";
        alert_received(alert) = "收到 TLS 警报：{alert}";
        warning(alert) = "{alert}（警告）";
        encrypted_alert = "已加密，不知道是哪一种";
        close_notify_sent = "已发送 close_notify：全部已发送";
        close_notify_received = "收到 close_notify：全部已收到";
        cut = "截断：TCP 连接结束时没有 close_notify，所以可能缺少字节";
        secrets(lines) = { format!("已记录密钥（{}）：谁有密钥日志，谁就能读这个连接", noun(lines, "行")) };

        none = "无";
        more(listed, more) = { format!("{listed}，另有 {} 个", grouped(more)) };
        two(first, second) = "{first} 和 {second}";
        nobody = "某个没有名称的主体";
        quoted(name) = "“{name}”";
    }
}
