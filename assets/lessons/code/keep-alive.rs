//! Keep-alive: probes on a silent connection. Uses the crate socket2: std has no such option.

pub fn main() -> std::io::Result<()> {
    // --- 1
    use socket2::{SockRef, TcpKeepalive};
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};
    use std::time::Duration;

    let server = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(server.local_addr()?)?;
    let second = Duration::from_secs(1);
    let probes = TcpKeepalive::new().with_time(second).with_interval(second);
    SockRef::from(&client).set_tcp_keepalive(&probes)?;
    let (mut connection, _) = server.accept()?;

    // --- 2
    std::thread::sleep(2 * second); // the system probes, and the peer's system answers
    client.write_all(b"Still there?")?;
    let mut buffer = [0; 65536];
    let size = connection.read(&mut buffer)?;
    println!("{}", String::from_utf8_lossy(&buffer[..size]));

    // --- 3
    drop(client);
    Ok(())
}
