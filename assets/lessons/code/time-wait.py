"""TIME_WAIT: an address that its last connection still holds."""

# --- 1
import os
import socket



def listen(address):
    server = socket.socket()
    if os.name == "posix":
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(address)
    server.listen()
    return server


server = listen(("127.0.0.1", 0))
address = server.getsockname()
client = socket.create_connection(address)
connection, _ = server.accept()

# --- 2
connection.close()  # the first FIN: this end will wait
assert client.recv(65536) == b""
client.close()

# --- 3
server.close()

# --- 4
with socket.socket() as plain:
    try:
        plain.bind(address)
    except OSError as error:
        print("without SO_REUSEADDR:", error)

# Linux wants it set on both sockets, the old one and the new one.
server = listen(address)
print("with it: listening on", server.getsockname())
server.close()
