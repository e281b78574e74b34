"""The handshake: both ends in one program."""

# --- 1
import socket

# socket(), bind() and listen() in one call; port 0 is any free one.
server = socket.create_server(("127.0.0.1", 0))
address = server.getsockname()
print("listening on", address)

# --- 2
# Sends SYN, waits for SYN-ACK, answers ACK.
client = socket.create_connection(address)
# The handshake is complete by now: accept() only picks the connection up.
connection, peer = server.accept()
print("accepted", peer)

# --- 3
client.sendall(b"Hello, server!")
print("received", connection.recv(65536))

# --- 4
client.close()  # FIN
assert connection.recv(65536) == b""  # the end of the stream
connection.close()

# --- 5
server.close()

# --- 6
try:
    socket.create_connection(address)
except ConnectionRefusedError as refused:
    print("RST instead of SYN-ACK:", refused)
