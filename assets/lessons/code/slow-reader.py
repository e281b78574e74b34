"""The slow reader: the window closes, and send() takes no more."""

# --- 1
import socket

server = socket.socket()
# Accepted connections inherit it. It bounds the window.
server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
server.bind(("127.0.0.1", 0))
server.listen()
client = socket.socket()
client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
client.connect(server.getsockname())
connection, _ = server.accept()

# --- 2
# The server does not call recv().

# --- 3
client.settimeout(0.5)
total, sent = 300_000, 0
try:
    while sent < total:
        sent += client.send(bytes(total - sent))
except TimeoutError:
    print("both buffers are full after", sent, "bytes")

# --- 4
client.setblocking(False)
received = 0
while received < total:
    received += len(connection.recv(65536))
    try:
        sent += client.send(bytes(total - sent)) if sent < total else 0
    except BlockingIOError:
        pass  # the window is still closed
print("all", received, "bytes arrived")
client.close()
connection.close()
server.close()
