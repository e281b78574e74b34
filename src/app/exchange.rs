//! Other tools' files: reading one to look at it, and writing what is on record for them.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use super::carry_out::as_problem;
use super::librarian::Job;
use super::task::Task;
use super::{App, WAKE_DELAY};
use crate::capture::import::{ImportFailure, Imported, import};
use crate::capture::store::Store;
use crate::capture::{Progress, Record};
use crate::export::{self, ExportError, ExportJob, Format, Source, Summary, Target};
use crate::model::{ExportOrder, Exported, Extent, LibraryTask, Place, Work, WorkKind};
use crate::words::ENGLISH;

/// The long work that can be under way, one at a time, and the path that it reads or writes.
pub(super) enum Exchange {
    Import(Task<Result<Imported, ImportFailure>>, PathBuf),
    Export(Task<Result<Summary, ExportError>>, PathBuf),
}

impl Exchange {
    fn cancel(&self) {
        match self {
            Self::Import(task, _) => task.cancel(),
            Self::Export(task, _) => task.cancel(),
        }
    }

    fn progress(&self) -> Progress {
        match self {
            Self::Import(task, _) => task.progress(),
            Self::Export(task, _) => task.progress(),
        }
    }

    /// Cancels it and waits for its thread; see [`Task::finish`].
    pub(super) fn finish(&mut self) {
        match self {
            Self::Import(task, _) => task.finish(),
            Self::Export(task, _) => task.finish(),
        }
    }
}

impl App {
    /// Reads another tool's file into a capture of its own, which goes when it is closed.
    pub(super) fn import(&mut self, ctx: &egui::Context, path: PathBuf) {
        self.model.library.began(LibraryTask::Open);
        let started = self.start_import(ctx, path);
        if let Err(words) = started {
            self.model
                .library
                .ended(LibraryTask::Open, Some(as_problem(words)));
        }
    }

    fn start_import(&mut self, ctx: &egui::Context, path: PathBuf) -> Result<(), String> {
        self.make_sure_of_place()?;
        let library = self.library.as_ref();
        let library = library.ok_or_else(|| "there is no home directory".to_owned())?;
        let dir = library.place_for_import(SystemTime::now());
        let file = path.clone();
        let task = Task::start("importer", waker(ctx), move |progress| {
            let imported = import(&path, &dir, progress);
            match &imported {
                // While it is looked at, no other window takes it for a leftover; where there is no lock, it may.
                Ok(imported) => drop(imported.store.hold()),
                // A leftover goes at the next start at the latest.
                Err(_) => drop(std::fs::remove_dir_all(&dir)),
            }
            imported
        });
        let task = task.map_err(|error| error.to_string())?;
        self.model.work = Some(Work::new(WorkKind::Reading, file.clone()));
        self.exchange = Some(Exchange::Import(task, file));
        Ok(())
    }

    /// Writes entries of the capture that is shown.
    pub(super) fn export(&mut self, ctx: &egui::Context, order: ExportOrder) {
        self.model.exported = None;
        if let Err(words) = self.start_export(ctx, order) {
            self.model.exported = Some(Exported::Failed(as_problem(words)));
        }
    }

    fn start_export(&mut self, ctx: &egui::Context, order: ExportOrder) -> Result<(), String> {
        self.make_sure_of_place()?;
        if !order.path.is_absolute() {
            return Err("type the whole path".to_owned());
        }
        let store = self.shown_store().ok_or("the program is closing")?;
        let names = self.model.shown_names();
        let encodings = self.model.encodings();
        let language = self.model.words;
        let path = order.path.clone();
        let task = Task::start("exporter", waker(ctx), move |progress| {
            let record = Record::new(store);
            let mut source = match &order.extent {
                Extent::Whole => Source::whole(record),
                Extent::View(filter) => Source::of_view(record, filter, None, language, progress)?,
                Extent::Selection(filter, entries) => {
                    Source::of_view(record, filter, Some(*entries), language, progress)?
                }
            };
            if let Some(endpoint) = order.endpoint {
                source = source.of_endpoints(HashSet::from([endpoint]));
            }
            let job = ExportJob {
                format: order.format,
                target: Target::Path {
                    path: order.path,
                    replace: order.replace,
                },
                names,
                encodings,
                say: match order.format {
                    Format::Csv | Format::JsonLines => &ENGLISH,
                    Format::Text | Format::Raw | Format::Pcapng => language,
                },
            };
            export::run(&source, job, progress)
        });
        let task = task.map_err(|error| error.to_string())?;
        self.model.work = Some(Work::new(WorkKind::Writing, path.clone()));
        self.exchange = Some(Exchange::Export(task, path));
        Ok(())
    }

    fn make_sure_of_place(&self) -> Result<(), String> {
        match self.exchange {
            Some(_) => Err("another file is being read or written: wait or cancel it".to_owned()),
            None => Ok(()),
        }
    }

    /// Cancels the long work that is under way.
    pub(super) fn cancel_work(&mut self) {
        if let Some(exchange) = &self.exchange {
            exchange.cancel();
        }
    }

    /// Notes how far the long work is, and folds in what came of it.
    pub(super) fn fold_exchange(&mut self, ctx: &egui::Context) {
        let Some(exchange) = &self.exchange else {
            return;
        };
        if let Some(work) = &mut self.model.work {
            work.progress = exchange.progress();
        }
        match exchange {
            Exchange::Import(task, path) => {
                if let Some(outcome) = task.outcome() {
                    let path = path.clone();
                    self.end_work();
                    self.fold_imported(ctx, outcome, path);
                }
            }
            Exchange::Export(task, path) => {
                if let Some(outcome) = task.outcome() {
                    self.model.exported = exported(outcome, path.clone());
                    self.end_work();
                }
            }
        }
    }

    fn end_work(&mut self) {
        self.exchange = None;
        self.model.work = None;
    }

    fn fold_imported(
        &mut self,
        ctx: &egui::Context,
        outcome: Result<Imported, ImportFailure>,
        path: PathBuf,
    ) {
        let problem = match outcome {
            Ok(imported) => {
                let lacks = Some(imported.summary).filter(|summary| !summary.is_whole());
                let problems = [lacks.map(as_problem), imported.cut.map(as_problem)];
                for problem in problems.into_iter().flatten() {
                    self.model.notices.push(Place::OpenedFile, problem);
                }
                let added = self.add_opened(ctx, Arc::new(imported.store), path);
                added.err().map(as_problem)
            }
            Err(error) => Some(as_problem(error)),
        };
        self.model.library.ended(LibraryTask::Open, problem);
    }

    /// Puts away a capture that was made of another tool's file; its folder goes.
    pub(super) fn discard(&self, store: Arc<Store>) {
        if store.manifest().origin().is_some() {
            // With a full queue, it goes at the next start.
            self.librarian.take(Job::Discard(store));
        }
    }
}

fn waker(ctx: &egui::Context) -> impl Fn() + Send + 'static {
    let ctx = ctx.clone();
    move || ctx.request_repaint_after_for(WAKE_DELAY, egui::ViewportId::ROOT)
}

/// Returns what came of an export; nothing of one that was cancelled.
fn exported(outcome: Result<Summary, ExportError>, path: PathBuf) -> Option<Exported> {
    match outcome {
        Ok(summary) => Some(Exported::Written { summary, path }),
        Err(ExportError::Cancelled) => None,
        Err(error) => Some(Exported::Failed(as_problem(error))),
    }
}
