//! TCP is a stream: the edges of messages vanish.

pub fn main() -> std::io::Result<()> {
    // --- 1
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};

    let server = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(server.local_addr()?)?;
    let (mut connection, _) = server.accept()?;

    // --- 2
    // A server that does not call read() has stopped reading: there is nothing more to it.

    // --- 3
    for message in ["one ", "two ", "three"] {
        client.write_all(message.as_bytes())?;
    }

    // --- 4
    let mut buffer = [0; 65536];
    let mut received = Vec::new();
    while received.len() < 13 {
        // One read is enough, as a rule.
        let size = connection.read(&mut buffer)?;
        received.extend_from_slice(&buffer[..size]);
        println!("one read returned {size} bytes");
    }
    assert_eq!(received, b"one two three");

    // --- 5
    let sender = std::thread::spawn(move || client.write_all(&vec![0; 300_000]));
    let (mut total, mut reads) = (0, 0);
    while total < 300_000 {
        total += connection.read(&mut buffer)?;
        reads += 1;
    }
    sender.join().expect("the sender ends")?;
    println!("one message, {reads} reads");
    Ok(())
}
