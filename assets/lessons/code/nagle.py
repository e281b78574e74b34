"""Nagle's algorithm: small writes are collected, unless TCP_NODELAY is set."""

# --- 1
import socket

server = socket.create_server(("127.0.0.1", 0))


def connect(no_delay):
    client = socket.create_connection(server.getsockname())
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, no_delay)
    return client, server.accept()[0]


client, connection = connect(no_delay=0)

# --- 2
def twenty_writes():
    for letter in b"abcdefghijklmnopqrst":
        client.send(bytes([letter]))
    received, reads = 0, 0
    while received < 20:
        received += len(connection.recv(65536))
        reads += 1
    return reads


print("with Nagle's algorithm:", twenty_writes(), "reads")

# --- 3
client.close()
connection.close()

# --- 4
client, connection = connect(no_delay=1)

# --- 5
print("with TCP_NODELAY:", twenty_writes(), "reads")
client.close()
connection.close()
server.close()
