"""Runs the Windows program under Wine, over TCP, UDP and TLS: against itself, against Python's sockets, and against peers
that reset.

    python3 .ci/windows_program.py target/other-systems/x86_64-pc-windows-gnu/debug/bothends.exe
"""

import os
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

PROGRAM = Path(sys.argv[1]).resolve()
PATIENCE = 60
# More than one read and less than what the system holds.
LONG = bytes(range(256)) * 1024


def wine(*arguments, **options):
    return subprocess.Popen(["wine", PROGRAM, *arguments], **options)


def run(*arguments, status=0, stdin=b""):
    """Runs a command to its end and returns what it wrote to standard output."""
    command = wine(*arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    output, said = command.communicate(stdin, timeout=PATIENCE)
    assert command.returncode == status, (arguments, command.returncode, said)
    return output


class Server:
    """`serve`, and how to reach it."""

    def __init__(self, *arguments, at="127.0.0.1:0"):
        self.process = wine("serve", at, *arguments, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        said = []
        # Before it, Wine may say that it makes its folder.
        while not (said and said[-1].startswith("listening on ") and ":" in said[-1]):
            said.append(self.process.stderr.readline().decode())
            assert said[-1], said
        self.port = int(said[-1].split(":")[-1])
        self.rest = threading.Thread(target=self.process.stderr.read, daemon=True)
        self.rest.start()

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), PATIENCE)

    def echoes(self, payload):
        with self.connect() as peer:
            writer = threading.Thread(target=lambda: (peer.sendall(payload), peer.shutdown(socket.SHUT_WR)))
            writer.start()
            back = b"".join(iter(lambda: peer.recv(65536), b""))
            writer.join(PATIENCE)
        assert back == payload, f"{len(back)} of {len(payload)} bytes came back"

    def stop(self):
        """Interrupts it as Ctrl+C does."""
        os.kill(self.process.pid, signal.SIGINT)
        status = self.process.wait(PATIENCE)
        assert status == 0, status


def python_server():
    """Answers one peer in capital letters and returns the port and what it heard."""
    listener = socket.create_server(("127.0.0.1", 0))
    heard = []

    def serve():
        peer, _ = listener.accept()
        with peer:
            heard.append(peer.recv(1024))
            peer.sendall(heard[0].upper())

    threading.Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1], heard


def reset_before_accept(server):
    """Connects and resets at once: some of these are gone before they are accepted."""
    for _ in range(20):
        peer = server.connect()
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        peer.close()


def datagrams():
    """Datagrams keep their edges, in both roles; a peer that is gone ends nothing."""
    server = Server(at="udp://127.0.0.1:0")
    at = ("127.0.0.1", server.port)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.settimeout(PATIENCE)
        for payload in (b"one", b"", LONG[:1400]):
            peer.sendto(payload, at)
            assert peer.recv(65536) == payload
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as gone:
        gone.sendto(b"goodbye", at)
    assert run("send", f"udp://127.0.0.1:{server.port}", "--text", "ping", "--frames", "1") == b"ping"
    server.stop()


def encrypted():
    """TLS with Python, and with itself, which trusts its own authority."""
    server = Server(at="tls://127.0.0.1:0")
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with context.wrap_socket(server.connect(), server_hostname="localhost") as peer:
        peer.sendall(b"hidden")
        assert peer.recv(100) == b"hidden"
    assert run("send", f"tls://127.0.0.1:{server.port}", "--text", "hello", "--finish") == b"hello"
    server.stop()


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        server = Server("--record", "capture")
        assert run("send", f"127.0.0.1:{server.port}", "--text", "Hello, server!", "--finish") == b"Hello, server!"
        server.echoes(LONG)
        reset_before_accept(server)
        server.echoes(b"still here")
        server.stop()

        port, heard = python_server()
        assert run("send", f"127.0.0.1:{port}", "--text", "hello") == b"HELLO"
        assert heard == [b"hello"], heard
        refused = socket.create_server(("127.0.0.1", 0))
        port = refused.getsockname()[1]
        refused.close()
        run("send", f"127.0.0.1:{port}", "--text", "hello", status=1)

        shown = run("show", "capture").decode()
        assert "Hello, server!" in shown and "accepted" in shown, shown[:2000]
        run("export", "capture", "--to", "raw", "--output", "streams")
        streams = {path.read_bytes() for path in Path("streams").glob("*-received.bin")}
        assert {b"Hello, server!", LONG, b"still here"} <= streams, [len(it) for it in streams]
        datagrams()
        encrypted()
    print("the Windows program serves, sends, records, shows and exports, over TCP, UDP and TLS")


main()
