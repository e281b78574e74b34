"""IPv4, IPv6 and one socket for both."""

# --- 1
import socket

server = socket.create_server(("127.0.0.1", 0))
port = server.getsockname()[1]

# --- 2
try:
    socket.create_connection(("::1", port))
except OSError as error:  # refused, or this machine has no IPv6
    print("over IPv6:", error)

# --- 3
server.close()
if not socket.has_dualstack_ipv6():
    raise SystemExit("this machine has no dual-stack sockets")
# An IPv6 socket with IPV6_V6ONLY off.
server = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
port = server.getsockname()[1]

# --- 4
client = socket.create_connection(("127.0.0.1", port))
connection, peer = server.accept()
print("over IPv4, as", peer[0])  # ::ffff:127.0.0.1
client.close()
connection.close()

# --- 5
client = socket.create_connection(("::1", port))
connection, peer = server.accept()
print("over IPv6, as", peer[0])
client.close()
connection.close()
server.close()
