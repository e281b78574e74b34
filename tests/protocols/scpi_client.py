"""Asks an instrument who it is, twice, with PyVISA over a raw socket; prints the answers."""

import sys

import pyvisa

resources = pyvisa.ResourceManager("@py")
name = f"TCPIP0::127.0.0.1::{sys.argv[1]}::SOCKET"
with resources.open_resource(name, read_termination="\n", write_termination="\n") as instrument:
    instrument.timeout = 10_000
    for _ in range(2):
        print(instrument.query("*IDN?"))
resources.close()
