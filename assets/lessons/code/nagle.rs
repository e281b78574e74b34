//! Nagle's algorithm and delayed ACKs: two small writes that wait for each other.

pub fn main() -> std::io::Result<()> {
    // --- 1
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::{TcpListener, TcpStream};
    use std::time::Instant;

    let server = TcpListener::bind("127.0.0.1:0")?;
    let address = server.local_addr()?;
    std::thread::spawn(move || -> std::io::Result<()> {
        for connection in server.incoming() {
            let mut connection = connection?;
            // An answer is one small write too.
            connection.set_nodelay(true)?;
            let lines = BufReader::new(connection.try_clone()?).lines();
            for _line in lines {
                connection.write_all(b"ok\n")?;
            }
        }
        Ok(())
    });
    let mut client = TcpStream::connect(address)?;

    // --- 2
    let ask = |client: &mut TcpStream, writes: &[&[u8]]| {
        let start = Instant::now();
        for write in writes {
            client.write_all(write)?;
        }
        client.read_exact(&mut [0; 3])?; // ok and a line end
        println!("{:.1?}", start.elapsed());
        std::io::Result::Ok(())
    };
    ask(&mut client, &[b"Hello\n"])?;

    // --- 3
    ask(&mut client, &[b"?", b"\n"])?; // about 40 ms on Linux

    // --- 4
    drop(client);

    // --- 5
    let mut client = TcpStream::connect(address)?;
    client.set_nodelay(true)?;

    // --- 6
    ask(&mut client, &[b"Hello\n"])?;
    ask(&mut client, &[b"?", b"\n"])?;
    Ok(())
}
