def serve(connection):
    """Holds the conversation with one peer."""
    try:
        with connection:
            converse(connection)
    except OSError as error:
        print("A connection was lost:", error, flush=True)
