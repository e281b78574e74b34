//! The list of problems.

use super::english::bytes;
use super::phrases::phrases;

phrases! {
    /// The list of problems, and what the window itself adds to it.
    Notices {
        none = "No problems";
        placed(place: &str, time: &str) = "{place}  ·  {time}";
        solved(place: &str) = "{place}  ·  solved";
        clear = "Clear list";
        document = "Document";
        opened_file = "Opened file";
        copy = "Copy";
        addresses = "Addresses of this machine";
        copy_cut(kept_bytes: u64) = { format!("Only the first {} were copied", bytes(kept_bytes)) };
        select_fewer = "Select fewer rows";
        nothing_to_make_a_rule_of = "No rule was made: what was received is no longer kept, or its endpoint is gone";
        reader_busy = "Earlier requests are still being processed";
        find_a_part = "Search for part of it";
        filter_a_part = "The filter was removed and everything is shown: find part of the text, then filter by that";
        not_read_as_recorded(endpoint: &str, problem: &str) = "{endpoint} was read in a way that this version does not know: {problem}";
        read_without = "Its bytes are shown without it. A newer version of Bothends may know it";
        type_address = "Enter the address to listen on";
        chosen_for_another = "Nothing was saved: the file was chosen for the document that was open before";
        choose_again = "Choose a file for this document";
        kept_while_open = "Your changes are kept until you close the window";
    }
}
