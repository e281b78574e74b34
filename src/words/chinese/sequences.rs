//! Sequences of send and expect: what they are called, and what came of them.

use super::{grouped, noun, spaced, spaced_end, spaced_start};
use crate::script::sequence::MAX_STEPS;
use crate::words::InWords as _;
use crate::words::sequences::{SequenceProblems, SequenceResults, Sequences, StepKinds};
use crate::words::translated::translated;

translated! { CHINESE:
    SequenceResults {
        began(name) = "序列“{name}”已开始";
        ended(name, outcome) = "序列“{name}”：{outcome}";
        passed = "通过";
        failed(step, why) = "在第 {step} 步失败：{why}";
        cancelled(step) = "在第 {step} 步停止";
        with_others(outcome, others) = "{outcome}；{others}";
        others(count) = { format!("另收到 {}", noun(count, "个帧")) };
        timed_out(within, what) = { format!("所期望的内容没有在{}内到达；{what}", spaced(within)) };
        connection_ended(what) = "连接先结束了；{what}";
        nothing = "什么也没有收到";
        nearest(excerpt) = "最接近的是 {excerpt}";
        nearest_differs(excerpt, difference) = "最接近的是 {excerpt}，{difference}";
        differs(at, expected, found) = { format!("其中字节 {} 是 {found}，而不是 {expected}", grouped(at)) };
        ends(at, expected) = { format!("它在字节 {} 之前结束，该处应为 {expected}", grouped(at)) };
        any_byte = "任意字节";
        byte(hex, shown) = "{hex:02X}（{shown}）";
        byte_only(hex) = "{hex:02X}";
        more(excerpt) = "{excerpt}…";
        unsent = "要发送的内容没能全部发送";
        not_connected = "没有连接";
    }

    Sequences {
        heading = "序列";
        none = "序列逐步发送内容、等待所期望的内容，并说明结果是否相符。";
        add = "添加序列…";
        new_name = "序列";
        run(name) = { format!("运行{}", spaced_start(name)) };
        run_button = "运行";
        run_why = "在这个客户端的连接上执行各步；未连接则先连接";
        run_on = "运行序列";
        of_client(name, client) = "{name}（{client}）";
        stop = "停止";
        stop_named(name) = { format!("停止{}", spaced_start(name)) };
        stop_why = "在正在执行的步骤处停止（Esc）";
        running = "正在运行…";
        show = "显示";
        show_named(name) = "显示“{name}”的结果";
        show_why = "在时间线中显示该条目";
        more(name) = { format!("{}的更多操作", spaced_end(name)) };
        edit = "编辑步骤";
        duplicate = "创建副本";
        delete = "删除";
        title_of(name) = "序列“{name}”";
        name = "序列名称";
        kind_of(number) = "第 {number} 步的种类";
        text_of(number) = "第 {number} 步的文本";
        within_of(number) = "第 {number} 步的时限";
        more_of(number) = "第 {number} 步的更多操作";
        within = "时限";
        within_hint = "5s";
        remove = "移除";
        move_up = "上移";
        move_down = "下移";
        add_step = "添加步骤";
        send_hex = "发送十六进制";
        send_hint = "HELLO\\r\\n、{{counter}}";
        send_hex_hint = "48 45 0D 0A";
        expect_hint = "OK、regex:^2..、hex:01 ??";
        wait_hint = "100ms";
        done = "完成";
        wrong_step(number, problem) = "第 {number} 步：{problem}";
        wrong_within(number, problem) = "第 {number} 步，时限：{problem}";
    }

    StepKinds |language| {
        Send = "发送";
        Expect = "期望";
        ExpectEnd = "期望结束";
        Wait = "等待";
        StartTls = "开始 TLS";
        Finish = "结束发送（FIN）";
        Close = "关闭";
        Reset = "重置（RST）";
    }

    SequenceProblems |language| {
        NoSteps = "序列至少有一个步骤。请添加一个";
        TooManySteps = { format!("一个序列最多 {MAX_STEPS} 个步骤。请移除一些") };
        Field(error) = { error.in_words(language) };
        Empty = "请填写内容";
        Message(error) = { error.in_words(language) };
        Regex(problem) = { problem.in_words(language) };
        TooLong = "这太长，无法查找。请只期望其中一部分";
        PieceIsField(name) = "组不能叫 {name:?}：模板有这个名称的字段";
        OnlyInReplies = "序列没有请求。请使用前面某步所期望内容中的命名组，例如 {{token}}";
        Time = "请输入最多 24 小时的时间，带单位，例如 100ms 或 5s";
        AfterEnd = "结束发送、关闭或重置连接之后，不能再发送任何内容";
    }
}
