//! Why a rule does not answer a request: what it asks for, what of that holds, and where the request differs.

use super::{grouped, noun, spaced, spaced_end, spaced_start};
use crate::words::translated::translated;
use crate::words::why::Whys;

translated! { CHINESE:
    Whys {
        name = "为何不回复？";
        why = "显示端点的每条规则如何看待这个请求，以及请求在哪里不同";
        of_endpoint = "规则属于";
        request = "请求";
        request_hint = "要尝试的请求：带转义的文本，或十六进制数字";
        notation = "请求的写法";
        as_text = "文本";
        as_hex = "十六进制";
        close = "关闭“为何不回复？”";
        selected = "所选的行";
        selected_why = "重新尝试所选行的请求";
        bytes = "请求的字节";
        state = "状态";
        state_why = "记录中没有连接当时的状态：请选择一个来尝试";
        unknown_state = "未知状态";
        number = "请求编号";
        number_why = "它是其连接上的第几个请求，例如 1；不知道则留空";
        more(rules) = { format!("再显示 {}", noun(rules, "条规则")) };
        edit = "编辑";
        edit_rule(rule) = "编辑规则 {rule}";
        make = "据此建立规则";
        make_short = "建立规则";
        make_why = "添加一条恰好回复这个请求的规则";
        make_from_two = "据这两行建立规则";

        made(rule) = "已建立规则 {rule}。";
        nothing_to_send = "当时没有发送任何回复：请填写它要发送的内容。";
        replies_by_rules(endpoint, before) = { format!("{}现在按规则回复；此前{before}。", spaced_end(endpoint)) };
        was_echo = "它把收到的内容发回";
        was_fixed = "它发送固定消息";
        was_silent = "它不回复";
        dismiss = "忽略";

        answered(rule) = "规则 {rule} 回复这个请求。";
        unanswered = "没有规则回复这个请求。";
        nearest(rule) = "没有规则回复这个请求；最接近的是规则 {rule}。";
        perhaps(rule) = "如果未知的条件成立，规则 {rule} 会回复这个请求。";
        no_rules = "这个端点还没有规则。";
        not_approved = "文档未获批准，所以它的规则不作任何回复：请在“文件”菜单中批准它。";
        not_in_use = "这些规则没有使用：端点以另一种方式回复。";
        not_running = "端点没有运行：它所记住的就是启动时的内容。";
        wrong(problem) = "规则无法使用：{problem}";
        not_here(endpoint) = { format!("文档中没有名为{}的端点，所以没有规则可以尝试。", spaced(endpoint)) };
        no_request = "请在上方输入或粘贴请求，或选择一个收到的行。";
        no_bytes = "所选的行没有收到的字节。";
        too_long(limit) = { format!("超过 {}的请求，凡是要看其字节的规则都不会回复。", noun(limit, "字节")) };
        of_several(frames, number) = { format!("这个数据块含有 {}。这是第 {number} 个帧；要选择另一个，请打开时间线上方的“帧”。", noun(frames, "个帧")) };
        no_frame(framing) = "这不是 {framing} 的完整帧：完整之后规则才会看到它。";

        rule(rule, name) = "规则 {rule}“{name}”";
        answers(rule) = "{rule}回复它。";
        may_answer(rule) = "如果未知的条件成立，{rule}会回复它。";
        comes_later(rule, first) = "{rule}也会回复它，但规则 {first} 在前。";
        for_events(rule) = "{rule}不回复请求：它自行生效。";
        is_off(rule) = "{rule}已停用。";
        is_off_held(rule, held) = "{rule}已停用——{held}。";
        failed(rule, held) = "{rule}——{held}。";
        held(held, all) = "满足 {held}/{all} 个条件";

        any_request = "任何请求";
        in_state(states) = "状态为 {states}";
        or_state = " 或 ";
        other_state(state) = "状态是 {state}。";
        from(pattern) = "来自 {pattern}";
        other_peer = "对端是另一个地址。";
        times(most) = { format!("端点启动以来最多 {}", noun(most, "次")) };
        times_per_connection(most) = { format!("每个连接最多 {}", noun(most, "次")) };
        spent = "它的应用次数已经用完。";
        not_known = "未知。";

        equals(what) = { format!("等于{}", spaced_start(what)) };
        starts(what) = { format!("以{}开头", spaced(what)) };
        ends(what) = { format!("以{}结尾", spaced(what)) };
        contains(what) = { format!("包含{}", spaced_start(what)) };
        matches(what) = { format!("匹配{}", spaced_start(what)) };
        has_shape(what) = { format!("符合字节格式{}", spaced_start(what)) };
        is_long(bytes) = { format!("长度为 {}", noun(bytes, "字节")) };
        is_long_between(from, to) = "长度为 {from} 到 {to} 字节";
        is_long_from(bytes) = { format!("长度至少 {}", noun(bytes, "字节")) };
        is_long_to(bytes) = { format!("长度最多 {}", noun(bytes, "字节")) };
        check_good = "通过校验";
        check_bad = "未通过校验";
        first = "是其连接上的第一个";
        every(count) = "在其连接上的编号是 {count} 的倍数";
        within(place) = { format!("在记忆中有{}", spaced_start(place)) };
        not(condition) = "非：{condition}";
        not_all(conditions) = "不全部成立：{conditions}";
        any_case(what) = "{what}（不区分大小写）";
        quoted(text) = "“{text}”";

        byte(at, found, expected) = { format!("字节 {at} 是{}，应为{}。", spaced_start(found), spaced_start(expected)) };
        visible_byte(character, digits) = "“{character}”（{digits}）";
        short(at, missing) = { format!("它在字节 {at} 结束：缺少 {}。", noun(missing, "字节")) };
        shorter(missing) = { format!("它太短：缺少 {}。", noun(missing, "字节")) };
        long(at, extra) = { format!("它从字节 {at} 起多出 {}。", noun(extra, "字节")) };
        absent = "其中没有这些内容。";
        absent_but(at, agreeing) = { format!("其中没有这些内容；从字节 {at} 起有 {}相同。", noun(agreeing, "字节")) };
        no_match = "它不匹配。";
        in_piece(problem, item) = "{problem}字节格式在那里是 {item}。";
        varint(at) = "字节 {at} 处的数超过 4 字节。";
        amount(at) = "从字节 {at} 开始的部分，长度无法计算。";
        is_so_long(bytes) = { format!("它的长度是 {}。", noun(bytes, "字节")) };
        checked_good = "它的校验正确。";
        checked(verdict) = "它的校验：{verdict}。";
        no_check = "端点没有校验。";
        number_is(number) = { format!("它是其连接上的第 {} 个请求。", grouped(number)) };
        not_remembered = "没有记住这些内容。";
        no_place = "该位置要用到请求没有的片段，或某个数超出范围。";
        all_hold = "这些全部成立，而这是不允许的。";

        spoken_holds(condition) = "{condition}：成立";
        spoken_fails(condition, why) = "{condition}：不成立。{why}";
        spoken_unknown(condition) = "{condition}：未知";
    }
}
