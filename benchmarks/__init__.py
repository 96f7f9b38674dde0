"""Speed against peers and quality against public data sets. Each module with a ``main(argv)`` is one benchmark."""
