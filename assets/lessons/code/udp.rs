//! UDP beside TCP: datagrams, and nothing around them.

pub fn main() -> std::io::Result<()> {
    // --- 1
    use std::io::{ErrorKind, Read, Write};
    use std::net::{Ipv4Addr, TcpListener, TcpStream, UdpSocket};
    use std::time::Duration;

    let mut buffer = [0; 65_536];
    let server = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let mut client = TcpStream::connect(server.local_addr()?)?; // SYN, SYN-ACK, ACK
    let (mut connection, _) = server.accept()?;
    client.write_all(b"Hello")?;
    let count = connection.read(&mut buffer)?;
    connection.write_all(&buffer[..count])?;
    let count = client.read(&mut buffer)?;
    println!("over TCP: {} bytes", count);

    // --- 2
    drop(client); // FIN
    assert_eq!(connection.read(&mut buffer)?, 0); // the other side's FIN
    drop((connection, server));

    // --- 3
    let server = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?; // no listen(), no accept()
    let address = server.local_addr()?;
    let client = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    // Without a time-out, a lost datagram means waiting for ever.
    client.set_read_timeout(Some(Duration::from_secs(2)))?;
    client.send_to(b"Hello", address)?;
    let (count, peer) = server.recv_from(&mut buffer)?; // whoever sent it
    server.send_to(&buffer[..count], peer)?;
    let (count, _) = client.recv_from(&mut buffer)?;
    println!("over UDP: {count} bytes");

    // --- 4
    client.send_to(b"one", address)?;
    client.send_to(b"two", address)?;
    assert_eq!(server.recv_from(&mut buffer)?.0, 3);
    assert_eq!(server.recv_from(&mut buffer)?.0, 3);

    // --- 5
    client.send_to(b"", address)?;
    assert_eq!(server.recv_from(&mut buffer)?.0, 0);

    // --- 6
    client.send_to(&[b'x'; 100], address)?;
    match server.recv_from(&mut buffer[..30]) {
        Ok((count, _)) => println!("a part: {count} bytes"),
        Err(error) => println!("cut: {error}"), // Windows says so
    }

    // --- 7
    drop(server);

    // --- 8
    client.connect(address)?; // sends nothing: from now on the system reports errors
    client.send(b"Hello?")?;
    let error = client.recv(&mut buffer).unwrap_err(); // refused, or only silence
    println!("nobody listens: {error}");

    // --- 9
    let server = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    let client = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    client.send_to(b"Hello", server.local_addr()?)?;
    server.set_read_timeout(Some(Duration::from_secs(2)))?;
    let mut peers = Vec::new();
    let silence = loop {
        match server.recv_from(&mut buffer) {
            Ok((_, peer)) => peers.push(peer),
            Err(error) => break error,
        }
    };
    assert!(matches!(
        silence.kind(),
        ErrorKind::WouldBlock | ErrorKind::TimedOut
    ));
    println!("2 s of silence: forget {peers:?}");
    Ok(())
}
