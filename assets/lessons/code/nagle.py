"""Nagle's algorithm and delayed ACKs: two small writes that wait for each other."""

# --- 1
import socket
import threading
import time

server = socket.create_server(("127.0.0.1", 0))


def answer_lines():
    while True:
        connection, _ = server.accept()
        with connection, connection.makefile() as lines:
            for _ in lines:
                connection.sendall(b"ok\n")


threading.Thread(target=answer_lines, daemon=True).start()


def connect(no_delay):
    client = socket.create_connection(server.getsockname())
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, no_delay)
    return client


client = connect(no_delay=0)

# --- 2
def ask(*writes):
    start = time.perf_counter()
    for write in writes:
        client.send(write)
    assert client.recv(65536) == b"ok\n"
    print(f"{(time.perf_counter() - start) * 1000:.1f} ms")


ask(b"Hello\n")

# --- 3
ask(b"?", b"\n")  # about 40 ms on Linux

# --- 4
client.close()

# --- 5
client = connect(no_delay=1)

# --- 6
ask(b"Hello\n")
ask(b"?", b"\n")
client.close()
