"""Put boxes on a video inside a Jupyter notebook."""
