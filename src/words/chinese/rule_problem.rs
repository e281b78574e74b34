//! What is wrong with rules, and in which part of them.

use crate::script::rules::MAX_ACTS;
use crate::script::rules::MAX_CONDITIONS;
use crate::script::rules::MAX_RULES;
use crate::words::InWords as _;
use crate::words::rule_problem::{AddressPatterns, RuleParts, RuleProblems};
use crate::words::translated::translated;
use crate::workspace::rules::MAX_MEMORY_BYTES;
use crate::workspace::rules::MAX_REMEMBERED;
use crate::workspace::rules::MAX_RULE_NAME_CHARS;

translated! { CHINESE:
    RuleParts {
        rule(number, name) = "规则 {number}（{name}）";
        part(rule, part) = "{rule}，{part}";
        name = "名称";
        when = "何时";
        condition(number) = "条件 {number}";
        states = "所处状态";
        from = "来自";
        act(number) = "动作 {number}";
        act_to(number) = "动作 {number}，接收者";
        act_drop(number) = "动作 {number}，丢弃";
        act_corrupt(number) = "动作 {number}，损坏";
        act_place(number) = "动作 {number}，位置";
        next = "下一状态";
        times = "次数";
        memory = "记忆";
        remembered(name) = "记忆（{name}）";
        seed = "种子";
    }

    RuleProblems |language| {
        TooManyRules = { format!("一个端点最多 {MAX_RULES} 条规则。请移除一些") };
        TooManyConditions = { format!("一条规则最多 {MAX_CONDITIONS} 个条件。请移除一些，或使用正则表达式") };
        TooManyActs = { format!("一条规则最多 {MAX_ACTS} 个动作。请移除一些") };
        NameTaken(name) = "{name} 已被使用。请输入另一个名称";
        Name = { format!("名称为 1 到 {MAX_RULE_NAME_CHARS} 个字符，不含换行") };
        State = "两个逗号之间缺少状态";
        Empty = "请填写内容";
        RegexHere = "请把条件的种类选为正则表达式，并去掉“regex:”";
        Message(error) = { error.in_words(language) };
        Regex(problem) = { problem.in_words(language) };
        Shape(error) = { error.in_words(language) };
        Length = "请输入一个或两个长度，例如 8、8..12、8.. 或 ..12";
        Check = "请写 good 或 bad";
        NoCheck = "端点不校验收到的内容。请先为它设置校验";
        Every = "请输入 1 或更大的数，例如 3 表示每三个请求一次";
        Place(error) = { error.in_words(language) };
        PieceIsField(name) = "片段不能叫 {name:?}：模板有这个名称的字段";
        PieceTwice(name) = "有两个条件找出片段 {name:?}。请给其中一个换名称";
        Time = "请输入最多 24 小时的时间，带单位，例如 20ms 或 5s；等待可以写作 20ms..40ms";
        Period = "请输入 1ms 到 24 小时的时间，带单位，例如 100ms";
        From(error) = { error.in_words(language) };
        Times = "请输入 1 或更大的数，例如 2，或 2 per connection（每个连接 2 次）";
        Chance = "请输入 0% 到 100% 的比例，例如 10%";
        Rate = "请输入每秒字节数，例如 500 或 1k，或 full";
        Slices = "请输入字节数和间隔，例如 3, 50ms，或 off";
        TooMuch = { format!("启动时最多记住 {MAX_REMEMBERED} 个值，总共 {}", language.numbers.size(MAX_MEMORY_BYTES as u64)) };
        Zeros = { format!("请输入零字节的个数，最多 {MAX_MEMORY_BYTES}，例如 zeros:200") };
        NoEndpoint(name) = "没有叫 {name:?} 的端点。请另选一个";
    }

    AddressPatterns |language| {
        Empty = "请输入地址模式，例如 10.0.0.0/8 或 127.0.0.*";
        TooLong = "地址模式最多 256 个字符";
        Network = "网络由地址和位数组成，例如 10.0.0.0/8";
    }
}
