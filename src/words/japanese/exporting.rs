//! The export dialog, and how far work on another tool's file is.

use super::counted;
use crate::words::exporting::Exporting;
use crate::words::translated::translated;

translated! { JAPANESE:
    Exporting {
        export = "エクスポート";
        cancel = "エクスポートを中止";
        format = "形式";
        text = "テキスト";
        csv = "CSV";
        json = "JSON Lines";
        raw = "生ストリーム";
        pcapng = "pcapng";
        about_text = "エントリごとに読みやすい 1 行。バイトはエスケープしたテキストになります。";
        about_csv = "エントリごとに 1 行。表計算ソフト向けです。";
        about_json = "エントリごとに 1 つの JSON オブジェクト。1 行に 1 つです。";
        about_raw = "各接続のバイトそのまま。方向ごとに 1 ファイルです。データグラムは 1 つにつき 1 ファイルです。";
        about_pcapng = "Wireshark と tshark 向けのパケット。ラボのものは回線上のまま、それ以外のヘッダーはソケットのイベントから再構成します。各データグラムは、長さにかかわらず 1 パケットです。";
        entries = "エントリ";
        whole = "すべて";
        view = "表示中";
        selection = "選択した行";
        endpoint = "エンドポイント";
        all = "すべて";
        file = "ファイル";
        folder = "新しいフォルダー";
        reading(path, percent) = { format!("{} を読み取り中: {percent}%", path.display()) };
        writing(path, percent) = { format!("{} に書き込み中: {percent}%", path.display()) };
        wrote(entries, bytes, path) = { format!("エントリ {}、{}を {} に書き込みました", counted(entries, "件"), counted(bytes, "バイト"), path.display()) };
        incomplete(place) = "不完全: {place}";
        incomplete_more(places) = { format!("ほかに {}が不完全", counted(places, "か所")) };
    }
}
