//! The list of problems.

use super::{bytes, spaced_end};
use crate::words::notices::Notices;
use crate::words::translated::translated;

translated! { CHINESE:
    Notices {
        none = "没有问题";
        placed(place, time) = "{place}  ·  {time}";
        solved(place) = "{place}  ·  已解决";
        clear = "清空列表";
        document = "文档";
        opened_file = "打开的文件";
        copy = "复制";
        addresses = "本机的地址";
        copy_cut(kept_bytes) = { format!("只复制了前 {}", bytes(kept_bytes)) };
        select_fewer = "请少选几行";
        nothing_to_make_a_rule_of = "没有建立规则：收到的内容已不再保留，或它的端点已不存在";
        reader_busy = "仍在处理之前的请求";
        find_a_part = "请查找其中的一部分";
        filter_a_part = "筛选已移除，显示全部内容：请先查找文本的一部分，再按它筛选";
        not_read_as_recorded(endpoint, problem) = { format!("{}记录时的解读方式，这个版本不认识：{problem}", spaced_end(endpoint)) };
        read_without = "显示它的字节时不采用该方式。更新版本的 Bothends 或许认识";
        type_address = "请输入要监听的地址";
        chosen_for_another = "没有保存：文件是为之前打开的文档选择的";
        choose_again = "请为这个文档选择文件";
        kept_while_open = "更改会保留到你关闭窗口为止";
    }
}
