def serve(connection):
    """Holds the conversation with one peer."""
    try:
        with CONTEXT.wrap_socket(connection, server_side=True) as secured:
            converse(secured)
            say_goodbye(secured)
    except OSError as error:
        print("A connection was lost:", error, flush=True)
