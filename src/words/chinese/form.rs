//! What is wrong with the fields of forms.

use super::spaced_end;
use crate::words::InWords as _;
use crate::words::form::{Addresses, Amounts, FileProblems, Forms};
use crate::words::translated::translated;

translated! { CHINESE:
    Forms |language| {
        Address(error) = { error.in_words(language) };
        Encoding(error) = { error.in_words(language) };
        Framing(error) = { error.in_words(language) };
        Check(error) = { error.in_words(language) };
        BindAddress = "请输入本机的一个地址，例如 127.0.0.1 或 ::1";
        Scope = "没有网络接口叫 % 后面的那个名称";
        RemotePort = "远程端口是 1 到 65535 的数";
        Backlog = "backlog 是 1 到 65535 的数";
        LabDelay = "请输入最多 10s 的延迟，例如 50ms，或留空";
        LabLoss = "请输入 0% 到 100% 的丢包比例，例如 1%，或留空";
        Size = "请输入字节数，或带 k、m 的 KiB、MiB 数，例如 64k";
        WriteBytes = "请输入 1 字节到 1 MiB 的写入大小，例如 64k";
        ReadBuffer = "请输入 1 字节到 1 MiB 的缓冲区大小，例如 64k";
        Duration = "请输入带单位的时间：ms、s 或 m，例如 200ms 或 5s";
        ConnectTimeout = "连接超时在 1ms 到 10m 之间";
        Reconnect = "请输入最短和最长的等待时间，从 10ms 到 60m，还可加上次数，例如 1s..30s, 10 times";
        Period = "两条消息之间至少间隔 1ms";
        Times = "请输入 1 或更大的次数，或留空";
        SocketPath = "请输入最多 107 字节的路径，或 @ 加名称";
        Mode = "请输入八进制的权限，例如 600 或 660";
        Source = "请输入本机地址、“:端口”或两者，例如 192.168.1.5 或 :4000";
        KeepAlive = "请输入首次探测前的时间、间隔和探测次数，例如 60s,10s,5";
        Buffer = "请输入 1 字节到 1024m 的缓冲区大小，例如 64k";
        Ttl = "TTL 是 1 到 255 的数";
        Linger = "请输入整秒数，例如 0s 或 5s";
        KeyAlone = "密钥要与它的证书一起使用：请也选择证书文件，或把这里留空";
        FlawOfFiles = "只有 Bothends 自己签发的证书可以故意带缺陷：请把证书文件留空";
        Alpn = "协议的名称最多 255 字节";
        ForgetAfter = "请输入 100ms 到 1440m 的静默时间，例如 30s";
        Group = "请输入多播地址，例如 239.1.2.3 或 ff02::fb";
        GroupFamily = "多播组要与绑定地址属于同一地址族，IPv4 或 IPv6";
        Groups = "一个套接字最多加入 20 个多播组";
        Interface = "请输入本机某个接口的名称或地址，例如 eth0";
        Message(error) = { error.in_words(language) };
        Rule(problem) = { problem.in_words(language) };
        Seed = "请输入整数，例如 7，或留空";
        NotListening(name) = { format!("{}没有在监听。请先启动它", spaced_end(name)) };
        NoServer = "这个客户端连接的服务器已被移除。请选择另一个服务器或一个地址";
    }

    Addresses |language| {
        NoHost = "请输入主机：名称或地址，例如 localhost:9000";
        Port = "端口是 0 到 65535 的数";
        NotIpv6 = "这不是 IPv6 地址。请写作 ::1，带端口时写作 [::1]:9000";
        AfterBrackets = "方括号后面只能跟端口，例如 [::1]:9000";
        Url = "这是 URL。请输入其中的主机和端口，例如 localhost:9000";
        HostCharacter = "主机中没有空格、斜杠和控制字符。请输入名称或地址";
    }

    Amounts |language| {
        Amount = "请输入大小，例如 500 MiB 或 10 GiB";
        TooLittle = "上限至少为 1 MiB";
        Chunk = "请输入字节数，例如 64 或 1 KiB";
    }

    FileProblems |language| {
        Read(error) = { error.in_words(language) };
        NotPlain = "它不是普通文件";
        TooLong = "它超过 16 MiB";
    }
}
