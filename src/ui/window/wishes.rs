//! What the views ask of the window.

use egui::Ui;

use super::Window;
use crate::ui::dialogs::Dialog;
use crate::ui::export::ExportForm;
use crate::ui::palette::Palette;
use crate::ui::picture::PictureForm;
use crate::ui::presets::PresetList;
use crate::ui::recording::RecordingForm;
use crate::ui::sessions::SessionsDialog;
use crate::ui::wish::{InspectorTab, LeftTab, Zoom};
use crate::ui::{Action, Cx, Wish};
use crate::workspace::TimelineAs;

impl Window {
    /// Does what the views asked of the window.
    pub(super) fn grant_wishes(&mut self, ui: &Ui, cx: &Cx<'_>) {
        for wish in cx.wishes.take() {
            match wish {
                Wish::Commands => self.dialog = Some(Dialog::Commands(Palette::default())),
                Wish::Problems => {
                    self.dialog = Some(Dialog::Problems);
                    cx.push(Action::MarkNoticesRead);
                }
                Wish::Lessons => self.lessons.open(),
                Wish::CloseLessons => self.lessons.step_aside(),
                Wish::Keys => self.dialog = Some(Dialog::Keys),
                Wish::About => self.dialog = Some(Dialog::About),
                Wish::Sessions => self.ask_sessions(SessionsDialog::default(), cx),
                Wish::SaveSession => self.ask_sessions(SessionsDialog::saving(cx), cx),
                Wish::DeleteSession(folder) => {
                    self.ask_sessions(SessionsDialog::deleting(folder), cx);
                }
                Wish::Recording => {
                    let form = RecordingForm::new(cx.preferences.recording);
                    self.dialog = Some(Dialog::Recording(form));
                }
                Wish::Export => {
                    let form = ExportForm::new(cx, self.timeline.selection());
                    self.dialog = Some(Dialog::Export(form));
                    cx.push(Action::ForgetExport);
                }
                Wish::SavePicture(picture) => {
                    let form = PictureForm::new(cx, *picture);
                    self.dialog = Some(Dialog::Picture(Box::new(form)));
                    cx.push(Action::ForgetPicture);
                }
                Wish::ShowLifecycle(connection) => {
                    self.timeline.show_lifecycle(connection);
                    cx.push(Action::LeaveConversation);
                    cx.push(Action::ShowTimelineAs(TimelineAs::Lifecycle));
                }
                Wish::Edit(draft) => self.composer.replace(draft, cx),
                Wish::GoTo(entry) => self.timeline.go_to(entry),
                Wish::Find(step) if cx.timeline.conversation.is_some() => {
                    self.conversation.find(step);
                }
                Wish::Find(step) => self.timeline.find(step),
                Wish::ShowMatch { entry, forward } => self.detail.arrive(entry, forward),
                Wish::Match { forward } => self.detail.step(forward),
                Wish::Send => self.composer.send(),
                Wish::History => self.composer.search_history(),
                Wish::Zoom(zoom) => zoom_by(ui, zoom),
                Wish::Pane { forward } => self.panes.move_focus(ui.ctx(), forward),
                Wish::WhyNot => self.why.open(cx),
                Wish::Choose(endpoint) => self.chosen = Some(endpoint),
                Wish::Rename(endpoint) => {
                    self.left.show(LeftTab::Endpoints);
                    self.left.endpoints.rename(endpoint, cx);
                }
                Wish::Rules => {
                    self.inspector.show(InspectorTab::Rules);
                    self.show_inspector(cx);
                }
                Wish::AddRule => {
                    if let Some(endpoint) = cx.chosen {
                        self.inspector.add_rule(endpoint);
                        self.show_inspector(cx);
                    }
                }
                Wish::ShowRule(endpoint, number) => {
                    if let Some(form) = cx.form(endpoint) {
                        self.inspector.show_rule(form, number);
                        self.chosen = Some(endpoint);
                        self.show_inspector(cx);
                    }
                }
                Wish::Presets => self.dialog = Some(Dialog::Presets(PresetList::default())),
                Wish::Left(tab) => self.left.show(tab),
                Wish::Inspect(tab) => {
                    self.inspector.show(tab);
                    self.show_inspector(cx);
                }
                Wish::ToggleInspector if cx.shows_inspector && cx.lesson.is_some() => {
                    self.lessons.open();
                }
                Wish::ToggleInspector => {
                    self.lessons.step_aside();
                    cx.push(Action::ShowInspector(!cx.shows_inspector));
                }
            }
        }
    }

    fn show_inspector(&mut self, cx: &Cx<'_>) {
        self.lessons.step_aside();
        cx.push(Action::ShowInspector(true));
    }

    fn ask_sessions(&mut self, dialog: SessionsDialog, cx: &Cx<'_>) {
        self.dialog = Some(Dialog::Sessions(dialog));
        cx.push(Action::ForgetLibraryProblem);
        cx.push(Action::ListSessions);
    }
}

fn zoom_by(ui: &Ui, zoom: Zoom) {
    match zoom {
        Zoom::In => egui::gui_zoom::zoom_in(ui.ctx()),
        Zoom::Out => egui::gui_zoom::zoom_out(ui.ctx()),
        Zoom::Reset => ui.ctx().set_zoom_factor(1.0),
    }
}
