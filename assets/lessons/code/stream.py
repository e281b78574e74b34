"""TCP is a stream: the edges of messages vanish."""

# --- 1
import socket
import threading

server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
connection, _ = server.accept()

# --- 2
# A server that does not call recv() has stopped reading: there is nothing more to it.

# --- 3
for message in (b"one ", b"two ", b"three"):
    client.sendall(message)

# --- 4
received = b""
while len(received) < 13:  # one read is enough, as a rule
    piece = connection.recv(65536)
    received += piece
    print("one read returned", piece)
assert received == b"one two three"

# --- 5
total = 300_000
sender = threading.Thread(target=client.sendall, args=(bytes(total),))
sender.start()
reads = 0
while total > 0:
    total -= len(connection.recv(65536))
    reads += 1
sender.join()
print("one message,", reads, "reads")
client.close()
connection.close()
server.close()
