//! The slow reader: the window closes, and write() takes no more. Uses the crate socket2 for the sizes of buffers.

pub fn main() -> std::io::Result<()> {
    // --- 1
    use socket2::{Domain, Socket, Type};
    use std::io::{ErrorKind, Read, Write};
    use std::net::{SocketAddr, TcpListener, TcpStream};
    use std::time::Duration;

    let server = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    // Accepted connections inherit it. It bounds the window.
    server.set_recv_buffer_size(4096)?;
    server.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into())?;
    server.listen(128)?;
    let server = TcpListener::from(server);
    let client = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    client.set_send_buffer_size(4096)?;
    client.connect(&server.local_addr()?.into())?;
    let mut client = TcpStream::from(client);
    let (mut connection, _) = server.accept()?;

    // --- 2
    // The server does not call read().

    // --- 3
    client.set_write_timeout(Some(Duration::from_millis(500)))?;
    let (data, mut sent) = (vec![0; 300_000], 0);
    while sent < data.len() {
        match client.write(&data[sent..]) {
            Ok(size) => sent += size,
            Err(error) if [ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind()) => {
                println!("both buffers are full after {sent} bytes");
                break;
            }
            Err(error) => return Err(error),
        }
    }

    // --- 4
    client.set_write_timeout(None)?;
    let rest = data[sent..].to_vec();
    let sender = std::thread::spawn(move || client.write_all(&rest));
    let mut buffer = [0; 65536];
    let mut received = 0;
    while received < data.len() {
        received += connection.read(&mut buffer)?;
    }
    sender.join().expect("the sender ends")?;
    println!("all {received} bytes arrived");
    Ok(())
}
