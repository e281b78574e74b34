//! Half-close: one direction ends, the other one goes on.

pub fn main() -> std::io::Result<()> {
    // --- 1
    use std::io::{Read, Write};
    use std::net::{Shutdown, TcpListener, TcpStream};

    let server = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(server.local_addr()?)?;
    let (mut connection, _) = server.accept()?;

    // --- 2
    let mut buffer = [0; 65536];
    client.shutdown(Shutdown::Write)?; // FIN: nothing more from this side
    assert_eq!(connection.read(&mut buffer)?, 0); // the end of that stream

    // --- 3
    connection.write_all(b"You finished; I have not.")?;
    let size = client.read(&mut buffer)?;
    println!("{}", String::from_utf8_lossy(&buffer[..size]));

    // --- 4
    connection.shutdown(Shutdown::Write)?;
    assert_eq!(client.read(&mut buffer)?, 0);
    Ok(())
}
