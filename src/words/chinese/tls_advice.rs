//! What would help where TLS failed.

use super::spaced;
use crate::words::tls_advice::TlsAdvices;
use crate::words::translated::translated;

translated! { CHINESE:
    TlsAdvices {
        trust(issuer) = { format!("如果这就是你要找的对端，请信任它的 CA：把含有{}证书的文件选为根证书", spaced(issuer)) };
        send_chain(issuer) = { format!("请让对端发送完整的证书链，或信任它的 CA：把含有{}证书的文件选为根证书", spaced(issuer)) };
        trust_itself = "如果这就是你要找的对端，请把它的证书文件选为根证书；若是测试，也可以让这个端点不验证证书";
        ask_for(names, expected) = "请改用证书中的某个名称（{names}），或给对端一个用于 {expected} 的证书";
        name_it(expected) = "请给对端一个备用名称中含有 {expected} 的证书";
        renew = "请让对端续期证书；如果这里的日期不对，请校正本机的时钟";
        wait = "如果这里的日期不对，请校正本机的时钟；否则等到那时，或另外签发证书";
        for_use = "请签发用于此用途的证书：扩展密钥用法中，服务器需要 serverAuth，客户端需要 clientAuth";
        same_pair = "请检查对端的证书与密钥是否成对，以及所选的根证书是否正是这个 CA：可能有两个同名而密钥不同的 CA";
        longer_key = "请用更长的密钥签发证书：2048 位以上的 RSA，或 P-256 的 ECDSA";
        better_signature = "请用 SHA-256 或更好的算法重新签名证书";
        new_certificate = "请为对端签发新的证书";
        common_version = "请让两端都使用 TLS 1.2 或 1.3；更旧的版本已被攻破，这里不支持";
        common_suite = "请在一端允许另一端的某个密码套件";
        common_group = "请在一端允许另一端的某个密钥交换组；几乎所有程序都支持 x25519 和 secp256r1";
        common_scheme = "请给服务器换一个密钥种类不同的证书：几乎所有客户端都接受 RSA 和 P-256 的 ECDSA";
        common_protocol = "请在两端填写同一个协议，或让其中一端不填";
        give_client_one = "请给客户端一个证书，或让这个服务器只请求、不强制要求出示证书";
        choose_one = "请为这个客户端选择证书及其密钥，证书要来自服务器信任的 CA";
        let_peer_trust = "请让对端信任签发本端证书的 CA（本程序的 CA 可以导出），或使用它所信任的 CA 签发的证书";
        our_dates = "请检查本端证书的日期，以及对端计算机的时钟";
        our_certificate = "请从对端的角度看本端的证书：名称、日期、用途和 CA；对端自己的日志也许说得更多";
        plain_server = "服务器在这里使用明文 HTTP：请用 tcp://，或用它的 TLS 端口（通常是 443）";
        plain_client = "客户端使用的是明文 HTTP：请让它用 https://，或让这个服务器不用 TLS 监听";
        ssh = "SSH 自带加密：要查看它请用 tcp://，或换一个端口";
        starttls = "请用 tcp://，在协议允许时开始 TLS（STARTTLS），或用对端的 TLS 端口";
        use_tcp = "如果对端在这里使用别的协议，请用 tcp://，或检查端口";
        is_it_tls = "请检查这个端口是否使用 TLS：等待明文的一方不会出声。若不是，请用 tcp://，或稍后再开始 TLS（STARTTLS）";
        more_time = "请重试，或放宽时间；其余内容可能在途中丢失";
        look_there = "请看对端的日志：一端若不接受名称、版本或证书，有时会直接关闭";
        on_the_way = "请重试；若仍然如此，请检查途中是否有代理或故障设备";
        faulty_peer = "请检查对端的 TLS 是否有错，或途中是否有东西改动了字节";
        ask_other_name = "请使用服务器所拥有的名称";
        peers_log = "请查看对端的日志";
        allow_more = "请在一端放宽：版本、密码套件、密钥交换组；有些服务器还要求客户端出示证书，或使用别的名称";
    }
}
