//! The lab: why it is refused, and what it cannot do.

use crate::net::Network;
use crate::words::InWords as _;
use crate::words::lab::{LabErrors, Labs};
use crate::words::translated::translated;

translated! { JAPANESE:
    Labs {
        not_linux = "プライベートネットワークがあるのは Linux だけです";
        app_armor = "ここでプライベートネットワークを作れるのは AppArmor プロファイルのあるプログラムだけです (kernel.apparmor_restrict_unprivileged_userns が 1)";
        switched_off = "ここではユーザーがプライベートネットワークを作れません (kernel.unprivileged_userns_clone が 0)";
        limit = "ここではこれ以上プライベートネットワークを作れません (user.max_user_namespaces と user.max_net_namespaces)";
        not_in_kernel = "このカーネルにはプライベートネットワークの機能 (ユーザー名前空間とネットワーク名前空間) がありません";
        no_netem = "このカーネルではパケットの遅延と損失を起こせません (netem がありません)";
        sandbox(reason) = "このプログラムを囲むコンテナーかサンドボックスが、プライベートネットワークを禁止しています ({reason})";
        no_helper(reason) = "補助プロセス (このプログラム自身) が起動しませんでした: {reason}";
        no_answer(reason) = "補助プロセスが応答しません: {reason}";
        no_packets(reason) = "パケットを見ることができません: {reason}";
        failed(call, reason) = "{call} が失敗しました: {reason}";
        server_in_lab = "そこで待ち受けているサーバーはラボの中にあり、このクライアントは外にあります";
        client_in_lab = "そこで待ち受けているサーバーはラボの外にあり、このクライアントは中にあります";
        outside = "ラボの外のアドレスです。ラボにはループバックアドレス 127.0.0.1 と ::1 しかありません";
        allow_profile = "userns を許可する AppArmor プロファイルをこのプログラム用にインストールするか、OS のネットワークを選んでください";
        allow_users = "sysctl kernel.unprivileged_userns_clone=1 で許可するか、OS のネットワークを選んでください";
        choose_system = "OS のネットワークを選んでください";
        choose_loopback = "127.0.0.1 か ::1、または OS のネットワークを選んでください";
        choose_same = "両方に同じネットワークを選んでください";
        leave_plain = "「パケット遅延」と「パケット損失」を空欄にしてください";
        try_again = "もう一度試してください。次の試みで新しく起動します";
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
