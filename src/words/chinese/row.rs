//! Rows of the timeline in words, and all else that find, copying and exports have said.

use crate::words::row::Rows;
use crate::words::translated::translated;

translated! { CHINESE:
    Rows {
        of_endpoint(name, row) = "{name}：{row}";
        received(size, text) = "收到 {size}：{text}";
        received_from(size, peer, text) = "从 {peer} 收到 {size}：{text}";
        sent(size, text) = "发送 {size}：{text}";
        sent_to(size, peer, text) = "向 {peer} 发送 {size}：{text}";
        good_frame(size) = "{size}的正确帧";
        bad_frame(size) = "{size}的错误帧";
        not_kept(bytes) = "[{bytes}未保留]";
        gap(file, file_offset, offset, what) = "{file}，文件的字节 {file_offset}，流的字节 {offset}：{what}";
        cut_datagram(file, what) = "{file}，末尾：{what}";
        gap_not_kept(bytes) = "{bytes}未保留";
        gap_damaged(bytes) = "{bytes}在捕获中已损坏";
        gap_not_captured(bytes) = "{bytes}不在抓包文件中";
        gap_not_exported(bytes) = "{bytes}不在这次导出中";
        unreadable(entry, why) = "无法读取条目 {entry}：{why}";
        unreadable_run(entries, first, last, why) = "无法读取 {entries}（编号 {first} 到 {last}）：{why}";
        real = "实验网络的数据包，与内核交付的完全一样";
        real_and_reconstructed = "接口 lo 的数据包是实验网络的数据包，与内核交付的完全一样。其他接口的数据包（如果有）由套接字事件重建：其中只有载荷、顺序和时间是真实的。";
        reconstructed = "数据包头部由套接字事件重建：没有抓取任何数据包。载荷、顺序和时间是真实的；序号、确认、报文段大小和窗口不是。对于使用 TLS 的连接，载荷是本程序发送和解密的明文，而不是线路上的字节。";
        no_beginning = "这个连接的开头不在这次导出中";
        missing_before(_count, bytes) = "这个流在此数据包之前缺少 {bytes}";
        decrypted = "明文：在线路上，这个连接从这里起以 TLS 加密；载荷由它在本程序中的一端解密";
        assumed_end = "没有看到：连接在这里关闭时对端尚未结束";
    }
}
