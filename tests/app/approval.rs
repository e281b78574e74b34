//! A document from elsewhere: its servers start, but nothing replies and no file is read before it is approved.

use std::io::{Read, Write};

use bothends::workspace::ReplyKind;

use super::driver::{
    click, connect, data_folder, rows, server_form, shows, start_server, wait, window, window_with,
};

#[test]
fn a_document_from_elsewhere_reads_no_files_and_sends_no_replies_until_approved() {
    let secret = data_folder().join("secret");
    std::fs::write(&secret, "the secret").unwrap();
    let mut window = window_with(|loaded| {
        let form = server_form(&mut loaded.document);
        form.behaviour.reply = ReplyKind::Fixed;
        form.behaviour.reply_message.text = format!("{{{{file {}}}}}", secret.display());
        form.behaviour.reply_message.escapes = false;
        form.behaviour.reply_message.template = true;
        loaded.document.is_approved = false;
    });
    let mut peer = connect(start_server(&mut window));
    peer.write_all(b"before").unwrap();
    wait(&mut window, "what was sent before", |window| {
        rows(window).iter().any(|row| row.contains("before"))
    });
    click(&mut window, "Approve document");
    assert!(!shows(&window, "Approve document"));
    wait(&mut window, "the reply", |window| {
        // A message read before the file has been read gets no reply yet.
        peer.write_all(b"x").unwrap();
        rows(window).iter().any(|row| row.contains("the secret"))
    });
    let mut reply = [0; 10];
    peer.read_exact(&mut reply).unwrap();
    assert_eq!(&reply, b"the secret");
    let rows = rows(&window);
    let place = |text: &str| rows.iter().position(|row| row.contains(text)).unwrap();
    let between = &rows[place("before")..place("the secret")];
    assert!(!between.iter().any(|row| row.contains("sent")), "{rows:#?}");
}

#[test]
fn our_own_documents_need_no_approval_and_the_question_can_be_postponed() {
    assert!(!shows(&window(), "Approve document"));
    let mut window = window_with(|loaded| loaded.document.is_approved = false);
    assert!(shows(&window, "Approve document"));
    click(&mut window, "Not now");
    assert!(!shows(&window, "Approve document"));
    assert!(!window.state().model().document.is_approved);
}

#[test]
fn a_message_to_a_server_that_is_not_approved_gets_no_reply_and_the_reason() {
    let mut window = window_with(|loaded| loaded.document.is_approved = false);
    start_server(&mut window);
    click(&mut window, "Send");
    wait(&mut window, "the reason", |window| {
        shows(window, "no reply: the document is not approved")
    });
}
