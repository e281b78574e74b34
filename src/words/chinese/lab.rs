//! The lab: why it is refused, and what it cannot do.

use crate::net::Network;
use crate::words::InWords as _;
use crate::words::lab::{LabErrors, Labs};
use crate::words::translated::translated;

translated! { CHINESE:
    Labs {
        not_linux = "只有 Linux 有私有网络";
        app_armor = "这里只有带 AppArmor 配置的程序才能建立私有网络（kernel.apparmor_restrict_unprivileged_userns 为 1）";
        switched_off = "这里不允许用户建立私有网络（kernel.unprivileged_userns_clone 为 0）";
        limit = "这里不能再建立更多私有网络（user.max_user_namespaces 和 user.max_net_namespaces）";
        not_in_kernel = "这个内核没有私有网络（用户和网络命名空间）";
        no_netem = "这个内核不能延迟或丢弃数据包（没有 netem）";
        sandbox(reason) = "运行本程序的容器或沙盒禁止私有网络（{reason}）";
        no_helper(reason) = "辅助进程（本程序的另一个实例）未能启动：{reason}";
        no_answer(reason) = "辅助进程没有应答：{reason}";
        no_packets(reason) = "看不到它的数据包：{reason}";
        failed(call, reason) = "{call} 失败：{reason}";
        server_in_lab = "在那里监听的服务器在实验网络中，而这个客户端不在";
        client_in_lab = "在那里监听的服务器不在实验网络中，而这个客户端在";
        outside = "它在实验网络之外；实验网络只有环回地址 127.0.0.1 和 ::1";
        allow_profile = "请为本程序安装允许 userns 的 AppArmor 配置，或选择系统的网络";
        allow_users = "请用 sysctl kernel.unprivileged_userns_clone=1 允许，或选择系统的网络";
        choose_system = "请选择系统的网络";
        choose_loopback = "请选择 127.0.0.1 或 ::1，或选择系统的网络";
        choose_same = "请为两者选择同一个网络";
        leave_plain = "请把数据包延迟和丢包率留空";
        try_again = "请重试：下一次尝试会另启动一个";
    }

    LabErrors |language| {
        Refused(refusal) = { refusal.in_words(language) };
        Outside = { language.labs.outside.to_owned() };
        OtherNetwork(network) = {
            match network {
                Network::Lab => language.labs.server_in_lab,
                Network::System => language.labs.client_in_lab,
            }.to_owned()
        };
    }
}
