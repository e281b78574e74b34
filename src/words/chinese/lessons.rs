//! The lessons: their texts, and what the window says around them.

use super::{noun, spaced};
use crate::words::lessons::{LessonConditions, LessonProblems, Lessons};
use crate::words::translated::translated;

translated! { CHINESE:
    Lessons {
        heading = "课程";
        intro = "在本机真实的套接字上学习 TCP 和 UDP。每一课都有自己的服务器和客户端，从记录中看到某一步已经完成，就进入下一步。你的文档保持不变。";
        pane = "课程";
        first = "学习：握手";
        first_why = "初次接触？几分钟之内，你会在真实的连接上看到第一个字节之前发生了什么。";
        server = "课程服务器";
        client = "课程客户端";
        of(number, count) = "第 {number} 课，共 {count} 课";
        choice(number, title) = "{number}. {title}";
        step(number, title) = "{number}. {title}";
        step_state(number, title, state) = "第 {number} 步，{title}：{state}";
        done = "已完成";
        is_done(title) = "{title}：已完成";
        to_do = "待完成";
        later = "稍后";
        do_it = "替我完成";
        do_it_name(title) = "替我完成：{title}";
        look = "观察要点";
        needed = "记录中有以下内容即完成";
        met(condition) = "{condition}：已完成";
        not_met(condition) = "{condition}：尚未完成";
        show_entry = "显示条目";
        show_entry_name(condition) = "显示条目：{condition}";
        code = "用代码做同样的事";
        language = "代码的语言";
        copy = "复制";
        copy_all = "全部复制";
        copy_all_why = "复制本课的完整程序";
        no_code = "无需编写：系统自己会做。";
        over = "本课完成";
        next = "下一课";
        previous = "上一课";
        again = "重新开始";
        all = "全部课程";
        leave = "离开本课";
        close = "关闭课程";
        resize = "调整课程大小";
        bad(key, why) = "无法读取课程 {key}：{why}";
    }

    LessonConditions {
        server = "服务器";
        client = "客户端";
        times(what, times) = { format!("{what}，{}", noun(times, "次")) };
        over(what, family) = "{what}（{family}）";

        listens(end) = "{end}正在监听";
        stopped(end) = "{end}已停止";
        connects(end) = "{end}开始连接";
        connected(end) = "{end}已连接";
        refused(end) = "{end}被拒绝";
        failed(end) = "{end}无法连接";
        accepted(end) = "{end}接受了一个连接";
        received(end, size) = "{end}一次恰好读到 {size}";
        received_something(end) = "{end}收到了内容";
        received_at_least(end, size) = "{end}一次至少读到 {size}";
        received_in_all(end, size) = "{end}总共收到 {size}";
        received_cut(end) = "{end}只读到一个字符的一部分";
        sent_something(end) = "{end}发送了内容";
        sent_at_least(end, size) = "{end}一次至少发送 {size}";
        sent_in_all(end, size) = "{end}总共发送 {size}";
        after_silence(end, time) = { format!("{end}静默{}之后发送或收到内容", spaced(time)) };
        finished(end) = "{end}结束发送（FIN）";
        saw_end(end) = "{end}看到另一端的 FIN";
        closed(end) = "{end}关闭了连接";
        closed_unread(end) = "{end}在有字节未读时关闭了连接";
        did_reset(end) = "{end}重置了连接（RST）";
        was_reset(end) = "{end}的连接被另一端重置（RST）";
        stops_reading(end) = "{end}停止读取";
        reads_again(end) = "{end}恢复读取";
        stops_accepting(end) = "{end}把新连接留在队列中";
        accepts_again(end) = "{end}恢复接受";
        new_peer(end) = "{end}有了新对端";
        cut(end) = "{end}收到一个被截断的数据报";
        undelivered(end) = "{end}得知一个数据报未能送达（ICMP）";
        forgot(end) = "{end}在静默之后忘记了对端";
    }

    LessonProblems |language| {
        Form(line, text) = "第 {line} 行：{text}";
        Number = "需要 1 到 12 个步骤和 1 到 8 个客户端";
        Condition(step, text) = "第 {step} 步等待 {text:?}，这不是条件";
        Act(step, text) = "第 {step} 步有 {text:?}，这不是可做的事（第 0 步是准备）";
        Control(step, text) = "第 {step} 步提到 {text:?}，窗口中没有这个控件";
        Endless(step) = "第 {step} 步什么也不等待";
        Program(step) = "有一个程序缺少第 {step} 步的部分";
    }
}
