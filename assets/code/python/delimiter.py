def frames(connection):
    """Yields what stands before each delimiter, with it."""
    buffer = b""
    while chunk := connection.recv(READ_BUFFER):
        *whole, buffer = (buffer + chunk).split(DELIMITER)
        for frame in whole:
            yield frame + DELIMITER
