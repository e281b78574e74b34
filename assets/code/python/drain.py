def drain(connection):
    """Finishes sending, and takes what still comes for a moment."""
    connection.shutdown(socket.SHUT_WR)
    connection.settimeout(2)
    while connection.recv(READ_BUFFER):
        pass
