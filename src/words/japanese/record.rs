//! What went wrong with captures on disk, and what to do next.

use super::counted;
use crate::capture::DATA_DIR_VARIABLE;
use crate::capture::MAX_NAME_CHARS;
use crate::capture::store::FORMAT;
use crate::capture::store::MANIFEST;
use crate::words::InWords as _;
use crate::words::record::shown;
use crate::words::record::{
    Damages, Libraries, Names, Reads, Record, RecordingEnds, StopCauses, Stores,
};
use crate::words::translated::translated;

translated! { JAPANESE:
    Record {
        cannot_make(path, reason) = "{path} を作成できません: {reason}";
        cannot_open(path, reason) = "{path} を開けません: {reason}";
        cannot_lock(path, reason) = "{path} をロックできません: {reason}";
        cannot_read(path, reason) = "{path} を読み取れません: {reason}";
        cannot_write(path, reason) = "{path} に書き込めません: {reason}";
        cannot_rename(path, reason) = "{path} の名前を変更できません: {reason}";
        cannot_delete(path, reason) = "{path} を削除できません: {reason}";
        stopped(cause, entries) = { format!("{cause}、その後のエントリ {}は未記録", counted(entries, "件")) };
        stopped_at_least(cause, entries) = { format!("{cause}、その後のエントリ 少なくとも {}は未記録", counted(entries, "件")) };
        stopped_then(cause) = "{cause}、その後の出来事は記録されていません";
        samples_damaged(samples) = { format!("サンプル {}が破損または欠落しています", counted(samples, "個")) };
        packets_unchecked(file) = "{file} は最後まで検証できません。チェックサムが記録されていません";
        interrupted = "記録が中断されました。最後の部分が失われている可能性があります";
        not_recorded(entries) = { format!("末尾のエントリ {}は記録されていません", counted(entries, "件")) };
        checked(segments, entries, size_bytes) = { format!("セグメント {}を検査しました: エントリ {}、{}に破損はありません", counted(segments, "個"), counted(entries, "件"), counted(size_bytes, "バイト")) };
        entries_damaged(entries) = { format!("エントリ {}が破損または欠落しています", counted(entries, "件")) };
        newer(kinds, fields, samples) = { format!("エントリ {}、フィールド {}、サンプル {}の意味は、新しいバージョンの Bothends でしか分かりません", counted(kinds, "件"), counted(fields, "個"), counted(samples, "個")) };
        more_damage(places) = { format!("ほかに {}の破損があります", counted(places, "か所")) };
        sound = "破損はありません";
        frames_not_written(reason) = "フレームの表を書き込めません: {reason}";
        switch_on = "以後の出来事を残すには、記録をオンにしてください";
        raise_bound = "上限を上げるか、最も古いエントリを破棄する設定にしてから、再開してください";
        make_room = "空き容量を増やして再開するか、別のフォルダーで再開してください";
        elsewhere = "別のフォルダーで再開してください";
    }

    Stores |language| {
        Io(action, path, source) = { language.file_failure(*action, path, source) };
        NotEmpty(path) = { format!("{} は空ではありません。キャプチャには新しいフォルダーか空のフォルダーが必要です", shown(path)) };
        NoCapture(path) = { format!("{} はキャプチャではありません。{MANIFEST} がありません", shown(path)) };
        Locked(path) = { format!("{} は別のウィンドウで記録中です", shown(path)) };
        Manifest(path, problem) = { format!("{} は破損しています: {problem}", shown(path)) };
        Newer(path, format) = { format!("{} の形式は {format} で、新しいバージョンの Bothends で書かれたものです (このバージョンが読めるのは形式 {FORMAT})", shown(path)) };
        Damaged(error) = { error.in_words(language) };
    }

    Reads |language| {
        Io(path, position, source) = { format!("{} のバイト位置 {position} を読み取れません: {}", shown(path), source.in_words(language)) };
        Damaged(path, position, what) = { format!("{} はバイト位置 {position} で破損しています: {}", shown(path), what.in_words(language)) };
    }

    Damages |language| {
        Missing = "ファイルがありません";
        Foreign = "キャプチャの別の部分、または別のキャプチャのものです";
        Head = "先頭がキャプチャのファイルの形になっていません";
        Checksum = "チェックサムが合いません";
        Bit = "1 ビットが変化しています。読み取り時に修正されます";
        Short = "ファイルが短すぎます";
        Long = "ファイルの末尾に何かが追加されています";
        Reference = "存在しないバイトを参照しています";
        Body = "エントリの詳細が意味をなしません";
        Order = "エントリが前のエントリの続きになっていません";
        Manifest = "存在しないか読み取れないため、内容をほかのファイルから復元しました";
        Index = "実際にあるエントリが載っていません";
    }

    RecordingEnds |language| {
        Open = "記録の中断";
        Rotated = "記録の中断";
        Closed = "記録の終了";
        Bound = "上限に到達";
        Full = "ディスクが満杯";
        Off = "記録がオフ";
        Failed = "キャプチャへの書き込み失敗";
    }

    StopCauses |language| {
        Off = "記録がオフ";
        Bound(limit_bytes) = { format!("上限 {} に到達", language.numbers.size(*limit_bytes)) };
        Full = "ディスクが満杯";
        Gone(path) = { format!("キャプチャのフォルダーが消失: {}", shown(path)) };
        Failed(failure) = { failure.error().in_words(language) };
        NoHome = { format!("ホームフォルダーなし。{DATA_DIR_VARIABLE} にフォルダーを設定してください") };
    }

    Libraries |language| {
        Name(problem) = { problem.in_words(language) };
        Taken(name) = "「{name}」という名前のキャプチャは既にあります。別の名前を選んでください";
        Foreign(path) = { format!("{} はセッションの一覧にありません", shown(path)) };
        BeingRecorded = "別のウィンドウで記録中です。先にそのウィンドウを閉じてください";
        OtherVolume = "別のボリュームに記録中です。記録が終わってから保存してください";
        Store(error) = { error.in_words(language) };
    }

    Names |language| {
        Empty = "名前を入力してください";
        TooLong = { format!("名前は {MAX_NAME_CHARS} 文字までです") };
        Character(character) = "名前に {character:?} は使えません";
        Dot = "名前の先頭と末尾にドットは使えません";
        Device = "この名前は Windows でデバイス用に予約されています";
    }
}
