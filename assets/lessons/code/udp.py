"""UDP beside TCP: datagrams, and nothing around them."""

# --- 1
import socket

server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())  # SYN, SYN-ACK, ACK
connection, _ = server.accept()
client.sendall(b"Hello")
connection.sendall(connection.recv(65536))
print("over TCP:", client.recv(65536))

# --- 2
client.close()  # FIN
assert connection.recv(65536) == b""  # the other side's FIN
connection.close()
server.close()

# --- 3
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))  # no listen(), no accept()
address = server.getsockname()
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(2)  # without one, a lost datagram means waiting for ever
client.sendto(b"Hello", address)
message, peer = server.recvfrom(65536)  # whoever sent it
server.sendto(message, peer)
print("over UDP:", client.recvfrom(65536)[0])

# --- 4
client.sendto(b"one", address)
client.sendto(b"two", address)
assert server.recvfrom(65536)[0] == b"one"
assert server.recvfrom(65536)[0] == b"two"

# --- 5
client.sendto(b"", address)
assert server.recvfrom(65536)[0] == b""

# --- 6
client.sendto(b"x" * 100, address)
try:
    print("a part:", len(server.recvfrom(30)[0]), "bytes")
except OSError as error:  # Windows says that it was cut
    print("cut:", error)

# --- 7
server.close()

# --- 8
client.connect(address)  # sends nothing: from now on the system reports errors
client.send(b"Hello?")
try:
    client.recv(65536)
except OSError as error:  # refused, or only silence
    print("nobody listens:", error)
client.close()

# --- 9
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.sendto(b"Hello", server.getsockname())
server.settimeout(2)
peers = set()
try:
    while True:
        peers.add(server.recvfrom(65536)[1])
except TimeoutError:
    print("2 s of silence: forget", peers)
client.close()
server.close()
