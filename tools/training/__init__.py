"""Makes the reader: from labelled replies to weights. Nothing of it is needed at run time."""
