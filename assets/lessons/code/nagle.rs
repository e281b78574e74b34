//! Nagle's algorithm: small writes are collected, unless `TCP_NODELAY` is set.

pub fn main() -> std::io::Result<()> {
    // --- 1
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};

    let server = TcpListener::bind("127.0.0.1:0")?;
    let connect = |no_delay| {
        let client = TcpStream::connect(server.local_addr()?)?;
        client.set_nodelay(no_delay)?;
        let (connection, _) = server.accept()?;
        std::io::Result::Ok((client, connection))
    };
    let (mut client, mut connection) = connect(false)?;

    // --- 2
    let twenty_writes = |client: &mut TcpStream, connection: &mut TcpStream| {
        for letter in b'a'..=b't' {
            client.write_all(&[letter])?;
        }
        let (mut received, mut reads) = (0, 0);
        while received < 20 {
            received += connection.read(&mut [0; 65536])?;
            reads += 1;
        }
        std::io::Result::Ok(reads)
    };
    let reads = twenty_writes(&mut client, &mut connection)?;
    println!("with Nagle's algorithm: {reads} reads");

    // --- 3
    drop((client, connection));

    // --- 4
    let (mut client, mut connection) = connect(true)?;

    // --- 5
    let reads = twenty_writes(&mut client, &mut connection)?;
    println!("with TCP_NODELAY: {reads} reads");
    Ok(())
}
