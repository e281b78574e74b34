def chunks(connection):
    """Yields what each read returns, until the peer finishes."""
    while chunk := connection.recv(READ_BUFFER):
        yield chunk
