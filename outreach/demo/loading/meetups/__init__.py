"""The made-up meetups in the study cities."""
