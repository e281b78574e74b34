//! Endpoints as code: what it does not carry over.

use crate::words::InWords as _;
use crate::words::code::{CodeLacks, CodePlaces, RuleLacks};
use crate::words::translated::translated;

translated! { CHINESE:
    CodeLacks |language| {
        Lab = "未转换：实验网络；这里使用系统的网络";
        Framing(framing) = "未转换：分帧 {framing}；每次读取就是一个请求";
        Field(place, field) = { format!("未转换：{}中的字段 {{{{{field}}}}}", place.in_words(language)) };
        Rule(name, what) = { format!("未转换：规则 {name:?}：{}", what.in_words(language)) };
        Reply = "未转换：回复；不作任何回复";
        Reconnect = "未转换：自动重连";
        ReplyToReads = "未转换：对每个请求的回复；改为回复每一行";
        CloseAfterReply = "未转换：回复后关闭";
        AnswerAfterFinish = "未转换：对已结束发送的对端的回复；ncat 会立即结束连接";
        HalfOpen = "未转换：对端结束发送后保持半开";
        ReadBuffer = "未转换：读取缓冲区";
        OtherPeers = "未转换：第一个以外的对端";
        Backlog = "未转换：backlog";
        Mode = "未转换：套接字文件的权限";
        SocketOptions = "未转换：套接字选项";
        DualStack = "未转换：同时监听 IPv4";
        StartTls = "未转换：STARTTLS；连接保持明文";
        TlsIdentity(file) = "未转换：Bothends CA 签发的证书；请把证书连同密钥（PEM）放入 {file}";
        TlsIdentityOfNcat = "未转换：Bothends CA 签发的证书；ncat 会生成一个自签名证书";
        AuthorityFile(file) = "还需要 Bothends CA 的证书：bothends ca > {file}";
        OwnAuthority = "未转换：对 Bothends CA 的信任；输出其证书的命令：bothends ca";
        TlsFlaw = "未转换：证书的故意缺陷";
        TlsFault = "未转换：TLS 的故意错误行为";
        TlsNoName = "未转换：不发送服务器名称；会发送用于验证的名称";
        TlsVersions = "未转换：TLS 版本的选择";
        TlsClients = "未转换：要求客户端出示证书";
        TlsClientIdentity = "未转换：客户端自己的证书";
        TlsHalfClose = "未转换：结束发送后继续接收；使用 TLS 时，Python 会结束连接";
    }

    CodePlaces |language| {
        Greeting = "问候消息";
        Reply = "回复";
        Message = "消息";
        Rule(name) = "规则 {name:?}";
    }

    RuleLacks |language| {
        Time = "整条规则，因为它要等待时间";
        From = "整条规则，因为它只针对某些对端";
        Check = "整条规则，因为它要看校验结果";
        Within = "整条规则，因为它要查看记忆";
        Regex = "整条规则，因为 Python 没有这样的正则表达式";
        Memory = "它记住或忘记的内容";
        Others = "它对其他连接所做的事";
        Luck = "对消息的随机丢弃或损坏";
        Tls = "开始 TLS";
        Reading = "停止读取";
        Pace = "发送速度";
    }
}
