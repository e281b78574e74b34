//! Why it failed: what was found on this machine, what to do next, and what a button does about it.

use super::counted;
use crate::net::Address;
use crate::payload::VisibleText;
use crate::session::diagnose::Owner;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::diagnosis::{Diagnoses, Findings, Owners, Remedies};
use crate::words::translated::translated;
use std::net::IpAddr;
use std::time::Duration;

/// How many of this machine's addresses are named.
const MAX_ADDRESSES: usize = 4;

translated! { JAPANESE:
    Diagnoses {
        why = "原因を調べる";
        why_name(endpoint) = "{endpoint} が失敗した原因を調べる";
        heading = "このマシンの現状";
        looking = "調査中…";
        nothing = "このマシンに原因は見当たりません。";
        check_again = "再調査";
        start_and_connect(name) = "{name} を開始して接続";
        cannot_connect(address) = "{address} に接続できません";
        refused(address) = "{address} が接続を拒否しました";
        cannot_find(host) = { format!("{} が見つかりません", VisibleText::plain(host).text) };
        explained(failed, finding) = "{failed}。{finding}";

        free_port_or_stop = "空きポートを使うか、そのサーバーを停止してください";
        free_port = "空きポートを使うか、そのプログラムを終了してください";
        one_family = "別のポートを使い IPv4 アドレス 1 つで待ち受けるか、そのプログラムを終了してください";
        wait = "1 分ほど待つか、別のポートを使ってください";
        just_try_again = "もう一度試してください。また失敗するなら空きポートを使ってください";
        choose_ours = "これらのどれかで待ち受けるか、すべてで待ち受ける 0.0.0.0 または :: を使ってください";
        high_port(first_free) = "{first_free} 以上のポートを使ってください";
        ask_administrator = "このマシンの管理者に確認してください。コンテナー、SELinux、AppArmor が禁止していることがあります";
        choose_interface = "「マルチキャスト」の「マルチキャストインターフェイス」で選んでください";
        use_ipv4 = "IPv4 アドレスを使ってください";
        start_one = "そこで待ち受けるはずのプログラムを開始するか、ポートを確認してください";
        open_one = "ポートを開くはずのプログラムを開始するか、ポートを確認してください";
        same_transport = "両端で同じトランスポートを使ってください";
        undelivered(address) = "{address} にデータグラムが届きませんでした";
        now_it_works = "もう一度試してください";
        connect_there(address) = "代わりに {address} に接続してください";
        listen_on_both(address) = "代わりに {address} に接続するか、サーバーをもう一方のファミリーでも待ち受けさせてください (デュアルスタックのサーバーは両方を受け入れます)";
        start_ours(name) = "{name} を開始して、もう一度接続してください";
        check_there = "そのマシンでサーバーが動作し、自身の 127.0.0.1 だけでなくこのアドレスで待ち受けているか確認してください";
        let_accept = "そのプログラムが accept するようにするか、listen() のバックログを増やしてください";
        more_time = "制限時間を延ばし、アドレスを確認してください";
        check_near = "そのマシンの電源が入っているか、アドレスが正しいかを確認してください";
        real_address = "代わりに実際のアドレスを使ってください";
        change_firewall = "このマシンのファイアウォールで許可してください (Linux では nft、iptables、ufw)";
        ask_firewall = "両方のマシンと、その間のネットワークのファイアウォールを確認してください";
        one_host = "1 台のマシンのアドレスを使ってください";
        join_network = "このマシンをネットワークに接続するか、もう一方のファミリーを使ってください";
        default_route = "このマシンのネットワーク設定を確認してください。デフォルトルートがなければ、直接つながるネットワークにしか届きません";
        wait_for_ports = "1 分ほど待つか、1 つの接続を使い回してください";
        any_source = "送信元アドレスを空欄にするか、そのポートを変えてください";
        use_known = "その名前のつもりなら、そちらを使ってください";
        name_only = "名前かアドレスだけを入力してください。ポートには専用の欄があります";
        four_numbers = "IPv4 アドレスは 0 から 255 までの 4 つの数です (例: 192.168.1.5)";
        network_works = "このマシンがネットワークに接続されているか確認してください。アドレスを直接使えばネームサーバーは不要です";
        set_name_server = "ネームサーバーを設定するか、アドレスを直接使ってください";
        check_spelling = "つづりを確認するか、アドレスを直接使ってください";
        whole_name = "name.example.org のようにドメインを付けるか、アドレスを直接使ってください";
        look_there(name) = "その時刻の {name} のエントリを見てください。クローズした理由が分かります";
        look_at_its_log = "そのプログラム自身のログと、証明書、信頼するルート証明書を確認してください";
        look_at_log = "そのプログラム自身のログを確認してください。このクライアントを拒否したか、未読のバイトを残してクローズした可能性があります";
        start_again = "そのプログラムをもう一度開始してください。終了したか、異常終了した可能性があります";
    }

    Owners |language| {
        Process(pid, name) = { let _: &Language = language; format!("{} (プロセス {pid})", VisibleText::plain(name).text) };
        Ours(name) = "{name} (このドキュメント)";
        Us = "Bothends 自身";
        Unnamed = "別のユーザーのプログラム (OS は名前を明かしません)";
    }

    Findings |language| {
        HeldByOurs(name, address) = "このドキュメントの {name} が、既に {address} で待ち受けています";
        HeldBy(owner, address) = { format!("ポートは使用中です。{address} で待ち受けているもの: {}", owner.in_words(language)) };
        HeldForBoth(address) = "{address} の待ち受けはデュアルスタックで、IPv4 のポートも占有しています";
        UsedByConnection(owner, local, remote) = { format!("ある接続が {local} を自身のアドレスとして使用中です。もう一方の端は {remote}、所有者: {}", owner.in_words(language)) };
        TimeWait(connections, port) = { let _: &Language = language; format!("ポート {port} では、終わった接続 {}が TIME-WAIT にあります。先にクローズした側は、約 1 分間アドレスを保持します", counted(*connections as u64, "件")) };
        FreeNow(address) = "今 {address} を使っているものは OS の一覧にありません。既に空いたか、プログラムが待ち受けずにバインドしています";
        NotOurs(address, ours) = { not_ours(language, *address, ours) };
        NeedsRights(port, first_free) = "ポート {port} は予約されています。この OS では {first_free} 未満のポートに特別な権限が必要です";
        PolicyForbids = "このポートに特別な権限は不要なので、この OS のポリシーが禁止しています";
        NoMulticastInterface = "マルチキャストグループへの経路を持つネットワークインターフェイスがこのマシンにないため、参加できませんでした";
        NoIpv6 = "このマシンでは IPv6 がオフになっています";
        NobodyListens(port) = "ポート {port} で待ち受けているプログラムがこのマシンにないため、OS が SYN に RST で応答しました";
        NobodyHasUdpPort(port) = "UDP ポート {port} を開いているプログラムがこのマシンにないため、OS が ICMP port unreachable で応答しました";
        OtherTransport(owner, address) = { other_transport(language, owner, address) };
        OursListensNow(name, address) = "{name} は今は {address} で待ち受けていますが、その時点では待ち受けていませんでした";
        ListensNow(owner, address) = { format!("その時点では何も待ち受けていませんでしたが、今は {address} で待ち受けているものがあります: {}", owner.in_words(language)) };
        OtherFamily(owner, address) = { format!("このポートの待ち受けは {address}、つまり {} だけです。所有者: {}", family(address.ip().is_some_and(|it| it.is_ipv6())), owner.in_words(language)) };
        OtherAddress(owner, address) = { format!("このポートの待ち受けは {address} だけです。所有者: {}", owner.in_words(language)) };
        OursStopped(name, port) = "このドキュメントの {name} がポート {port} に設定されていますが、動作していません";
        OursElsewhere(name, address) = "このドキュメントの {name} は {address} で待ち受けています";
        FarAway(address) = "{address} は別のマシンのアドレスです。応答があったので経路は正常ですが、そこで何が動いているかはここからは分かりません";
        BacklogFull(owner, waiting) = { format!("そこで待ち受けているプログラムが受け入れを行わず、バックログで接続 {}が待っています。満杯になると、Linux はそれ以上の SYN を応答せずに破棄します。所有者: {}", counted(u64::from(*waiting), "件"), owner.in_words(language)) };
        NoAnswer(millis) = { no_answer(language, *millis) };
        SameNetwork(interface) = "このアドレスは {interface} のネットワークにあるようですが、応じるマシンがありません";
        ForExamples(address) = "{address} は文書の例示用に予約されたアドレスで、どのマシンも持っていません";
        FirewallHere = "このマシン自身のファイアウォールの規則が接続を拒否しました。OS がそう報告しています (EPERM)";
        FirewallPossible = "ファイアウォールが原因かもしれませんが、ここからは分かりません";
        Broadcast(address) = "{address} はネットワークのすべてのマシンを表します。TCP は 2 台の間を接続します";
        NoNetwork(is_ipv6) = { let _: &Language = language; format!("このマシンにはループバック以外の {0} アドレスがなく、{0} のネットワークにつながっていません", family(*is_ipv6)) };
        NoDefaultRoute(is_ipv6) = { let _: &Language = language; format!("このマシンには {} のデフォルトルートがありません", family(*is_ipv6)) };
        PortsUsedUp(time_wait) = { format!("このアドレスへの接続 {} 件が TIME-WAIT にあり、新しい接続に使えるローカルポートが残っていません", language.numbers.grouped(*time_wait as u64)) };
        SourceUnusable = "クライアントに指定された送信元アドレスまたはポートが、このマシンにないか、同じピアへの別の接続でまだ使われています";
        LooksLike(known) = { let _: &Language = language; format!("この名前は、既知の名前 {} に似ています", VisibleText::plain(known).text) };
        OddCharacter(character) = { let _: &Language = language; format!("ホスト名に使えない文字です: {}", VisibleText::plain(character.to_string()).text) };
        MistypedAddress = "完全な IPv4 アドレスではないため、名前として扱われます";
        NameServerSilent = "ネームサーバーからの応答がありませんでした";
        NoNameServer = "このマシンにネームサーバーが設定されていないため、hosts ファイルの名前しか分かりません";
        NameUnknown = "ネームサーバーは、そのような名前はないと応答しました";
        NameWithoutDot = "名前にドットがないため、hosts ファイルとローカルネットワークだけに問い合わせました";
        PeerIsOurs(name) = "もう一方の端は、このドキュメントの {name} でした";
        PeerIs(owner) = { format!("もう一方の端は、このマシンにあります: {}", owner.in_words(language)) };
        PeerListens(owner) = { format!("そこの待ち受けは今も動作しているので、リセットされたのはこの接続だけです。所有者: {}", owner.in_words(language)) };
        PeerGone = "もう一方の端はこのマシンにありましたが、今はそのアドレスで何も待ち受けていません";
    }

    Remedies |language| {
        UseFreePort = "空きポートを使用";
        StopServer(name) = "{name} を停止";
        StartServer(name) = { language.diagnoses.start_and_connect(name) };
        ConnectTo(address) = "{address} に接続";
        ListenOn(address) = "{address} で待ち受け";
        UsePort(port) = "ポート {port} を使用";
        UseHost(host) = { let _: &Language = language; format!("{} に接続", VisibleText::plain(host).text) };
        AllowTime(time) = { let _: &Language = language; format!("制限時間 {} 秒で再試行", time.as_secs()) };
        AnySource = "任意のポートから接続";
        TryAgain = "再試行";
    }
}

