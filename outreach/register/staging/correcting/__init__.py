"""Reading an upload anew, the way a person says."""
