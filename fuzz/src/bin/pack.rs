//! Writes a capture's folder as one input of the target `capture`: `pack DIR FLAGS > seed`.

use std::env;
use std::io::{self, Write as _};
use std::path::PathBuf;

fn main() -> io::Result<()> {
    let mut arguments = env::args_os().skip(1);
    let dir = arguments.next().map(PathBuf::from).unwrap_or_default();
    let flags = arguments.next().and_then(|it| it.to_str()?.parse().ok());
    io::stdout().write_all(&bothends_fuzz::pack(&dir, flags.unwrap_or(0)))
}
