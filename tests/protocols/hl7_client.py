"""Sends two HL7 messages over MLLP and prints the control id and the code of each acknowledgement.

The second message is long: it takes more than one read.
"""

import sys

import hl7
from hl7.client import MLLPClient

SHORT = "MSH|^~\\&|LAB|WARD|HIS|CLINIC|20261123||ADT^A01|MSG00001|P|2.5\rPID|1||42||Müller^Anna\r"
LONG = SHORT.replace("MSG00001", "MSG00002") + "NTE|1||" + "long " * 20_000 + "\r"

with MLLPClient("127.0.0.1", int(sys.argv[1]), encoding="latin-1") as client:
    client.socket.settimeout(10)
    for message in (SHORT, LONG):
        answer = client.send_message(message)
        assert answer.startswith(b"\x0b") and answer.endswith(b"\x1c\r"), answer
        acknowledgement = hl7.parse(answer[1:-2].decode("latin-1"))
        print(acknowledgement["MSA.2"], acknowledgement["MSA.1"])
