//! Why a session did not do what it was asked to.

use crate::session::MAX_OPENED;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::record::shown;
use crate::words::session::{Jobs, Session, SessionErrors};
use crate::words::translated::translated;
use crate::workspace::FieldError;
use crate::workspace::FormField;

translated! { PORTUGUESE:
    Session {
        file(path, reason) = "Falha ao ler {path}: {reason}";
        no_thread(reason) = "O sistema não conseguiu iniciar uma thread: {reason}";
    }

    SessionErrors |language| {
        Closing = "O Bothends está fechando";
        Command(error) = { error.in_words(language) };
        Field(error) = { wrong_field(error, language) };
        Edit(error) = { error.in_words(language) };
        Message(error) = { error.in_words(language) };
        NoSequence = "Esta sequência foi excluída";
        Sequence(error) = { error.in_words(language) };
        NothingToSend = "Não há nada a enviar: escreva antes uma mensagem";
        Void = "Não há nada a enviar: os campos desta mensagem resultam em 0 bytes";
        NotApproved = "Os modelos deste documento não podem ler arquivos até você aprová-lo";
        NoTarget = "Não há a quem enviar: adicione um cliente";
        NoPeer(server) = "{server} não tem peer a quem enviar: espere até que um conecte";
        NoPeerSelected = "Nenhum peer está selecionado: selecione um, ou envie a todos";
        NotOneConnection = "Um arquivo vai a uma só conexão: escolha um cliente, ou selecione um peer";
        NotConnected = "O cliente não está conectado: conecte-o primeiro";
        SendingFile = "Um arquivo já está sendo enviado: cancele o envio ou espere";
        Repeating = "Uma mensagem já está sendo repetida: pare isso primeiro";
        TemplateFile(error) = { error.in_words(language) };
        File(path, source) = { language.session.file(&shown(path), &source.in_words(language)) };
        NoThread(error) = { language.session.no_thread(&error.in_words(language)) };
        Job(error) = { error.in_words(language) };
        TooManyOpen = { format!("{MAX_OPENED} capturas estão abertas: feche uma primeiro") };
        FileAtWork = "Outro arquivo está sendo lido ou gravado: espere ou cancele isso";
        NoHome = "Não há pasta pessoal em que guardar capturas: defina BOTHENDS_DATA_DIR com o caminho de uma pasta";
        RelativePath = "Digite um caminho absoluto";
        Library(error) = { error.in_words(language) };
        Opening(error) = { error.in_words(language) };
        Document(error) = { error.in_words(language) };
        DocumentSave(error) = { error.in_words(language) };
        Import(error) = { error.in_words(language) };
        Packets(error) = { error.in_words(language) };
    }

    Jobs |language| {
        Busy = "O trabalho anterior não terminou: tente de novo em instantes";
        NoThread(error) = { language.session.no_thread(&error.in_words(language)) };
    }
}

/// Returns what is wrong with a field; not which one where that is to be seen, because it stands where the client says
/// whom it follows.
fn wrong_field(error: &FieldError, language: &Language) -> String {
    match error.field {
        FormField::Server => error.problem.in_words(language),
        _ => error.in_words(language),
    }
}
