"""Prints the record that docs/record.md shows."""

import msgspec

import onrecord
from onrecord.record.codec import encode

record = onrecord.read(
    "Dorn said on Monday that it had not shelled the town.", published="2031-05-06"
)
print(msgspec.json.format(encode(record), indent=1).decode())
