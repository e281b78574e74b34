//! The transports beside TCP: UDP, TLS, Unix sockets; and the lab.

use std::net::UdpSocket;

use bothends::net::Network;
use bothends::net::tls::Flaw;
use bothends::workspace::{ConfigFolder, EndpointKind, Loaded, TargetForm, TransportKind};
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::reader::Reader;
use crate::driver::{data_folder, rows, server_form, wait};

/// Reads the setup of both endpoints, part by part.
fn read_setups(reader: &mut Reader, sections: [&[&'static str]; 2]) {
    for (place, sections) in sections.into_iter().enumerate() {
        reader.inspect(place);
        reader.tab("Setup");
        reader.read("a setup");
        for section in sections {
            reader.click(section);
            reader.read(section);
        }
    }
    reader.inspect(0);
}

/// Sends the message, and reads what is said of each entry and of both ends.
fn converse(reader: &mut Reader, entries: u64) {
    reader.click("Send");
    reader.until("the entries", entries);
    reader.read("a message");
    reader.read_each_row("an entry is selected");
    for form in ["Lanes", "Lifecycle", "Rows"] {
        reader.choose("Show the timeline as", form);
        reader.read(form);
    }
    for place in [1, 0] {
        reader.inspect(place);
        reader.tab("Connection");
        reader.read("a connection");
    }
}

#[test]
fn udp_speaks_the_language() {
    let mut reader = Reader::new(|loaded| {
        server_form(&mut loaded.document).bind.transport = TransportKind::Udp;
    });
    reader.data.push("udp".to_owned());
    read_setups(
        &mut reader,
        [
            &["Forgetting", "Multicast", "Socket options", "Transport"],
            &["Multicast", "Socket options"],
        ],
    );
    reader.escape();
    reader.click("Forgetting");
    reader.type_into(Role::TextInput, "Forget peers after", "?");
    reader.click("Start server");
    reader.read("a time that cannot be");
    reader.type_into(Role::TextInput, "Forget peers after", "30s");
    let address = reader.start();
    converse(&mut reader, 5);
    let peer = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = address.trim_start_matches("udp://");
    peer.send_to(b"", address).unwrap();
    wait(&mut reader.window, "the empty datagram", |window| {
        rows(window)
            .iter()
            .any(|row| row.contains("received [0 bytes]"))
    });
    reader.read("an empty datagram");
    reader.read_each_row("an entry of UDP is selected");
    reader.inspect(1);
    reader.tab("Connection");
    reader.read("a peer of UDP");
    reader.inspect(0);
    reader.click("Stop server");
    reader.read("a stopped server of UDP");
    reader.finish();
}

/// Opens the window on a server that speaks TLS, with an authority of its own.
fn tls_reader(edit: impl FnOnce(&mut Loaded)) -> Reader {
    let folder = data_folder();
    let (config, _) = ConfigFolder::open_in(&folder.join("config"));
    let mut reader = Reader::open(&folder, config, |loaded| {
        server_form(&mut loaded.document).bind.transport = TransportKind::Tls;
        edit(loaded);
    });
    // What certificates, versions and algorithms are called, and programs that can trust one.
    let names = "localhost, wrong-name.example, ecdsa-with-SHA256, Bothends CA, TLS, tls://, AES, GCM, CHACHA20, POLY1305, ECDHE, WITH, EMPTY_RENEGOTIATION_INFO_SCSV, \
        X25519MLKEM768, x25519, secp256r1, secp384r1, secp521r1, sha256, sha384, sha512, SHA256, SHA384, \
        ecdsa, ECDSA, ed25519, rsa, RSA, pss, rsae, pkcs1, mldsa44, mldsa65, mldsa87, SHA-";
    let names = names.split(", ").map(str::to_owned);
    // The name of this machine, as they have it.
    let host = gethostname::gethostname().into_string().unwrap();
    let host = host.split('.').next().unwrap();
    let issuer = format!("CN=Bothends CA of {host} since");
    reader
        .data
        .extend([issuer, host.to_owned()].into_iter().chain(names));
    reader
}

#[test]
fn tls_speaks_the_language() {
    let mut reader = tls_reader(|_| {});
    read_setups(
        &mut reader,
        [
            &["TLS begins", "TLS for tests", "Client certificates"],
            &["TLS for tests"],
        ],
    );
    reader.escape();
    for list in [
        "Wrong on purpose",
        "Misbehave",
        "Versions",
        "Client certificates",
    ] {
        reader.look_into(list);
    }
    reader.pick("Client certificates", "Require");
    reader.read("certificates of clients");
    reader.pick("Client certificates", "Ask");
    reader.look_into("Trust Bothends CA in…");
    reader.inspect(1);
    reader.pick("TLS begins", "When requested (STARTTLS)");
    reader.read("a client that waits for what never comes");
    reader.pick("TLS begins", "With the connection");
    reader.start();
    converse(&mut reader, 9);
    reader.inspect(1);
    reader.click("Show the handshake");
    reader.wait_for("Its chain ends at a root that is trusted here");
    reader.read("a chain of certificates");
    reader.finish();
}

#[test]
fn a_failure_of_tls_is_said_in_the_language() {
    for flaw in [Flaw::Expired, Flaw::SelfSigned, Flaw::WrongName] {
        let mut reader = tls_reader(|loaded| {
            server_form(&mut loaded.document).tls.flaw = Some(flaw);
        });
        reader.start();
        reader.click("Send");
        wait(&mut reader.window, "the failure", |window| {
            rows(window)
                .iter()
                .any(|row| row.contains("#1") && row.contains("closed: "))
        });
        reader.read("a failure of TLS");
        reader.read_each_row("an entry of a failure is selected");
        reader.inspect(1);
        reader.tab("Setup");
        reader.read("a client whose TLS failed");
        reader.finish();
    }
}

#[test]
#[cfg(unix)]
fn unix_sockets_speak_the_language() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("1").display().to_string();
    let mut reader = Reader::new(|loaded| {
        let bind = &mut server_form(&mut loaded.document).bind;
        (bind.transport, bind.path_text) = (TransportKind::Unix, path.clone());
    });
    reader.data.push(path);
    read_setups(&mut reader, [&["Accepting", "Transport"], &[]]);
    reader.escape();
    reader.type_into(Role::TextInput, "File mode", "9");
    reader.click("Start server");
    reader.read("a mode that cannot be");
    reader.type_into(Role::TextInput, "File mode", "600");
    reader.start();
    converse(&mut reader, 7);
    reader.finish();
}

/// This test's program is no helper of a lab, so the lab is refused on every system.
#[test]
fn the_lab_speaks_the_language() {
    let mut reader = Reader::new(|loaded| {
        let server = server_form(&mut loaded.document);
        (server.network, server.lab_delay_text) = (Network::Lab, "?".to_owned());
    });
    reader.inspect(0);
    reader.look_into("Network");
    reader.read("a delay that cannot be");
    reader.type_into(Role::TextInput, "Packet delay", "1ms");
    reader.type_into(Role::TextInput, "Packet loss", "?");
    reader.read("a loss that cannot be");
    reader.type_into(Role::TextInput, "Packet loss", "1%");
    reader.read("a server in the lab");
    reader.click("Start server");
    wait(&mut reader.window, "the refusal", |window| {
        window
            .state()
            .model()
            .notices
            .newest_first()
            .next()
            .is_some()
    });
    reader.read("a lab that is refused");
    reader.finish();
}

#[test]
fn what_cannot_be_reached_is_said_in_the_language() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = closed.local_addr().unwrap().port().to_string();
    drop(closed);
    let mut reader = Reader::new(|loaded| {
        for form in &mut loaded.document.endpoints {
            if let EndpointKind::Client(client) = &mut form.kind {
                client.target = TargetForm::Address;
                client.remote.port_text.clone_from(&port);
                client.reconnect_text = "40s..60s, 10 times".to_owned();
            }
        }
    });
    reader.inspect(1);
    reader.read("a client of an address");
    reader.click("Connect");
    reader.wait_for("attempt 1 of 10");
    reader.read("a client that connects again");
    reader.read_each_row("a refused connect is selected");
    reader.click("Stop");
    reader.read("a client that gave up");
    reader.type_into(Role::TextInput, "Remote host", "0 1");
    reader.read("a host that cannot be");
    reader.command("Problems");
    reader.read("problems");
    let name = reader.name("Close");
    assert!(reader.window.query_all_by_label(&name).next().is_some());
    reader.finish();
}
