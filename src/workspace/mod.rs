//! What is saved: the document, which is shared, and the preferences, which are not. TOML, written atomically.

mod address_form;
mod approval;
mod behaviour_form;
mod document;
mod document_file;
mod document_hash;
mod endpoint;
mod fields;
mod file_order;
mod interfaces;
mod language;
mod packet_sender;
mod preferences;
mod presets;
mod protocol;
mod recorded_endpoints;
mod recording;
mod repetition;
mod rule_problem;
pub mod rules;
mod sequences;
mod socket_form;
mod store;
mod template_files;
mod text_file;
mod timeline_form;
mod tls_form;
mod udp_form;
mod unsaved;
mod worded;

pub use address_form::{AddressForm, TLS_SCHEME, TransportKind, parse_socket_path, without_scheme};
pub use behaviour_form::{BehaviourForm, ReplyKind};
pub(crate) use document::LINE_ENDINGS;
pub use document::{
    Document, DocumentError, DocumentProblem, EditError, ExpectedValue, MAX_ENDPOINTS,
    MAX_MESSAGES, MAX_NAME_CHARS, MAX_NOTE_CHARS, MessageEdit, SavedMessage, SequenceEdit,
    UnknownKey,
};
pub use document_file::{
    DOCUMENT_ENDING, DocumentFile, DocumentFileError, DocumentSaveError, Outside, ReadDocument,
};
pub use document_hash::DocumentHash;
pub use endpoint::{ClientForm, EndpointForm, EndpointKind, Followed, ServerForm, TargetForm};
pub use fields::{
    FieldError, FieldProblem, FormField, MAX_BACKLOG, parse_backlog, parse_bind_address,
    parse_connect_timeout, parse_duration, parse_mode, parse_port, parse_read_buffer, parse_size,
    parse_source,
};
pub use file_order::{FileOrder, FileOrderForm};
pub use interfaces::{BindScope, InterfaceAddress, bind_choices, interfaces, lan_address};
pub use language::{LanguageChoice, LanguageId};
pub use packet_sender::{
    LeftOut, MAX_PACKETS, MessageImport, PACKETS_FOLDER, PacketFileError, PacketFileProblem,
    ReadMessages, WhyLeftOut, begins_packets, read_packets,
};
pub use preferences::{
    ComposerForm, ConnectionForm, HISTORY_LEN, HISTORY_MESSAGE_BYTES, Hint, Preferences,
    RECENT_LEN, ThemeChoice, TimelineAs, WindowGeometry,
};
pub use presets::{PRESETS, Preset, PresetError, PresetKind};
pub use protocol::{ProtocolForm, ReadingForm};
pub use recorded_endpoints::RecordedEndpoints;
pub use recording::{
    AmountProblem, Recording, RecordingMode, limit_text, parse_chunk_limit, parse_limit,
};
pub use repetition::{MIN_PERIOD, Repetition, RepetitionForm};
pub use rule_problem::{ActPart, RulePart, RuleProblem};
pub use sequences::{
    DEFAULT_WITHIN, MAX_SEQUENCES, SequenceError, SequenceForm, SequenceId, SequenceProblem,
    StepForm, StepKind,
};
pub use socket_form::{SocketForm, parse_buffer, parse_keep_alive, parse_linger, parse_ttl};
pub use store::{
    CONFIG_DIR_VARIABLE, ConfigFolder, DOCUMENT_NAME, LoadNotice, Loaded, PREFERENCES_NAME,
    SavedFile,
};
pub use template_files::{
    FileProblem, TemplateFileError, open_plain, read_message_files, read_script_files,
    read_template_files,
};
pub use text_file::{FILE_LIMIT_BYTES, LoadProblem, SaveError};
pub use timeline_form::{COLUMN_WIDTH, PayloadForm, TimelineColumn, TimelineForm};
pub use tls_form::{ClientTlsForm, ServerTlsForm, parse_alpn};
pub use udp_form::{
    UdpForm, parse_forget_after, parse_groups, parse_interface, parse_multicast_ttl,
};
pub use unsaved::{Unsaved, UnsavedChanges, discard_unsaved};
pub use worded::Worded;
