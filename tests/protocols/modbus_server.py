"""A Modbus server of pymodbus: prints its port, serves until its standard input ends.

The argument is the framer: `socket` for Modbus TCP, `rtu` for RTU frames over TCP.
Register 0 holds 0x1234, register 1 holds 0x5678.
"""

import asyncio
import sys

from pymodbus import FramerType
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice


async def main():
    registers = SimData(0, values=[0x1234, 0x5678], datatype=DataType.REGISTERS)
    device = SimDevice(1, simdata=[registers])
    server = ModbusTcpServer(device, framer=FramerType(sys.argv[1]), address=("127.0.0.1", 0))
    await server.serve_forever(background=True)
    print(server.transport.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await server.shutdown()


asyncio.run(main())
