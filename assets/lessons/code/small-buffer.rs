//! A buffer of 30 bytes, and a character cut in two.

pub fn main() -> std::io::Result<()> {
    // --- 1
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};

    let server = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(server.local_addr()?)?;
    let (mut connection, _) = server.accept()?;

    // --- 2
    let text = "Thirty bytes, then a cut: café au lait";
    client.write_all(text.as_bytes())?;
    let mut buffer = [0; 30];
    let size = connection.read(&mut buffer)?; // at most 30 bytes
    let error = std::str::from_utf8(&buffer[..size]).unwrap_err();
    println!("half a character: {error}");

    // Join the bytes first, and decode them afterwards.
    let mut received = buffer[..size].to_vec();
    while received.len() < text.len() {
        let size = connection.read(&mut buffer)?;
        received.extend_from_slice(&buffer[..size]);
    }
    assert_eq!(String::from_utf8(received).as_deref(), Ok(text));

    // --- 3
    client.write_all(text.as_bytes())?;
    let mut buffer = [0; 65536];
    let size = connection.read(&mut buffer)?;
    println!("{}", String::from_utf8_lossy(&buffer[..size]));
    Ok(())
}
