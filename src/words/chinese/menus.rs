//! The menus and the list of commands.

use crate::words::menus::Menus;
use crate::words::translated::translated;

translated! { CHINESE:
    Menus {
        file = "文件";
        edit = "编辑";
        endpoint = "端点";
        view = "视图";
        help = "帮助";
        bar = "菜单";
        with_key(does, key) = "{does}（{key}）";

        find_command = "查找命令";
        command_hint = "命令名的一部分，或对端：#12、127.0.0.1:53122";
        no_command = "没有匹配的命令";
        not_now = "现在不可用";

        new_document = "新建文档";
        new_from_preset = "从预设新建…";
        new_from_preset_why = "把现成的服务器和客户端加入文档";
        open = "打开…";
        open_why = "打开文档、捕获或抓包文件";
        save = "保存文档";
        save_why = "把文档保存到它的文件";
        save_as = "文档另存为…";
        save_as_why = "把文档保存到另一个文件";
        recent = "打开最近的文档";
        no_recent = "没有最近的文档";
        sessions = "打开会话…";
        sessions_why = "打开、保存或删除磁盘上的会话";
        save_session = "会话另存为…";
        save_session_why = "为已记录的内容命名并保留";
        import = "导入消息…";
        import_why = "把 Packet Sender 的数据包导入为已保存的消息";
        export = "导出条目…";
        recording = "记录设置…";
        quit = "退出";

        find = "查找";
        find_next = "查找下一个";
        find_previous = "查找上一个";
        add_server = "添加服务器";
        add_client = "添加客户端";
        duplicate = "创建端点副本";
        remove = "移除端点";
        remove_why = "移除选中的端点，如果它在运行则先停止。列表下方的“撤销”可以恢复它";
        move_up = "上移端点";
        move_down = "下移端点";
        approve = "批准文档";
        approve_why = "让外来文档的服务器可以回复，模板可以读取文件";
        rules = "规则";
        rules_why = "显示所选端点的规则";
        add_rule = "添加规则";
        add_rule_why = "为所选端点添加一条规则";
        rules_on = "启用全部规则";
        rules_off = "停用全部规则";
        start = "启动或连接";
        start_why = "启动所选服务器，或让所选客户端连接";
        stop = "停止或断开";
        stop_why = "停止所选服务器，或断开所选客户端";
        start_all = "启动全部服务器";
        stop_all = "停止全部端点";
        log_keys = "记录 TLS 密钥";
        log_keys_why = "把新 TLS 连接的密钥追加到文件，Wireshark 可用它解密抓到的数据包；谁有这个文件，谁就能读到全部内容";
        stop_everything = "全部停下";
        stop_everything_why = "取消规则、序列、重复消息和文件尚未发送的内容，也取消自动重连；连接保持打开";
        copy_python = "复制为 Python 程序";
        copy_python_why = "复制一个程序，通信方式与所选端点相同";
        copy_ncat = "复制为 ncat 命令";
        copy_ncat_why = "复制一行 shell 命令，通信方式与所选端点相同";
        send = "发送消息";
        history = "发送过的消息";
        stop_repeating = "停止重复发送";

        rows = "列表";
        rows_why = "把时间线显示为条目列表";
        frames = "帧";
        lifecycle = "生命周期";
        lifecycle_why = "画出一个连接：它的握手、字节和结束方式";
        lanes = "泳道";
        lanes_why = "把时间线显示为连接两端之间的箭头";
        plot = "流量图";
        inspector = "检查器";
        inspector_why = "显示所选端点的设置、对端和连接";
        why_not = "为何不回复？";
        why_not_why = "显示端点的每条规则如何看待所选的请求，或你输入的请求";
        clear_view = "清空视图";
        undo_clear = "撤销清空";
        dark = "深色主题";
        light = "浅色主题";
        system = "跟随系统主题";
        language = "语言";
        system_language = "系统语言";
        system_language_why = "跟随系统的语言";
        zoom_in = "放大";
        zoom_out = "缩小";
        zoom_reset = "实际大小";
        next_pane = "下一个面板";
        previous_pane = "上一个面板";

        lessons = "课程";
        lessons_why = "在真实的连接上一步一步学习 TCP 和 UDP";
        commands = "查找命令…";
        keys = "键盘快捷键";

        needs_endpoint = "请先选择一个端点";
        needs_unapproved = "文档已批准";
        needs_repeating = "当前没有重复发送的消息";
        needs_acting = "当前没有自动发送的内容";
        needs_endpoint_above = "请选择上方还有端点的端点";
        needs_endpoint_below = "请选择下方还有端点的端点";
        needs_rule_off = "请选择有已停用规则的端点";
        needs_rule_on = "请选择有已启用规则的端点";
        needs_stopped = "请选择未运行的端点";
        needs_running = "请选择正在运行的端点";
        needs_stopped_server = "所有服务器都在运行";
        needs_any_running = "没有正在运行的端点";
        needs_cleared = "没有可撤销的清空";
        problems = "问题";
        about = "关于 Bothends";
        version(number) = "Bothends {number}";
    }
}
