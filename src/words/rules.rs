//! The inspector's tab of rules, and presets.

use super::english::{grouped, noun};
use super::phrases::phrases;

phrases! {
    /// The inspector's tab of rules, and presets.
    Rules {
        tab = "Rules";
        list(name: &str) = "Rules of {name}";
        why = "A rule says which requests it answers, and how: send this, wait, close, reset, or get something wrong on purpose. Rules are tried from the top, and the first match applies.";
        example = "For example: When a request starts with \"GET \", send \"HTTP/1.1 200 OK\\r\\n\\r\\n\", then close.";
        on_datagrams = "Tried from the top on every datagram";
        udp_forgets = "With UDP, this forgets the peer: nothing is sent";
        udp_no_reading = "Does nothing with UDP: all peers share one socket, which keeps being read";
        on_frames = "Tried from the top on every frame";
        on_reads = "Tried from the top on every read";
        on_reads_why = "Choose a framing under Setup, Framing and encoding, so that rules see whole requests";
        add = "Add rule";
        start_from_preset = "Start from a preset";
        not_used(reply: &str) = "Not in use: the reply is {reply}";
        use_them = "Reply by rules";
        use_them_why = "Chooses Rules as the reply";
        edit_them = "Edit rules";
        count(count: u64) = { noun(count, "rule", "rules") };
        count_on(on: u64, count: u64) = { format!("{} of {} on", grouped(on), noun(count, "rule", "rules")) };
        kept = "Earlier rules stay in effect";
        wrong(number: u16) = "Rule {number} cannot be used as it is";
        wrong_start = "What it remembers when it starts cannot be used as it is";

        spoken(number: u16, name: &str) = "Rule {number}, {name}";
        is_on(number: u16) = "Rule {number} on";
        switch_why = "Takes effect at once, also on connections that are open";
        applied(count: u64) = { format!("applied {}×", grouped(count)) };
        applied_by(number: u16, count: u64) = { format!("Rule {number} applied {}×", grouped(count)) };
        unmatched(count: u64) = { format!("No rule matched: {}", grouped(count)) };
        unmatched_why = "How many requests were received since it started that no rule applied to";
        show_rows = "Show rows";
        show_rows_why = "Show only the rows in the timeline that this rule requested";

        more(number: u16) = "More for rule {number}";
        more_of_all = "More for the rules";
        all_on = "Switch all on";
        all_off = "Switch all off";
        edit = "Edit";
        close_form = "Done";
        duplicate = "Duplicate";
        delete = "Delete";
        move_up = "Move up";
        move_down = "Move down";
        deleted(name: &str) = "{name} was deleted";
        undo = "Undo";

        form(number: u16) = "Form of rule {number}";
        name = "Name";
        name_hint(number: u16) = "rule {number}";
        when = "When";
        when_request = "A request arrives";
        when_connected = "Connected";
        when_ended = "The peer is done or gone";
        when_silence = "Nothing arrives for";
        when_every = "Again and again, every";
        time = "Time";
        time_hint = "5s";

        any_request = "Any request";
        condition(number: u64) = "Condition {number}";
        condition_text(number: u64) = "Text of condition {number}";
        condition_not(number: u64) = "Not condition {number}";
        condition_joined(number: u64) = "Condition {number} together with the one above";
        remove_condition(number: u64) = "Remove condition {number}";
        not = "not";
        joined = "together";
        joined_why = "On: the rule does not apply if both hold. Off: it does not apply if either holds";
        add_condition = "Add condition";
        ignore_case = "Ignore case";
        equals = "is";
        starts = "starts with";
        ends = "ends with";
        contains = "contains";
        regex = "matches regex";
        hex_shape = "has the shape";
        length = "length is";
        check = "check is";
        first = "is the first";
        every = "is every n-th";
        within = "is in memory";
        bytes_hint = "GET or hex:30 ?? 04";
        regex_hint = r"^SET (\w+)";
        shape_hint = "30 [size:varint] [*]";
        length_hint = "8..12";
        check_hint = "good or bad";
        every_hint = "3";
        place_hint = "registers at=2*at len=2*n";

        limits = "States, peers, how often";
        in_state = "In state";
        in_state_hint = "any; the first is start";
        from = "From";
        from_hint = "any; 10.0.0.0/8, *:5000";
        times = "At most";
        times_hint = "always; 2, or 2 per connection";
        next = "Next state";
        next_hint = "stays";

        then = "Then";
        nothing = "Does nothing: the request is read and not answered";
        act(number: u64) = "Act {number}";
        act_text(number: u64) = "Text of act {number}";
        act_place(number: u64) = "Place of act {number}";
        act_to(number: u64) = "Recipient of act {number}";
        act_group(number: u64) = "Group of act {number}";
        act_hex(number: u64) = "Act {number} in hex";
        act_drop(number: u64) = "Drop of act {number}";
        act_corrupt(number: u64) = "Corruption of act {number}";
        act_up(number: u64) = "Move act {number} up";
        act_down(number: u64) = "Move act {number} down";
        remove_act(number: u64) = "Remove act {number}";
        add_act = "Add act";
        send = "Send";
        echo = "Send the request back";
        wait = "Wait";
        finish = "Finish sending (FIN)";
        close = "Close";
        reset = "Reset";
        start_tls = "Start TLS";
        stop_reading = "Stop reading";
        resume_reading = "Read again";
        rate = "Limit the rate";
        slices = "Send in slices";
        remember = "Remember";
        forget = "Forget";
        join = "Join a group";
        leave = "Leave a group";
        send_hint = "Text with escapes and fields: {{request}}, {{1}}, {{counter}}";
        hex_hint = "Hex digits with fields: 00 {{id}}";
        wait_hint = "20ms or 20ms..40ms";
        rate_hint = "1k bytes a second, or full";
        slices_hint = "bytes, pause: 3, 50ms, or off";
        group_hint = "a name";
        value_hint = "What is remembered: text with fields";
        at_place = "At";
        in_hex = "Hex";
        to = "To";
        to_peer = "this peer";
        to_all = "all peers";
        to_others = "the other peers";
        to_group = "a group";
        to_endpoint(name: &str) = "peers of {name}";
        to_gone(name: &str) = "{name} (gone)";
        drop = "Drop";
        drop_why = "How often this is not sent at all, as in 10%; empty for never";
        corrupt = "Corrupt";
        corrupt_why = "How often this is sent with one wrong bit, as in 10%; empty for never";
        chance_hint = "never";

        memory = "Remembers when it starts";
        memory_why = "Values that rules read and change; all connections share them";
        memory_name(number: u64) = "Name of value {number}";
        memory_value(number: u64) = "Value {number}";
        memory_value_hint = "text, hex:00 01 or zeros:200";
        memory_name_hint = "name";
        remove_value(number: u64) = "Remove value {number}";
        add_value = "Add value";
        seed = "Seed";
        seed_hint = "different each time";
        seed_why = "A number that makes chance repeatable: the same connections in the same order have the same luck";

        presets = "New from preset";
        presets_why = "Ready-made servers and clients, made of rules. Adding one changes nothing that is there.";
        preset_list = "Presets";
        add_preset = "Add";
        choose_preset = "Choose a preset first";
        filter_presets = "Filter presets";
        no_preset = "No preset contains this";
    }
}