fn family(is_ipv6: bool) -> &'static str {
    if is_ipv6 { "IPv6" } else { "IPv4" }
}

fn not_ours(_: &Language, address: IpAddr, ours: &[IpAddr]) -> String {
    let named: Vec<_> = ours
        .iter()
        .take(MAX_ADDRESSES)
        .map(IpAddr::to_string)
        .collect();
    let more = if ours.len() > MAX_ADDRESSES {
        " など"
    } else {
        ""
    };
    if named.is_empty() {
        return format!(
            "このマシンのどのインターフェイスにも、{address} も同じファミリーのアドレスもありません"
        );
    }
    format!(
        "このマシンのどのインターフェイスにも {address} はありません。あるアドレス: {}{more}",
        named.join("、")
    )
}

fn other_transport(language: &Language, owner: &Owner, address: &Address) -> String {
    let (it, other) = if address.is_udp() {
        ("UDP", "TCP")
    } else {
        ("TCP", "UDP")
    };
    let owner = owner.in_words(language);
    format!(
        "この番号の {it} ポート ({address}) は使われていますが、{other} のポートは別のものです。所有者: {owner}"
    )
}

fn no_answer(_: &Language, millis: u64) -> String {
    let time = if millis > 0 {
        format!("{} 秒以内に ", Duration::from_millis(millis).as_secs_f64())
    } else {
        String::new()
    };
    format!(
        "{time}SYN への応答も拒否もありませんでした。SYN かその応答が、途中で失われたか破棄されました"
    )
}
