def frames(connection):
    """Yields what was received until nothing came for a while."""
    buffer = b""
    while True:
        connection.settimeout(SILENCE_SECONDS if buffer else None)
        try:
            chunk = connection.recv(READ_BUFFER)
        except TimeoutError:
            connection.settimeout(None)
            yield buffer
            buffer = b""
            continue
        connection.settimeout(None)
        if not chunk:
            break
        buffer += chunk
    if buffer:
        yield buffer
