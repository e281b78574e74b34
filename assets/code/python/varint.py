def frames(connection):
    """Yields frames that say how long they are, seven bits a byte, the lowest first."""
    buffer = b""
    while chunk := connection.recv(READ_BUFFER):
        buffer += chunk
        while (total := frame_bytes(buffer)) is not None and len(buffer) >= total:
            frame, buffer = buffer[:total], buffer[total:]
            yield frame


def frame_bytes(buffer):
    """Returns how long the frame at the front is; None as long as that is not known."""
    value = 0
    for place, byte in enumerate(buffer[VARINT_AT:VARINT_AT + VARINT_BYTES]):
        value |= (byte & 0x7F) << 7 * place
        total = VARINT_AT + place + 1 + value
        if total > MAX_FRAME_BYTES:
            raise OSError(f"a frame cannot have {total} bytes")
        if byte < 0x80:
            return total
    if len(buffer) >= VARINT_AT + VARINT_BYTES:
        raise OSError("a frame cannot have so long a length")
    return None
