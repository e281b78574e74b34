"""An HL7 server over MLLP that acknowledges one message and prints the patient's name in it.

It prints its port first, and ends when the connection has ended.
"""

import asyncio

from hl7.mllp import start_hl7_server


async def main():
    ended = asyncio.Event()

    async def acknowledge(reader, writer):
        message = await reader.readmessage()
        print(message["PID.5.1.1"], flush=True)
        writer.writemessage(message.create_ack())
        await writer.drain()
        assert await reader.read() == b""
        writer.close()
        ended.set()

    async with await start_hl7_server(acknowledge, "127.0.0.1", 0, encoding="latin-1") as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.wait_for(ended.wait(), 20)


asyncio.run(main())
