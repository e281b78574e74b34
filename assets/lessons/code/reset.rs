//! Reset: an end without goodbye. Uses the crate socket2 for `SO_LINGER`.

pub fn main() -> std::io::Result<()> {
    // --- 1
    use std::io::{ErrorKind, Read, Write};
    use std::net::{TcpListener, TcpStream};
    use std::time::Duration;

    let server = TcpListener::bind("127.0.0.1:0")?;
    let client = TcpStream::connect(server.local_addr()?)?;
    let (mut connection, _) = server.accept()?;

    // --- 2
    let mut buffer = [0; 65536];
    socket2::SockRef::from(&client).set_linger(Some(Duration::ZERO))?;
    drop(client); // RST
    let reset = connection.read(&mut buffer).unwrap_err();
    assert_eq!(reset.kind(), ErrorKind::ConnectionReset);

    // --- 3
    let mut client = TcpStream::connect(server.local_addr()?)?;
    let (connection, _) = server.accept()?;

    // --- 4
    // The server just does not call read().

    // --- 5
    client.write_all(b"Does anybody read this?")?;
    connection.peek(&mut buffer)?; // waits until they have arrived, and leaves them unread

    // --- 6
    drop(connection); // with bytes unread: RST instead of FIN
    let reset = client.read(&mut buffer).unwrap_err();
    assert_eq!(reset.kind(), ErrorKind::ConnectionReset);
    Ok(())
}
