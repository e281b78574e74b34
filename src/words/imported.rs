//! Messages imported from another tool: what came of it.

use super::english::noun;
use super::kinds::kinds;
use super::phrases::phrases;
use super::record::shown;
use super::{InWords, Language};
use crate::payload::VisibleText;
use crate::workspace::{
    EditError, LeftOut, LoadProblem, MAX_PACKETS, MessageImport, PACKETS_FOLDER, PacketFileError,
    PacketFileProblem, WhyLeftOut,
};

/// How many of the packets that were left out are named.
const NAMED: usize = 5;

phrases! {
    /// What came of importing another tool's messages.
    Imported {
        added(count: u64, folder: &str) = { format!("{} imported into folder {folder}", noun(count, "message", "messages")) };
        left_out(count: u64, which: &str) = { format!("{count} {} left out: {which}", if count == 1 { "was" } else { "were" }) };
        named(name: &str, why: &str) = "{name} ({why})";
        more(named: &str, count: usize) = "{named}, and {count} more";
        not_tcp(count: u64) = { format!("{} not plain TCP: the bytes were kept, and the note says what it was", noun(count, "packet was", "packets were")) };
        renamed(count: u64) = { format!("{} renamed", noun(count, "message was", "messages were")) };
        undo = "Undo import";
        forget = "Dismiss";
    }
}

kinds! {
    /// Why another tool's messages were not imported.
    MessageFiles for PacketFileProblem as message_files |language| {
        Load(problem: &LoadProblem) = { problem.in_words(language) };
        Json { line: &usize, column: &usize, error: &str } = { language.files.at(&language.files.position(*line, *column), &error.replace('\n', ", ")) };
        Line(line: &usize) = "line {line} is neither a heading nor a key with a value";
        TooMany = { format!("it holds more than {MAX_PACKETS} packets") };
        NoPackets = "it holds no packets of Packet Sender";
    }

    /// Why a message was left out of an import.
    LeftsOut for WhyLeftOut as lefts_out |language| {
        Refused(error: &EditError) = { error.in_words(language) };
        Missing = "the file has nothing but its name";
        Unlisted = "it is not in the list of names there";
    }
}

impl InWords for PacketFileError {
    fn in_words(&self, language: &Language) -> String {
        let problem = self.problem.in_words(language);
        language.files.not_opened(&shown(&self.path), &problem)
    }
}

impl InWords for MessageImport {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.imported;
        let mut parts = vec![words.added(self.messages.len() as u64, PACKETS_FOLDER)];
        if !self.left_out.is_empty() {
            let which = named(&self.left_out, language);
            parts.push(words.left_out(self.left_out.len() as u64, &which));
        }
        if self.not_tcp > 0 {
            parts.push(words.not_tcp(self.not_tcp as u64));
        }
        if self.renamed > 0 {
            parts.push(words.renamed(self.renamed as u64));
        }
        parts.join(language.common.semicolon)
    }
}

/// Names the first packets that were left out, and counts the others.
fn named(left_out: &[LeftOut], language: &Language) -> String {
    let words = &language.imported;
    let name = |it: &LeftOut| {
        let name = VisibleText::plain(&it.name).text;
        words.named(&name, &it.why.in_words(language))
    };
    let named: Vec<_> = left_out.iter().take(NAMED).map(name).collect();
    let named = named.join(language.common.comma);
    match left_out.len().checked_sub(NAMED) {
        None | Some(0) => named,
        Some(more) => words.more(&named, more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::ENGLISH;
    use crate::workspace::SavedMessage;

    #[test]
    fn an_import_says_what_became_of_every_packet() {
        let mut import = MessageImport {
            messages: vec![SavedMessage::default(); 12],
            ..MessageImport::default()
        };
        let check = |import: &MessageImport, expected: &str| {
            assert_eq!(import.in_words(&ENGLISH), expected);
        };
        check(&import, "12 messages imported into folder Packet Sender");
        import.left_out = vec![LeftOut {
            name: "Big\u{202e}".to_owned(),
            why: WhyLeftOut::Unlisted,
        }];
        import.not_tcp = 2;
        import.renamed = 1;
        check(
            &import,
            "12 messages imported into folder Packet Sender; 1 was left out: Big\\u{202E} (it is not in the list of \
             names there); 2 packets were not plain TCP: the bytes were kept, and the note says what it was; \
             1 message was renamed",
        );
        import.left_out = vec![import.left_out[0].clone(); NAMED + 3];
        let text = import.in_words(&ENGLISH);
        assert!(text.contains("8 were left out: Big"), "{text}");
        assert!(text.contains("), and 3 more; "), "{text}");
    }
}
