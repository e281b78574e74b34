//! Hints for those who are new.

use crate::words::hints::Hints;
use crate::words::translated::translated;

translated! { CHINESE:
    Hints {
        hint = "提示";
        select_row = "点击一行，即可看到它的字节和所发生的事。";
        lanes = "“泳道”把同样的内容显示为两端之间的箭头，包括握手和 FIN。";
        commands(key) = "按 {key}，输入名称的一部分，即可找到任何操作。";
        dismiss = "忽略提示";
    }
}
