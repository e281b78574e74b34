//! The export dialog, and how far work on another tool's file is.

use super::noun;
use crate::words::exporting::Exporting;
use crate::words::translated::translated;

translated! { CHINESE:
    Exporting {
        export = "导出";
        cancel = "取消导出";
        format = "格式";
        text = "文本";
        csv = "CSV";
        json = "JSON 行";
        raw = "原始流";
        pcapng = "pcapng";
        about_text = "每个条目一行可读文字，字节写成转义文本。";
        about_csv = "每个条目一行，供电子表格使用。";
        about_json = "每个条目一个 JSON 对象，每行一个。";
        about_raw = "每个连接的确切字节，每个方向一个文件。数据报每个一个文件。";
        about_pcapng = "供 Wireshark 和 tshark 使用的数据包。实验网络的数据包与线路上的完全一样；其他数据包的头部由套接字事件重建。每个数据报是一个数据包，不论多长。";
        entries = "条目";
        whole = "全部";
        view = "当前显示的";
        selection = "所选的行";
        endpoint = "端点";
        all = "全部";
        file = "文件";
        folder = "新文件夹";
        reading(path, percent) = { format!("正在读取 {}：{percent}%", path.display()) };
        writing(path, percent) = { format!("正在写入 {}：{percent}%", path.display()) };
        wrote(entries, bytes, path) = { format!("已把 {}（{}）写入 {}", noun(entries, "个条目"), noun(bytes, "字节"), path.display()) };
        incomplete(place) = "不完整：{place}";
        incomplete_more(places) = { format!("另有 {}不完整", noun(places, "处")) };
    }
}
