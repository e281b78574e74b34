def chunks(connection):
    """Yields each datagram, whoever sends it."""
    while not connection.is_over:
        datagram, _ = connection.shared.recvfrom(READ_BUFFER)
        yield datagram
