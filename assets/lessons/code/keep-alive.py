"""Keep-alive: probes on a silent connection."""

# --- 1
import socket
import time

server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
# The three numbers, where the system has them (macOS calls the first one TCP_KEEPALIVE).
for name, value in (("TCP_KEEPIDLE", 1), ("TCP_KEEPINTVL", 1), ("TCP_KEEPCNT", 3)):
    if hasattr(socket, name):
        client.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
connection, _ = server.accept()

# --- 2
time.sleep(2)  # the system probes, and the peer's system answers
client.sendall(b"Still there?")
print(connection.recv(65536))

# --- 3
client.close()
connection.close()
server.close()
