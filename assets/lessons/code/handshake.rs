//! The handshake: both ends in one program.

pub fn main() -> std::io::Result<()> {
    // --- 1
    use std::io::{ErrorKind, Read, Write};
    use std::net::{TcpListener, TcpStream};

    // socket(), bind() and listen() in one call; port 0 is any free one.
    let server = TcpListener::bind("127.0.0.1:0")?;
    let address = server.local_addr()?;
    println!("listening on {address}");

    // --- 2
    // Sends SYN, waits for SYN-ACK, answers ACK.
    let mut client = TcpStream::connect(address)?;
    // The handshake is complete by now: accept() only picks the connection up.
    let (mut connection, peer) = server.accept()?;
    println!("accepted {peer}");

    // --- 3
    client.write_all(b"Hello, server!")?;
    let mut buffer = [0; 65536];
    let size = connection.read(&mut buffer)?;
    println!("received {:?}", String::from_utf8_lossy(&buffer[..size]));

    // --- 4
    drop(client); // FIN
    assert_eq!(connection.read(&mut buffer)?, 0); // the end of the stream
    drop(connection);

    // --- 5
    drop(server);

    // --- 6
    let refused = TcpStream::connect(address).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    println!("RST instead of SYN-ACK: {refused}");
    Ok(())
}
