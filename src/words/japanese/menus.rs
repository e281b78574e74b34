//! The menus and the list of commands.

use crate::words::menus::Menus;
use crate::words::translated::translated;

translated! { JAPANESE:
    Menus {
        file = "ファイル";
        edit = "編集";
        endpoint = "エンドポイント";
        view = "表示";
        help = "ヘルプ";
        bar = "メニュー";
        with_key(does, key) = "{does} ({key})";

        find_command = "コマンドを検索";
        command_hint = "名前の一部、またはピア: #12、127.0.0.1:53122";
        no_command = "この語を名前に含むコマンドはありません";
        not_now = "今は実行できません";

        new_document = "新規ドキュメント";
        new_from_preset = "プリセットから新規作成…";
        new_from_preset_why = "用意されたサーバーとクライアントをドキュメントに追加します";
        open = "開く…";
        open_why = "ドキュメント、キャプチャ、パケットファイルを開きます";
        save = "ドキュメントを保存";
        save_why = "ドキュメントをそのファイルに保存します";
        save_as = "ドキュメントに名前を付けて保存…";
        save_as_why = "ドキュメントを別のファイルに保存します";
        recent = "最近使ったドキュメント";
        no_recent = "最近使ったドキュメントなし";
        sessions = "セッションを開く…";
        sessions_why = "ディスク上のセッションを開く、保存する、または削除します";
        save_session = "セッションに名前を付けて保存…";
        save_session_why = "記録した内容に名前を付けて残します";
        import = "メッセージをインポート…";
        import_why = "Packet Sender のパケットを保存済みメッセージとしてインポートします";
        export = "エントリをエクスポート…";
        recording = "記録の設定…";
        quit = "終了";

        find = "検索";
        find_next = "次を検索";
        find_previous = "前を検索";
        add_server = "サーバーを追加";
        add_client = "クライアントを追加";
        duplicate = "エンドポイントを複製";
        remove = "エンドポイントを削除";
        remove_why = "選択したエンドポイントを削除します。動作中なら停止します。リストの下の「元に戻す」で戻せます";
        move_up = "エンドポイントを上へ移動";
        move_down = "エンドポイントを下へ移動";
        approve = "ドキュメントを承認";
        approve_why = "ほかから受け取ったドキュメントのサーバーに応答を、テンプレートにファイルの読み取りを許可します";
        rules = "ルール";
        rules_why = "選択したエンドポイントのルールを表示します";
        add_rule = "ルールを追加";
        add_rule_why = "選択したエンドポイントにルールを追加します";
        rules_on = "すべてのルールをオン";
        rules_off = "すべてのルールをオフ";
        start = "開始または接続";
        start_why = "選択したサーバーを開始するか、選択したクライアントを接続します";
        stop = "停止または切断";
        stop_why = "選択したサーバーを停止するか、選択したクライアントを切断します";
        start_all = "すべてのサーバーを開始";
        stop_all = "すべてのエンドポイントを停止";
        log_keys = "TLS 鍵をログに記録";
        log_keys_why = "新しい TLS 接続の鍵をファイルに追記します。Wireshark はこれを使ってキャプチャを復号できますが、ファイルを手にした人は誰でもすべてを読めます";
        stop_everything = "すべて中止";
        stop_everything_why = "ルール、シーケンス、繰り返しメッセージ、ファイルの未送信分と再接続を取り消します。接続は開いたままです";
        copy_python = "Python としてコピー";
        copy_python_why = "選択したエンドポイントと同じやり取りをするプログラムをコピーします";
        copy_ncat = "ncat コマンドとしてコピー";
        copy_ncat_why = "選択したエンドポイントと同じやり取りをするシェルのコマンド行をコピーします";
        send = "メッセージを送信";
        history = "以前に送信したメッセージ";
        stop_repeating = "メッセージの繰り返しを停止";

        rows = "行";
        rows_why = "タイムラインをエントリの一覧として表示します";
        frames = "フレーム";
        lifecycle = "ライフサイクル";
        lifecycle_why = "1 件の接続を、ハンドシェイク、バイト、終わり方まで図で示します";
        lanes = "レーン";
        lanes_why = "タイムラインを接続の両端の間の矢印として表示します";
        plot = "グラフ";
        inspector = "インスペクター";
        inspector_why = "選択したエンドポイントの設定、ピア、接続を表示します";
        why_not = "応答しない理由";
        why_not_why = "選択した要求、または入力した要求に対して、エンドポイントの各ルールがどう判断するかを表示します";
        clear_view = "表示をクリア";
        undo_clear = "クリアを元に戻す";
        dark = "ダークテーマ";
        light = "ライトテーマ";
        system = "OS のテーマ";
        language = "言語";
        system_language = "システムの言語";
        system_language_why = "システムの言語に従います";
        zoom_in = "拡大";
        zoom_out = "縮小";
        zoom_reset = "実際のサイズ";
        next_pane = "次のペイン";
        previous_pane = "前のペイン";

        lessons = "レッスン";
        lessons_why = "実際の接続で TCP と UDP を一歩ずつ学びます";
        commands = "コマンドを検索…";
        keys = "キーボードショートカット";

        needs_endpoint = "先にエンドポイントを選択してください";
        needs_unapproved = "ドキュメントは承認済みです";
        needs_repeating = "繰り返し送信中のメッセージはありません";
        needs_acting = "自動で送信されているものはありません";
        needs_endpoint_above = "上に別のエンドポイントがあるものを選択してください";
        needs_endpoint_below = "下に別のエンドポイントがあるものを選択してください";
        needs_rule_off = "オフのルールがあるエンドポイントを選択してください";
        needs_rule_on = "オンのルールがあるエンドポイントを選択してください";
        needs_stopped = "停止中のエンドポイントを選択してください";
        needs_running = "実行中のエンドポイントを選択してください";
        needs_stopped_server = "すべてのサーバーが実行中です";
        needs_any_running = "実行中のエンドポイントはありません";
        needs_cleared = "クリアされたものはありません";
        problems = "問題";
        about = "Bothends について";
        version(number) = "Bothends {number}";
    }
}
