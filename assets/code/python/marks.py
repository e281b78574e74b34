def frames(connection):
    """Yields what stands between two marks, with them."""
    buffer = b""
    while chunk := connection.recv(READ_BUFFER):
        buffer += chunk
        while (start := buffer.find(START)) >= 0:
            end = buffer.find(END, start + len(START))
            if end < 0:
                break
            end += len(END)
            frame, buffer = buffer[start:end], buffer[end:]
            yield frame
