//! What is saved: the document, which is shared, and the preferences, which are not. TOML, written atomically.

mod approval;
mod document;
mod document_hash;
mod endpoint;
mod fields;
mod file_order;
mod interfaces;
mod preferences;
mod protocol;
mod recording;
mod store;
mod template_files;

pub(crate) use document::LINE_ENDINGS;
pub use document::{
    Document, DocumentError, DocumentProblem, EditError, Expected, MAX_ENDPOINTS, MAX_MESSAGES,
    MAX_NAME_CHARS, SavedMessage, UnknownKey,
};
pub use document_hash::DocumentHash;
pub use endpoint::{
    ClientForm, EndpointForm, EndpointKind, Followed, ReplyKind, ServerForm, TargetForm, reachable,
};
pub use fields::{
    Field, FieldError, FieldProblem, MAX_BACKLOG, parse_backlog, parse_bind_address,
    parse_connect_timeout, parse_duration, parse_port, parse_read_buffer, parse_size,
};
pub use file_order::{FileOrder, FileOrderForm};
pub use interfaces::{BindScope, Interface, bind_choices, interfaces, lan_address};
pub use preferences::{
    ComposerForm, HISTORY_LEN, HISTORY_MESSAGE_BYTES, Preferences, ThemeChoice, WindowGeometry,
};
pub use protocol::{ProtocolForm, ReadingForm};
pub use recording::{
    AmountProblem, Recording, RecordingMode, limit_text, parse_chunk_limit, parse_limit,
};
pub use store::{
    CONFIG_DIR_VARIABLE, ConfigFolder, DOCUMENT_NAME, FILE_LIMIT_BYTES, LoadNotice, LoadProblem,
    Loaded, PREFERENCES_NAME, SaveError, SavedFile,
};
pub use template_files::{
    FileProblem, TemplateFileError, open_plain, read_reply_files, read_template_files,
};
