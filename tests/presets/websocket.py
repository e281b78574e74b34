"""Speaks to a WebSocket echo: short and long text, binary, ping, close; prints what came back."""

import sys

from websockets.sync.client import connect

with connect(f"ws://127.0.0.1:{sys.argv[1]}/", open_timeout=10, close_timeout=10, max_size=None) as peer:
    peer.send("Hello, Wörld")
    print(peer.recv(timeout=10))
    for size in (300, 60_000):
        peer.send("x" * size)
        print(len(peer.recv(timeout=10)), "bytes")
    peer.send(b"binary")
    print(peer.recv(timeout=10).decode())
    assert peer.ping().wait(10)
    print("pong")
    peer.close()
print("closed", peer.protocol.close_code)
