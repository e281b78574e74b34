//! How a connection's TLS stands, in short.

use super::spaced_end;
use crate::words::tls_status::TlsStatuses;
use crate::words::translated::translated;

translated! { CHINESE:
    TlsStatuses {
        plain = "尚未加密：开始 TLS 之后才加密";
        begun = "TLS 握手正在进行";
        agreed(version, suite) = "{version}，{suite}";
        speaking(agreed, protocol) = "{agreed}，应用层 {protocol}";
        certificate(subject, until) = { format!("{}的证书，有效期至 {until}", spaced_end(subject)) };
        checked(certificate) = "{certificate}，已验证";
        no_certificate = "对端没有出示证书";
        unchecked = "没有验证对端的证书：没有什么能说明对端是谁";
        show = "显示握手";
        show_why = "选择协商的条目：提供了什么、选择了什么，以及证书";
        agreed_in(agreed, time) = "{agreed}，协商用时 {time}";
        agreed_unchecked(agreed) = "未验证：{agreed}";
        refused(subject) = { format!("已拒绝：{}的证书", spaced_end(subject)) };
        failed(why) = "TLS 失败：{why}";
        cut = "截断：TCP 结束时没有 close_notify";
        named(versions, name) = "{versions}，{name}";
        on_the_wire(amount, wire) = "{amount}，线路上 {wire}";
    }
}
