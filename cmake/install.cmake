# Where everything goes.
