"""Sets a voltage on an instrument with PyVISA over a raw socket, and measures a current; prints the answers."""

import sys

import pyvisa

resources = pyvisa.ResourceManager("@py")
name = f"TCPIP0::127.0.0.1::{sys.argv[1]}::SOCKET"
with resources.open_resource(name, read_termination="\n", write_termination="\n") as instrument:
    instrument.timeout = 10_000
    print(instrument.query("*IDN?"))
    print(instrument.query("VOLT?"))
    instrument.write("SOUR:VOLT 12.5")
    print(instrument.query("volt?"))
    print(instrument.query("SYST:ERR?"))
    print(instrument.query("MEAS:CURR?"))
resources.close()
