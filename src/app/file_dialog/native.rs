//! The dialogs of Windows and macOS.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use rfd::{AsyncFileDialog, FileHandle};

use super::{Ask, DialogAnswer, Service};

/// Returns what shows the dialogs.
pub(super) fn service(_creation: &eframe::CreationContext<'_>) -> Box<Service> {
    Box::new(|ask| {
        let dialog = dialog(ask);
        // macOS wants its panels begun on the window's thread, and lets another one wait for them.
        let chosen: Box<dyn Future<Output = Option<FileHandle>> + Send + Unpin> =
            match (ask.is_for_saving(), ask.is_for_folder()) {
                (true, _) => Box::new(Box::pin(dialog.save_file())),
                (false, true) => Box::new(Box::pin(dialog.pick_folder())),
                (false, false) => Box::new(Box::pin(dialog.pick_file())),
            };
        Box::new(move || match block_on(chosen) {
            Some(file) => DialogAnswer::Chosen(file.path().to_owned()),
            None => DialogAnswer::Cancelled,
        })
    })
}

fn dialog(ask: &Ask) -> AsyncFileDialog {
    let mut dialog = AsyncFileDialog::new().set_title(ask.title);
    let (folder, name) = ask.beginning();
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    if let Some(name) = name.filter(|_| ask.is_for_saving()) {
        dialog = dialog.set_file_name(name);
    }
    for (name, patterns) in &ask.kinds {
        // They know endings only; a name that is no pattern cannot be asked for.
        let endings: Vec<_> = patterns
            .iter()
            .filter_map(|pattern| Some(pattern.rsplit_once('.')?.1))
            .collect();
        if !endings.is_empty() {
            dialog = dialog.add_filter(*name, &endings);
        }
    }
    dialog
}

/// Waits for a future on this thread.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        thread::park();
    }
}