phrases! {
    /// Rules as sentences.
    RuleSentences {
        rule(when: &str, acts: &str) = "{when}, {acts}";
        any = "For any request";
        request(conditions: &str) = "When a request {conditions}";
        connected = "When connected";
        ended = "When the peer is done or gone";
        silence(time: &str) = "After {time} without anything received";
        every_time(time: &str) = "Every {time}";
        ignoring_case(conditions: &str) = "{conditions} in any case";
        unless(when: &str, conditions: &str) = "{when}, unless it {conditions}";
        in_state(when: &str, states: &str) = "{when} in state {states}";
        from(when: &str, peers: &str) = "{when} from {peers}";
        and = " and ";
        or = " or ";
        then = ", then ";
        quoted(text: &str) = "\"{text}\"";

        equals(what: &str) = "is {what}";
        starts(what: &str) = "starts with {what}";
        ends(what: &str) = "ends with {what}";
        contains(what: &str) = "contains {what}";
        regex(what: &str) = "matches {what}";
        hex(what: &str) = "has the shape {what}";
        length(bytes: &str) = "is {bytes} bytes long";
        check_good = "passes its check";
        check_bad = "fails its check";
        check(what: &str) = "has a check that is {what}";
        first = "is the first of its connection";
        every(count: &str) = "is one in {count} of its connection";
        within(place: &str) = "finds {place} in memory";

        nothing = "do nothing";
        send(what: &str) = "send {what}";
        send_to(what: &str, whom: &str) = "send {what} to {whom}";
        dropping(act: &str, share: &str) = "{act} (drop {share})";
        corrupting(act: &str, share: &str) = "{act} (corrupt {share})";
        echo = "send the request back";
        wait(time: &str) = "wait {time}";
        finish = "finish sending";
        finish_of(whom: &str) = "finish sending to {whom}";
        close = "close";
        close_of(whom: &str) = "close {whom}";
        reset = "reset";
        reset_of(whom: &str) = "reset {whom}";
        start_tls = "start TLS";
        stop_reading = "stop reading";
        resume_reading = "read again";
        rate(rate: &str) = "send at {rate} bytes a second";
        full_rate = "send at full speed";
        slices(slices: &str) = "send in slices of {slices}";
        no_slices = "send without slices";
        remember(what: &str, place: &str) = "remember {what} at {place}";
        forget(place: &str) = "forget {place}";
        join(group: &str) = "join group {group}";
        leave(group: &str) = "leave group {group}";
        go_to(acts: &str, state: &str) = "{acts}, and go to state {state}";
        at_most(rule: &str, times: &str) = "{rule} (at most {times})";
        group(name: &str) = "group {name}";
        blank = "…";
    }
}
