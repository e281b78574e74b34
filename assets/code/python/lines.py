def frames(connection):
    """Yields each line with what ends it: LF, CR LF or CR."""
    buffer, after_cr = b"", False
    while chunk := connection.recv(READ_BUFFER):
        if after_cr:
            chunk = chunk.removeprefix(b"\n")
        lines = (buffer + chunk).splitlines(keepends=True)
        buffer = b""
        if lines and not lines[-1].endswith((b"\n", b"\r")):
            buffer = lines.pop()
        after_cr = bool(lines) and not buffer and lines[-1].endswith(b"\r")
        yield from lines
