"""A buffer of 30 bytes, and a character cut in two."""

# --- 1
import codecs
import socket

server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
connection, _ = server.accept()

# --- 2
text = "Thirty bytes, then a cut: café au lait"
client.sendall(text.encode())
piece = connection.recv(30)  # at most 30 bytes
try:
    print(piece.decode())
except UnicodeDecodeError as error:
    print("half a character:", error)

# A decoder that keeps what is unfinished.
decoder = codecs.getincrementaldecoder("utf-8")()
read = decoder.decode(piece)
while read != text:
    read += decoder.decode(connection.recv(30))
print(read)

# --- 3
client.sendall(text.encode())
print(connection.recv(65536).decode())
client.close()
connection.close()
server.close()
