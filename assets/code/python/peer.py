class Closed(Exception):
    """This end has closed the connection."""


class Peer:
    """One connection, and how it stands."""

    def __init__(self, connection):
        self.connection = connection
        self.state = "start"
        self.requests = 0
        self.applied = Counter()
        self.has_finished = False

    def send(self, message):
        if not self.has_finished:
            self.connection.sendall(message)

    def finish(self):
        self.has_finished = True
        self.connection.shutdown(socket.SHUT_WR)

    def close(self):
        raise Closed

    def reset(self):
        # Closing at once, with nothing lingering, is a reset.
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        raise Closed
