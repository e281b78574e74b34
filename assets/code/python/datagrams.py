class Datagrams:
    """One peer of a UDP socket, with what a connection has."""

    def __init__(self, shared, peer):
        self.shared = shared
        self.peer = peer
        self.arrived = queue.Queue(1000)
        self.lock = threading.Lock()
        self.is_over = False
        self.is_forgotten = False

    def sendall(self, datagram):
        try:
            self.shared.sendto(datagram, self.peer)
        except OSError as error:
            print("A datagram was not sent:", error, flush=True)

    def shutdown(self, _how):
        # There is no end that a peer could learn of.
        self.is_over = True

    def setsockopt(self, *_):
        """Does nothing: the socket is shared."""

    def take(self, datagram):
        """Takes a datagram that arrived; returns whether the peer is known."""
        with self.lock:
            if not self.is_forgotten and not self.arrived.full():
                self.arrived.put(datagram)
            return not self.is_forgotten

    def leaves(self):
        """Forgets the peer, unless something has arrived meanwhile."""
        with self.lock:
            self.is_forgotten = self.arrived.empty()
            return self.is_forgotten
