def frames(connection):
    """Yields frames that say how long they are."""
    buffer = b""
    while chunk := connection.recv(READ_BUFFER):
        buffer += chunk
        while len(buffer) >= LENGTH_END:
            total = int.from_bytes(buffer[LENGTH_AT:LENGTH_END], LENGTH_ORDER) + BESIDE_LENGTH
            if not LENGTH_END <= total <= MAX_FRAME_BYTES:
                raise OSError(f"a frame cannot have {total} bytes")
            if len(buffer) < total:
                break
            frame, buffer = buffer[:total], buffer[total:]
            yield frame
