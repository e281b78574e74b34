def chunks(connection):
    """Yields each datagram, until the peer has been silent for too long."""
    connection.is_over = False
    while not connection.is_over:
        try:
            yield connection.arrived.get(timeout=FORGET_AFTER)
        except queue.Empty:
            return
