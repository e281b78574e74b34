"""Reads and writes registers with pymodbus and prints them; then asks for what is not there.

The arguments are the port and the framer: `socket` for Modbus TCP, `rtu` for RTU frames over TCP.
"""

import sys

from pymodbus import FramerType
from pymodbus.client import ModbusTcpClient

port, framer = int(sys.argv[1]), FramerType(sys.argv[2])
with ModbusTcpClient("127.0.0.1", port=port, framer=framer, timeout=10, retries=0) as client:
    print(*client.read_holding_registers(0, count=2, device_id=1).registers)
    print(*client.read_input_registers(0, count=3, device_id=1).registers)
    client.write_register(5, 7, device_id=1)
    print(*client.read_holding_registers(5, count=1, device_id=1).registers)
    client.write_registers(10, [1, 2, 3], device_id=1)
    print(*client.read_holding_registers(10, count=3, device_id=1).registers)
    print("exception", client.read_holding_registers(99, count=2, device_id=1).exception_code)
    print("exception", client.read_coils(0, count=1, device_id=1).exception_code)
