//! Exports entries of the capture in view for other tools.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::App;
use super::carry_out::as_problem;
use crate::capture::access::Access;
use crate::capture::progress::OnProgress;
use crate::capture::{Encodings, Progress, Record};
use crate::export::{
    self, ExportError, ExportJob, ExportSource, ExportSummary, ExportTarget, PacketOrigin,
};
use crate::model::{ExportOrder, Exported, Extent, Work, WorkKind};
use crate::net::EndpointId;
use crate::session::SessionError;
use crate::words::{ENGLISH, Language};

impl App {
    /// Exports entries of the capture in view.
    pub(super) fn export(&mut self, order: ExportOrder) {
        let started = self.start_export(order);
        self.model.exported = started.err().map(|it| Exported::Failed(as_problem(it)));
    }

    fn start_export(&mut self, order: ExportOrder) -> Result<(), SessionError> {
        if self.model.work.is_some() {
            return Err(SessionError::FileAtWork);
        }
        if !order.path.is_absolute() {
            return Err(SessionError::RelativePath);
        }
        let store = self.session.store(self.model.shown());
        let record = Record::new(store.ok_or(SessionError::Closing)?);
        let names = self.model.shown_names();
        let encodings = self.model.encodings();
        let language = self.model.words;
        let path = order.path.clone();
        self.exporter
            .order(move |progress| write(record, order, names, encodings, language, progress))?;
        self.exporting = Some(path);
        Ok(())
    }

    /// Shows the progress of an import or export, and the outcome of an export unless it was cancelled.
    pub(super) fn follow_work(&mut self) {
        if let (Some(outcome), Some(path)) = (self.exporter.outcome(), &self.exporting) {
            let path = path.clone();
            self.exporting = None;
            self.model.exported = match outcome {
                Ok(summary) => Some(Exported::Written { summary, path }),
                Err(ExportError::Cancelled) => None,
                Err(error) => Some(Exported::Failed(as_problem(error))),
            };
        }
        let work = |kind| {
            move |(path, progress): (&Path, Progress)| Work {
                kind,
                path: path.to_owned(),
                progress,
            }
        };
        let import = self.session.import_progress();
        let export = self.exporting.as_deref().zip(self.exporter.progress());
        let import = import.map(work(WorkKind::Reading));
        self.model.work = import.or_else(|| export.map(work(WorkKind::Writing)));
    }

    /// Cancels the import or export in progress.
    pub(super) fn cancel_work(&mut self) {
        self.session.cancel_import();
        self.exporter.cancel();
    }
}

fn write(
    record: Record,
    order: ExportOrder,
    names: HashMap<EndpointId, String>,
    encodings: Encodings,
    language: &'static Language,
    progress: &mut OnProgress<'_>,
) -> Result<ExportSummary, ExportError> {
    let access = Access::of_capture(record.store());
    let mut source = match &order.extent {
        Extent::Whole => ExportSource::whole(record),
        Extent::View(filter) => ExportSource::of_view(record, filter, None, language, progress)?,
        Extent::Selection(filter, entries) => {
            ExportSource::of_view(record, filter, Some(*entries), language, progress)?
        }
    };
    if let Some(endpoint) = order.endpoint {
        source = source.of_endpoints(HashSet::from([endpoint]));
    }
    let job = ExportJob {
        format: order.format,
        target: ExportTarget::Path {
            path: order.path,
            replace: order.replace,
        },
        access,
        names,
        encodings,
        packet_origin: PacketOrigin::Real,
        // Files are English, whoever reads them.
        say: &ENGLISH,
    };
    export::run(&source, job, progress)
}
