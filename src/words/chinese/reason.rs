//! Why the system refused something.

use crate::words::reason::Reasons;
use crate::words::translated::translated;

translated! { CHINESE:
    Reasons {
        in_use = "端口已被占用";
        path_in_use = "路径已被占用";
        not_ours = "本机没有这个地址";
        not_permitted = "不允许";
        refused = "被拒绝（那里没有程序接受连接）";
        reset = "对端重置（RST）";
        unix_reset = "对端重置";
        aborted = "被系统中止";
        not_connected = "未连接";
        broken_pipe = "对端不再接收字节";
        timed_out = "超时";
        host_unreachable = "主机不可达";
        network_unreachable = "网络不可达（没有路由）";
        network_down = "网络已断开";
        out_of_memory = "内存不足";
        unsupported = "这个系统不支持";
        out_of_descriptors = "文件描述符已用完";
        no_family = "本机没有这个地址族（没有 IPv6？）";
        disk_full = "磁盘已满";
        no_such_file = "没有这个文件或文件夹";
        read_only = "卷是只读的";
        not_a_file = "不是文件";
        unknown(code) = "系统错误 {code}";
        name_not_found = "没有对应的地址";
        name_not_found_as(text) = "没有对应的地址（{text}）";
    }
}
