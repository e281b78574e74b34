"""Reads two holding registers, three times, with pymodbus; prints each reading as numbers.

The arguments are the port and the framer: `socket` for Modbus TCP, `rtu` for RTU frames over TCP.
"""

import sys

from pymodbus import FramerType
from pymodbus.client import ModbusTcpClient

port, framer = int(sys.argv[1]), FramerType(sys.argv[2])
with ModbusTcpClient("127.0.0.1", port=port, framer=framer, timeout=10, retries=0) as client:
    for _ in range(3):
        response = client.read_holding_registers(0, count=2, device_id=1)
        assert not response.isError(), response
        print(*response.registers)
