//! What alerts of TLS mean (RFC 8446 section 6, RFC 5246 section 7.2).

use crate::words::tls_alert::TlsAlerts;
use crate::words::translated::translated;

translated! { CHINESE:
    TlsAlerts {
        number(number) = "编号 {number}";
        unknown = "它没有说明原因";
        close_notify = "它已发送全部内容，而握手尚未完成";
        unexpected_message = "它收到了意料之外的消息";
        bad_record_mac = "它无法解密所收到的内容";
        record_overflow = "它收到了过长的记录";
        decompression_failure = "它无法解压所收到的内容";
        handshake_failure = "它认为所提供的都不可接受，或缺少没有提供的内容";
        no_certificate = "它没有收到证书";
        bad_certificate = "它认为证书已损坏，或其中的签名不对";
        unsupported_certificate = "它不接受这种证书，或不接受用于此用途";
        certificate_revoked = "它知道证书已被吊销";
        certificate_expired = "按它自己的时钟，证书已过期或尚未生效";
        certificate_unknown = "它没有说明证书究竟哪里不对";
        illegal_parameter = "它认为消息中的值互相矛盾";
        unknown_ca = "它不认识或不信任签发证书的 CA";
        access_denied = "它认可证书，但不允许其持有者访问";
        decode_error = "它无法读取某条消息";
        decrypt_error = "它认为握手中的某个签名或校验和不对";
        export_restriction = "它认为违反了出口限制";
        protocol_version = "它不支持所提供的 TLS 版本";
        insufficient_security = "它要求比所提供的更强的加密";
        internal_error = "它那一端出了错，与这一端无关";
        inappropriate_fallback = "它发现这次尝试的版本低于两端都支持的版本";
        user_canceled = "那里有人停止了它";
        no_renegotiation = "它不愿重新协商";
        missing_extension = "它发现 hello 中缺少这个版本所要求的扩展";
        unsupported_extension = "它收到了没有请求过的扩展";
        certificate_unobtainable = "它无法取得证书";
        unrecognized_name = "它不认识所要求的服务器名称";
        bad_status = "它认为证书未被吊销的证明不对";
        bad_hash = "它发现证书不是事先告知的那一个";
        unknown_psk_identity = "它不认识所指定的共享密钥";
        certificate_required = "它要求客户端出示证书";
        no_application_protocol = "它不支持所提供的任何协议（ALPN）";
        ech_required = "它要求加密的 ClientHello（ECH）";
    }
}
