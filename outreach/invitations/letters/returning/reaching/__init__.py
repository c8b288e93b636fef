"""The households whose letter came back and whom somebody must reach in another way."""
