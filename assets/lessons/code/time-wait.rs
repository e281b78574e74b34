//! `TIME_WAIT`: an address that its last connection still holds.

pub fn main() -> std::io::Result<()> {
    // --- 1
    use std::io::Read;
    use std::net::{TcpListener, TcpStream};

    let server = TcpListener::bind("127.0.0.1:0")?;
    let address = server.local_addr()?;
    let mut client = TcpStream::connect(address)?;
    let (connection, _) = server.accept()?;

    // --- 2
    drop(connection); // the first FIN: this end will wait
    assert_eq!(client.read(&mut [0])?, 0);
    drop(client);

    // --- 3
    drop(server);

    // --- 4
    // On Unix, std sets SO_REUSEADDR on every listener by itself.
    let server = TcpListener::bind(address)?;
    println!("listening on {} again", server.local_addr()?);
    Ok(())
}
