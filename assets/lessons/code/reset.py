"""Reset: an end without goodbye."""

# --- 1
import socket
import struct
import time

server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
connection, _ = server.accept()

# --- 2
# Two ints: on, and 0 seconds (Windows: two unsigned shorts, "HH").
client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
client.close()  # RST
try:
    connection.recv(65536)
except ConnectionResetError as reset:
    print("the server:", reset)
connection.close()

# --- 3
client = socket.create_connection(server.getsockname())
connection, _ = server.accept()

# --- 4
# The server just does not call recv().

# --- 5
client.sendall(b"Does anybody read this?")
time.sleep(0.2)  # until they have arrived

# --- 6
connection.close()  # with bytes unread: RST instead of FIN
try:
    client.recv(65536)
except ConnectionResetError as reset:
    print("the client:", reset)
client.close()
server.close()
