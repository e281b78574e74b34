def serve(connection):
    """Holds conversations with one peer, until it is forgotten."""
    while not connection.leaves():
        converse(connection)
