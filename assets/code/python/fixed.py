def frames(connection):
    """Yields frames of the same length."""
    buffer = b""
    while chunk := connection.recv(READ_BUFFER):
        buffer += chunk
        while len(buffer) >= FRAME_BYTES:
            frame, buffer = buffer[:FRAME_BYTES], buffer[FRAME_BYTES:]
            yield frame
