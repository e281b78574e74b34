"""Half-close: one direction ends, the other one goes on."""

# --- 1
import socket

server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
connection, _ = server.accept()

# --- 2
client.shutdown(socket.SHUT_WR)  # FIN: nothing more from this side
assert connection.recv(65536) == b""  # the end of that stream

# --- 3
connection.sendall(b"You finished; I have not.")
print(client.recv(65536))

# --- 4
connection.shutdown(socket.SHUT_WR)
assert client.recv(65536) == b""
client.close()
connection.close()
server.close()
