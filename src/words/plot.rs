//! The plot of the traffic over the session.

use super::english::{grouped, noun};
use super::phrases::phrases;

phrases! {
    /// The plot of the traffic over the session.
    Plot {
        heading = "Traffic";
        unit = "Count";
        bytes = "Bytes";
        entries = "Entries";
        received = "in";
        sent = "out, below";
        zoom_in = "Zoom to range";
        zoom_out = "Show all time";
        none = "No traffic yet";
        hide = "Hide plot";
        entries_per_second(count: f64) = { entries_per_second(count) };
        traffic(received: &str, sent: &str) = "{received} in and {sent} out";
        summary(total: &str, time: &str, most: &str) = "{total} in {time}; at most {most}";
        moment(time: &str, received: &str, sent: &str) = "{time}: {received} in, {sent} out";
        uncounted(entries: u64, so_far: &str) = { format!("{} still to be counted; {so_far}", noun(entries, "entry", "entries")) };
        spoken(summary: &str) = "Traffic over the session: {summary}";
    }
}

fn entries_per_second(count: f64) -> String {
    if count < 9.95 {
        return format!("{count:.1}/s");
    }
    format!("{}/s", grouped(count.round() as u64))
}
