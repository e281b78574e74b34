"""Port 0: any free one."""

# --- 1
import socket

server = socket.create_server(("127.0.0.1", 0))
host, port = server.getsockname()
print("the system chose port", port)

# --- 2
server.close()
server = socket.create_server(("127.0.0.1", 0))
print("and now", server.getsockname()[1])

# --- 3
client = socket.create_connection(server.getsockname())
connection, peer = server.accept()
print("the client's own port is", client.getsockname()[1])
assert peer == client.getsockname()

# --- 4
client.close()
connection.close()
server.close()
