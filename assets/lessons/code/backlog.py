"""A full backlog: connects wait, although the server listens."""

# --- 1
import socket

server = socket.create_server(("127.0.0.1", 0), backlog=1)
address = server.getsockname()

# --- 2
# A server that does not call accept() leaves its connections in the backlog.

# --- 3
waiting, failed = [], 0
for _ in range(4):
    try:
        waiting.append(socket.create_connection(address, timeout=0.5))
    except (TimeoutError, ConnectionRefusedError):
        failed += 1
print(len(waiting), "are connected, and", failed, "found no room")

# --- 4
for _ in waiting:
    connection, peer = server.accept()
    print("accepted", peer)
    connection.close()
for client in waiting:
    client.close()
server.close()
